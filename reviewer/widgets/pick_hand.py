"""The hand that picks a place of the picture: a click says where; colours are shown side by side in a corner."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFontMetricsF
from PySide6.QtGui import QPainter

from reviewer.images.geometry import Affine
from reviewer.images.geometry import Rect
from reviewer.theme import PALETTE
from reviewer.widgets.hand import NOTHING
from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas

AIR: Final = 12
COLOR: Final = 56
LEAST: Final = 150
"""Width of a swatch's words, at least; device-independent pixels, all of them."""


@dataclass(frozen=True)
class Swatch:
    """A colour (sRGB bytes) with two lines of words."""

    color: tuple[int, int, int]
    title: str
    words: str


class PickHand(Hand):
    """Picks.

    Attributes:
        swatches: colours that are shown side by side.

    Signals:
        picked(float, float): the original's pixel that was clicked.
    """

    picked = Signal(float, float)

    def __init__(self, canvas: RepairCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.swatches: tuple[Swatch, ...] = ()

    def show_swatches(self, swatches: tuple[Swatch, ...]) -> None:
        """Show these colours from now on."""
        self.swatches = swatches
        self.canvas.update()

    def press(self, touch: Touch) -> None:
        board = self.canvas.board
        if board is None or touch.button != Qt.MouseButton.LeftButton:
            return
        (x, y), (width, height) = touch.point, board.size
        if 0 <= x < width and 0 <= y < height:
            self.picked.emit(x, y)

    def forget(self) -> None:
        self.swatches = ()

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        if not self.swatches:
            return
        metrics = QFontMetricsF(painter.font())
        lines = [
            max(LEAST, *(metrics.horizontalAdvance(line) for line in (each.title, each.words)))
            for each in self.swatches
        ]
        painter.save()
        painter.scale(ratio, ratio)
        painter.setPen(Qt.PenStyle.NoPen)
        x = y = float(AIR)
        painter.setBrush(QColor(PALETTE.panel))
        whole = sum(COLOR + wide + 3 * AIR for wide in lines)
        painter.drawRect(QRectF(x, y, whole, COLOR + 2 * AIR))
        for swatch, wide in zip(self.swatches, lines, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(*swatch.color))
            painter.drawRect(QRectF(x + AIR, y + AIR, COLOR, COLOR))
            painter.setPen(QColor(PALETTE.text))
            left = x + COLOR + 2 * AIR
            painter.drawText(QPointF(left, y + AIR + metrics.ascent() + 4), swatch.title)
            painter.drawText(QPointF(left, y + AIR + COLOR - metrics.descent() - 4), swatch.words)
            x += COLOR + wide + 3 * AIR
        painter.restore()

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None if self.swatches else NOTHING
