"""Dust and scratches: small things that stand out of a smooth surface, to be stepped through and healed.

A spot differs from the median of its surroundings by many times what they differ themselves. Only smooth surfaces are
looked at: where the surroundings have texture nobody sees a speck, and a printed letter is none.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading

SIDE: Final = 3000
"""Longest side of the copy that is looked at, in pixels; a speck below that is no bigger than the grain."""
KERNEL: Final = 21
"""Side of the median's window, in pixels: about twice the largest speck."""
VISIBLE: Final = 7.0
"""Least difference in levels of 255."""
NOISES: Final = 6.0
"""And least difference in robust standard deviations of the surroundings."""
SMOOTH: Final = 3.0
"""Largest such deviation of a surface on which specks are looked for, in levels."""
EDGE: Final = 3
"""Levels from one pixel of the median to the next from which on it is an edge."""
SIZES: Final = (3, 150)
"""Pixels of a speck, at least and at most; a scratch may have more."""
SCRATCH: Final = (6.0, 900)
"""How many times longer than wide a scratch is, and how many pixels it has at most."""
OUTLINE: Final = 5
"""Pixels on both sides of the product's outline where every product stands out."""
CROWD: Final = 6
"""More neighbours than this within a window's reach are a pattern."""
MAX_BOXES: Final = 60


def find_dust(rgb: NDArray[np.uint16], mask: Matte | None) -> tuple[Box, ...]:
    """Return boxes of specks and scratches in `rgb` (uint16 H×W×3), most visible first, in the original's pixels.

    `mask` (float32 H×W 0..1) is the product, whose outline is left out; None where there is none.
    """
    height, width = rgb.shape[:2]
    step = max(1.0, max(height, width) / SIDE)
    size = max(1, round(width / step)), max(1, round(height / step))
    small = adobe16_to_srgb8(rgb if step == 1 else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    difference, noise = _standing_out(small)
    stands = (difference >= np.maximum(VISIBLE, NOISES * noise)) & (noise <= SMOOTH) & ~_edges(small)
    if mask is not None:
        stands &= ~_outline(mask, size)
    found = _specks(stands, difference)
    return tuple(
        (int(x0 * step), int(y0 * step), min(width, int(np.ceil(x1 * step))), min(height, int(np.ceil(y1 * step))))
        for x0, y0, x1, y1 in found[:MAX_BOXES]
    )


def read_dust(rgb: NDArray[np.uint16], mask: Matte | None) -> Reading:
    """Return "dust": how many specks and scratches stand out, in count; evidence in the original, worst first."""
    boxes = find_dust(rgb, mask)
    return Reading("dust", float(len(boxes)), "count", f"{len(boxes)} places", Evidence(boxes, "original"))


def _standing_out(small: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Largest difference of the channels to their surroundings' median, and how much those differ themselves."""
    median = cv2.medianBlur(small, KERNEL)
    apart = cv2.absdiff(small, median).max(axis=2)
    # The upper quartile of the surroundings' own differences: a speck itself hardly moves it.
    usual = cv2.blur(np.minimum(apart, 12).astype(np.float32), (3 * KERNEL, 3 * KERNEL))
    return apart.astype(np.float32), 1.2533 * usual


def _edges(small: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the surface itself turns or ends, and along the picture's border: a median says nothing there."""
    median = cv2.medianBlur(small, KERNEL)
    steps = cv2.morphologyEx(median, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(axis=2)
    near = cv2.dilate((steps > EDGE).astype(np.uint8), np.ones((KERNEL, KERNEL), np.uint8)) > 0
    inner = np.zeros_like(near)
    inner[KERNEL // 2 : -(KERNEL // 2), KERNEL // 2 : -(KERNEL // 2)] = True
    return near | ~inner


def _outline(mask: Matte, size: tuple[int, int]) -> NDArray[np.bool_]:
    cover = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    solid = (cover >= 0.5).astype(np.uint8)
    return cv2.morphologyEx(solid, cv2.MORPH_GRADIENT, np.ones((2 * OUTLINE + 1,) * 2, np.uint8)) > 0


def _specks(stands: NDArray[np.bool_], difference: NDArray[np.float32]) -> list[Box]:
    joined = cv2.morphologyEx(stands.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, centers = cv2.connectedComponentsWithStats(joined, connectivity=8)
    area, longest = stats[:, 4], stats[:, 2:4].max(axis=1)
    scratch = (area <= SCRATCH[1]) & (longest**2 >= SCRATCH[0] * area)
    fits = (area >= SIZES[0]) & ((area <= SIZES[1]) | scratch)
    fits[0] = False
    chosen = np.flatnonzero(fits)
    if not len(chosen):
        return []
    everything = np.flatnonzero(area[1:] >= SIZES[0]) + 1
    found = []
    for label in chosen:
        near = np.abs(centers[everything] - centers[label]).max(axis=1) < 2 * KERNEL
        if np.count_nonzero(near) - 1 <= CROWD:
            x, y, w, h = (int(value) for value in stats[label, :4])
            box = grown((x, y, x + w, y + h), 1, (stands.shape[1], stands.shape[0]))
            visible = float(difference[y : y + h, x : x + w][labels[y : y + h, x : x + w] == label].max())
            found.append((-visible, (box[1].start, box[0].start, box[1].stop, box[0].stop)))
    return [box for _, box in sorted(found)]
