"""A consistent copy of the catalogue while others go on working, verified before it gets its name."""

import contextlib
import os
import time
import uuid
from contextlib import closing
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path

from sqlite_utils.utils import sqlite3

from pipeline.errors import StudioError
from pipeline.store.files import make_folder
from pipeline.store.files import sync_folder
from pipeline.store.trouble import explained

FOLDER = "backups"
KEEP_DAYS = 10
DAY_SECONDS = 24 * 3600


def keep_before_upgrade(file: Path, schema: int) -> Path:
    """Copy the catalogue `file` to `backups/` beside it, named by its schema, and return the copy's path.

    May be called while this process holds the write lock: the copy is read through a connection of its own.

    Raises StudioError when the copy cannot be written or does not verify; then nothing may be upgraded.
    """
    folder = file.parent / FOLDER
    with explained(folder):
        make_folder(folder)
        # Half a copy left by a crash; whoever upgrades holds the write lock, so nobody is writing it now.
        for leftover in folder.glob("whitepoint-schema-*.sqlite.*"):
            leftover.unlink(missing_ok=True)
    target = folder / f"whitepoint-schema-{schema}.sqlite"
    copy_catalog(file, target)
    return target


def keep_daily(file: Path, today: date | None = None) -> Path | None:
    """Copy the catalogue `file` to `backups/` beside it once a day (UTC), and keep the newest `KEEP_DAYS` of them.

    Return the copy's path, None where there is one of today. Raises StudioError when it cannot be written or does not
    verify; then the older ones are still there.
    """
    day = today or datetime.now(UTC).date()
    folder = file.parent / FOLDER
    target = folder / f"whitepoint-day-{day.isoformat()}.sqlite"
    if target.exists():
        return None
    with explained(folder):
        make_folder(folder)
    copy_catalog(file, target)
    with explained(folder):
        for older in sorted(folder.glob("whitepoint-day-*.sqlite"))[:-KEEP_DAYS]:
            older.unlink(missing_ok=True)
        _remove_leftovers(folder)
    return target


def _remove_leftovers(folder: Path) -> None:
    """Half a copy left by a crash yesterday; what is being written now is younger than a day."""
    for leftover in folder.glob("whitepoint-day-*.sqlite.*"):
        with contextlib.suppress(FileNotFoundError):
            if leftover.stat().st_mtime < time.time() - DAY_SECONDS:
                leftover.unlink()


def copy_catalog(file: Path, target: Path) -> None:
    """Write a copy of the catalogue `file` to `target`, all or nothing, replacing an older copy there.

    Raises StudioError when the copy cannot be written or is not intact.
    """
    temporary = target.with_name(f"{target.name}.{uuid.uuid4().hex}")
    with explained(target):
        try:
            os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            _copy(file, temporary)
            sync_file(temporary)
            os.replace(temporary, target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _copy(file: Path, target: Path) -> None:
    # Not the connection that writes: a backup waits for ever for a transaction of its own connection.
    with closing(sqlite3.connect(str(file))) as source, closing(sqlite3.connect(str(target))) as copy:
        source.backup(copy)
        # One file that needs no journal beside it, so that it can be carried away.
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        broken = copy.execute("PRAGMA foreign_key_check").fetchall()
    if verdict != "ok" or broken:
        raise StudioError(f"The copy {target} of the catalogue is not intact; run check, then restore an older backup.")


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
