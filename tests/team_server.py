"""A PostgreSQL server of the tests' own: a cluster made for one session, on a memory disk, behind a socket alone."""

import os
import pwd
import shutil
import subprocess
import tempfile
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
PATTERN = "pattern"
"""The database that every test's own is copied from: a new, empty studio."""

GUARDS = """
SELECT c.relname, t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
"""

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
        self._as = _another_user() if os.geteuid() == 0 else []
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(0o700)
        if self._as:
            owner = pwd.getpwnam("postgres")
            for path in (data, folder):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.execute(f"CREATE DATABASE {PATTERN}")
        open_server(self.place(PATTERN, folder)).close()

    def start(self) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **QUICK}
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in settings.items())
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

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
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="whitepoint-server-", dir=memory if memory.is_dir() else None))
    try:
        server = TeamServer(folder, bin)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _another_user() -> list[str]:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return []
    setpriv = shutil.which("setpriv")
    return [setpriv, "--reuid=postgres", "--regid=postgres", "--clear-groups"] if setpriv else []


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
        for table, name in self.execute(GUARDS).fetchall():
            self.execute(f"DROP TRIGGER {name} ON {table}")

    def close(self) -> None:
        self._catalog.close()
