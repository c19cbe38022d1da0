"""A PostgreSQL server of the tests' own: a cluster made for one session, on a memory disk, behind a socket alone."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlite_utils.utils import sqlite3

from pipeline.store.place import Place
from pipeline.store.server.catalog import ServerCatalog
from pipeline.store.server.opening import open_server
from pipeline.store.server.statements import statement

USER = "whitepoint"
MEMORY_DISK = Path("/dev/shm")
START_SECONDS = 120
ROOM = 2**29
"""Bytes that a cluster with the databases of some tests may take."""

PATTERN = "pattern"
"""The database that every test's own is copied from: a new, empty studio."""

COMMON = "common"
"""The one that most tests use, one after the other."""

OTHERS = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
RULES = """
SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'),
    (SELECT count(*) FROM pg_db_role_setting), (SELECT max(schema) FROM whitepoint.studio)
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'whitepoint' AND tablename <> 'studio'"
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'whitepoint' AND last_value IS NOT NULL"

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""What a test need not wait for; nothing here says anything about a power cut, which is the server's own business."""


def programs() -> Path | None:
    """Return the folder of the newest server that is installed, None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


class TeamServer:
    """A running server; it takes no connection from the network."""

    def __init__(self, folder: Path, bin: Path) -> None:
        self.folder, self._bin = folder, bin
        # A server refuses to run as root; the user that Debian's package made may not enter a private folder.
        self._as = _another_user()
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(0o700)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (data, folder):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.execute(f"CREATE DATABASE {PATTERN}")
        open_server(self.place(PATTERN, folder)).close()
        self.execute(f"CREATE DATABASE {COMMON} TEMPLATE {PATTERN}")
        with psycopg.connect(self.place(COMMON, folder).server) as connection:
            self._rules = connection.execute(RULES).fetchone()

    def start(self) -> None:
        """It ends with this process, however that ends."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **QUICK}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [*self._as, str(self._bin / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run([self._bin / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError((self.folder / "log").read_text())
            threading.Event().wait(0.05)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def place(self, database: str, folder: Path) -> Place:
        return Place(folder, f"postgresql://{USER}@/{database}?host={self.folder}")

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.place("postgres", self.folder).server, autocommit=True) as connection:
            connection.execute(sql.encode())

    @contextmanager
    def database(self, pattern: str = PATTERN) -> Iterator[str]:
        """A database of a test's own, with what `pattern` holds."""
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {pattern}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def emptied(self) -> str:
        """The database that tests share one after the other, with an empty studio.

        Emptying it takes a tenth of what another copy does. Where a test changed more than rows, it is copied anew.
        """
        with psycopg.connect(self.place(COMMON, self.folder).server, autocommit=True) as connection:
            connection.execute(OTHERS)
            if connection.execute(RULES).fetchone() == self._rules:
                tables = [name for (name,) in connection.execute(TABLES)]
                sequences = [name for (name,) in connection.execute(SEQUENCES)]
                rows = "; ".join(f"DELETE FROM whitepoint.{table}" for table in tables)
                numbers = "; ".join(f"ALTER SEQUENCE whitepoint.{name} RESTART" for name in sequences)
                # The guards are for everybody else.
                connection.execute(f"SET session_replication_role = replica; {rows}; {numbers}".encode())
                return COMMON
        self.execute(f"DROP DATABASE {COMMON} WITH (FORCE)")
        self.execute(f"CREATE DATABASE {COMMON} TEMPLATE {PATTERN}")
        return COMMON

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._bin / program), *arguments]
        # What the server inherits stays open as long as it runs, so it gets a file and no pipe.
        with (self.folder / "said").open("wb") as said:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {(self.folder / 'said').read_text()}")


@contextmanager
def started() -> Iterator[TeamServer | None]:
    """A server while the block runs, None where none is installed."""
    bin = programs()
    if bin is None or (os.geteuid() == 0 and not _another_user()):
        yield None
        return
    roomy = MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="whitepoint-server-", dir=MEMORY_DISK if roomy else None))
    try:
        server = TeamServer(folder, bin)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _another_user() -> list[str]:
    """How a server is started: never as root, and to end with its parent."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig=QUIT"] if setpriv else []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return []
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=QUIT"]
    return [setpriv, *user] if setpriv else []


class RawServer:
    """A connection as any other program would open it, with the words and the errors that the tests know."""

    def __init__(self, place: Place) -> None:
        self._catalog = ServerCatalog(place)

    def execute(self, sql: str, values: object = ()) -> psycopg.Cursor:
        # The guards of these rows speak before any key does, so a row that comes again is all there is to try.
        sql = sql.replace("INSERT OR REPLACE", "INSERT")
        try:
            return self._catalog.connection.execute(statement(sql).encode(), values)  # type: ignore[arg-type]
        except psycopg.Error as error:
            raise sqlite3.IntegrityError(str(error)) from error

    def drop_guards(self) -> None:
        """For this connection, so that the database can serve the next test."""
        self.execute("SET session_replication_role = replica")

    def close(self) -> None:
        self._catalog.close()
