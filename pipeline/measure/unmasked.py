"""What can be told of a finished file without its mask: its background, a pale ring, flat leftovers.

Without a mask a pale product and a halo are told apart by habit, not by knowledge: a halo is flat and equally wide all
around, a leftover is small, grey and without detail. With a mask none of this is asked.
"""

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


def find_background(rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return what is background of `rgb` (uint8 H×W×3): near-white connected to the border (bool H×W)."""
    return flood_background(rgb, TOLERANCE)


def with_soft_edge(subject: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return `subject` (bool H×W) grown by the width of an anti-aliased edge, as a mask of 0 and 1."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * SOFT_EDGE + 1, 2 * SOFT_EDGE + 1))
    return cv2.dilate(subject.view(np.uint8), kernel).astype(np.float32)


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


def find_leftovers(rgb: NDArray[np.uint8], background: NDArray[np.bool_]) -> list[Box]:
    """Return the boxes of small grey pieces apart from the product that show no detail or have no edge."""
    found = pieces(~background)
    if len(found) < 2:
        return []
    limit = found[0][0] * MAX_LEFTOVER
    small = [box for count, box in found[1:] if MIN_LEFTOVER_PIXELS <= count <= limit]
    return [box for box in small if _is_leftover(rgb, background, box)]


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
