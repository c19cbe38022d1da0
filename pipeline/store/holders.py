"""Who is still alive: a program that holds claims also holds a locked file, which the system frees when it dies.

A lease alone would keep the images of a killed program waiting until it runs out; a freed lock tells at once.
"""

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

FOLDER = "holders"


class LockedFile:
    """This program's own locked file in `holders/`; its name stands in every claim it makes."""

    def __init__(self, studio: Path) -> None:
        """Make and lock the file."""
        folder = studio / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        self.name = f"{os.getpid()}-{process_space()}-{uuid.uuid4().hex}"
        self._path = folder / self.name
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        _lock(self._handle)

    def close(self) -> None:
        """Free the lock and remove the file: whatever is still claimed may be taken by others."""
        os.close(self._handle)
        self._path.unlink(missing_ok=True)


def is_alive(studio: Path, name: str) -> bool:
    """Tell whether the program of that name still runs; its file is removed when it does not."""
    path = studio / FOLDER / name
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(handle)
    except OSError:
        # Worker processes may keep an inherited lock for a while after their parent died.
        return not is_gone(name, process_space())
    else:
        with contextlib.suppress(OSError):
            path.unlink()
        return False
    finally:
        os.close(handle)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether this is the only one inside a block on `path`, a lock file that stays; it is freed with the program."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if os.name == "nt":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_gone(name: str, here: str) -> bool:
    """Tell whether the program of that name ended, for sure; of one outside of the space `here` nobody knows."""
    process, space, _ = name.split("-")
    if os.name == "nt" or space != here:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def process_space() -> str:
    """Process numbers mean something only inside one container."""
    with contextlib.suppress(OSError):
        return str(os.stat("/proc/self/ns/pid").st_ino)
    return "0"
