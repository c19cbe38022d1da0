"""Asks why: the reasons for a decision, each with its key, over the lower edge of the pictures."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.widgets.buttons import ReasonButton

COLUMNS = 3
MAX_NOTE = 500
WIDTH = 640


class ReasonBar(QFrame):
    """Shown while a decision waits for its reason.

    Signals:
        chosen(str, str): reason code and note.
        cancelled: the person changed their mind.
    """

    chosen = Signal(str, str)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reasons")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.buttons: dict[str, ReasonButton] = {}
        self._title = QLabel()
        self._title.setObjectName("title")
        self.hint = QLabel()
        self.hint.setObjectName("soft")
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate("Window", "Add a note with Tab, then choose a reason"))
        self.note.setAccessibleName(translate("Window", "Note"))
        self.note.setMaxLength(MAX_NOTE)
        self.note.installEventFilter(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(GRID)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self.note)
        self.hide()

    def ask(self, title: str, reasons: Iterable[tuple[str, str, str]]) -> None:
        """Offer reasons as (code, title, key) and take the keyboard."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for index, (code, words, key) in enumerate(reasons):
            button = ReasonButton(code, words, key, self)
            button.clicked.connect(lambda _=False, code=code: self._choose(code))
            self._grid.addWidget(button, index // COLUMNS, index % COLUMNS)
            # Where another decision was asked for already, a layout shows its new buttons only after it was measured.
            button.show()
            self.buttons[code] = button
        self._title.setText(title)
        self.hint.setText(translate("Window", "Esc goes back"))
        self.note.clear()
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> None:
        """Lie over the lower edge of the parent."""
        room = self.parentWidget().size()
        self.setFixedWidth(min(WIDTH, room.width() - 4 * GRID))
        self.layout().activate()
        self.setFixedHeight(self.layout().sizeHint().height())
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 2 * GRID)

    def _choose(self, code: str) -> None:
        note = self.note.text().strip()
        self.hide()
        self.chosen.emit(code, note)

    def _cancel(self) -> None:
        self.hide()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
            return
        by_key = {button.key: code for code, button in self.buttons.items()}
        code = by_key.get(event.text())
        if code is None and event.text().isdecimal():
            # A reason has one key for every decision, so that the hand can learn it: not each is offered each time.
            words = translate("Window", "No reason has the key {key} here; these have one: {keys}")
            self.hint.setText(words.format(key=event.text(), keys=" ".join(by_key)))
            return
        if code is None or event.isAutoRepeat():
            event.ignore()
            return
        self._choose(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._cancel()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)
