"""Which rows belong to an image: told by the schema's own foreign keys, so that a new table needs no code here."""

import json
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.protocol import LISTED

ROOT: Final = "image"
PASSING: Final = frozenset({"hold", "listing", "event", "sale"})
"""Tables of no record of their own: who has what open now, copies (of a shop's file, for lists), and the chain."""

TABLES = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name"
KEYS = 'SELECT id, "from", "table", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
COLUMNS = 'SELECT name, "notnull" OR pk > 0 AS sure FROM pragma_table_info(?)'
KEY = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 AND type = 'INTEGER'"


@dataclass(frozen=True)
class Relation:
    """How the rows of a table are found from images.

    Attributes:
        of_images: condition for `table.*` with one parameter, a JSON list of image ids.
        image: expression for the image's id of a row of `table`.
        key: the column whose numbers tell which rows are new, "" where there is none.
    """

    table: str
    of_images: str
    image: str
    key: str


def relations(catalog: Catalog) -> dict[str, Relation]:
    """Return every table whose rows belong to one image each, parents first; `image` itself included."""
    shape = catalog.shape
    tables = {row["name"]: bool(row["wr"]) for row in shape.rows(TABLES) if _is_record(row["name"])}
    keys = {table: _sure_keys(shape, table) for table in tables}
    listed = "(SELECT CAST(value AS INTEGER) FROM json_each(:images))"
    found = {ROOT: Relation(ROOT, f"{ROOT}.id IN {listed}", f"{ROOT}.id", "id")}
    while new := [
        table for table in tables if table not in found and any(parent in found for parent, _ in keys[table])
    ]:
        for table in new:
            # A direct word on the image says the same as a longer way to it, and is found sooner.
            parent, columns = min((key for key in keys[table] if key[0] in found), key=lambda key: key[0] != ROOT)
            number = "" if tables[table] else shape.column(KEY, [table])[0]
            found[table] = _through(table, found[parent], columns, number)
    return found


def others(catalog: Catalog) -> tuple[str, ...]:
    """Return every table of lasting rows that belong to no single image, by name."""
    known = relations(catalog)
    return tuple(name for name in catalog.shape.column(TABLES) if _is_record(name) and name not in known)


def rows_by_image(catalog: Catalog, images: Iterable[int]) -> dict[int, dict[str, list[Row]]]:
    """Return all rows of these images, by image and table; events of the audit trail are among them."""
    wanted = list(images)
    found: dict[int, dict[str, list[Row]]] = {image: {} for image in wanted}
    known = relations(catalog)
    for relation in known.values():
        order = _order(relation)
        sql = f"SELECT {relation.image} AS image_of_row, {relation.table}.* FROM {relation.table}"
        for row in catalog.rows(f"{sql} WHERE {relation.of_images} ORDER BY {order}", {"images": json.dumps(wanted)}):
            found[row.pop("image_of_row")].setdefault(relation.table, []).append(row)
    for tables in found.values():
        events = [event for table in known for event in _events(catalog, table, tables.get(table, ()))]
        if events:
            tables["event"] = sorted(events, key=lambda event: event["seq"])
    return found


def newest(catalog: Catalog) -> dict[str, int]:
    """Return the highest key of every table of `relations` that has numbered rows; 0 for an empty one."""
    numbered = {relation.table: relation.key for relation in relations(catalog).values() if relation.key}
    return {table: catalog.column(f"SELECT max({key}) FROM {table}")[0] or 0 for table, key in numbered.items()}


def touched_since(catalog: Catalog, marks: Mapping[str, int]) -> list[int]:
    """Return the images that got a row since `newest` said `marks`, by id."""
    images: set[int] = set()
    for relation in relations(catalog).values():
        if relation.key:
            own = f"{relation.table}.{relation.key}"
            sql = f"SELECT DISTINCT {relation.image} FROM {relation.table} WHERE {own} > ?"
            images.update(catalog.column(sql, [marks.get(relation.table, 0)]))
    return sorted(images)


def _is_record(table: str) -> bool:
    return not table.startswith(("sqlite_", "_sqlite")) and table not in PASSING


def _sure_keys(catalog: Catalog, table: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Foreign keys whose columns are never empty: the table they lead to, and the pairs of columns."""
    sure = {row["name"] for row in catalog.rows(COLUMNS, [table]) if row["sure"]}
    keys: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for row in catalog.rows(KEYS, [table]):
        keys.setdefault(row["id"], (row["table"], []))[1].append((row["from"], row["to"]))
    return [key for key in keys.values() if all(own in sure for own, _ in key[1]) and key[0] != table]


def _through(table: str, parent: Relation, columns: list[tuple[str, str]], key: str) -> Relation:
    own, theirs = columns[0]
    for mine, other in columns:
        if parent.table == ROOT and other == "id":
            own = f"{table}.{mine}"
            return Relation(table, f"{own} IN (SELECT CAST(value AS INTEGER) FROM json_each(:images))", own, key)
    where = f"{table}.{own} IN (SELECT {parent.table}.{theirs} FROM {parent.table} WHERE {parent.of_images})"
    image = f"(SELECT {parent.image} FROM {parent.table} WHERE {parent.table}.{theirs} = {table}.{own})"
    return Relation(table, where, image, key)


def _order(relation: Relation) -> str:
    return f"{relation.table}.{relation.key}" if relation.key else "1, 2, 3"


def _events(catalog: Catalog, table: str, rows: Iterable[Row]) -> list[Row]:
    subjects = [row["id"] for row in rows if "id" in row]
    sql = f"SELECT * FROM event WHERE kind = ? AND subject IN {LISTED}"
    return catalog.rows(sql, [table, json.dumps(subjects)]) if subjects else []
