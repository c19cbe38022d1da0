"""What happened to the product's own pixels: result against what the original becomes by framing and grading alone.

Where the mask is 1 the line keeps every pixel: moved or resampled by the frame, graded by one gain per channel. What
differs from that was changed by something else: a spot, a smear, a paste, a coder. No global mean is asked, since one
black hole moves it by less than 1 % (a global SSIM of 0.989); every place counts for itself.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.framing import is_whole_move
from pipeline.framing import resample
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.mask import pieces
from pipeline.mask import subject_box
from pipeline.measure.similarity import similarity_map
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Frame
from pipeline.model import Reading

SOLID_COVER: Final = 0.999
CELL: Final = 4
"""Pixels a side of the cells that differences are averaged over: coder noise averages out, a spot does not."""
SIDE: Final = 1600
LEAST_CELLS: Final = 2
MAX_BOXES: Final = 24
MAX_DOTS: Final = 600
SAMPLE: Final = 60_000
COLORS: Final = 4_000
LEVEL: Final = 257.0
FADE: Final = 0.93
"""Encoded level above which a grade may fade out, so that clipped highlights stay white."""

Region = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Result and expectation over the product's box, in levels of 255 (float32 h×w×3); `inside`: surely product.

    `origin`: the window's left and top in the result; `step`: result pixels per pixel; `gains`: what grades one to the
    other; `moved`: how far they stray from 1 (largest channel).
    """

    expected: NDArray[np.float32]
    result: NDArray[np.float32]
    inside: Region
    edited: Region
    origin: tuple[int, int]
    step: float
    gains: tuple[float, float, float]

    def boxes(self, found: list[tuple[int, Box]], cell: int = 1) -> tuple[Box, ...]:
        """Return boxes of this window's cells in the result's pixels."""
        (left, top), step = self.origin, self.step * cell
        return tuple(
            (left + int(x0 * step), top + int(y0 * step), left + int(np.ceil(x1 * step)), top + int(np.ceil(y1 * step)))
            for _, (x0, y0, x1, y1) in found[:MAX_BOXES]
        )

    def dots(self, where: Region, cell: int = 1) -> tuple[tuple[int, int], ...]:
        """Return places spread over `where` (this window's cells) in the result's pixels: a ring fills no box."""
        ys, xs = np.nonzero(where)
        every = max(1, len(ys) // MAX_DOTS)
        (left, top), step = self.origin, self.step * cell
        picked = zip(xs[::every].tolist(), ys[::every].tolist(), strict=True)
        return tuple((left + int((x + 0.5) * step), top + int((y + 0.5) * step)) for x, y in picked)


def compare(
    original: NDArray[np.uint16], result: NDArray[np.uint16], result_mask: Matte, frame: Frame, edited: Region | None
) -> Comparison | None:
    """Bring original and result (uint16 Adobe RGB) onto one grid; None where the product has no solid inside."""
    box = subject_box(result_mask)
    if box is None:
        return None
    rows, columns = grown(box, 2, (result_mask.shape[1], result_mask.shape[0]))
    step = max(1.0, max(box[2] - box[0], box[3] - box[1]) / SIDE)
    size = round((columns.stop - columns.start) / step), round((rows.stop - rows.start) / step)
    window = _window(frame, columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    expected = _small(resample(original, window, outside=65535), size, step)
    there = _small(result[rows, columns], size, step)
    cover = result_mask[rows, columns]
    cover = cover if step == 1 else cv2.resize(cover, size, interpolation=cv2.INTER_AREA)
    inside = cover >= SOLID_COVER
    if not is_whole_move(frame):
        inside = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) > 0
    if np.count_nonzero(inside) < 12:
        return None
    painted = np.zeros(inside.shape, bool)
    if edited is not None:
        share = resample(edited.astype(np.float32), window, outside=0.0)
        painted = cv2.resize(share, size, interpolation=cv2.INTER_AREA) > 0.02
    gains = _gains(expected, there, inside & ~painted)
    return Comparison(expected * np.float32(gains), there, inside, painted, (columns.start, rows.start), step, gains)


def read_changed(found: Comparison | None, *, levels: float) -> Reading:
    """Return "product_changed": share of the product whose 4 px cells differ by more than `levels` of 255, ratio.

    What was edited on purpose does not count here. Evidence in the result, largest first.
    """
    if found is None:
        return Reading("product_changed", None, "ratio", "the product has no solid inside")
    cells, allowed = _cells(found)
    off = (cells > levels) & allowed
    spots = [piece for piece in pieces(off) if piece[0] >= LEAST_CELLS]
    share = sum(area for area, _ in spots) / max(1, int(np.count_nonzero(allowed)))
    evidence = Evidence(found.boxes(spots, CELL), outline=found.dots(off, CELL))
    worst = float(cells[allowed].max(initial=0.0))
    return Reading("product_changed", share, "ratio", f"{len(spots)} places, worst {worst:.0f} levels", evidence)


def read_similarity(found: Comparison | None) -> tuple[Reading, Reading]:
    """Return "ssim_worst" and "ssim_unlike": the worst window of SSIM outside what was edited, and the share below 0.9.

    Windowed SSIM (Wang, Bovik, Sheikh and Simoncelli 2004) of the green channel; never its mean over the image.
    """
    if found is None:
        why = "the product has no solid inside"
        return Reading("ssim_worst", None, "ratio", why), Reading("ssim_unlike", None, "ratio", why)
    allowed = cv2.erode((found.inside & ~found.edited).astype(np.uint8), np.ones((7, 7), np.uint8), borderValue=0) > 0
    if not allowed.any():
        why = "the product is too thin for a window"
        return Reading("ssim_worst", None, "ratio", why), Reading("ssim_unlike", None, "ratio", why)
    values = similarity_map(found.expected[..., 1], found.result[..., 1], data_range=255.0)
    unlike = allowed & (values < 0.9)
    spots = pieces(unlike)
    evidence = Evidence(found.boxes(spots), outline=found.dots(unlike))
    share = float(np.count_nonzero(unlike)) / int(np.count_nonzero(allowed))
    return (
        Reading("ssim_worst", float(values[allowed].min()), "ratio", "", evidence),
        Reading("ssim_unlike", share, "ratio", f"{len(spots)} places", evidence),
    )


def read_burnt(found: Comparison | None) -> Reading:
    """Return "burnt": share of the product that is at full scale in the result and was not in the original, ratio."""
    if found is None:
        return Reading("burnt", None, "ratio", "the product has no solid inside")
    before = _largest(found.expected / np.float32(found.gains))
    burnt = found.inside & (_largest(found.result) >= 254.5) & (before < 252)
    spots = [piece for piece in pieces(burnt) if piece[0] >= 12]
    share = sum(area for area, _ in spots) / int(np.count_nonzero(found.inside))
    return Reading("burnt", share, "ratio", f"{len(spots)} places", Evidence(found.boxes(spots)))


def read_unasked(found: Comparison | None, recorded: tuple[float, float, float]) -> Reading:
    """Return "unasked_shift": mean ΔE00 between the product as graded and as `recorded` (gains of the code) says."""
    if found is None:
        return Reading("unasked_shift", None, "ΔE00", "the product has no solid inside")
    at = np.flatnonzero(found.inside & ~found.edited)
    at = at[:: max(1, len(at) // COLORS)]
    plain = found.expected.reshape(-1, 1, 3)[at] / np.float32(found.gains)
    pair = (np.clip(plain * np.float32(gains) * LEVEL, 0, 65535) for gains in (found.gains, recorded))
    ours, asked = (adobe16_to_lab(np.rint(colors).astype(np.uint16)) for colors in pair)
    shift = float(delta_e_2000(ours, asked).mean()) if len(at) else 0.0
    whole = (0, 0, found.inside.shape[1], found.inside.shape[0])
    return Reading(
        "unasked_shift", shift, "ΔE00", "beyond the correction on record", Evidence(found.boxes([(1, whole)]))
    )


def read_coding(found: Comparison | None) -> tuple[Reading, Reading]:
    """Return "grain_changed" (levels) and "blockiness" (ratio): does the product carry a coder's traces?

    The first is the mean absolute difference of result and expectation over unedited product; framing and grading leave
    none. The second is the mean step across the lines of the likeliest 8 px grid over the mean step elsewhere (Wang,
    Bovik and Evans 2000), in the result over the same in the expectation: 1 where no blocks came in.
    """
    if found is None:
        why = "the product has no solid inside"
        return Reading("grain_changed", None, "levels", why), Reading("blockiness", None, "ratio", why)
    allowed = found.inside & ~found.edited
    difference = (found.result - found.expected)[..., 1]
    strength = np.minimum(np.abs(difference), 12)[allowed]
    grain = float(strength.mean()) if len(strength) else 0.0
    box = (0, 0, allowed.shape[1], allowed.shape[0])
    evidence = Evidence(found.boxes([(1, box)]))
    blocks = 1.0
    if grain > 0.25:
        ours, own = found.result[..., 1], found.expected[..., 1]
        across = _grid_ratio(ours, allowed) / _grid_ratio(own, allowed)
        blocks = max(across, _grid_ratio(ours.T, allowed.T) / _grid_ratio(own.T, allowed.T))
    return (
        Reading("grain_changed", grain, "levels", "mean over the product", evidence),
        Reading("blockiness", blocks, "ratio", "", evidence),
    )


def _grid_ratio(grey: NDArray[np.float32], allowed: Region) -> float:
    steps = np.where(allowed[:, 1:] & allowed[:, :-1], np.abs(np.diff(grey, axis=1)), np.nan)
    useful = np.isfinite(steps).sum(axis=0) >= 16
    columns = np.where(useful, np.nansum(steps, axis=0) / np.maximum(1, np.isfinite(steps).sum(axis=0)), np.nan)
    phases = np.array([_mean(columns[phase::8]) for phase in range(8)])
    best = int(phases.argmax())
    rest = float(np.delete(phases, best).mean())
    return float(phases[best] / rest) if rest > 0 else 1.0


def _mean(values: NDArray[np.floating]) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0


def _cells(found: Comparison) -> tuple[NDArray[np.float32], Region]:
    """Mean absolute difference (largest channel) of every cell, less what a fading grade explains, and which count."""
    difference = _largest(cv2.absdiff(found.result, found.expected))
    graded = np.abs(np.float32(found.gains) - 1).max() * 255
    bright = (-_largest(-found.result) > FADE * 255) | (_largest(found.expected) >= 255)
    difference[bright] = np.maximum(difference[bright] - graded - 2, 0)
    allowed = found.inside & ~found.edited
    difference[~allowed] = 0
    height, width = (side // CELL for side in allowed.shape)
    size = max(1, width), max(1, height)
    crop = difference[: size[1] * CELL, : size[0] * CELL], allowed[: size[1] * CELL, : size[0] * CELL]
    cover = cv2.resize(crop[1].astype(np.float32), size, interpolation=cv2.INTER_AREA)
    mean = cv2.resize(crop[0], size, interpolation=cv2.INTER_AREA)
    return mean / np.maximum(cover, 0.25), cover >= 0.25


def _largest(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """The largest channel (h×w×3 → h×w); numpy's own takes five times as long."""
    red, green, blue = cv2.split(image)
    return cv2.max(cv2.max(red, green), blue)


def _window(frame: Frame, left: int, top: int, width: int, height: int) -> Frame:
    a, b, c, d, e, f = frame.matrix
    return Frame((a, b, c - left, d, e, f - top), (width, height))


def _small(image: NDArray[np.uint16], size: tuple[int, int], step: float) -> NDArray[np.float32]:
    small = image if step == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / np.float32(LEVEL)


def _gains(expected: NDArray[np.float32], result: NDArray[np.float32], inside: Region) -> tuple[float, float, float]:
    """Median ratio of result to expectation per channel, over product that is neither dark nor burnt."""
    at = np.flatnonzero(inside)
    at = at[:: max(1, len(at) // SAMPLE)]
    before, after = expected.reshape(-1, 3)[at], result.reshape(-1, 3)[at]
    gains = []
    for channel in range(3):
        useful = (before[:, channel] > 12) & (before.max(axis=1) < FADE * 255)
        ratio = after[useful, channel] / before[useful, channel]
        gains.append(float(np.median(ratio)) if len(ratio) >= 12 else 1.0)
    return gains[0], gains[1], gains[2]
