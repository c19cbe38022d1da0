"""Finished files in a list: each judged by its decoded bytes, with one sentence; known ones open beside their original.

Not modal: files may be added while others are judged, and the window shows the chosen one.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from reviewer.desk import Desk
from reviewer.language import counted
from reviewer.language import translate
from reviewer.models.judged import FileRow
from reviewer.models.judged import JudgedModel
from reviewer.theme import GRID
from reviewer.widgets.alive import while_alive
from reviewer.widgets.bars import ProgressBar
from reviewer.widgets.chooser import Chooser

if TYPE_CHECKING:
    from pipeline.run.judge import Judged

SIZE, ROW_HEIGHT, CHOOSER_WIDTH = (980, 480), 28, 220
COLUMN_WIDTHS = (184, 112, 72, 160)
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif")


class CheckedFiles(QDialog):
    """The list and what can be done with it.

    Signals:
        shown(Judged): the person wants to see that file beside its original.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, platforms: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`platforms` are the titles of the places of sale by their names."""
        super().__init__(parent)
        self._desk, self._turn, self._titles = desk, 0, dict(platforms)
        self._paths: list[Path] = []
        self._judged: dict[Path, Judged] = {}
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Judged", "Check finished files"))
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self.model, self.table = JudgedModel(self), QTableView()
        self.title, self.sentence, self.bar = QLabel(), QLabel(), ProgressBar()
        rules = translate("Judged", "Rules of")
        self.platforms = Chooser(rules, translate("Judged", "By whose rules the files are judged"), CHOOSER_WIDTH)
        self.platforms.addItem(translate("Judged", "Where each was delivered to"), "")
        for name, title in platforms.items():
            self.platforms.addItem(title, name)
        self.platforms.activated.connect(lambda _: self.look(self._paths))
        self._lay_out()
        self._show_sum()

    def _lay_out(self) -> None:
        column, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        self.title.setObjectName("title")
        head.addWidget(self.title, 1)
        head.addWidget(self.platforms)
        self.sentence.setObjectName("small")
        self.sentence.setWordWrap(True)
        self.add_button = QPushButton(translate("Judged", "Add files…"))
        self.add_button.setToolTip(translate("Judged", "Choose finished files; dropping them here does the same"))
        self.add_button.clicked.connect(self.choose)
        self.show_button = QPushButton(translate("Judged", "Look at it"))
        self.show_button.setToolTip(translate("Judged", "Show the chosen file beside the original it was made from"))
        self.show_button.clicked.connect(self.show_chosen)
        for button in (self.add_button, self.show_button):
            button.setAutoDefault(False)
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.add_button)
        foot.addWidget(self.show_button)
        column.addLayout(head)
        column.addWidget(self._dressed_table(), 1)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def _dressed_table(self) -> QTableView:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(translate("Judged", "Finished files and what was found in them"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        for place, width in enumerate(COLUMN_WIDTHS):
            table.setColumnWidth(place, width)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._show_sum())
        table.doubleClicked.connect(lambda _: self.show_chosen())
        return table

    def choose(self) -> None:
        """Ask for more files."""
        pictures = translate("Judged", "Pictures") + f" ({' '.join(f'*{ending}' for ending in PICTURES)})"
        title = translate("Judged", "Finished files to check")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", pictures)
        if names:
            self.add([Path(name) for name in names])

    def add(self, paths: Sequence[Path]) -> None:
        """Judge these files, too; of a folder, the pictures in it."""
        files = [file for path in paths for file in (_pictures_in(path) if path.is_dir() else [path])]
        self.look([*self._paths, *(file for file in files if file not in self._paths)])

    def look(self, paths: Sequence[Path]) -> None:
        """Judge exactly these files."""
        self._turn += 1
        self._paths, self._judged = list(paths), {}
        self.model.set_rows([FileRow(path) for path in paths])
        turn, platform = self._turn, str(self.platforms.currentData())
        for number, path in enumerate(paths):
            self._desk.judging.judge(
                path,
                platform,
                while_alive(self, lambda judged, number=number: self._settle(turn, number, judged)),
                failed=while_alive(self, lambda error, number=number: self._fail(turn, number, error)),
                wanted=lambda: turn == self._turn,
            )
        self._show_sum()

    def show_chosen(self) -> None:
        """Show the chosen file beside its original, where it was made here."""
        judged = self._chosen()
        if judged is not None and judged.entry is not None:
            self.shown.emit(judged)

    def _chosen(self) -> Judged | None:
        index = self.table.currentIndex()
        return self._judged.get(self.model.row(index.row()).path) if index.isValid() else None

    def _settle(self, turn: int, number: int, judged: Judged) -> None:
        if turn == self._turn:
            self._judged[judged.path] = judged
        self._take(turn, number, row_of(judged, self._titles.get(judged.platform, judged.platform)))

    def _fail(self, turn: int, number: int, error: KnownError) -> None:
        self._take(turn, number, FileRow(self._paths[number], trouble=str(error)))

    def _take(self, turn: int, number: int, row: FileRow) -> None:
        if turn != self._turn:
            return
        self.model.put(number, row)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(number)
        self._show_sum()

    def _show_sum(self) -> None:
        rows = [self.model.row(number) for number in range(self.model.rowCount())]
        seen = [row for row in rows if row.settled]
        failed = sum(row.passed is not True for row in seen)
        self.title.setText(counted("%Ln files", "finished", len(rows)))
        self.bar.setVisible(len(seen) < len(rows))
        self.bar.set_share(len(seen) / len(rows) if rows else 0.0)
        chosen = self._chosen()
        self.show_button.setEnabled(chosen is not None and chosen.entry is not None)
        if not rows:
            self.sentence.setText(translate("Judged", "Drop finished files here; each is judged as it decodes."))
        elif chosen is not None and chosen.entry is None:
            self.sentence.setText(
                translate("Judged", "This file did not leave this studio, so only its own pixels can be judged.")
            )
        else:
            self.sentence.setText(counted("%Ln files do not pass.", "finished", failed))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: object) -> None:
        self._turn += 1
        super().closeEvent(event)

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.show_chosen()
        else:
            super().keyPressEvent(event)


def _pictures_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in PICTURES)


def row_of(judged: Judged, platform: str) -> FileRow:
    """Return what the list shows of a judged file, with the title of its place of sale."""
    report, doubt = judged.report, translate("Judged", "cannot be told without a mask: {what}")
    found = [failure.detail for failure in (*report.failures, *report.warnings)]
    found += [doubt.format(what=failure.detail) for failure in report.cannot_tell]
    source = judged.entry.record.file if judged.entry is not None else ""
    return FileRow(judged.path, platform, report.passed, source, tuple(found))
