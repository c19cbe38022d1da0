"""The line: one image through all stages, many images through an executor.

`process_image` is a function of its arguments: workers compute and write content-addressed files. `process_batch`
alone records outcomes, one transaction each, so a crash between any two statements leaves a batch that simply
continues.
"""

import os
import socket
import time
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED
from concurrent.futures import Executor
from concurrent.futures import Future
from concurrent.futures import wait
from dataclasses import dataclass
from dataclasses import replace
from typing import Any
from typing import Final

from pipeline.batch.routing import destination
from pipeline.errors import BadImageError
from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.model import WorkItem
from pipeline.run.answers import answer
from pipeline.run.answers import is_lost
from pipeline.run.clean_up import clean_up
from pipeline.run.clean_up import wants_clean_up
from pipeline.run.light import solve_light
from pipeline.run.patch import store_patch
from pipeline.run.pictures import store_pictures
from pipeline.run.provenance import with_provenance
from pipeline.run.shadow import store_shadow
from pipeline.run.workers import trim_memory
from pipeline.settings import Settings
from pipeline.stages.classify import classify
from pipeline.stages.correct_color import correct_color
from pipeline.stages.cut_out import cut_out
from pipeline.stages.cut_out import engine_name
from pipeline.stages.frame import frame
from pipeline.stages.prepare import prepare
from pipeline.stages.score import score
from pipeline.stages.whiten import whiten
from pipeline.store.files import Files
from pipeline.store.store import Claim
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

STAGES = (cut_out, whiten, frame, correct_color, score)
"""What follows prepare and classify, and is done again with another engine when a result goes back."""

POLL_SECONDS = 0.2
TRIES: Final = 2
"""How many workers an image may lose in one run; the first may have fallen to something else, as a full memory."""


@dataclass(frozen=True)
class Event:
    """What happened to one image: "started", "done", "failed"; or to the batch: "finished"."""

    kind: str
    image: int
    file: str
    done: int
    total: int
    seconds: float
    state: State | None = None
    error: str | None = None


def process_image(record: ImageRecord, files: Files, toolbox: Toolbox, settings: Settings) -> Outcome:
    """Take one image through the stages and write what can be seen of it; trouble with the image is an Outcome too."""
    started = time.perf_counter()
    try:
        item = classify(prepare(record, files.path(record.sha256), settings), toolbox, settings)
        trim_memory()
        if wants_clean_up(record, settings):
            item = clean_up(item, files, toolbox, settings)
        item = _best(item, toolbox, settings)
    except KnownError as error:
        refused = isinstance(error, BadImageError)
        return Outcome(
            image=record.id,
            state=State.REJECTED if refused else State.FAILED,
            seconds=time.perf_counter() - started,
            settings=settings.fingerprint,
            error=str(error),
            refused=refused,
        )
    outcome = kept(item, files, settings)
    del item
    trim_memory()
    return replace(outcome, seconds=time.perf_counter() - started)


def kept(item: WorkItem, files: Files, settings: Settings, *, by_hand: bool = False) -> Outcome:
    """Write everything that is stored of a scored item and return its outcome; `seconds` is 0.

    What a person will look at, as all that was made by hand, gets copies for viewing.
    """
    outcome = _outcome(item, settings)
    viewed = by_hand or outcome.state is not State.APPROVED
    outcome = replace(outcome, **store_pictures(item, files, settings, viewed=viewed), **store_patch(item, files))
    outcome = replace(outcome, shadow=store_shadow(item, files, settings))
    return with_provenance(outcome, item.record, files, settings)


def _best(classified: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Make the result; where it goes back by its score, try other installed engines and keep the best."""
    best = _made(classified, toolbox, settings)
    if best.score is None or best.score.verdict is not Verdict.REDO or classified.routing is None:
        return best
    first = engine_name(classified, settings)
    for engine in toolbox.alternatives(first)[: settings.line.automatic_retries]:
        again = _made(replace(classified, routing=replace(classified.routing, engine=engine)), toolbox, settings)
        if again.score and best.score and again.score.total > best.score.total:
            best = again
        if best.score and best.score.verdict is not Verdict.REDO:
            break
    return best


def _made(classified: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    item = classified
    for stage in STAGES:
        item = stage(item, toolbox, settings)
        if item.result is not None and item.cutout is not None:
            item = replace(item, cutout=None)  # a photo's size, and nobody looks at it again
    return item


def _outcome(item: WorkItem, settings: Settings) -> Outcome:
    if item.routing is None or item.score is None:
        raise BugError("The stages ended without a route or a score.")
    state = destination(routing=item.routing, score=item.score, gates=item.gates, flags=item.flags, settings=settings)
    engines = [step.tool for step in item.steps if step.stage == "cut_out"]
    return Outcome(
        image=item.record.id,
        state=state,
        seconds=0.0,
        settings=settings.fingerprint,
        routing=item.routing,
        score=item.score,
        readings=item.readings,
        gates=item.gates,
        flags=item.flags,
        steps=item.steps,
        frame=item.frame,
        engine=engines[-1] if engines else "",
        sources=item.sources,
        grade=item.grade,
        needs_sign_off=state is State.EDIT,
    )


def process_batch(
    store: Store,
    batch: str,
    toolbox: Toolbox,
    settings: Settings,
    executor: Executor,
    on_event: Callable[[Event], None],
    stop: Callable[[], bool],
    *,
    at_once: int = 0,
) -> None:
    """Process what is not done of a batch; returns when all is done or `stop()` says so.

    First the light of new images is measured and solved per shoot group. Images are claimed with a lease as they are
    needed, so that several callers can share a batch; one more than `at_once` (default: one per core) is claimed, to
    keep the workers busy while outcomes are recorded. Sidecars and the day's copy of the catalogue are brought up to
    date before, meanwhile and after.
    """
    store.keep_safe()
    solve_light(store, batch, settings, executor, stop)
    run = _Run(store, batch, toolbox, settings, executor, on_event, (at_once or os.cpu_count() or 1) + 1)
    try:
        while run.advance(stopping=stop()):
            pass
    finally:
        run.give_back()
    store.keep_safe()


class _Run:
    """One call of `process_batch`: the claims in flight and how far it came."""

    def __init__(
        self,
        store: Store,
        batch: str,
        toolbox: Toolbox,
        settings: Settings,
        executor: Executor,
        on_event: Callable[[Event], None],
        depth: int,
    ) -> None:
        self.store, self.batch, self.toolbox, self.settings = store, batch, toolbox, settings
        self.executor, self.on_event, self.depth = executor, on_event, depth
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self.in_flight: dict[Future[Outcome], Claim] = {}
        self.lost: Counter[int] = Counter()
        self.started = self.renewed = time.perf_counter()
        counts = store.counts(batch)
        self.total = sum(counts.values())
        self.done = self.total - counts.get(State.NEW, 0) - counts.get(State.PROCESSING, 0)

    def advance(self, *, stopping: bool) -> bool:
        """Claim, wait a moment, record what is finished; False when nothing is left to do."""
        if not stopping:
            self._claim()
        if not self.in_flight or stopping:
            self._emit("finished", 0, "")
            return False
        finished, _ = wait(self.in_flight, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in finished:
            self._record(self.in_flight.pop(future), future)
        self._renew()
        return True

    def give_back(self) -> None:
        """Cancel what is in flight; another run continues with it."""
        for future in self.in_flight:
            future.cancel()
        self.store.release(self.owner)

    def _claim(self) -> None:
        missing = self.depth - len(self.in_flight)
        if missing <= 0:
            return
        lease = self.settings.line.lease_seconds
        for claim in self.store.claim(self.batch, owner=self.owner, count=missing, lease_seconds=lease):
            self._submit(claim)
            self._emit("started", claim.record.id, claim.record.file)

    def _submit(self, claim: Claim) -> None:
        future = self.executor.submit(process_image, claim.record, self.store.files, self.toolbox, self.settings)
        self.in_flight[future] = claim

    def _renew(self) -> None:
        """Say that this run is alive, well before its leases end."""
        lease = self.settings.line.lease_seconds
        if time.perf_counter() - self.renewed > lease / 3:
            self.store.renew(self.owner, lease)
            self.store.keep_safe()
            self.renewed = time.perf_counter()

    def _record(self, claim: Claim, future: Future[Outcome]) -> None:
        if is_lost(future):
            self.lost[claim.record.id] += 1
            if self.lost[claim.record.id] < TRIES:
                self._submit(claim)
                return
        outcome = answer(claim.record, future, self.settings)
        try:
            self.store.record(outcome, owner=self.owner, token=claim.token)
        except ConflictError:
            return
        self.done += 1
        kind = "failed" if outcome.error else "done"
        self._emit(kind, claim.record.id, claim.record.file, state=outcome.state, error=outcome.error)

    def _emit(self, kind: str, image: int, file: str, **more: Any) -> None:
        seconds = time.perf_counter() - self.started
        self.on_event(Event(kind, image, file, self.done, self.total, seconds, **more))
