"""Batches and how an image in them is found by what a person types."""

import difflib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import Batch
from pipeline.model import Entry
from pipeline.model import NewImage
from pipeline.settings import nearest
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.files import Files
from pipeline.store.rows import load_batch
from pipeline.store.rows import load_entries
from pipeline.store.rows import load_entry

NAMES_IN_A_HINT = 8

HIDDEN = "SELECT kept_in FROM known_answer"
"""Batches that no list has: what is shown in others to measure the reviewers."""

ADD_IMAGE = """
INSERT INTO image (
    batch, file, sha256, bytes, width, height, sku, asin, gtin, category, tags, shoot_group, client, reference, inside,
    notes, refusal
) VALUES (
    :batch, :file, :sha256, :bytes, :width, :height, :sku, :asin, :gtin, :category, :tags, :shoot_group, :client,
    :reference, :inside, :notes, :refusal
)
"""

ADD_CLAIMS = """
INSERT INTO claim (image, batch, open)
SELECT id, batch, CASE WHEN refusal IS NULL THEN 1 ELSE 0 END FROM image WHERE batch = ?
"""


def add_batch(catalog: Catalog, files: Files, name: str, client: str, images: Sequence[NewImage]) -> Batch:
    """Add the batch with all its images, or nothing; refused images are kept with their sentence.

    Raises KnownError for an empty name, two files of one name or a name that is no text, StudioError when an
    original is not in `files`.
    """
    if not name.strip():
        raise KnownError("A batch needs a name; give it one.")
    _check_names(images)
    with catalog.writing():
        return _add(catalog, files, name.strip(), client, images)


def add_drop(
    catalog: Catalog, files: Files, name: str, client: str, images: Sequence[NewImage], *, note: str, known: int
) -> Batch | None:
    """Add the batch without those images whose `note` an image of a batch newer than `known` has; None without any.

    So a file that two watchers of one hot folder saw is taken once.
    """
    _check_names(images)
    with catalog.writing():
        taken = dropped(catalog, note, known)
        new = [image for image in images if image.notes[note] not in taken]
        return _add(catalog, files, name.strip(), client, new) if new else None


def dropped(catalog: Catalog, note: str, known: int = 0) -> dict[str, int]:
    """Return the batch's id by what every image of a batch newer than `known` has as that note."""
    sql = "SELECT batch, notes FROM image WHERE batch > ? AND json_extract(notes, '$.' || ?) IS NOT NULL"
    return {json.loads(row["notes"])[note]: row["batch"] for row in catalog.rows(sql, [known, note])}


def _add(catalog: Catalog, files: Files, name: str, client: str, images: Sequence[NewImage]) -> Batch:
    # Inside the transaction, so that nothing can purge an original between the look and the row.
    for sha256 in {image.sha256 for image in images if image.refusal is None}:
        files.path(sha256)
    at = chain.stamp(catalog)
    free = _free_name(catalog, _printable(name))
    batch = catalog.add("batch", name=free, client=client, created_at=at)
    catalog.run_many(ADD_IMAGE, [_values(batch, image) for image in images])
    catalog.run(ADD_CLAIMS, [batch])
    chain.append(catalog, "batch", batch, at)
    return Batch(batch, free, client, at)


def _check_names(images: Sequence[NewImage]) -> None:
    twice = [file for file, count in Counter(image.file for image in images).items() if count > 1]
    if twice:
        raise KnownError(f"Two files of the batch are called {twice[0]}; rename one of them.")
    for image in images:
        if not image.file.isprintable():
            raise KnownError(f"The file name {image.file!a} has characters that cannot be shown; rename the file.")


def _printable(name: str) -> str:
    """Folders may be called anything; a batch's name is one line that any terminal can show."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)


def _free_name(catalog: Catalog, name: str) -> str:
    taken = {row["name"] for row in catalog.rows("SELECT name FROM batch WHERE name >= ?", [name])}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _values(batch: int, image: NewImage) -> dict[str, Any]:
    values = vars(image) | {"batch": batch, "shoot_group": image.shoot}
    return values | {"tags": json.dumps(image.tags), "notes": json.dumps(image.notes)}


def all_batches(catalog: Catalog) -> list[Batch]:
    """Return all batches, oldest first."""
    sql = f"SELECT id, name, client, created_at FROM batch WHERE id NOT IN ({HIDDEN}) ORDER BY id"
    return [Batch(**row) for row in catalog.rows(sql)]


def batch_named(catalog: Catalog, name: str | None) -> Batch:
    """Return the batch of that name, the newest for None. Raises NotFoundError naming the nearest known one."""
    if name is None:
        found = load_batch(catalog, f"WHERE id NOT IN ({HIDDEN}) ORDER BY id DESC LIMIT 1", [])
        if found is None:
            raise NotFoundError("This studio has no batch yet; add photos with ingest.")
        return found
    found = load_batch(catalog, f"WHERE name = ? AND id NOT IN ({HIDDEN})", [name])
    if found is None:
        known = [batch.name for batch in reversed(all_batches(catalog))]
        near = difflib.get_close_matches(name, known, n=1) or known[:NAMES_IN_A_HINT]
        hint = nearest(name, near) if near else "; this studio has no batch yet"
        raise NotFoundError(f"There is no batch “{name}”{hint}.")
    return found


def find(catalog: Catalog, text: str, batch: str | None) -> Entry:
    """Return the image with that id, path or file name, in `batch` or else in the newest batch that has it.

    Raises NotFoundError naming the nearest file, or all files that the name fits when it fits several.
    """
    inside = None if batch is None else batch_named(catalog, batch).id
    among = f" AND batch NOT IN ({HIDDEN})" if inside is None else " AND batch = :batch"
    values = {"batch": inside, "text": text, "end": f"%/{_literal(text)}"}
    if text.isascii() and text.isdigit() and len(text) < 19:
        by_id = catalog.row(f"SELECT id FROM image WHERE id = CAST(:text AS INTEGER){among}", values)
        if by_id:
            return load_entry(catalog, by_id["id"])
    for fits in ("file = :text", r"file LIKE :end ESCAPE '\'"):
        newest = f"(SELECT max(batch) FROM image WHERE {fits}{among})"
        rows = catalog.rows(f"SELECT id, file FROM image WHERE batch = {newest} AND {fits} ORDER BY id", values)
        if len(rows) > 1:
            names = ", ".join(row["file"] for row in rows[:NAMES_IN_A_HINT])
            raise NotFoundError(f"“{text}” fits several images; give one of {names}.")
        if rows:
            return load_entries(catalog, "WHERE s.image = ?", [rows[0]["id"]])[0]
    raise NotFoundError(f"There is no image “{text}”{_nearest_file(catalog, text, inside)}.")


def _nearest_file(catalog: Catalog, text: str, batch: int | None) -> str:
    among = f"(SELECT max(id) FROM batch WHERE id NOT IN ({HIDDEN}))" if batch is None else ":batch"
    files = [row["file"] for row in catalog.rows(f"SELECT file FROM image WHERE batch = {among}", {"batch": batch})]
    near = difflib.get_close_matches(text, files, n=1)
    return f"; the nearest is “{near[0]}”" if near else "; look up its name with status"


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
