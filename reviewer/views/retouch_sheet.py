"""The keyboard sheet of the repair mode, straight from its table of commands."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.actions import Command
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.key_sheet import add_group
from reviewer.views.key_sheet import sheet_head
from reviewer.views.retouch_keys import ROOM_COMMANDS
from reviewer.views.retouch_keys import key_words
from reviewer.views.retouch_keys import title_of
from reviewer.views.retouch_tool import Tool
from reviewer.views.retouch_tools import pick_commands

HELD = (
    (QT_TRANSLATE_NOOP("Retouch", "Drag"), QT_TRANSLATE_NOOP("Retouch", "Paint")),
    (
        QT_TRANSLATE_NOOP("Retouch", "Alt, drag"),
        QT_TRANSLATE_NOOP("Retouch", "Erase where it adds, add where it erases"),
    ),
    (QT_TRANSLATE_NOOP("Retouch", "Shift, click"), QT_TRANSLATE_NOOP("Retouch", "Straight on from the last stroke")),
    (QT_TRANSLATE_NOOP("Retouch", "Alt, right drag"), QT_TRANSLATE_NOOP("Retouch", "Size to the right, hardness up")),
    (QT_TRANSLATE_NOOP("Retouch", "Space, drag"), QT_TRANSLATE_NOOP("Retouch", "Move the picture")),
    (QT_TRANSLATE_NOOP("Retouch", "Wheel"), QT_TRANSLATE_NOOP("Retouch", "Zoom at the pointer")),
    (QT_TRANSLATE_NOOP("Retouch", "1 to 9, 0"), QT_TRANSLATE_NOOP("Retouch", "Opacity 10% to 90%, 100%")),
    (QT_TRANSLATE_NOOP("Retouch", "Tab, held"), QT_TRANSLATE_NOOP("Retouch", "The original alone")),
)


class RetouchSheet(QDialog):
    """Keys of the mode; any of Esc, ? and F1 closes it."""

    def __init__(self, tool: Tool, parent: QWidget | None = None) -> None:
        """`tool` is the one in hand; other tools' keys mean nothing now."""
        super().__init__(parent)
        self.setWindowTitle(translate("Window", "Keyboard"))
        self.setObjectName("sheet")
        sheet, row = QVBoxLayout(self), QHBoxLayout()
        sheet.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        sheet.setSpacing(3 * GRID)
        sheet.addLayout(sheet_head())
        row.setSpacing(6 * GRID)
        sheet.addLayout(row)
        held = [(translate("Retouch", what), translate("Retouch", does)) for what, does in HELD]
        own = [(translate("Retouch", tool.commands[0].group), _rows(tool.commands))] if tool.commands else []
        columns = (
            ((translate("Retouch", "Tools"), _rows(pick_commands())),),
            ((translate("Retouch", "Repair"), _rows(ROOM_COMMANDS)),),
            (*own, (translate("Window", "Pointer"), held)),
        )
        for groups in columns:
            column = QVBoxLayout()
            column.setSpacing(GRID)
            for title, rows in groups:
                add_group(column, title, rows)
            column.addStretch(1)
            row.addLayout(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" or event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.accept()


def _rows(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    return [(key_words(known), title_of(known)) for known in commands]
