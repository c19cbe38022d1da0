"""Deliveries: what left is recorded all at once, together with its leaving, and anchored in the audit trail."""

import json
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.store import chain
from pipeline.store.catalog import Catalog

ANCHOR = """
SELECT e.seq, e.hash FROM event AS e
WHERE (e.kind = 'attempt' AND e.subject IN (
        SELECT v.attempt FROM version AS v WHERE v.id IN (SELECT CAST(value AS INTEGER) FROM json_each(:versions))
    ))
    OR (e.kind = 'decision' AND e.subject IN (
        SELECT d.id FROM decision AS d WHERE d.version IN (SELECT CAST(value AS INTEGER) FROM json_each(:versions))
    ))
ORDER BY e.seq DESC LIMIT 1
"""


@dataclass(frozen=True)
class NewDelivery:
    """A verified file that is about to leave; `sha256` is the file's, whose bytes are in `files`."""

    version: int
    platform: str
    name: str
    sha256: str
    report: dict[str, Any]


def add_deliveries(catalog: Catalog, new: Sequence[NewDelivery], then: Callable[[], None]) -> None:
    """Record all of them, or none: `then` makes them leave, and where it raises nothing is recorded.

    Raises ConflictError unless every image may leave now.
    """
    with catalog.writing():
        for each in new:
            at = chain.stamp(catalog)
            values = {"version": each.version, "platform": each.platform, "name": each.name, "sha256": each.sha256}
            delivery = catalog.add("delivery", report=json.dumps(each.report), created_at=at, **values)
            chain.append(catalog, "delivery", delivery, at)
        then()


def anchor(catalog: Catalog, versions: Sequence[int]) -> tuple[int, str]:
    """Return number and hash of the newest event that made or decided about one of these versions.

    Unlike the newest event of all, it is the same whenever the same files are packed again.
    """
    found = catalog.row(ANCHOR, {"versions": json.dumps(list(versions))})
    return (found["seq"], found["hash"]) if found else (0, chain.START)
