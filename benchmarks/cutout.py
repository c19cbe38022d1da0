"""Cut-out against exact mattes: rembg as it comes, rembg with its own alpha matting, ours with ISNet, ours embedded.

Needs the shared test shoot beside the checkout; the three rows with ISNet need its weights where rembg looks for them
(REMBG_HOME). What cannot be measured is said and its goals count as missed. Seconds are wall time of one frame, peak
memory is what a 24-megapixel frame adds to the warm process (GiB).
"""

import argparse
import dataclasses
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.report import finish
from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb8_to_adobe16
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.cut_out import cut_out
from pipeline.stages.whiten import whiten
from pipeline.tools.foreground import foreground
from pipeline.tools.rembg_networks import weights_path
from pipeline.tools.toolbox import open_toolbox

SHOOT = Path(__file__).resolve().parents[2] / "shared" / "shoot"
ISNET = "isnet-general-use"
QUICK = ("book-grey", "ring-silver", "plush-fur", "mug-green-hard-shadow")
LARGE = (6000, 4000)
GOALS = {
    "isnet_iou": (">=", 0.97),
    "isnet_boundary_f": (">=", 0.95),
    "isnet_iou_worst": (">=", 0.85),
    "isnet_better_sad_share": (">=", 16 / 18),
    "isnet_better_gradient_share": (">=", 16 / 18),
    "embedded_iou": (">=", 0.93),
    "embedded_iou_worst": (">=", 0.70),
    "embedded_times_faster": (">=", 5.0),
    "bleeding_ratio": ("<=", 0.5),
    "large_time_ratio": ("<=", 1.5),
    "large_peak_gb": ("<=", 1.2),
    "off_white_pixels": ("<=", 0),
    "empty_no_subject_share": (">=", 1.0),
    "empty_not_white_pixels": ("<=", 0),
    "cut_by_frame_share": (">=", 1.0),
    "whole_not_cut_share": (">=", 1.0),
}
EMPTY: Final = ((0.62, 0.004), (0.93, 0.002), (0.05, 0.004), (1.0, 0.0))
"""Backdrops without a product: brightness and noise, sRGB-encoded; the last one is blown out."""


@dataclass(frozen=True, eq=False)
class Cut:
    """One result: mask float32 H×W, the product's colours uint8 H×W×3 sRGB, wall seconds, stray pixels, flags."""

    mask: np.ndarray
    colours: np.ndarray
    seconds: float
    off_white: int = 0
    flags: frozenset[str] = frozenset()


Method = Callable[[np.ndarray], Cut]


@dataclass(frozen=True)
class Row:
    """The figures of one method on one frame; SAD in thousands of pixels."""

    iou: float
    sad: float
    mse: float
    gradient: float
    boundary_f: float
    bleeding: float
    seconds: float
    off_white: int


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four frames, rembg's matting and 24 megapixels left out")
    parser.add_argument("--large", metavar="METHOD", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.large:
        return _large(arguments.large)
    if not SHOOT.is_dir():
        print(f"{SHOOT} is missing; nothing was measured.", file=sys.stderr)
        return finish("cutout", {}, GOALS)
    methods = _methods(quick=arguments.quick)
    rows = {name: {} for name in methods}
    for frame in _frames(QUICK if arguments.quick else None):
        photo, alpha = _load(frame)
        for name, method in methods.items():
            rows[name][frame] = row = _measure(photo, alpha, method(photo))
            print(f"{frame:24} {name:13} {_words(row)}", file=sys.stderr, flush=True)
    engines = [methods[name] for name in ("isnet", "embedded") if name in methods]
    figures = _figures(rows) | _refusals(engines[-1:] if arguments.quick else engines)
    if not arguments.quick:
        figures |= _large_figures(list(methods))
    goals = {name: goal for name, goal in GOALS.items() if not (arguments.quick and name.startswith("large"))}
    return finish("cutout", figures, goals)


def _frames(only: tuple[str, ...] | None) -> list[str]:
    return [path.name.removesuffix(".alpha.png") for path in sorted(SHOOT.glob("*.alpha.png"))] if not only else [*only]


def _load(frame: str) -> tuple[np.ndarray, np.ndarray]:
    photo = np.asarray(Image.open(SHOOT / f"{frame}.png").convert("RGB"))
    return photo, np.asarray(Image.open(SHOOT / f"{frame}.alpha.png"), np.float32) / 255


def _methods(*, quick: bool, only: str | None = None) -> dict[str, Method]:
    settings = load_settings()
    threads = dataclasses.replace(settings.tools, threads=os.cpu_count() or 1)
    settings = dataclasses.replace(settings, tools=threads)
    makers: dict[str, Callable[[], Method]] = {"embedded": lambda: _ours("embedded", settings)}
    if weights_path(ISNET) is None:
        print(f"The weights of {ISNET} are not installed; only the embedded engine is measured.", file=sys.stderr)
    else:
        makers = {"rembg": lambda: _rembg(matting=False), "isnet": lambda: _ours(ISNET, settings)} | makers
        makers |= {} if quick else {"rembg_matting": lambda: _rembg(matting=True)}
    return {name: make() for name, make in makers.items() if only in (None, name)}


def _ours(engine: str, settings: Settings) -> Method:
    settings = dataclasses.replace(settings, tools=dataclasses.replace(settings.tools, default=engine))
    toolbox = open_toolbox(settings)

    def method(photo: np.ndarray) -> Cut:
        master = Photo(rgb=srgb8_to_adobe16(photo), alpha=None, bits=8, profile_source="assumed sRGB")
        item = WorkItem(ImageRecord(1, "bench", "frame.png", "", 0, *master.size), master)
        started = time.perf_counter()
        item = whiten(cut_out(item, toolbox, settings), toolbox, settings)
        seconds = time.perf_counter() - started
        off = int((adobe16_to_srgb8(item.cutout)[item.mask == 0] != 255).sum())
        flags = frozenset(flag.name for flag in item.flags)
        return Cut(item.mask, adobe16_to_srgb8(foreground(master.rgb, item.mask)), seconds, off, flags)

    method(_load(_frames(None)[0])[0])
    return method


def _rembg(*, matting: bool) -> Method:
    import rembg

    session = rembg.new_session(ISNET)

    def method(photo: np.ndarray) -> Cut:
        started = time.perf_counter()
        result = np.asarray(rembg.remove(Image.fromarray(photo), session=session, alpha_matting=matting))
        seconds = time.perf_counter() - started
        return Cut(result[..., 3].astype(np.float32) / 255, np.ascontiguousarray(result[..., :3]), seconds)

    method(_load(_frames(None)[0])[0])
    return method


def _measure(photo: np.ndarray, alpha: np.ndarray, cut: Cut) -> Row:
    found, true = cut.mask > 0.5, alpha > 0.5
    return Row(
        iou=float((found & true).sum() / max(1, (found | true).sum())),
        sad=float(np.abs(cut.mask - alpha).sum()) / 1000,
        mse=float(np.square(cut.mask - alpha).mean()),
        gradient=float(np.square(_gradient(cut.mask) - _gradient(alpha)).sum()) / 1000,
        boundary_f=_boundary_f(found, true, 2.0),
        bleeding=_bleeding(photo, alpha, cut.colours),
        seconds=cut.seconds,
        off_white=cut.off_white,
    )


def _gradient(mask: np.ndarray) -> np.ndarray:
    """Gradient magnitude by first-order Gaussian derivatives, sigma 1.4 (Rhemann et al. 2009)."""
    smooth = cv2.GaussianBlur(mask, (0, 0), 1.4)
    return cv2.magnitude(cv2.Sobel(smooth, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(smooth, cv2.CV_32F, 0, 1) / 8)


def _boundary_f(found: np.ndarray, true: np.ndarray, reach: float) -> float:
    """F of boundary pixels that lie within `reach` pixels of the other boundary (Martin et al. 2004)."""
    edges = [cv2.morphologyEx(side.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3))) for side in (found, true)]
    near = [cv2.distanceTransform(1 - edge, cv2.DIST_L2, 5) <= reach for edge in edges]
    precision = (edges[0] * near[1]).sum() / max(1, edges[0].sum())
    recall = (edges[1] * near[0]).sum() / max(1, edges[1].sum())
    return float(2 * precision * recall / max(1e-9, precision + recall))


def _bleeding(photo: np.ndarray, alpha: np.ndarray, colours: np.ndarray) -> float:
    """Mean error (levels of 255) of the colours where 0.05 < coverage < 0.95, weighed by coverage.

    The true colour follows from the photo, the true coverage and the backdrop just outside. Weighing by coverage is
    what the eye sees, and keeps the division by small coverages from drowning the figure in noise.
    """
    band = (alpha > 0.05) & (alpha < 0.95)
    if not band.any():
        return 0.0
    bare = (alpha == 0).astype(np.float32)
    near = cv2.GaussianBlur(bare, (0, 0), 3)[..., None] + 1e-6
    light = np.power(photo.astype(np.float32) / 255, 2.2)
    backdrop = cv2.GaussianBlur(light * bare[..., None], (0, 0), 3) / near
    cover = alpha[..., None]
    true = np.clip((light - (1 - cover) * backdrop) / np.maximum(cover, 1e-3), 0, 1) ** (1 / 2.2) * 255
    error = np.abs(true - colours).mean(axis=2)
    return float((error * alpha)[band].sum() / alpha[band].sum())


def _words(row: Row) -> str:
    return (
        f"IoU {row.iou:.3f}  SAD {row.sad:6.2f}k  MSE {row.mse:.4f}  gradient {row.gradient:6.2f}k  "
        f"F {row.boundary_f:.3f}  bleeding {row.bleeding:5.1f}  {row.seconds:5.2f} s"
    )


def _figures(rows: dict[str, dict[str, Row]]) -> dict[str, float]:
    figures: dict[str, float] = {"frames": len(rows["embedded"])}
    for name, frames in rows.items():
        for field in ("iou", "sad", "mse", "gradient", "boundary_f", "bleeding", "seconds"):
            figures[f"{name}_{field}"] = float(np.mean([getattr(row, field) for row in frames.values()]))
        figures[f"{name}_iou_worst"] = min(row.iou for row in frames.values())
        figures |= {f"{name}_iou_{frame}": row.iou for frame, row in frames.items()}
    ours = [row for name in ("isnet", "embedded") for row in rows.get(name, {}).values()]
    figures["off_white_pixels"] = sum(row.off_white for row in ours)
    if "rembg" in rows:
        figures["embedded_times_faster"] = figures["rembg_seconds"] / figures["embedded_seconds"]
        figures["bleeding_ratio"] = figures["isnet_bleeding"] / figures["rembg_bleeding"]
        for field in ("sad", "gradient"):
            figures[f"isnet_better_{field}_share"] = _share_better(rows, field)
    return figures


def _refusals(ours: list[Method]) -> dict[str, float]:
    """Frames without a product, frames that cut the product, and the same frames whole: what our engines say."""
    empty = [method(_empty(*kind)) for method in ours for kind in EMPTY]
    photo, alpha = _load("crate-oak-warm")
    middle = int(np.nonzero(alpha > 0.5)[1].mean())
    cut = [method(np.ascontiguousarray(piece)) for method in ours for piece in (photo[:, middle:], photo[:, :middle])]
    whole = [method(photo) for method in ours]
    return {
        "empty_no_subject_share": float(np.mean(["no_subject" in one.flags for one in empty])),
        "empty_not_white_pixels": float(sum(int((one.mask > 0).sum()) for one in empty)),
        "cut_by_frame_share": float(np.mean(["cut_by_frame" in one.flags for one in cut])),
        "whole_not_cut_share": float(np.mean([not one.flags for one in whole])),
    }


def _empty(level: float, noise: float, side: int = 1120) -> np.ndarray:
    """A sweep without a product, uint8 sRGB: lighter above than below, darker towards the corners, with grain."""
    down, across = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    shade = 1.0 if noise == 0 else 1 - 0.06 * down - 0.05 * (down**2 + across**2)
    grain = np.random.default_rng(1).normal(0, noise, (side, side, 3))
    return (
        np.rint(np.clip(level * shade * np.ones((side, side)), 0, 1)[..., None] * 255 + grain * 255)
        .clip(0, 255)
        .astype(np.uint8)
    )


def _share_better(rows: dict[str, dict[str, Row]], field: str) -> float:
    rivals = [name for name in ("rembg", "rembg_matting") if name in rows]
    wins = [
        getattr(row, field) < min(getattr(rows[rival][frame], field) for rival in rivals)
        for frame, row in rows["isnet"].items()
    ]
    return float(np.mean(wins))


def _large_figures(methods: list[str]) -> dict[str, float]:
    """24 megapixels, each method in a process of its own, so that its peak memory is its own."""
    figures: dict[str, float] = {}
    for name in methods:
        command = [sys.executable, "-m", "benchmarks.cutout", "--large", name]
        answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        size = "frame" if name in SMALL_ONLY else "large"
        figures[f"{size}_{name}_seconds"], figures[f"{size}_{name}_peak_gb"] = map(float, answer[-2:])
        print(f"{size} {name}: {answer[-2]} s, {answer[-1]} GB", file=sys.stderr)
    if "rembg" in methods:
        figures["large_time_ratio"] = figures["large_isnet_seconds"] / figures["large_rembg_seconds"]
    figures["large_peak_gb"] = max(value for name, value in figures.items() if name in PEAKS)
    return figures


SMALL_ONLY = ("rembg_matting",)
"""Measured on a frame of the shoot's own size: at 24 megapixels it wants more memory than most machines have."""
PEAKS = ("large_isnet_peak_gb", "large_embedded_peak_gb")


def _large(name: str) -> int:
    method = _methods(quick=False, only=name)[name]
    photo = _load("plush-fur")[0]
    if name not in SMALL_ONLY:
        photo = cv2.resize(photo, LARGE, interpolation=cv2.INTER_CUBIC)
    warm = _peak_gb()
    seconds = method(photo).seconds
    print(round(seconds, 3), round(_peak_gb() - warm, 3))
    return 0


def _peak_gb() -> float:
    """Peak resident memory, GiB; on Linux its own, since `ru_maxrss` of a parent is handed on to its child."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
        return int(lines["VmHWM"].split()[0]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    sys.exit(main())
