"""Turns: programs that want to write one catalogue ask for it in the order in which they came.

SQLite's lock decides who writes; it knows no order, and of sixteen who ask again and again some wait a hundred times as
long as others. Here each waits for the one before it alone, on a lock that the system frees when that program ends,
however it ends. A program that is stopped (not ended) in its turn holds up the others, as it does in SQLite's lock.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path
from typing import Final

from pipeline.store.holders import FOLDER

if os.name != "nt":
    import fcntl

NAME: Final = "turns"
COUNTER: Final = struct.Struct("<q")
FLOCK: Final = struct.Struct("hhqqi4x")
"""`struct flock` of Linux with 64 bits: type, whence, start, length, process (0 for a lock of the open file)."""


@contextmanager
def in_turn(studio: Path) -> Iterator[None]:
    """Wait until everybody who came earlier has left a block like this one.

    Where the system has no locks of open files (only Linux does), or the folder `holders` is not there yet or cannot be
    written, nobody waits and SQLite's lock alone decides.
    """
    handle = _opened(studio / FOLDER / NAME)
    if handle is None:
        yield
        return
    try:
        with suppress(OSError, struct.error):
            _wait(handle)
        yield
    finally:
        # Said aloud, since a process forked meanwhile keeps the file open.
        with suppress(OSError):
            _lock(handle, fcntl.F_OFD_SETLK, fcntl.F_UNLCK, start=0, length=0)
        os.close(handle)


def _opened(path: Path) -> int | None:
    if os.name == "nt" or not hasattr(fcntl, "F_OFD_SETLKW"):
        return None
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def _wait(handle: int) -> None:
    """Draw a number, hold its byte, and wait for the byte of the number before it."""
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        number = COUNTER.unpack(os.pread(handle, COUNTER.size, 0) or bytes(COUNTER.size))[0] + 1
        os.pwrite(handle, COUNTER.pack(number), 0)
        _lock(handle, fcntl.F_OFD_SETLK, fcntl.F_WRLCK, start=number)
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)
    _lock(handle, fcntl.F_OFD_SETLKW, fcntl.F_WRLCK, start=number - 1)


def _lock(handle: int, how: int, kind: int, *, start: int, length: int = 1) -> None:
    """Lock or unlock bytes, which a file need not have; no length is all of them."""
    fcntl.fcntl(handle, how, FLOCK.pack(kind, os.SEEK_SET, start, length, 0))
