"""How far a box or a book leans, read from the straight sides of its outline; only where they agree."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.mask import subject_box
from pipeline.model import Reading
from pipeline.settings import Framing

MIDDLE: Final = (0.15, 0.85)
"""Each side is looked at between these shares of its length: corners are rounded, feet and lids stick out."""
OFF_LINE: Final = 0.004
"""A point further from its line than this share of the box is no part of a straight side."""
NEARLY_LEVEL: Final = 6.0
"""Degrees within which a top or bottom edge can be meant to be level."""
LEAST_POINTS: Final = 24
ROUNDS: Final = 8


@dataclass(frozen=True)
class _Side:
    """One side of the outline: how far it leans in degrees (clockwise positive), and what share of it is straight."""

    lean: float
    straight: float


def read_tilt(mask: Matte, limits: Framing) -> Reading:
    """Return the lean of the product in degrees, clockwise positive; None where nothing straight says it surely.

    `mask` is float32 H×W 0..1. The left and right side must both be straight and agree; where top and bottom are
    straight and nearly level too, as on a photo from the front, they must agree with them and are averaged in. Seen
    from a corner, a box's top and bottom run with the perspective and do not count.
    """
    box = subject_box(mask)
    if box is None:
        return Reading("tilt", None, "°", "no product was found")
    left, top, right, bottom = box
    part = mask[top:bottom, left:right]
    upright = [_side(part), _side(part[:, ::-1], mirrored=True)]
    if min(side.straight for side in upright) < limits.straight_share:
        return Reading("tilt", None, "°", "its sides are not straight")
    leans = [side.lean for side in upright]
    if abs(leans[0] - leans[1]) > limits.straight_agreement:
        return Reading("tilt", None, "°", f"its sides lean {leans[0]:.1f}° and {leans[1]:.1f}°")
    level = [_side(part.T, mirrored=True), _side(part.T[:, ::-1])]
    counts = [side.lean for side in level if side.straight >= limits.straight_share and abs(side.lean) < NEARLY_LEVEL]
    if len(counts) == 2 and abs(counts[0] - counts[1]) <= limits.straight_agreement:
        middle = float(np.mean(leans))
        if abs(float(np.mean(counts)) - middle) <= limits.straight_agreement:
            return Reading("tilt", float(np.mean([*leans, *counts])), "°", "all four sides agree")
    return Reading("tilt", float(np.mean(leans)), "°", "left and right side agree")


def _side(part: Matte, *, mirrored: bool = False) -> _Side:
    """Fit a line to the first crossing of one half from the left of `part` (float32 h×w), row by row.

    Iteratively reweighted least squares with Tukey's biweight (Beaton and Tukey 1974), from a median of slopes on.
    """
    height, width = part.shape
    rows = np.arange(math.ceil(MIDDLE[0] * height), math.floor(MIDDLE[1] * height))
    solid = part[rows] >= SOLID
    seen = solid.any(axis=1)
    if seen.sum() < LEAST_POINTS:
        return _Side(0.0, 0.0)
    at, down = _crossings(part[rows][seen], solid[seen]), rows[seen].astype(np.float64)
    limit = max(1.0, OFF_LINE * max(height, width))
    half = len(down) // 2
    slope = float(np.median((at[half : 2 * half] - at[:half]) / (down[half : 2 * half] - down[:half])))
    offset = float(np.median(at - slope * down))
    for _ in range(ROUNDS):
        weight = np.square(np.clip(1 - np.square((at - slope * down - offset) / (3 * limit)), 0, 1))
        if weight.sum() < LEAST_POINTS / 2:
            return _Side(0.0, 0.0)
        slope, offset = (float(value) for value in np.polyfit(down, at, 1, w=np.sqrt(weight)))
    straight = float((np.abs(at - slope * down - offset) <= limit).sum() / len(rows))
    # Down the side, x falls where the product leans clockwise (y points down); a mirrored side says the opposite.
    return _Side(math.degrees(math.atan(slope)) * (1 if mirrored else -1), straight)


def _crossings(part: Matte, solid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return where each row first reaches one half, between pixels (centres at whole numbers)."""
    first = solid.argmax(axis=1)
    rows = np.arange(len(part))
    inside = part[rows, first]
    outside = np.where(first > 0, part[rows, np.maximum(first - 1, 0)], 0.0)
    step = np.maximum(inside - outside, 1e-6)
    return first - (inside - SOLID) / step
