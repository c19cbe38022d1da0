"""The hand of the spot brush: a stroke that is mended when the button goes up, a source set by Alt, specks in boxes."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from pipeline.model import Box
from pipeline.strokes import Stroke
from reviewer.images.draft import Deed
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.widgets.box_paint import paint_boxes
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.canvas_paint import SHADE
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas

MARK: Final = "spot"
"""The board's layer on which a stroke shows until it is mended."""
CROSS: Final = 9


class SpotHand(BrushHand):
    """Marks a stroke while the button is down.

    Attributes:
        source: where pixels come from, as the person set it by Alt and a click; None lets the machine choose.
        aligned: from the stroke to its source in pixels, fixed by the first stroke after the source was set.
        boxes: what can be stepped through; at: which one it is now, -1 for none.

    Signals:
        drawn(Stroke): a stroke ended; sourced(): the source was set.
    """

    drawn = Signal(object)
    sourced = Signal()

    def __init__(self, canvas: RepairCanvas) -> None:
        super().__init__(canvas, Brush(MARK, radius=18, hardness=0.7))
        self.source: Point | None = None
        self.aligned: tuple[int, int] | None = None
        self.boxes: tuple[Box, ...] = ()
        self.at = -1
        self.painted.connect(self._finish)

    def press(self, touch: Touch) -> None:
        if touch.alt and touch.button == Qt.MouseButton.LeftButton:
            self.source, self.aligned = touch.point, None
            self.sourced.emit()
            return
        if self.source is not None and self.aligned is None:
            x, y = self.source
            self.aligned = round(x - touch.point[0]), round(y - touch.point[1])
        super().press(touch)

    def show_boxes(self, boxes: tuple[Box, ...], at: int) -> None:
        """Draw these boxes, that one in another colour."""
        self.boxes, self.at = boxes, at
        self.canvas.update()

    def forget(self) -> None:
        super().forget()
        self.source = self.aligned = None
        self.boxes, self.at = (), -1

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        paint_boxes(painter, self.boxes, self.at, to_screen, ratio)
        if self.source is not None:
            self._paint_cross(painter, apply(to_screen, self._source_now()), ratio)
        super().paint(painter, to_screen, ratio)

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None if self.boxes or self.source is not None else super().area(to_screen, ratio)

    def _source_now(self) -> Point:
        """The source moves with the pointer once the first stroke has fixed how far it is away."""
        if self.aligned is None or self._spot is None:
            return self.source or (0.0, 0.0)
        return self._spot.point[0] + self.aligned[0], self._spot.point[1] + self.aligned[1]

    def _paint_cross(self, painter: QPainter, place: Point, ratio: float) -> None:
        x, y, arm = *place, CROSS * ratio
        for width, color in ((3 * ratio, SHADE), (ratio, QColor(255, 255, 255))):
            painter.setPen(QPen(color, width))
            painter.drawLine(x - arm, y, x + arm, y)
            painter.drawLine(x, y - arm, x, y + arm)

    def _finish(self, deed: Deed) -> None:
        """The mark has done its work: what it becomes is shown by the photo itself."""
        board = self.canvas.board
        if board is not None:
            self.canvas.redraw(board.travel(MARK, back=True))
        stroke: Stroke | None = deed.stroke
        if stroke is not None:
            self.drawn.emit(stroke)
