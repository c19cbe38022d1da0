"""Elliptical arcs of SVG paths as Bézier curves, by the formulas of SVG 1.1, appendix F.6."""

from math import ceil
from math import cos
from math import hypot
from math import pi
from math import radians
from math import sin
from math import sqrt
from math import tan

import numpy as np

Point = tuple[float, float]


def arc_curves(
    start: Point, end: Point, radii: Point, turn: float, *, large: bool, sweep: bool
) -> list[tuple[Point, Point, Point]]:
    """Return curves (two controls and an end each) for an arc from `start` to `end`, at most a quarter turn each.

    `turn` is the rotation of the ellipse in degrees; radii that are too small grow as the standard says.
    """
    (x, y), (rx, ry) = end, map(abs, radii)
    if (x, y) == start:
        return []
    if rx == 0 or ry == 0:
        return [(start, (x, y), (x, y))]
    c, s = cos(radians(turn)), sin(radians(turn))
    half = (start[0] - x) / 2, (start[1] - y) / 2
    across, down = c * half[0] + s * half[1], -s * half[0] + c * half[1]
    grow = hypot(across / rx, down / ry)
    if grow > 1:
        rx, ry = rx * grow, ry * grow
    rest = max(0.0, (rx * ry) ** 2 - (rx * down) ** 2 - (ry * across) ** 2)
    root = sqrt(rest / ((rx * down) ** 2 + (ry * across) ** 2)) * (-1 if large == sweep else 1)
    middle = root * rx * down / ry, -root * ry * across / rx
    center = c * middle[0] - s * middle[1] + (start[0] + x) / 2, s * middle[0] + c * middle[1] + (start[1] + y) / 2
    first = float(np.arctan2((down - middle[1]) / ry, (across - middle[0]) / rx))
    last = float(np.arctan2((-down - middle[1]) / ry, (-across - middle[0]) / rx))
    way = (last - first) % (2 * pi) if sweep else -((first - last) % (2 * pi))
    pieces = max(1, ceil(abs(way) / (pi / 2) - 1e-9))
    reach = 4 / 3 * tan(way / pieces / 4)

    def placed(u: float, v: float) -> Point:
        return center[0] + c * rx * u - s * ry * v, center[1] + s * rx * u + c * ry * v

    curves = []
    for piece in range(pieces):
        a, b = first + way * piece / pieces, first + way * (piece + 1) / pieces
        there = (x, y) if piece == pieces - 1 else placed(cos(b), sin(b))
        controls = (
            placed(cos(a) - reach * sin(a), sin(a) + reach * cos(a)),
            placed(cos(b) + reach * sin(b), sin(b) - reach * cos(b)),
        )
        curves.append((*controls, there))
    return curves
