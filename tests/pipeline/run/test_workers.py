"""Workers that crash, balloon or are killed cost one task at most, and an image gets a second worker."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import CancelledError
from concurrent.futures import Executor
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pebble import ProcessExpired

from pipeline.errors import StudioError
from pipeline.model import ImageRecord
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.run.answers import LOST
from pipeline.run.answers import answer
from pipeline.run.line import process_batch
from pipeline.run.line import process_image
from pipeline.run.workers import ProcessExecutor
from pipeline.run.workers import memory_per_worker
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox


@pytest.fixture
def pool() -> Iterator[ProcessExecutor]:
    executor = ProcessExecutor(workers=1, tasks_per_worker=100, seconds_per_task=30.0, memory_bytes=2**30)
    yield executor
    executor.shutdown(cancel_futures=True)


class Losing(Executor):
    """Runs nothing: the first `losses` images lose their worker, the next come back refused."""

    def __init__(self, losses: list[BaseException]) -> None:
        self.losses, self.tasks = losses, 0

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if function is not process_image:
            future.set_result(None)
            return future
        self.tasks += 1
        if self.losses:
            future.set_exception(self.losses.pop())
        else:
            record = arguments[0]
            future.set_result(Outcome(record.id, State.REJECTED, 0.0, "x", error="It is black.", refused=True))
        return future


@pytest.fixture
def one_image(tmp_path: Path) -> Iterator[tuple[Store, ImageRecord]]:
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", [NewImage("a.jpg", store.files.put_bytes(b"a"), 1, 2000, 2000)])
        yield store, store.entries("b")[0].record


def finished(error: BaseException) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    future.set_exception(error)
    return future


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts a process's own data")
def test_a_task_that_wants_too_much_memory_fails_alone(pool: ProcessExecutor) -> None:
    with pytest.raises(MemoryError):
        pool.submit(np.ones, 2**28).result(60)
    assert pool.submit(np.ones, 2).result(60).sum() == 2


def test_a_pool_whose_idle_worker_was_killed_goes_on(pool: ProcessExecutor) -> None:
    process = pool.submit(os.getpid).result(60)
    os.kill(process, signal.SIGKILL)
    with contextlib.suppress(BrokenProcessPool):  # what was waiting may be lost with the pool, what comes next is not
        pool.submit(os.getpid).result(60)
    assert pool.submit(os.getpid).result(60) != process


def test_a_pool_that_broke_down_is_replaced(pool: ProcessExecutor) -> None:
    pool.submit(os.getpid).result(60)
    pool._pool.stop()
    pool._pool.join()
    assert pool.submit(abs, -1).result(60) == 1


def test_who_waits_for_a_worker_that_is_stopped_is_told(pool: ProcessExecutor, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    at_work, waiting = pool.submit(pipe.read_bytes), pool.submit(os.getpid)
    with pipe.open("wb"):  # opens once the worker reads
        pool.shutdown(cancel_futures=True)
    for future in (at_work, waiting):
        with pytest.raises((CancelledError, *LOST)):
            future.result(10)


def test_every_worker_may_use_what_a_large_photo_needs(settings: Settings) -> None:
    assert memory_per_worker(10_000, settings) == int(settings.line.least_gigabytes * 2**30)
    assert memory_per_worker(1, settings) >= memory_per_worker(2, settings)


@pytest.mark.parametrize("loss", [ProcessExpired("killed", code=-9), BrokenProcessPool("all expired")])
def test_an_image_whose_worker_was_killed_is_tried_once_more(
    loss: Exception, one_image: tuple[Store, ImageRecord], toolbox: Toolbox, settings: Settings
) -> None:
    store, record = one_image
    executor, events = Losing([loss]), []
    process_batch(store, "b", toolbox, settings, executor, events.append, lambda: False)
    assert executor.tasks == 2
    assert store.entry(record.id).error == "It is black."
    assert [event.kind for event in events] == ["started", "failed", "finished"]


def test_an_image_that_loses_every_worker_fails_with_a_sentence(
    one_image: tuple[Store, ImageRecord], toolbox: Toolbox, settings: Settings
) -> None:
    store, record = one_image
    executor = Losing([ProcessExpired("killed", code=-9), ProcessExpired("killed", code=-9)])
    process_batch(store, "b", toolbox, settings, executor, lambda _: None, lambda: False)
    entry = store.entry(record.id)
    assert entry.state is State.FAILED
    assert "brought its worker down" in str(entry.error)


def test_a_mistake_of_ours_costs_one_image_and_is_logged(
    one_image: tuple[Store, ImageRecord], settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = answer(one_image[1], finished(ValueError("bad\nshape")), settings)
    assert outcome.state is State.FAILED
    assert "a.jpg met a mistake of this program (ValueError: bad shape)" in str(outcome.error)
    assert caplog.records[0].exc_info is not None


def test_a_failing_studio_stops_the_line_instead_of_failing_every_image(
    one_image: tuple[Store, ImageRecord], settings: Settings
) -> None:
    with pytest.raises(StudioError, match="full"):
        answer(one_image[1], finished(StudioError("The disk is full.")), settings)
