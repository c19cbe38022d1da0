"""The check-up of a studio: is everything still as it was written, and what to do where it is not."""

from collections.abc import Callable
from collections.abc import Iterator

from pipeline.store import chain
from pipeline.store import retention
from pipeline.store.attempts import FILE_FIELDS
from pipeline.store.catalog import Catalog
from pipeline.store.files import SHA256
from pipeline.store.files import Files
from pipeline.store.records import Finding

Progress = Callable[[int, int, str], None]
"""Called with how many files are read, how many there are, and the beginning of the next one's name."""

IMAGES = """
SELECT i.id, i.file, i.sha256, i.reference, i.inside, i.refusal, b.created_at AS at
FROM image AS i JOIN batch AS b ON b.id = i.batch
"""

RESULTS = f"""
SELECT i.id, i.file, a.at, {", ".join(f"json_extract(a.outcome, '$.{field}') AS {field}" for field in FILE_FIELDS)}
FROM attempt AS a JOIN image AS i ON i.id = a.image
"""


def check(catalog: Catalog, files: Files, on_progress: Progress | None = None) -> list[Finding]:
    """Return what is wrong, one sentence each; reads every byte of the studio.

    Files are listed before the rows are read, so that a file put meanwhile is not taken for an orphan.
    """
    names = list(files.names())
    with catalog.reading():
        findings = list(_database(catalog))
        if findings:
            # Whatever else a damaged catalogue says is not to be trusted.
            return findings
        findings += _foreign_keys(catalog)
        findings += [Finding("chain", sentence) for sentence in chain.broken(catalog)]
        referenced = dict(_references(catalog, files))
    return [*findings, *_files(files, names, referenced, on_progress)]


def _database(catalog: Catalog) -> Iterator[Finding]:
    for words in catalog.damage():
        detail = " ".join(words.split())
        yield Finding("database", f"{catalog.name} is damaged ({detail}); restore the newest backup of this studio.")


def _foreign_keys(catalog: Catalog) -> Iterator[Finding]:
    for row in catalog.broken_references():
        where = f"Row {row['row']} of {row['table']} in {catalog.name}"
        yield Finding("foreign_key", f"{where} refers to a {row['parent']} that is gone; restore the newest backup.")


def references(catalog: Catalog, files: Files) -> dict[str, str]:
    """Return every file that a row names by SHA-256, with the words for what it is."""
    with catalog.reading():
        return dict(_references(catalog, files))


def _references(catalog: Catalog, files: Files) -> Iterator[tuple[str, str]]:
    """Every file that a row names, without those that a purge has taken since the row was written."""
    purged = retention.purged(catalog)
    for sha256, what, at in _named(catalog, files):
        if purged.get(sha256, 0) < at or files.has(sha256):
            yield sha256, what


def _named(catalog: Catalog, files: Files) -> Iterator[tuple[str, str, int]]:
    """Every file a row names, what it is and since when; of a refused image only what was kept of it."""
    for row in catalog.rows(IMAGES):
        which = f"{row['file']} (image {row['id']})"
        for other in ("reference", "inside"):
            if SHA256.fullmatch(row[other]):
                yield row[other], f"the {other} photo of {which}", row["at"]
        if row["refusal"] is None or (SHA256.fullmatch(row["sha256"]) and files.has(row["sha256"])):
            yield row["sha256"], f"the original of {which}", row["at"]
    for row in catalog.rows("SELECT sha256, name, max(created_at) AS at FROM delivery GROUP BY sha256, name"):
        # Retention lets them go before the rest; what was never kept here cannot be missing.
        if files.has(row["sha256"]):
            yield row["sha256"], f"the delivered file {row['name']}", row["at"]
    for row in catalog.rows(RESULTS):
        for field in FILE_FIELDS:
            if row[field] is not None:
                yield row[field], f"the {field.replace('_', ' ')} of {row['file']} (image {row['id']})", row["at"]


def _files(
    files: Files, names: list[str], referenced: dict[str, str], on_progress: Progress | None
) -> Iterator[Finding]:
    for done, sha256 in enumerate(names):
        if on_progress:
            on_progress(done, len(names), sha256[:12])
        path = files.shown(sha256)
        if not files.has(sha256):
            continue
        what = referenced.get(sha256)
        if not files.is_whole(sha256):
            meaning = f", {what}," if what else ""
            yield Finding("damaged", f"{path}{meaning} is damaged; restore it from a backup.", sha256)
        elif what is None:
            yield Finding(
                "orphan", f"{path} belongs to no image; it is harmless and the next purge removes it.", sha256
            )
    for sha256, what in sorted(referenced.items()):
        if not files.has(sha256):
            sentence = f"{files.shown(sha256)}, {what}, is missing; restore it from a backup."
            yield Finding("missing", sentence, sha256)
