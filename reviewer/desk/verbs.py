"""What a person can do here: look, decide, take back, start and stop the line.

All database work happens on the one thread of the lane "store", which alone holds the window's Store; the line has its
own thread and its own Store.
"""

from collections.abc import Callable
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING
from typing import TypeVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Batch
from pipeline.model import Change
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Role
from pipeline.model import State
from pipeline.store.decisions import ALLOWED
from pipeline.store.files import Files
from pipeline.store.store import Store
from reviewer.desk.judging import Judging
from reviewer.desk.lists import Lists
from reviewer.desk.pictures import Pictures
from reviewer.desk.release import Releasing
from reviewer.desk.repair import HAND
from reviewer.desk.repair import SAVING
from reviewer.desk.repair import Repair
from reviewer.desk.report import RunReport
from reviewer.desk.report import report
from reviewer.desk.running import Drop
from reviewer.desk.running import Line
from reviewer.desk.running import Progress
from reviewer.desk.running import Runner
from reviewer.desk.seat import Seat
from reviewer.desk.shipping import Shipping
from reviewer.desk.watching import Watcher
from reviewer.images.sources import Decode
from reviewer.images.sources import here
from reviewer.jobs import Jobs
from reviewer.language import translate
from reviewer.sentences import said_words

if TYPE_CHECKING:
    # It brings the decoders' imports along; the window is on the screen before it needs them.
    from pipeline.batch.preview import Preview

Answer = TypeVar("Answer")
CLOSED = QT_TRANSLATE_NOOP("Desk", "“{batch}” is closed: every decision in it counts now and may be delivered.")
CLEARED = QT_TRANSLATE_NOOP("Desk", "Your decision about this image is taken back.")


class Desk(QObject):
    """The verbs of the window.

    Attributes:
        seat: who decides, and what they have open; lists: what the queue reads.
        grace_seconds: how long a decision may be taken back before it counts; undo_depth: how many decisions back.
        runner: the line; watcher: the hot folder; pictures: the pixels; repair: what is painted by hand.
        judging: finished files; shipping: deliveries; releasing: waves, rollbacks, figures.

    Signals:
        changed(Change): rows of a batch changed; no ids means all of them.
        progress(Progress): the line moved, began or ended.
        ingested(Intake): a folder became a batch.
        decided(Decision): a decision is in the database; refused(int): one about this image is not, and was told why.
        returned(Decision): an undo or redo is in the database; its image is the one to look at again.
        opened(Pair): the pixels of the image asked for are in memory.
        told(str): one sentence the person should read.
    """

    changed = Signal(object)
    progress = Signal(object)
    ingested = Signal(object)
    decided = Signal(object)
    refused = Signal(int)
    returned = Signal(object)
    opened = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        *,
        open_store: Callable[[], Store],
        files: Files,
        line: Line,
        jobs: Jobs,
        budget: int | None = None,
        decode: Decode = here,
        stop_decoding: Callable[[], None] | None = None,
    ) -> None:
        """`decode` reads strangers' files; `stop_decoding` ends it, so that nobody waits for one at the end."""
        super().__init__()
        self.grace_seconds, self.undo_depth = 0, None
        self._open_store, self._jobs, self._stop_decoding = open_store, jobs, stop_decoding
        self._lane_store: Store | None = None
        self.runner = Runner(open_store=open_store, line=line, jobs=jobs)
        self.watcher = Watcher(open_store=open_store, line=line, jobs=jobs, runner=self.runner)
        self.pictures = Pictures(files=files, jobs=jobs, budget=budget, decode=decode)
        self.judging = Judging(open_store=open_store, line=line, jobs=jobs, pictures=self.pictures)
        self.shipping = Shipping(open_store=open_store, line=line, jobs=jobs, pictures=self.pictures)
        self.shipping.changed.connect(self.changed)
        self.releasing = Releasing(open_store=open_store, jobs=jobs, settings=lambda: line.settings)
        self.releasing.changed.connect(self.changed)
        self.lists, self.seat = Lists(self.ask, lambda: line.settings.routing.advisory_flags), Seat(self.ask)
        self.repair = Repair(open_store=open_store, files=files, line=line, jobs=jobs, decode=decode)
        for name in ("changed", "progress", "ingested", "told"):
            getattr(self.runner, name).connect(getattr(self, name))
        self.watcher.told.connect(self.told)
        self.pictures.opened.connect(self.opened)
        self.pictures.told.connect(self.told)
        self.open = self.pictures.open
        self.layer = self.pictures.layer
        self.thumbnail = self.pictures.thumbnail

    @property
    def progress_now(self) -> Progress:
        """The last progress that was told."""
        return self.runner.progress_now

    @property
    def person(self) -> str:
        """Who decides."""
        return self.seat.person

    @person.setter
    def person(self, name: str) -> None:
        self.seat.rename(name)

    @property
    def role(self) -> Role:
        """The role they decide in."""
        return self.seat.role

    @role.setter
    def role(self, role: Role) -> None:
        self.seat.role = role

    def begin(self, batch: str | None) -> "Future[str | None]":
        """Open the studio on the database's thread; the answer is the whole name of that batch, None for None.

        It raises StudioError when the studio cannot be used, NotFoundError when there is no such batch.
        """
        answer: Future[str | None] = Future()

        def work() -> None:
            try:
                store = self._on_lane()
                answer.set_result(store.batch(batch).name if batch else None)
            except BaseException as error:
                answer.set_exception(error)

        self._jobs.submit("store", work)
        return answer

    def ask(
        self,
        question: Callable[[Store], Answer],
        then: Callable[[Answer], None],
        *,
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Answer a question to the database on its thread; `then(answer)` is called on the window's thread."""
        self._jobs.submit("store", lambda: question(self._on_lane()), then=then, failed=failed or self._tell)

    def read_batches(self, then: Callable[[list[Batch]], None]) -> None:
        """Read all batches, oldest first."""
        self.ask(lambda store: store.batches(), then)

    def read_decisions(self, image: int, then: Callable[[list[Decision]], None]) -> None:
        """Read what people decided about an image, oldest first."""
        self.ask(lambda store: store.decisions(image), then)

    def takes(self, state: State, action: Action) -> bool:
        """Say whether an image in this state can be decided so; the database says why not where it is tried."""
        return state in ALLOWED[action]

    def approve(self, image: int, version: int, *, seconds: float = 0.0) -> None:
        """Approve the version that was looked at."""
        self._decide(image, Action.APPROVE, version, seconds=seconds)

    def reject(self, image: int, version: int, *, reason: str, note: str = "", seconds: float = 0.0) -> None:
        """Reject it: unusable, shoot it again."""
        self._decide(image, Action.REJECT, version, reason=reason, note=note, seconds=seconds)

    def redo(self, image: int, version: int, *, reason: str, note: str = "", seconds: float = 0.0) -> None:
        """Send it back to be mended."""
        self._decide(image, Action.REDO, version, reason=reason, note=note, seconds=seconds)

    def sign_off(self, image: int, version: int, *, seconds: float = 0.0) -> None:
        """Sign off what somebody else approved; the database checks role and person."""
        self._decide(image, Action.SIGN_OFF, version, seconds=seconds)

    def undo(self, batch: str) -> None:
        """Take back this person's last decision in the batch, in any for ""."""
        person, depth = self.person, self.undo_depth
        self._write(batch, lambda store: store.undo(person, batch or None, depth=depth), then=self.returned.emit)

    def clear(self, image: int) -> None:
        """Set an image back to undecided, as far as this person decided about it."""
        person = self.person
        self._write(
            "", lambda store: store.clear(image, person), then=lambda _: self.told.emit(translate("Desk", CLEARED))
        )

    def redo_decision(self, batch: str) -> None:
        """Decide again what `undo` took back last."""
        person = self.person
        self._write(batch, lambda store: store.redo(person, batch or None), then=self.returned.emit)

    def close_batch(self, batch: str) -> None:
        """Let everything decided in the batch take effect at once, without the rest of its grace."""
        person = self.person
        self.ask(
            lambda store: store.close_batch(batch, person),
            lambda _: self.told.emit(translate("Desk", CLOSED).format(batch=batch)),
        )

    def retry(self, entry: Entry) -> None:
        """Let the line try a failed image again, and run it if it rests."""
        self.retry_all((entry,))

    def retry_all(self, entries: Sequence[Entry]) -> None:
        """Let the line try all of these again, which are of one batch, and run it if it rests."""
        if not entries:
            return
        images, batch = tuple(entry.record.id for entry in entries), entries[0].record.batch
        for entry in entries:
            self.pictures.forget_trouble(entry)

        def begin(_: None) -> None:
            self.changed.emit(Change(batch, images, "retry"))
            self.continue_batch(batch)

        def write(store: Store) -> None:
            for image in images:
                store.retry(image)

        self.ask(write, begin)

    def report(self, batch: str, then: Callable[[RunReport], None]) -> None:
        """Look at how a batch stands, what its last images took, and what failed."""
        recent = tuple(self.runner.recent)
        self.ask(lambda store: report(store, batch, recent), then)

    def start_batch(
        self, paths: Sequence[Path], *, name: str = "", client: str = "", sheet: Path | None = None
    ) -> None:
        """Add files and folders as a new batch and process it in the background."""
        self.runner.take_in(Drop(tuple(paths), name, client, sheet))

    def preview(
        self,
        drop: Drop,
        then: Callable[["Preview"], None],
        *,
        failed: Callable[[KnownError], None],
        on_progress: Callable[[int, int], None],
        stop: Callable[[], bool],
    ) -> None:
        """Look at what a drop would come to, beside everything else; all answers come on the window's thread."""

        def told(done: int, total: int) -> None:
            self._jobs.post(lambda: on_progress(done, total))

        self.aside(lambda: self.runner.line.preview(drop, told, stop), then, failed=failed)

    def aside(
        self, work: Callable[[], Answer], then: Callable[[Answer], None], *, failed: Callable[[KnownError], None]
    ) -> None:
        """Do something that needs no database on the thread for what may wait."""
        self._jobs.submit("aside", work, then=then, failed=failed)

    def continue_batch(self, batch: str) -> None:
        """Process what is not done of a batch, unless the line runs already."""
        self.runner.run(batch)

    def continue_all(self) -> None:
        """Process what is not done of every batch, the oldest first, unless the line runs already."""
        self.ask(_unfinished, self.runner.run_each)

    def cancel(self) -> None:
        """Stop the line after what is being recorded; a later run continues."""
        self.runner.cancel()

    def close(self) -> None:
        """Stop the line, write what waits to be written, end all threads."""
        self.watcher.close()
        self.runner.close()
        self.seat.close()
        self.pictures.close()
        if self._stop_decoding is not None:
            self._stop_decoding()
        self._jobs.submit("store", self._close_lane)
        self._jobs.close(finish=("store", "watch", HAND, SAVING))

    def _on_lane(self) -> Store:
        if self._lane_store is None:
            self._lane_store = self._open_store()
        return self._lane_store

    def _close_lane(self) -> None:
        if self._lane_store is not None:
            self._lane_store.let_go(self.seat.sitting)
            if self._lane_store.has_written:
                self._lane_store.keep_safe()
            self._lane_store.close()
            self._lane_store = None

    def _decide(
        self, image: int, action: Action, version: int, *, reason: str = "", note: str = "", seconds: float = 0.0
    ) -> None:
        person, role = self.person, self.role
        more = {"reason": reason, "note": note, "seconds": seconds, "grace_seconds": self.grace_seconds}
        more["display"] = self.pictures.gallery.display.fingerprint

        def write(store: Store) -> Decision:
            return store.decide(image, action, person=person, role=role, version=version, **more)

        self._write("", write, touched=image)

    def _write(
        self,
        batch: str,
        write: Callable[[Store], Decision],
        *,
        touched: int = 0,
        then: Callable[[Decision], None] | None = None,
    ) -> None:
        def done(answer: tuple[Decision, str]) -> None:
            decision, in_batch = answer
            self.changed.emit(Change(in_batch, (decision.image,), "decision"))
            self.decided.emit(decision)
            if then is not None:
                then(decision)

        def refused(error: KnownError) -> None:
            self._tell(error)
            if touched:
                self.changed.emit(Change(batch, (touched,), "decision"))
                self.refused.emit(touched)

        def work() -> tuple[Decision, str]:
            store = self._on_lane()
            decision = write(store)
            return decision, store.entry(decision.image).record.batch

        self._jobs.submit("store", work, then=done, failed=refused)

    def _tell(self, error: KnownError) -> None:
        self.told.emit(said_words(str(error)))


def _unfinished(store: Store) -> list[str]:
    waiting = (State.NEW, State.PROCESSING)
    counts = ((batch.name, store.counts(batch.name)) for batch in store.batches())
    return [name for name, states in counts if any(states.get(state) for state in waiting)]
