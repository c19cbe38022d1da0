"""Decoders in processes of their own, for a program that must outlive every file: the window.

A decoder that crashes, hangs or balloons costs the one file a sentence. Pixels come back through a file of the
system's temporary folder that is gone as soon as it is open.
"""

import os
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

import numpy as np

from pipeline.errors import KnownError
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.run.workers import ProcessExecutor

GIGABYTE: Final = 2**30
TRIES: Final = 2
"""How many workers a file may lose; the first may have fallen to something else, as a full memory."""


@dataclass(frozen=True)
class _Saved:
    """Where a worker left an array."""

    path: str


class Decoders:
    """Workers that read files; made when they are first needed. May be called from several threads.

    `workers` read at once; they stand back behind the window by `niceness`.
    """

    def __init__(self, settings: Settings, *, workers: int, niceness: int = 0) -> None:
        self._settings, self._workers, self._niceness = settings, workers, niceness
        self._lock = threading.Lock()
        self._executor: ProcessExecutor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    def __call__(self, read: Callable[..., Any], path: Path, *, name: str, **more: Any) -> Any:
        """Return what `read(path, name=name, **more)` returns, from a worker; an array is read-only.

        Raises what `read` raises, BadImageError with a sentence about `name` where its decoder came to grief, and
        KnownError once they are closed.
        """
        # Late, as everything here that brings a library along: the window is on the screen before it decodes.
        from pipeline.run.answers import LOST

        for turn in range(1, TRIES + 1):
            try:
                return _opened(self._submit(read, path, name, more).result())
            except LOST as error:
                if turn == TRIES and not self._closed:
                    raise _refusal(name, "decoder_down") from error
            except CancelledError as error:
                if self._closed:
                    raise _ended() from error
            except TimeoutError as error:
                seconds = f"{self._settings.line.seconds_per_decoding:g}"
                raise _refusal(name, "decoder_slow", seconds=seconds) from error
            except MemoryError as error:
                raise _refusal(name, "decoder_memory") from error
        raise _ended()

    def close(self) -> None:
        """End the workers, also those at work: who waits for one is told."""
        with self._lock:
            self._closed = True
            if self._executor is not None:
                self._executor.shutdown(cancel_futures=True)
            if self._folder is not None:
                self._folder.cleanup()

    def _submit(self, read: Callable[..., Any], path: Path, name: str, more: dict[str, Any]) -> Any:
        with self._lock:
            if self._closed:
                raise _ended()
            if self._executor is None or self._folder is None:
                from pipeline.run.workers import ProcessExecutor

                self._folder = tempfile.TemporaryDirectory(prefix="whitepoint-", ignore_cleanup_errors=True)
                self._executor = ProcessExecutor(
                    workers=self._workers,
                    tasks_per_worker=self._settings.line.tasks_per_worker,
                    seconds_per_task=self._settings.line.seconds_per_decoding,
                    memory_bytes=int(self._settings.line.least_gigabytes * GIGABYTE),
                )
            return self._executor.submit(_read_apart, self._niceness, self._folder.name, read, path, name, more)


def _read_apart(
    niceness: int, folder: str, read: Callable[..., Any], path: Path, name: str, more: dict[str, Any]
) -> Any:
    """What a worker does: an array is left in a file, since a pipe would carry it byte by byte."""
    if os.name != "nt" and os.getpriority(os.PRIO_PROCESS, 0) < niceness:
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
    value = read(path, name=name, **more)
    if not isinstance(value, np.ndarray):
        return value
    handle, place = tempfile.mkstemp(suffix=".npy", dir=folder)
    with os.fdopen(handle, "wb") as file:
        np.save(file, value, allow_pickle=False)
    return _Saved(place)


def _opened(value: Any) -> Any:
    if not isinstance(value, _Saved):
        return value
    array = np.asarray(np.load(value.path, mmap_mode="r", allow_pickle=False))
    with suppress(PermissionError):  # Windows keeps what is open; the folder goes when the window closes
        os.unlink(value.path)
    return array


def _refusal(name: str, what: str, /, **values: object) -> KnownError:
    from pipeline.photo_io.header import refusal

    return refusal(name, what, **values)


def _ended() -> KnownError:
    return KnownError("The window is being closed; open it again to see this image.")
