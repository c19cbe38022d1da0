"""Delivery: for which places of sale, under which names, into which folder; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QCheckBox
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QListWidget
from PySide6.QtWidgets import QListWidgetItem
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.settings import Platform
from reviewer.desk import Desk
from reviewer.desk.shipping import Parcels
from reviewer.language import counted
from reviewer.language import translate
from reviewer.models.names import NAME
from reviewer.models.names import NamesModel
from reviewer.sentences import said_words
from reviewer.theme import GRID
from reviewer.titles import platform_title
from reviewer.views.shipping_words import export_words
from reviewer.views.shipping_words import missed_words
from reviewer.widgets.alive import while_alive
from reviewer.widgets.bars import ProgressBar

if TYPE_CHECKING:
    from pipeline.batch.names import NameRow
    from pipeline.run.deliver import ExportReport

SIZE, PLATFORMS_WIDTH, SAID_HEIGHT, ROW_HEIGHT, PROBLEM_HEIGHT = (1280, 680), 220, 140, 28, 60
COLUMN_WIDTHS = (176, 88, 112, 120, 64)


class DeliveryDialog(QDialog):
    """Asks where to, shows the names, and delivers in the back; not modal."""

    def __init__(
        self, desk: Desk, batch: str, platforms: Mapping[str, Platform], folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._batch, self._busy = desk, batch, False
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Delivery", "Deliver"))
        self.resize(*SIZE)
        self.model, self.table = NamesModel(self), QTableView()
        self.platforms, self.said, self.bar = QListWidget(), QListWidget(), ProgressBar()
        self.folder, self.archive = QLineEdit(str(folder / batch)), QCheckBox(translate("Delivery", "As ZIP files"))
        self.title, self.sentence = QLabel(), QLabel()
        self.deliver_button, self.open_button = QPushButton(), QPushButton(translate("Delivery", "Open the folder"))
        self._fill(platforms)
        self._lay_out()
        self._connect()
        self.look()

    def _fill(self, platforms: Mapping[str, Platform]) -> None:
        for name, rules in platforms.items():
            item = QListWidgetItem(platform_title(rules.title))
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(
                translate("Delivery", "{source}; read on {day}").format(source=rules.source, day=rules.dated)
            )
            self.platforms.addItem(item)
        first = self.platforms.item(0)
        if first is not None:
            first.setCheckState(Qt.CheckState.Checked)
            self.platforms.setCurrentItem(first)

    def _lay_out(self) -> None:
        column, middle = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        self.title.setObjectName("title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setText(translate("Delivery", "Deliver “{batch}”").format(batch=self._batch))
        column.addWidget(self.title)
        self.platforms.setFixedWidth(PLATFORMS_WIDTH)
        self.platforms.setAccessibleName(translate("Delivery", "Places of sale"))
        middle.addWidget(self.platforms)
        middle.addWidget(self._dressed_table(), 1)
        column.addLayout(middle, 1)
        column.addLayout(self._where())
        column.addWidget(self.bar)
        self.said.setMaximumHeight(SAID_HEIGHT)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(translate("Delivery", "What became of the delivery"))
        self.said.hide()
        column.addWidget(self.said)
        column.addLayout(self._foot())
        self.bar.hide()

    def _dressed_table(self) -> QTableView:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(translate("Delivery", "Names of the files"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        for place, width in enumerate(COLUMN_WIDTHS):
            table.setColumnWidth(place, width)
        table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _where(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), translate("Delivery", "Into the folder")
        row.setSpacing(GRID)
        label = QLabel(words)
        label.setObjectName("soft")
        label.setBuddy(self.folder)
        self.folder.setAccessibleName(words)
        choose = QPushButton(translate("Delivery", "Choose…"))
        choose.setToolTip(translate("Delivery", "Choose an empty folder, or one of an earlier delivery of this batch"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self.choose_folder)
        self.archive.setToolTip(translate("Delivery", "One ZIP for each client and place of sale"))
        for widget, stretch in ((label, 0), (self.folder, 1), (choose, 0), (self.archive, 0)):
            row.addWidget(widget, stretch)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.sentence.setObjectName("soft")
        self.sentence.setWordWrap(True)
        self.deliver_button.setDefault(True)
        self.deliver_button.setText(translate("Delivery", "Deliver"))
        self.deliver_button.setToolTip(translate("Delivery", "Render, verify and pack what is approved  (Return)"))
        self.open_button.setAutoDefault(False)
        self.open_button.hide()
        close = QPushButton(translate("Delivery", "Close"))
        close.setToolTip(translate("Delivery", "A delivery under way goes on  (Esc)"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        for widget, stretch in ((self.sentence, 1), (self.open_button, 0), (self.deliver_button, 0), (close, 0)):
            row.addWidget(widget, stretch)
        return row

    def _connect(self) -> None:
        shipping = self._desk.shipping
        self.platforms.currentItemChanged.connect(lambda *_: self.look())
        self.platforms.itemChanged.connect(lambda _: self._show_sum())
        self.model.corrected.connect(self._correct)
        self.deliver_button.clicked.connect(self.deliver)
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text())))
        shipping.moved.connect(self._move)
        shipping.changed.connect(lambda change: self.look() if change.batch == self._batch else None)

    def chosen(self) -> tuple[str, ...]:
        """Return the places of sale that are ticked."""
        items = [self.platforms.item(row) for row in range(self.platforms.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)

    def look(self) -> None:
        """Read how the files will be called at the place of sale that is looked at."""
        item = self.platforms.currentItem()
        if item is not None:
            platform = item.data(Qt.ItemDataRole.UserRole)
            show, fail = while_alive(self, self._show_names), while_alive(self, self._fail)
            self._desk.shipping.names(self._batch, platform, show, failed=fail)

    def choose_folder(self) -> None:
        """Ask where to."""
        title = translate("Delivery", "Where the delivery goes")
        chosen = QFileDialog.getExistingDirectory(self, title, str(Path(self.folder.text()).parent))
        if chosen:
            self.folder.setText(chosen)

    def deliver(self) -> None:
        """Start, unless a delivery is under way."""
        platforms, folder = self.chosen(), self.folder.text().strip()
        if self._busy or not platforms or not folder:
            return
        self._set_busy(True)
        self.said.hide()
        parcels = Parcels(self._batch, platforms, Path(folder).expanduser(), self.archive.isChecked())
        done, fail = while_alive(self, self._show_report), while_alive(self, self._fail)
        self._desk.shipping.deliver(parcels, done, failed=fail)

    def _correct(self, image: int, field: str, text: str) -> None:
        who, failed = self._desk.person, while_alive(self, self._fail)
        self._desk.shipping.rename(self._batch, image, {field: text}, who, failed=failed)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.bar.setVisible(busy)
        self.bar.set_share(0.0)
        self._show_sum()

    def _move(self, done: int, total: int, file: str) -> None:
        self.bar.set_share(done / total if total else 0.0)
        self.sentence.setText(translate("Delivery", "Packing {file}").format(file=file) if file else "")

    def _show_names(self, rows: list[NameRow]) -> None:
        self.model.set_rows(rows)
        for number, row in enumerate(rows):
            self.table.setRowHeight(number, PROBLEM_HEIGHT if row.problem else ROW_HEIGHT)
        self._show_sum()

    def _show_sum(self) -> None:
        rows = [self.model.row(number) for number in range(self.model.rowCount())]
        leaving = sum(not row.waits for row in rows)
        self.deliver_button.setEnabled(bool(self.chosen()) and leaving > 0 and not self._busy)
        if not self._busy:
            unnamed = sum(bool(row.problem) for row in rows)
            said = [counted("%Ln images are approved and may leave", "", leaving)]
            said += [counted("%Ln have no name here yet", "", unnamed)] if unnamed else []
            self.sentence.setText("; ".join(said))

    def _show_report(self, report: ExportReport) -> None:
        self._set_busy(False)
        self.said.clear()
        self.said.addItems([export_words(report), *map(missed_words, report.missed)])
        self.said.show()
        self.open_button.setVisible(bool(report.packages))

    def _fail(self, error: KnownError) -> None:
        self._set_busy(False)
        self.sentence.setText(said_words(str(error)))
