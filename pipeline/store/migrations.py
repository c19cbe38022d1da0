"""The studio's schema, one SQL text per step; a text is never edited once it was released."""

from collections.abc import Callable
from importlib import resources

from sqlite_utils import Database
from sqlite_utils import Migrations

APPLICATION_ID = 0x57485450
"""“WHTP”: marks a file as Whitepoint's catalogue."""

TEXTS = ("0001_studio", "0002_shoot_groups", "0003_review", "0004_display")
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
        db.executescript(resources.files("pipeline.store").joinpath("schema", f"{name}.sql").read_text("utf-8"))

    return apply
