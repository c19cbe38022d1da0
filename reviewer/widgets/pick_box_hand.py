"""The hand that picks a colour of a picture: a click takes the place around it, a drag a box."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from pipeline.model import Box
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.language import translate
from reviewer.widgets.box_paint import HERE
from reviewer.widgets.canvas_paint import SHADE
from reviewer.widgets.hand import Touch
from reviewer.widgets.pick_hand import PickHand

AROUND: Final = 4
"""Pixels of the original around a click that count with it."""


class PickBoxHand(PickHand):
    """Picks a place.

    Attributes:
        box: what is picked, in the original's pixels, None for nothing yet.

    Signals:
        boxed(Box): another place is picked; its edges lie inside the picture.
    """

    boxed = Signal(object)
    box: Box | None = None
    _from: Point | None = None

    def press(self, touch: Touch) -> None:
        if self.canvas.board is not None and touch.button == Qt.MouseButton.LeftButton:
            self._from = touch.point

    def move(self, touch: Touch) -> None:
        if self._from is not None:
            self._take(touch.point)

    def release(self, touch: Touch) -> None:
        if self._from is not None:
            self._take(touch.point)
            self._from = None

    def forget(self) -> None:
        super().forget()
        self.box = self._from = None

    def hint(self, held: Qt.KeyboardModifier) -> str:
        return translate("Retouch", "Click or drag over the colour that counts. The wheel zooms, Space moves.")

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        if self.box is not None:
            (x0, y0), (x1, y1) = apply(to_screen, self.box[:2]), apply(to_screen, self.box[2:])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for width, color in ((3 * ratio, SHADE), (1.5 * ratio, HERE)):
                painter.setPen(QPen(color, width))
                painter.drawRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        super().paint(painter, to_screen, ratio)

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None

    def _take(self, end: Point) -> None:
        board, start = self.canvas.board, self._from
        if board is None or start is None:
            return
        (width, height), away = board.size, (abs(end[0] - start[0]), abs(end[1] - start[1]))
        air = AROUND if max(away) < AROUND else 0
        left, right = (int(edge) for edge in (min(start[0], end[0]) - air, max(start[0], end[0]) + air + 1))
        top, bottom = (int(edge) for edge in (min(start[1], end[1]) - air, max(start[1], end[1]) + air + 1))
        box = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
        if box[0] < box[2] and box[1] < box[3] and box != self.box:
            self.box = box
            self.boxed.emit(box)
            self.canvas.update()
