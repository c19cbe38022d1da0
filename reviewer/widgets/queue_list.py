"""The queue as painted virtual views, rows or tiles: only what is visible costs, 100,000 are as quick as ten."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QEvent
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import QSizeF
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPixmap
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea
from PySide6.QtWidgets import QWidget

from pipeline.model import Card
from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.widgets.row_paint import ROW_HEIGHT
from reviewer.widgets.row_paint import paint_row
from reviewer.widgets.row_paint import paint_tile
from reviewer.widgets.row_paint import paint_waiting

Thumbnail = Callable[[Card], Pixels | None]
ROWS_AHEAD = 8
KEPT_DRAWN, LINES_KEPT = 120, 4
TILE_SIZE = QSize(184, 216)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A card as it was drawn, and what it was drawn from; the array is kept, so that it stays the one it is."""

    card: Card
    pixels: Pixels | None
    picture: QPixmap

    def shows(self, card: Card, pixels: Pixels | None) -> bool:
        """Say whether it would be drawn the same now."""
        return self.pixels is pixels and (self.card is card or self.card == card)


class Rows(Protocol):
    """What is listed; the queue's model has it."""

    def __len__(self) -> int: ...

    def image_at(self, row: int) -> int:
        """Return the id of the image in a row."""
        ...

    def card(self, row: int) -> Card | None:
        """Return what the row shows, None while it has not been read."""
        ...

    def want_cards(self, rows: range) -> None:
        """Read these rows."""
        ...


class QueueList(QAbstractScrollArea):
    """A list of cards with one current row.

    Signals:
        picked(int): the person clicked the image with that id.
        entered(int): they double-clicked it.
        visible_changed: other rows are to be seen, or their cards came; `visible_cards` says which.
    """

    picked = Signal(int)
    entered = Signal(int)
    visible_changed = Signal()
    title = QT_TRANSLATE_NOOP("Window", "Queue")

    def __init__(self, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._drawn: OrderedDict[tuple, Drawn] = OrderedDict()
        self._rows: Rows | None = None
        self._current: int | None = None
        self._marked: int | None = None
        self._hovered: int | None = None
        self._ring = self._with_batch = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("Window", self.title))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(self.line_height() // 2)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.viewport().setMouseTracking(True)
        # Else Qt paints every background below it first, several times as many pixels as a scroll changes.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._came_from, self._upwards = 0, False
        self._rest = QTimer(self, interval=0, singleShot=True)
        self._rest.timeout.connect(self._draw_ahead)

    def set_rows(self, rows: Rows, *, with_batch: bool = False) -> None:
        """Show these rows; call it again when there are others. The scroll position stays.

        `with_batch` says of each image which batch it is of.
        """
        self._rows, self._with_batch = rows, with_batch
        self._measure()
        self._scrolled()

    def show_arrived(self) -> None:
        """Draw cards that have been read meanwhile."""
        self.visible_changed.emit()
        self.viewport().update()

    def set_current(self, image: int | None, row: int | None) -> None:
        """Mark an image as the one on the canvas and bring its row into sight."""
        before, after = (self._current, self._marked), (image, row)
        self._current, self._marked = after
        if row is not None:
            self._reveal(row)
        if before != after:
            self._renew(before[1], row)

    def columns(self) -> int:
        """Return how many images stand beside each other."""
        return 1

    def line_height(self) -> int:
        """Return how high a line of images is, in logical pixels."""
        return ROW_HEIGHT

    def visible_rows(self) -> range:
        """Return the rows that can be seen now."""
        top, columns = self.verticalScrollBar().value(), self.columns()
        first = top // self.line_height() * columns
        last = ((top + self.viewport().height()) // self.line_height() + 1) * columns
        return range(max(0, first), min(self._count(), last))

    def visible_cards(self) -> list[Card]:
        """Return what has been read of the images to be seen now, then of those just below and above."""
        seen, ahead = self.visible_rows(), max(ROWS_AHEAD, 2 * self.columns())
        below = range(seen.stop, min(self._count(), seen.stop + ahead))
        above = range(max(0, seen.start - ahead), seen.start)
        cards = [self._rows.card(row) for part in (seen, below, above) for row in part] if self._rows else []
        return [card for card in cards if card is not None]

    def row_rect(self, row: int) -> QRect:
        """Return where an image lies in the viewport."""
        line, column = divmod(row, self.columns())
        width, height = self.viewport().width() // self.columns(), self.line_height()
        return QRect(column * width, line * height - self.verticalScrollBar().value(), width, height)

    def _count(self) -> int:
        return len(self._rows) if self._rows is not None else 0

    def _row_at(self, event: QMouseEvent) -> int | None:
        place, columns = event.position(), self.columns()
        column = int(place.x()) // max(1, self.viewport().width() // columns)
        row = int(place.y() + self.verticalScrollBar().value()) // self.line_height() * columns + column
        return row if column < columns and 0 <= row < self._count() else None

    def _measure(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        lines = -(-self._count() // self.columns())
        bar.setPageStep(height)
        bar.setRange(0, max(0, lines * self.line_height() - height))

    def _reveal(self, row: int) -> None:
        """Scroll as little as needed to see the row and one more on each side."""
        bar, height, line = self.verticalScrollBar(), self.viewport().height(), row // self.columns()
        top, bottom = (line - 1) * self.line_height(), (line + 2) * self.line_height()
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def _renew(self, *rows: int | None) -> None:
        """Paint only these rows again; what else changed is painted where that becomes known."""
        for row in rows:
            if row is not None:
                self.viewport().update(self.row_rect(row))

    def _scrolled(self) -> None:
        top = self.verticalScrollBar().value()
        self._came_from, self._upwards = top, top < self._came_from
        if self._rows is not None and self.isVisible():
            self._rows.want_cards(self.visible_rows())
        self.visible_changed.emit()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(304, 6 * ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, exposed = QPainter(self.viewport()), event.rect()
        painter.fillRect(exposed, QColor(PALETTE.ground))
        top, columns, size = self.verticalScrollBar().value(), self.columns(), self._card_size()
        width, height = size.width(), size.height()
        for row in self.visible_rows() if self._rows is not None else ():
            x, y = row % columns * width, row // columns * height - top
            if y > exposed.bottom() or y + height <= exposed.top():
                continue
            card = self._rows.card(row)
            if card is not None:
                painter.drawPixmap(x, y, self._picture_of(card, size, hovered=row == self._hovered))
            else:
                paint_waiting(painter, QRect(x, y, width, height))
        if self._ring:
            painter.setPen(QColor(PALETTE.focus))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()
        self._rest.start()

    def _card_size(self) -> QSize:
        return QSize(self.viewport().width() // self.columns(), self.line_height())

    def _draw_ahead(self) -> None:
        """Ask again for what another view pushed out, and draw the line that comes into sight next."""
        seen, columns, size = self.visible_rows(), self.columns(), self._card_size()
        if self._rows is not None:
            self._rows.want_cards(seen)
        first = seen.start - columns if self._upwards else seen.stop
        for row in range(max(0, first), min(self._count(), first + columns)):
            card = self._rows.card(row) if self._rows is not None else None
            if card is not None and self._thumbnail(card) is not None:
                self._picture_of(card, size, hovered=False)

    def _picture_of(self, card: Card, size: QSize, *, hovered: bool) -> QPixmap:
        """Return the card as it is drawn: scrolling copies, and draws only what comes into sight."""
        pixels, current, ratio = self._thumbnail(card), card.image == self._current, self.devicePixelRatioF()
        key = (card.image, current, hovered, size.width(), size.height(), ratio, self._with_batch)
        known = self._drawn.get(key)
        if known is None or not known.shows(card, pixels):
            known = self._drawn[key] = Drawn(card, pixels, self._drawn_anew(card, size, current, hovered))
            kept = max(KEPT_DRAWN, len(self.visible_rows()) + LINES_KEPT * self.columns())
            while len(self._drawn) > kept:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return known.picture

    def _drawn_anew(self, card: Card, size: QSize, current: bool, hovered: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap((QSizeF(size) * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(PALETTE.ground))
        painter = QPainter(picture)
        self.paint_card(painter, QRect(QPoint(0, 0), size), card, current=current, hovered=hovered)
        painter.end()
        return picture

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._drawn.clear()

    def paint_card(self, painter: QPainter, area: QRect, card: Card, *, current: bool, hovered: bool) -> None:
        """Draw one card into its place."""
        look = {"current": current, "hovered": hovered, "with_batch": self._with_batch}
        paint_row(painter, area, card, self._thumbnail(card), **look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        self._scrolled()

    def showEvent(self, event: object) -> None:
        self._measure()
        self._scrolled()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self._rows is not None:
            self.picked.emit(self._rows.image_at(row))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self._rows is not None:
            self.entered.emit(self._rows.image_at(row))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._renew(self._hovered, row)
            self._hovered = row
            card = self._rows.card(row) if self._rows is not None and row is not None else None
            self.setToolTip(card.file if card is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows and pages belong to the window's commands and to the scroll bar, not to a selection of its own.
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        self.viewport().update()


class QueueGrid(QueueList):
    """The same images as tiles, as many beside each other as there is room for."""

    title = QT_TRANSLATE_NOOP("Window", "Queue as a grid")

    def columns(self) -> int:
        return max(1, self.viewport().width() // TILE_SIZE.width())

    def line_height(self) -> int:
        return TILE_SIZE.height()

    def paint_card(self, painter: QPainter, area: QRect, card: Card, *, current: bool, hovered: bool) -> None:
        paint_tile(painter, area, card, self._thumbnail(card), current=current, hovered=hovered)
