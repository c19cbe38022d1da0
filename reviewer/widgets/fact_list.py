"""Painted rows of facts: a mark, words, a figure, and how many places it has; what can be shown is a button."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtGui import QPolygonF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QToolTip
from PySide6.QtWidgets import QWidget

from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.widgets.buttons import PaintedButton

MARK_WIDTH, GAP, PAD, INSET = 20, 8, 4, 4
PLACES_WIDTH, BOX = 34, 8
HEADING_HEIGHT = 18
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Fact:
    """One row: `mark` in its colour, title with figure, a sentence below, and the number of places it was seen at.

    `opens`: there is something to see although it names no places.
    """

    title: str
    mark: str = ""
    color: str = PALETTE.soft
    figure: str = ""
    detail: str = ""
    places: int = 0
    opens: bool = False
    tip: str = ""

    @property
    def shows(self) -> bool:
        """Say whether a click shows something on the picture."""
        return self.opens or self.places > 0


class FactList(QWidget):
    """Facts one below the other.

    Signals:
        picked(int): the person clicked the row of that number, which can be shown.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self._tops: list[int] = [0]
        self._current: int | None = None
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these rows."""
        self._facts, self._current, self._hovered = tuple(facts), None, None
        self._measure()
        words = (f"{fact.mark} {fact.title} {fact.figure} {fact.detail}".strip() for fact in facts)
        self.setAccessibleDescription("; ".join(words))
        self.update()

    def set_current(self, row: int | None) -> None:
        """Mark the row whose places are shown."""
        self._current = row
        self.update()

    def row_rect(self, row: int) -> QRect:
        """Return where a row lies."""
        return QRect(0, self._tops[row], self.width(), self._tops[row + 1] - self._tops[row])

    def _title_area(self, row: int) -> QRect:
        fact, area = self._facts[row], self.row_rect(row)
        left = INSET + (MARK_WIDTH if fact.mark else 0)
        figure = QFontMetrics(font(TYPE.body)).horizontalAdvance(fact.figure)
        right = INSET + (PLACES_WIDTH if fact.places else 0) + (figure + GAP if figure else 0)
        return area.adjusted(left, PAD, -right, 0)

    def _measure(self) -> None:
        self._tops = [0]
        metrics = QFontMetrics(font(TYPE.body))
        small = QFontMetrics(font(TYPE.small))
        for row, fact in enumerate(self._facts):
            self._tops.append(self._tops[-1])
            area = self._title_area(row)
            height = metrics.boundingRect(QRect(0, 0, area.width(), 1000), WRAP, fact.title).height()
            if fact.detail:
                room = QRect(0, 0, self.width() - area.left() - INSET, 1000)
                height += 1 + small.boundingRect(room, WRAP, fact.detail).height()
            self._tops[-1] += height + 2 * PAD
        self.setFixedHeight(self._tops[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, fact in enumerate(self._facts):
            area = self.row_rect(row)
            if area.intersects(event.rect()):
                self._paint_row(painter, area, row, fact)
        painter.end()

    def _paint_row(self, painter: QPainter, area: QRect, row: int, fact: Fact) -> None:
        if fact.shows and row in (self._current, self._hovered):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(PALETTE.pressed if row == self._current else PALETTE.hover))
            painter.drawRoundedRect(QRectF(area), 4, 4)
        body, room = font(TYPE.body), self._title_area(row)
        line = QRect(INSET, room.top(), area.width() - 2 * INSET, QFontMetrics(body).height())
        painter.setFont(body)
        painter.setPen(QColor(fact.color))
        painter.drawText(line, MIDDLE | Qt.AlignmentFlag.AlignLeft, fact.mark)
        painter.setPen(QColor(PALETTE.text))
        painter.drawText(room, WRAP, fact.title)
        height = painter.fontMetrics().boundingRect(room, WRAP, fact.title).height()
        painter.drawText(
            line.adjusted(0, 0, -PLACES_WIDTH if fact.places else 0, 0),
            MIDDLE | Qt.AlignmentFlag.AlignRight,
            fact.figure,
        )
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(PALETTE.soft))
        painter.drawText(
            QRect(room.left(), room.top() + height + 1, self.width() - room.left() - INSET, 1000), WRAP, fact.detail
        )
        if fact.places:
            self._paint_places(painter, line, fact.places)

    def _paint_places(self, painter: QPainter, line: QRect, places: int) -> None:
        painter.drawText(line, MIDDLE | Qt.AlignmentFlag.AlignRight, str(places))
        words = painter.fontMetrics().horizontalAdvance(str(places))
        painter.setPen(QPen(QColor(PALETTE.soft), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left, top = line.right() - words - 5 - BOX, line.center().y() - BOX // 2
        painter.drawRect(QRectF(left + 0.5, top + 0.5, BOX, BOX))

    def _row_at(self, y: float) -> int | None:
        return next((row for row in range(len(self._facts)) if self._tops[row] <= y < self._tops[row + 1]), None)

    def _hover(self, row: int | None) -> None:
        shown = row if row is not None and self._facts[row].shows else None
        if shown != self._hovered:
            self._hovered = shown
            self.setCursor(Qt.CursorShape.ArrowCursor if shown is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._row_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self._facts[row].shows:
            self.picked.emit(row)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self._facts[row].tip if row is not None else "", self)
            return True
        return super().event(event)


class Heading(PaintedButton):
    """A heading that opens and closes what lies below it; checked means open."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(True)
        self.setText(title)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, HEADING_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.underMouse() or self.hasFocus()
        painter.setPen(QColor(PALETTE.text if lit else PALETTE.soft))
        painter.setFont(font(TYPE.small, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), MIDDLE | Qt.AlignmentFlag.AlignLeft, self.text())
        middle = QPointF(self.width() - 6.0, self.height() / 2)
        tip, side = (QPointF(0, 2), QPointF(4, -2)) if self.isChecked() else (QPointF(-2, 0), QPointF(-6, 4))
        other = QPointF(-side.x(), side.y()) if self.isChecked() else QPointF(side.x(), -side.y())
        painter.setPen(QPen(painter.pen().color(), 1.5))
        painter.drawPolyline(QPolygonF([middle + side, middle + tip, middle + other]))
        painter.end()
