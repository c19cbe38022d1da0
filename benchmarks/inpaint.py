"""Fills against the truth: marks drawn over clean frames and over textures, taken away again.

A date stamp and a watermark are drawn over every frame of the shared test shoot, and over textures that a backdrop may
have (scikit-image's brick, grass and gravel, and a weave); the hole is what was drawn and two pixels around it. Errors
count inside the hole, in levels of 255, against the clean frame. The references are cv2.INPAINT_TELEA on 8 bits and
scikit-image's biharmonic fill. Seconds are wall time for a hole of 600 × 400 in 24 megapixels (`cpu_`: the processor's,
which a busy machine does not change), peak memory is what that adds to the warm process (GiB). A mark counts as better
than Telea only where its error is smaller: a tie on pure white is none. How alike the textures look is measured by
GMSD (Xue, Zhang, Mou and Bovik 2014; 0 is the same) around the hole, which stands in for LPIPS, whose network is not
shipped. `block` is a plain square of 64 px in the textures: no goal, for the record.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Final

import cv2
import numpy as np
import skimage.data
from PIL import Image
from skimage.restoration import inpaint_biharmonic

from benchmarks.report import finish
from pipeline.measure.similarity import gradient_deviation
from pipeline.tools.fill import FILLERS
from pipeline.tools.fill import fill

SHOOT = Path(__file__).resolve().parents[2] / "shared" / "shoot"
QUICK = ("book-grey", "ring-silver", "plush-fur")
EMBEDDED: Final = "best"
AROUND: Final = 2
LARGE: Final = (4000, 6000)
HOLE: Final = (slice(1800, 2200), slice(2700, 3300))
TEXTURE_SIDE: Final = 384
FINE: Final = 1.5
GOALS = {
    "marks_better_than_telea_share": (">=", 0.8),
    "marks_better_where_telea_errs_share": (">=", 0.95),
    "texture_gain_over_telea_db": (">=", 0.01),
    "texture_gain_over_biharmonic_db": (">=", 0.01),
    "texture_kept_embedded": (">=", 0.8),
    "texture_gmsd_gain_over_telea": (">=", 0.001),
    "texture_gmsd_gain_over_biharmonic": (">=", 0.001),
    "changed_outside_pixels": ("<=", 0),
    "cpu_seconds_telea": ("<=", 1.0),
    "cpu_seconds_navier-stokes": ("<=", 1.0),
    "cpu_seconds_membrane": ("<=", 1.0),
    "cpu_seconds_patchmatch": ("<=", 1.0),
    "cpu_seconds_best": ("<=", 1.0),
    "large_peak_gb": ("<=", 1.0),
}

Pixels = np.ndarray
Method = Callable[[Pixels, Pixels], Pixels]


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three frames, no biharmonic fill of blocks")
    parser.add_argument("--large", metavar="ENGINE", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.large:
        return _large(arguments.large)
    figures = _textures(quick=arguments.quick) | _large_figures()
    if SHOOT.is_dir():
        figures |= _frames(QUICK if arguments.quick else _all_frames())
    else:
        print(f"{SHOOT} is missing; its frames were not measured.", file=sys.stderr)
    return finish("inpaint", figures, GOALS)


def _all_frames() -> tuple[str, ...]:
    return tuple(path.name.removesuffix(".alpha.png") for path in sorted(SHOOT.glob("*.alpha.png")))


def date_stamp(photo: Pixels) -> tuple[Pixels, Pixels]:
    """Return `photo` (uint8 H×W×3) with a camera's orange date in the corner, and where it is (bool H×W)."""
    height, width = photo.shape[:2]
    place, size = (round(width * 0.62), round(height * 0.94)), width / 900
    drawn = cv2.putText(
        np.zeros((height, width), np.uint8), "2019 08 14", place, cv2.FONT_HERSHEY_DUPLEX, size, 255, 3, cv2.LINE_AA
    )
    return _laid(photo, drawn, (255, 140, 30), 1.0)


def watermark(photo: Pixels) -> tuple[Pixels, Pixels]:
    """Return `photo` (uint8 H×W×3) with half-transparent white words across its middle, and where they are."""
    height, width = photo.shape[:2]
    drawn = np.zeros((height, width), np.uint8)
    for row in (0.36, 0.56, 0.76):
        place = round(width * (row - 0.3)), round(height * row)
        cv2.putText(drawn, "(c) STUDIO NORTH", place, cv2.FONT_HERSHEY_SIMPLEX, width / 520, 255, 4, cv2.LINE_AA)
    return _laid(photo, drawn, (255, 255, 255), 0.45)


def _laid(photo: Pixels, drawn: Pixels, colour: tuple[int, int, int], strength: float) -> tuple[Pixels, Pixels]:
    cover = drawn[..., None] / 255 * strength
    marked = np.rint(photo * (1 - cover) + np.array(colour) * cover).astype(np.uint8)
    return marked, cv2.dilate(drawn, np.ones((2 * AROUND + 1,) * 2, np.uint8)) > 0


def _ours(engine: str) -> Method:
    def method(photo: Pixels, hole: Pixels) -> Pixels:
        return np.rint(fill(photo.astype(np.uint16) * 257, hole, engine) / 257)

    return method


def _telea(photo: Pixels, hole: Pixels) -> Pixels:
    return cv2.inpaint(photo, hole.astype(np.uint8), 5, cv2.INPAINT_TELEA)


def _biharmonic(photo: Pixels, hole: Pixels) -> Pixels:
    return np.clip(inpaint_biharmonic(photo, hole, channel_axis=-1) * 255, 0, 255)


def _frames(names: tuple[str, ...]) -> dict[str, float]:
    """Mean absolute error inside the hole, embedded against Telea, on every frame under both marks."""
    ours, errors, outside = _ours(EMBEDDED), {"embedded": [], "telea": []}, 0
    for name in names:
        clean = np.asarray(Image.open(SHOOT / f"{name}.png").convert("RGB"))
        for mark in (date_stamp, watermark):
            marked, hole = mark(clean)
            started = time.perf_counter()
            repaired = ours(marked, hole)
            seconds = time.perf_counter() - started
            outside += int((repaired[~hole] != marked[~hole]).any(axis=-1).sum())
            error, reference = _error(repaired, clean, hole), _error(_telea(marked, hole), clean, hole)
            errors["embedded"].append(error)
            errors["telea"].append(reference)
            words = f"{error:.2f} levels, Telea {reference:.2f}, {seconds:.1f} s"
            print(f"{name:24} {mark.__name__:11} {words}", file=sys.stderr, flush=True)
    better = [one < other for one, other in zip(*errors.values(), strict=True)]
    possible = [one < other for one, other in zip(*errors.values(), strict=True) if other > 0]
    return {
        # Where Telea leaves no error at all, as on pure white, nothing can be below it.
        "marks_tied_at_zero": sum(one == other == 0 for one, other in zip(*errors.values(), strict=True)),
        "marks_better_where_telea_errs_share": fmean(possible),
        "marks_better_than_telea_share": fmean(better),
        "marks_error_embedded": fmean(errors["embedded"]),
        "marks_error_telea": fmean(errors["telea"]),
        "changed_outside_pixels": outside,
    }


def _textures(*, quick: bool) -> dict[str, float]:
    """PSNR inside the hole and the share of fine texture that is there, by method, mean over textures and marks."""
    methods = {"embedded": _ours(EMBEDDED), "telea": _telea, "biharmonic": _biharmonic}
    found: dict[str, list[float]] = {}
    for texture, clean in textures().items():
        for mark in (date_stamp, watermark, None):
            if quick and mark is None:
                continue
            marked, hole = mark(clean) if mark else block(clean)
            kind = "texture" if mark else "block"
            for name, method in methods.items():
                filled = method(marked, hole)
                quality = _psnr(filled, clean, hole), _kept(filled, clean, hole), _unlike(filled, clean, hole)
                for figure, value in zip(("psnr", "kept", "gmsd"), quality, strict=True):
                    found.setdefault(f"{kind}_{figure}_{name}", []).append(value)
                words = f"{quality[0]:.2f} dB, {quality[1]:.0%} of its texture, GMSD {quality[2]:.3f}"
                print(f"{texture:24} {mark.__name__ if mark else 'block':11} {name:11} {words}", file=sys.stderr)
    figures = {name: fmean(values) for name, values in found.items()}
    for other in ("telea", "biharmonic"):
        decibels = figures["texture_psnr_embedded"] - figures[f"texture_psnr_{other}"]
        liker = figures[f"texture_gmsd_{other}"] - figures["texture_gmsd_embedded"]
        figures |= {f"texture_gain_over_{other}_db": decibels, f"texture_gmsd_gain_over_{other}": liker}
    return figures


def textures() -> dict[str, Pixels]:
    """Return backdrops with a texture, uint8 384×384×3, in light that falls off to one side."""
    y, x = np.mgrid[:TEXTURE_SIDE, :TEXTURE_SIDE].astype(np.float32)
    weave = 128 + 30 * np.sin(x * 2 * np.pi / 7) * np.cos(y * 2 * np.pi / 9)
    weave += np.random.default_rng(5).normal(0, 4, weave.shape)
    grey = {name: getattr(skimage.data, name)()[:TEXTURE_SIDE, :TEXTURE_SIDE] for name in ("brick", "grass", "gravel")}
    light = (0.75 + 0.25 * x / TEXTURE_SIDE)[..., None] * np.array([1.0, 0.96, 0.9])
    return {
        name: np.clip(plane[..., None] * light, 0, 255).astype(np.uint8)
        for name, plane in (grey | {"weave": weave}).items()
    }


def block(clean: Pixels) -> tuple[Pixels, Pixels]:
    """Return `clean` with a black square of 64 px, and where it is."""
    hole = np.zeros(clean.shape[:2], bool)
    hole[160:224, 150:214] = True
    return np.where(hole[..., None], np.uint8(0), clean), hole


def _error(filled: Pixels, clean: Pixels, hole: Pixels) -> float:
    return float(np.abs(filled[hole].astype(np.float64) - clean[hole]).mean())


def _psnr(filled: Pixels, clean: Pixels, hole: Pixels) -> float:
    return float(10 * np.log10(255**2 / np.square(filled[hole].astype(np.float64) - clean[hole]).mean()))


def _kept(filled: Pixels, clean: Pixels, hole: Pixels) -> float:
    """Fine texture (RMS) inside the hole as a share of the truth's, at most 1: a stand-in for how alike they look."""
    fine = [plane - cv2.GaussianBlur(plane, (0, 0), FINE) for plane in (np.float32(filled), np.float32(clean))]
    there, true = (float(np.sqrt(np.square(plane[hole]).mean())) for plane in fine)
    return min(1.0, there / true)


def _unlike(filled: Pixels, clean: Pixels, hole: Pixels) -> float:
    """GMSD over the hole and what can see it."""
    near = cv2.dilate(hole.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    value = gradient_deviation(np.float32(filled[..., 1]), np.float32(clean[..., 1]), near)
    return 0.0 if value is None else value


def _large_figures() -> dict[str, float]:
    """Seconds and peak memory of every engine for one hole in 24 megapixels, each in a process of its own."""
    figures, peaks = {}, []
    for engine in FILLERS:
        command = [sys.executable, "-m", "benchmarks.inpaint", "--large", engine]
        spoken = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        seconds, cpu, peak = map(float, spoken.split()[-3:])
        print(f"24 megapixels, {engine}: {seconds:.2f} s, {peak:.2f} GiB", file=sys.stderr, flush=True)
        figures |= {f"seconds_{engine}": seconds, f"cpu_seconds_{engine}": cpu}
        peaks.append(peak)
    return figures | {"large_peak_gb": max(peaks)}


def _large(engine: str) -> int:
    side = LARGE[0] // 4
    tile = np.random.default_rng(2).integers(20_000, 40_000, (side, LARGE[1] // 4, 3), dtype=np.uint16)
    rgb, hole = np.tile(tile, (4, 4, 1)), np.zeros(LARGE, bool)
    fill(rgb[:64, :64], np.pad(np.ones((4, 4), bool), 30), engine)
    hole[HOLE] = True
    warm = _peak_gb()
    started, worked = time.perf_counter(), time.process_time()
    fill(rgb, hole, engine)
    spent = time.perf_counter() - started, time.process_time() - worked
    print(*(round(seconds, 3) for seconds in spent), round(_peak_gb() - warm, 3))
    return 0


def _peak_gb() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


if __name__ == "__main__":
    sys.exit(main())
