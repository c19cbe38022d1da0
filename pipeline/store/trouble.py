"""The one place where errors of SQLite and of the disk become sentences with a remedy."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.utils import sqlite3

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.errors import StudioError

BUSY = 5
LOCKED = 6
READ_ONLY = 8
DISK_ERROR = 10
CORRUPT = 11
FULL = 13
CANNOT_OPEN = 14
CONSTRAINT = 19
NOT_A_DATABASE = 26

SENTENCES = {
    BUSY: "{place} is locked by another program; close it, or wait until it has finished, and try again.",
    LOCKED: "{place} is locked by another program; close it, or wait until it has finished, and try again.",
    READ_ONLY: "{place} cannot be written because it or its folder is read-only; allow writing or use another studio.",
    DISK_ERROR: "{place} could not be read or written ({reason}); check the disk and its cable, then try again.",
    CORRUPT: "{place} is damaged ({reason}); restore the newest backup of this studio.",
    FULL: "The disk with {place} is full; free some space and continue, nothing is lost.",
    CANNOT_OPEN: "{place} cannot be opened; check that its folder exists and that you may read and write it.",
    NOT_A_DATABASE: "{place} is not a Whitepoint catalogue, or it is damaged; use another studio or restore a backup.",
}

LITTLE = 64 * 2**10
"""Bytes; below it a disk is as good as full."""

DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
MAY_NOT_WRITE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn SQLite's and the disk's errors inside the block into one sentence about `place`.

    Raises StudioError for what the world did, KnownError for text that is none, ConflictError with the trigger's own
    sentence where the schema refuses a row, and BugError for everything that only wrong code can cause.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _from_database(error, place) from error
    except OSError as error:
        raise from_disk(error, place) from error
    except UnicodeEncodeError as error:
        shown = str(error.object).encode("utf-8", "replace").decode()
        raise KnownError(f"“{shown}” holds bytes that are no text in UTF-8; type it again.") from error


def _from_database(error: sqlite3.Error, place: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    code = _code_from_words(str(error)) if code is None else code & 0xFF
    if code == CONSTRAINT and "constraint failed" not in str(error) and "cannot store" not in str(error):
        return ConflictError(str(error))
    if code == DISK_ERROR and _is_full(place):
        code = FULL
    if code in SENTENCES:
        return StudioError(SENTENCES[code].format(place=place, reason=error))
    return BugError(f"{place}: {type(error).__name__}: {error}")


def _is_full(place: Path) -> bool:
    """SQLite calls a full disk an I/O error where it is its shared memory that found no room."""
    try:
        return shutil.disk_usage(place.parent).free < LITTLE
    except OSError:
        return False


def _code_from_words(text: str) -> int | None:
    words = {
        "database is locked": BUSY,
        "readonly": READ_ONLY,
        "disk I/O error": DISK_ERROR,
        "malformed": CORRUPT,
        "disk is full": FULL,
        "unable to open": CANNOT_OPEN,
        "not a database": NOT_A_DATABASE,
    }
    return next((code for word, code in words.items() if word in text), None)


def from_disk(error: OSError, place: Path) -> StudioError:
    """Return the sentence for an OSError that happened while working on `place`."""
    if error.errno in DISK_IS_FULL:
        return StudioError(SENTENCES[FULL].format(place=place))
    if error.errno in MAY_NOT_WRITE:
        return StudioError(SENTENCES[READ_ONLY].format(place=place))
    if error.errno == errno.ENOENT:
        return StudioError(f"{place} is missing; reconnect its disk or restore a backup of this studio.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StudioError(f"{place} is in the way of a folder of that name; move it or choose another studio.")
    if error.errno == errno.EISDIR:
        return StudioError(f"{place} is a folder where a file must be; move it or choose another studio.")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return StudioError(SENTENCES[DISK_ERROR].format(place=place, reason=reason))
