"""The verbs, written once: buttons, keys and tests call the same ones. Says what changed; views decide what to redraw.

All database work happens on the one thread of the lane "store", which alone holds the window's Store; the line has its
own thread and its own Store.
"""

import time
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event as Flag
from typing import TYPE_CHECKING
from typing import Protocol
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Batch
from pipeline.model import Change
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.model import Role
from pipeline.store.files import Files
from pipeline.store.store import Store
from reviewer.images.gallery import Gallery
from reviewer.images.gallery import Pair
from reviewer.images.gallery import memory_budget
from reviewer.images.layers import Layer
from reviewer.images.layers import ground_layer
from reviewer.images.layers import white_layer
from reviewer.images.pyramid import Pixels
from reviewer.images.pyramid import Pyramid
from reviewer.images.sources import load_mask
from reviewer.images.sources import load_small
from reviewer.images.sources import load_thumbnail
from reviewer.jobs import Jobs
from reviewer.jobs import Pace

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.run.line import Event

Answer = TypeVar("Answer")
GATHER_MILLISECONDS = 150
THUMBNAIL_PRIORITY = -100
CRASHED = "The line stopped because of a mistake in this program; reviewer.log in the studio's folder says where."


@dataclass(frozen=True)
class Progress:
    """How far the line is. `rate` in images per second, `remaining` in seconds, None before the first image is done."""

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
class Intake:
    """What reading a folder came to: the new batch and the sentences about what could not be used."""

    batch: str
    images: int
    problems: tuple[str, ...]


class Line(Protocol):
    """The pipeline as the desk drives it, always on one background thread with that thread's own Store."""

    def ingest(self, store: Store, paths: Sequence[Path], on_progress: Callable[[int, int], None]) -> Intake:
        """Copy the files into the store and add them as a batch."""
        ...

    def process(self, store: Store, batch: str, on_event: Callable[["Event"], None], stop: Callable[[], bool]) -> None:
        """Process what is not done; returns when all is done or `stop()` says so."""
        ...


class Desk(QObject):
    """What a person can do here.

    Attributes:
        person, role: who decides.
        progress_now: the last progress that was told.

    Signals:
        changed(Change): rows of a batch changed; no ids means all of them.
        progress(Progress): the line moved, began or ended.
        ingested(Intake): a folder became a batch.
        decided(Decision): a decision is in the database.
        opened(Pair): the pixels of the image asked for are in memory.
        told(str): one sentence the person should read.
    """

    changed = Signal(object)
    progress = Signal(object)
    ingested = Signal(object)
    decided = Signal(object)
    opened = Signal(object)
    told = Signal(str)

    def __init__(
        self, *, open_store: Callable[[], Store], files: Files, line: Line, jobs: Jobs, budget: int | None = None
    ) -> None:
        super().__init__()
        self.person, self.role = "", Role.EDITOR
        self.progress_now = Progress("idle")
        self._open_store, self._files, self._line, self._jobs = open_store, files, line, jobs
        self._lane_store: Store | None = None
        self._stop = Flag()
        self._pace = Pace()
        self._touched: dict[str, set[int]] = {}
        self._gather = QTimer(self, interval=GATHER_MILLISECONDS, singleShot=True)
        self._gather.timeout.connect(self._tell_changes)
        self._gallery = Gallery(partial(jobs.submit, "decode"), files, budget=budget or memory_budget())
        self._gallery.on_ready = self._picture_arrived
        self._current: Entry | None = None
        self._layer_turn = 0

    def ask(self, question: Callable[[Store], Answer], then: Callable[[Answer], None]) -> None:
        """Answer a question to the database on its thread; `then(answer)` is called on the window's thread."""
        self._jobs.submit("store", lambda: question(self._on_lane()), then=then, failed=self._tell)

    def read_batches(self, then: Callable[[list[Batch]], None]) -> None:
        """Read all batches, oldest first."""
        self.ask(lambda store: store.batches(), then)

    def read_entries(self, batch: str, then: Callable[[list[Entry]], None]) -> None:
        """Read every image of a batch."""
        self.ask(lambda store: store.entries(batch), then)

    def read_some(self, images: Sequence[int], then: Callable[[list[Entry]], None]) -> None:
        """Read some images again."""
        self.ask(lambda store: [store.entry(image) for image in images], then)

    def read_decisions(self, image: int, then: Callable[[list[Decision]], None]) -> None:
        """Read what people decided about an image, oldest first."""
        self.ask(lambda store: store.decisions(image), then)

    def open(self, entry: Entry, neighbours: Sequence[Entry]) -> Pair | None:
        """Show an image: returns its pixels when they are in memory, else `opened` tells when they are.

        The neighbours are decoded ahead, the first one first.
        """
        self._current = entry
        self._gallery.want([entry, *neighbours])
        return self._gallery.pair(entry)

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
        """Take back this person's last decision in the batch."""
        self._write(batch, lambda store: store.undo(self.person, batch))

    def redo_decision(self, batch: str) -> None:
        """Decide again what `undo` took back last."""
        self._write(batch, lambda store: store.redo(self.person, batch))

    def retry(self, entry: Entry) -> None:
        """Let the line try a failed image again, and run it if it rests."""
        image, batch = entry.record.id, entry.record.batch
        self._gallery.forget_trouble(entry)

        def begin(_: None) -> None:
            self.changed.emit(Change(batch, (image,), "retry"))
            self.continue_batch(batch)

        self.ask(lambda store: store.retry(image), begin)

    def start_batch(self, paths: Sequence[Path]) -> None:
        """Add files and folders as a new batch and process it in the background."""
        self._start(lambda store: self._take_in(store, paths), phase="reading")

    def continue_batch(self, batch: str) -> None:
        """Process what is not done of a batch, unless the line runs already."""
        if not self.progress_now.running:
            self._start(lambda _: batch, phase="processing", batch=batch)

    def cancel(self) -> None:
        """Stop the line after what is being recorded; a later run continues."""
        if self.progress_now.running:
            self._stop.set()
            self._tell_progress(replace(self.progress_now, phase="stopping", remaining=None))

    def layer(self, entry: Entry, name: str, then: Callable[[Layer], None]) -> None:
        """Make the layer "white" or a ground for the image's result; only the last one asked for is delivered."""
        self._layer_turn += 1
        turn = self._layer_turn
        outcome, pair = entry.version.outcome if entry.version else None, self._gallery.pair(entry)
        if outcome is None or outcome.mask is None or outcome.frame is None or pair is None or pair.result is None:
            return
        work = partial(_make_layer, self._files, outcome.mask, outcome.frame, pair.result, name, entry.record.file)
        self._jobs.submit(
            "derive",
            work,
            then=lambda layer: then(layer) if turn == self._layer_turn else None,
            failed=self._tell,
            wanted=lambda: turn == self._layer_turn,
        )

    def thumbnail(
        self,
        sha: str,
        side: int,
        *,
        original: str | None,
        then: Callable[[Pixels], None],
        wanted: Callable[[], bool],
        dropped: Callable[[], None],
    ) -> None:
        """Decode a small copy, uint8 h×w×4 BGRA, while it is `wanted`: of a stored picture, or of the client's file.

        `original` is the name of the client's file where the SHA-256 is that file's.
        """

        def load() -> Pixels:
            path = self._files.path(sha)
            return load_small(path, original, side) if original else load_thumbnail(path, side)

        self._jobs.submit(
            "decode",
            load,
            then=then,
            failed=lambda _: None,
            wanted=wanted,
            dropped=dropped,
            priority=THUMBNAIL_PRIORITY,
        )

    def close(self) -> None:
        """Stop the line, write what waits to be written, end all threads."""
        self._stop.set()
        self._gather.stop()
        self._jobs.submit("store", self._close_lane)
        self._jobs.close(finish=("store",))

    def _on_lane(self) -> Store:
        if self._lane_store is None:
            self._lane_store = self._open_store()
        return self._lane_store

    def _close_lane(self) -> None:
        if self._lane_store is not None:
            self._lane_store.close()
            self._lane_store = None

    def _decide(
        self, image: int, action: Action, version: int, *, reason: str = "", note: str = "", seconds: float = 0.0
    ) -> None:
        person, role = self.person, self.role

        def write(store: Store) -> Decision:
            return store.decide(
                image, action, person=person, role=role, version=version, reason=reason, note=note, seconds=seconds
            )

        self._write("", write, touched=image)

    def _write(self, batch: str, write: Callable[[Store], Decision], *, touched: int = 0) -> None:
        def done(answer: tuple[Decision, str]) -> None:
            decision, in_batch = answer
            self.changed.emit(Change(in_batch, (decision.image,), "decision"))
            self.decided.emit(decision)

        def refused(error: KnownError) -> None:
            self._tell(error)
            if touched:
                self.changed.emit(Change(batch, (touched,), "decision"))

        def work() -> tuple[Decision, str]:
            store = self._on_lane()
            decision = write(store)
            return decision, store.entry(decision.image).record.batch

        self._jobs.submit("store", work, then=done, failed=refused)

    def _start(self, find_batch: Callable[[Store], str], *, phase: str, batch: str = "") -> None:
        if self.progress_now.running:
            self.told.emit("The line is still running; wait until it is done or cancel it first.")
            return
        self._stop = Flag()
        self._pace = Pace()
        self._tell_progress(Progress(phase, batch=batch))
        self._jobs.submit("line", partial(self._run, find_batch, self._stop), failed=self._tell)

    def _run(self, find_batch: Callable[[Store], str], stop: Flag) -> None:
        end = "crashed"
        try:
            with self._open_store() as store:
                batch = find_batch(store)
                if not stop.is_set():
                    self._line.process(store, batch, partial(self._post_event, batch), stop.is_set)
            end = "stopped" if stop.is_set() else "finished"
        except KnownError:
            end = "stopped"
            raise
        finally:
            self._jobs.post(partial(self._rest, end))

    def _take_in(self, store: Store, paths: Sequence[Path]) -> str:
        def told(done: int, total: int) -> None:
            self._jobs.post(lambda: self._reading(done, total))

        intake = self._line.ingest(store, paths, told)
        self._jobs.post(lambda: self.ingested.emit(intake))
        return intake.batch

    def _reading(self, done: int, total: int) -> None:
        if self.progress_now.phase == "reading":
            self._tell_progress(replace(self.progress_now, done=done, total=total))

    def _post_event(self, batch: str, event: "Event") -> None:
        self._jobs.post(lambda: self._on_event(batch, event))

    def _on_event(self, batch: str, event: "Event") -> None:
        if event.image:
            self._touched.setdefault(batch, set()).add(event.image)
            if not self._gather.isActive():
                self._gather.start()
        failed = self.progress_now.failed + (event.kind == "failed")
        if event.kind in ("done", "failed"):
            self._pace.step(time.monotonic())
        stopping = self.progress_now.phase == "stopping"
        self._tell_progress(
            Progress(
                "stopping" if stopping else "processing",
                batch,
                event.done,
                event.total,
                failed,
                self._pace.rate,
                None if stopping else self._pace.remaining(event.total - event.done),
            )
        )

    def _rest(self, end: str) -> None:
        self._tell_progress(replace(self.progress_now, phase=end, remaining=None))
        self._tell_changes()
        if self.progress_now.batch:
            self.changed.emit(Change(self.progress_now.batch, (), "line"))
        if end == "crashed":
            self.told.emit(CRASHED)

    def _tell_progress(self, progress: Progress) -> None:
        self.progress_now = progress
        self.progress.emit(progress)

    def _tell_changes(self) -> None:
        touched, self._touched = self._touched, {}
        for batch, images in touched.items():
            self.changed.emit(Change(batch, tuple(sorted(images)), "line"))

    def _tell(self, error: KnownError) -> None:
        self.told.emit(str(error))

    def _picture_arrived(self, _: str) -> None:
        pair = self._gallery.pair(self._current) if self._current else None
        if pair is not None:
            self.opened.emit(pair)


def _make_layer(files: Files, mask: str, frame: Frame, result: Pyramid, name: str, file: str) -> Layer:
    matte = load_mask(files.path(mask), file)
    return white_layer(result, matte, frame) if name == "white" else ground_layer(result, matte, frame, name)
