"""Whole catalogues between a server and a file: how a team's studio is backed up, restored, moved and told again."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

import psycopg

from pipeline.errors import StudioError
from pipeline.store.backup import sync_file
from pipeline.store.catalog import FileCatalog
from pipeline.store.catalog import create_catalog
from pipeline.store.catalog import without_triggers
from pipeline.store.files import sync_folder
from pipeline.store.migrations import SCHEMA
from pipeline.store.protocol import Catalog
from pipeline.store.protocol import Row
from pipeline.store.server import schema
from pipeline.store.trouble import explained

if TYPE_CHECKING:
    from pipeline.store.server.catalog import ServerCatalog

AT_ONCE: Final = 1000

TABLES: Final = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlite%' ESCAPE '\\' ORDER BY rowid
"""
KEYS: Final = 'SELECT id, "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
NUMBERED: Final = """
SELECT c.table_name, c.column_name FROM information_schema.columns AS c
WHERE c.table_schema = current_schema() AND c.is_identity = 'YES'
"""


def tables(shape: Catalog) -> list[str]:
    """Return every table of a studio, each after those it refers to."""
    return shape.column(TABLES)


def to_file(catalog: Catalog, target: Path) -> None:
    """Write the catalogue as one file of SQLite, all or nothing, replacing an older one there.

    Raises StudioError when it cannot be written or is not intact.
    """
    temporary = target.with_name(f"{target.name}.{uuid.uuid4().hex}")
    with explained(target):
        try:
            copy = create_catalog(temporary)
            try:
                with catalog.reading(), copy.writing(), without_triggers(copy):
                    for table in tables(catalog.shape):
                        _copy_rows(catalog, copy, table)
                if copy.damage() or copy.broken_references():
                    raise StudioError(f"The copy {target} of the catalogue is not intact; run check, then try again.")
            finally:
                copy.close()
            sync_file(temporary)
            os.replace(temporary, target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def to_server(source: FileCatalog, catalog: "ServerCatalog", connection: psycopg.Connection) -> None:
    """Bring all rows of a catalogue of this schema into the empty database of `catalog`, with its rules made last.

    Call it inside a write transaction of `catalog`.
    """
    schema.create_tables(connection, SCHEMA)
    for table in tables(catalog.shape):
        _copy_rows(source, catalog, table)
    for table, column in connection.execute(NUMBERED).fetchall():
        newest = f"(SELECT max({column}) FROM {table})"
        schema.run(connection, f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {newest})")
    schema.create_rules(connection, SCHEMA)


def broken_references(catalog: Catalog) -> list[Row]:
    """Return the rows that refer to nothing, each as `row` (its first column), `table` and `parent`."""
    found: list[Row] = []
    for table in tables(catalog.shape):
        for parent, pairs in _keys(catalog.shape, table):
            given = " AND ".join(f"c.{own} IS NOT NULL" for own, _ in pairs)
            same = " AND ".join(f"p.{other} = c.{own}" for own, other in pairs)
            sql = f"SELECT * FROM {table} AS c WHERE {given} AND NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE {same})"
            found += [{"row": row, "table": table, "parent": parent} for row in catalog.column(sql)]
    return found


def _keys(shape: Catalog, table: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    keys: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for row in shape.rows(KEYS, [table]):
        keys.setdefault(row["id"], (row["table"], []))[1].append((row["from"], row["to"]))
    yield from keys.values()


def _copy_rows(source: Catalog, target: Catalog, table: str) -> None:
    """Rows in the order of their first column, so that what a row refers to in its own table is there before it."""
    rows = source.rows(f"SELECT * FROM {table} ORDER BY 1")
    if rows:
        names = list(rows[0])
        places = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"
        for start in range(0, len(rows), AT_ONCE):
            target.run_many(sql, [list(row.values()) for row in rows[start : start + AT_ONCE]])
