"""The studio's settings as forms: one page for each table, made when it is looked at; a search over all of them."""

from collections.abc import Iterable
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.settings.overrides import Field
from pipeline.settings.overrides import Group
from pipeline.settings.overrides import KeyPath
from pipeline.settings.overrides import Value
from pipeline.settings.overrides import parsed
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.setting_row import SettingRow
from reviewer.views.setting_row import title_of_key

MOST_FOUND = 60
TITLES = {
    "ingest": QT_TRANSLATE_NOOP("Settings", "Taking photos in"),
    "line": QT_TRANSLATE_NOOP("Settings", "The line"),
    "watch": QT_TRANSLATE_NOOP("Settings", "Hot folder"),
    "training": QT_TRANSLATE_NOOP("Settings", "Learning from decisions"),
    "grouping": QT_TRANSLATE_NOOP("Settings", "Shoot groups"),
    "classify": QT_TRANSLATE_NOOP("Settings", "Simple or complex"),
    "framing": QT_TRANSLATE_NOOP("Settings", "Frame"),
    "color": QT_TRANSLATE_NOOP("Settings", "Colour"),
    "shadow": QT_TRANSLATE_NOOP("Settings", "Shadow"),
    "scoring": QT_TRANSLATE_NOOP("Settings", "Score and verdict"),
    "routing": QT_TRANSLATE_NOOP("Settings", "Who has to look"),
    "clean_up": QT_TRANSLATE_NOOP("Settings", "Taking marks away"),
    "release": QT_TRANSLATE_NOOP("Settings", "Release in waves"),
    "retention": QT_TRANSLATE_NOOP("Settings", "How long files are kept"),
    "storage": QT_TRANSLATE_NOOP("Settings", "Files in a bucket"),
    "naming": QT_TRANSLATE_NOOP("Settings", "Names of delivered files"),
    "review": QT_TRANSLATE_NOOP("Settings", "Review"),
    "tools": QT_TRANSLATE_NOOP("Settings", "Cut-out engines"),
    "platforms": QT_TRANSLATE_NOOP("Settings", "Platform"),
    "categories": QT_TRANSLATE_NOOP("Settings", "Categories"),
    "tags": QT_TRANSLATE_NOOP("Settings", "Tags"),
    "reasons": QT_TRANSLATE_NOOP("Settings", "Reasons"),
}
"""What the tables of the settings are called; a table without a name here is called by its own."""


class SettingForm(QScrollArea):
    """The rows of some groups; what was typed on one page is kept while another one is shown.

    Signals:
        edited: something was typed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("Settings", "Settings of the studio"))
        self.rows: list[SettingRow] = []
        self._typed: dict[KeyPath, tuple[Field, str]] = {}

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show the rows of these groups, each under its heading."""
        self.rows = []
        body = QWidget()
        body.setObjectName("formBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        for group in groups:
            self._add_group(column, group)
        if not groups:
            nothing = QLabel(translate("Settings", "No setting has this in its name or description."))
            nothing.setObjectName("soft")
            column.addWidget(nothing)
        column.addStretch(1)
        self.setWidget(body)

    def _add_group(self, column: QVBoxLayout, group: Group) -> None:
        heading, words = QLabel(heading_of(group.path, group.fields)), QLabel(group.words.replace("`", ""))
        heading.setObjectName("title")
        words.setObjectName("small")
        words.setWordWrap(True)
        words.setVisible(bool(group.words))
        column.addWidget(heading)
        column.addWidget(words)
        for field in group.fields:
            typed = self._typed.get(field.path)
            row = SettingRow(field, typed[1] if typed else None)
            row.edited.connect(lambda row=row: self._note(row))
            column.addWidget(row)
            self.rows.append(row)

    def _note(self, row: SettingRow) -> None:
        if row.value == row.field.value and not row.trouble:
            self._typed.pop(row.field.path, None)
        else:
            self._typed[row.field.path] = (row.field, row.text)
        self.edited.emit()

    @property
    def dirty(self) -> bool:
        """Say whether something was typed that is not saved."""
        return bool(self._typed)

    def changes(self) -> dict[KeyPath, Value | None]:
        """Return what was typed, by path; None where it is the shipped value again.

        Raises SettingsError for the first that does not fit.
        """
        found: dict[KeyPath, Value | None] = {}
        for path, (field, text) in self._typed.items():
            value = parsed(field, text)
            found[path] = None if value == field.shipped else value
        return found

    def forget(self) -> None:
        """Forget what was typed."""
        self._typed.clear()


def heading_of(path: KeyPath, fields: Iterable[Field] = ()) -> str:
    """Return the name of a table in plain words: "Score and verdict: flags"; its own title where it has one."""
    first = translate("Settings", TITLES[path[0]]) if path[0] in TITLES else title_of_key(path[0])
    title = next((str(field.value) for field in fields if field.key == "title"), "")
    return ": ".join((first, title) if title else (first, *(name.replace("_", " ") for name in path[1:])))


def matching(groups: Iterable[Group], text: str) -> tuple[Group, ...]:
    """Return the groups with the fields that have every word of `text` in name or description, not too many."""
    words = text.casefold().split()
    found: list[Group] = []
    room = MOST_FOUND
    for group in groups:
        fields = tuple(
            field
            for field in group.fields
            if all(word in f"{field.key} {field.key.replace('_', ' ')} {field.words}".casefold() for word in words)
        )[:room]
        if fields:
            found.append(Group(group.path, "", fields))
            room -= len(fields)
    return tuple(found)
