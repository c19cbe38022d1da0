"""Painted bars: one part of the score, and how far the line is."""

from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.widgets.buttons import PaintedButton

PART_POINTS = 25
BAR_HEIGHT = 4


def paint_bar(painter: QPainter, area: QRectF, share: float, color: str) -> None:
    """Draw a rounded bar filled to a share of 0..1."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PALETTE.hover))
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    if share > 0:
        filled = QRectF(area.x(), area.y(), max(area.height(), area.width() * min(share, 1.0)), area.height())
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(filled, area.height() / 2, area.height() / 2)


class PartBar(PaintedButton):
    """One of the four parts: name, points of 25, and a bar; a part that was not measured says so."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._points = title, None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_points(None)

    def set_points(self, points: float | None) -> None:
        """Show 0..25 points, or that there are none."""
        self._points: float | None = points
        self.setAccessibleName(f"{self._title}: {self._words()}")
        self.update()

    def _words(self) -> str:
        return translate("Window", "not measured") if self._points is None else numeral(f"{self._points:.1f}")

    def sizeHint(self) -> QSize:
        return QSize(160, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRect(0, 0, self.width(), 18)
        painter.setFont(font(TYPE.body))
        painter.setPen(QColor(PALETTE.text if self.underMouse() or self.hasFocus() else PALETTE.soft))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title)
        painter.setFont(font(TYPE.body, QFont.Weight.Medium))
        painter.setPen(QColor(PALETTE.text if self._points is not None else PALETTE.faint))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._words())
        share = (self._points or 0.0) / PART_POINTS
        paint_bar(painter, QRectF(0, 22, self.width(), BAR_HEIGHT), share, PALETTE.soft)
        painter.end()


class ProgressBar(QWidget):
    """A slim bar from 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(BAR_HEIGHT)

    def set_share(self, share: float) -> None:
        """Fill the bar to a share of 0..1."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._share, PALETTE.text)
        painter.end()
