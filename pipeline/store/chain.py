"""The hash chain: every row that is only ever added is covered by a hash over it and over the hash before.

`hash = SHA-256(JSON [previous hash, seq, at, kind, rows])`. Whoever changes, removes, inserts or reorders a row by hand
breaks the chain there. Who can rewrite the whole file can also rebuild the chain, so its head goes into every
delivery's manifest and every backup.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

from pipeline.errors import BugError
from pipeline.store.catalog import Catalog

START = "0" * 64

BODIES: dict[str, tuple[str, ...]] = {
    "batch": (
        "SELECT * FROM batch WHERE id = ?",
        "SELECT id, file, sha256, bytes, refusal FROM image WHERE batch = ? ORDER BY id",
    ),
    "attempt": (
        "SELECT * FROM attempt WHERE id = ?",
        "SELECT * FROM step WHERE attempt = ? ORDER BY position",
        "SELECT * FROM version WHERE attempt = ?",
    ),
    "decision": ("SELECT d.*, p.name FROM decision AS d JOIN person AS p ON p.id = d.person WHERE d.id = ?",),
    "delivery": ("SELECT * FROM delivery WHERE id = ?",),
}


def stamp(catalog: Catalog) -> int:
    """Return the time for a new row, ns UTC: now, but always later than every row before, also when the clock jumps."""
    return max(time.time_ns(), head(catalog)["at"] + 1)


def head(catalog: Catalog) -> dict[str, Any]:
    """Return the newest event: seq, at and hash."""
    newest = catalog.row("SELECT seq, at, hash FROM event ORDER BY seq DESC LIMIT 1")
    return newest or {"seq": 0, "at": 0, "hash": START}


def append(catalog: Catalog, kind: str, subject: int, at: int) -> None:
    """Chain the rows of `subject`, just written in this transaction."""
    before = head(catalog)
    body = _body(catalog, kind, subject)
    if not body[0]:
        raise BugError(f"There is no {kind} {subject} to chain.")
    seq = before["seq"] + 1
    digest = _digest(before["hash"], seq, at, kind, body)
    catalog.add("event", seq=seq, at=at, kind=kind, subject=subject, hash=digest)


def broken(catalog: Catalog) -> Iterator[str]:
    """Yield one sentence for every row that is not as it was recorded."""
    before, expected = START, 1
    for event in catalog.rows("SELECT * FROM event ORDER BY seq"):
        name = f"The {event['kind']} {event['subject']}"
        body = _body(catalog, event["kind"], event["subject"])
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


def _body(catalog: Catalog, kind: str, subject: int) -> list[list[list[Any]]]:
    return [[list(row.values()) for row in catalog.rows(sql, [subject])] for sql in BODIES[kind]]


def _digest(before: str, seq: int, at: int, kind: str, body: list[list[list[Any]]]) -> str:
    text = json.dumps([before, seq, at, kind, body], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
