"""The figures of a batch or of the studio: how much, how well, what waits, what came back; each leads to its images."""

import html
from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Figure
from pipeline.model import Order
from pipeline.model import Selection
from pipeline.model import State
from pipeline.settings import Reason
from reviewer.desk import Desk
from reviewer.desk.release import DayBook
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.theme import PALETTE
from reviewer.titles import state_title
from reviewer.views.dashboard_words import NANOSECONDS
from reviewer.views.dashboard_words import SPANS
from reviewer.views.dashboard_words import Tile
from reviewer.views.dashboard_words import figure_table
from reviewer.views.dashboard_words import people_sentences
from reviewer.views.dashboard_words import queue_tile
from reviewer.views.dashboard_words import span_of
from reviewer.views.dashboard_words import tiles
from reviewer.views.plot_grid import PlotGrid
from reviewer.views.shipping_words import comparison_words
from reviewer.widgets.alive import while_alive
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.figure_tile import FigureTile

SIZE, CHOOSER_WIDTH, TILES = (1180, 700), 260, 6
NO_RETURNS = QT_TRANSLATE_NOOP("Figures", "No shop's returns were taken in yet; returns import FILE.csv does that.")
QUEUES = (State.NEW, State.REVIEW, State.AUDIT, State.EDIT, State.REDO, State.SIGN_OFF, State.FAILED)


class Dashboard(QDialog):
    """Reads the figures when it is shown and when something else is asked for; not modal.

    Signals:
        led(str, str, Selection): in that batch ("" for all), the list of that name shall show what is selected.
    """

    led = Signal(str, str, object)

    def __init__(self, desk: Desk, batch: str, reasons: Mapping[str, Reason], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._batch = desk, batch
        self.book: DayBook | None = None
        self._shown: tuple[Tile, ...] = ()
        self._said: list[Selection | None] = []
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Figures", "Figures"))
        self.resize(*SIZE)
        self.tiles = [FigureTile() for _ in range(TILES)]
        self.queues = {state: QPushButton() for state in QUEUES}
        self.plots = PlotGrid(reasons)
        self.people, self.sentence = QLabel(), QLabel()
        self.scope = Chooser(
            translate("Figures", "Batch"), translate("Figures", "What the figures are about"), CHOOSER_WIDTH
        )
        self.span = Chooser(translate("Figures", "Span"), translate("Figures", "From when on"), CHOOSER_WIDTH)
        self.table_button, self.picture_button = (QPushButton(text) for text in ("CSV…", "PNG…"))
        self._fill()
        self._lay_out()
        self._connect()

    def _fill(self) -> None:
        for name, words in ((self._batch, self._batch), ("", translate("Figures", "All batches"))):
            if words:
                self.scope.addItem(words, name)
        for words, days in SPANS:
            self.span.addItem(translate("Figures", words), days)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        title = QLabel(translate("Figures", "Figures"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addSpacing(GRID)
        for chooser in (self.scope, self.span):
            head.addWidget(chooser)
        head.addStretch(1)
        for button in (self.table_button, self.picture_button):
            button.setAutoDefault(False)
            head.addWidget(button)
        column.addLayout(head)
        self.body = QScrollArea()
        self.body.setObjectName("form")
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setWidget(self._figures())
        column.addWidget(self.body, 1)

    def _figures(self) -> QWidget:
        body = QWidget()
        body.setObjectName("formBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID + GRID // 2)
        grid = QGridLayout()
        grid.setSpacing(GRID)
        for place, tile in enumerate(self.tiles):
            grid.addWidget(tile, 0, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in self.queues.values():
            button.setAutoDefault(False)
            button.setObjectName("compact")
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.plots, 1)
        for label in (self.people, self.sentence):
            label.setObjectName("small")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.people.setTextFormat(Qt.TextFormat.RichText)
        links = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.people.setTextInteractionFlags(links)
        return body

    def _connect(self) -> None:
        self.scope.activated.connect(self.look)
        self.span.activated.connect(self.look)
        for place, tile in enumerate(self.tiles):
            tile.clicked.connect(partial(self._lead_tile, place))
        for state, button in self.queues.items():
            button.clicked.connect(partial(self._lead, Selection(state=state.value, order=Order.AGE)))
        self.plots.led.connect(self._lead)
        self.people.linkActivated.connect(self._lead_person)
        self.table_button.setToolTip(translate("Figures", "Save every figure as a table"))
        self.picture_button.setToolTip(translate("Figures", "Save what is shown as a picture"))
        self.table_button.clicked.connect(self._save_table)
        self.picture_button.clicked.connect(self._save_picture)

    def look(self) -> None:
        """Read the figures of the chosen batch and span."""
        since, until = span_of(int(self.span.currentData()), datetime.now().astimezone())
        show, fail = while_alive(self, self.show_book), while_alive(self, self._fail)
        self._desk.releasing.day_book(str(self.scope.currentData()), since, until, show, failed=fail)

    def show_book(self, book: DayBook) -> None:
        """Show figures that were read."""
        if book.batch != str(self.scope.currentData()):
            return
        self.book = book
        self._shown = tiles(book.figures)
        for widget, tile in zip(self.tiles, self._shown, strict=True):
            widget.show_figure(tile.title, tile.value, tile.words, leads=tile.selection is not None)
        now = int(datetime.now().timestamp() * NANOSECONDS)
        ages = {queue.state: queue for queue in book.figures.queues}
        for state, button in self.queues.items():
            age = ages.get(state.value)
            button.setVisible(age is not None)
            if age is not None:
                words, tip = queue_tile(state_title(state.value), age, now)
                button.setText(words)
                button.setToolTip(tip)
        self.plots.show_figures(book.figures, book.returns)
        self._show_people(people_sentences(book.figures))
        told = comparison_words(book.returns.everything) if book.returns else translate("Figures", NO_RETURNS)
        self.sentence.setText(told)

    def _show_people(self, said: list[tuple[str, Selection | None]]) -> None:
        self._said = [selection for _, selection in said]
        lines = [html.escape(words) for words, _ in said]
        style = f'style="color:{PALETTE.work}"'
        self.people.setText(
            "<br>".join(
                f'<a {style} href="{place}">{line}</a>' if self._said[place] else line
                for place, line in enumerate(lines)
            )
        )

    def _lead_tile(self, place: int) -> None:
        self._lead(self._shown[place].selection)

    def _lead_person(self, link: str) -> None:
        self._lead(self._said[int(link)])

    def _lead(self, selection: Selection | None, _: bool = False) -> None:
        if selection is not None and self.book is not None:
            # Shops sell what left with any batch.
            sold = selection.behind is not None and selection.behind.figure == Figure.SOLD
            self.led.emit("" if sold else self.book.batch, "all", selection)

    def save_table(self, path: Path) -> None:
        """Write every figure as CSV. Raises OSError."""
        if self.book is not None:
            path.write_bytes(figure_table(self.book))

    def save_picture(self, path: Path) -> None:
        """Write what is shown as PNG. Raises OSError where it cannot be written."""
        widget = self.body.widget()
        if widget is not None and not widget.grab().save(str(path), "PNG"):
            raise OSError(None, "the picture cannot be written", str(path))

    def _save_table(self) -> None:
        self._save(translate("Figures", "Save the figures"), "figures.csv", self.save_table)

    def _save_picture(self) -> None:
        self._save(translate("Figures", "Save the picture"), "figures.png", self.save_picture)

    def _save(self, title: str, name: str, write: Callable[[Path], None]) -> None:
        path, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name))
        if path:
            try:
                write(Path(path))
            except OSError as error:
                words = translate("Figures", "{file} cannot be written ({why}); choose another folder.")
                self.sentence.setText(words.format(file=path, why=error.strerror or error))

    def _fail(self, error: KnownError) -> None:
        self.sentence.setText(str(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
