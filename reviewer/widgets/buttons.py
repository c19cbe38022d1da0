"""Painted buttons: a list filter with its count, and a decision with its key."""

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QEnterEvent
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from reviewer.language import numeral
from reviewer.theme import ICON_SIDE
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.theme import icon_pixmap

RADIUS = 4
FILTER_HEIGHT = 48
DECIDE_HEIGHT = 40
KEY_SIDE = 20
PAD = 12


class PaintedButton(QAbstractButton):
    """A button that draws itself and takes the keyboard only by Tab, so that a click leaves the keys to the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def surface(self, resting: str) -> QColor:
        """Return the fill for the state the button is in."""
        if not self.isEnabled():
            return QColor(resting)
        if self.isDown():
            return QColor(PALETTE.pressed)
        return QColor(PALETTE.hover if self.underMouse() else resting)

    def paint_body(self, painter: QPainter, fill: QColor, edge: str | None = None) -> None:
        """Draw the rounded body, and the ring while the keyboard is on it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(body, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(PALETTE.focus), 2))
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()


class FilterButton(PaintedButton):
    """One list of the queue: how many images wait there, and its name."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._count = 0
        self.set_count(0)

    @property
    def count(self) -> int:
        """The number shown."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show another number."""
        self._count = count
        self.setAccessibleName(f"{self.text()}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(64, FILTER_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        self.paint_body(painter, self.surface(PALETTE.hover if chosen else PALETTE.panel))
        number = QRect(0, 7, self.width(), 20)
        painter.setFont(font(TYPE.title, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium))
        painter.setPen(QColor(PALETTE.text if chosen or self._count else PALETTE.faint))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, numeral(f"{self._count:,}"))
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(PALETTE.text if chosen else PALETTE.soft))
        painter.drawText(QRect(0, 27, self.width(), 14), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class DecideButton(PaintedButton):
    """A decision: icon, word and key. `accent` fills only the icon."""

    def __init__(self, icon: str, title: str, key: str, accent: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setAccessibleName(title)
        self._icon, self._key, self._accent = icon, key, accent
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(TYPE.body, QFont.Weight.Medium)).horizontalAdvance(self.text())
        return QSize(PAD + ICON_SIDE + 8 + words + 12 + self._key_width() + 10, DECIDE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_body(painter, self.surface(PALETTE.raised), PALETTE.edge if self.isEnabled() else PALETTE.line)
        ink = PALETTE.text if self.isEnabled() else PALETTE.disabled
        top = (self.height() - ICON_SIDE) // 2
        accent = self._accent if self.isEnabled() else PALETTE.disabled
        painter.drawPixmap(QPoint(PAD, top), icon_pixmap(self._icon, accent))
        painter.setFont(font(TYPE.body, QFont.Weight.Medium))
        painter.setPen(QColor(ink))
        words = self.rect().adjusted(PAD + ICON_SIDE + 8, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        self._paint_key(painter)
        painter.end()

    def _key_width(self) -> int:
        return max(KEY_SIDE, QFontMetrics(font(TYPE.small)).horizontalAdvance(self._key) + 10)

    def _paint_key(self, painter: QPainter) -> None:
        width = self._key_width()
        cap = QRectF(self.width() - 10 - width + 0.5, (self.height() - KEY_SIDE) / 2 + 0.5, width - 1, KEY_SIDE - 1)
        painter.setPen(QPen(QColor(PALETTE.edge if self.isEnabled() else PALETTE.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 3, 3)
        painter.setFont(font(TYPE.small))
        painter.setPen(QColor(PALETTE.soft if self.isEnabled() else PALETTE.disabled))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)


class ReasonButton(PaintedButton):
    """A reason with the key that chooses it."""

    def __init__(self, code: str, title: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code, self.key = code, key
        self.setText(title)
        self.setAccessibleName(f"{title}, key {key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(TYPE.body)).horizontalAdvance(self.text())
        return QSize(8 + KEY_SIDE + 8 + words + 12, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_body(painter, self.surface(PALETTE.raised), PALETTE.edge)
        cap = QRectF(8.5, (self.height() - KEY_SIDE) / 2 + 0.5, KEY_SIDE - 1, KEY_SIDE - 1)
        painter.setPen(QPen(QColor(PALETTE.edge), 1))
        painter.setBrush(QColor(PALETTE.panel))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setFont(font(TYPE.small, QFont.Weight.Medium))
        painter.setPen(QColor(PALETTE.text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
        painter.setFont(font(TYPE.body))
        words = self.rect().adjusted(8 + KEY_SIDE + 8, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()
