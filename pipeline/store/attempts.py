"""Finished attempts: an outcome becomes an attempt with its steps and, unless it failed, a version."""

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.model import Outcome
from pipeline.model import Route
from pipeline.model import State
from pipeline.model import Version
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.codec import to_json
from pipeline.store.files import Files
from pipeline.store.people import LINE
from pipeline.store.people import person_id
from pipeline.store.rows import load_versions

STATES_OF_A_VERSION = frozenset({State.APPROVED, State.EDIT, State.REVIEW, State.REDO, State.AUDIT, State.SIGN_OFF})

FILE_FIELDS = (
    *("mask", "result", "thumbnail", "original_thumbnail", "tiles", "original_proxy", "recipe", "shadow"),
    *("hole", "patch", "path", "drawn", "hair"),
)
"""The fields of an outcome that name a content-addressed file."""

FENCE = "SELECT image FROM claim WHERE image = ? AND owner = ? AND token = ?"

FINISH = "UPDATE claim SET open = 0, owner = NULL, holder = NULL, lease_until = 0, tries = 0 WHERE image = ?"


def record(
    catalog: Catalog, files: Files, outcome: Outcome, *, owner: str, token: int, actor: str, parent: int | None
) -> Version | None:
    """Keep the outcome of a claim: attempt, steps and version in one transaction; None when it failed.

    Raises ConflictError when the claim is no longer this owner's, StudioError when one of its files is missing.
    """
    if outcome.error is None and outcome.state not in STATES_OF_A_VERSION:
        raise BugError(f"An outcome without an error cannot leave an image {outcome.state}.")
    with catalog.writing():
        if catalog.row(f"{FENCE} {catalog.locking}", [outcome.image, owner, token]) is None:
            raise ConflictError(
                f"The result for image {outcome.image} came too late and was dropped: somebody else claimed it since."
            )
        for sha256 in files_of(outcome):
            files.path(sha256)
        author = None if actor == LINE else person_id(catalog, actor)
        version = add_attempt(catalog, outcome, owner=owner, token=token, author=author, parent=parent)
        return None if version is None else load_versions(catalog, "WHERE v.id = ?", [version])[0]


def add_attempt(
    catalog: Catalog, outcome: Outcome, *, owner: str, token: int, author: int | None, parent: int | None
) -> int | None:
    """Write the rows of a finished attempt and end its claim; return the version's id, None for a failure."""
    at = chain.stamp(catalog)
    attempt = catalog.add(
        "attempt",
        image=outcome.image,
        token=token,
        owner=owner,
        author=author,
        outcome=to_json(outcome, leave_out=("steps",)),
        error=None if outcome.error is None else _shown(outcome.error),
        refused=int(outcome.refused),
        at=at,
    )
    for position, step in enumerate(outcome.steps):
        catalog.add("step", attempt=attempt, position=position, **vars(step))
    version = None
    if outcome.error is None:
        version = catalog.add(
            "version",
            image=outcome.image,
            parent=parent,
            attempt=attempt,
            state=outcome.state.value,
            needs_sign_off=int(author is not None or needs_sign_off(outcome)),
            created_at=at,
        )
    catalog.run(FINISH, [outcome.image])
    chain.append(catalog, "attempt", attempt, at)
    return version


def needs_sign_off(outcome: Outcome) -> bool:
    """Tell whether a second person must look: it says so, a gate failed, or the route was a person's."""
    human = outcome.routing is not None and outcome.routing.route is Route.HUMAN
    return outcome.needs_sign_off or human or any(not gate.passed for gate in outcome.gates)


def files_of(outcome: Outcome) -> tuple[str, ...]:
    """Return the names of the content-addressed files an outcome refers to."""
    names = (getattr(outcome, field) for field in FILE_FIELDS)
    return (*(name for name in names if name is not None), *outcome.sources)


def _shown(text: str) -> str:
    """File names from other systems can hold half a character, which no database text may."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
