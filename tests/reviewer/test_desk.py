"""The desk drives the line from one background thread: progress, cancel, crashes, and a window that stays fluent."""

import threading
import time
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_studios import Plan
from made_studios import outcome_of
from PySide6.QtCore import QTimer

from pipeline.errors import KnownError
from pipeline.model import NewImage
from pipeline.model import State
from pipeline.run.line import Event
from pipeline.store.store import Store
from reviewer.desk import Desk
from reviewer.desk import Drop
from reviewer.desk import Intake
from reviewer.jobs import Jobs


class HandLine:
    """A line that records real outcomes, one for every permit the test gives."""

    def __init__(self, studio) -> None:
        self.permits = threading.Semaphore(0)
        self.studio, self.threads, self.trouble = studio, set(), None

    def ingest(self, store: Store, drop: Drop, on_progress: Callable[[int, int], None]) -> Intake:
        with_files = [path for path in drop.paths if path.exists()]
        if not with_files:
            raise KnownError("There is no photo in nowhere; choose another folder.")
        on_progress(1, 2)
        sha = store.files.put_bytes(b"a photo")
        batch = store.add_batch("dropped", "", [NewImage(f"{n}.png", sha, 7, 1200, 1000) for n in range(4)])
        return Intake(batch.name, 4, ())

    def process(self, store: Store, batch: str, on_event: Callable[[Event], None], stop: Callable[[], bool]) -> None:
        self.threads.add(threading.get_ident())
        if self.trouble is not None:
            raise self.trouble
        claims, done = store.claim(batch, owner="hand", count=4, lease_seconds=60), 0
        for claim in claims:
            while not self.permits.acquire(timeout=0.01):
                if stop():
                    store.release("hand")
                    return
            store.record(outcome_of(store, claim.record.id, 1, Plan(State.REVIEW)), owner="hand", token=claim.token)
            done += 1
            on_event(Event("done", claim.record.id, claim.record.file, done, len(claims), 0.1 * done))
        on_event(Event("finished", 0, "", done, len(claims), 1.0))


@pytest.fixture
def line(studio) -> HandLine:
    return HandLine(studio)


@pytest.fixture
def desk(qtbot, studio, line):
    with studio.open() as store:
        files = store.files
    jobs = Jobs({"store": 1, "line": 1, "derive": 1, "small": 1, "decode": 1})
    made = Desk(open_store=studio.open, files=files, line=line, jobs=jobs)
    yield made
    made.close()


def test_a_folder_becomes_a_batch_and_runs_in_the_background(qtbot, desk, line, studio, tmp_path) -> None:
    phases, touched = [], []
    desk.progress.connect(lambda progress: phases.append(progress.phase))
    desk.changed.connect(lambda change: touched.extend(change.images))
    for _ in range(4):
        line.permits.release()
    with qtbot.waitSignal(desk.ingested) as intake:
        desk.start_batch([tmp_path])
    qtbot.waitUntil(lambda: phases[-1] == "finished")
    assert intake.args[0].batch == "dropped"
    assert [phase for at, phase in enumerate(phases) if phase not in phases[:at]] == [
        "reading",
        "processing",
        "finished",
    ]
    assert len(set(touched)) == 4
    assert threading.get_ident() not in line.threads
    with studio.open() as store:
        assert store.counts("dropped").get(State.REVIEW) == 4


def test_cancel_stops_soon_and_a_later_run_continues(qtbot, desk, line, studio, tmp_path) -> None:
    line.permits.release()
    desk.start_batch([tmp_path])
    qtbot.waitUntil(lambda: (desk.progress_now.phase, desk.progress_now.done) == ("processing", 1))
    desk.cancel()
    assert desk.progress_now.phase == "stopping"
    qtbot.waitUntil(lambda: desk.progress_now.phase == "stopped", timeout=2000)
    with studio.open() as store:
        assert store.counts("dropped").get(State.NEW) == 3
    for _ in range(3):
        line.permits.release()
    desk.continue_batch("dropped")
    qtbot.waitUntil(lambda: desk.progress_now.phase == "finished")


def test_what_waits_in_every_batch_is_processed_one_batch_after_the_other(qtbot, desk, line, studio) -> None:
    with studio.open() as store:
        sha = store.files.put_bytes(b"a photo")
        for name in ("monday", "tuesday", "wednesday"):
            store.add_batch(name, "", [NewImage(f"{n}.png", sha, 7, 1200, 1000) for n in range(2)])
    begun = []
    desk.progress.connect(lambda now: begun.append(now.batch) if now.batch and now.batch not in begun else None)
    for _ in range(3):
        line.permits.release()
    desk.continue_all()
    qtbot.waitUntil(lambda: (desk.progress_now.batch, desk.progress_now.done) == ("tuesday", 1))
    desk.cancel()
    qtbot.waitUntil(lambda: desk.progress_now.phase == "stopped")
    assert begun == ["monday", "tuesday"], "what a person cancels does not start again by itself"
    for _ in range(3):
        line.permits.release()
    desk.continue_all()
    qtbot.waitUntil(lambda: (desk.progress_now.batch, desk.progress_now.phase) == ("wednesday", "finished"))
    with studio.open() as store:
        assert not any(store.counts(name).get(State.NEW) for name in ("monday", "tuesday", "wednesday"))


def test_cancel_while_reading_adds_nothing(qtbot, desk, line, studio, tmp_path) -> None:
    reading = threading.Event()
    ingest = line.ingest

    def held(store: Store, paths: Sequence[Path], on_progress: Callable[[int, int], None]) -> Intake:
        reading.wait(5)
        return ingest(store, paths, on_progress)

    line.ingest = held
    desk.start_batch([tmp_path])
    with qtbot.waitSignal(desk.told) as told:
        desk.cancel()
        reading.set()
    assert "cancelled" in told.args[0]
    with studio.open() as store:
        assert [batch.name for batch in store.batches()] == ["shoot"]


def test_a_second_folder_waits_its_turn_with_a_sentence(qtbot, desk, tmp_path) -> None:
    desk.start_batch([tmp_path])
    with qtbot.waitSignal(desk.told) as told:
        desk.start_batch([tmp_path])
    assert "still running" in told.args[0]


def test_an_empty_folder_is_one_sentence(qtbot, desk) -> None:
    with qtbot.waitSignal(desk.told) as told:
        desk.start_batch([Path("nowhere")])
    assert told.args[0].startswith("There is no photo in nowhere")
    qtbot.waitUntil(lambda: desk.progress_now.phase == "stopped")


def test_a_crash_of_the_line_is_loud_and_leaves_the_desk_usable(qtbot, desk, line, tmp_path) -> None:
    line.trouble = ZeroDivisionError("ours")
    told = []
    desk.told.connect(told.append)
    with qtbot.captureExceptions() as raised:
        desk.start_batch([tmp_path])
        qtbot.waitUntil(lambda: bool(raised) and not desk.progress_now.running)
    assert "reviewer.log" in told[-1]
    line.trouble = None
    desk.continue_batch("dropped")
    assert desk.progress_now.running


def test_closing_the_window_writes_the_decisions_that_wait(qtbot, studio, line) -> None:
    with studio.open() as store:
        files = store.files
        version = store.entry(studio.images[0]).version.id
    jobs = Jobs({"store": 1, "line": 1, "derive": 1, "small": 1, "decode": 1})
    desk = Desk(open_store=studio.open, files=files, line=line, jobs=jobs)
    desk.person = "Ada"
    desk.approve(studio.images[0], version)
    desk.close()
    assert studio.state(studio.images[0]) is State.APPROVED


class Ticker:
    """Measures the gaps between the turns of the window's event loop, in seconds."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self.gaps, self._last = [], time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        """Return the gap that 95 of 100 stay below."""
        self._timer.stop()
        return sorted(self.gaps)[int(len(self.gaps) * 0.95)]

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


def test_the_window_stays_fluent_while_the_line_records(qtbot, show, studio, line, tmp_path) -> None:
    window = show(studio)
    desk = window.session.desk
    desk.runner.line = line
    ticker = Ticker()
    ticker.start()
    qtbot.waitUntil(lambda: len(ticker.gaps) >= 100)
    at_rest = ticker.stop()
    for _ in range(4):
        line.permits.release()
    ticker.start()
    desk.start_batch([tmp_path])
    qtbot.waitUntil(lambda: desk.progress_now.phase == "finished", timeout=20000)
    qtbot.waitUntil(lambda: window.session.queue.counts["review"] == 4, timeout=20000)
    assert window.session.batch == "dropped"
    # Against the same machine at rest, since other programs share it; a blocking call would stop it for the whole run.
    assert ticker.stop() < max(0.1, 4 * at_rest)
