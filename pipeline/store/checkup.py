"""The check-up of a studio: is everything still as it was written, and what to do where it is not."""

from collections.abc import Iterator

from pipeline.model import Outcome
from pipeline.store import chain
from pipeline.store.attempts import files_of
from pipeline.store.catalog import Catalog
from pipeline.store.codec import from_json
from pipeline.store.files import SHA256
from pipeline.store.files import Files
from pipeline.store.records import Finding


def check(catalog: Catalog, files: Files) -> list[Finding]:
    """Return what is wrong, one sentence each; reads every byte of the studio.

    Files are listed before the rows are read, so that a file put meanwhile is not taken for an orphan.
    """
    names = list(files.names())
    with catalog.reading():
        findings = [*_database(catalog), *_foreign_keys(catalog)]
        findings += [Finding("chain", sentence) for sentence in chain.broken(catalog)]
        referenced = dict(_references(catalog))
    return [*findings, *_files(files, names, referenced)]


def _database(catalog: Catalog) -> Iterator[Finding]:
    for row in catalog.rows("PRAGMA integrity_check"):
        if row["integrity_check"] != "ok":
            detail = " ".join(row["integrity_check"].split())
            yield Finding(
                "database", f"{catalog.file} is damaged ({detail}); restore the newest backup of this studio."
            )


def _foreign_keys(catalog: Catalog) -> Iterator[Finding]:
    for row in catalog.rows("PRAGMA foreign_key_check"):
        where = f"Row {row['rowid']} of {row['table']} in {catalog.file}"
        yield Finding("foreign_key", f"{where} refers to a {row['parent']} that is gone; restore the newest backup.")


def _references(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Every file a row names, with the words for what it is."""
    for row in catalog.rows("SELECT id, file, sha256, reference, inside, refusal FROM image"):
        for other in ("reference", "inside"):
            if SHA256.fullmatch(row[other]):
                yield row[other], f"the {other} photo of {row['file']} (image {row['id']})"
        if row["refusal"] is None:
            yield row["sha256"], f"the original of {row['file']} (image {row['id']})"
    for row in catalog.rows("SELECT a.outcome, i.id, i.file FROM attempt AS a JOIN image AS i ON i.id = a.image"):
        for sha256 in files_of(from_json(Outcome, row["outcome"])):
            yield sha256, f"a result of {row['file']} (image {row['id']})"


def _files(files: Files, names: list[str], referenced: dict[str, str]) -> Iterator[Finding]:
    for sha256 in names:
        path = files.folder / sha256[:2] / sha256
        if not files.has(sha256):
            continue
        what = referenced.get(sha256)
        if not files.is_whole(sha256):
            meaning = f", {what}," if what else ""
            yield Finding("damaged", f"{path}{meaning} is damaged; restore it from a backup.")
        elif what is None:
            yield Finding("orphan", f"{path} belongs to no image; it is harmless and the next purge removes it.")
    for sha256, what in sorted(referenced.items()):
        if not files.has(sha256):
            yield Finding(
                "missing", f"{files.folder / sha256[:2] / sha256}, {what}, is missing; restore it from a backup."
            )
