"""Evidence over the panes: boxes light on dark and dots along an outline, seen on any colour; one box stands out."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen
from PySide6.QtGui import QPolygonF

from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Frame
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.images.geometry import original_to_product
from reviewer.theme import PALETTE

Polygon = tuple[Point, ...]
SHADE = QColor(0, 0, 0, 170)
SMALLEST, AWAY, DOT = 12, 4, 3


@dataclass(frozen=True)
class Marks:
    """Evidence in product coordinates.

    Attributes:
        polygons: boxes, turned where the frame turns.
        current: the number of the polygon that is looked at, None for none.
        points: places along the product's outline.
    """

    polygons: tuple[Polygon, ...]
    current: int | None = None
    points: Polygon = ()


def in_product(box: Box, space: str, frame: Frame | None) -> Polygon:
    """Return the corners of a box of the original or the result in product coordinates."""
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    if space == "result":
        return tuple((float(x), float(y)) for x, y in corners)
    affine = original_to_product(frame)
    return tuple(apply(affine, corner) for corner in corners)


def along(evidence: Evidence, frame: Frame | None) -> Polygon:
    """Return the middles of the pixels along an outline in product coordinates."""
    middles = [(x + 0.5, y + 0.5) for x, y in evidence.outline]
    if evidence.space == "result":
        return tuple(middles)
    affine = original_to_product(frame)
    return tuple(apply(affine, middle) for middle in middles)


def bounds(polygon: Polygon) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of a polygon."""
    xs, ys = [x for x, _ in polygon], [y for _, y in polygon]
    return min(xs), min(ys), max(xs), max(ys)


def paint_evidence(painter: QPainter, marks: Marks, affine: Affine, pane: Rect, ratio: float) -> None:
    """Dot outlines and draw boxes in a pane, outside of what they mean; `affine` maps product pixels to the screen."""
    painter.save()
    painter.setClipRect(QRect(pane.x, pane.y, pane.width, pane.height))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dots = QPolygonF([QPointF(*apply(affine, point)) for point in marks.points])
    for color, width in ((SHADE, DOT + 2), (QColor(PALETTE.wait), DOT)):
        painter.setPen(QPen(color, width * ratio, c=Qt.PenCapStyle.RoundCap))
        painter.drawPoints(dots)
    order = sorted(range(len(marks.polygons)), key=lambda index: index == marks.current)
    for index in order:
        outline = _around([apply(affine, corner) for corner in marks.polygons[index]], ratio)
        current = index == marks.current
        painter.setPen(QPen(SHADE, (5 if current else 3) * ratio))
        painter.drawPolygon(outline)
        painter.setPen(QPen(QColor(PALETTE.wait if current else PALETTE.text), (2 if current else 1) * ratio))
        painter.drawPolygon(outline)
    painter.restore()


def _around(points: list[Point], ratio: float) -> QPolygonF:
    """Return a polygon a little outside the points; a tiny one becomes a square that can be seen."""
    left, top, right, bottom = bounds(tuple(points))
    away, least = AWAY * ratio, SMALLEST * ratio
    upright = abs(points[0][1] - points[1][1]) < 1 and abs(points[1][0] - points[2][0]) < 1
    if not upright and min(right - left, bottom - top) >= least:
        return QPolygonF([QPointF(x, y) for x, y in points])
    wide, high = max(right - left + 2 * away, least), max(bottom - top + 2 * away, least)
    middle = QPointF((left + right) / 2, (top + bottom) / 2)
    return QPolygonF(QRectF(round(middle.x() - wide / 2), round(middle.y() - high / 2), round(wide), round(high)))
