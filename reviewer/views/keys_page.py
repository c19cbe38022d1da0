"""A page of the settings: the keys of every command, which the person may change; no key can mean two things."""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QKeySequenceEdit
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableWidget
from PySide6.QtWidgets import QTableWidgetItem
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.actions import COMMANDS
from reviewer.actions import Command
from reviewer.actions import conflict
from reviewer.actions import key_text
from reviewer.actions import own_keys
from reviewer.actions import title_of
from reviewer.actions import use_keys
from reviewer.language import translate
from reviewer.models.sitting import Sitting
from reviewer.theme import GRID
from reviewer.views.retouch_keys import STAY
from reviewer.views.retouch_keys import key_words
from reviewer.views.retouch_keys import keys_of
from reviewer.views.retouch_keys import title_of as repair_title
from reviewer.views.retouch_tools import all_commands
from reviewer.views.retouch_tools import conflict_in_repair

GROUPS = {
    "Decide": QT_TRANSLATE_NOOP("Keys", "Decide"),
    "Move": QT_TRANSLATE_NOOP("Keys", "Move"),
    "Look": QT_TRANSLATE_NOOP("Keys", "Look"),
    "Window": QT_TRANSLATE_NOOP("Keys", "Window"),
}
GROUP_WIDTH, KEYS_WIDTH, ROW_HEIGHT = 96, 232, 28


class KeysPage(QWidget):
    """The table of commands and a field for another key.

    Signals:
        changed: the keys are others now, and kept.
    """

    changed = Signal()

    def __init__(self, sitting: Sitting, reserved: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._reserved = sitting, reserved
        self.setObjectName("formBody")
        self.commands: tuple[Command, ...] = (*COMMANDS, *all_commands())
        self.table, self.field, self.sentence = QTableWidget(len(self.commands), 3), QKeySequenceEdit(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        column.setSpacing(GRID)
        heading = QLabel(translate("Keys", "Keyboard"))
        heading.setObjectName("title")
        self.sentence.setWordWrap(True)
        self.sentence.setObjectName("small")
        self._dress_table()
        column.addWidget(heading)
        column.addWidget(self.table, 1)
        column.addLayout(self._line())
        column.addWidget(self.sentence)
        self._fill()
        self.table.setCurrentCell(0, 1)

    def _dress_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(
            [translate("Keys", "Where"), translate("Keys", "Command"), translate("Keys", "Keys")]
        )
        table.setAccessibleName(translate("Keys", "Commands and their keys"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, GROUP_WIDTH)
        table.setColumnWidth(2, KEYS_WIDTH)
        table.currentCellChanged.connect(lambda *_: self._say(""))

    def _line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        label = QLabel(translate("Keys", "Another key"))
        label.setBuddy(self.field)
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(translate("Keys", "Another key"))
        self.field.setToolTip(translate("Keys", "Click here, then press the key"))
        row.addWidget(label)
        row.addWidget(self.field, 1)
        for words, tip, verb in (
            (translate("Keys", "Use it"), translate("Keys", "The command has this key instead of its keys"), self.use),
            (translate("Keys", "Add it"), translate("Keys", "The command has this key beside its keys"), self.add),
            (translate("Keys", "Shipped"), translate("Keys", "The command has its shipped keys again"), self.reset),
            (
                translate("Keys", "All shipped"),
                translate("Keys", "All commands have their shipped keys"),
                self.reset_all,
            ),
        ):
            button = QPushButton(words)
            button.setObjectName("compact")
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(verb)
            row.addWidget(button)
        return row

    def choose(self, name: str) -> None:
        """Select a command."""
        self.table.setCurrentCell([known.name for known in self.commands].index(name), 1)

    def use(self) -> None:
        """Give the selected command the key in the field, and only that."""
        self._give(())

    def add(self) -> None:
        """Give the selected command the key in the field, too."""
        self._give(keys_of(self._chosen()))

    def reset(self) -> None:
        """Give the selected command its shipped keys, unless another one has taken one of them."""
        chosen = self._chosen()
        self._set(chosen, chosen.keys, own=False)

    def reset_all(self) -> None:
        """Give all commands their shipped keys."""
        self._keep({})
        self._say(translate("Keys", "All commands have their shipped keys."))

    def _chosen(self) -> Command:
        return self.commands[max(0, self.table.currentRow())]

    def _give(self, beside: tuple[str, ...]) -> None:
        key = self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if not key:
            self._say(translate("Keys", "Click into the field and press a key first."))
            return
        self._set(self._chosen(), tuple(dict.fromkeys((*beside, key))), own=True)

    def _set(self, chosen: Command, keys: tuple[str, ...], *, own: bool) -> None:
        for key in keys:
            taken = self._conflict(chosen, key)
            if taken:
                words = translate("Keys", "{key} already means “{title}”; choose another key or change that one first.")
                self._say(words.format(key=key_text(key), title=taken))
                return
        mine = {name: given for name, given in own_keys().items() if name != chosen.name}
        self._keep(mine | {chosen.name: keys} if own else mine)
        words = translate("Keys", "“{title}” is {keys} now.")
        self._say(words.format(title=_title(chosen), keys=key_words(chosen)))
        self.field.clear()

    def _conflict(self, chosen: Command, key: str) -> str:
        """The two modes share no key but those of what means the same in both."""
        taken = conflict(chosen.name, key, self._reserved) if chosen in COMMANDS else ""
        both = chosen not in COMMANDS or chosen.name in STAY
        return taken or (conflict_in_repair(chosen, key) if both else "")

    def _keep(self, own: Mapping[str, tuple[str, ...]]) -> None:
        use_keys(own)
        self._sitting.remember_keys(own)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        for row, known in enumerate(self.commands):
            cells = (_group(known), _title(known), key_words(known))
            for place, words in enumerate(cells):
                self.table.setItem(row, place, QTableWidgetItem(words))

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)


def _title(known: Command) -> str:
    return title_of(known) if known in COMMANDS else repair_title(known)


def _group(known: Command) -> str:
    return translate("Keys", GROUPS[known.group]) if known in COMMANDS else translate("Retouch", known.group)
