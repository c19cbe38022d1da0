"""The staged rollout of a batch: its waves, what their samples say, and letting them leave, stop or come back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtCore import Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Change
from pipeline.model import Judgement
from pipeline.model import Wave
from pipeline.model import WaveState
from reviewer.desk import Desk
from reviewer.desk.release import Rollout
from reviewer.language import counted
from reviewer.language import translate
from reviewer.models.waves import SAID
from reviewer.models.waves import WaveRow
from reviewer.models.waves import WavesModel
from reviewer.sentences import said_words
from reviewer.theme import GRID
from reviewer.views.shipping_words import rollback_words
from reviewer.views.shipping_words import sample_words
from reviewer.widgets.alive import while_alive

if TYPE_CHECKING:
    from pipeline.run.rollback import RolledBack

SIZE = (980, 460)
NO_WAVES = QT_TRANSLATE_NOOP("Release", "This batch leaves without waves until a first sample is drawn.")
WIDTHS = (56, 96, 72, 88, 136)
ROW_HEIGHT = 32
Asked = Callable[[str], None]


class ReleaseDialog(QDialog):
    """Follows one batch; not modal.

    Signals:
        audit_asked(str): the person wants to look at what waits for the audit in that batch.
    """

    audit_asked = Signal(str)

    def __init__(self, desk: Desk, batch: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._batch, self._busy = desk, batch, False
        self._rollout: Rollout | None = None
        self._do: Asked | None = None
        self._folder = ""
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Release", "Release"))
        self.resize(*SIZE)
        self.title, self.sentence, self.question = QLabel(), QLabel(), QLabel()
        self.model, self.table = WavesModel(self), QTableView()
        self.draw_button, self.rule_button, self.look_button, self.back_button, self.all_back_button = (
            QPushButton() for _ in range(5)
        )
        self.folder_button = QPushButton(translate("Release", "Open the folder"))
        self.reason = QLineEdit()
        self.yes_button, self.no_button = QPushButton(), QPushButton(translate("Release", "Cancel"))
        self.confirm = QFrame()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        self.title.setObjectName("title")
        for label in (self.title, self.sentence, self.question):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.title.setText(translate("Release", "Release of “{batch}”").format(batch=self._batch))
        column.addWidget(self.title)
        column.addWidget(self._dressed_table(), 1)
        column.addWidget(self.sentence)
        column.addWidget(self._confirmation())
        row = QHBoxLayout()
        for button in (self.draw_button, self.rule_button, self.look_button):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.folder_button, self.back_button, self.all_back_button):
            row.addWidget(button)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        column.addLayout(row)
        self.draw_button.setText(translate("Release", "Draw the next sample"))
        self.look_button.setText(translate("Release", "Show the audit queue"))
        self.all_back_button.setText(translate("Release", "Call the batch back…"))
        self.folder_button.hide()

    def _dressed_table(self) -> QTableView:
        table = self.table
        table.setModel(self.model)
        table.setObjectName("waves")
        table.setAccessibleName(translate("Release", "Waves of the batch"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for place, width in enumerate(WIDTHS):
            table.setColumnWidth(place, width)
        table.horizontalHeader().setSectionResizeMode(SAID, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)
        return table

    def _confirmation(self) -> QWidget:
        self.confirm.setObjectName("failures")
        row = QHBoxLayout(self.confirm)
        self.reason.setPlaceholderText(translate("Release", "Why? It stands in the recall list."))
        self.reason.setAccessibleName(translate("Release", "Reason"))
        row.addWidget(self.question, 1)
        row.addWidget(self.reason, 1)
        row.addWidget(self.yes_button)
        row.addWidget(self.no_button)
        self.confirm.hide()
        return self.confirm

    def _connect(self) -> None:
        self.draw_button.clicked.connect(self.draw)
        self.rule_button.clicked.connect(self.rule)
        self.look_button.clicked.connect(lambda: self.audit_asked.emit(self._batch))
        self.back_button.clicked.connect(self._ask_back)
        self.all_back_button.clicked.connect(partial(self._ask_back, whole=True))
        self.yes_button.clicked.connect(self._confirmed)
        self.no_button.clicked.connect(self._disarm)
        self.folder_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())
        self._desk.changed.connect(self._on_change)
        self._show_buttons()

    def follow(self, batch: str) -> None:
        """Show another batch."""
        if batch != self._batch:
            self._batch, self._rollout = batch, None
            self.title.setText(translate("Release", "Release of “{batch}”").format(batch=batch))
            self._disarm()
            self.look()

    def look(self) -> None:
        """Read how the waves stand."""
        self._desk.releasing.look(self._batch, while_alive(self, self.show_rollout), failed=self._failing())

    def draw(self) -> None:
        """Draw the next wave's sample."""
        self._start()
        self._desk.releasing.draw(
            self._batch, self._desk.person, while_alive(self, self._drawn), failed=self._failing()
        )

    def rule(self) -> None:
        """Let the open wave leave, or stop the batch, as its sample says."""
        self._start()
        self._desk.releasing.rule(
            self._batch, self._desk.person, while_alive(self, self._ruled), failed=self._failing()
        )

    def show_rollout(self, rollout: Rollout) -> None:
        """Show the waves, and offer what can be done now."""
        if rollout.batch != self._batch:
            return
        self._rollout = rollout
        chosen = self.table.currentIndex().row()
        told = zip(rollout.waves, rollout.said, strict=True)
        self.model.set_rows([WaveRow(wave, sample_words(wave, said)) for wave, said in told])
        if rollout.waves:
            self.table.selectRow(chosen if 0 <= chosen < len(rollout.waves) else len(rollout.waves) - 1)
        elif not self.sentence.text():
            self.sentence.setText(translate("Release", NO_WAVES))
        self._show_buttons()

    def _chosen(self) -> Wave | None:
        row = self.table.currentIndex().row()
        return self.model.row(row).wave if 0 <= row < self.model.rowCount() else None

    def _show_buttons(self) -> None:
        waves = self._rollout.waves if self._rollout else ()
        live = [wave for wave in waves if wave.state is not WaveState.ROLLED_BACK]
        last = live[-1] if live else None
        is_open = last is not None and last.state is WaveState.OPEN
        stopped = any(wave.state is WaveState.STOPPED for wave in live)
        free = not self._busy and self._rollout is not None
        self.draw_button.setEnabled(free and not is_open and not stopped)
        self.rule_button.setVisible(is_open)
        self.look_button.setVisible(is_open and last is not None and last.to_look > 0)
        if last is not None and is_open:
            self.rule_button.setText(translate("Release", "Release wave {number}").format(number=last.number))
        # A stop may be certain before everything was looked at, so the ruling may always be asked for.
        self.rule_button.setEnabled(free)
        chosen = self._chosen()
        self.back_button.setVisible(chosen is not None)
        if chosen is not None:
            self.back_button.setText(translate("Release", "Call wave {number} back…").format(number=chosen.number))
            self.back_button.setEnabled(free and chosen.state is not WaveState.ROLLED_BACK)
        self.all_back_button.setEnabled(free)

    def _ask_back(self, _: bool = False, *, whole: bool = False) -> None:
        wave = self._chosen()
        number = None if whole or wave is None else wave.number
        if number is None:
            words = translate("Release", "Call all of “{batch}” back? Its images wait again; nothing is deleted.")
            self.question.setText(words.format(batch=self._batch))
        else:
            words = translate("Release", "Call wave {number} back? Its images wait again; nothing is deleted.")
            self.question.setText(words.format(number=number))
        self.yes_button.setText(translate("Release", "Call back"))
        self._do = partial(self._roll_back, number)
        self.confirm.show()
        self.reason.setFocus()

    def _confirmed(self) -> None:
        do, reason = self._do, self.reason.text()
        self._disarm()
        if do is not None:
            do(reason)

    def _disarm(self) -> None:
        self._do = None
        self.reason.clear()
        self.confirm.hide()

    def _roll_back(self, number: int | None, reason: str) -> None:
        self._start()
        then = while_alive(self, self._rolled_back)
        self._desk.releasing.roll_back(
            self._batch, number, by=self._desk.person, reason=reason, then=then, failed=self._failing()
        )

    def _rolled_back(self, done: "RolledBack") -> None:
        self._folder = str(done.folder)
        self.folder_button.show()
        self._said(rollback_words(done))

    def _ruled(self, ruling: tuple[Wave, Judgement]) -> None:
        self._said(sample_words(*ruling))

    def _drawn(self, wave: Wave) -> None:
        words = counted("%Ln images wait for the audit; they are in the review queue.", "", wave.to_look)
        self._said(words)

    def _said(self, sentence: str) -> None:
        self._busy = False
        self.sentence.setText(sentence)
        self.look()

    def _start(self) -> None:
        self._busy = True
        self._show_buttons()

    def _failing(self) -> Callable[[KnownError], None]:
        return while_alive(self, self._fail)

    def _fail(self, error: KnownError) -> None:
        self._busy = False
        self.sentence.setText(said_words(str(error)))
        self._show_buttons()

    def _on_change(self, change: Change) -> None:
        if self.isVisible() and not self._busy and change.batch in ("", self._batch):
            self.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
