"""The hash chain: every row that is only ever added is covered by a hash over it and over the hash before.

`hash = SHA-256(JSON [previous hash, seq, at, kind, rows])`. Whoever changes, removes, inserts or reorders a row by hand
breaks the chain there. Who can rewrite the whole file can also rebuild the chain, so its head goes into every
delivery's manifest and every backup.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from typing import TypeAlias

from pipeline.errors import BugError
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.protocol import LISTED

START = "0" * 64

Body: TypeAlias = list[list[list[Any]]]

BODIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "batch": (
        ("id", "SELECT * FROM batch", "id"),
        ("batch", "SELECT batch, id, file, sha256, bytes, refusal FROM image", "id"),
    ),
    "attempt": (
        ("id", "SELECT * FROM attempt", "id"),
        ("attempt", "SELECT * FROM step", "attempt, position"),
        ("attempt", "SELECT * FROM version", "id"),
    ),
    "decision": (
        ("id", "SELECT *, (SELECT p.name FROM person AS p WHERE p.id = decision.person) AS name FROM decision", "id"),
        ("decision", "SELECT * FROM display", "decision"),
    ),
    "delivery": (("id", "SELECT * FROM delivery", "id"),),
    "wave": (("id", "SELECT * FROM wave", "id"), ("wave", "SELECT * FROM wave_image", "id")),
    "ruling": (("id", "SELECT * FROM ruling", "id"),),
    "rollback": (("id", "SELECT * FROM rollback", "id"), ("rollback", "SELECT * FROM recall", "id")),
    "known_answer": (("id", "SELECT * FROM known_answer", "id"),),
    "legal_hold": (("id", "SELECT * FROM legal_hold", "id"),),
    "purge": (("id", "SELECT * FROM purge", "id"), ("purge", "SELECT * FROM purged_file", "id")),
    "naming": (("id", "SELECT * FROM naming", "id"),),
    "sale_import": (("id", "SELECT * FROM sale_import", "id"),),
}
"""What each kind of event covers: the column that names the subject, where its rows are, and their order."""

ADDED_LATER = frozenset({("decision", 1)})
"""Tables by kind and place that are covered only where they have rows: what was chained before them stays true."""

EVENTS_AT_ONCE = 500


def stamp(catalog: Catalog) -> int:
    """Return the time for a new row, ns UTC: now, but always later than every row before, also when the clock jumps."""
    return max(catalog.now(), head(catalog)["at"] + 1)


def head(catalog: Catalog) -> dict[str, Any]:
    """Return the newest event: seq, at and hash."""
    newest = catalog.row("SELECT seq, at, hash FROM event ORDER BY seq DESC LIMIT 1")
    return newest or {"seq": 0, "at": 0, "hash": START}


def append(catalog: Catalog, kind: str, subject: int, at: int) -> None:
    """Chain the rows of `subject`, just written in this transaction."""
    before = head(catalog)
    body = _bodies(catalog, kind, [subject])[subject]
    if not body[0]:
        raise BugError(f"There is no {kind} {subject} to chain.")
    seq = before["seq"] + 1
    digest = _digest(before["hash"], seq, at, kind, body)
    catalog.add("event", seq=seq, at=at, kind=kind, subject=subject, hash=digest)


def broken(catalog: Catalog) -> Iterator[str]:
    """Yield one sentence for every row that is not as it was recorded."""
    before, expected = START, 1
    while events := catalog.rows("SELECT * FROM event WHERE seq >= ? ORDER BY seq LIMIT ?", [expected, EVENTS_AT_ONCE]):
        bodies = _bodies_of(catalog, events)
        for event in events:
            name = f"The {event['kind']} {event['subject']}"
            body = bodies[event["kind"]][event["subject"]]
            if event["seq"] != expected:
                yield f"Events {expected} to {event['seq'] - 1} of the audit trail are gone; restore a backup."
            if not body[0]:
                yield f"{name} was removed from the catalogue after it was recorded; restore a backup."
            elif event["hash"] != _digest(before, event["seq"], event["at"], event["kind"], body):
                yield f"{name} or its place in the audit trail was changed after it was recorded; restore a backup."
            before, expected = event["hash"], event["seq"] + 1
    for kind in BODIES:
        sql = f"SELECT id FROM {kind} WHERE id NOT IN (SELECT subject FROM event WHERE kind = ?) ORDER BY id"
        for row in catalog.rows(sql, [kind]):
            yield f"The {kind} {row['id']} was added past the audit trail; restore a backup."


def _bodies_of(catalog: Catalog, events: list[Row]) -> dict[str, dict[int, Body]]:
    kinds = {kind: [event["subject"] for event in events if event["kind"] == kind] for kind in BODIES}
    return {kind: _bodies(catalog, kind, subjects) for kind, subjects in kinds.items() if subjects}


def _bodies(catalog: Catalog, kind: str, subjects: list[int]) -> dict[int, Body]:
    """Return what the hash of each subject covers: the values of its rows, table by table."""
    bodies: dict[int, Body] = {subject: [[] for _ in BODIES[kind]] for subject in subjects}
    for place, (key, select, order) in enumerate(BODIES[kind]):
        sql = f"{select} WHERE {key} IN {LISTED} ORDER BY {order}"
        for row in catalog.rows(sql, [json.dumps(subjects)]):
            bodies[row[key]][place].append(list(row.values()))
    return {subject: _covered(kind, body) for subject, body in bodies.items()}


def _covered(kind: str, body: Body) -> Body:
    return [rows for place, rows in enumerate(body) if rows or (kind, place) not in ADDED_LATER]


def _digest(before: str, seq: int, at: int, kind: str, body: Body) -> str:
    text = json.dumps([before, seq, at, kind, body], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
