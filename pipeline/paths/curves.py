"""A clipping path: subpaths of nodes with handles, and the cubic Bézier curves between them."""

from dataclasses import dataclass
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Cubics = NDArray[np.float64]
"""n×4×2: start, two control points and end of every curve."""

EVEN_ODD, NONZERO = "evenodd", "nonzero"
RULES: Final = (EVEN_ODD, NONZERO)
MOST_PIECES: Final = 256
MOST_NODES: Final = 300_000
FARTHEST: Final = 1_000_000.0
"""Pixels from the photo's corner; what lies farther away was meant for no photo."""
LONGEST: Final = 3_000_000.0
"""Pixels of a path's lines together: the outline of lace in a photo of 24 megapixels."""


@dataclass(frozen=True)
class Node:
    """A point that the path goes through.

    Attributes:
        at: where; before, after: its handles, the curves' control points on either side; equal to `at` for none.
        joined: whether the handles lie in one line, so that the path has no corner here.
    """

    at: Point
    before: Point
    after: Point
    joined: bool = False

    def moved(self, across: float, down: float) -> "Node":
        """Return it with its handles at another place."""
        points = ((x + across, y + down) for x, y in (self.at, self.before, self.after))
        at, before, after = points
        return replace(self, at=at, before=before, after=after)


def corner(at: Point) -> Node:
    """Return a node without handles."""
    return Node(at, at, at)


@dataclass(frozen=True)
class Subpath:
    """One line of the path; an open one is closed by a straight line where the path is filled."""

    nodes: tuple[Node, ...]
    closed: bool = True


@dataclass(frozen=True)
class Path:
    """Subpaths; by `rule` ("evenodd" or "nonzero") one inside another is a hole or not."""

    subpaths: tuple[Subpath, ...] = ()
    rule: str = EVEN_ODD

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return sum(len(subpath.nodes) for subpath in self.subpaths)

    def with_subpath(self, index: int, subpath: Subpath | None) -> "Path":
        """Return it with one subpath replaced, or without it."""
        kept = () if subpath is None else (subpath,)
        return replace(self, subpaths=(*self.subpaths[:index], *kept, *self.subpaths[index + 1 :]))


def cubics(subpath: Subpath, *, filled: bool = False) -> Cubics:
    """Return the curves of a subpath in their order; `filled` closes an open one by a straight line."""
    nodes = subpath.nodes
    curves = [(first.at, first.after, second.before, second.at) for first, second in pairwise(nodes)]
    if len(nodes) > 1 and subpath.closed:
        curves.append((nodes[-1].at, nodes[-1].after, nodes[0].before, nodes[0].at))
    elif len(nodes) > 1 and filled:
        curves.append((nodes[-1].at, nodes[-1].at, nodes[0].at, nodes[0].at))
    return np.array(curves, np.float64).reshape(-1, 4, 2)


def points_on(curves: Cubics, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points at `t` (m, 0..1) of every curve, n×m×2 (Bernstein's form)."""
    s = 1 - t
    weights = np.stack([s**3, 3 * s**2 * t, 3 * s * t**2, t**3], axis=1)
    return np.einsum("mk,nkd->nmd", weights, curves)


def flattened(subpath: Subpath, tolerance: float = 0.02, *, filled: bool = True) -> NDArray[np.float64]:
    """Return a polyline (n×2) that strays at most `tolerance` pixels from the subpath; closed ones end at their start.

    The number of pieces follows from the curve's second differences (Wang, 1984).
    """
    curves = cubics(subpath, filled=filled)
    if not len(curves):
        return np.array([node.at for node in subpath.nodes], np.float64).reshape(-1, 2)
    bend = np.hypot(*np.moveaxis(curves[:, :-2] - 2 * curves[:, 1:-1] + curves[:, 2:], 2, 0)).max(axis=1)
    pieces = np.clip(np.ceil(np.sqrt(0.75 * bend / tolerance)), 1, MOST_PIECES).astype(int)
    parts = [curves[:1, 0]]
    for curve, count in zip(curves, pieces, strict=True):
        parts.append(points_on(curve[None], np.arange(1, count + 1) / count)[0])
    return np.concatenate(parts)


def turn(subpath: Subpath) -> float:
    """Return the area that a subpath goes around, in square pixels: positive clockwise on the screen."""
    x, y = flattened(subpath, 0.5).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def check_size(path: Path) -> None:
    """Raise ValueError where somebody else's path has more nodes, or reaches farther, than any product's outline."""
    if path.nodes > MOST_NODES:
        raise ValueError(f"it has more than {MOST_NODES:,} nodes")
    length = 0.0
    for subpath in path.subpaths:
        points = np.array([place for node in subpath.nodes for place in (node.before, node.at, node.after)], np.float64)
        # Not a number is neither near nor far.
        if not (np.abs(points) <= FARTHEST).all():
            raise ValueError("it lies far outside of the photo")
        length += float(np.abs(np.diff(points, axis=0)).sum())
    if length > LONGEST:
        raise ValueError(f"its lines are longer than {LONGEST:,.0f} pixels")


def mapped(path: Path, affine: tuple[float, float, float, float, float, float]) -> Path:
    """Return a path through an affine (a, b, c, d, e, f): x' = a·x + b·y + c, y' = d·x + e·y + f."""
    a, b, c, d, e, f = affine

    def moved(point: Point) -> Point:
        return a * point[0] + b * point[1] + c, d * point[0] + e * point[1] + f

    return replace(
        path,
        subpaths=tuple(
            replace(
                subpath,
                nodes=tuple(
                    Node(moved(node.at), moved(node.before), moved(node.after), node.joined) for node in subpath.nodes
                ),
            )
            for subpath in path.subpaths
        ),
    )
