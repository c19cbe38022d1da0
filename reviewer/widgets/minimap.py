"""The minimap: the whole product small in a corner, with what the pane shows of it; pressed, it goes there."""

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import Size
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import screen_to_product
from reviewer.images.pyramid import Pyramid
from reviewer.theme import PALETTE
from reviewer.widgets.canvas_paint import PaneMemory

SIDE, INSET, SHADE = 144, 12, QColor(0, 0, 0, 150)


def minimap_rect(view: ViewState, pane: Rect, product: Size, ratio: float) -> Rect | None:
    """Return where the minimap lies in device pixels; None while the pane shows the whole product."""
    if product[0] * view.zoom <= pane.width and product[1] * view.zoom <= pane.height:
        return None
    scale = SIDE * ratio / max(product)
    width, height = max(1, round(product[0] * scale)), max(1, round(product[1] * scale))
    inset = round(INSET * ratio)
    if pane.width < 2 * (width + inset) or pane.height < 2 * (height + inset):
        return None
    return Rect(pane.x + pane.width - inset - width, pane.y + pane.height - inset - height, width, height)


def product_at(area: Rect, product: Size, point: Point) -> Point:
    """Return the product point under a point of the minimap, kept on the product."""
    x = min(max((point[0] - area.x) / area.width, 0.0), 1.0)
    y = min(max((point[1] - area.y) / area.height, 0.0), 1.0)
    return x * product[0], y * product[1]


def paint_minimap(
    painter: QPainter, memory: PaneMemory, picture: Pyramid, view: ViewState, pane: Rect, area: Rect, ratio: float
) -> None:
    """Draw it, from memory while it stays the same, with the part that `pane` shows outlined."""
    scale = area.width / picture.size[0]
    painter.fillRect(QRect(area.x - 1, area.y - 1, area.width + 2, area.height + 2), QColor(PALETTE.ground))
    memory.draw(painter, picture, (scale, 0.0, float(area.x), 0.0, scale, float(area.y)), area)
    left, top = screen_to_product(view, pane, (pane.x, pane.y))
    right, bottom = screen_to_product(view, pane, (pane.x + pane.width, pane.y + pane.height))
    shown = QRectF(area.x + left * scale, area.y + top * scale, (right - left) * scale, (bottom - top) * scale)
    shown = shown.intersected(QRectF(area.x, area.y, area.width, area.height))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, color in ((3 * ratio, SHADE), (ratio, QColor(PALETTE.text))):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(shown)
