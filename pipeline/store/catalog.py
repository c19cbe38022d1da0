"""The catalogue as a file: how one connection to `whitepoint.sqlite` is opened, checked, read and written."""

import os
import random
import threading
import time
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from typing import cast

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pipeline.errors import StudioError
from pipeline.store.backup import copy_catalog
from pipeline.store.backup import keep_before_upgrade
from pipeline.store.backup import keep_daily
from pipeline.store.files import make_folder
from pipeline.store.holders import LockedFile
from pipeline.store.holders import is_alive
from pipeline.store.migrations import APPLICATION_ID
from pipeline.store.migrations import SCHEMA
from pipeline.store.migrations import migrate
from pipeline.store.protocol import Catalog
from pipeline.store.protocol import Holder
from pipeline.store.protocol import Row
from pipeline.store.protocol import Values
from pipeline.store.trouble import explained
from pipeline.store.turns import in_turn
from pipeline.store.volumes import refuse_network_folder

FILE_NAME = "whitepoint.sqlite"
BUSY_MILLISECONDS = 30_000
LOOK_AGAIN_SECONDS = (0.0001, 0.0005)
ALONE = "BEGIN IMMEDIATE"
OLDEST_SQLITE = (3, 38, 0)
TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
QUICK_CHECK_BYTES = 32 * 2**20
"""Up to this size the catalogue is checked at every opening (a few hundredths of a second); `check` reads any size."""


@dataclass(frozen=True, eq=False)
class FileCatalog(Catalog):
    """A connection to one file, whose writer is alone."""

    db: Database
    file: Path
    thread: int = field(default_factory=threading.get_ident)
    process: int = field(default_factory=os.getpid)

    @property
    def name(self) -> str:
        """The file's path."""
        return str(self.file)

    @property
    def folder(self) -> Path:
        """The folder it lies in."""
        return self.file.parent

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Run one statement and return all its rows."""
        cursor = self.db.execute(sql, cast(Any, values))
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def column(self, sql: str, values: Values = ()) -> list[Any]:
        """Run one statement and return the first value of each of its rows."""
        return [row[0] for row in self.db.execute(sql, cast(Any, values))]

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        self.db.execute(sql, cast(Any, values))

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Run one statement once with each of these values."""
        self.db.conn.executemany(sql, many)

    def insert(self, sql: str, values: Values = ()) -> int:
        """Run one INSERT of one row and return its id."""
        return int(self.db.execute(sql, cast(Any, values)).lastrowid or 0)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One consistent view for several reads."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, and alone: BEGIN IMMEDIATE waits for other writers instead of failing half-way."""
        with self._transaction(ALONE):
            yield

    @contextmanager
    def claiming(self) -> Iterator[None]:
        """As `writing`, for what a power cut may undo since it ends with the programs anyway: who works on what.

        Such a commit does not wait for the disk; the next one of `writing` brings it there too.
        """
        self.db.execute("PRAGMA synchronous = NORMAL")
        try:
            with self._transaction(ALONE):
                yield
        finally:
            self.db.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.refuse_strangers()
        with explained(self.file):
            if begin == ALONE:
                self._begin_alone()
            else:
                self.db.execute(begin)
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def _begin_alone(self) -> None:
        # SQLite lets those who wait ask ever more rarely, so that who comes later goes first and some starve.
        deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
        with in_turn(self.folder):
            self.db.execute("PRAGMA busy_timeout = 0").fetchall()
            try:
                while not self._is_begun(deadline):
                    threading.Event().wait(random.uniform(*LOOK_AGAIN_SECONDS))
            finally:
                self.db.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}").fetchall()

    def _is_begun(self, deadline: float) -> bool:
        try:
            self.db.execute(ALONE)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            return False
        return True

    @property
    def has_written(self) -> bool:
        """Whether anything was written through this connection."""
        return self.db.conn.total_changes > 0

    def mark_of_others(self) -> int:
        """SQLite counts what other connections commit."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def holder(self) -> Holder:
        """A locked file beside the catalogue."""
        with explained(self.folder):
            return LockedFile(self.folder)

    def is_alive(self, name: str) -> bool:
        """Tell whether the program that locked the file of that name still runs."""
        return is_alive(self.folder, name)

    @property
    def shape(self) -> Catalog:
        """It answers for itself."""
        return self

    def has_table(self, name: str) -> bool:
        """Tell whether there is such a table, which a copy of an older catalogue may lack."""
        return bool(self.column("SELECT 1 FROM sqlite_master WHERE name = ?", [name]))

    def damage(self) -> list[str]:
        """What SQLite's own check of all pages, rows and indexes says."""
        return [words for words in self.column("PRAGMA integrity_check") if words != "ok"]

    def broken_references(self) -> list[Row]:
        """Return the rows that refer to nothing, each as `row` (its rowid), `table` and `parent`."""
        found = self.rows("PRAGMA foreign_key_check")
        return [{"row": row["rowid"], "table": row["table"], "parent": row["parent"]} for row in found]

    def copy_to(self, target: Path) -> None:
        """Copy the file by SQLite's own means, and verify the copy."""
        copy_catalog(self.file, target)

    def keep_daily(self) -> Path | None:
        """Keep today's copy in `backups/`; return its path, None where there is one."""
        return keep_daily(self.file)

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self.db.close()


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite is free of the WAL-reset bug that damaged files up to 3.51.2.

    Fixed in 3.51.3 and in the lines 3.50.7+ and 3.44.6+ (sqlite.org/wal.html#walresetbug).
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def open_catalog(folder: Path, *, sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info) -> FileCatalog:
    """Open the catalogue in `folder`, making folder and catalogue when they do not exist yet.

    Raises StudioError with one sentence when it is another program's, newer, locked, damaged, read-only, on a full
    disk or on a network file system.
    """
    if sqlite_version < OLDEST_SQLITE:
        found = ".".join(map(str, sqlite_version))
        raise StudioError(f"SQLite {found} is too old for Whitepoint, which needs 3.38 or newer; update Python.")
    file = folder / FILE_NAME
    refuse_network_folder(folder)
    with explained(file):
        _make_private(folder, file)
        db = _connect(file)
    try:
        with explained(file):
            known = _identify(db, file)
            _set_journal(db, "WAL" if wal_is_safe(sqlite_version) else "TRUNCATE")
        catalog = FileCatalog(db, file)
        if known < SCHEMA:
            _bring_up_to_date(catalog)
        elif file.stat().st_size <= QUICK_CHECK_BYTES:
            _check_quickly(catalog)
    except BaseException:
        db.close()
        raise
    return catalog


def create_catalog(file: Path) -> FileCatalog:
    """Make an empty catalogue at `file`, which must not exist, in one file without a journal beside it when closed."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    catalog = FileCatalog(_connect(file), file)
    with catalog.writing():
        migrate(catalog.db)
    return catalog


@contextmanager
def read_only(file: Path) -> Iterator[FileCatalog]:
    """Open a copy of a catalogue for reading, whatever schema it has. Raises StudioError where that is impossible."""
    with explained(file):
        catalog = FileCatalog(_connect(file), file)
        catalog.db.execute("PRAGMA query_only = ON")
    try:
        yield catalog
    finally:
        catalog.close()


def in_memory() -> FileCatalog:
    """Return an empty catalogue that lies nowhere and goes with its connection."""
    catalog = FileCatalog(_connect(Path(":memory:")), Path(":memory:"))
    with catalog.writing():
        migrate(catalog.db)
    return catalog


@contextmanager
def without_triggers(catalog: FileCatalog) -> Iterator[None]:
    """Bring rows in as they were told, in any order, inside a write transaction.

    The guards judge what people do now; what is told again was judged when it happened.
    """
    catalog.run("PRAGMA defer_foreign_keys = ON")
    triggers = catalog.rows(TRIGGERS)
    for trigger in triggers:
        catalog.run(f'DROP TRIGGER "{trigger["name"]}"')
    yield
    for trigger in triggers:
        catalog.run(trigger["sql"])


def _make_private(folder: Path, file: Path) -> None:
    make_folder(folder)
    if not any(folder.iterdir()):
        folder.chmod(0o700)
    # SQLite gives its journal files the mode of the catalogue, so it is made before SQLite would.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    if os.name != "nt" and file.stat().st_mode & 0o077:
        file.chmod(0o600)


def _connect(file: Path) -> Database:
    # Driver autocommit: no statement ever opens a transaction on its own, only `reading` and `writing` do.
    connection = sqlite3.connect(str(file), timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)
    db = Database(connection, recursive_triggers=True, execute_plugins=False, strict=True)
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
    ):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


def _identify(db: Database, file: Path) -> int:
    """Return the catalogue's schema number, 0 for a new file; refuse what is not ours to open."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    schema = int(db.execute("PRAGMA user_version").fetchone()[0])
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (application or schema or tables):
        raise StudioError(f"{file} belongs to another program; choose another folder for the studio.")
    if schema > SCHEMA:
        raise StudioError(f"{file} was written by a newer Whitepoint; update Whitepoint to open it.")
    return schema


def _set_journal(db: Database, mode: str) -> None:
    # Changing the mode needs the file alone and does not wait for it; only the very first openings ever meet here.
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            if db.execute("PRAGMA journal_mode").fetchone()[0].upper() == mode:
                return
            db.execute(f"PRAGMA journal_mode = {mode}").fetchall()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            threading.Event().wait(0.02)


def _bring_up_to_date(catalog: FileCatalog) -> None:
    with catalog.writing():
        schema = _identify(catalog.db, catalog.file)
        if 0 < schema < SCHEMA:
            keep_before_upgrade(catalog.file, schema)
        if schema < SCHEMA:
            migrate(catalog.db)


def _check_quickly(catalog: FileCatalog) -> None:
    with explained(catalog.file):
        verdict = catalog.db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        detail = " ".join(verdict.split())
        raise StudioError(f"{catalog.file} is damaged ({detail}); restore the newest backup of this studio.")
