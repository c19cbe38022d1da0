"""The studio's schema, one SQL text per step; a text is never edited once it was released."""

from collections.abc import Callable
from collections.abc import Iterator
from importlib import resources

from sqlite_utils import Database
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from pipeline.errors import BugError

APPLICATION_ID = 0x57485450
"""“WHTP”: marks a file as Whitepoint's catalogue."""

TEXTS = (
    "0001_studio",
    "0002_shoot_groups",
    "0003_review",
    "0004_display",
    "0005_release",
    "0006_names",
    "0007_turns",
)
"""Names in `schema/`, in order; the schema's number is how many of them a catalogue has."""

SCHEMA = len(TEXTS)


def migrate(db: Database) -> None:
    """Bring the catalogue to the newest schema; call it inside a write transaction.

    The ledger of sqlite-utils names every text applied, `user_version` counts them, and both commit with the schema.
    """
    _ledger().apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA}")


def _ledger() -> Migrations:
    ledger = Migrations("whitepoint")
    for name in TEXTS:
        ledger(name=name)(_apply(name))
    return ledger


def _apply(name: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in statements(name):
            db.execute(statement)

    return apply


def text_of(name: str) -> str:
    """Return a text of `schema/`."""
    return resources.files("pipeline.store").joinpath("schema", f"{name}.sql").read_text("utf-8")


def statements(name: str) -> Iterator[str]:
    """The statements of a text of `schema/`, one by one."""
    return _statements(text_of(name))


def _statements(text: str) -> Iterator[str]:
    """The statements of a text whose lines end no statement half-way.

    `executescript` of sqlite-utils asks SQLite after every character whether the statement is complete: four fifths of
    the time a new studio takes.
    """
    lines: list[str] = []
    for line in text.splitlines():
        lines.append(line)
        if line.endswith(";") and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines).strip()
            lines = []
    if rest := "\n".join(lines).strip():
        raise BugError(f"A text of the schema ends within a statement: {rest[-80:]}")
