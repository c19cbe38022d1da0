"""A figure at a glance: its title, its value in large type, and how sure it is; pressed, it leads to its images."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.theme import GRID


class FigureTile(QPushButton):
    """One figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tile")
        self.setAutoDefault(False)
        self.title, self.value, self.words = QLabel(), QLabel(), QLabel()
        self.title.setObjectName("heading")
        self.value.setObjectName("large")
        self.words.setObjectName("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        column.setSpacing(2)
        for label in (self.title, self.value, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)

    def show_figure(self, title: str, value: str, words: str, *, leads: bool) -> None:
        """Show a figure; it can be pressed where it leads somewhere."""
        self.title.setText(title)
        self.value.setText(value)
        self.words.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not leads)
        self.setAccessibleName(f"{title}: {value}. {words}")
