"""Places that can be stepped through, as outlines over the picture, in device pixels."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from pipeline.model import Box
from reviewer.images.geometry import Affine
from reviewer.images.geometry import apply
from reviewer.widgets.canvas_paint import SHADE

AIR: Final = 6
HERE, OTHERS = QColor(255, 176, 0), QColor(0, 200, 255)


def paint_boxes(
    painter: QPainter,
    boxes: Sequence[Box],
    at: int,
    to_screen: Affine,
    ratio: float,
    skipped: frozenset[int] = frozenset(),
) -> None:
    """Draw boxes of the original; the one `at` stands out, the skipped are dotted."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, box in enumerate(boxes):
        (x0, y0), (x1, y1) = apply(to_screen, box[:2]), apply(to_screen, box[2:])
        air = AIR * ratio
        place = QRectF(x0 - air, y0 - air, x1 - x0 + 2 * air, y1 - y0 + 2 * air)
        style = Qt.PenStyle.DotLine if index in skipped else Qt.PenStyle.SolidLine
        for width, color in ((3 * ratio, SHADE), (ratio * (2 if index == at else 1), HERE if index == at else OTHERS)):
            painter.setPen(QPen(color, width, style))
            painter.drawRect(place)
