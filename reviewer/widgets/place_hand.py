"""The hand that lays a second picture: dragging moves it, its corner scales it, points of a mesh bend it."""

from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.canvas_paint import SHADE
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas

KNOB: Final = 6
REACH: Final = 14
ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FAR: Final = 10
"""Steps of an arrow with Shift."""
LINE = QColor(255, 176, 0)


class PlaceHand(BrushHand):
    """Paints where the second picture shows; once it is there, moves and bends it.

    Attributes:
        placing: whether a drag places the picture (else it paints); knobs: points that can be dragged, in the
            original's pixels.

    Signals:
        moved(float, float): the picture shall lie so much further; bent(int, float, float): so far that knob.
        dropped(): the drag is over.
    """

    moved = Signal(float, float)
    bent = Signal(int, float, float)
    dropped = Signal()

    def __init__(self, canvas: RepairCanvas, brush: Brush) -> None:
        super().__init__(canvas, brush)
        self.placing = False
        self.knobs: tuple[Point, ...] = ()
        self._from: Point | None = None
        self._knob = -1

    def place(self, knobs: tuple[Point, ...]) -> None:
        """Show these points from now on."""
        self.knobs = knobs
        self.canvas.update()

    def press(self, touch: Touch) -> None:
        if not self.placing:
            super().press(touch)
            return
        self._from, self._knob = touch.point, self._under(touch)

    def move(self, touch: Touch) -> None:
        if not self.placing:
            super().move(touch)
        elif self._from is not None:
            across, down = touch.point[0] - self._from[0], touch.point[1] - self._from[1]
            self._from = touch.point
            if self._knob >= 0:
                self.bent.emit(self._knob, across, down)
            else:
                self.moved.emit(across, down)

    def release(self, touch: Touch) -> None:
        if not self.placing:
            super().release(touch)
        elif self._from is not None:
            self._from = None
            self.dropped.emit()

    def key(self, event: QKeyEvent) -> bool:
        if not self.placing or event.key() not in ARROWS:
            return False if self.placing else super().key(event)
        far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        across, down = ARROWS[Qt.Key(event.key())]
        self.moved.emit(float(across * far), float(down * far))
        self.dropped.emit()
        return True

    def forget(self) -> None:
        super().forget()
        self.placing, self.knobs, self._from = False, (), None

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        if not self.placing:
            super().paint(painter, to_screen, ratio)
            return
        for knob in self.knobs:
            x, y = apply(to_screen, knob)
            for width, color in ((3 * ratio, SHADE), (1.5 * ratio, LINE)):
                painter.setPen(QPen(color, width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, y), KNOB * ratio, KNOB * ratio)
        if len(self.knobs) > 1:
            corners = [apply(to_screen, knob) for knob in (self.knobs[0], self.knobs[-1])]
            painter.setPen(QPen(LINE, ratio, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(QPointF(*corners[0]), QPointF(*corners[1])))

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None if self.placing else super().area(to_screen, ratio)

    def _under(self, touch: Touch) -> int:
        reach = REACH / max(touch.zoom, 1e-6)
        away = [abs(x - touch.point[0]) + abs(y - touch.point[1]) for x, y in self.knobs]
        near = min(range(len(away)), key=away.__getitem__, default=-1)
        return near if near >= 0 and away[near] <= reach else -1
