"""The line in the window: takes folders in, runs the pipeline on one background thread, tells how far it is."""

import time
from collections import deque
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Change
from pipeline.settings import Settings
from pipeline.store.store import Store
from reviewer.jobs import Jobs
from reviewer.jobs import Pace
from reviewer.language import translate
from reviewer.sentences import said_words

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.batch.names import NameRow
    from pipeline.batch.preview import Preview
    from pipeline.run.deliver import ExportReport
    from pipeline.run.judge import Judged
    from pipeline.run.line import Event
    from pipeline.run.listing import Listing
    from pipeline.run.watch import Taken
    from reviewer.desk.shipping import Parcels

GATHER_MILLISECONDS = 150
RECENT = 50
CRASHED = QT_TRANSLATE_NOOP(
    "Window",
    "The line stopped because of a mistake in this program; reviewer.log says where; the menu shows its folder.",
)
BUSY = QT_TRANSLATE_NOOP("Window", "The line is still running; wait until it is done or cancel it first.")
CANCELLED = QT_TRANSLATE_NOOP("Window", "Reading was cancelled and nothing was added; drop the folder again to add it.")


@dataclass(frozen=True)
class Progress:
    """How far the line is.

    `phase` is one of idle, reading, processing, stopping, stopped, finished, crashed; `rate` is in images per second
    and `remaining` in seconds, both None until they are known.
    """

    phase: str
    batch: str = ""
    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float | None = None
    remaining: float | None = None

    @property
    def running(self) -> bool:
        """Say whether the line works or is about to stop."""
        return self.phase in ("reading", "processing", "stopping")


@dataclass(frozen=True)
class Drop:
    """Files and folders to take in as one batch.

    `name` "" is the first path's own; `sheet` None means the sheet.csv of each folder.
    """

    paths: tuple[Path, ...]
    name: str = ""
    client: str = ""
    sheet: Path | None = None


@dataclass(frozen=True)
class Intake:
    """What reading a folder came to: the new batch and the sentences about what could not be used."""

    batch: str
    images: int
    problems: tuple[str, ...]


class Eye(Protocol):
    """What looks into one hot folder, always on the thread that opened its Store."""

    def unfinished(self) -> list[str]:
        """Return the batches that came through this folder earlier and still wait."""
        ...

    def take(self) -> list["Taken"]:
        """Look once and take what is complete."""
        ...


class Line(Protocol):
    """The pipeline as it is driven here, always on a background thread with that thread's own Store."""

    look_milliseconds: int

    @property
    def settings(self) -> Settings:
        """The settings it works with now."""
        ...

    def preview(self, drop: Drop, on_progress: Callable[[int, int], None], stop: Callable[[], bool]) -> "Preview":
        """Say what taking it in would come to; copies nothing and needs no Store."""
        ...

    def judge(self, store: Store, path: Path, platform: str) -> "Judged":
        """Judge a finished file by its bytes, by the rules it is known for with ""."""
        ...

    def delivered(self, store: Store, paths: Sequence[Path]) -> bool:
        """Say whether all of these files left this studio, byte for byte."""
        ...

    def listing(self, store: Store, image: int, platform: str) -> "Listing":
        """Make the file of an image for a platform, as a shopper will see it; records nothing."""
        ...

    def names(self, store: Store, batch: str, platform: str) -> list["NameRow"]:
        """Say how the images of a batch will be called at a platform."""
        ...

    def deliver(self, store: Store, parcels: "Parcels", on_progress: Callable[[int, int, str], None]) -> "ExportReport":
        """Export a batch: render, verify, pack; what fails stays here."""
        ...

    def ingest(self, store: Store, drop: Drop, on_progress: Callable[[int, int], None]) -> Intake:
        """Copy the files into the store and add them as a batch."""
        ...

    def watch(self, store: Store, folder: Path, stop: Callable[[], bool]) -> "Eye":
        """Return an eye on a hot folder that drops what it copies when `stop()` says so.

        Raises KnownError where the folder cannot be watched.
        """
        ...

    def process(self, store: Store, batch: str, on_event: Callable[["Event"], None], stop: Callable[[], bool]) -> None:
        """Process what is not done; returns when all is done or `stop()` says so."""
        ...


class Runner(QObject):
    """Runs one batch at a time, those that are due one after the other.

    Attributes:
        progress_now: the last progress that was told; line: the pipeline.
        recent: ids of the images that were finished last, oldest first.

    Signals:
        changed(Change), progress(Progress), ingested(Intake), told(str): as the desk's.
    """

    changed = Signal(object)
    progress = Signal(object)
    ingested = Signal(object)
    told = Signal(str)

    def __init__(self, *, open_store: Callable[[], Store], line: Line, jobs: Jobs) -> None:
        super().__init__()
        self.progress_now = Progress("idle")
        self._open_store, self.line, self._jobs = open_store, line, jobs
        self._stop = Flag()
        self._pace = Pace()
        self._due: list[str] = []
        self.recent: deque[int] = deque(maxlen=RECENT)
        self._touched: dict[str, set[int]] = {}
        self._gather = QTimer(self, interval=GATHER_MILLISECONDS, singleShot=True)
        self._gather.timeout.connect(self._tell_changes)

    def take_in(self, drop: Drop) -> None:
        """Add files and folders as a new batch and process it."""
        self._start(lambda store, stop: self._ingest(store, drop, stop), Progress("reading"))

    def run(self, batch: str) -> None:
        """Process what is not done of a batch, unless the line runs already."""
        if not self.progress_now.running:
            self._start(lambda *_: batch, Progress("processing", batch))

    def run_each(self, batches: Sequence[str]) -> None:
        """Process what is not done of these batches, one after the other, once the line is free.

        When the person cancels it, or it gets into trouble, the rest stays as it is.
        """
        self._due += [batch for batch in batches if batch not in self._due]
        self._run_next()

    def cancel(self) -> None:
        """Stop after what is being recorded; a later run continues."""
        if self.progress_now.running:
            self._stop.set()
            self._tell(replace(self.progress_now, phase="stopping", remaining=None))

    def close(self) -> None:
        """Stop, and tell nothing more."""
        self._due.clear()
        self._stop.set()
        self._gather.stop()

    def _start(self, find_batch: Callable[[Store, Flag], str], first: Progress) -> None:
        if self.progress_now.running:
            self.told.emit(translate("Window", BUSY))
            return
        self._stop, self._pace = Flag(), Pace()
        self.recent.clear()
        self._tell(first)
        work = partial(self._work, find_batch, self._stop)
        self._jobs.submit("line", work, failed=lambda error: self.told.emit(said_words(str(error))))

    def _work(self, find_batch: Callable[[Store, Flag], str], stop: Flag) -> None:
        """Runs on the background thread, from the first file to the last outcome."""
        end = "crashed"
        try:
            with self._open_store() as store:
                batch = find_batch(store, stop)
                if not stop.is_set():
                    self.line.process(store, batch, partial(self._post_event, batch), stop.is_set)
            end = "stopped" if stop.is_set() else "finished"
        except KnownError:
            end = "stopped"
            raise
        finally:
            self._jobs.post(partial(self._rest, end))

    def _ingest(self, store: Store, drop: Drop, stop: Flag) -> str:
        def told(done: int, total: int) -> None:
            if stop.is_set():
                raise KnownError(translate("Window", CANCELLED))
            self._jobs.post(lambda: self._reading(done, total))

        intake = self.line.ingest(store, drop, told)
        self._jobs.post(lambda: self.ingested.emit(intake))
        return intake.batch

    def _post_event(self, batch: str, event: "Event") -> None:
        self._jobs.post(lambda: self._on_event(batch, event))

    def _reading(self, done: int, total: int) -> None:
        if self.progress_now.phase == "reading":
            self._tell(replace(self.progress_now, done=done, total=total))

    def _on_event(self, batch: str, event: "Event") -> None:
        if event.image:
            self._touched.setdefault(batch, set()).add(event.image)
            if not self._gather.isActive():
                self._gather.start()
        if event.kind in ("done", "failed"):
            self._pace.step(time.monotonic())
            self.recent.append(event.image)
        stopping = self.progress_now.phase == "stopping"
        remaining = None if stopping else self._pace.remaining(event.total - event.done)
        failed = self.progress_now.failed + (event.kind == "failed")
        phase = "stopping" if stopping else "processing"
        self._tell(Progress(phase, batch, event.done, event.total, failed, self._pace.rate, remaining))

    def _rest(self, end: str) -> None:
        self._tell(replace(self.progress_now, phase=end, remaining=None))
        self._tell_changes()
        if self.progress_now.batch:
            self.changed.emit(Change(self.progress_now.batch, (), "line"))
        if end == "crashed":
            self.told.emit(translate("Window", CRASHED))
        if end == "finished":
            self._run_next()
        else:
            self._due.clear()

    def _run_next(self) -> None:
        if self._due and not self.progress_now.running:
            self.run(self._due.pop(0))

    def _tell(self, progress: Progress) -> None:
        self.progress_now = progress
        self.progress.emit(progress)

    def _tell_changes(self) -> None:
        touched, self._touched = self._touched, {}
        for batch, images in touched.items():
            self.changed.emit(Change(batch, tuple(sorted(images)), "line"))
