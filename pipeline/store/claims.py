"""Claims: who works on which image, for how long, and how a lost claim is noticed."""

import json
from collections.abc import Iterable

from pipeline.errors import ConflictError
from pipeline.errors import NotFoundError
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.sentences import say
from pipeline.store import holds
from pipeline.store.attempts import add_attempt
from pipeline.store.catalog import Catalog
from pipeline.store.records import Claim
from pipeline.store.rows import load_entry
from pipeline.store.rows import load_records

NANOSECONDS = 1_000_000_000

TAKE = """
WITH free AS MATERIALIZED (
    SELECT image FROM claim WHERE open = 1 AND tries < 3 AND batch = :batch AND lease_until <= :now
    ORDER BY lease_until, image LIMIT :count {skipping}
)
UPDATE claim SET owner = :owner, holder = :holder, token = token + 1, tries = tries + 1, lease_until = :until
WHERE image IN (SELECT image FROM free) RETURNING image, token
"""

TAKE_ONE = """
UPDATE claim SET owner = :owner, holder = :holder, token = token + 1, lease_until = :until
WHERE image = :image AND (lease_until <= :now OR owner = :owner)
RETURNING image, token
"""

RELEASE = """
UPDATE claim SET owner = NULL, holder = NULL, lease_until = 0, tries = max(tries - 1, 0) WHERE owner = ?
"""

FORGET = (
    "UPDATE claim SET owner = NULL, holder = NULL, lease_until = 0 WHERE holder IN (SELECT value FROM json_each(?))"
)

TIRED = "SELECT image FROM tired WHERE batch = ? AND lease_until <= ?"

HOLDERS = """
WITH RECURSIVE known (holder) AS (
    SELECT min(holder) FROM claim WHERE holder IS NOT NULL
    UNION ALL
    SELECT (SELECT min(holder) FROM claim WHERE holder > known.holder) FROM known WHERE known.holder IS NOT NULL
)
SELECT holder FROM known WHERE holder IS NOT NULL
"""
"""Every holder once, by as many steps through the index as there are; DISTINCT reads all claims."""

RETRY = "UPDATE claim SET open = 1, tries = 0 WHERE image = ?"


def claim(
    catalog: Catalog, batch: int, *, owner: str, holder: str, count: int, lease_seconds: float, dead: Iterable[str]
) -> list[Claim]:
    """Take up to `count` images of the batch that have no finished attempt and nobody's live lease.

    Those that nobody holds come first, by id, then those whose lease ran out, the longest ago first. Claims of `dead`
    holders and expired ones are free; an image claimed three times without an answer fails instead.
    """
    now = catalog.now()
    dead = list(dead)
    with catalog.claiming():
        if dead or catalog.rows(TIRED, [batch, now]):
            catalog.be_alone()
            _forget(catalog, dead)
            _give_up_the_tired(catalog, batch, now)
        values = {"owner": owner, "holder": holder, "batch": batch, "now": now, "count": count}
        taken = catalog.rows(TAKE.format(skipping=catalog.skipping), values | {"until": _end(now, lease_seconds)})
    with catalog.reading():
        records = load_records(catalog, [row["image"] for row in taken])
    return [Claim(records[image], token) for image, token in sorted((row["image"], row["token"]) for row in taken)]


def claim_image(catalog: Catalog, image: int, *, owner: str, holder: str, lease_seconds: float) -> Claim:
    """Take one image, finished or not, to record another version of it.

    Raises ConflictError while somebody else holds it, NotFoundError.
    """
    now = catalog.now()
    values = {"owner": owner, "holder": holder, "image": image, "now": now, "until": _end(now, lease_seconds)}
    with catalog.claiming():
        records = load_records(catalog, [image])
        if not records:
            raise NotFoundError(f"There is no image {image} in this studio; look up its number with status.")
        taken = catalog.row(TAKE_ONE, values)
        if taken is None:
            raise ConflictError(f"{records[image].file} is being worked on by somebody else; try again in a moment.")
    return Claim(records[image], taken["token"])


def renew(catalog: Catalog, owner: str, lease_seconds: float) -> int:
    """Extend the leases this owner still holds and return how many there are."""
    with catalog.claiming():
        sql = "UPDATE claim SET lease_until = ? WHERE owner = ? RETURNING image"
        return len(catalog.rows(sql, [_end(catalog.now(), lease_seconds), owner]))


def release(catalog: Catalog, owner: str) -> None:
    """Give back what this owner still holds; a claim given back was no try."""
    with catalog.claiming():
        catalog.run(RELEASE, [owner])


def retry(catalog: Catalog, image: int) -> None:
    """Let the line claim a failed, unreadable or sent-back image again. Raises ConflictError for any other."""
    with catalog.writing():
        entry = load_entry(catalog, image)
        refused = catalog.row("SELECT 1 AS yes FROM image WHERE id = ? AND refusal IS NOT NULL", [image])
        if refused or not (entry.state in (State.FAILED, State.REDO) or entry.error):
            raise ConflictError(
                f"{entry.record.file} is {entry.state}; only a failed or sent-back image can be retried."
            )
        catalog.run(RETRY, [image])


def dead_holders(catalog: Catalog) -> list[str]:
    """Return the holders with claims whose program has ended; reads only."""
    names = {row["holder"] for row in catalog.rows(HOLDERS)} | set(holds.holders(catalog))
    return [name for name in sorted(names) if not catalog.is_alive(name)]


def forget_dead_holders(catalog: Catalog) -> None:
    """Free what programs held that were killed."""
    dead = dead_holders(catalog)
    if dead:
        with catalog.writing():
            _forget(catalog, dead)


def _forget(catalog: Catalog, dead: Iterable[str]) -> None:
    names = list(dead)
    if names:
        catalog.run(FORGET, [json.dumps(names)])
        holds.forget(catalog, names)


def _give_up_the_tired(catalog: Catalog, batch: int, now: int) -> None:
    tired = catalog.rows(TIRED, [batch, now])
    records = load_records(catalog, [row["image"] for row in tired]) if tired else {}
    for image, record in records.items():
        sentence = say("abandoned", file=record.file)
        outcome = Outcome(image=image, state=State.FAILED, seconds=0.0, settings="", error=sentence)
        token = catalog.rows("UPDATE claim SET token = token + 1 WHERE image = ? RETURNING token", [image])[0]["token"]
        add_attempt(catalog, outcome, owner="store", token=token, author=None, parent=None)


def _end(now: int, lease_seconds: float) -> int:
    return now + round(lease_seconds * NANOSECONDS)
