"""The line on other machines: an executor over an existing Dask cluster, behind the interface the line already uses.

Workers need the studio's files (one path for all machines) and the settings' fingerprint: the settings themselves lie
among the files. They compute and write content-addressed files; the one caller records, fenced by its claims, so a task
that ran twice after a worker died counts once.
"""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import CancelledError
from concurrent.futures import Executor
from concurrent.futures import Future
from concurrent.futures import InvalidStateError
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from typing import Final

from pipeline.errors import ClusterError
from pipeline.errors import KnownError
from pipeline.run.answers import PoisonousError
from pipeline.run.answers import WorkerLostError
from pipeline.settings import Settings
from pipeline.settings import settings_from_text
from pipeline.store.files import Files
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox

CONNECT_SECONDS: Final = 15
WITHOUT_WORKERS_SECONDS: Final = 60
"""A scheduler that was started again has none until somebody starts them, too: what waits would wait for ever."""
LOOK_SECONDS: Final = 2
AHEAD: Final = 2
"""Images that each worker has waiting, so that it never waits for the caller."""
TOOK_TOO_LONG: Final = 75
"""Exit status of a worker that ended itself over an image."""


@dataclass(frozen=True)
class Apart:
    """Settings or a Toolbox as they travel: the file with all settings, and whether the toolbox is meant."""

    recipe: str
    toolbox: bool


class ClusterExecutor(Executor):
    """A Dask client's executor that sends settings by name and says in our words what became of a task."""

    def __init__(self, client: Any, files: Files, settings: Settings) -> None:
        self._client, self._inner = client, client.get_executor(pure=False)
        self._files, self._seconds = files, settings.line.seconds_per_image
        self._recipes: dict[str, str] = {}
        self._waiting: set[Future[Any]] = set()
        self._workers_seen = time.monotonic()
        self._looking = self._look_now_and_then()

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Schedule one task. Raises ClusterError where the scheduler is gone.

        Its future ends with PoisonousError where workers died over it again and again, with WorkerLostError where the
        scheduler forgot it.
        """
        if self._client.status not in ("running", "connecting"):
            raise ClusterError(_gone(self._client))
        sent = tuple(self._named(argument) for argument in arguments)
        outer: Future[Any] = Future()
        inner = self._inner.submit(work_apart, function, self._files, sent, self._seconds, **keywords)
        inner.add_done_callback(lambda done: _pass_on(done, outer))
        outer.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        self._waiting.add(outer)
        outer.add_done_callback(self._waiting.discard)
        return outer

    def _look_now_and_then(self) -> Any:
        from tornado.ioloop import PeriodicCallback

        looking = PeriodicCallback(self._look, LOOK_SECONDS * 1000)
        self._client.loop.add_callback(looking.start)
        return looking

    async def _look(self) -> None:
        """End what waits for workers that have been gone for long; runs in the client's own loop."""
        try:
            found = bool(await asyncio.wait_for(self._client.scheduler.ncores(), LOOK_SECONDS))
        except (TimeoutError, OSError, AttributeError):  # no scheduler, or none yet
            found = False
        now = time.monotonic()
        self._workers_seen = now if found or not self._waiting else self._workers_seen
        if now - self._workers_seen > WITHOUT_WORKERS_SECONDS:
            for future in list(self._waiting):
                with suppress(InvalidStateError):
                    future.set_exception(ClusterError(_without_workers(self._client)))

    def _named(self, argument: Any) -> Any:
        if not isinstance(argument, Settings | Toolbox):
            return argument
        settings = argument.settings if isinstance(argument, Toolbox) else argument
        if settings.fingerprint not in self._recipes:
            self._recipes[settings.fingerprint] = self._files.put_bytes(settings.text.encode())
        return Apart(self._recipes[settings.fingerprint], isinstance(argument, Toolbox))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; with `cancel_futures` what runs is given up (Dask's own executor does not know the word)."""
        self._client.loop.add_callback(self._looking.stop)
        self._inner.shutdown(wait=wait and not cancel_futures)


def work_apart(function: Callable[..., Any], files: Files, arguments: tuple[Any, ...], seconds: float) -> Any:
    """Run one task in a Dask worker; a worker that is not done in time ends itself, and Dask starts another."""
    watchdog = threading.Timer(seconds, os._exit, [TOOK_TOO_LONG])
    watchdog.daemon = True
    watchdog.start()
    try:
        return function(*(_found(argument, files) for argument in arguments))
    finally:
        watchdog.cancel()


def _found(argument: Any, files: Files) -> Any:
    if not isinstance(argument, Apart):
        return argument
    settings = _settings(files.read(argument.recipe).decode())
    return open_toolbox(settings, files.folder.parent) if argument.toolbox else settings


@lru_cache(maxsize=4)
def _settings(text: str) -> Settings:
    return settings_from_text(text, "the caller's settings")


def _pass_on(done: Future[Any], outer: Future[Any]) -> None:
    from distributed import KilledWorker

    if outer.done():
        return
    try:
        outer.set_result(done.result())
    except InvalidStateError:
        return
    except CancelledError:
        outer.set_exception(WorkerLostError("The scheduler forgot the task."))
    except KilledWorker as error:
        outer.set_exception(PoisonousError(str(error)))
    except BaseException as error:
        outer.set_exception(error)


@contextmanager
def open_cluster(address: str, files: Files, settings: Settings) -> Iterator[tuple[Executor, int]]:
    """Yield an executor over the Dask cluster with the scheduler at `address`, and how many images it takes at once.

    Raises KnownError where Dask is not installed, ClusterError where nothing answers there or no worker is up.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise KnownError("Dask is not installed here; give `pip install 'whitepoint[cluster]'`.") from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} ({type(error).__name__}); start it or correct the address."
        ) from error
    executor = ClusterExecutor(client, files, settings)
    try:
        yield executor, _threads(client, address) * AHEAD
    finally:
        with suppress(RuntimeError):
            executor.shutdown(wait=False, cancel_futures=True)
        client.close(timeout=CONNECT_SECONDS)


def _threads(client: Any, address: str) -> int:
    with suppress(TimeoutError):  # workers that died a moment ago are being started again
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    threads = sum(client.nthreads().values())
    if not threads:
        raise ClusterError(f"The scheduler at {address} has no worker; start some with `dask worker {address}`.")
    return threads


def _gone(client: Any) -> str:
    address = getattr(client.scheduler, "address", "the cluster")
    return f"The Dask scheduler at {address} is gone; start it again, then `run` continues where it stopped."


def _without_workers(client: Any) -> str:
    address = getattr(client.scheduler, "address", "the cluster")
    return f"The Dask cluster at {address} has no workers any more; start some, then `run` continues where it stopped."
