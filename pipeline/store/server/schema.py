"""The studio's schema on a server: what SQLite's texts amount to, said in PostgreSQL's words.

Tables are brought up to date text by text, as in a file. Views and triggers hold no data: they are made anew from what
all texts together say, so that what one text drops and another makes again never matters here.
"""

import functools
import re
from collections.abc import Iterator
from typing import Final

import psycopg
from sqlite_utils import Database

from pipeline.errors import BugError
from pipeline.store.migrations import TEXTS
from pipeline.store.migrations import statements
from pipeline.store.migrations import text_of
from pipeline.store.server.statements import definition

NAME: Final = "whitepoint"
"""The schema of the database that holds the studio."""

WORDS: Final = "postgres_words"
DATA: Final = re.compile(r"(CREATE (TABLE|(UNIQUE )?INDEX)|ALTER TABLE|DROP TABLE|INSERT|UPDATE|DELETE)\b")
COMMENTS: Final = re.compile(r"^(?:\s*--[^\n]*\n)*\s*")

PARTS_OF: Final = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\' ORDER BY rowid
"""
VIEWS: Final = "SELECT table_name FROM information_schema.views WHERE table_schema = current_schema()"
GUARDS: Final = """
SELECT p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname = current_schema() AND p.prorettype = 'trigger'::regtype
"""


def create(connection: psycopg.Connection, schema: int) -> None:
    """Make the studio's schema of this number in an empty database, inside the caller's transaction."""
    create_tables(connection, schema)
    create_rules(connection, schema)


def create_tables(connection: psycopg.Connection, schema: int) -> None:
    """Make the first half, which rows can be brought into as they are: words and tables, without any rule but keys."""
    run(connection, f"CREATE SCHEMA {NAME}")
    run(connection, f"SET LOCAL search_path = {NAME}")
    run(connection, text_of(WORDS))
    run(connection, "CREATE TABLE studio (schema BIGINT NOT NULL, made_at TIMESTAMPTZ NOT NULL DEFAULT now())")
    run(connection, f"INSERT INTO studio (schema) VALUES ({schema})")
    for sql in _parts(schema, "table"):
        run(connection, definition(sql))


def create_rules(connection: psycopg.Connection, schema: int) -> None:
    """Make the second half: indexes, views and triggers."""
    for sql in (*_parts(schema, "index"), *_parts(schema, "view"), *_parts(schema, "trigger")):
        run(connection, definition(sql))


def upgrade(connection: psycopg.Connection, known: int, schema: int) -> None:
    """Bring a studio from the schema `known` to `schema`, inside the caller's transaction."""
    run(connection, text_of(WORDS))
    for (name,) in connection.execute(GUARDS).fetchall():
        run(connection, f"DROP FUNCTION {name}() CASCADE")
    for name in TEXTS[known:schema]:
        for sql in statements(name):
            _change(connection, COMMENTS.sub("", sql))
    for (name,) in connection.execute(VIEWS).fetchall():
        run(connection, f"DROP VIEW IF EXISTS {name} CASCADE")
    for sql in (*_parts(schema, "view"), *_parts(schema, "trigger")):
        run(connection, definition(sql))
    run(connection, f"UPDATE studio SET schema = {schema}")


def run(connection: psycopg.Connection, sql: str) -> None:
    """Run statements that have no parameters."""
    connection.execute(sql.encode())


def _change(connection: psycopg.Connection, sql: str) -> None:
    if found := re.match(r"DROP VIEW (\w+)", sql):
        run(connection, f"DROP VIEW IF EXISTS {found[1]} CASCADE")
    elif sql.startswith("CREATE VIEW") or DATA.match(sql):
        run(connection, definition(sql))
    elif not re.match(r"(CREATE|DROP) TRIGGER\b", sql):
        raise BugError(f"A server does not know how to change its schema by {sql[:40]!r}.")


def _parts(schema: int, part: str) -> Iterator[str]:
    """The definitions of one kind, each after those it is built on."""
    waiting = {name: sql for kind, name, sql in _definitions(schema) if kind == part}
    while waiting:
        for name, sql in list(waiting.items()):
            others = waiting.keys() - {name}
            if part != "view" or not any(re.search(rf"\b{other}\b", sql) for other in others):
                yield waiting.pop(name)


@functools.lru_cache(maxsize=2)
def _definitions(schema: int) -> tuple[tuple[str, str, str], ...]:
    """Kind, name and text of everything that the first texts together say."""
    db = Database(memory=True)
    try:
        for name in TEXTS[:schema]:
            for sql in statements(name):
                db.execute(sql)
        return tuple(db.execute(PARTS_OF))
    finally:
        db.close()
