"""The fill that suits each place: a membrane where the surroundings are smooth, patches where they have texture.

Which it is, is tried out: the hole's own shape, moved aside, is filled by either where the photo is known; what each
misses there is expected to be missed in the hole. A hole too large for a second search is judged by the membrane alone.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.tools.membrane import membrane
from pipeline.tools.patches import SMALL
from pipeline.tools.patches import is_large
from pipeline.tools.patches import texture

Pixels = NDArray[np.uint16]
Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]

SMOOTH: Final = (1.0, 3.0)
"""Mean error of a membrane in levels of 255 up to which nobody sees it, and from which on everybody does."""
FAVOUR: Final = ((6.0, 15.0), (0.8, 0.5))
"""Where a membrane misses so many levels, a patch's own error counts so much: a smear is seen before a wrong thread."""
POWER: Final = 4
TRIAL: Final = 4_000
"""Pixels of a hole on the copy on which patches are tried out."""
STEPS: Final = (4, 48)
"""How far the hole's shape is moved to be tried out, at least and at most, in pixels; else twice the hole's width."""
TRIAL_ROUNDS: Final = 15
LEVEL: Final = 257


def best(rgb: Pixels, hole: Hole) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) filled by a membrane, by patches, or by both, place by place.

    Where the surroundings are smooth throughout, no patch is looked for, which takes a tenth of the time.
    """
    missed = _missed_by_membrane(rgb, hole)
    if not hole.any() or missed[hole].max() <= SMOOTH[0]:
        return span(rgb, hole)
    share = _share_of_patches(rgb, hole, missed)
    patched = texture(rgb, hole)
    if share[hole].min() >= 1:
        return patched
    smooth, result = span(rgb, hole).astype(np.float32), rgb.copy()
    mixed = smooth + share[..., None] * (patched - smooth)
    result[hole] = np.rint(mixed[hole]).astype(np.uint16)
    return result


def _share_of_patches(rgb: Pixels, hole: Hole, missed: Floats) -> Floats:
    """How much of each place patches make, float32 H×W 0..1: all of it or none where that is clear, else by trial."""
    low, high = SMOOTH
    visible = np.clip((missed - low) / (high - low), 0, 1)
    if is_large(hole):
        return visible
    scale = min(1.0, (TRIAL / np.count_nonzero(hole)) ** 0.5)
    small, there = _smaller(rgb, hole, scale)
    step = _trial_step(there)
    moved = _moved(there, step, step // 2)
    error = np.abs(texture(small, there | moved).astype(np.float32) - small).mean(axis=2) / np.float32(LEVEL)
    other = _near(np.where(moved & ~there, error, np.float32(0)), (moved & ~there).astype(np.float32), step)
    own = missed if scale == 1 else _missed(small.astype(np.float32) / np.float32(LEVEL), there)
    other = np.interp(own, *FAVOUR).astype(np.float32) * other
    better = (own**POWER / np.maximum(own**POWER + other**POWER, 1e-9)).astype(np.float32)
    return visible * cv2.resize(better, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)


def _missed_by_membrane(rgb: Pixels, hole: Hole) -> Floats:
    """Mean error of a membrane around each place in levels of 255, float32 H×W; of a large hole on a smaller copy."""
    if not is_large(hole):
        return _missed(rgb.astype(np.float32) / np.float32(LEVEL), hole)
    small, there = _smaller(rgb, hole, (SMALL / np.count_nonzero(hole)) ** 0.5)
    missed = _missed(small.astype(np.float32) / np.float32(LEVEL), there)
    return cv2.resize(missed, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)


def _smaller(rgb: Pixels, hole: Hole, scale: float) -> tuple[Pixels, Hole]:
    if scale >= 1:
        return rgb, hole
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    return small, cv2.resize(hole.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 0


def _missed(levels: Floats, hole: Hole) -> Floats:
    """Mean absolute error that a membrane makes near each place; where nothing could be tried, more than any."""
    step = _trial_step(hole)
    total = np.zeros(hole.shape, np.float32)
    weight = np.zeros(hole.shape, np.float32)
    for across, down in ((step, 0), (-step, 0), (0, step), (0, -step)):
        moved = _moved(hole, across, down)
        tried = moved & ~hole
        error = np.abs(membrane(levels, hole | moved, rounds=TRIAL_ROUNDS) - levels).mean(axis=2)
        total += np.where(tried, error, 0)
        weight += tried
    return _near(total, weight, step)


def _trial_step(hole: Hole) -> int:
    depth = float(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3).max())
    return int(np.clip(2 * depth + 2, *STEPS))


def _moved(hole: Hole, across: int, down: int) -> Hole:
    move = np.array([[1, 0, across], [0, 1, down]], np.float32)
    return cv2.warpAffine(hole.astype(np.uint8), move, (hole.shape[1], hole.shape[0])) > 0


def _near(total: Floats, weight: Floats, step: int) -> Floats:
    """The weighted mean around each place; where nothing was tried, more than any error."""
    near = max(STEPS[0] + 2, step)
    total, weight = (cv2.GaussianBlur(plane, (0, 0), near) for plane in (total, weight))
    return np.where(weight > 1e-4, total / np.maximum(weight, 1e-4), np.float32(255))


def span(rgb: Pixels, hole: Hole) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) spanned by a membrane, all 16 bits of it."""
    result = rgb.copy()
    spanned = membrane(rgb.astype(np.float32), hole)
    result[hole] = np.rint(np.clip(spanned[hole], 0, 65535)).astype(np.uint16)
    return result
