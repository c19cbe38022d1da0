"""The settings: the window's own pages, then every table of the studio's settings.toml as a form."""

from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.settings.overrides import FILE
from pipeline.settings.overrides import Group
from pipeline.settings.overrides import setting_groups
from pipeline.settings.overrides import write_settings
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import icon
from reviewer.views.setting_form import SettingForm
from reviewer.views.setting_form import heading_of
from reviewer.views.setting_form import matching

SIZE, LIST_WIDTH = (960, 640), 224
SPLIT_TABLES = ("platforms",)
"""Tables whose parts are long enough for a page each."""


class SettingsDialog(QDialog):
    """Not modal: the line and the review go on while it is open.

    Signals:
        saved(Settings): the studio's file has new values.
    """

    saved = Signal(object)

    def __init__(self, studio: Path, pages: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._warned = studio, False
        self._groups: tuple[Group, ...] = ()
        self.setWindowTitle(translate("Settings", "Settings"))
        self.setObjectName("sheet")
        self.resize(*SIZE)
        self.form, self.stack, self.pages = SettingForm(), QStackedWidget(), QListWidget()
        self.stack.addWidget(self.form)
        self.search = QLineEdit()
        self.search.setPlaceholderText(translate("Settings", "Find a setting"))
        self.search.setAccessibleName(translate("Settings", "Find a setting"))
        self.search.setToolTip(translate("Settings", "Looks through names and descriptions of all settings"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._find)
        self.pages.setFixedWidth(LIST_WIDTH)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.pages.setAccessibleName(translate("Settings", "Pages"))
        self.pages.currentItemChanged.connect(self._turn)
        self._lay_out()
        self._read()
        self._list_pages(pages)
        self.form.edited.connect(self._edited)

    def _lay_out(self) -> None:
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        left.addWidget(self.search)
        left.addWidget(self.pages, 1)
        self.sentence = QLabel()
        self.sentence.setObjectName("soft")
        self.sentence.setWordWrap(True)
        self.save_button = QPushButton(translate("Settings", "Save"))
        self.save_button.setToolTip(
            translate("Settings", "Write the changes into the studio's {file}").format(file=FILE)
        )
        self.save_button.setEnabled(False)
        self.save_button.clicked.connect(self.save)
        self.close_button = QPushButton(translate("Settings", "Close"))
        self.close_button.setToolTip(translate("Settings", "Close the settings  (Esc)"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.close_button)
        right.addWidget(self.stack, 1)
        right.addLayout(foot)
        row.addLayout(left)
        row.addLayout(right, 1)

    def _read(self) -> None:
        try:
            self._groups = setting_groups(self._studio)
        except KnownError as error:
            self._say(str(error), wrong=True)

    def _list_pages(self, pages: Mapping[str, QWidget]) -> None:
        for title, page in pages.items():
            self.stack.addWidget(page)
            self._add_page(title, page)
        for path in dict.fromkeys(_page_of(group) for group in self._groups):
            fields = next((group.fields for group in self._groups if group.path == path), ())
            self._add_page(heading_of(path, fields), path)
        self.pages.setCurrentRow(0)

    def _add_page(self, title: str, what: QWidget | tuple[str, ...]) -> None:
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, what)
        self.pages.addItem(item)

    def show_page(self, title: str) -> None:
        """Turn to the page of that title."""
        for item in self.pages.findItems(title, Qt.MatchFlag.MatchExactly):
            self.pages.setCurrentItem(item)

    def _turn(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        what = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(what, QWidget):
            self.stack.setCurrentWidget(what)
        else:
            self._show_groups([group for group in self._groups if _page_of(group) == tuple(what)])

    def _find(self, text: str) -> None:
        if text.strip():
            self._show_groups(matching(self._groups, text))
        else:
            self._turn(self.pages.currentItem())

    def _show_groups(self, groups: Sequence[Group]) -> None:
        self.form.show_groups(groups)
        self.stack.setCurrentWidget(self.form)

    def _edited(self) -> None:
        self._warned = False
        self.save_button.setEnabled(self.form.dirty)
        self._say("")

    def save(self) -> None:
        """Write what was typed; where it does not fit, one sentence says why and nothing is written."""
        try:
            changes = self.form.changes()
            settings = write_settings(self._studio, changes)
        except KnownError as error:
            self._say(str(error), wrong=True)
            return
        self.form.forget()
        self.save_button.setEnabled(False)
        self._read()
        self._find(self.search.text())
        self._say(translate("Settings", "Saved for all new images; the window itself takes it up when started again."))
        self.saved.emit(settings)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.sentence.setObjectName("wrong" if wrong else "soft")
        self.sentence.style().polish(self.sentence)
        self.sentence.setText(sentence)

    def reject(self) -> None:
        if self.form.dirty and not self._warned:
            self._warned = True
            self._say(translate("Settings", "Not saved yet. Save it, or close once more to drop it."), wrong=True)
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Return in a field ends typing there and saves nothing by surprise.
            return
        super().keyPressEvent(event)


def _page_of(group: Group) -> tuple[str, ...]:
    return group.path[:2] if group.path[0] in SPLIT_TABLES else group.path[:1]
