"""Rows to records: how images, versions, decisions and deliveries are read, many at a time."""

import gc
import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import Batch
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Queue
from pipeline.model import Role
from pipeline.model import State
from pipeline.model import Step
from pipeline.model import Version
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.codec import from_json
from pipeline.store.people import LINE
from pipeline.store.protocol import LISTED
from pipeline.store.records import Delivery

GROUPS = "LEFT JOIN grouped_image AS gi ON gi.image = i.id LEFT JOIN shoot_group AS g ON g.id = gi.shoot_group"

SHOWN_IN = "coalesce((SELECT k.shown FROM known_answer AS k WHERE k.image = i.id), i.batch)"
"""A known answer says that it is of the batch it is shown in."""

RECORDS = f"""
SELECT i.*, b.name AS batch_name, g.name AS solved_group, g.red, g.blue, g.lightness
FROM image AS i JOIN batch AS b ON b.id = {SHOWN_IN} {GROUPS}
"""

VERSIONS = """
SELECT v.id AS version, v.image, v.parent, v.attempt, v.created_at, a.outcome, p.name AS author
FROM version AS v JOIN attempt AS a ON a.id = v.attempt LEFT JOIN person AS p ON p.id = a.author
"""

ENTRIES = f"""
SELECT i.*, b.name AS batch_name, g.name AS solved_group, g.red, g.blue, g.lightness, s.state, s.error,
    v.id AS version, v.image, v.parent, v.attempt, v.created_at, a.outcome, p.name AS author
FROM standing_of_image AS s
JOIN image AS i ON i.id = s.image
JOIN batch AS b ON b.id = {SHOWN_IN}
{GROUPS}
LEFT JOIN version AS v ON v.id = s.version
LEFT JOIN attempt AS a ON a.id = v.attempt
LEFT JOIN person AS p ON p.id = a.author
"""

DECISIONS = """
SELECT d.*, p.name, y.profile FROM decision AS d
JOIN person AS p ON p.id = d.person LEFT JOIN display AS y ON y.decision = d.id
"""

DELIVERIES = """
SELECT e.*, v.image, EXISTS (SELECT 1 FROM recall AS c WHERE c.delivery = e.id) AS recalled
FROM delivery AS e JOIN version AS v ON v.id = e.version
"""

STEPS = f"SELECT * FROM step WHERE attempt IN {LISTED} ORDER BY attempt, position"

QUEUES = frozenset(queue.value for queue in Queue)


def load_batch(catalog: Catalog, where: str, values: Sequence[Any]) -> Batch | None:
    """Return the first batch that the clause `where` finds."""
    row = catalog.row(f"SELECT id, name, client, created_at FROM batch {where}", values)
    return None if row is None else Batch(**row)


def load_records(catalog: Catalog, images: Iterable[int]) -> dict[int, ImageRecord]:
    """Return the records of these images by id, in one query."""
    rows = catalog.rows(f"{RECORDS} WHERE i.id IN {LISTED}", [json.dumps(list(images))])
    return {row["id"]: _record(row) for row in rows}


def load_entries(catalog: Catalog, where: str, values: Sequence[Any]) -> list[Entry]:
    """Return the entries that the clause `where` finds, by image id; two queries however many there are."""
    rows = catalog.rows(f"{ENTRIES} {where} ORDER BY s.image", values)
    with _no_collection():
        steps = _steps(catalog, rows)
        return [_entry(row, steps) for row in rows]


def load_entry(catalog: Catalog, image: int) -> Entry:
    """Return one image's entry. Raises NotFoundError."""
    found = load_entries(catalog, "WHERE s.image = ?", [image])
    if not found:
        raise NotFoundError(f"There is no image {image} in this studio; look up its number with status.")
    return found[0]


def load_versions(catalog: Catalog, where: str, values: Sequence[Any]) -> list[Version]:
    """Return the versions that the clause `where` finds, oldest first."""
    rows = catalog.rows(f"{VERSIONS} {where} ORDER BY v.id", values)
    with _no_collection():
        steps = _steps(catalog, rows)
        return [_version(row, steps) for row in rows]


def load_decisions(catalog: Catalog, where: str, values: Sequence[Any]) -> list[Decision]:
    """Return the decisions that the clause `where` finds, oldest first."""
    return [_decision(row) for row in catalog.rows(f"{DECISIONS} {where} ORDER BY d.id", values)]


def load_deliveries(catalog: Catalog, where: str, values: Sequence[Any]) -> list[Delivery]:
    """Return the deliveries that the clause `where` finds, oldest first."""
    rows = catalog.rows(f"{DELIVERIES} {where} ORDER BY e.id", values)
    return [Delivery(**row | {"report": json.loads(row["report"]), "recalled": bool(row["recalled"])}) for row in rows]


@contextmanager
def _no_collection() -> Iterator[None]:
    """Thousands of new records hold no cycles, and looking for some takes three times as long as making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _record(row: Row) -> ImageRecord:
    return ImageRecord(
        id=row["id"],
        batch=row["batch_name"],
        file=row["file"],
        sha256=row["sha256"],
        bytes=row["bytes"],
        width=row["width"],
        height=row["height"],
        sku=row["sku"],
        asin=row["asin"],
        gtin=row["gtin"],
        category=row["category"],
        tags=tuple(json.loads(row["tags"])),
        shoot_group=row["solved_group"] or row["shoot_group"],
        white=None if row["red"] is None else (row["red"], row["blue"]),
        lightness=row["lightness"],
        client=row["client"],
        reference=row["reference"],
        inside=row["inside"],
        notes=json.loads(row["notes"]),
    )


def _entry(row: Row, steps: dict[int, tuple[Step, ...]]) -> Entry:
    return Entry(
        record=_record(row),
        state=State(row["state"]),
        queue=Queue(row["state"]) if row["state"] in QUEUES else None,
        version=None if row["version"] is None else _version(row, steps),
        error=row["error"],
    )


def _version(row: Row, steps: dict[int, tuple[Step, ...]]) -> Version:
    return Version(
        id=row["version"],
        image=row["image"],
        parent=row["parent"],
        outcome=from_json(Outcome, row["outcome"], steps=steps.get(row["attempt"], ())),
        actor=row["author"] or LINE,
        created_at=row["created_at"],
    )


def _steps(catalog: Catalog, rows: list[Row]) -> dict[int, tuple[Step, ...]]:
    attempts = [row["attempt"] for row in rows if row["attempt"] is not None]
    grouped: dict[int, list[Step]] = {}
    for values in catalog.rows(STEPS, [json.dumps(attempts)]) if attempts else ():
        attempt, _ = values.pop("attempt"), values.pop("position")
        grouped.setdefault(attempt, []).append(Step(**values))
    return {attempt: tuple(steps) for attempt, steps in grouped.items()}


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        image=row["image"],
        version=row["version"],
        action=Action(row["action"]),
        person=row["name"],
        role=Role(row["role"]),
        reason=row["reason"],
        note=row["note"],
        at=row["at"],
        seconds=row["seconds"],
        retracts=row["retracts"],
        display=row["profile"],
    )
