"""The catalogue as a database: one connection to a PostgreSQL server, opened, checked, read and written.

Who writes holds one lock of the whole studio, because every row that is only ever added joins one chain; claims need no
such lock, since each takes rows that nobody else holds.
"""

import hashlib
import os
import threading
import time
import uuid
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from typing import ClassVar
from typing import Final

import psycopg
from psycopg.pq import TransactionStatus

from pipeline.errors import StudioError
from pipeline.store.catalog import FileCatalog
from pipeline.store.catalog import in_memory
from pipeline.store.holders import is_gone
from pipeline.store.holders import process_space
from pipeline.store.place import Place
from pipeline.store.protocol import Catalog
from pipeline.store.protocol import Holder
from pipeline.store.protocol import Row
from pipeline.store.protocol import Values
from pipeline.store.server import schema
from pipeline.store.server import transfer
from pipeline.store.server.statements import statement
from pipeline.store.server.trouble import told
from pipeline.store.server.values import register
from pipeline.store.trouble import explained as in_words

WRITERS: Final = 0x57485450
"""The number of the lock that whoever writes holds until the end of the transaction."""

CHANNEL: Final = "whitepoint"
SESSION: Final = f"SET search_path = {schema.NAME}; SET lock_timeout = '30s'; SET jit = off; LISTEN {CHANNEL}"
"""Statements of milliseconds are not worth the half second that compiling one takes."""

CONNECTING: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "whitepoint",
}
"""A machine that vanished is noticed within a minute, on both sides."""

READ: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
WRITE: Final = f"BEGIN; SELECT pg_advisory_xact_lock({WRITERS})"
CLAIM: Final = "BEGIN; SET LOCAL synchronous_commit = off"
CLOCK: Final = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
CLOCKS_AGREE: Final = 20_000_000
"""Nanoseconds; a smaller difference is the network's."""

SIGNS: Final = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND (classid::bigint << 32) | objid::bigint = %s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class ServerCatalog(Catalog):
    """A connection to a team's studio; it is made again when the server or the network broke it.

    Attributes:
        place: where it is.
        connection: psycopg's; another one after it was made again.
    """

    locking: ClassVar[str] = "FOR UPDATE"
    skipping: ClassVar[str] = "FOR UPDATE SKIP LOCKED"

    def __init__(self, place: Place) -> None:
        """Connect. Raises StudioError with one sentence."""
        self.place = place
        self.thread, self.process = threading.get_ident(), os.getpid()
        self._wrote = False
        self._wrote_now = False
        self._others = 0
        self._ahead = 0
        self._signs: set[str] = set()
        with self.explained():
            self.connection = self._connect()

    @property
    def name(self) -> str:
        """The server's address, without a password."""
        return self.place.shown

    @property
    def folder(self) -> Path:
        """The folder that all machines share."""
        return self.place.folder

    # Statements

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Run one statement and return all its rows."""
        with self.explained():
            cursor = self._execute(sql, values)
            if cursor.description is None:
                return []
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def column(self, sql: str, values: Values = ()) -> list[Any]:
        """Run one statement and return the first value of each of its rows."""
        with self.explained():
            return [row[0] for row in self._execute(sql, values).fetchall()]

    def run(self, sql: str, values: Values = ()) -> None:
        """Run one statement."""
        with self.explained():
            self._execute(sql, values)

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Run one statement once with each of these values."""
        self._wrote_now = True
        with self.explained(), self.connection.cursor() as cursor:
            cursor.executemany(statement(sql), many)

    def insert(self, sql: str, values: Values = ()) -> int:
        """Run one INSERT of one row and return its id, which is every table's first column."""
        return self.column(f"{sql} RETURNING *", values)[0]

    # Transactions

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One consistent view for several reads."""
        with self._transaction(READ):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, and alone: the lock is given in the order it was asked for."""
        with self._transaction(WRITE):
            yield

    @contextmanager
    def claiming(self) -> Iterator[None]:
        """Beside others who claim, and without waiting for the server's disk."""
        with self._transaction(CLAIM):
            yield

    def be_alone(self) -> None:
        """Inside `claiming`, before its first write: let nobody else write until it is over."""
        self.run(f"SELECT pg_advisory_xact_lock({WRITERS})")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.refuse_strangers()
        self._wrote_now = False
        with in_words(self.folder):
            with self.explained():
                self._begin(begin)
            try:
                yield
                with self.explained():
                    schema.run(self.connection, f"NOTIFY {CHANNEL}; COMMIT" if self._wrote_now else "COMMIT")
                self._wrote |= self._wrote_now
            except BaseException:
                self._roll_back()
                raise

    def _begin(self, begin: str) -> None:
        """A connection that broke since its last transaction is made again; nothing of ours was under way in it."""
        try:
            if not self.connection.closed:
                return schema.run(self.connection, begin)
        except psycopg.OperationalError:
            if not self.connection.closed:
                self._roll_back()
                raise
        self.connection = self._connect()
        self._others += 1
        return schema.run(self.connection, begin)

    def _roll_back(self) -> None:
        if not self.connection.closed and self.connection.info.transaction_status != TransactionStatus.IDLE:
            try:
                schema.run(self.connection, "ROLLBACK")
            except psycopg.OperationalError:
                self.connection.close()

    def _execute(self, sql: str, values: Values) -> psycopg.Cursor:
        cursor = self.connection.execute(statement(sql).encode(), values)
        if cursor.rowcount and not (cursor.statusmessage or "SELECT").startswith("SELECT"):
            self._wrote_now = True
        return cursor

    # The world

    def now(self) -> int:
        """Return the time in ns UTC by the server's clock."""
        return time.time_ns() + self._ahead

    @property
    def has_written(self) -> bool:
        """Whether anything was written through this connection."""
        return self._wrote

    def mark_of_others(self) -> int:
        """Every commit of another connection is told by the server, with the next answer it gives."""
        return self._others

    def holder(self) -> Holder:
        """A lock on the server that lasts as long as the connection."""
        sign = _Sign(self, f"{os.getpid()}-{_here()}-{uuid.uuid4().hex}")
        self._signs.add(sign.name)
        with self.explained():
            self.connection.execute("SELECT pg_advisory_lock(%s)", [_number(sign.name)])
        return sign

    def let_go(self, name: str) -> None:
        """End a sign of life of this program."""
        self._signs.discard(name)
        if not self.connection.closed:
            with self.explained():
                self.connection.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])

    def is_alive(self, name: str) -> bool:
        """Tell whether the program with the holder of that name is still connected.

        Worker processes may keep an inherited connection for a while after their parent died.
        """
        if is_gone(name, _here()):
            return False
        with self.explained():
            found = self.connection.execute(SIGNS, [_number(name)]).fetchone()
        return bool(found and found[0])

    @cached_property
    def shape(self) -> FileCatalog:
        """An empty catalogue in memory, of the same schema."""
        return in_memory()

    def has_table(self, name: str) -> bool:
        """Tell whether there is such a table."""
        sql = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        return bool(self.column(sql, [name]))

    def damage(self) -> list[str]:
        """Read every row of every table; what the server finds broken in them it says by itself."""
        for table in transfer.tables(self.shape):
            self.run(f"SELECT count(*) FROM (SELECT * FROM {table} OFFSET 0) AS every_row")
        return []

    def broken_references(self) -> list[Row]:
        """Return the rows that refer to nothing: none, unless somebody switched the server's rules off."""
        return transfer.broken_references(self)

    def copy_to(self, target: Path) -> None:
        """Write all rows, as they are at this moment, into a catalogue of one file, and verify it."""
        transfer.to_file(self, target)

    def keep_daily(self) -> None:
        """The server's own backups are somebody else's business."""

    def close(self) -> None:
        """Close the connection; closing twice is fine."""
        self.connection.close()
        if "shape" in self.__dict__:
            self.shape.close()

    def _connect(self) -> psycopg.Connection:
        try:
            connection = psycopg.connect(self.place.server, autocommit=True, **CONNECTING)  # type: ignore[arg-type]
        except psycopg.ProgrammingError as error:
            said = " ".join(str(error).split())
            raise StudioError(
                f"{self.name} cannot be read as an address ({said}); correct it and try again."
            ) from error
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: psycopg.Connection) -> None:
        register(connection.adapters)
        own = connection.info.backend_pid
        connection.add_notify_handler(lambda notice: self._hear(notice.pid != own))
        schema.run(connection, SESSION)
        for name in self._signs:
            connection.execute("SELECT pg_advisory_lock(%s)", [_number(name)])
        before = time.time_ns()
        told_at = (connection.execute(CLOCK).fetchone() or (0,))[0] * 1000
        ahead = told_at - (before + time.time_ns()) // 2
        self._ahead = ahead if abs(ahead) > CLOCKS_AGREE else 0

    def _hear(self, is_of_others: bool) -> None:
        self._others += is_of_others

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the server's errors inside the block into one sentence; the methods here do so by themselves."""
        try:
            yield
        except psycopg.Error as error:
            raise told(error, self.name) from error


class _Sign:
    """A holder: its name stands in every claim that it makes."""

    def __init__(self, catalog: ServerCatalog, name: str) -> None:
        self._catalog = catalog
        self.name = name

    def close(self) -> None:
        self._catalog.let_go(self.name)


def _here() -> str:
    """Process numbers mean something only on one machine, and inside one container of it."""
    return f"{uuid.getnode():x}.{process_space()}"


def _number(name: str) -> int:
    """A lock's number for a name: the beginning of its SHA-256."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
