"""Words instead of pictures: a centred sentence with what to do, and a short message that leaves by itself."""

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.theme import icon_pixmap

ICON = 40
TOAST_MILLISECONDS = 6000
WIDTH = 560


class NoticePage(QWidget):
    """A page with an icon, a headline, a sentence and at most one button.

    Signals:
        pressed: the button was clicked.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._icon, self.headline, self.sentence = QLabel(), QLabel(), QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.headline.setObjectName("headline")
        self.sentence.setObjectName("sentence")
        for label in (self.headline, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setFixedWidth(WIDTH)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        for widget in (self._icon, self.headline, self.sentence, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, icon: str, headline: str, sentence: str = "", button: str = "", tip: str = "") -> None:
        """Show these words; without a button's text there is no button."""
        self._icon.setPixmap(icon_pixmap(icon, PALETTE.faint, ICON))
        self.headline.setText(headline)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.button.setText(button)
        self.button.setToolTip(tip)
        self.button.setVisible(bool(button))
        for label in (self.headline, self.sentence):
            # A word-wrapped label in a box asks for one line only; its true height follows from its width and font.
            label.ensurePolished()
            label.setFixedHeight(label.heightForWidth(WIDTH))


class Toast(QLabel):
    """One sentence over the pictures that leaves after some seconds, or when clicked where it `stays`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stays = False
        self._leave = QTimer(self, interval=TOAST_MILLISECONDS, singleShot=True)
        self._leave.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, instead of the one before."""
        self.setText(sentence)
        self.place()
        self.show()
        self.raise_()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not self.stays)
        if self.stays:
            self._leave.stop()
        else:
            self._leave.start()

    def take_back(self, sentence: str) -> None:
        """Show this sentence no longer: it is not true any more. Another one stays."""
        if self.text() == sentence:
            self._leave.stop()
            self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def place(self) -> None:
        """Lie centred over the lower part of the parent."""
        room = self.parentWidget().size()
        self.setFixedWidth(min(WIDTH, room.width() - 4 * GRID))
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 5 * GRID)
