"""What the tests of the store tell again and again: a batch comes in, the line answers, people decide."""

from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils.utils import sqlite3

from pipeline.model import Batch
from pipeline.model import Complexity
from pipeline.model import Gate
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import Role
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Step
from pipeline.model import Version
from pipeline.store.catalog import FILE_NAME
from pipeline.store.place import Place
from pipeline.store.store import Store

SENIOR = Role.SENIOR
STEPS = (Step("cut_out", "embedded", "1.0", weights="ab" * 32, seconds=0.1), Step("frame", "own", "1.0", seed=7))


def add_batch(store: Store, images: int = 1, name: str = "shoot") -> Batch:
    sha256 = store.files.put_bytes(b"an original")
    return store.add_batch(name, "Client", [NewImage(f"a/{n:03}.jpg", sha256, 11) for n in range(1, images + 1)])


def outcome(image: int, state: State = State.REVIEW, *, gate: bool = True, human: bool = False, **more) -> Outcome:
    routing = Routing(Complexity.SIMPLE, Route.HUMAN if human else Route.AUTOMATIC, ("because",))
    gates = (Gate("field_is_white", gate, "every pixel"),)
    return Outcome(image, state, seconds=1.25, settings="f" * 16, routing=routing, gates=gates, steps=STEPS, **more)


def make_version(store: Store, image: int, state: State = State.REVIEW, *, actor: str = "line", **more) -> Version:
    claim = store.claim_image(image, owner="story", lease_seconds=60)
    version = store.record(outcome(image, state, **more), owner="story", token=claim.token, actor=actor)
    assert version is not None
    return version


def fail(store: Store, image: int, sentence: str = "It broke; retry it.", *, refused: bool = False) -> None:
    claim = store.claim_image(image, owner="story", lease_seconds=60)
    failed = Outcome(image, State.FAILED, seconds=0.5, settings="", error=sentence, refused=refused, steps=STEPS)
    assert store.record(failed, owner="story", token=claim.token) is None


def states(store: Store, batch: str = "shoot") -> list[State]:
    return [entry.state for entry in store.entries(batch)]


@contextmanager
def raw(studio: Path | Place):
    """A connection as any other program would open it: no pragmas, no checks."""
    if isinstance(studio, Place):
        from team_server import RawServer

        connection = RawServer(studio)
    else:
        connection = sqlite3.connect(str(studio / FILE_NAME), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def drop_guards(connection) -> None:
    """Do what somebody would who knows SQL and means harm."""
    if hasattr(connection, "drop_guards"):
        connection.drop_guards()
        return
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def plan(connection, sql: str, values: Sequence | dict = ()) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
