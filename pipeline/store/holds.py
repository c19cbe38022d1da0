"""Holds: who has an image open in a window, so that two people never work on one; a lease with a heartbeat."""

import json
from collections.abc import Iterable

from pipeline.errors import ConflictError
from pipeline.model import Hold
from pipeline.model import Role
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import known_person
from pipeline.store.people import person_id

NANOSECONDS = 1_000_000_000

TAKE = """
INSERT INTO hold (image, person, sitting, holder, since, until)
VALUES (:image, :person, :sitting, :holder, :now, :until)
ON CONFLICT (image) DO UPDATE SET
    person = :person, sitting = :sitting, holder = :holder, until = :until,
    since = CASE WHEN hold.sitting = :sitting AND hold.person = :person THEN hold.since ELSE :now END
WHERE hold.sitting = :sitting OR hold.until <= :now OR :takes_over = 1
"""

HOLDS = """
SELECT h.image, p.name AS person, h.sitting, h.since, h.until
FROM hold AS h JOIN person AS p ON p.id = h.person
"""


def hold(
    catalog: Catalog,
    image: int,
    *,
    person: str,
    sitting: str,
    holder: str,
    seconds: float,
    take_over: bool,
    role: Role,
) -> Hold:
    """Open an image: everything else the sitting had open is let go. Returns who has it now, which may be another.

    With `take_over` a senior gets it whoever has it, which is recorded. Raises ConflictError for an editor who tries.
    """
    if take_over and role is not Role.SENIOR:
        raise ConflictError("Only a senior can take over an image that somebody else has open.")
    now = catalog.now()
    with catalog.writing():
        catalog.run("DELETE FROM hold WHERE sitting = ? AND image <> ?", [sitting, image])
        who, before = person_id(catalog, person), _live(catalog, image, now)
        values = {"image": image, "person": who, "sitting": sitting, "holder": holder, "now": now}
        values |= {"until": now + round(seconds * NANOSECONDS), "takes_over": int(take_over)}
        catalog.run(TAKE, values)
        if take_over and before is not None and before["sitting"] != sitting:
            catalog.add("takeover", image=image, holder=before["person"], person=who, at=now)
        return _hold(catalog.rows(f"{HOLDS} WHERE h.image = ?", [image])[0])


def renew(catalog: Catalog, sitting: str, seconds: float) -> list[int]:
    """Extend what this sitting still has open; returns those images, none where another took it over."""
    with catalog.writing():
        sql = "UPDATE hold SET until = ? WHERE sitting = ? RETURNING image"
        return [row["image"] for row in catalog.rows(sql, [catalog.now() + round(seconds * NANOSECONDS), sitting])]


def let_go(catalog: Catalog, sitting: str) -> None:
    """Close what this sitting has open."""
    with catalog.writing():
        catalog.run("DELETE FROM hold WHERE sitting = ?", [sitting])


def holds(catalog: Catalog, batch: int) -> dict[int, Hold]:
    """Return the images of the batch that somebody has open now."""
    sql = f"{HOLDS} JOIN image AS i ON i.id = h.image WHERE i.batch = ? AND h.until > ?"
    return {row["image"]: _hold(row) for row in catalog.rows(sql, [batch, catalog.now()])}


def refuse_held(catalog: Catalog, image: int, person: str, file: str) -> None:
    """Raise ConflictError, with the name, where another person has the image open; the schema forbids it, too."""
    row = _live(catalog, image, catalog.now())
    if row is not None and row["person"] != known_person(catalog, person):
        raise ConflictError(f"{row['name']} has {file} open; wait for them, or have a senior take it over.")


def takeovers(catalog: Catalog, image: int) -> list[tuple[str, str, int]]:
    """Return who lost the image to whom and when (ns UTC), oldest first."""
    sql = """
        SELECT h.name AS holder, p.name AS person, t.at FROM takeover AS t
        JOIN person AS h ON h.id = t.holder JOIN person AS p ON p.id = t.person WHERE t.image = ? ORDER BY t.id
    """
    return [(row["holder"], row["person"], row["at"]) for row in catalog.rows(sql, [image])]


def holders(catalog: Catalog) -> list[str]:
    """Return the programs that have images open; reads only."""
    return [row["holder"] for row in catalog.rows("SELECT DISTINCT holder FROM hold")]


def forget(catalog: Catalog, dead: Iterable[str]) -> None:
    """Close what programs had open that have ended; call it inside a write transaction."""
    catalog.run("DELETE FROM hold WHERE holder IN (SELECT value FROM json_each(?))", [json.dumps(list(dead))])


def _live(catalog: Catalog, image: int, now: int) -> Row | None:
    sql = "SELECT h.*, p.name FROM hold AS h JOIN person AS p ON p.id = h.person WHERE h.image = ? AND h.until > ?"
    return catalog.row(sql, [image, now])


def _hold(row: Row) -> Hold:
    return Hold(**row)
