"""What the window has to do with the line: what arrived, how far it is, and going on with what still waits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pipeline.model import Batch
from pipeline.model import State
from reviewer.desk import Intake
from reviewer.desk import Progress
from reviewer.language import counted
from reviewer.sentences import said_words
from reviewer.views.pages import show_state
from reviewer.views.words import arrival_words

if TYPE_CHECKING:
    from reviewer.views.session import Session

WAITING = (State.NEW, State.PROCESSING)


class Tending(QObject):
    """Tells the header how far the line is, and brings new batches on the screen."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session, self._desk = session, session.desk
        self._desk.progress.connect(self._on_progress)
        self._desk.ingested.connect(self._on_intake)
        self._desk.watcher.arrived.connect(self._on_arrival)

    def go_on(self) -> None:
        """Process what still waits in the batch that is shown; in all of them, one after the other, where all are."""
        if self._session.batch:
            self._desk.continue_batch(self._session.batch)
        else:
            self._desk.continue_all()

    def retry(self) -> None:
        """Try the image again that failed, or open a folder where there is nothing yet."""
        session = self._session
        entry = session.shown
        if entry is None:
            if not session.queue.total:
                session.header.open_asked.emit()
        elif entry.error is not None or entry.state in (State.FAILED, State.REDO):
            self._desk.retry(entry)

    def show_progress(self) -> None:
        """Show how far the line is and how much one press would continue."""
        session = self._session
        session.header.show_progress(self._desk.progress_now, waiting=session.queue.count_states(WAITING))

    def _on_progress(self, progress: Progress) -> None:
        self.show_progress()
        if self._session.shown is None:
            show_state(self._session.compare, None, self._session.queue, progress)

    def _on_intake(self, intake: Intake) -> None:
        if intake.problems:
            more = " " + counted("And %Ln more.", "", len(intake.problems) - 1) if len(intake.problems) > 1 else ""
            self._session.compare.toast.say(said_words(intake.problems[0]) + more)
        self._session.open_batch(intake.batch)

    def _on_arrival(self, intake: Intake) -> None:
        """List a batch that came through the hot folder; only an empty window goes to it by itself."""
        self._session.compare.toast.say(arrival_words(intake))
        if not intake.batch:
            return
        if self._session.queue.total:
            self._desk.read_batches(self._list_batches)
        else:
            self._session.open_batch(intake.batch)

    def _list_batches(self, batches: Sequence[Batch]) -> None:
        self._session.header.set_batches([batch.name for batch in reversed(batches)], self._session.batch)
