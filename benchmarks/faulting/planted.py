"""Bugs that a store can have, planted one at a time: a harness that misses one proves nothing."""

import os
from collections.abc import Callable
from pathlib import Path

from benchmarks.faulting.story import sha256
from pipeline.errors import ConflictError
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.store import attempts
from pipeline.store import catalog
from pipeline.store import claims
from pipeline.store import files
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import FileCatalog
from pipeline.store.files import Files
from pipeline.store.store import Store


def write_in_place() -> None:
    """The file gets its name before its bytes, and an existing name is trusted."""

    def put_bytes(self: Files, data: bytes) -> str:
        path = self._place(sha256(data))
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.write(handle, data)
            os.close(handle)
        return sha256(data)

    Files.put_bytes = put_bytes  # type: ignore[method-assign]


def row_before_file() -> None:
    """A result is named by a row first and written after it."""
    keep, record = Files.put_bytes, Store.record
    waiting: list[bytes] = []

    def put_bytes(self: Files, data: bytes) -> str:
        if not data.startswith(b"result"):
            return keep(self, data)
        waiting.append(data)
        return sha256(data)

    def late(self: Store, *arguments: object, **options: object) -> object:
        version = record(self, *arguments, **options)  # type: ignore[arg-type]
        while waiting:
            keep(self.files, waiting.pop())
        return version

    attempts.files_of = lambda _: ()
    Files.put_bytes, Store.record = put_bytes, late  # type: ignore[method-assign,assignment]


def commit_every_statement() -> None:
    """No transaction around what belongs together."""

    class Always:
        def __enter__(self) -> None:
            return None

        def __exit__(self, *_: object) -> None:
            return None

    FileCatalog.writing = lambda self: Always()  # type: ignore[method-assign,assignment]


def finish_before_the_version() -> None:
    """The claim is closed in a transaction of its own before the result is written."""
    real = attempts.add_attempt

    def add_attempt(opened: Catalog, outcome: object, **options: object) -> object:
        opened.db.execute(attempts.FINISH, [outcome.image])  # type: ignore[attr-defined]
        opened.db.execute("COMMIT")
        opened.db.execute("BEGIN IMMEDIATE")
        return real(opened, outcome, **options)  # type: ignore[arg-type]

    attempts.add_attempt = add_attempt  # type: ignore[assignment]


def claims_never_end() -> None:
    """What a killed program had claimed stays claimed."""
    FileCatalog.is_alive = lambda *_: True  # type: ignore[method-assign]
    claims.TAKE = claims.TAKE.replace("lease_until <= :now", "owner IS NULL")


def nothing_fenced() -> None:
    """A result is recorded whoever holds the claim by now."""
    attempts.FENCE = "SELECT i.file FROM image AS i WHERE i.id = ? AND ? <> '' AND ? >= 0"


def nothing_synced() -> None:
    """Files are given to the system and never brought to the disk."""
    os.fsync = lambda _: None


def folders_not_synced() -> None:
    """A new folder's own name is left to the system."""
    for room in (files, catalog):
        room.make_folder = lambda path: path.mkdir(parents=True, exist_ok=True, mode=0o700)  # type: ignore[attr-defined]


def commits_left_to_the_system() -> None:
    """The database leaves to the system when a commit reaches the disk."""
    connect = FileCatalog.__init__

    def lax(self: FileCatalog, *arguments: object, **options: object) -> None:
        connect(self, *arguments, **options)  # type: ignore[arg-type]
        self.db.execute("PRAGMA synchronous = OFF").fetchall()

    FileCatalog.__init__ = lax  # type: ignore[method-assign]


Plant = Callable[[], None]

CRASHES: dict[str, Plant] = {
    "direct write": write_in_place,
    "row before file": row_before_file,
    "split transaction": commit_every_statement,
    "claim closed before the result": finish_before_the_version,
    "no lease expiry": claims_never_end,
}
"""Seen by killing the program."""

ZOMBIES: dict[str, Plant] = {"no fencing": nothing_fenced}
"""Seen by a program that wakes up too late."""

POWER_CUTS: dict[str, Plant] = {
    "files never synced": nothing_synced,
    "new folders not synced": folders_not_synced,
    "commits never synced": commits_left_to_the_system,
}
"""Seen only where the disk forgets what was not synced."""


def a_zombie_records(studio: Path) -> bool:
    """Return whether a program whose lease ran out can still record its result after another one did."""
    with Store(studio) as late, Store(studio) as other:
        late.add_batch("shoot", "", [NewImage("a.jpg", late.files.put_bytes(b"original"), 8)])
        overdue = late.claim("shoot", owner="late", count=1, lease_seconds=0.0)[0]
        fresh = other.claim("shoot", owner="other", count=1, lease_seconds=600)[0]
        other.record(Outcome(1, State.REVIEW, 1.0, "f"), owner="other", token=fresh.token)
        try:
            late.record(Outcome(1, State.REDO, 1.0, "f"), owner="late", token=overdue.token)
        except ConflictError:
            return False
        return True
