"""The whole line per 24-megapixel JPEG on this machine: ingest, run, decide, export for two platforms.

With one and two workers, as threads and as processes, with the embedded engine and with ISNet where its weights are
confirmed (`models install isnet-general-use`), beside the script that articles recommend: rembg's remove, paste on
white, crop, scikit-image's SSIM, save with Pillow. Each runs in a program of its own, small photos first, so that
imports and engines are there. Wall seconds are those of the machine as it is; processor seconds count the program and
its workers.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.report import Goal
from benchmarks.report import finish
from pipeline.batch.ingest import scan
from pipeline.color import srgb_profile
from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import State
from pipeline.run.deliver import LEAVING
from pipeline.run.deliver import export
from pipeline.run.line import process_batch
from pipeline.run.workers import open_executor
from pipeline.run.workers import settings_for
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.store import Store
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.segmenters import is_installed
from pipeline.tools.toolbox import open_toolbox

WIDTH, LONG_WIDTH, SMALL = 6000, 1732, 1200
ISNET = "isnet-general-use"
PLATFORMS = ("amazon_main", "shopify")
FRAMES = ("crate-oak-warm", "book-grey", "box-nearwhite", "mug-green-hard-shadow")
QUICK_IMAGES, IMAGES, FULL_IMAGES = 2, 8, 500
MEBIBYTE = 2**20

GOALS: dict[str, Goal] = {
    "embedded_processes_2_seconds": ("<=", 3.84),
    "embedded_times_naive": ("<=", 0.35),
    "isnet_times_naive": ("<=", 0.8),
    "embedded_processes_2_mebibytes": ("<=", 1536),
}


def main() -> int:
    """Measure every way of running the line and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two images each instead of eight")
    parser.add_argument("--full", action="store_true", help="and 500 images of 2 megapixels for the growth of memory")
    parser.add_argument("--one", nargs=6, help=argparse.SUPPRESS)
    parser.add_argument("--photos", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.photos:
        folder, count, width = options.photos
        _make_photos(Path(folder), int(count), int(width))
        return 0
    if options.one:
        engine, kind, workers, images, width, folder = options.one
        print(json.dumps(_measure(engine, kind, int(workers), int(images), int(width), Path(folder))))
        return 0
    images = QUICK_IMAGES if options.quick else IMAGES
    figures: dict[str, float] = {"images": images}
    for engine, kind, workers in _ways(load_settings()):
        figures |= _apart(engine, kind, workers, images)
    if options.full:
        figures |= _apart(EMBEDDED, "processes", 2, FULL_IMAGES, LONG_WIDTH, prefix="long_")
    goals = {name: goal for name, goal in GOALS.items() if _can(name, figures)}
    return finish("line", figures | _ratios(figures), goals)


def _ways(settings: Settings) -> Iterator[tuple[str, str, int]]:
    yield EMBEDDED, "processes", 2
    yield EMBEDDED, "processes", 1
    yield EMBEDDED, "threads", 2
    if is_installed(ISNET, settings):
        yield ISNET, "processes", 2
        yield "naive", "script", 1
    else:
        print("ISNet is not installed, so its line and the usual script are left out.", file=sys.stderr)


def _can(name: str, figures: dict[str, float]) -> bool:
    return "naive_script_1_seconds" in figures or not name.endswith("_naive")


def _ratios(figures: dict[str, float]) -> dict[str, float]:
    one, two = figures["embedded_processes_1_seconds"], figures["embedded_processes_2_seconds"]
    found = {"two_workers_times_one": two / one, "images_in_a_shift": 8 * 3600 / two}
    naive = figures.get("naive_script_1_seconds")
    if naive:
        found |= {
            "embedded_times_naive": two / naive,
            "isnet_times_naive": figures["isnet_processes_2_seconds"] / naive,
        }
    return found


def _apart(engine: str, kind: str, workers: int, images: int, width: int = WIDTH, prefix: str = "") -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        asked = (engine, kind, str(workers), str(images), str(width), folder)
        command = [sys.executable, "-m", "benchmarks.line", "--one", *asked]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    short = engine.partition("-")[0]
    figures = {f"{prefix}{short}_{kind}_{workers}_{name}": value for name, value in found.items()}
    print(figures, file=sys.stderr)
    return figures


def _measure(engine: str, kind: str, workers: int, images: int, width: int, folder: Path) -> dict[str, float]:
    _take_photos(folder / "small", 2, SMALL)
    _take_photos(folder / "photos", images, width)
    work = _naive(folder) if engine == "naive" else _line(engine, kind, workers, folder)
    next(work)
    begun, spent = time.perf_counter(), _processor_seconds()
    peak, first = next(work)
    seconds, processor = time.perf_counter() - begun, _processor_seconds() - spent
    work.close()
    figures = {"seconds": seconds / images, "processor_seconds": processor / images, "mebibytes": peak / MEBIBYTE}
    return figures | ({"growth_mebibytes": (peak - first) / MEBIBYTE} if images >= FULL_IMAGES else {})


def _line(engine: str, kind: str, workers: int, folder: Path) -> Iterator[tuple[int, int]]:
    """Do the small photos, then the large ones; yield the peak memory, and that after a tenth of the images."""
    settings = load_settings()
    settings = replace(settings, tools=replace(settings.tools, default=engine, by_class={}))
    settings = settings_for(workers, settings)
    with Store(folder / "studio") as store, open_executor(kind, workers, settings) as executor:
        toolbox = open_toolbox(settings, store.folder)
        for name in ("small", "photos"):
            found = scan([folder / name], files=store.files, settings=settings)
            store.add_batch(name, "", found.images)
            peaks: list[int] = []
            process_batch(
                store,
                name,
                toolbox,
                settings,
                executor,
                lambda _, peaks=peaks: peaks.append(_memory()),
                lambda: False,
                at_once=workers,
            )
            if {entry.version.outcome.engine for entry in store.entries(name) if entry.version} != {engine}:
                raise RuntimeError(f"Something else than {engine} cut out.")
            _decide_all(store, name)
            to = folder / f"{name}-delivery"
            export(store, name, PLATFORMS, to, settings, toolbox, threads=workers, executor=executor)
            peaks.append(_memory())
            yield max(peaks), max(peaks[: max(1, len(peaks) // 10)])


def _decide_all(store: Store, batch: str) -> None:
    """Approve and sign off whatever does not leave by itself."""
    for entry in store.entries(batch):
        while (state := store.entry(entry.record.id).state) not in LEAVING:
            second = state is State.SIGN_OFF
            who, role = ("Sue", Role.SENIOR) if second else ("Ann", Role.EDITOR)
            store.decide(entry.record.id, Action.SIGN_OFF if second else Action.APPROVE, person=who, role=role)


def _naive(folder: Path) -> Iterator[tuple[int, int]]:
    import rembg
    from skimage.metrics import structural_similarity

    session = rembg.new_session(ISNET)
    for name in ("small", "photos"):
        for path in sorted((folder / name).glob("*.jpg")):
            photo = Image.open(path).convert("RGB")
            cut = rembg.remove(photo, session=session)
            white = Image.new("RGB", cut.size, (255, 255, 255))
            white.paste(cut, mask=cut.getchannel("A"))
            box = cut.getchannel("A").getbbox()
            structural_similarity(np.asarray(photo), np.asarray(white), channel_axis=2, data_range=255)
            for platform, side in (("amazon", 2000), ("shopify", 2048)):
                result = white.crop(box)
                result.thumbnail((side, side))
                square = Image.new("RGB", (side, side), (255, 255, 255))
                square.paste(result, ((side - result.width) // 2, (side - result.height) // 2))
                square.save(folder / f"{path.stem}-{platform}.jpg", quality=95)
        yield _memory(), _memory()


def _take_photos(folder: Path, count: int, width: int) -> None:
    """Have photos made in a program of its own, since the memory that this takes is not the line's."""
    command = [sys.executable, "-m", "benchmarks.line", "--photos", str(folder), str(count), str(width)]
    subprocess.run(command, check=True)


def _make_photos(folder: Path, count: int, width: int) -> None:
    """Sample frames enlarged to a camera's size, with a camera's noise."""
    folder.mkdir()
    rows = ["file,sku,asin"]
    for number in range(count):
        with resources.files("resources").joinpath(f"samples/{FRAMES[number % len(FRAMES)]}.jpg").open("rb") as stream:
            frame = np.asarray(Image.open(stream).convert("RGB"))
        noise = np.random.default_rng(number).normal(0, 2.0, (width * 2 // 3, width, 1)).astype(np.float32)
        large = cv2.resize(frame, (width, width * 2 // 3), interpolation=cv2.INTER_CUBIC).astype(np.float32) + noise
        photo = Image.fromarray(np.clip(large, 0, 255).astype(np.uint8))
        photo.save(folder / f"photo{number:03}.jpg", quality=92, icc_profile=srgb_profile())
        rows.append(f"photo{number:03}.jpg,{folder.name}-{number},B0TEST{folder.name[0].upper()}{number:03}")
    (folder / "sheet.csv").write_text("\n".join(rows) + "\n", "utf-8")


def _processor_seconds() -> float:
    ticks = os.sysconf("SC_CLK_TCK")
    spent = (_stat(process)[11:15] for process in _family())
    return sum(int(times[0]) + int(times[1]) for times in spent) / ticks


def _memory() -> int:
    """Peak resident bytes of this program and its workers together, each as high as it ever was."""
    return sum(_field(process, "VmHWM") * 1024 for process in _family())


def _family() -> list[int]:
    me = os.getpid()
    processes = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [me, *(process for process in processes if _field(process, "PPid") == me)]


def _stat(process: int) -> list[str]:
    return _read(process, "stat").rpartition(")")[2].split() or ["0"] * 40


def _field(process: int, name: str) -> int:
    found = [line.split()[1] for line in _read(process, "status").splitlines() if line.startswith(f"{name}:")]
    return int(found[0]) if found else 0


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except OSError:
        return ""  # it has just ended


if __name__ == "__main__":
    sys.exit(main())
