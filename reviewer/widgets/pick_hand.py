"""The hand that picks a place of the picture: a click says where."""

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal

from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas


class PickHand(Hand):
    """Picks.

    Signals:
        picked(float, float): the original's pixel that was clicked.
    """

    picked = Signal(float, float)

    def __init__(self, canvas: RepairCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas

    def press(self, touch: Touch) -> None:
        board = self.canvas.board
        if board is None or touch.button != Qt.MouseButton.LeftButton:
            return
        (x, y), (width, height) = touch.point, board.size
        if 0 <= x < width and 0 <= y < height:
            self.picked.emit(x, y)
