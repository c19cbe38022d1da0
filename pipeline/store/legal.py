"""Legal holds: whatever must be kept although its time is over, and why; lifted by another row."""

from dataclasses import dataclass

from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import person_id

HOLDS = """
SELECT coalesce(b.name, '') AS batch, coalesce(h.client, '') AS client, h.reason, p.name AS person, h.at
FROM held AS h JOIN person AS p ON p.id = h.person LEFT JOIN batch AS b ON b.id = h.batch ORDER BY h.id
"""

HELD = (
    "SELECT id FROM held WHERE (batch IS NULL OR batch = :batch) AND (client IS NULL OR lower(client) = lower(:client))"
)


@dataclass(frozen=True)
class LegalHold:
    """A batch or a client whose files stay; one of both is ""."""

    batch: str
    client: str
    reason: str
    person: str
    at: int


def hold(catalog: Catalog, batch: int | None, client: str, *, reason: str, person: str) -> None:
    """Keep everything of a batch or of a client. Raises ConflictError where it is held already, KnownError."""
    with catalog.writing():
        if _held(catalog, batch, client) is not None:
            raise ConflictError("This is on legal hold already; lift that hold first.")
        _add(catalog, batch, client, reason, person, None)


def lift(catalog: Catalog, batch: int | None, client: str, *, reason: str, person: str) -> None:
    """Lift a hold. Raises KnownError where there is none."""
    with catalog.writing():
        row = _held(catalog, batch, client)
        if row is None:
            raise KnownError("This is not on legal hold; legal-hold lists what is.")
        _add(catalog, batch, client, reason, person, row["id"])


def holds(catalog: Catalog) -> list[LegalHold]:
    """Return what is held, oldest first."""
    return [LegalHold(**row) for row in catalog.rows(HOLDS)]


def _held(catalog: Catalog, batch: int | None, client: str) -> Row | None:
    return catalog.row(HELD, {"batch": batch, "client": client.strip() or None})


def _add(catalog: Catalog, batch: int | None, client: str, reason: str, person: str, lifts: int | None) -> None:
    if (batch is None) == (not client.strip()):
        raise KnownError("A legal hold is of one batch or of one client; name one of them.")
    if not reason.strip():
        raise KnownError("A legal hold needs a reason that somebody can read in three years; give one.")
    at, who = chain.stamp(catalog), person_id(catalog, person)
    values = {"batch": batch, "client": client.strip() or None, "reason": reason.strip(), "lifts": lifts}
    number = catalog.add("legal_hold", person=who, at=at, **values)
    chain.append(catalog, "legal_hold", number, at)
