"""Before a drop becomes a batch: which photos, which rows of the sheet, what is wrong. Not modal, copies nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from reviewer.desk import Desk
from reviewer.desk import Drop
from reviewer.language import counted
from reviewer.language import quoted
from reviewer.language import translate
from reviewer.models.intake import KINDS
from reviewer.models.intake import SAID
from reviewer.models.intake import IntakeModel
from reviewer.sentences import said_words
from reviewer.theme import GRID
from reviewer.widgets.bars import ProgressBar
from reviewer.widgets.buttons import FilterButton

if TYPE_CHECKING:
    from pipeline.batch.preview import Preview

SIZE, PROBLEMS_HEIGHT, ROW_HEIGHT = (980, 620), 112, 28
COLUMN_WIDTHS = (240, 104, 96, 104, 136)
KIND_TITLES = {
    "all": QT_TRANSLATE_NOOP("Intake", "Photos"),
    "matched": QT_TRANSLATE_NOOP("Intake", "With a row"),
    "unmatched": QT_TRANSLATE_NOOP("Intake", "Without a row"),
    "refused": QT_TRANSLATE_NOOP("Intake", "Unusable"),
}


class IntakeDialog(QDialog):
    """Shows what a drop would come to, and adds it when the person says so."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._paths, self._sheet = desk, tuple(paths), None
        self._stop = Flag()
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Intake", "Add photos"))
        self.resize(*SIZE)
        self.model = IntakeModel(self)
        self.name, self.client = QLineEdit(paths[0].stem), QLineEdit()
        self.title, self.sheet_words, self.sentence = QLabel(), QLabel(), QLabel()
        self.kinds: dict[str, FilterButton] = {}
        self.table, self.problems, self.bar = QTableView(), QListWidget(), ProgressBar()
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        self.title.setObjectName("title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.title)
        column.addLayout(self._fields())
        column.addLayout(self._lists())
        column.addWidget(self._dressed_table(), 1)
        self.problems.setAccessibleName(translate("Intake", "What is wrong with files and rows"))
        self.problems.setMaximumHeight(PROBLEMS_HEIGHT)
        self.problems.setWordWrap(True)
        column.addWidget(self.problems)
        column.addWidget(self.bar)
        column.addLayout(self._foot())

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        batch, client = translate("Intake", "Batch"), translate("Intake", "Client")
        for words, line, tip in (
            (
                batch,
                self.name,
                translate("Intake", "What the batch is called; one of that name gets a number behind it"),
            ),
            (client, self.client, translate("Intake", "Whose photos these are; a row of the sheet may say otherwise")),
        ):
            label = QLabel(words)
            label.setObjectName("soft")
            label.setBuddy(line)
            line.setAccessibleName(words)
            line.setToolTip(tip)
            line.setMaxLength(120)
            row.addWidget(label)
            row.addWidget(line, 1)
        self.sheet_button = QPushButton(translate("Intake", "Choose a sheet…"))
        self.sheet_button.setToolTip(
            translate("Intake", "A table (CSV) with file, SKU, category and tags of each photo")
        )
        self.sheet_button.setAutoDefault(False)
        self.sheet_button.clicked.connect(self.choose_sheet)
        row.addWidget(self.sheet_button)
        return row

    def _lists(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for kind in KINDS:
            button = FilterButton(translate("Intake", KIND_TITLES[kind]))
            button.setToolTip(translate("Intake", "Show only these"))
            button.setFixedWidth(104)
            button.clicked.connect(lambda _=False, kind=kind: self.model.set_kind(kind))
            row.addWidget(button)
            self.kinds[kind] = button
        self.kinds["all"].setChecked(True)
        self.sheet_words.setObjectName("soft")
        self.sheet_words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sheet_words, 1)
        return row

    def _dressed_table(self) -> QTableView:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(translate("Intake", "Photos of this drop"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        for place, width in enumerate(COLUMN_WIDTHS):
            table.setColumnWidth(place, width)
        table.horizontalHeader().setSectionResizeMode(SAID, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.sentence.setObjectName("soft")
        self.sentence.setWordWrap(True)
        self.add_button = QPushButton()
        self.add_button.setDefault(True)
        self.add_button.setToolTip(translate("Intake", "Copy the photos into the studio and process them  (Return)"))
        self.add_button.clicked.connect(self.add)
        cancel = QPushButton(translate("Intake", "Cancel"))
        cancel.setToolTip(translate("Intake", "Add nothing  (Esc)"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.add_button)
        row.addWidget(cancel)
        return row

    def look(self) -> None:
        """Look at the drop again, from its first photo."""
        self._stop.set()
        self._stop = stop = Flag()
        self.bar.show()
        self.problems.hide()
        self.add_button.setEnabled(False)
        self.add_button.setText(translate("Intake", "Add and process"))
        self._show_title(0)
        self._desk.preview(
            Drop(self._paths, sheet=self._sheet),
            lambda preview: None if stop.is_set() else self._show(preview),
            failed=lambda error: None if stop.is_set() else self._fail(error),
            on_progress=lambda done, total: None if stop.is_set() else self._progress(done, total),
            stop=stop.is_set,
        )

    def choose_sheet(self) -> None:
        """Ask for another sheet and look again."""
        start = self._paths[0] if self._paths[0].is_dir() else self._paths[0].parent
        kinds = translate("Intake", "Tables (*.csv *.tsv *.txt);;All files (*)")
        title = translate("Intake", "Choose the sheet of these photos")
        chosen, _ = QFileDialog.getOpenFileName(self, title, str(start), kinds)
        if chosen:
            self._sheet = Path(chosen)
            self.look()

    def add(self) -> None:
        """Take the drop in, as the person wrote it, and close."""
        self._desk.start_batch(
            self._paths, name=self.name.text().strip(), client=self.client.text().strip(), sheet=self._sheet
        )
        self.accept()

    def _progress(self, done: int, total: int) -> None:
        self.bar.set_share(done / total if total else 0.0)
        self.sentence.setText(counted("Reading %Ln headers", "", total))

    def _show(self, preview: Preview) -> None:
        self.bar.hide()
        self.model.show(preview)
        for kind, button in self.kinds.items():
            button.set_count(self.model.count(kind))
            # Without a sheet there is nothing to match.
            button.setVisible(kind in ("all", "refused") or bool(preview.sheets))
        self._show_title(len(preview.photos))
        self._show_sheets(preview)
        self.problems.clear()
        self.problems.addItems([said_words(problem) for problem in preview.problems])
        self.problems.setVisible(bool(preview.problems))
        usable = len(preview.photos) - self.model.count("refused")
        self.add_button.setEnabled(bool(preview.photos))
        self.add_button.setText(counted("Add %Ln photos", "", usable))
        self.sentence.setText(self._closing_words(preview, usable))
        self.add_button.setFocus()

    def _closing_words(self, preview: Preview, usable: int) -> str:
        if not preview.photos:
            return translate("Intake", "There is no photo here; choose another folder.")
        if usable < len(preview.photos):
            return translate("Intake", "What cannot be used is listed among the rejected, with its sentence.")
        return translate("Intake", "The originals are copied and never changed.")

    def _show_sheets(self, preview: Preview) -> None:
        names = ", ".join(path.name for path in preview.sheets)
        nothing = translate("Intake", "No sheet.csv beside the photos")
        self.sheet_words.setText(translate("Intake", "Rows from {names}").format(names=names) if names else nothing)
        self.sheet_words.setToolTip("\n".join(map(str, preview.sheets)))
        other = translate("Intake", "Another sheet…")
        self.sheet_button.setText(other if names else translate("Intake", "Choose a sheet…"))

    def _show_title(self, count: int) -> None:
        where = self._paths[0].name or str(self._paths[0])
        if len(self._paths) > 1:
            where = translate("Intake", "{name} and {more} more").format(name=where, more=len(self._paths) - 1)
        words = counted("%Ln photos in {where}", "", count) if count else translate("Intake", "Looking at {where}")
        self.title.setText(words.format(where=quoted(where)))

    def _fail(self, error: KnownError) -> None:
        self.bar.hide()
        self.sentence.setText(said_words(str(error)))

    def reject(self) -> None:
        self._stop.set()
        super().reject()
