"""A page of the settings: the cut-out networks, as `whitepoint models` has them; look, bring in from a file, check."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.settings import Settings
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.models.cutters import FOR
from reviewer.models.cutters import CutterModel
from reviewer.theme import GRID
from reviewer.widgets.alive import while_alive

if TYPE_CHECKING:
    from pipeline.tools.catalogue import Weights

Answer = TypeVar("Answer")
COLUMN_WIDTHS = (152, 72, 72, 168, 120, 104)
ROW_HEIGHT = 28


class ModelsPage(QWidget):
    """The table and its verbs; hashing files and copying them go on in the background."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._settings = desk, settings
        self.setObjectName("formBody")
        self.model, self.table, self.sentence = CutterModel(self), QTableView(), QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        column.setSpacing(GRID)
        heading, words = QLabel(translate("Models", "Cut-out networks")), QLabel()
        heading.setObjectName("title")
        words.setObjectName("small")
        words.setWordWrap(True)
        words.setText(
            translate(
                "Models",
                "The embedded network ships with Whitepoint. Others bring licences of their own; nothing is downloaded "
                "from here, and a file that is not the published one is refused.",
            )
        )
        self.sentence.setObjectName("small")
        self.sentence.setWordWrap(True)
        self._dress_table()
        for widget in (heading, words):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        column.addWidget(self.sentence)
        self.look()

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(translate("Models", "Cut-out networks"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setHighlightSections(False)
        for place, width in enumerate(COLUMN_WIDTHS):
            table.setColumnWidth(place, width)
        table.horizontalHeader().setSectionResizeMode(FOR, QHeaderView.ResizeMode.Stretch)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.file_button = QPushButton(translate("Models", "Install from a file…"))
        self.file_button.setToolTip(translate("Models", "Bring in the chosen network's file, and check it"))
        self.file_button.clicked.connect(self.choose_file)
        self.check_button = QPushButton(translate("Models", "Check all"))
        self.check_button.setToolTip(translate("Models", "Hash every installed file again"))
        self.check_button.clicked.connect(self.check)
        for button in (self.file_button, self.check_button):
            button.setObjectName("compact")
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def look(self) -> None:
        """Look at the disk again."""
        settings = self._settings
        self.sentence.setText(translate("Models", "Looking at the installed files"))
        self._ask(lambda: _looked_up(settings), self._show)

    def check(self) -> None:
        """Hash every installed file again and say what is wrong."""
        settings = self._settings
        self.sentence.setText(translate("Models", "Hashing the installed files"))
        self._ask(lambda: _checked(settings), self._show_checked)

    def choose_file(self) -> None:
        """Ask for the file of the chosen network."""
        row = self.table.currentIndex().row()
        if row < 0:
            self.sentence.setText(translate("Models", "Choose a network in the table first."))
            return
        name = self.model.row(row).model.name
        title = translate("Models", "Choose the file of {name}").format(name=name)
        kinds = translate("Models", "Networks (*.onnx);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if chosen:
            self.install(name, Path(chosen))

    def install(self, name: str, source: Path) -> None:
        """Bring a network's file in."""
        settings = self._settings
        self.sentence.setText(translate("Models", "{name} is copied and checked").format(name=name))
        self._ask(lambda: _installed(name, source, settings), partial(self._done, name))

    def _ask(self, work: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        self._desk.aside(work, while_alive(self, then), failed=while_alive(self, self._fail))

    def _done(self, name: str, found: Sequence[Weights]) -> None:
        self._show(found)
        self.sentence.setText(translate("Models", "{name} is installed.").format(name=name))

    def _show(self, found: Sequence[Weights]) -> None:
        self.model.show(found)
        self.sentence.clear()

    def _show_checked(self, answer: tuple[Sequence[Weights], dict[str, str]]) -> None:
        found, troubles = answer
        self.model.show(found, troubles)
        well = translate("Models", "Every installed file is as its publisher names it.")
        self.sentence.setText("\n".join(troubles.values()) or well)

    def _fail(self, error: KnownError) -> None:
        self.sentence.setText(str(error))


def _looked_up(settings: Settings) -> tuple[Weights, ...]:
    # Late: the catalogue brings the engines' imports along.
    from pipeline.tools import catalogue

    return tuple(catalogue.look_up(model, settings) for model in catalogue.known_models(settings))


def _checked(settings: Settings) -> tuple[tuple[Weights, ...], dict[str, str]]:
    from pipeline.tools import catalogue

    found = _looked_up(settings)
    return found, {weights.model.name: said for weights in found if (said := catalogue.trouble(weights))}


def _installed(name: str, source: Path, settings: Settings) -> tuple[Weights, ...]:
    from pipeline.tools import catalogue

    catalogue.install(catalogue.known_model(name, settings), settings, source=source)
    return _looked_up(settings)
