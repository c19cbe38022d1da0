"""A path as pixels: how much of each pixel it covers.

Along x coverage is exact; along y it is the mean of `ROWS` lines per pixel, so an edge lies right to 1/64 of a pixel.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.paths.curves import EVEN_ODD
from pipeline.paths.curves import Path
from pipeline.paths.curves import flattened

Plane = NDArray[np.float64]

ROWS: Final = 32
STRIP: Final = 512
"""Pixel rows that are drawn at once, at most."""
AT_ONCE: Final = 4_000_000
"""Crossings that are held at once, about: the memory is bounded however dense the path is."""


def coverage(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return how much of each pixel of `size` (width, height) the path covers, uint8 H×W, 255 all of it."""
    width, height = size
    result = np.zeros((height, width), np.uint8)
    lines = [flattened(subpath) for subpath in path.subpaths if len(subpath.nodes) > 1]
    if not lines:
        return result
    edges = np.concatenate([np.concatenate([line[:-1], line[1:]], axis=1) for line in lines])
    top = max(0, int(np.floor(edges[:, [1, 3]].min())))
    bottom = min(height, int(np.ceil(edges[:, [1, 3]].max())))
    low, high = edges[:, [1, 3]].min(axis=1), edges[:, [1, 3]].max(axis=1)
    first = top
    while first < bottom:
        last = min(first + STRIP, bottom)
        while last > first + 1 and _crossed(low, high, first, last) > AT_ONCE:
            last = (first + last) // 2
        near = edges[(high > first) & (low < last)]
        result[first:last] = _strip(near, first, last, width, even_odd=path.rule == EVEN_ODD)
        first = last
    return result


def _crossed(low: Plane, high: Plane, first: int, last: int) -> float:
    """About how often edges from `low` to `high` cross the lines of a strip."""
    return float(np.maximum(np.minimum(high, last) - np.maximum(low, first), 0).sum()) * ROWS


def _strip(edges: Plane, first: int, last: int, width: int, *, even_odd: bool) -> NDArray[np.uint8]:
    row, x, turn = _crossings(edges, first, last)
    sign = _entering(row, turn, even_odd=even_odd)
    meant = sign != 0
    row, x, sign = row[meant], np.clip(x[meant], 0, width), sign[meant]
    column = np.minimum(x.astype(np.int64), width)
    part = x - column
    place = (row // ROWS) * (width + 2) + column
    # What enters at x covers all pixels to its right, and of its own the rest.
    steps = np.bincount(place, sign * (1 - part), minlength=(last - first) * (width + 2))
    steps += np.bincount(place + 1, sign * part, minlength=len(steps))
    covered = np.cumsum(steps.reshape(last - first, width + 2), axis=1)[:, :width] / ROWS
    return np.rint(np.clip(covered, 0, 1) * 255).astype(np.uint8)


def _crossings(edges: Plane, first: int, last: int) -> tuple[NDArray[np.int64], Plane, NDArray[np.int64]]:
    """Where edges (n×4) cross the strip's lines: line, x, and +1 downwards or -1, by line and x."""
    x0, y0, x1, y1 = edges.T
    turn = np.where(y1 > y0, 1, -1)
    upper, lower = np.minimum(y0, y1), np.maximum(y0, y1)
    # Line k lies at first + (k + ½) / ROWS; an edge owns its upper end and not its lower one.
    begin = np.clip(np.ceil((upper - first) * ROWS - 0.5), 0, (last - first) * ROWS).astype(np.int64)
    end = np.clip(np.ceil((lower - first) * ROWS - 0.5), 0, (last - first) * ROWS).astype(np.int64)
    count = np.maximum(end - begin, 0)
    which = np.repeat(np.arange(len(edges)), count)
    line = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + begin[which]
    y = first + (line + 0.5) / ROWS
    x = x0[which] + (y - y0[which]) * (x1[which] - x0[which]) / (y1[which] - y0[which])
    order = np.lexsort((x, line))
    return line[order], x[order], turn[which][order]


def _entering(line: NDArray[np.int64], turn: NDArray[np.int64], *, even_odd: bool) -> NDArray[np.int64]:
    """+1 where a line enters the path at a crossing, -1 where it leaves it, 0 where it stays on one side."""
    # Every line crosses closed curves as often down as up, so the sums of all lines before are zero.
    after = np.arange(1, len(line) + 1) % 2 if even_odd else np.cumsum(turn)
    before = (after + 1) % 2 if even_odd else after - turn
    return (after != 0).astype(np.int64) - (before != 0)
