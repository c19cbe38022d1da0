"""The line at a glance: how far, how fast, how long still, what each stage takes, and what failed why. Not modal."""

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.model import Change
from pipeline.model import Entry
from pipeline.model import State
from reviewer.desk import Desk
from reviewer.desk import Progress
from reviewer.desk.report import RunReport
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.titles import stage_title
from reviewer.views.refusal_words import refusal_words
from reviewer.views.words import duration
from reviewer.views.words import pace
from reviewer.widgets.alive import while_alive
from reviewer.widgets.bars import ProgressBar

SIZE, REFRESH_MILLISECONDS = (640, 620), 1500
STAGE_WIDTH, BAR_WIDTH = 152, 280
PHASES = {
    "idle": QT_TRANSLATE_NOOP("Run", "The line rests"),
    "reading": QT_TRANSLATE_NOOP("Run", "Reading photos"),
    "processing": QT_TRANSLATE_NOOP("Run", "The line is at work"),
    "stopping": QT_TRANSLATE_NOOP("Run", "Stopping after the images at work"),
    "stopped": QT_TRANSLATE_NOOP("Run", "The line was stopped"),
    "finished": QT_TRANSLATE_NOOP("Run", "The line is done"),
    "crashed": QT_TRANSLATE_NOOP("Run", "The line stopped because of a mistake in this program"),
}


class RunPanel(QDialog):
    """Follows one batch; asks for its report at most every one and a half seconds, only while it can be seen."""

    def __init__(self, desk: Desk, batch: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._batch = desk, batch
        self._shown: RunReport | None = None
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Run", "The line"))
        self.resize(*SIZE)
        self.phase, self.figures = QLabel(), QLabel()
        self.bar = ProgressBar()
        self.cancel_button = QPushButton(translate("Run", "Cancel"))
        self.continue_button = QPushButton(translate("Run", "Continue"))
        self.retry_button = QPushButton(translate("Run", "Try all again"))
        self.body = QScrollArea()
        self._lay_out()
        self._due = QTimer(self, interval=REFRESH_MILLISECONDS, singleShot=True)
        self._due.timeout.connect(self._ask)
        desk.progress.connect(self._on_progress)
        desk.changed.connect(self._soon)

    def _lay_out(self) -> None:
        self.phase.setObjectName("title")
        self.figures.setObjectName("soft")
        self.cancel_button.setToolTip(translate("Run", "Stop the line; it can be continued at any time"))
        self.cancel_button.clicked.connect(self._desk.cancel)
        self.continue_button.setToolTip(translate("Run", "Process what is still waiting"))
        self.continue_button.clicked.connect(lambda: self._desk.continue_batch(self._batch))
        self.retry_button.setToolTip(translate("Run", "Let the line try every image of this list again"))
        self.retry_button.clicked.connect(self._retry_all)
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.phase)
        words.addWidget(self.figures)
        head.addLayout(words, 1)
        for button in (self.cancel_button, self.continue_button):
            button.setAutoDefault(False)
            head.addWidget(button)
        self.retry_button.setAutoDefault(False)
        self.body.setObjectName("form")
        self.body.setWidgetResizable(True)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setAccessibleName(translate("Run", "Times and failures"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.body, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.retry_button)
        column.addLayout(foot)

    def follow(self, batch: str) -> None:
        """Show another batch."""
        if batch != self._batch:
            self._batch = batch
            self._ask()

    def _on_progress(self, progress: Progress) -> None:
        if progress.batch and progress.running:
            self._batch = progress.batch
        self._show_progress(progress)
        self._soon()

    def _soon(self, _: Change | None = None) -> None:
        if self.isVisible() and not self._due.isActive():
            self._due.start()

    def _ask(self) -> None:
        self._show_progress(self._desk.progress_now)
        if self._batch:
            self._desk.report(self._batch, while_alive(self, self.show_report))

    def _show_progress(self, progress: Progress) -> None:
        self.phase.setText(translate("Run", PHASES[progress.phase]) + (f" · {self._batch}" if self._batch else ""))
        self.bar.set_share(progress.done / progress.total if progress.total else 0.0)
        self.bar.setVisible(progress.running)
        self.cancel_button.setVisible(progress.running)
        self.cancel_button.setEnabled(progress.phase != "stopping")
        waiting = self._waiting()
        self.continue_button.setVisible(not progress.running and waiting > 0)
        self.figures.setText(" · ".join(self._figures(progress, waiting)))

    def _figures(self, progress: Progress, waiting: int) -> list[str]:
        if not progress.running:
            return [counted("%Ln images wait", "", waiting)] if waiting else [translate("Run", "Nothing waits")]
        parts = [translate("Run", "{done} of {total}").format(done=progress.done, total=progress.total)]
        if progress.rate is not None:
            parts.append(pace(progress.rate))
        if progress.remaining is not None:
            parts.append(translate("Run", "{time} left").format(time=duration(progress.remaining)))
        if progress.failed:
            parts.append(counted("%Ln failed", "", progress.failed))
        return parts

    def _waiting(self) -> int:
        counts = self._shown.counts if self._shown and self._shown.batch == self._batch else {}
        return sum(counts.get(state, 0) for state in (State.NEW, State.PROCESSING))

    def show_report(self, report: RunReport) -> None:
        """Show a look at the batch, unless another one is followed by now."""
        if report.batch != self._batch:
            return
        known, self._shown = self._shown, report
        self._show_progress(self._desk.progress_now)
        self.retry_button.setVisible(bool(report.failures))
        if known is None or (known.stages, known.failures) != (report.stages, report.failures):
            place = self.body.verticalScrollBar().value()
            self.body.setWidget(self._made_body(report))
            self.body.verticalScrollBar().setValue(place)

    def _made_body(self, report: RunReport) -> QWidget:
        body = QWidget()
        body.setObjectName("formBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        _add_heading(column, translate("Run", "Time per image and stage"))
        if report.timed:
            column.addLayout(_stage_grid(report))
            words = counted("The middle of the last %Ln images; several are at work side by side.", "", report.timed)
        else:
            words = translate("Run", "Times stand here as soon as the line has finished an image.")
        _add_small(column, words)
        column.addSpacing(GRID)
        _add_heading(column, counted("%Ln images failed", "", report.failed))
        for entry in report.failures:
            column.addWidget(self._failure(entry))
        if not report.failures:
            _add_small(column, translate("Run", "Nothing failed in this batch."))
        column.addStretch(1)
        return body

    def _failure(self, entry: Entry) -> QWidget:
        row = QFrame()
        row.setObjectName("failures")
        line = QHBoxLayout(row)
        sentence = QLabel(refusal_words(entry))
        sentence.setWordWrap(True)
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sentence.setToolTip(entry.record.file)
        button = QPushButton(translate("Run", "Try again"))
        button.setAutoDefault(False)
        button.setToolTip(translate("Run", "Let the line try this image again"))
        button.setAccessibleName(translate("Run", "Try {file} again").format(file=entry.record.file))
        button.clicked.connect(partial(self._retry, entry, button))
        line.addWidget(sentence, 1)
        line.addWidget(button)
        return row

    def _retry(self, entry: Entry, button: QPushButton) -> None:
        button.setEnabled(False)
        self._desk.retry(entry)

    def _retry_all(self) -> None:
        if self._shown is not None:
            self.retry_button.setEnabled(False)
            self._desk.retry_all(self._shown.failures)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.retry_button.setEnabled(True)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        self._due.stop()
        super().hideEvent(event)


def _stage_grid(report: RunReport) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(6)
    longest = max(report.stages.values(), default=0.0)
    for place, (name, seconds) in enumerate(report.stages.items()):
        title = QLabel(stage_title(name))
        title.setFixedWidth(STAGE_WIDTH)
        bar = ProgressBar()
        bar.setFixedWidth(BAR_WIDTH)
        bar.set_share(seconds / longest if longest else 0.0)
        figure = QLabel(numeral(f"{seconds:.2f} s"))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        for spot, widget in enumerate((title, bar, figure)):
            grid.addWidget(widget, place, spot, Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(3, 1)
    return grid


def _add_heading(column: QVBoxLayout, text: str) -> None:
    heading = QLabel(text)
    heading.setObjectName("heading")
    column.addWidget(heading)


def _add_small(column: QVBoxLayout, text: str) -> None:
    words = QLabel(text)
    words.setObjectName("small")
    words.setWordWrap(True)
    column.addWidget(words)
