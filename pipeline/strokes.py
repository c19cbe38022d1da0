"""A person's brush on a mask: strokes as numbers, painting them, and taking them back tile by tile.

A painted mask is uint8 H×W, 0 (background) to 255 (product), in the original's frame. Pixel centres lie at .5.
"""

import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box

Levels = NDArray[np.uint8]
Plane = NDArray[np.float32]
Dab = NDArray[np.float32]

SPACING: Final = 0.25
"""Distance between dabs as a share of the radius."""
THINNEST: Final = 0.02
"""Share of the radius that a pen without any pressure still paints."""
TILE: Final = 64
STEPS: Final = np.arange(256) / 255
SMOOTH: Final = np.rint(STEPS**2 * (3 - 2 * STEPS) * 255).astype(np.uint8)
"""The soft rim's course: a level that rises evenly to one that starts and ends gently."""
CONTEXT: Final = 0.5
LEAST_CONTEXT: Final = 12
"""What the edge-aware brush sees around itself: a share of its radius, and at least so many pixels."""
MIDDLE: Final = 0.25
"""Share of the radius around the stroke's middle that is surely meant."""
SOFTEN: Final = 0.7
ROUNDS: Final = 3
OVERHEAD: Final = 200
"""Bytes that Python needs around a kept tile."""
EMPTY: Final = (0, 0, 0, 0)
"""The box of nothing."""


@dataclass(frozen=True)
class Stroke:
    """One pull of the brush.

    Attributes:
        points: (x, y, pressure) in the original's pixels; pressure 0..1 scales the radius.
        radius: in the original's pixels, above 0.
        hardness: 0..1, the share of the radius that is painted in full.
        adds: whether it adds to the product or erases from it.
        opacity: 0..1, the cover that it brings the product to, or leaves of it the rest; more stays more.
    """

    points: tuple[tuple[float, float, float], ...]
    radius: float
    hardness: float = 1.0
    adds: bool = True
    opacity: float = 1.0


def dabs(stroke: Stroke) -> NDArray[np.float32]:
    """Return (x, y, radius) of the brush's prints along `stroke`, float32 n×3, a quarter of its radius apart.

    A stroke that goes on only adds dabs at the end: those of its beginning stay as they are.
    """
    points = np.asarray(stroke.points, np.float64).reshape(-1, 3)
    if not len(points):
        return np.empty((0, 3), np.float32)
    steps = np.hypot(*np.diff(points[:, :2], axis=0).T)
    # A pen that presses on the spot prints once, or the dabs before would change with it.
    points = points[np.concatenate([[True], steps > 0])]
    steps = steps[steps > 0]
    along = np.concatenate([[0.0], np.cumsum(steps)])
    spacing = max(SPACING * stroke.radius, 0.25)
    places = np.arange(int(along[-1] / spacing) + 1) * spacing
    x, y, pressure = (np.interp(places, along, column) for column in points.T)
    radius = stroke.radius * np.clip(pressure, THINNEST, 1)
    return np.column_stack([x, y, radius]).astype(np.float32)


def reach(stroke: Stroke, size: tuple[int, int], *, start: int = 0) -> Box:
    """Return the box that `paint` will touch with the dabs from `start` on, cut at `size` (width, height)."""
    prints = dabs(stroke)
    return _cut(prints[max(0, start - 1) :], size) if len(prints) > start else EMPTY


def paint(mask: Levels, stroke: Stroke, *, start: int = 0) -> Box:
    """Paint `stroke` into the caller's own `mask` (uint8 H×W) and return the box that was touched.

    Only the dabs from `start` on are painted, joined to the one before: pass `len(dabs(stroke))` of the last call to
    go on with a stroke. A pixel takes the strongest print that covers it, so the parts add up to the whole.
    """
    size = mask.shape[1], mask.shape[0]
    prints = dabs(stroke)
    if len(prints) <= start:
        return EMPTY
    for first, last in _links(prints, start):
        _print(mask, first, last, stroke)
    return _cut(prints[max(0, start - 1) :], size)


def coverage(stroke: Stroke, size: tuple[int, int]) -> Levels:
    """Return what `stroke` covers of an empty mask of `size` (width, height), uint8 H×W."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    paint(mask, Stroke(stroke.points, stroke.radius, stroke.hardness, adds=True))
    return mask


def shifted(stroke: Stroke, across: float, down: float) -> Stroke:
    """Return `stroke` at another place, as for a part of the picture."""
    return replace(stroke, points=tuple((x + across, y + down, pressure) for x, y, pressure in stroke.points))


def edge_aware(rgb: NDArray[np.uint8], mask: Levels, stroke: Stroke) -> Levels:
    """Return `mask` (uint8 H×W) with `stroke` grown to the object's edge under it, as a new array.

    Under the brush the photo (`rgb`, uint8 H×W×3) decides what belongs together, by GrabCut (Rother, Kolmogorov and
    Blake 2004): the stroke's middle is surely meant, the mask around the brush shows what lies on both sides. Nothing
    changes beyond the brush. Where one side is unknown the stroke paints as it is.
    """
    height, width = mask.shape
    left, top, right, bottom = reach(stroke, (width, height))
    around = int(max(CONTEXT * stroke.radius, LEAST_CONTEXT))
    rows = slice(max(0, top - around), min(height, bottom + around))
    columns = slice(max(0, left - around), min(width, right + around))
    result = mask.copy()
    if right <= left or bottom <= top:
        return result
    painted = mask.copy()
    paint(painted, stroke)
    brush, middle = (_covered(stroke, share, mask.shape)[rows, columns] for share in (1.0, MIDDLE))
    meant = _side_of(rgb[rows, columns], mask[rows, columns], brush, middle, adds=stroke.adds)
    if meant is not None:
        share = cv2.GaussianBlur(meant.astype(np.float32), (0, 0), SOFTEN)
        old, new = (plane[rows, columns].astype(np.float32) for plane in (mask, painted))
        painted[rows, columns] = np.rint(old + share * (new - old)).astype(np.uint8)
    result[top:bottom, left:right] = painted[top:bottom, left:right]
    return result


def _covered(stroke: Stroke, share: float, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Where a brush of a share of the radius passes."""
    thinner = Stroke(stroke.points, max(0.5, stroke.radius * share), 1.0)
    return coverage(thinner, (shape[1], shape[0])) > 0


def _side_of(
    rgb: NDArray[np.uint8], mask: Levels, brush: NDArray[np.bool_], middle: NDArray[np.bool_], *, adds: bool
) -> NDArray[np.bool_] | None:
    """What under the brush is of the same side as its middle; None where the surroundings show one side only."""
    product = (mask > 127) == adds
    labels = np.where(product, cv2.GC_FGD, cv2.GC_BGD).astype(np.uint8)
    labels[brush] = np.where(product[brush], cv2.GC_PR_FGD, cv2.GC_PR_BGD)
    labels[middle] = cv2.GC_FGD
    if not (labels == cv2.GC_BGD).any():
        return None
    cv2.setRNGSeed(0)
    cv2.grabCut(np.ascontiguousarray(rgb), labels, None, np.empty(0), np.empty(0), ROUNDS, cv2.GC_INIT_WITH_MASK)
    return ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)) & brush


def union(first: Box, second: Box) -> Box:
    """Return the smallest box around both; an empty one counts for nothing."""
    if _is_empty(first) or _is_empty(second):
        return second if _is_empty(first) else first
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def _links(prints: NDArray[np.float32], start: int) -> Iterator[tuple[Dab, Dab]]:
    if start == 0:
        yield prints[0], prints[0]
    for place in range(max(1, start), len(prints)):
        yield prints[place - 1], prints[place]


def _print(mask: Levels, first: Dab, last: Dab, stroke: Stroke) -> None:
    """Paint everything within the brush's radius of the way from one dab to the next."""
    left, top, right, bottom = _cut(np.stack([first, last]), (mask.shape[1], mask.shape[0]))
    if right <= left or bottom <= top:
        return
    x = np.arange(left, right, dtype=np.float32)[None] + np.float32(0.5) - first[0]
    y = np.arange(top, bottom, dtype=np.float32)[:, None] + np.float32(0.5) - first[1]
    levels = _profile(*_distance(x, y, last - first, first[2]), stroke.hardness)
    if stroke.opacity < 1:
        levels = cv2.convertScaleAbs(levels, alpha=stroke.opacity)
    window = mask[top:bottom, left:right]
    if stroke.adds:
        np.maximum(window, levels, out=window)
    else:
        np.minimum(window, 255 - levels, out=window)


def _distance(x: Plane, y: Plane, way: Dab, radius: np.float32) -> tuple[Plane, Plane | np.float32]:
    """Distance of every pixel from the way between two dabs, and the brush's radius at that place of it."""
    length = np.hypot(way[0], way[1])
    right, down = (way[0] / length, way[1] / length) if length > 0 else (np.float32(1), np.float32(0))
    along = x * right + y * down
    beside = np.clip(along, 0, length)
    distance = cv2.magnitude(y * right - x * down, along - beside)
    return distance, radius + beside * (way[2] / length) if way[2] and length > 0 else radius


def _profile(distance: Plane, radius: Plane | np.float32, hardness: float) -> Levels:
    """Full strength inside, a smooth step over the soft rim, at least one pixel wide."""
    rim = np.maximum(radius * np.float32(1 - hardness), np.float32(1))
    if isinstance(radius, np.ndarray):
        inside = (radius + np.float32(0.5) - distance) / rim
        scale, offset = 255.0, 0.0
    else:
        inside, scale, offset = distance, -255 / float(rim), 255 * (float(radius) + 0.5) / float(rim)
    return cv2.LUT(cv2.addWeighted(inside, scale, inside, 0, offset, dtype=cv2.CV_8U), SMOOTH)


def _cut(prints: NDArray[np.float32], size: tuple[int, int]) -> Box:
    """The box of everything that dabs can touch, inside `size`; `EMPTY` where that is nothing."""
    if not len(prints):
        return EMPTY
    x, y, radius = prints.astype(np.float64).T
    box = (
        max(0, int(np.floor((x - radius).min() - 1))),
        max(0, int(np.floor((y - radius).min() - 1))),
        min(size[0], int(np.ceil((x + radius).max() + 1))),
        min(size[1], int(np.ceil((y + radius).max() + 1))),
    )
    return EMPTY if _is_empty(box) else box


def _is_empty(box: Box) -> bool:
    return box[2] <= box[0] or box[3] <= box[1]


class History:
    """What strokes have overwritten, step by step, so that they can be taken back and done again.

    Only the tiles that a step touches are kept, packed. `limit` bounds the bytes: the oldest steps go first.
    """

    def __init__(self, *, limit: int = 200_000_000) -> None:
        self._limit = limit
        self._undo: deque[_Tiles] = deque()
        self._redo: list[_Tiles] = []

    @property
    def bytes(self) -> int:
        """Memory that all kept tiles take."""
        return sum(step.bytes for step in (*self._undo, *self._redo))

    @property
    def undoable(self) -> int:
        """How many steps can be taken back."""
        return len(self._undo)

    @property
    def redoable(self) -> int:
        """How many steps can be done again."""
        return len(self._redo)

    def before(self, mask: Levels, box: Box, *, goes_on: bool = False) -> None:
        """Keep what `box` of `mask` (uint8 H×W) shows, before it is overwritten; what was taken back is forgotten.

        Every call starts a new step unless it `goes_on` with the last one, as while the pointer is still down.
        """
        self._redo.clear()
        if not goes_on or not self._undo:
            self._undo.append(_Tiles())
        self._undo[-1].keep(mask, box)
        held = self.bytes
        while held > self._limit and len(self._undo) > 1:
            held -= self._undo.popleft().bytes

    def undo(self, mask: Levels) -> Box | None:
        """Take the last step back in `mask` itself and return the box that changed; None without a step."""
        return _swap(mask, self._undo, self._redo)

    def redo(self, mask: Levels) -> Box | None:
        """Do the step again that was last taken back and return the box that changed; None without one."""
        return _swap(mask, self._redo, self._undo)


def _swap(mask: Levels, source: "deque[_Tiles] | list[_Tiles]", target: "deque[_Tiles] | list[_Tiles]") -> Box | None:
    if not source:
        return None
    step = source.pop()
    target.append(step.restore(mask))
    return step.box


class _Tiles:
    """The tiles of one step by their place (row, column), packed: one level for a plain tile, else deflated."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], bytes] = {}
        self.bytes = 0
        self.box: Box = EMPTY

    def keep(self, mask: Levels, box: Box) -> None:
        if _is_empty(box):
            return
        left, top, right, bottom = box
        self.box = union(self.box, box)
        for row in range(top // TILE, -(-bottom // TILE)):
            for column in range(left // TILE, -(-right // TILE)):
                if (row, column) not in self._kept:
                    self._keep(mask, row, column)

    def restore(self, mask: Levels) -> "_Tiles":
        """Write the tiles back into `mask` and return what they replaced."""
        replaced = _Tiles()
        replaced.box = self.box
        for (row, column), packed in self._kept.items():
            replaced._keep(mask, row, column)
            tile = _tile(mask, row, column)
            tile[:] = _unpacked(packed, tile.shape)
        return replaced

    def _keep(self, mask: Levels, row: int, column: int) -> None:
        tile = _tile(mask, row, column)
        packed = _packed(tile)
        self._kept[row, column] = packed
        self.bytes += len(packed) + OVERHEAD


def _packed(tile: Levels) -> bytes:
    level = int(tile[0, 0])
    return bytes([level]) if (tile == level).all() else zlib.compress(tile.tobytes(), 1)


def _unpacked(packed: bytes, shape: tuple[int, ...]) -> int | Levels:
    return packed[0] if len(packed) == 1 else np.frombuffer(zlib.decompress(packed), np.uint8).reshape(shape)


def _tile(mask: Levels, row: int, column: int) -> Levels:
    return mask[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
