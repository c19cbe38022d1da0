"""The queue as a painted virtual list: only visible rows cost anything, a hundred thousand are as quick as ten."""

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFocusEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea
from PySide6.QtWidgets import QWidget

from pipeline.model import Entry
from reviewer.images.pyramid import Pixels
from reviewer.theme import PALETTE
from reviewer.widgets.row_paint import ROW_HEIGHT
from reviewer.widgets.row_paint import paint_row

Thumbnail = Callable[[Entry], Pixels | None]
ROWS_AHEAD = 8


class QueueList(QAbstractScrollArea):
    """A list of entries with one current row.

    Signals:
        picked(int): the person clicked or stepped to the image with that id.
        visible_changed: other rows are to be seen; `visible_entries` says which.
    """

    picked = Signal(int)
    visible_changed = Signal()

    def __init__(self, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._rows: Sequence[Entry] = ()
        self._current: int | None = None
        self._hovered: int | None = None
        self._told: tuple[int, int] = (0, 0)
        self._ring = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Queue")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.viewport().setMouseTracking(True)

    def set_rows(self, rows: Sequence[Entry]) -> None:
        """Show these entries; the scroll position stays."""
        self._rows = rows
        self._measure()
        self._scrolled()

    def set_current(self, image: int | None, row: int | None) -> None:
        """Mark an image as the one on the canvas and bring its row into sight."""
        self._current = image
        if row is not None:
            self._reveal(row)
        self.viewport().update()

    def visible_rows(self) -> range:
        """Return the rows that can be seen now."""
        top = self.verticalScrollBar().value()
        first = top // ROW_HEIGHT
        last = (top + self.viewport().height()) // ROW_HEIGHT
        return range(max(0, first), min(len(self._rows), last + 1))

    def visible_entries(self) -> list[Entry]:
        """Return the entries to be seen now, then the ones just below and above."""
        seen = self.visible_rows()
        below = range(seen.stop, min(len(self._rows), seen.stop + ROWS_AHEAD))
        above = range(max(0, seen.start - ROWS_AHEAD), seen.start)
        return [self._rows[row] for part in (seen, below, above) for row in part]

    def row_rect(self, row: int) -> QRect:
        """Return where a row lies in the viewport."""
        return QRect(0, row * ROW_HEIGHT - self.verticalScrollBar().value(), self.viewport().width(), ROW_HEIGHT)

    def _row_at(self, y: float) -> int | None:
        row = int((y + self.verticalScrollBar().value()) // ROW_HEIGHT)
        return row if 0 <= row < len(self._rows) else None

    def _measure(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, len(self._rows) * ROW_HEIGHT - height))

    def _reveal(self, row: int) -> None:
        """Scroll as little as needed to see the row and one more on each side."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top, bottom = (row - 1) * ROW_HEIGHT, (row + 2) * ROW_HEIGHT
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def _scrolled(self) -> None:
        seen = self.visible_rows()
        self._told = (seen.start, seen.stop)
        self.visible_changed.emit()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(304, 6 * ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(PALETTE.ground))
        for row in self.visible_rows():
            area = self.row_rect(row)
            if area.intersects(event.rect()):
                entry = self._rows[row]
                paint_row(
                    painter,
                    area,
                    entry,
                    self._thumbnail(entry),
                    current=entry.record.id == self._current,
                    hovered=row == self._hovered,
                )
        if self._ring:
            painter.setPen(QColor(PALETTE.focus))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        self._scrolled()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.picked.emit(self._rows[row].record.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.position().y()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.setToolTip(self._rows[row].record.file if row is not None else "")
            self.viewport().update()

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
