"""A lost catalogue told again from the originals and their sidecars: the same rows, checked by the same audit trail."""

import os
import uuid
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store import chain
from pipeline.store.catalog import FILE_NAME
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import create_catalog
from pipeline.store.catalog import without_triggers
from pipeline.store.files import Files
from pipeline.store.files import sync_folder
from pipeline.store.opening import files_at
from pipeline.store.opening import install
from pipeline.store.opening import refuse_existing
from pipeline.store.place import Place
from pipeline.store.place import place
from pipeline.store.sidecars import STUDIO
from pipeline.store.sidecars import Tables
from pipeline.store.sidecars import name_of
from pipeline.store.sidecars import read_sidecar
from pipeline.store.trouble import explained

COPIES = "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE '%\\_as_it_is' ESCAPE '\\'"


@dataclass(frozen=True)
class Rebuilt:
    """What came of it: how many images and decisions are back, and one sentence for each thing that is not."""

    images: int
    decisions: int
    problems: tuple[str, ...]


def rebuild(where: str | Path | Place) -> Rebuilt:
    """Make the catalogue of a studio from its sidecars; nothing appears unless all of it could be written.

    Raises KnownError where there is a catalogue already or no sidecar to read, StudioError where the disk fails.
    """
    target = place(where)
    folder, files = target.folder, files_at(target)
    file = folder / FILE_NAME
    _refuse_catalogue(target, file)
    studio = read_sidecar(files, STUDIO)
    if studio is None:
        raise KnownError(
            f"{STUDIO} among the files of {folder} is missing or damaged; restore a backup of this studio instead."
        )
    temporary = folder / f"{FILE_NAME}.{uuid.uuid4().hex}"
    with explained(file):
        try:
            try:
                rebuilt = _write(temporary, studio, files)
            except BugError as error:
                raise StudioError(
                    f"The sidecars of {folder} hold what no studio wrote, so they were changed by hand; restore "
                    "a backup of this studio instead."
                ) from error
            if target.server:
                install(temporary, target)
            else:
                os.replace(temporary, file)
                sync_folder(folder)
        finally:
            temporary.unlink(missing_ok=True)
    return rebuilt


def _refuse_catalogue(target: Place, file: Path) -> None:
    if target.server:
        refuse_existing(target)
    for name in (file, file.with_name(f"{FILE_NAME}-wal")):
        if not target.server and name.exists():
            raise KnownError(f"{name} is still there; move it away (and keep it), then rebuild.")


def _write(file: Path, studio: Tables, files: Files) -> Rebuilt:
    problems: list[str] = []
    catalog = create_catalog(file)
    try:
        with catalog.writing():
            with without_triggers(catalog):
                _insert(catalog, _all_rows(studio, files, problems))
                _fill_copies(catalog)
            _check_references(catalog)
            problems += chain.broken(catalog)
            count = "SELECT (SELECT count(*) FROM image) AS images, (SELECT count(*) FROM decision) AS decisions"
            counts = catalog.rows(count)[0]
    finally:
        catalog.close()
    return Rebuilt(counts["images"], counts["decisions"], tuple(problems))


def _all_rows(studio: Tables, files: Files, problems: list[str]) -> Iterator[Tables]:
    yield studio
    for sha256 in files.sidecars():
        tables = read_sidecar(files, name_of(sha256))
        if tables is None:
            path = f"{files.shown(sha256)}.json"
            problems.append(
                f"The sidecar {path} is damaged, so what it says is not in the catalogue; restore a backup."
            )
        else:
            yield tables


def _insert(catalog: Catalog, told: Iterable[Tables]) -> None:
    known: dict[str, set[str]] = {}
    for tables in told:
        for table, rows in tables.items():
            columns = known.setdefault(table, {row["name"] for row in _columns(catalog, table)})
            for row in rows:
                if not columns or not row.keys() <= columns:
                    raise KnownError("The sidecars were written by a newer Whitepoint; update it, then rebuild.")
                catalog.add(table, **row)


def _columns(catalog: Catalog, table: str) -> list[dict[str, str]]:
    return catalog.rows("SELECT name FROM pragma_table_info(?)", [table])


def _fill_copies(catalog: Catalog) -> None:
    """A table that lists read is filled from the view that says what must stand in it."""
    for row in catalog.rows(COPIES):
        table = row["name"].removesuffix("_as_it_is")
        catalog.run(f"INSERT INTO {table} SELECT * FROM {row['name']}")


def _check_references(catalog: Catalog) -> None:
    broken = catalog.row("PRAGMA foreign_key_check")
    if broken:
        raise StudioError(
            f"The sidecars do not fit together: a {broken['table']} refers to a {broken['parent']} that none of them "
            "knows; restore a backup of this studio instead."
        )
