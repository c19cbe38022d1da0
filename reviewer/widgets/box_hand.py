"""The hand that chooses among places: a click takes up the one under the pointer."""

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter

from pipeline.model import Box
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Rect
from reviewer.widgets.box_paint import paint_boxes
from reviewer.widgets.hand import NOTHING
from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas


class BoxHand(Hand):
    """Draws places as outlines.

    Attributes:
        boxes: of the original; at: the one in question, -1 for none; skipped: those that stay as they are.

    Signals:
        chosen(int): a place was clicked.
    """

    chosen = Signal(int)
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: RepairCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.forget()

    def show_boxes(self, boxes: tuple[Box, ...], at: int, skipped: frozenset[int] = frozenset()) -> None:
        """Draw these from now on."""
        self.boxes, self.at, self.skipped = boxes, at, skipped
        self.canvas.update()

    def press(self, touch: Touch) -> None:
        x, y = touch.point
        under = [index for index, box in enumerate(self.boxes) if box[0] <= x < box[2] and box[1] <= y < box[3]]
        if under:
            self.chosen.emit(under[0])

    def forget(self) -> None:
        self.boxes: tuple[Box, ...] = ()
        self.at, self.skipped = -1, frozenset()

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        paint_boxes(painter, self.boxes, self.at, to_screen, ratio, self.skipped)

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None if self.boxes else NOTHING
