"""Sidecars: beside each original, everything the catalogue knows of its images, so that files alone can tell it again.

`files/ab/<sha256>.json` holds the rows of the images of that original, `files/studio.json` the rows that belong to no
single image (batches, people, shoot groups). They are a second line behind backups: written a moment after the rows,
at the end of a run or a verb, not in the same step.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from typing import Any
from typing import Final

from pipeline.store import relations
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.files import SHA256
from pipeline.store.files import Files
from pipeline.store.files import write_private
from pipeline.store.holders import alone
from pipeline.store.migrations import SCHEMA
from pipeline.store.protocol import LISTED
from pipeline.store.trouble import explained

Tables = dict[str, list[Row]]

STUDIO: Final = "studio.json"
MARKS: Final = "sidecars.json"
LOCK: Final = "sidecars.lock"
LARGEST: Final = 2**63
AT_ONCE: Final = 200
"""Images whose rows are held in memory together."""

NOBODYS: Final = {"owner": None, "holder": None, "lease_until": 0}
"""A claim as a sidecar keeps it: whoever held it is gone when it is read again."""


def write_sidecars(catalog: Catalog, files: Files, *, everything: bool = False) -> int:
    """Write the sidecars of all images with rows newer than their sidecar; return how many originals that were.

    With `everything` all are written again. Nothing is done, and 0 returned, while another program writes them.
    Raises StudioError where they cannot be written.
    """
    with explained(files.folder), alone(files.folder / LOCK) as mine:
        if not mine:
            return 0
        kept = {} if everything else _marks(files)
        with catalog.reading():
            rows = _studio(catalog)
            marks = relations.newest(catalog) | {"schema": SCHEMA, "studio": _digest(rows)}
            if marks == kept:
                return 0
            since = kept if kept.get("schema") == SCHEMA else {}
            written = _write_images(catalog, files, relations.touched_since(catalog, since))
        files.write(STUDIO, _document({}, rows), sync=False)
        write_private(files.folder / MARKS, json.dumps(marks).encode())
    return written


def name_of(sha256: str) -> str:
    """Return what the sidecar of an original is called among the files."""
    return f"{sha256[:2]}/{sha256}.json"


def read_sidecar(files: Files, name: str) -> Tables | None:
    """Return the rows that a sidecar holds, by table; None where it is damaged or no sidecar."""
    try:
        document = json.loads(files.read_beside(name) or b"")
        rows = document["rows"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return rows if _are_tables(rows) and document.get("check") == _digest(rows) else None


def _are_tables(rows: object) -> bool:
    """Whether what somebody wrote has the shape of rows that a catalogue can take."""
    lists = rows.values() if isinstance(rows, dict) else (None,)
    return all(isinstance(some, list) and all(_is_row(row) for row in some) for some in lists)


def _is_row(row: object) -> bool:
    cells = row.values() if isinstance(row, dict) else ([],)
    return all(
        cell is None or isinstance(cell, str | float) or (isinstance(cell, int) and -LARGEST <= cell < LARGEST)
        for cell in cells
    )


def _write_images(catalog: Catalog, files: Files, images: list[int]) -> int:
    """Write a sidecar for every original of these images; those without an original stand in `studio.json`."""
    sql = f"SELECT DISTINCT sha256 FROM image WHERE id IN {LISTED} ORDER BY sha256"
    originals = [row["sha256"] for row in catalog.rows(sql, [json.dumps(images)]) if SHA256.fullmatch(row["sha256"])]
    names = []
    for start in range(0, len(originals), AT_ONCE):
        for sha256, tables in _rows_by_original(catalog, originals[start : start + AT_ONCE]).items():
            files.write(name_of(sha256), _document({"sha256": sha256}, tables), sync=False)
            names.append(name_of(sha256))
    files.sync_beside(names)
    return len(originals)


def _rows_by_original(catalog: Catalog, originals: list[str]) -> dict[str, Tables]:
    sql = "SELECT id, sha256 FROM image WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY id"
    images = {row["id"]: row["sha256"] for row in catalog.rows(sql, [json.dumps(originals)])}
    found: dict[str, Tables] = {}
    for image, tables in relations.rows_by_image(catalog, images).items():
        _merge(found.setdefault(images[image], {}), tables)
    return found


def _studio(catalog: Catalog) -> Tables:
    """The rows that belong to no original."""
    tables: Tables = {table: catalog.rows(f"SELECT * FROM {table}") for table in relations.others(catalog)}
    kinds = json.dumps(sorted(relations.relations(catalog)))
    sql = "SELECT * FROM event WHERE kind NOT IN (SELECT value FROM json_each(?)) ORDER BY seq"
    tables["event"] = catalog.rows(sql, [kinds])
    homeless = catalog.rows("SELECT id FROM image WHERE length(sha256) <> 64")
    for rows in relations.rows_by_image(catalog, [row["id"] for row in homeless]).values():
        _merge(tables, rows)
    return tables


def _merge(into: Tables, tables: Mapping[str, list[Row]]) -> None:
    for table, rows in tables.items():
        clean = [row | NOBODYS for row in rows] if table == "claim" else rows
        into.setdefault(table, []).extend(clean)


def _marks(files: Files) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        marks = json.loads((files.folder / MARKS).read_bytes())
        if isinstance(marks, dict):
            return marks
    return {}


def _document(about: dict[str, str], rows: Tables) -> bytes:
    document = {"whitepoint": "sidecar", "schema": SCHEMA, **about, "check": _digest(rows), "rows": rows}
    return json.dumps(document).encode("ascii")


def _digest(rows: Tables) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode("ascii")).hexdigest()
