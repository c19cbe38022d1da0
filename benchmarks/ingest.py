"""Ingest of 24-megapixel originals beside the bare decode of the same file: seconds, ratio and peak memory.

Ingest is all of it: hash, copy into the store (written, synced, read back), header, decode, 16-bit Adobe RGB, proxy.
Bare is the decode alone, as the format's usual library does it. Both run in processes of their own, turn by turn, and
the best turn counts. `tiff_plain` misses its goal and is expected to: decoding it is copying it, which hashing and
syncing alone outlast.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources as packages
from pathlib import Path

import cv2
import numpy as np
import rawpy
import tifffile
from PIL import Image

from benchmarks.report import finish
from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from pipeline.photo_io import read_photo
from pipeline.photo_io.encode import encode
from pipeline.settings import load_settings
from pipeline.store.files import Files

WIDTH, HEIGHT = 6000, 4000
PROXY_SIDE, PROXY_QUALITY = 2048, 92
ROUNDS = 5
ENOUGH_SECONDS, QUICK_ENOUGH_SECONDS = 60.0, 3.0
"""A case takes turns until so much time was measured, or ROUNDS of them."""
GOALS = {name: ("<=", 6.0) for name in ("jpeg_times_bare", "tiff_zip_times_bare", "tiff_plain_times_bare")}


def main() -> int:
    """Measure every case and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, the same figures")
    parser.add_argument("--one", nargs=2, metavar=("bare|ingest", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return _measure_here(options.one[0], Path(options.one[1]))
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, float] = {}
        for case, path in _originals(Path(folder)).items():
            figures |= _compare(case, path, QUICK_ENOUGH_SECONDS if options.quick else ENOUGH_SECONDS)
            path.unlink()
        return finish("ingest", figures, GOALS)


def _compare(case: str, path: Path, enough: float) -> dict[str, float]:
    answers: dict[str, list[dict[str, float]]] = {"bare": [], "ingest": []}
    while len(answers["bare"]) < ROUNDS and _total(answers) < enough:
        for kind, found in answers.items():
            found.append(_measure_apart(kind, path))
    best = {kind: min(answer["seconds"] for answer in found) for kind, found in answers.items()}
    figures = {
        f"{case}_megabytes": path.stat().st_size / 1e6,
        f"{case}_bare_seconds": best["bare"],
        f"{case}_seconds": best["ingest"],
        f"{case}_times_bare": best["ingest"] / best["bare"],
        f"{case}_bare_peak_megabytes": max(answer["megabytes"] for answer in answers["bare"]),
        f"{case}_peak_megabytes": max(answer["megabytes"] for answer in answers["ingest"]),
    }
    print(f"{case}: {figures}", file=sys.stderr)
    return figures


def _total(answers: dict[str, list[dict[str, float]]]) -> float:
    return sum(answer["seconds"] for found in answers.values() for answer in found)


def _measure_apart(kind: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.ingest", "--one", kind, str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def _measure_here(kind: str, path: Path) -> int:
    work = _bare(path) if kind == "bare" else _ingest(path)
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "megabytes": _peak_megabytes()}))
    return 0


def _peak_megabytes() -> float:
    # Not ru_maxrss, which a child inherits from its parent's size at the fork.
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def _bare(path: Path) -> Callable[[], object]:
    if path.suffix == ".jpg":
        return lambda: np.asarray(Image.open(path))
    if path.suffix == ".tif":
        return lambda: tifffile.imread(path)
    return lambda: rawpy.imread(str(path)).postprocess(use_camera_wb=True, no_auto_bright=True, output_bps=16)


def _ingest(path: Path) -> Callable[[], object]:
    # Beside the original, so that the copy goes to the same disk; the library's first use is not the photo's cost.
    folder = tempfile.mkdtemp(dir=path.parent)
    files, limits = Files(Path(folder)), load_settings().ingest
    adobe16_to_srgb8(np.zeros((8, 8, 3), np.uint16))

    def work() -> object:
        sha256, _ = files.put_file(path)
        photo = read_photo(files.path(sha256), name=path.name, limits=limits)
        scale = PROXY_SIDE / max(photo.size)
        small = cv2.resize(photo.rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        proxy = encode(adobe16_to_srgb8(small), format="jpeg", quality=PROXY_QUALITY, icc=srgb_profile())
        return files.put_bytes(proxy)

    return work


def _originals(folder: Path) -> dict[str, Path]:
    """A sample frame enlarged to 24 megapixels, with a camera's noise, in every format that is measured."""
    with packages.files("resources").joinpath("samples/crate-oak-warm.jpg").open("rb") as stream:
        frame = np.asarray(Image.open(stream).convert("RGB"))
    noise = np.random.default_rng(1).normal(0, 1300, (HEIGHT, WIDTH, 3)).astype(np.float32)
    large = cv2.resize(frame, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).astype(np.float32) * 257 + noise
    wide = np.clip(large, 0, 65535).astype(np.uint16)
    paths = {case: folder / f"{case}.tif" for case in ("tiff_plain", "tiff_zip")}
    paths |= {"jpeg": folder / "photo.jpg", "dng": folder / "photo.dng"}
    Image.fromarray((wide >> 8).astype(np.uint8)).save(paths["jpeg"], quality=92, icc_profile=srgb_profile())
    options = {"photometric": "rgb", "rowsperstrip": 64, "iccprofile": adobe_profile()}
    tifffile.imwrite(paths["tiff_plain"], wide, **options)
    tifffile.imwrite(
        paths["tiff_zip"], wide, compression="zlib", compressionargs={"level": 1}, predictor=True, **options
    )
    _write_dng(paths["dng"], wide)
    return paths


def _write_dng(path: Path, wide: np.ndarray) -> None:
    mosaic = wide[..., 1].copy()
    mosaic[0::2, 0::2], mosaic[1::2, 1::2] = wide[0::2, 0::2, 0], wide[1::2, 1::2, 2]
    matrix = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)
    tags = [
        (33421, 3, 2, (2, 2), True),
        (33422, 1, 4, bytes((0, 1, 1, 2)), True),
        (50706, 1, 4, bytes((1, 4, 0, 0)), True),
        (50708, 2, 0, "Benchmark camera", True),
        (50717, 3, 1, 65535, True),
        (50721, 10, 9, [part for number in matrix for part in (number, 10000)], True),
        (50728, 5, 3, (1, 1) * 3, True),
    ]
    tifffile.imwrite(path, mosaic, photometric=32803, planarconfig=1, extratags=tags, metadata=None, software=False)


if __name__ == "__main__":
    sys.exit(main())
