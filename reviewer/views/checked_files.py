"""Finished files in a list: each judged by its decoded bytes, with one sentence; known ones open beside their original.

Not modal: files may be added while others are judged. The chosen file is shown as it decodes; where it was made from
an image of this studio, the window shows it beside its original.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
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
from PySide6.QtWidgets import QSplitter
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from reviewer.desk import Desk
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.models.judged import VERDICT
from reviewer.models.judged import FileRow
from reviewer.models.judged import JudgedModel
from reviewer.sentences import said_words
from reviewer.theme import GRID
from reviewer.titles import platform_title
from reviewer.views.file_words import failure_words
from reviewer.views.pixel_words import readout_words
from reviewer.widgets.alive import while_alive
from reviewer.widgets.bars import ProgressBar
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.file_canvas import FileCanvas

if TYPE_CHECKING:
    from pipeline.measure.delivery_report import Failure
    from pipeline.run.judge import Judged
    from pipeline.settings import Platform
    from reviewer.images.finished import FileLook

SIZE, ROW_HEIGHT, CHOOSER_WIDTH = (1080, 680), 28, 220
SHARES = [170, 430]
COLUMN_WIDTHS = (200, 168, 72, 128)
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif")


class CheckedFiles(QDialog):
    """The list and what can be done with it.

    Signals:
        shown(Judged): the person wants to see that file beside its original.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk, platforms: Mapping[str, Platform], parent: QWidget | None = None) -> None:
        """`platforms` are the rules of the places of sale by their names."""
        super().__init__(parent)
        self._desk, self._turn, self._rules = desk, 0, dict(platforms)
        self._look: FileLook | None = None
        self._looked_at: Judged | None = None
        self._paths: list[Path] = []
        self._judged: dict[Path, Judged] = {}
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Judged", "Check finished files"))
        self.resize(*SIZE)
        self.setAcceptDrops(True)
        self.model, self.table = JudgedModel(self), QTableView()
        self.title, self.sentence, self.bar = QLabel(), QLabel(), ProgressBar()
        self.canvas, self.readout, self.found = FileCanvas(), QLabel(), QLabel()
        rules = translate("Judged", "Rules of")
        self.platforms = Chooser(rules, translate("Judged", "By whose rules the files are judged"), CHOOSER_WIDTH)
        self.platforms.addItem(translate("Judged", "Where each was delivered to"), "")
        for name, known in platforms.items():
            self.platforms.addItem(platform_title(known.title or name), name)
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
        self.mark_button = QPushButton(translate("Judged", "Mark faults"))
        self.mark_button.setCheckable(True)
        self.mark_button.setChecked(True)
        self.mark_button.setToolTip(translate("Judged", "Mark every background pixel that is not exactly white"))
        self.mark_button.toggled.connect(self._show_look)
        foot.addWidget(self.sentence, 1)
        for button in (self.mark_button, self.add_button, self.show_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column.addLayout(head)
        column.addWidget(self._seen(), 1)
        column.addWidget(self.bar)
        column.addLayout(foot)

    def _seen(self) -> QSplitter:
        """The list, and below it the chosen file with what lies under the pointer."""
        picture, column = QWidget(), QVBoxLayout()
        picture.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.readout.setObjectName("small")
        self.canvas.pointed.connect(lambda seen: self.readout.setText(readout_words(seen) if seen else ""))
        self.found.setWordWrap(True)
        column.addWidget(self.found)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.readout)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._dressed_table())
        split.addWidget(picture)
        split.setSizes(SHARES)
        return split

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
        verdicts = (translate("Judged", each) for each in ("passes", "fails"))
        table.setColumnWidth(VERDICT, max(map(table.fontMetrics().horizontalAdvance, verdicts)) + 3 * GRID)
        table.selectionModel().currentRowChanged.connect(lambda *_: self._choose_row())
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
        self._take(turn, number, row_of(judged, self._rules.get(judged.platform)))

    def _fail(self, turn: int, number: int, error: KnownError) -> None:
        self._take(turn, number, FileRow(self._paths[number], trouble=said_words(str(error))))

    def _take(self, turn: int, number: int, row: FileRow) -> None:
        if turn != self._turn:
            return
        self.model.put(number, row)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(number)
        self._choose_row()

    def _choose_row(self) -> None:
        """Bring the pixels of the chosen file."""
        self._show_sum()
        chosen, turn = self._chosen(), self._turn
        if chosen is self._looked_at:
            return
        self._looked_at, self._look = chosen, None
        self._show_look()
        if chosen is None:
            return
        rules = self._rules.get(chosen.platform)

        def take(look: FileLook) -> None:
            if self._looked_at is chosen:
                self._look = look
                self._show_look()

        marks = chosen.entry is None and rules is not None and rules.background == "pure_white"
        wanted = partial(self._wants, turn, chosen)
        self._desk.judging.look(chosen, while_alive(self, take), marks=marks, wanted=wanted)

    def _wants(self, turn: int, judged: Judged) -> bool:
        return turn == self._turn and self._looked_at is judged

    def _show_look(self) -> None:
        look, chosen = self._look, self._looked_at
        self.mark_button.setEnabled(look is not None and look.marked is not None)
        if look is None or chosen is None:
            self.canvas.show_picture(0, None)
            return
        marked = look.marked if self.mark_button.isChecked() else None
        count = numeral(f"{look.off_white:,}")
        said = translate("Window", "{count} background px not exactly white").format(count=count) if marked else ""
        number = self._paths.index(chosen.path)
        self.canvas.show_picture(number, marked or look.picture, chosen.path.name, said)

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
        else:
            elsewhere = chosen is not None and chosen.entry is None
            note = translate("Judged", "This file did not leave this studio, so only its own pixels can be judged.")
            self.sentence.setText(note if elsewhere else counted("%Ln files do not pass.", "finished", failed))
        index = self.table.currentIndex()
        self.found.setText("\n".join(self.model.row(index.row()).found) if index.isValid() else "")
        self.found.setVisible(bool(self.found.text()))

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


def row_of(judged: Judged, rules: Platform | None) -> FileRow:
    """Return what the list shows of a judged file, by the rules of its place of sale where they are known here."""
    report, doubt = judged.report, translate("Judged", "cannot be told without a mask: {what}")

    def words(failure: Failure) -> str:
        return failure_words(failure, report, rules) if rules is not None else failure.detail

    found = [words(failure) for failure in (*report.failures, *report.warnings)]
    found += [doubt.format(what=words(failure)) for failure in report.cannot_tell]
    source = judged.entry.record.file if judged.entry is not None else ""
    platform = platform_title(rules.title) if rules is not None and rules.title else judged.platform
    return FileRow(judged.path, platform, report.passed, source, tuple(found))
