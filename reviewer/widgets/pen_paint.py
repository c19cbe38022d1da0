"""How a clipping path is seen: its lines, nodes and the handles of the one in hand, as large at every zoom."""

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPainterPath
from PySide6.QtGui import QPen

from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Point
from pipeline.paths.curves import cubics
from reviewer.images.geometry import Affine
from reviewer.images.geometry import apply
from reviewer.theme import PALETTE
from reviewer.widgets.canvas_paint import SHADE

SQUARE, DOT = 7.0, 3.0
LIGHT = QColor(255, 255, 255)


def paint_path(
    painter: QPainter,
    path: Path,
    chosen: tuple[int, int] | None,
    next_node: Point | None,
    to_screen: Affine,
    ratio: float,
) -> None:
    """Draw a path in device pixels; `next_node` is where the growing line would go on, None where it does not."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(0, 0, 0, 0))
    lines = _lines(path, to_screen)
    for width, color in ((3 * ratio, SHADE), (1.4 * ratio, QColor(PALETTE.focus))):
        painter.setPen(QPen(color, width))
        painter.drawPath(lines)
    if chosen is not None and chosen[0] < len(path.subpaths):
        node = path.subpaths[chosen[0]].nodes[chosen[1]]
        _paint_handles(painter, node, to_screen, ratio)
        if next_node is not None:
            painter.setPen(QPen(LIGHT, ratio))
            painter.drawLine(_screen(node.at, to_screen), _screen(next_node, to_screen))
    _paint_nodes(painter, path, chosen, to_screen, ratio)


def _lines(path: Path, to_screen: Affine) -> QPainterPath:
    lines = QPainterPath()
    for subpath in path.subpaths:
        for place, (start, first, second, end) in enumerate(cubics(subpath)):
            if place == 0:
                lines.moveTo(_screen(start, to_screen))
            lines.cubicTo(_screen(first, to_screen), _screen(second, to_screen), _screen(end, to_screen))
    return lines


def _paint_nodes(
    painter: QPainter, path: Path, chosen: tuple[int, int] | None, to_screen: Affine, ratio: float
) -> None:
    side = SQUARE * ratio
    painter.setPen(QPen(SHADE, ratio))
    for index, subpath in enumerate(path.subpaths):
        for place, node in enumerate(subpath.nodes):
            middle = _screen(node.at, to_screen)
            painter.setBrush(QColor(PALETTE.wait) if (index, place) == chosen else LIGHT)
            painter.drawRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))


def _paint_handles(painter: QPainter, node: Node, to_screen: Affine, ratio: float) -> None:
    middle = _screen(node.at, to_screen)
    for handle in (node.before, node.after):
        if handle == node.at:
            continue
        end = _screen(handle, to_screen)
        for width, color in ((3 * ratio, SHADE), (ratio, LIGHT)):
            painter.setPen(QPen(color, width))
            painter.drawLine(middle, end)
        painter.setPen(QPen(SHADE, ratio))
        painter.setBrush(LIGHT)
        painter.drawEllipse(end, DOT * ratio, DOT * ratio)


def _screen(point: Point, to_screen: Affine) -> QPointF:
    return QPointF(*apply(to_screen, (float(point[0]), float(point[1]))))
