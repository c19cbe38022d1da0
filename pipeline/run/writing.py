"""Files and folders that appear in one step: whole, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pipeline.errors import KnownError

PREFIX: Final = ".whitepoint-"
"""Begins the names of what is not finished yet."""


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: temporary file, flush, read back, rename, flush of the folder.

    Raises KnownError with the path and the system's reason; nothing half-written is left.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=PREFIX, dir=path.parent)
    except OSError as error:
        raise KnownError(f"{path.parent} cannot be written ({error.strerror}); choose another folder.") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise KnownError(f"{path} reads back differently than it was written; check the disk and export again.")
        temporary.chmod(0o644)
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise KnownError(
            f"{path} cannot be written ({error.strerror}); free space or choose another folder."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def growing_folder(beside: Path) -> Iterator[Path]:
    """Give a new empty folder on the same disk as `beside`, which is gone at the end unless it was moved away.

    Raises KnownError where none can be made.
    """
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside.parent))
    except OSError as error:
        raise KnownError(f"{beside.parent} cannot be written ({error.strerror}); choose another folder.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take_place(folder: Path, target: Path) -> None:
    """Move a finished folder to `target`, in place of an earlier one, whose files go only when the new one is there.

    Raises KnownError; then the earlier one is where it was.
    """
    old = folder.with_name(f"{folder.name}-old")
    try:
        flush_all(folder)
        if target.exists():
            target.rename(old)
        try:
            folder.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        _flush_folder(target.parent)
    except OSError as error:
        raise KnownError(f"{target} cannot be replaced ({error.strerror}); close what uses it.") from error
    shutil.rmtree(old, ignore_errors=True)


def take_file_place(file: Path, target: Path) -> None:
    """Move a finished file to `target`, in place of an earlier one. Raises KnownError."""
    try:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
        file.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise KnownError(f"{target} cannot be written ({error.strerror}); choose another folder.") from error


def flush_all(folder: Path) -> None:
    """Bring every file of a folder and of those in it, and their names, to the disk."""
    for path in folder.iterdir():
        if path.is_dir():
            flush_all(path)
            continue
        with path.open("rb") as opened:
            os.fsync(opened.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
