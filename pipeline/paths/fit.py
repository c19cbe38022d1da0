"""From a mask to a path with few nodes, so that nobody starts from nothing.

The outline at half cover is followed to a fraction of a pixel, cut at its corners, and each part is fitted by cubic
curves (Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990).
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from skimage.measure import find_contours

from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.paths.curves import Node
from pipeline.paths.curves import Path
from pipeline.paths.curves import Point
from pipeline.paths.curves import Subpath
from pipeline.paths.curves import points_on

Points = NDArray[np.float64]

SMALLEST: Final = 16
"""Square pixels; smaller pieces and holes are no outline that a person would draw."""
ARM: Final = 6.0
"""Pixels on each side of a point over which its turn is measured."""
CORNER: Final = 50.0
"""Degrees of turn from which it is a corner."""
ROUNDS: Final = 4
STEP: Final = 1.0
"""Pixels between the points that are fitted."""


def fitted(mask: NDArray[np.uint8], tolerance: float = 0.75) -> Path:
    """Return a path around `mask` (uint8 H×W, from 128 on inside), its holes included, by the even-odd rule.

    No point of the outline lies farther than about `tolerance` pixels from the path.
    """
    box = covered_box(mask >= 128)
    if box is None:
        return Path()
    window = grown(box, 1, (mask.shape[1], mask.shape[0]))
    # A frame of nothing, so that what touches the picture's edge is closed, too.
    levels = np.pad(mask[window], 1).astype(np.float32)
    left, top = window[1].start - 1 + 0.5, window[0].start - 1 + 0.5
    lines = (line[:, ::-1] + (left, top) for line in find_contours(levels, 127.5))
    outlines = [line for line in lines if _area(line) >= SMALLEST]
    return Path(tuple(Subpath(_closed(_even(line), tolerance)) for line in outlines))


def _area(line: Points) -> float:
    x, y = line.T
    return abs(float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))) / 2


def _even(line: Points) -> Points:
    """The same closed line by points about a pixel apart, its start not repeated."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    places = np.linspace(0, along[-1], max(8, round(along[-1] / STEP)), endpoint=False)
    return np.column_stack([np.interp(places, along, line[:, 0]), np.interp(places, along, line[:, 1])])


def _closed(points: Points, tolerance: float) -> tuple[Node, ...]:
    corners = _corners(points)
    sharp = len(corners) > 0
    if not sharp:
        corners = np.array([0, len(points) // 2])
    curves: list[Points] = []
    for first, last in pairwise([*corners, corners[0] + len(points)]):
        part = points[np.arange(first, last + 1) % len(points)]
        start = _heading(part) if sharp else _through(points, first)
        end = -_heading(part[::-1]) if sharp else _through(points, last % len(points))
        curves += _fit(part, start, -end, tolerance)
    return _nodes(curves, len(corners) if sharp else 0, corners, points)


def _corners(points: Points) -> NDArray[np.intp]:
    """Where the line turns sharply: the sharpest point of every bend."""
    arm = min(round(ARM / STEP), len(points) // 4)
    before, after = points - np.roll(points, arm, axis=0), np.roll(points, -arm, axis=0) - points
    turn = np.degrees(np.abs(np.angle((after @ (1, 1j)) * np.conj(before @ (1, 1j)))))
    around = np.stack([np.roll(turn, shift) for shift in range(-arm, arm + 1)])
    return np.flatnonzero((turn >= CORNER) & (turn >= around.max(axis=0)) & (turn > np.roll(turn, 1)))


def _heading(part: Points) -> Points:
    """The direction in which a part sets out."""
    return _unit(part[min(3, len(part) - 1)] - part[0])


def _through(points: Points, index: int) -> Points:
    count = len(points)
    return _unit(points[(index + 2) % count] - points[(index - 2) % count])


def _unit(vector: Points) -> Points:
    return vector / max(float(np.hypot(*vector)), 1e-12)


def _fit(points: Points, start: Points, end: Points, tolerance: float) -> list[Points]:
    """Curves (4×2 each) through `points`, leaving along `start` and arriving against `end` (unit vectors)."""
    if len(points) <= 2:
        third = float(np.hypot(*(points[-1] - points[0]))) / 3
        return [np.array([points[0], points[0] + third * start, points[-1] + third * end, points[-1]])]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    t = along / along[-1]
    for _ in range(ROUNDS):
        curve = _least_squares(points, t, start, end)
        away = np.hypot(*(points_on(curve[None], t)[0] - points).T)
        worst = int(away.argmax())
        if away[worst] <= tolerance:
            return [curve]
        if away[worst] > 6 * tolerance:
            break
        t = _closer(curve, points, t)
    middle = min(max(worst, 1), len(points) - 2)
    way = _unit(points[max(0, middle - 2)] - points[min(len(points) - 1, middle + 2)])
    first = _fit(points[: middle + 1], start, way, tolerance)
    return first + _fit(points[middle:], -way, end, tolerance)


def _least_squares(points: Points, t: NDArray[np.float64], start: Points, end: Points) -> Points:
    """The curve with ends and directions given whose handles' lengths fit best."""
    s = 1 - t
    first, last = points[0], points[-1]
    left, right = (3 * s**2 * t)[:, None] * start, (3 * s * t**2)[:, None] * end
    rest = points - (s**3 + 3 * s**2 * t)[:, None] * first - (t**3 + 3 * s * t**2)[:, None] * last
    a, b, c = (left * left).sum(), (left * right).sum(), (right * right).sum()
    u, v = (left * rest).sum(), (right * rest).sum()
    determinant = a * c - b * b
    span = float(np.hypot(*(last - first)))
    lengths = ((u * c - v * b) / determinant, (a * v - b * u) / determinant) if abs(determinant) > 1e-12 else (0, 0)
    if min(lengths) < 1e-3 * span or max(lengths) > 4 * span + 4:
        lengths = span / 3, span / 3
    return np.array([first, first + lengths[0] * start, last + lengths[1] * end, last])


def _closer(curve: Points, points: Points, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Every point's place on the curve after a step of Newton's method."""
    first = 3 * np.diff(curve, axis=0)
    second = 2 * np.diff(first, axis=0)
    s = (1 - t)[:, None]
    u = t[:, None]
    speed = s**2 * first[0] + 2 * s * u * first[1] + u**2 * first[2]
    bend = s * second[0] + u * second[1]
    away = points_on(curve[None], t)[0] - points
    slope = (speed * speed).sum(axis=1) + (away * bend).sum(axis=1)
    moved = t - np.where(np.abs(slope) > 1e-12, (away * speed).sum(axis=1) / slope, 0)
    return np.maximum.accumulate(np.clip(moved, 0, 1))


def _nodes(curves: list[Points], sharp: int, corners: NDArray[np.intp], points: Points) -> tuple[Node, ...]:
    at_corner = {tuple(points[place]) for place in corners} if sharp else set()
    nodes = []
    for before, after in zip([curves[-1], *curves[:-1]], curves, strict=True):
        joined = tuple(after[0]) not in at_corner
        nodes.append(Node(_point(after[0]), _point(before[2]), _point(after[1]), joined))
    return tuple(nodes)


def _point(pair: Points) -> Point:
    return float(pair[0]), float(pair[1])
