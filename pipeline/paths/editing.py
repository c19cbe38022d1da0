"""Editing a path: what lies under the pointer, and nodes and handles moved, added, deleted and converted.

Every function takes a path and returns another one. A node is named by its subpath and its place in it.
"""

from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.paths.curves import Node
from pipeline.paths.curves import Path
from pipeline.paths.curves import Point
from pipeline.paths.curves import Subpath
from pipeline.paths.curves import corner
from pipeline.paths.curves import cubics
from pipeline.paths.curves import points_on

NODE, BEFORE, AFTER, CURVE = "node", "before", "after", "curve"
SAMPLES: Final = 33
"""Points of a curve that are looked at first, to find the nearest one."""
THIRD: Final = 1 / 3
LEAST_RISE: Final = 6.0
"""Levels per pixel below which there is no edge to snap to."""


@dataclass(frozen=True)
class Hit:
    """What lies under the pointer: a node, one of its handles, or a curve at `t` (0..1) after that node."""

    part: str
    subpath: int
    node: int
    t: float = 0.0


def hit(path: Path, point: Point, reach: float, *, handles_of: tuple[int, int] | None = None) -> Hit | None:
    """Return what lies within `reach` of a point: first the shown handles of one node, then nodes, then curves.

    A handle hardly drawn out does not hide its node: then the nearer of both is meant.
    """
    if handles_of is not None and (node := _node(path, *handles_of)) is not None:
        for part, place in ((BEFORE, node.before), (AFTER, node.after)):
            if place != node.at and _apart(place, point) <= min(reach, _apart(node.at, point)):
                return Hit(part, *handles_of)
    nearest = min(
        (
            (_apart(node.at, point), Hit(NODE, index, place))
            for index, subpath in enumerate(path.subpaths)
            for place, node in enumerate(subpath.nodes)
        ),
        key=lambda found: found[0],
        default=None,
    )
    if nearest is not None and nearest[0] <= reach:
        return nearest[1]
    return _hit_curve(path, point, reach)


def _hit_curve(path: Path, point: Point, reach: float) -> Hit | None:
    best: tuple[float, Hit] | None = None
    for index, subpath in enumerate(path.subpaths):
        curves = cubics(subpath)
        if not len(curves):
            continue
        # A curve lies within the box of its points.
        low, high = curves.min(axis=1) - reach, curves.max(axis=1) + reach
        for place in np.flatnonzero(((low <= point) & (high >= point)).all(axis=1)):
            t, away = nearest_on(curves[place], point)
            if away <= reach and (best is None or away < best[0]):
                best = away, Hit(CURVE, index, int(place), t)
    return None if best is None else best[1]


def nearest_on(curve: NDArray[np.float64], point: Point) -> tuple[float, float]:
    """Return the place (0..1) on a curve (4×2) that is nearest to a point, and how far away it is."""
    low, high = 0.0, 1.0
    for _ in range(4):
        t = np.linspace(low, high, SAMPLES)
        away = np.hypot(*(points_on(curve[None], t)[0] - point).T)
        best = int(away.argmin())
        low, high = t[max(0, best - 1)], t[min(SAMPLES - 1, best + 1)]
    return float(t[best]), float(away[best])


def started(path: Path, at: Point) -> Path:
    """Return the path with a new open subpath of one node, the last one."""
    return replace(path, subpaths=(*path.subpaths, Subpath((corner(at),), closed=False)))


def appended(path: Path, index: int, at: Point) -> Path:
    """Return it with another node at the end of a subpath."""
    subpath = path.subpaths[index]
    return path.with_subpath(index, replace(subpath, nodes=(*subpath.nodes, corner(at))))


def closed(path: Path, index: int, *, closes: bool = True) -> Path:
    """Return it with a subpath closed, or opened between its last node and its first."""
    return path.with_subpath(index, replace(path.subpaths[index], closed=closes))


def node_moved(path: Path, index: int, place: int, to: Point) -> Path:
    """Return it with a node, and its handles with it, at another place."""
    node = path.subpaths[index].nodes[place]
    return _with_node(path, index, place, node.moved(to[0] - node.at[0], to[1] - node.at[1]))


def subpath_moved(path: Path, index: int, across: float, down: float) -> Path:
    """Return it with a whole subpath at another place."""
    subpath = path.subpaths[index]
    return path.with_subpath(index, replace(subpath, nodes=tuple(node.moved(across, down) for node in subpath.nodes)))


def handle_moved(path: Path, index: int, place: int, part: str, to: Point, *, breaks: bool = False) -> Path:
    """Return it with one handle (`part` BEFORE or AFTER) at another place.

    The other handle of a joined node keeps its length and turns along; with `breaks` the node is joined no more.
    """
    node = path.subpaths[index].nodes[place]
    joined = node.joined and not breaks
    other = node.after if part == BEFORE else node.before
    if joined and to != node.at:
        reach, ratio = _apart(other, node.at), _apart(to, node.at)
        other = tuple(a - (b - a) * reach / ratio for a, b in zip(node.at, to, strict=True))
    before, after = (to, other) if part == BEFORE else (other, to)
    return _with_node(path, index, place, Node(node.at, before, after, joined))


def drawn_out(path: Path, index: int, place: int, to: Point) -> Path:
    """Return it with both handles of a node drawn out in one line, the one after it to `to`."""
    at = path.subpaths[index].nodes[place].at
    back = 2 * at[0] - to[0], 2 * at[1] - to[1]
    return _with_node(path, index, place, Node(at, back, to, joined=True) if to != at else corner(at))


def added(path: Path, found: Hit) -> Path:
    """Return it with a node where a curve was hit; the path's shape stays (de Casteljau's division)."""
    subpath = path.subpaths[found.subpath]
    p0, p1, p2, p3 = cubics(subpath)[found.node]
    t = found.t
    a, b, c = p0 + t * (p1 - p0), p1 + t * (p2 - p1), p2 + t * (p3 - p2)
    d, e = a + t * (b - a), b + t * (c - b)
    middle = d + t * (e - d)
    nodes = list(subpath.nodes)
    after = (found.node + 1) % len(nodes)
    nodes[found.node] = replace(nodes[found.node], after=_pair(a))
    nodes[after] = replace(nodes[after], before=_pair(c))
    nodes.insert(found.node + 1, Node(_pair(middle), _pair(d), _pair(e), joined=True))
    return path.with_subpath(found.subpath, replace(subpath, nodes=tuple(nodes)))


def deleted(path: Path, index: int, place: int) -> Path:
    """Return it without a node; a subpath that has none left goes, too. Its neighbours' handles reach further."""
    subpath = path.subpaths[index]
    count = len(subpath.nodes)
    nodes = list(subpath.nodes)
    gone = nodes[place]
    if count > 2 and (subpath.closed or 0 < place < count - 1):
        first, last = (place - 1) % count, (place + 1) % count
        nodes[first] = replace(nodes[first], after=_longer(nodes[first].at, nodes[first].after, gone.at))
        nodes[last] = replace(nodes[last], before=_longer(nodes[last].at, nodes[last].before, gone.at))
    del nodes[place]
    return path.with_subpath(index, replace(subpath, nodes=tuple(nodes)) if nodes else None)


def converted(path: Path, index: int, place: int) -> Path:
    """Return it with a corner made round, or a round node made a corner without handles."""
    subpath = path.subpaths[index]
    node = subpath.nodes[place]
    if node.before != node.at or node.after != node.at:
        return _with_node(path, index, place, corner(node.at))
    before, after = subpath.nodes[place - 1].at, subpath.nodes[(place + 1) % len(subpath.nodes)].at
    way = np.subtract(after, before)
    span = float(np.hypot(*way))
    if span == 0:
        return path
    reaches = (_apart(node.at, other) * THIRD / span for other in (before, after))
    back, on = (way * reach for reach in reaches)
    return _with_node(path, index, place, Node(node.at, _pair(node.at - back), _pair(node.at + on), joined=True))


def joined(path: Path, index: int, place: int) -> Path:
    """Return it with a node's handles brought into one line again, or let go of each other where they are joined."""
    node = path.subpaths[index].nodes[place]
    if node.joined:
        return _with_node(path, index, place, replace(node, joined=False))
    back, on = np.subtract(node.before, node.at), np.subtract(node.after, node.at)
    lengths = np.hypot(*back), np.hypot(*on)
    if min(lengths) == 0:
        return converted(_with_node(path, index, place, corner(node.at)), index, place)
    way = on / lengths[1] - back / lengths[0]
    if not way.any():
        way = on
    way = way / np.hypot(*way)
    return _with_node(
        path, index, place, Node(node.at, _pair(node.at - way * lengths[0]), _pair(node.at + way * lengths[1]), True)
    )


def snapped(rgb: NDArray[np.uint8], point: Point, reach: float) -> Point:
    """Return the place within `reach` pixels of a point where `rgb` (uint8 H×W×3) changes most; else the point.

    The strongest gradient of any channel, after a small blur; nearer edges count a little more.
    """
    height, width = rgb.shape[:2]
    around = int(np.ceil(reach)) + 4
    left, top = int(point[0]) - around, int(point[1]) - around
    columns = slice(max(0, left), min(width, left + 2 * around + 1))
    rows = slice(max(0, top), min(height, top + 2 * around + 1))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return point
    part = cv2.GaussianBlur(rgb[rows, columns].astype(np.float32), (0, 0), 1.0)
    slopes = (cv2.Sobel(part, cv2.CV_32F, *way, scale=1 / 8).reshape(*part.shape[:2], -1) for way in ((1, 0), (0, 1)))
    rise = np.sqrt(sum(np.square(slope) for slope in slopes)).max(axis=2)
    y, x = np.mgrid[rows, columns] + 0.5
    away = np.hypot(x - point[0], y - point[1])
    rise = np.where(away <= reach, rise * (1 - 0.5 * away / max(reach, 1e-9)), 0)
    best = np.unravel_index(int(rise.argmax()), rise.shape)
    return (float(x[best]), float(y[best])) if rise[best] >= LEAST_RISE else point


def _node(path: Path, index: int, place: int) -> Node | None:
    if index < len(path.subpaths) and place < len(path.subpaths[index].nodes):
        return path.subpaths[index].nodes[place]
    return None


def _with_node(path: Path, index: int, place: int, node: Node) -> Path:
    subpath = path.subpaths[index]
    nodes = (*subpath.nodes[:place], node, *subpath.nodes[place + 1 :])
    return path.with_subpath(index, replace(subpath, nodes=nodes))


def _longer(at: Point, handle: Point, gone: Point) -> Point:
    """A handle that reaches as far beyond the deleted node as before it."""
    return _pair(np.add(at, 2 * np.subtract(handle, at))) if handle != at else at


def _apart(first: Point, second: Point) -> float:
    return float(np.hypot(first[0] - second[0], first[1] - second[1]))


def _pair(values: NDArray[np.float64]) -> Point:
    return float(values[0]), float(values[1])
