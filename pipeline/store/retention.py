"""Retention: which files may go, and how they go so that no crash and no other program ever loses one that is needed.

A file may be purged when every reference to it has expired. References of a batch expire a client's days after its last
delivery, once nothing of it waits any more; of a batch that was never delivered, or is on legal hold, none ever does.
"""

import json
import time
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import KnownError
from pipeline.model import Expired
from pipeline.store import chain
from pipeline.store import trash
from pipeline.store.attempts import FILE_FIELDS
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.files import SHA256
from pipeline.store.files import Files

DAY, HOUR = 24 * 3600 * 10**9, 3600 * 10**9
KEPT_FIELDS = frozenset({"thumbnail", "original_thumbnail", "recipe"})
"""Small, and the list and the provenance need them for years."""
VIEWING_FIELDS = frozenset({"tiles", "original_proxy"})
PLACES_KEPT = 2
"""Of every place (client, platform, name) the file that is live and the one that a rollback would restore."""

# `shown`: the batch that decides about a known answer's files. Nothing waits when all was delivered or given up.
BATCHES = """
SELECT coalesce((SELECT max(k.shown) FROM known_answer AS k WHERE k.kept_in = b.id), b.id) AS shown, b.id, b.client,
    (SELECT json_group_array(DISTINCT i.client) FROM image AS i WHERE i.batch = b.id AND i.client <> '') AS clients,
    (SELECT max(e.created_at) FROM delivery AS e JOIN version AS v ON v.id = e.version
        JOIN image AS i ON i.id = v.image WHERE i.batch = b.id) AS delivered,
    (SELECT max(d.at) FROM decision AS d JOIN image AS i ON i.id = d.image WHERE i.batch = b.id) AS decided,
    EXISTS (
        SELECT 1 FROM settled_of_image AS s WHERE s.batch = b.id AND s.state NOT IN ('delivered', 'rejected', 'failed')
    ) AS waits,
    EXISTS (SELECT 1 FROM held AS h WHERE h.batch = b.id) AS held
FROM batch AS b
"""

ORIGINALS = "SELECT id AS image, batch, sha256, reference, inside FROM image"

RESULTS = f"""
SELECT a.id, a.image, i.batch, s.state, s.moved, s.version = v.id AS current,
    {", ".join(f"json_extract(a.outcome, '$.{field}') AS {field}" for field in FILE_FIELDS)}
FROM attempt AS a JOIN image AS i ON i.id = a.image LEFT JOIN version AS v ON v.attempt = a.id
JOIN (
    SELECT s.image, s.version, s.state, max(
        coalesce((SELECT d.at FROM decision AS d WHERE d.id = s.decision), 0),
        coalesce((SELECT e.created_at FROM delivery AS e WHERE e.id = s.delivery), 0), s.moved_at
    ) AS moved FROM settled_of_image AS s
) AS s ON s.image = a.image
"""

# Newest first within each place of sale, so that the first ones are those to keep.
DELIVERED = """
SELECT v.image, i.batch, e.sha256, row_number() OVER (
    PARTITION BY b.client, e.platform, e.name ORDER BY e.id DESC
) AS place
FROM delivery AS e JOIN version AS v ON v.id = e.version JOIN image AS i ON i.id = v.image
JOIN batch AS b ON b.id = i.batch WHERE e.id NOT IN (SELECT delivery FROM recall WHERE delivery IS NOT NULL)
UNION ALL
SELECT v.image, i.batch, e.sha256, 99 AS place
FROM recall AS c JOIN delivery AS e ON e.id = c.delivery JOIN version AS v ON v.id = e.version
JOIN image AS i ON i.id = v.image
"""


PURGED = "SELECT f.sha256, max(p.at) AS at FROM purged_file AS f JOIN purge AS p ON p.id = f.purge GROUP BY f.sha256"


@dataclass(frozen=True)
class Terms:
    """How long things are kept, in days and hours; `keep_days` answers for a client's name ("" for none).

    `most_share`: of the bytes of all files, 0..1, so many may go at once; more must be meant.
    """

    keep_days: Callable[[str], float]
    viewing_days: float
    orphan_hours: float
    most_share: float = 1.0


@dataclass(frozen=True)
class Reference:
    """One row's word on a file: whose it is, what it is, and why it no longer counts ("" while it does)."""

    sha256: str
    image: int
    what: str
    expired: str


def expired(catalog: Catalog, files: Files, terms: Terms, now: int) -> list[Expired]:
    """Return every file that may go at `now` (ns UTC), by SHA-256; call it inside a transaction.

    A clock that is behind the newest row says nothing: then nothing has expired.
    """
    if now < chain.head(catalog)["at"]:
        return []
    words: dict[str, Reference] = {}
    needed: set[str] = set()
    for reference in references(catalog, terms, now):
        if reference.expired:
            words.setdefault(reference.sha256, reference)
        else:
            needed.add(reference.sha256)
    found = []
    # Files are put before their rows: what was put, or put again, a moment ago may be about to be needed.
    oldest = now - terms.orphan_hours * HOUR
    for one in files.listed():
        if one.sha256 not in needed and one.put_at < oldest:
            word = words.get(one.sha256)
            reason = f"{word.what}: {word.expired}" if word else "it belongs to no image"
            found.append(Expired(one.sha256, word.image if word else 0, one.bytes, reason))
    return found


def references(catalog: Catalog, terms: Terms, now: int) -> Iterator[Reference]:
    """Every reference of a row to a file, and whether it has expired at `now`."""
    ended = _ended(catalog, terms, now)
    for row in catalog.rows(ORIGINALS):
        for what, name in (("original", "sha256"), ("reference photo", "reference"), ("inside photo", "inside")):
            if SHA256.fullmatch(row[name]):
                yield Reference(row[name], row["image"], what, ended.get(row["batch"], ""))
    for row in catalog.rows(RESULTS):
        yield from _of_result(row, ended.get(row["batch"], ""), terms, now)
    for row in catalog.rows(DELIVERED):
        gone = "" if row["place"] <= PLACES_KEPT else ended.get(row["batch"], "")
        yield Reference(row["sha256"], row["image"], "delivered file", gone)


def _of_result(row: Row, ended: str, terms: Terms, now: int) -> Iterator[Reference]:
    settled = row["state"] in ("delivered", "rejected") and row["moved"] + terms.viewing_days * DAY < now
    viewed = ended or (f"nobody looks at it since {terms.viewing_days:g} days" if settled else "")
    for field in FILE_FIELDS:
        if row[field] is not None:
            gone = "" if field in KEPT_FIELDS else viewed if field in VIEWING_FIELDS else ended
            yield Reference(row[field], row["image"], field.replace("_", " "), gone)


def _ended(catalog: Catalog, terms: Terms, now: int) -> dict[int, str]:
    """Why the references of a batch have expired, by its id; those that have not are left out."""
    rows = {row["id"]: row for row in catalog.rows(BATCHES)}
    held = {row["client"].casefold() for row in catalog.rows("SELECT client FROM held WHERE client IS NOT NULL")}
    ended = {}
    for batch, row in rows.items():
        told = rows[row["shown"]]
        clients = {name for one in (row, told) for name in (one["client"], *json.loads(one["clients"]))}
        on_hold = told["held"] or row["held"] or any(name.casefold() in held for name in clients)
        if told["delivered"] is None or told["waits"] or on_hold:
            continue
        days = max(terms.keep_days(name) for name in clients)
        last = max(told["delivered"], told["decided"] or 0, row["decided"] or 0)
        if last + days * DAY < now:
            ended[batch] = f"{days:g} days after the last delivery of its batch"
    return ended


def purge(catalog: Catalog, files: Files, terms: Terms, *, now: int | None = None) -> list[Expired]:
    """Remove what has expired and return it; each file is on record before it is gone for good.

    Rows and renames happen together, while nobody else can write: whoever refers to a file after that finds it missing
    and says so, whoever did before keeps it. A crash leaves the files in `trash/`, and `recover` decides.

    Raises KnownError, and removes nothing, where that is more than the terms' share of all files.
    """
    files.tidy()
    recover(catalog, files)
    with catalog.writing():
        gone = expired(catalog, files, terms, time.time_ns() if now is None else now)
        if not gone:
            return []
        _refuse_most(gone, files, terms)
        at = chain.stamp(catalog)
        orphans = [one.sha256 for one in gone if not one.image]
        number = catalog.add("purge", orphans=json.dumps(orphans), at=at)
        for one in gone:
            if one.image:
                values = {"image": one.image, "sha256": one.sha256, "bytes": one.bytes, "reason": one.reason}
                catalog.add("purged_file", purge=number, **values)
        chain.append(catalog, "purge", number, at)
        for one in gone:
            trash.discard(files, one.sha256, number)
    recover(catalog, files)
    return gone


def _refuse_most(gone: list[Expired], files: Files, terms: Terms) -> None:
    """A wrong day or a wrong clock shall not empty a studio."""
    goes, whole = sum(one.bytes for one in gone), sum(one.bytes for one in files.listed())
    if goes > terms.most_share * whole:
        sizes = f"{goes / 2**20:,.1f} of {whole / 2**20:,.1f} MB"
        raise KnownError(
            f"The purge would remove {sizes}, more than {terms.most_share:.0%} of all files; "
            "look through the list, and give --over-limit with --apply if it is meant."
        )


def recover(catalog: Catalog, files: Files) -> None:
    """Bring back what a purge that never came to its end had put aside, and remove what a finished one did."""
    if not any(trash.discarded(files)):
        return
    with catalog.writing():
        for number, sha256 in list(trash.discarded(files)):
            on_record = catalog.row("SELECT orphans FROM purge WHERE id = ?", [number])
            named = catalog.row("SELECT 1 AS yes FROM purged_file WHERE purge = ? AND sha256 = ?", [number, sha256])
            if on_record is not None and (named or sha256 in json.loads(on_record["orphans"])):
                trash.forget(files, sha256, number)
            else:
                trash.bring_back(files, sha256, number)


def purged(catalog: Catalog) -> dict[str, int]:
    """Return when (ns UTC) each file was purged last, by SHA-256; it may have come again since."""
    if not catalog.has_table("purged_file"):
        return {}  # a copy of an older catalogue
    return {row["sha256"]: row["at"] for row in catalog.rows(PURGED)}
