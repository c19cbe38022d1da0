"""Twelve results at once, one of them framed for the keys; each in its file's own pixels, made smaller."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from pipeline.model import State
from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.theme import state_color
from reviewer.titles import state_title
from reviewer.widgets.canvas_paint import wrapped

COLUMNS, LINES = 4, 3
SHOWN = COLUMNS * LINES
GAP, WORDS, DOT = 10, 22, 6


@dataclass(frozen=True)
class Tile:
    """One place of the survey."""

    image: int
    version: int
    title: str
    state: State


@dataclass(frozen=True)
class Framed:
    """What the frame is around; `exact` says that the file's own pixels are shown."""

    image: int
    version: int
    exact: bool


class Survey(QWidget):
    """The tiles.

    Attributes:
        painted: image and version in the frame, as last painted with its pixels; None before.
        pair: what the frame is around now, None while there is nothing.

    Signals:
        appeared: another image or version has been painted in the frame.
        picked(int): the person clicked that image.
    """

    appeared = Signal()
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("Window", "Twelve results at once"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.painted: tuple[int, int] | None = None
        self.tiles: Sequence[Tile] = ()
        self._current: int | None = None
        self._pictures: dict[tuple[int, int], Pixels] = {}

    @property
    def pair(self) -> Framed | None:
        """What the keys would be about."""
        for tile in self.tiles:
            if tile.image == self._current:
                return Framed(tile.image, tile.version, (tile.image, tile.version) in self._pictures)
        return None

    def show_tiles(self, tiles: Sequence[Tile], current: int | None) -> None:
        """Show these, with the frame around one of them; pictures of others are forgotten."""
        self.tiles, self._current = tiles[:SHOWN], current
        kept = {(tile.image, tile.version) for tile in self.tiles}
        self._pictures = {key: pixels for key, pixels in self._pictures.items() if key in kept}
        self.update()

    def lacks(self, tile: Tile) -> bool:
        """Say whether the picture of a tile has still to come."""
        return (tile.image, tile.version) not in self._pictures

    def take_picture(self, tile: Tile, pixels: Pixels) -> None:
        """Take the picture of a tile, uint8 h×w×4 BGRA."""
        if tile in self.tiles:
            self._pictures[(tile.image, tile.version)] = pixels
            self.update()

    def picture_side(self) -> int:
        """Return how long the longest side of a picture is on this screen, in device pixels."""
        place = self._place(0)
        return round(max(place.width(), place.height()) * self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def _place(self, index: int) -> QRect:
        line, column = divmod(index, COLUMNS)
        width, height = self.width() // COLUMNS, self.height() // LINES
        return QRect(column * width, line * height, width, height).adjusted(GAP, GAP, -GAP, -GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(PALETTE.canvas))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, tile in enumerate(self.tiles):
            self._paint_tile(painter, self._place(index), tile)
        painter.end()
        framed = self.pair
        painted = (framed.image, framed.version) if framed is not None and framed.exact else None
        if painted != self.painted:
            self.painted = painted
            if painted is not None:
                self.appeared.emit()

    def _paint_tile(self, painter: QPainter, place: QRect, tile: Tile) -> None:
        room = QRectF(place.adjusted(0, 0, 0, -WORDS))
        pixels = self._pictures.get((tile.image, tile.version))
        if pixels is None:
            painter.fillRect(room, QColor(PALETTE.hover))
        else:
            height, width = pixels.shape[:2]
            scale = min(room.width() / width, room.height() / height)
            drawn = QRectF(0, 0, width * scale, height * scale)
            drawn.moveCenter(room.center())
            painter.drawImage(drawn, wrapped(pixels))
        self._paint_words(painter, QRect(place.left(), place.bottom() - WORDS + 4, place.width(), WORDS - 4), tile)
        if tile.image == self._current:
            painter.setPen(QPen(QColor(PALETTE.focus), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(-4, -4, 4, 4))

    def _paint_words(self, painter: QPainter, place: QRect, tile: Tile) -> None:
        # Beside the pictures all is mid grey in one theme, which no words can be read on.
        painter.fillRect(place, QColor(PALETTE.panel))
        place = place.adjusted(DOT, 0, -DOT, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(state_color(tile.state))
        painter.drawEllipse(QRectF(place.left(), place.center().y() - DOT / 2, DOT, DOT))
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(PALETTE.text))
        words = f"{tile.title}   {state_title(tile.state)}"
        room = place.adjusted(DOT + 7, 0, 0, 0)
        short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for index, tile in enumerate(self.tiles):
            if self._place(index).contains(event.position().toPoint()):
                self.picked.emit(tile.image)
