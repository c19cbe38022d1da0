"""Decisions: what a person may decide when, and how undo and redo only ever add rows."""

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Role
from pipeline.model import State
from pipeline.store import chain
from pipeline.store.batches import batch_named
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.holds import NANOSECONDS
from pipeline.store.holds import refuse_held
from pipeline.store.members import know_senior
from pipeline.store.people import known_person
from pipeline.store.people import person_id
from pipeline.store.people import tidy_name
from pipeline.store.rows import SHOWN_IN
from pipeline.store.rows import load_decisions
from pipeline.store.rows import load_entry

OPEN_TO_REVIEW = frozenset({State.EDIT, State.REVIEW, State.REDO, State.AUDIT, State.SIGN_OFF, State.APPROVED})

ALLOWED: dict[Action, frozenset[State]] = {
    Action.APPROVE: OPEN_TO_REVIEW | {State.REJECTED},
    Action.REJECT: OPEN_TO_REVIEW | {State.REJECTED, State.FAILED, State.READY, State.DELIVERED, State.RECALLED},
    Action.REDO: OPEN_TO_REVIEW | {State.REJECTED, State.READY, State.DELIVERED, State.RECALLED},
    Action.SIGN_OFF: frozenset({State.SIGN_OFF}),
}
"""From which states each action makes sense; `undo` alone retracts."""

assert set(ALLOWED) == set(Action) - {Action.RETRACT}

UNDOABLE = f"""
SELECT s.* FROM standing AS s JOIN image AS i ON i.id = s.image
WHERE s.person = :person AND (:batch IS NULL OR {SHOWN_IN} = :batch) ORDER BY s.id DESC LIMIT 1
"""

# The newest retraction that no redo has answered and no fresh decision has made pointless.
REDOABLE = f"""
SELECT t.*, r.id AS retraction FROM decision AS r
JOIN decision AS t ON t.id = r.retracts JOIN image AS i ON i.id = r.image
WHERE r.person = :person AND (:batch IS NULL OR {SHOWN_IN} = :batch)
    AND NOT EXISTS (SELECT 1 FROM decision AS a WHERE a.repeats = r.id)
    AND r.id > coalesce((
        SELECT max(f.id) FROM decision AS f JOIN image AS i ON i.id = f.image
        WHERE f.person = :person AND (:batch IS NULL OR {SHOWN_IN} = :batch)
            AND f.action <> 'retract' AND f.repeats IS NULL
    ), 0)
ORDER BY r.id DESC LIMIT 1
"""


OF_IMAGE = "SELECT * FROM standing WHERE image = :image AND version IS :version ORDER BY id DESC"

LATER = "SELECT count(*) AS decisions FROM decision WHERE person = :person AND id > :decision AND action <> 'retract'"


def decide(
    catalog: Catalog,
    image: int,
    action: Action,
    *,
    person: str,
    role: Role,
    version: int | None,
    reason: str,
    note: str,
    seconds: float,
    grace_seconds: float = 0.0,
    display: str | None = None,
) -> Decision:
    """Record what a person decides about the current version; nothing leaves on it within the grace.

    `display` is the fingerprint of the monitor's profile, "" for an unknown one, None away from any screen.
    Raises ConflictError when `version` is no longer the current one, when the image's state does not take this
    action, or when the two-person rule forbids it; NotFoundError.
    """
    if action is Action.RETRACT:
        raise BugError("A decision is retracted by undo.")
    with catalog.writing():
        entry = load_entry(catalog, image)
        _check(entry, action, version)
        refuse_held(catalog, image, person, entry.record.file)
        values = {"reason": reason, "note": note, "seconds": seconds}
        decision = _add(catalog, entry, action, person_id(catalog, person), role, display, **values)
        if grace_seconds > 0:
            catalog.add("grace", decision=decision.id, until=decision.at + round(grace_seconds * NANOSECONDS))
        return decision


def undo(catalog: Catalog, person: str, batch: str | None, depth: int | None = None) -> Decision:
    """Retract this person's newest standing decision, in that batch or anywhere, if among their last `depth`.

    Raises KnownError when there is none, ConflictError when somebody else has built on it since.
    """
    with catalog.writing():
        row = _newest(catalog, UNDOABLE, person, batch)
        if row is None:
            raise KnownError(f"There is no decision of {tidy_name(person)} to undo.")
        since = catalog.row(LATER, {"person": row["person"], "decision": row["id"]})
        if depth is not None and since is not None and since["decisions"] >= depth:
            raise KnownError(f"Only the last {depth} decisions can be undone; decide about the image again instead.")
        entry = load_entry(catalog, row["image"])
        return _add(
            catalog,
            entry,
            Action.RETRACT,
            row["person"],
            Role(row["role"]),
            version=row["version"],
            retracts=row["id"],
        )


def clear(catalog: Catalog, image: int, person: str) -> Decision:
    """Retract all that this person decided about the image's current version; returns the last retraction.

    Raises KnownError when nothing of theirs stands there, ConflictError when somebody else has decided since.
    """
    with catalog.writing():
        entry = load_entry(catalog, image)
        refuse_held(catalog, image, person, entry.record.file)
        version = None if entry.version is None else entry.version.id
        standing = catalog.rows(OF_IMAGE, {"image": image, "version": version})
        known = known_person(catalog, person)
        mine = [row for row in standing if row["person"] == known]
        if not mine:
            raise KnownError(f"There is no decision of {tidy_name(person)} about {entry.record.file} to take back.")
        if standing[0] != mine[0]:
            raise ConflictError(f"Somebody else has decided about {entry.record.file} since; decide about it again.")
        taken = [
            _add(catalog, entry, Action.RETRACT, known, Role(row["role"]), version=version, retracts=row["id"])
            for row in mine
        ]
        return taken[-1]


def redo(catalog: Catalog, person: str, batch: str | None) -> Decision:
    """Decide again what this person's last undo took back.

    Raises KnownError when there is nothing, ConflictError when the image has moved on since.
    """
    with catalog.writing():
        row = _newest(catalog, REDOABLE, person, batch)
        if row is None:
            raise KnownError(f"There is no undone decision of {tidy_name(person)} to redo.")
        entry = load_entry(catalog, row["image"])
        action = Action(row["action"])
        current = None if entry.version is None else entry.version.id
        if current != row["version"]:
            raise ConflictError(f"{entry.record.file} has a newer version since; look at it and decide again.")
        _check(entry, action, None)
        values = {name: row[name] for name in ("reason", "note", "seconds")}
        return _add(catalog, entry, action, row["person"], Role(row["role"]), **values, repeats=row["retraction"])


def close_batch(catalog: Catalog, batch: int, person: str) -> None:
    """Let everything decided in the batch until now take effect at once, without the rest of its grace."""
    with catalog.writing():
        catalog.add("closing", batch=batch, person=person_id(catalog, person), at=chain.stamp(catalog))


def in_grace(catalog: Catalog, batch: int) -> dict[int, int]:
    """Return until when (ns UTC) each image's decision may still be taken back; those that are over are not there."""
    sql = "SELECT image, max(until) AS until FROM in_grace WHERE batch = ? GROUP BY image"
    return {row["image"]: row["until"] for row in catalog.rows(sql, [batch])}


def _newest(catalog: Catalog, sql: str, person: str, batch: str | None) -> Row | None:
    known = known_person(catalog, person)
    scope = None if batch is None else batch_named(catalog, batch).id
    return catalog.row(sql, {"person": known, "batch": scope})


def _check(entry: Entry, action: Action, version: int | None) -> None:
    current = None if entry.version is None else entry.version.id
    if version is not None and version != current:
        raise ConflictError(f"{entry.record.file} has a newer version than the one you saw; look at it again.")
    if entry.state not in ALLOWED[action]:
        verb = action.value.replace("_", " ")
        raise ConflictError(
            f"{entry.record.file} is {entry.state.value}, so “{verb}” is not possible; look at it again."
        )
    if entry.version is None and action is not Action.REJECT:
        raise ConflictError(f"{entry.record.file} has no version to decide about yet; run it first.")


def _add(
    catalog: Catalog,
    entry: Entry,
    action: Action,
    person: int,
    role: Role,
    display: str | None = None,
    **values: object,
) -> Decision:
    if action is Action.SIGN_OFF and role is Role.SENIOR:
        know_senior(catalog, person)
    at = chain.stamp(catalog)
    current = None if entry.version is None else entry.version.id
    row = {"version": current, "reason": "", "note": "", "seconds": 0.0, **values}
    decision = catalog.add(
        "decision", image=entry.record.id, action=action.value, person=person, role=role.value, at=at, **row
    )
    if display is not None:
        catalog.add("display", decision=decision, profile=display)
    chain.append(catalog, "decision", decision, at)
    return load_decisions(catalog, "WHERE d.id = ?", [decision])[0]
