"""Where images are processed: executors with one interface, `submit(...) -> Future`.

Worker processes are the default: a decoder or engine that crashes, hangs or balloons costs one image, and workers are
recycled because engines leak in long runs.
"""

import ctypes
import multiprocessing
import os
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import Executor
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from typing import Final

import cv2
from pebble import ProcessPool

from pipeline.settings import Settings

EXECUTORS = ("processes", "threads")
"""Those of this machine; `cluster` has the one for others."""
LARGEST_FILE: Final = 8 * 2**30
"""Bytes; four times the largest result that a photo of the most megapixels can become."""


class ProcessExecutor(Executor):
    """A pebble process pool behind the standard interface: one bad task costs one task."""

    def __init__(self, *, workers: int, tasks_per_worker: int, seconds_per_task: float, memory_bytes: int = 0) -> None:
        self._workers, self._tasks, self._seconds = workers, tasks_per_worker, seconds_per_task
        self._memory = memory_bytes
        self._unanswered: set[Future[Any]] = set()
        self._pool = self._new_pool()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Schedule one task; its future ends with TimeoutError or ProcessExpired when the worker is lost.

        A pool that broke down, as when its workers died with nothing to do, is replaced by a new one.
        """
        if not self._pool.active:
            self._stop()
            self._pool = self._new_pool()
        future = self._pool.schedule(function, args=arguments, kwargs=keywords, timeout=self._seconds)
        self._unanswered.add(future)
        future.add_done_callback(self._unanswered.discard)
        return future

    def _new_pool(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=self._tasks,
            context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._memory, max(1, (os.cpu_count() or 1) // self._workers)),
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the workers; with `cancel_futures` also those at work, and whoever waits for them is told."""
        if cancel_futures:
            self._stop()
        else:
            self._pool.close()
            if wait:
                self._pool.join()

    def _stop(self) -> None:
        """End the workers; pebble leaves the futures of what they worked on without an answer for ever."""
        self._pool.stop()
        self._pool.join()
        for future in list(self._unanswered):
            future.cancel()


def worker_count(asked: int | None, settings: Settings) -> int:
    """Return how many images are worked on at once: as asked, as set, else one per core."""
    return asked or settings.line.workers or os.cpu_count() or 1


def settings_for(asked: int | None, settings: Settings) -> Settings:
    """Return the settings of a run with so many workers, since each engine's threads follow from them."""
    return replace(settings, line=replace(settings.line, workers=asked)) if asked else settings


def thread_count(settings: Settings) -> int:
    """Return how many images may be worked on at once within this process, so that its memory holds them."""
    share, least = settings.line.memory_share, settings.line.least_gigabytes * 2**30
    count = worker_count(None, settings)
    return max(1, min(count, int(_memory() * share / least))) if _memory() else count


def memory_per_worker(workers: int, settings: Settings) -> int:
    """Return how many bytes a worker may use: its part of the share of this machine's memory that the line may take.

    Never less than a large photo needs, and 0 (no limit) where the system does not tell its size.
    """
    share = int(_memory() * settings.line.memory_share / workers)
    return max(share, int(settings.line.least_gigabytes * 2**30)) if share else 0


def _memory() -> int:
    """Bytes of this machine, 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def limit_memory(most: int) -> None:
    """Let this process have at most `most` bytes of data of its own (0: any), so that more fails in it alone.

    Shared libraries do not count (RLIMIT_DATA, setrlimit(2): Linux 4.7 and later; RLIMIT_AS would count address space
    that engines reserve and never touch). It leaves no core dump, and writes no file larger than `LARGEST_FILE`.
    """
    if os.name == "nt":
        return  # Windows has no such limits; the time limit remains
    import resource

    files = (resource.RLIMIT_FSIZE, LARGEST_FILE)
    for limit, value in ((resource.RLIMIT_DATA, most), (resource.RLIMIT_CORE, 0), files):
        hardest = resource.getrlimit(limit)[1]
        if value or limit == resource.RLIMIT_CORE:
            most_allowed = value if hardest == resource.RLIM_INFINITY else min(value, hardest)
            resource.setrlimit(limit, (most_allowed, hardest))


def trim_memory() -> None:
    """Give freed memory back to the system, which the C library keeps for itself; nothing where it cannot do that."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)


def _begin(memory: int, threads: int) -> None:
    """What a worker process does first: it keeps to its share of the memory and of the cores."""
    limit_memory(memory)
    cv2.setNumThreads(threads)


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
            memory_bytes=memory_per_worker(count, settings),
        )
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
