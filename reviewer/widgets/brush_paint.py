"""The brush as it is seen: its ring under the pointer, in device pixels."""

from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from reviewer.images.geometry import Point
from reviewer.widgets.canvas_paint import SHADE

RING_ROOM = 4
"""Device pixels that the ring takes beyond the brush's radius."""
SMALL = 8


def paint_ring(painter: QPainter, center: Point, radius: float, hardness: float, ratio: float) -> None:
    """Draw the brush's edge, and within it where it begins to fade; light on a dark edge, seen on any colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(*center)
    for width, color in ((3 * ratio, SHADE), (ratio, QColor(255, 255, 255))):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(middle, radius, radius)
        if hardness < 1 and radius > SMALL * ratio:
            painter.setPen(QPen(color, width / 2, Qt.PenStyle.DotLine))
            painter.drawEllipse(middle, radius * hardness, radius * hardness)
