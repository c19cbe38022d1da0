"""Texture by PatchMatch (Barnes, Shechtman, Finkelstein and Goldman 2009), also for holes that cost it seconds.

A large hole is filled on a smaller copy. What each place of it was made from is then looked up among the copy's known
patches, and the photo's own pixels are taken from there at full size, block by block with soft joints: real texture in
a fraction of the time, since the search runs over a few thousand patches in place of all pixels.
"""

from typing import Final
from typing import TypeVar

import cv2
import numpy as np
import patchmatch
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from pipeline.errors import KnownError

Pixels = NDArray[np.uint16]
Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]
Plane = TypeVar("Plane", NDArray[np.uint16], NDArray[np.uint8])

PATCH: Final = 3
"""Radius of the patches that are compared, in pixels."""
SEED: Final = 7
LEVEL: Final = 257
LARGE: Final = 40_000
"""Pixels of a hole from which on it is filled by way of a smaller copy."""
DEEP: Final = 40
"""And so many pixels it is deep: thin strokes would be lost on a copy."""
SMALL: Final = 6_000
"""About so many pixels the hole has on that copy."""
BLOCK: Final = 3
"""Side of a block that is taken from one place, in pixels of the copy."""
JOINT: Final = 0.34
"""Width of the soft joint between blocks, as a share of a block."""
TERMS: Final = 10
"""Principal components by which patches are told apart."""
PLACES: Final = 30_000
"""Known patches that are looked through, at most."""


def texture(rgb: Pixels, hole: Hole) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) filled by patches of its surroundings.

    The search works in 8 bits; the same input gives the same fill.
    """
    if not is_large(hole):
        return _matched(rgb, hole)
    step = int(np.ceil(np.sqrt(np.count_nonzero(hole) / SMALL)))
    padded, there = _whole_blocks(rgb, step), _whole_blocks(hole.astype(np.uint8) * 255, step)
    size = padded.shape[1] // step, padded.shape[0] // step
    small_hole = cv2.resize(there, size, interpolation=cv2.INTER_AREA) > 0
    small = _matched(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), small_hole)
    sources = _sources(small, small_hole)
    detailed = _assembled(padded, small, sources, step)
    result = rgb.copy()
    result[hole] = detailed[: rgb.shape[0], : rgb.shape[1]][hole]
    return result


def is_large(hole: Hole) -> bool:
    """Say whether a hole (bool H×W) is filled by way of a smaller copy: many pixels, and not in thin strokes."""
    if np.count_nonzero(hole) <= LARGE:
        return False
    return float(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3).max()) >= DEEP


def _whole_blocks(plane: Plane, step: int) -> Plane:
    """The plane continued to whole steps, so that one pixel of the copy is one square of it."""
    height, width = plane.shape[:2]
    return cv2.copyMakeBorder(plane, 0, -height % step, 0, -width % step, cv2.BORDER_REPLICATE)


def _matched(rgb: Pixels, hole: Hole) -> Pixels:
    levels = np.rint(rgb / np.float32(LEVEL)).astype(np.uint8)
    patchmatch.set_random_seed(SEED)
    found = patchmatch.inpaint(levels, hole, patch_size=PATCH)
    return found.astype(np.uint16) * np.uint16(LEVEL)


def _sources(small: Pixels, hole: Hole) -> dict[tuple[int, int], tuple[int, int]]:
    """For the middle (row, column) of each block of the hole, that of the known patch it is most like."""
    margin = 2 * PATCH + 1
    solid = cv2.dilate(hole.astype(np.uint8), np.ones((margin, margin), np.uint8), borderValue=1) == 0
    known = np.argwhere(solid)
    if not len(known):
        raise KnownError("The hole leaves too little photo around it to take texture from; paint a smaller hole.")
    known = known[:: -(-len(known) // PLACES)]
    middles = [
        (row + BLOCK // 2, column + BLOCK // 2)
        for row in range(0, hole.shape[0], BLOCK)
        for column in range(0, hole.shape[1], BLOCK)
        if hole[row : row + BLOCK, column : column + BLOCK].any()
    ]
    patches = np.lib.stride_tricks.sliding_window_view(
        cv2.copyMakeBorder(small, PATCH, PATCH, PATCH, PATCH, cv2.BORDER_REFLECT), (margin, margin), axis=(0, 1)
    )
    wanted = np.clip(np.array(middles), 0, np.array(hole.shape) - 1)
    there = patches[known[:, 0], known[:, 1]].reshape(len(known), -1).astype(np.float32)
    asked = patches[wanted[:, 0], wanted[:, 1]].reshape(len(wanted), -1).astype(np.float32)
    mean = there.mean(axis=0)
    spread = (there[:: max(1, len(there) // 4000)] - mean) / np.float32(LEVEL)
    terms = np.linalg.eigh(spread.T @ spread)[1][:, -TERMS:].astype(np.float32)
    _, found = cKDTree((there - mean) @ terms).query((asked - mean) @ terms)
    return {tuple(map(int, at)): tuple(map(int, known[place])) for at, place in zip(wanted, found, strict=True)}


def _assembled(rgb: Pixels, small: Pixels, sources: dict[tuple[int, int], tuple[int, int]], step: int) -> Pixels:
    """The photo's own pixels from each block's source, laid over each other with soft joints, in the copy's light."""
    half = BLOCK * step // 2 + max(1, round(JOINT * BLOCK * step))
    window = _window(2 * half, max(1, round(2 * JOINT * BLOCK * step)))
    total = np.zeros((rgb.shape[0] + 2 * half, rgb.shape[1] + 2 * half, 3), np.float32)
    weight = np.full(total.shape[:2], 1e-6, np.float32)
    framed = cv2.copyMakeBorder(rgb, half, half, half, half, cv2.BORDER_REFLECT)
    for (row, column), (from_row, from_column) in sources.items():
        top, left = (int((place + 0.5) * step) for place in (row, column))
        other_top, other_left = (int((place + 0.5) * step) for place in (from_row, from_column))
        cut = framed[other_top : other_top + 2 * half, other_left : other_left + 2 * half].astype(np.float32)
        # A block keeps its texture and takes the light of the place that it comes to.
        cut += small[row, column].astype(np.float32) - small[from_row, from_column]
        total[top : top + 2 * half, left : left + 2 * half] += cut * window[..., None]
        weight[top : top + 2 * half, left : left + 2 * half] += window
    made = (total / weight[..., None])[half:-half, half:-half]
    return np.rint(np.clip(made, 0, 65535)).astype(np.uint16)


def _window(side: int, joint: int) -> Floats:
    along = np.minimum(np.arange(side) + 0.5, side - 0.5 - np.arange(side)) / joint
    ramp = np.clip(along, 0, 1).astype(np.float32)
    return np.outer(ramp, ramp).astype(np.float32)
