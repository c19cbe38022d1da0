"""The keyboard sheet: every command with its keys, straight from the table of commands."""

from itertools import groupby

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.settings import Settings
from reviewer.actions import COMMANDS
from reviewer.actions import Command
from reviewer.actions import key_words
from reviewer.actions import title_of
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.words import reason_title

POINTER = (
    (QT_TRANSLATE_NOOP("Window", "Wheel"), QT_TRANSLATE_NOOP("Window", "Zoom at the pointer")),
    (QT_TRANSLATE_NOOP("Window", "Drag"), QT_TRANSLATE_NOOP("Window", "Move the picture")),
    (QT_TRANSLATE_NOOP("Window", "Double click"), QT_TRANSLATE_NOOP("Window", "Fit or 1:1")),
    (
        QT_TRANSLATE_NOOP("Window", "Click on a finding"),
        QT_TRANSLATE_NOOP("Window", "Outline where it was seen; Esc ends it"),
    ),
)


class KeySheet(QDialog):
    """Keys by group; any of Esc, ? and F1 closes it."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("Window", "Keyboard"))
        self.setObjectName("sheet")
        groups = {name: list(commands) for name, commands in groupby(COMMANDS, key=lambda known: known.group)}
        sheet = QVBoxLayout(self)
        sheet.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        sheet.setSpacing(2 * GRID)
        sheet.addLayout(sheet_head())
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        sheet.addLayout(row)
        reasons = [(reason.key, reason_title(reason)) for reason in settings.reasons.values()]
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column in (left, middle, right):
            # A layout inside another takes over its spacing.
            column.setSpacing(GRID)
        add_group(left, translate("Keys", "Decide"), _keys(groups["Decide"]))
        add_group(left, translate("Window", "Reason, after reject or redo"), reasons)
        add_group(
            left,
            translate("Window", "Pointer"),
            [(translate("Window", what), translate("Window", does)) for what, does in POINTER],
        )
        add_group(middle, translate("Keys", "Look"), _keys(groups["Look"]))
        add_group(right, translate("Keys", "Move"), _keys(groups["Move"]))
        add_group(right, translate("Keys", "Window"), _keys(groups["Window"]))
        for column in (left, middle, right):
            column.addStretch(1)
            row.addLayout(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" or event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.accept()


def sheet_head() -> QHBoxLayout:
    """Return the title of a sheet, and how to close it."""
    head, title, hint = (
        QHBoxLayout(),
        QLabel(translate("Window", "Keyboard")),
        QLabel(translate("Window", "Esc closes")),
    )
    title.setObjectName("title")
    hint.setObjectName("soft")
    head.addWidget(title)
    head.addStretch(1)
    head.addWidget(hint)
    return head


def _keys(commands: list[Command]) -> list[tuple[str, str]]:
    return [
        (key_words(known.name) + (translate("Keys", ", held") if known.held else ""), title_of(known))
        for known in commands
    ]


def add_group(column: QVBoxLayout, title: str, rows: list[tuple[str, str]]) -> None:
    """Add a group of keys and what they do to a column."""
    heading = QLabel(title)
    heading.setObjectName("heading")
    column.addWidget(heading)
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(5)
    for index, (keys, words) in enumerate(rows):
        cap = QLabel(keys)
        cap.setObjectName("keyName")
        grid.addWidget(cap, index, 0)
        does = QLabel(words)
        does.setObjectName("keyWords")
        grid.addWidget(does, index, 1)
    grid.setColumnStretch(1, 1)
    column.addLayout(grid)
    column.addSpacing(2 * GRID)
