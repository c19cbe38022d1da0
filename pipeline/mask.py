"""Mattes as numbers: the subject's box, zones by distance to the subject, separate pieces and holes.

A mask is float32 H×W, 0 (background) to 1 (product), quantised to 255 levels.
"""

from enum import IntEnum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box

Matte = NDArray[np.float32]

SOLID: Final = 0.5
"""From this coverage on a pixel belongs to the product's shape; below, to its soft edge."""
VISIBLE: Final = 8 / 255
"""Coverage from which a pixel of the soft edge can be seen on white."""


ROWS: Final = 32
"""So many rows of a photo fit into the processor's own memory."""


class Zone(IntEnum):
    """Where a pixel lies: product or its soft edge, within reach of a codec's bleeding, or surely background."""

    FIELD = 0
    HALO = 1
    SUBJECT = 2


def quantize(mask: Matte) -> Matte:
    """Return `mask` (float, 0..1, any shape) clipped and rounded to 255 levels, float32."""
    result = np.empty(mask.shape, np.float32)
    # A few rows at a time stay in the processor's own memory.
    for top in range(0, len(mask), ROWS):
        strip = slice(top, top + ROWS)
        levels = np.clip(mask[strip], 0, 1)
        levels *= 255
        np.rint(levels, out=levels)
        np.divide(levels, 255, out=result[strip], casting="same_kind")
    return result


def covered_box(covered: NDArray[np.bool_] | NDArray[np.uint8]) -> Box | None:
    """Return the smallest box around the pixels of `covered` (H×W) that are not zero, or None without any."""
    box = cv2.boundingRect(np.ascontiguousarray(covered).view(np.uint8))
    left, top, width, height = box
    return (left, top, left + width, top + height) if width and height else None


def subject_box(mask: Matte) -> Box | None:
    """Return the box of the product's shape: coverage from 0.5 on, or from half the maximum of a fainter mask.

    None where the mask is empty. A whole box is what marketplaces measure fill by: `max(box_w / W, box_h / H)`.
    """
    highest = float(mask.max(initial=0.0))
    if highest <= 0:
        return None
    return covered_box(mask >= min(SOLID, highest / 2))


def support_box(mask: Matte) -> Box | None:
    """Return the box of everything that is not exactly background (coverage above 0), or None."""
    return covered_box(mask > 0)


def zones(mask: Matte, radius: float) -> NDArray[np.uint8]:
    """Return the `Zone` of every pixel as uint8 H×W.

    The halo is what lies within `radius` pixels (Euclidean, between pixel centres) of a pixel with coverage above 0;
    the field is the rest. Without any subject everything is field.
    """
    subject = mask > 0
    result = np.where(subject, np.uint8(Zone.SUBJECT), np.uint8(Zone.FIELD))
    box = covered_box(subject)
    if box is None or radius <= 0:
        return result
    window = grown(box, int(np.ceil(radius)) + 1, (mask.shape[1], mask.shape[0]))
    outside = np.ascontiguousarray(~subject[window]).view(np.uint8)
    distance = cv2.distanceTransform(outside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near = (distance <= radius) & (outside > 0)
    result[window][near] = Zone.HALO
    return result


def grown(box: Box, by: int, size: tuple[int, int]) -> tuple[slice, slice]:
    """Return `box` grown by `by` pixels on each side and cut at `size` (width, height), as row and column slices."""
    left, top, right, bottom = box
    width, height = size
    return slice(max(0, top - by), min(height, bottom + by)), slice(max(0, left - by), min(width, right + by))


def pieces(covered: NDArray[np.bool_]) -> list[tuple[int, Box]]:
    """Return pixel count and box of every 8-connected piece of `covered` (H×W), largest first."""
    around = covered_box(covered)
    if around is None:
        return []
    left, top, right, bottom = around
    window = np.ascontiguousarray(covered[top:bottom, left:right]).view(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(window, connectivity=8)
    found = [
        (int(area), (left + int(x), top + int(y), left + int(x + w), top + int(y + h)))
        for x, y, w, h, area in stats[1:]
    ]
    return sorted(found, key=lambda piece: (-piece[0], piece[1]))


def flood_background(rgb: NDArray[np.uint8], tolerance: int = 12) -> NDArray[np.bool_]:
    """Return what is background in a finished file: near-white and connected to the frame (bool H×W).

    Near-white means that every channel of `rgb` (uint8 H×W×3) is at least 255 - `tolerance`; 4-connected.
    """
    near_white = cv2.inRange(rgb, (255 - tolerance,) * 3, (255,) * 3)
    framed = cv2.copyMakeBorder(near_white, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    cv2.floodFill(framed, None, (0, 0), 128, flags=4)
    return framed[1:-1, 1:-1] == 128


def joined(covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return `covered` (bool H×W) with gaps of up to 4 px closed: crumbs of a soft edge belong to their edge."""
    square = np.ones((5, 5), np.uint8)
    return cv2.morphologyEx(covered.astype(np.uint8), cv2.MORPH_CLOSE, square).astype(bool)


def without_specks(mask: Matte, *, share: float) -> Matte:
    """Return `mask` (float32 H×W 0..1) without visible detached pieces below `share` of its largest piece's area."""
    visible = mask >= VISIBLE
    box = covered_box(visible)
    if box is None:
        return mask
    # Joining reaches two pixels far.
    window = grown(box, 4, (mask.shape[1], mask.shape[0]))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined(visible[window]).view(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    if len(areas) <= 2 or areas[1:].min() >= share * areas[1:].max():
        return mask
    drop = areas < share * areas[1:].max()
    drop[0] = False
    result = mask.copy()
    result[window][drop[labels]] = 0
    return result


def paint(pixels: NDArray, where: NDArray[np.bool_], level: int) -> None:
    """Set the `pixels` (H×W×3, the caller's own) where `where` (bool H×W) is true, in every channel, in place."""
    # Indexing with booleans takes five times as long.
    row = np.full((1, *pixels.shape[1:]), level, pixels.dtype)
    for top in range(0, len(pixels), ROWS):
        strip = pixels[top : top + ROWS]
        cv2.copyTo(np.repeat(row, len(strip), axis=0), where[top : top + ROWS].view(np.uint8), strip)
