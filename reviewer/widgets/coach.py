"""A coach mark: a card beside a real control and a ring around it; the control works on while it is explained."""

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import PALETTE

WIDTH, AWAY, INSIDE = 384, 12, 24


class Ring(QWidget):
    """A ring around something; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(PALETTE.focus), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class Coach(QFrame):
    """The card.

    Signals:
        forward, back, skipped: the person pressed that button.
    """

    forward = Signal()
    back = Signal()
    skipped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("coach")
        self.setFixedWidth(WIDTH)
        self._ring = Ring(parent)
        self._target: QWidget | None = None
        self.title, self.words, self.place = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("title")
        self.title.setWordWrap(True)
        self.words.setWordWrap(True)
        self.place.setObjectName("small")
        self.skip_button = QPushButton(translate("Tour", "Skip"))
        self.skip_button.setToolTip(translate("Tour", "End the tour; the menu has it again"))
        self.back_button = QPushButton(translate("Tour", "Back"))
        self.back_button.setToolTip(translate("Tour", "The step before"))
        self.forward_button = QPushButton()
        self.forward_button.setToolTip(translate("Tour", "The next step"))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.place)
        row.addStretch(1)
        for button, signal in (
            (self.skip_button, self.skipped),
            (self.back_button, self.back),
            (self.forward_button, self.forward),
        ):
            button.setObjectName("compact")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for label in (self.title, self.words):
            column.addWidget(label)
        column.addLayout(row)

    def say(self, title: str, words: str, *, step: int, steps: int, target: QWidget) -> None:
        """Explain a control."""
        last = step == steps
        self.title.setText(title)
        self.words.setText(words)
        self.place.setText(translate("Tour", "{step} of {steps}").format(step=step, steps=steps))
        self.back_button.setEnabled(step > 1)
        self.skip_button.setVisible(not last)
        self.forward_button.setText(translate("Tour", "Done") if last else translate("Tour", "Next"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self._target = target
        self.settle()
        for widget in (self._ring, self):
            widget.show()
            widget.raise_()

    def settle(self) -> None:
        """Lie beside what is explained, inside of the window."""
        if self._target is None:
            return
        room = self.parentWidget().rect()
        area = QRect(self._target.mapTo(self.parentWidget(), QPoint(0, 0)), self._target.size())
        self._ring.setGeometry(area.adjusted(-4, -4, 4, 4).intersected(room))
        for label in (self.title, self.words):
            label.ensurePolished()
            # A word-wrapped label in a box asks for one line only; its true height follows from its width.
            label.setFixedHeight(label.heightForWidth(WIDTH - 4 * GRID - 2))
        self.setFixedHeight(self.layout().sizeHint().height())
        self.move(_beside(area, self.size().width(), self.size().height(), room))

    def leave(self) -> None:
        """Go, with the ring."""
        for widget in (self._ring, self):
            widget.hide()
            widget.deleteLater()


def _beside(area: QRect, width: int, height: int, room: QRect) -> QPoint:
    """Return where a card lies best: right of, left of, below or above an area, else inside of it."""
    top = min(max(area.center().y() - height // 2, room.top() + AWAY), room.bottom() - height - AWAY)
    left = min(max(area.center().x() - width // 2, room.left() + AWAY), room.right() - width - AWAY)
    spots = (
        QPoint(area.right() + AWAY, top),
        QPoint(area.left() - AWAY - width, top),
        QPoint(left, area.bottom() + AWAY),
        QPoint(left, area.top() - AWAY - height),
    )
    for spot in spots:
        if room.contains(QRect(spot.x(), spot.y(), width, height)):
            return spot
    return QPoint(left, max(room.top() + AWAY, area.bottom() - height - INSIDE))
