"""Recalls: a wave or batch called back, its images waiting again, and which earlier file takes each place."""

from pipeline.errors import KnownError
from pipeline.model import Recalled
from pipeline.model import Rollback
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import person_id

CALLED_BACK = "SELECT delivery FROM recall WHERE delivery IS NOT NULL"

OF_WAVE = "SELECT version FROM wave_image WHERE wave = :wave"
OF_BATCH = "SELECT v.id FROM version AS v JOIN image AS i ON i.id = v.image WHERE i.batch = :batch"

LEFT = f"""
SELECT e.id AS delivery, e.version, v.image, v.state, e.platform, e.name, b.client
FROM delivery AS e JOIN version AS v ON v.id = e.version
JOIN image AS i ON i.id = v.image JOIN batch AS b ON b.id = i.batch
WHERE e.version IN ({{versions}}) AND e.id NOT IN ({CALLED_BACK}) ORDER BY e.id
"""

# What may leave, or waits for its audit, or whose only deliveries were called back before.
STAYED = """
SELECT s.version, s.image, v.state FROM settled_of_image AS s JOIN version AS v ON v.id = s.version
WHERE s.version IN ({versions}) AND s.state IN ('approved', 'ready', 'audit', 'delivered') ORDER BY s.image
"""

EARLIER = f"""
SELECT max(e.id) AS id FROM delivery AS e JOIN version AS v ON v.id = e.version
JOIN image AS i ON i.id = v.image JOIN batch AS b ON b.id = i.batch
WHERE e.platform = :platform AND e.name = :name AND e.id < :delivery AND b.client = :client
    AND e.id NOT IN ({CALLED_BACK}) AND e.version NOT IN ({{versions}})
"""

RECALLED = """
SELECT c.image, i.file, e.platform, e.name, e.sha256, coalesce(t.sha256, '') AS restored, b.reason
FROM recall AS c JOIN rollback AS b ON b.id = c.rollback JOIN image AS i ON i.id = c.image
JOIN delivery AS e ON e.id = c.delivery LEFT JOIN delivery AS t ON t.id = c.restored
WHERE c.rollback = ? ORDER BY e.platform, e.name, c.id
"""

ROLLBACKS = """
SELECT r.id, b.name AS batch, w.number AS wave, r.reason,
    (SELECT count(DISTINCT c.image) FROM recall AS c WHERE c.rollback = r.id) AS images
FROM rollback AS r JOIN batch AS b ON b.id = r.batch LEFT JOIN wave AS w ON w.id = r.wave
"""


def roll_back(catalog: Catalog, batch: int, wave: int | None, *, reason: str, person: str) -> Rollback:
    """Call back what a wave (its number), or the whole batch, sent or may send; nothing is removed.

    Its images wait again where they came from. Raises KnownError where there is no such wave, or nothing to call back.
    """
    with catalog.writing():
        number = None if wave is None else _wave_id(catalog, batch, wave)
        values = {"batch": batch, "wave": number}
        versions = OF_BATCH if number is None else OF_WAVE
        left = catalog.rows(LEFT.format(versions=versions), values)
        gone = {row["version"] for row in left}
        stayed = [row for row in catalog.rows(STAYED.format(versions=versions), values) if row["version"] not in gone]
        if not left and not stayed and (number is None or _is_rolled_back(catalog, number)):
            raise KnownError("There is nothing to roll back: nothing of it has left and nothing may leave.")
        at = chain.stamp(catalog)
        row = {"reason": reason.strip() or "rolled back", "person": person_id(catalog, person)}
        rollback = catalog.add("rollback", batch=batch, wave=number, at=at, **row)
        places = [_earlier(catalog, one, versions, values) for one in left]
        for one, restored in [*zip(left, places, strict=True), *((one, None) for one in stayed)]:
            _add(catalog, rollback, one, restored, at)
        chain.append(catalog, "rollback", rollback, at)
        return rollbacks(catalog, "WHERE r.id = ?", [rollback])[0]


def rollbacks(catalog: Catalog, where: str, values: list[object]) -> list[Rollback]:
    """Return the rollbacks that the clause `where` finds, oldest first."""
    found = catalog.rows(f"{ROLLBACKS} {where} ORDER BY r.id", values)
    return [Rollback(**row, recalled=_recalled(catalog, row["id"])) for row in found]


def _recalled(catalog: Catalog, rollback: int) -> tuple[Recalled, ...]:
    return tuple(Recalled(**row) for row in catalog.rows(RECALLED, [rollback]))


def _wave_id(catalog: Catalog, batch: int, number: int) -> int:
    row = catalog.row("SELECT id FROM wave WHERE batch = ? AND number = ?", [batch, number])
    if row is None:
        raise KnownError(f"This batch has no wave {number}; release lists its waves.")
    return row["id"]


def _is_rolled_back(catalog: Catalog, wave: int) -> bool:
    row = catalog.row("SELECT state FROM wave_state WHERE wave = ?", [wave])
    return row is not None and row["state"] == "rolled_back"


def _earlier(catalog: Catalog, one: Row, versions: str, values: dict[str, int | None]) -> int | None:
    """The newest delivery before this one that had its name on its platform and stands."""
    row = catalog.row(EARLIER.format(versions=versions), values | one)
    return None if row is None else row["id"]


def _add(catalog: Catalog, rollback: int, one: Row, restored: int | None, at: int) -> None:
    queue = one["state"] if one["state"] in ("edit", "review", "redo") else "review"
    values = {"image": one["image"], "version": one["version"], "delivery": one.get("delivery")}
    catalog.add("recall", rollback=rollback, restored=restored, queue=queue, at=at, **values)
