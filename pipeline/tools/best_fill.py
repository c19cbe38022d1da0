"""The fill that suits each place: a membrane where the surroundings are smooth, patches where they have texture.

Which it is, is tried out: the hole's own shape, moved to all four sides of it, is spanned by a membrane where the photo
is known, and what that misses there is expected to be missed in the hole.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.tools.membrane import membrane
from pipeline.tools.patches import LARGE
from pipeline.tools.patches import SMALL
from pipeline.tools.patches import texture

Pixels = NDArray[np.uint16]
Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]

SMOOTH: Final = (1.0, 3.0)
"""Mean error of a membrane in levels of 255 up to which nobody sees it, and from which on patches do better."""
STEPS: Final = (4, 48)
"""How far the hole's shape is moved to be tried out, at least and at most, in pixels; else twice the hole's width."""
TRIAL_ROUNDS: Final = 15
LEVEL: Final = 257


def best(rgb: Pixels, hole: Hole) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) filled by a membrane, by patches, or by both, place by place.

    Where the surroundings are smooth throughout, no patch is looked for, which takes a tenth of the time.
    """
    share = textured_share(rgb, hole)
    inside = share[hole]
    if not inside.size or inside.max() <= 0:
        return span(rgb, hole)
    patched = texture(rgb, hole)
    if inside.min() >= 1:
        return patched
    smooth, result = span(rgb, hole).astype(np.float32), rgb.copy()
    mixed = smooth + share[..., None] * (patched - smooth)
    result[hole] = np.rint(mixed[hole]).astype(np.uint16)
    return result


def textured_share(rgb: Pixels, hole: Hole) -> Floats:
    """Return for each place how much of a fill should be texture, float32 H×W 0..1, by trial around the hole."""
    count = int(np.count_nonzero(hole))
    scale = 1.0 if count <= LARGE else (SMALL / count) ** 0.5
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
    there = cv2.resize(hole.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 0 if scale < 1 else hole
    missed = _missed(small.astype(np.float32) / np.float32(LEVEL), there)
    low, high = SMOOTH
    share = np.clip((missed - low) / (high - low), 0, 1).astype(np.float32)
    return cv2.resize(share, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR) if scale < 1 else share


def _missed(levels: Floats, hole: Hole) -> Floats:
    """Mean absolute error that a membrane makes near each place; where nothing could be tried, more than any."""
    depth = float(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3).max())
    step = int(np.clip(2 * depth + 2, *STEPS))
    total = np.zeros(hole.shape, np.float32)
    weight = np.zeros(hole.shape, np.float32)
    for across, down in ((step, 0), (-step, 0), (0, step), (0, -step)):
        move = np.array([[1, 0, across], [0, 1, down]], np.float32)
        moved = cv2.warpAffine(hole.astype(np.uint8), move, (hole.shape[1], hole.shape[0])) > 0
        tried = moved & ~hole
        error = np.abs(membrane(levels, hole | moved, rounds=TRIAL_ROUNDS) - levels).mean(axis=2)
        total += np.where(tried, error, 0)
        weight += tried
    near = max(STEPS[0] + 2, step)
    total, weight = (cv2.GaussianBlur(plane, (0, 0), near) for plane in (total, weight))
    return np.where(weight > 1e-4, total / np.maximum(weight, 1e-4), np.float32(255))


def span(rgb: Pixels, hole: Hole) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) spanned by a membrane, all 16 bits of it."""
    result = rgb.copy()
    spanned = membrane(rgb.astype(np.float32), hole)
    result[hole] = np.rint(np.clip(spanned[hole], 0, 65535)).astype(np.uint16)
    return result
