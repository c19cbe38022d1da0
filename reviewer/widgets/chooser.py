"""A drop-down list in the window's look: long names end in an ellipsis, and its arrow is one of our icons."""

from PySide6.QtCore import QPoint
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QStyle
from PySide6.QtWidgets import QStyleOptionComboBox
from PySide6.QtWidgets import QStylePainter
from PySide6.QtWidgets import QWidget

from reviewer.theme import ICON_SIDE
from reviewer.theme import PALETTE
from reviewer.theme import icon_pixmap

INSET = 10
ARROW_ROOM = ICON_SIDE + 10


class Chooser(QComboBox):
    """One of several names; takes the keyboard only by Tab."""

    def __init__(self, name: str, tip: str, widest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        texts = [self.itemText(index) for index in range(self.count())]
        words = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(min(self._widest, INSET + words + 8 + ARROW_ROOM), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        area = self.rect().adjusted(INSET, 0, -ARROW_ROOM, 0)
        short = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)
        arrow = QPoint(self.width() - ICON_SIDE - 6, (self.height() - ICON_SIDE) // 2)
        painter.drawPixmap(arrow, icon_pixmap("chevron-down", PALETTE.soft))
        painter.end()
