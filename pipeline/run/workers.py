"""Where images are processed: executors with one interface, `submit(...) -> Future`.

Worker processes are the default: a decoder or engine that crashes, hangs or balloons costs one image, and workers are
recycled because engines leak in long runs.
"""

import multiprocessing
import os
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import Executor
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from pebble import ProcessPool

from pipeline.settings import Settings

EXECUTORS = ("processes", "threads")


class ProcessExecutor(Executor):
    """A pebble process pool behind the standard interface: one bad task costs one task."""

    def __init__(self, *, workers: int, tasks_per_worker: int, seconds_per_task: float) -> None:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPool(max_workers=workers, max_tasks=tasks_per_worker, context=context)
        self._seconds = seconds_per_task

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Schedule one task; its future ends with TimeoutError or ProcessExpired when the worker is lost."""
        return self._pool.schedule(function, args=arguments, kwargs=keywords, timeout=self._seconds)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the workers; with `cancel_futures` also those at work."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait or cancel_futures:
            self._pool.join()


def worker_count(asked: int | None, settings: Settings) -> int:
    """Return how many images are worked on at once: as asked, as set, else one per core."""
    return asked or settings.line.workers or os.cpu_count() or 1


@contextmanager
def open_executor(kind: str, workers: int | None, settings: Settings) -> Iterator[Executor]:
    """Yield the executor of that kind ("processes" or "threads"); whatever still runs at the end is stopped."""
    count = worker_count(workers, settings)
    executor: Executor
    if kind == "threads":
        executor = ThreadPoolExecutor(max_workers=count, thread_name_prefix="line")
    else:
        executor = ProcessExecutor(
            workers=count,
            tasks_per_worker=settings.line.tasks_per_worker,
            seconds_per_task=settings.line.seconds_per_image,
        )
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
