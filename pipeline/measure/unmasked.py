"""What can be told of a finished file without its mask: its background, a pale ring, flat leftovers.

Without a mask a pale product and a halo are told apart by habit, not by knowledge: a halo is flat and equally wide all
around, a leftover is small, grey and without detail. What lies beside the product and is nearly white may be either,
and then that is said instead of a judgement. With a mask none of this is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import covered_box
from pipeline.mask import flood_background
from pipeline.mask import grown
from pipeline.mask import pieces
from pipeline.model import Box

TOLERANCE: Final = 12
"""Levels below 255 that still count as background when it is flooded from the border."""
SOFT_EDGE: Final = 3
"""Pixels around what is surely not white that are its anti-aliased edge."""
PALE: Final = 200
FLAT: Final = 3.0
GREY: Final = 12
MIN_RING_SHARE: Final = 0.6
MAX_RING_WIDTH: Final = 0.06
MAX_LEFTOVER: Final = 0.1
MIN_LEFTOVER_PIXELS: Final = 30
SOFT_STEP: Final = 12.0
WISP_REACH: Final = 0.1
"""Hair, thread and a pale rim end within this share of the product's longest side."""
EDGE_STEP: Final = 2
"""Levels within 2 px of exact white by which a pale product ends and a shadow does not."""
EDGE_SHARE: Final = 0.1


@dataclass(frozen=True, eq=False)
class NearWhite:
    """Background pixels that are not exactly white, settled as far as possible without a mask (both bool H×W).

    `wrong` is surely no product: up to the frame, apart from the product, or fading away beyond it. `unsure` may as
    well be pale product or its soft edge.
    """

    wrong: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def find_background(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return what is background of `rgb` (uint8 H×W×3): near-white connected to the border (bool H×W)."""
    return flood_background(rgb, TOLERANCE)


def with_soft_edge(subject: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return `subject` (bool H×W) grown by the width of an anti-aliased edge, as a mask of 0 and 1."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * SOFT_EDGE + 1, 2 * SOFT_EDGE + 1))
    return cv2.dilate(subject.view(np.uint8), kernel).astype(np.float32)


def settle_near_white(rgb: NDArray[np.uint8], background: NDArray[np.bool_], reach: int) -> NearWhite | None:
    """Settle the off-white pixels of the flooded `background`; None where all of it is exactly white.

    `reach` is how far the file's codec bleeds, in pixels. A piece that reaches the frame is wrong. One that hangs
    together with the product is unsure, unless all of it fades into white without any edge outside the product's hull
    (a shadow). One apart from it is wrong, unless it lies within the hull or close enough to be bleeding or hair.
    """
    off = (cv2.inRange(rgb, (255, 255, 255), (255, 255, 255)) == 0) & background
    if not off.any():
        return None
    core = ~background
    count, labels, stats, _ = cv2.connectedComponentsWithStats(off.view(np.uint8), connectivity=8)
    hull = _hull(core)
    framed = _labels_at(labels, _frame(off.shape))
    beside = _labels_at(labels, _thick(core, SOFT_EDGE)) - framed
    fading = {label for label in beside if _fades_outside(rgb, labels, stats[label], label, hull)}
    pale = np.isin(labels, list(beside - fading))
    box = covered_box(core)
    wisp = round(WISP_REACH * max(box[2] - box[0], box[3] - box[1])) if box else 0
    close = _labels_at(labels, hull | _thick(core | pale, max(reach, wisp)))
    wrong = np.isin(labels, list((set(range(1, count)) - beside - close) | framed | fading))
    return NearWhite(wrong, off & ~wrong)


def find_pale_ring(rgb: NDArray[np.uint8], background: NDArray[np.bool_]) -> Box | None:
    """Return the box of a flat pale ring around the product (a halo), or None.

    The ring is what a flood down to 200 adds to the background. It is a halo when it is flat (standard deviation at
    most 3 levels), encloses most of what is left, and is equally narrow all around (at most 6 % of the product).
    """
    box = covered_box(~background)
    if box is None:
        return None
    window = grown(box, 2, (rgb.shape[1], rgb.shape[0]))
    crop, outside = rgb[window], background[window]
    pale = _pale_flood(crop, outside)
    core = ~outside & ~pale
    if not pale.any() or not core.any():
        return None
    settled = _inner(pale, 1)
    if not settled.any() or float(crop[settled].std(axis=0).max()) > FLAT:
        return None
    edge = _rim(~outside)
    enclosed = float(np.mean(pale[edge]))
    width = cv2.distanceTransform((~core).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[edge & pale]
    if enclosed < MIN_RING_SHARE or not len(width):
        return None
    low, middle, high = (float(value) for value in np.percentile(width, (5, 50, 95)))
    even = high - low <= max(4.0, 0.3 * middle)
    narrow = middle <= MAX_RING_WIDTH * max(box[2] - box[0], box[3] - box[1])
    return box if even and narrow else None


def find_leftovers(rgb: NDArray[np.uint8], background: NDArray[np.bool_]) -> tuple[list[Box], list[Box]]:
    """Return the boxes of small grey pieces apart from the product that show no detail or have no edge.

    First those that are surely none of it: compact, outside the hull of all other pieces and nowhere joined to the
    largest one by what is nearly white; then all others (of a white product one may see no more than strips of rim).
    """
    found = pieces(~background)
    if len(found) < 2:
        return [], []
    limit = found[0][0] * MAX_LEFTOVER
    small = [box for count, box in found[1:] if MIN_LEFTOVER_PIXELS <= count <= limit]
    left = [box for box in small if _is_leftover(rgb, background, box)]
    if not left:
        return [], []
    elsewhere = ~(_hull(~background, without=left) | _joined_to_largest(rgb, background))
    sure = [box for box in left if _is_compact(box) and elsewhere[box[1] : box[3], box[0] : box[2]].all()]
    return sure, [box for box in left if box not in sure]


def _is_compact(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return 2 * min(width, height) >= max(width, height)


def _joined_to_largest(rgb: NDArray[np.uint8], background: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What hangs together with the largest piece without crossing exact white."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~background).view(np.uint8), connectivity=8)
    largest = labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    seen = cv2.inRange(rgb, (255, 255, 255), (255, 255, 255)) == 0
    _, joined = cv2.connectedComponents(seen.view(np.uint8), connectivity=8)
    return np.isin(joined, list(_labels_at(joined, largest)))


def _hull(core: NDArray[np.bool_], *, without: Sequence[Box] = ()) -> NDArray[np.bool_]:
    """Where the products may be pale: the convex hull of all pieces but crumbs and those with the boxes `without`."""
    drawn = np.zeros(core.shape, np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core.view(np.uint8), connectivity=8)
    boxes = [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats]
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = [n for n in range(1, count) if areas[n] >= MIN_LEFTOVER_PIXELS and boxes[n] not in without]
    if kept:
        there = np.isin(labels, kept).view(np.uint8)
        outlines, _ = cv2.findContours(there, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        cv2.fillConvexPoly(drawn, cv2.convexHull(np.concatenate(outlines)), 1)
    return drawn > 0


def _fades_outside(
    rgb: NDArray[np.uint8], labels: NDArray[np.int32], stats: NDArray[np.int32], label: int, hull: NDArray[np.bool_]
) -> bool:
    """Whether a piece lies mostly outside the hull and nowhere has an edge to exact white."""
    left, top, width, height = (int(value) for value in stats[:4])
    window = grown((left, top, left + width, top + height), 3, (rgb.shape[1], rgb.shape[0]))
    piece, crop = labels[window] == label, rgb[window].min(axis=2)
    outside = piece & ~hull[window]
    if np.count_nonzero(outside) < max(MIN_LEFTOVER_PIXELS, np.count_nonzero(piece) / 2):
        return False
    darkest = cv2.erode(np.where(outside, crop, 255).astype(np.uint8), np.ones((5, 5), np.uint8))
    rim = outside & (cv2.dilate((crop == 255).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    return bool(rim.any()) and float(np.mean(darkest[rim] < 255 - EDGE_STEP)) < EDGE_SHARE


def _frame(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    border = np.zeros(shape, bool)
    border[0], border[-1], border[:, 0], border[:, -1] = True, True, True, True
    return border


def _labels_at(labels: NDArray[np.int32], where: NDArray[np.bool_]) -> set[int]:
    return set(np.unique(labels[where]).tolist()) - {0}


def _thick(area: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    distance = cv2.distanceTransform((~area).view(np.uint8), cv2.DIST_L2, 3)
    return distance <= by


def _is_leftover(rgb: NDArray[np.uint8], background: NDArray[np.bool_], box: Box) -> bool:
    window = grown(box, 3, (rgb.shape[1], rgb.shape[0]))
    crop, piece = rgb[window].astype(np.float32), ~background[window]
    inner = _inner(piece, 2)
    if not inner.any():
        return False
    colors = crop[inner]
    if float(np.median(colors.max(axis=1) - colors.min(axis=1))) > GREY:
        return False
    if float(colors.std(axis=0).max()) <= FLAT:
        return True
    grey = crop.mean(axis=2)
    slope = cv2.magnitude(cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1)) / 32
    return float(np.median(slope[_rim(piece)])) <= SOFT_STEP


def _pale_flood(crop: NDArray[np.uint8], outside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pale grey pixels that hang together with the background."""
    spread = cv2.subtract(crop.max(axis=2), crop.min(axis=2))
    light = (crop.min(axis=2) >= PALE) & (spread <= GREY)
    open_ground = (light | outside).astype(np.uint8)
    _, labels = cv2.connectedComponents(open_ground, connectivity=4)
    reached = np.unique(labels[outside])
    return np.isin(labels, reached[reached > 0]) & ~outside


def _inner(area: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    kernel = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return cv2.erode(area.astype(np.uint8), kernel, borderValue=0) > 0


def _rim(area: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return area & ~_inner(area, 1)
