"""The whole of a studio's life in a few rows, told so that a second telling continues where the first one stopped."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Step
from pipeline.store.store import Store

ORIGINALS = [bytes([number]) * 40_000 for number in (1, 2)]
STEPS = (Step("cut_out", "embedded", "1.0", weights="ab" * 32, seconds=0.1), Step("frame", "own", "1.0", seed=7))

Acknowledge = Callable[[str, str], None]
"""Called with what was promised (original, batch, version, decision, delivery) and its name, once it was."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes, as files are named."""
    return hashlib.sha256(data).hexdigest()


def result_of(original: str) -> bytes:
    """Return the result that the line of this story makes of an original."""
    return b"result of " + original.encode() * 500


def _nothing(*_: str) -> None:
    """Acknowledge to nobody."""


def tell(studio: Path, on_open: Callable[[Store], None] = _nothing, said: Acknowledge = _nothing) -> None:
    """Ingest, run, decide, deliver; told again after a crash it continues where it stopped."""
    with Store(studio) as store:
        on_open(store)
        names = [store.files.put_bytes(data) for data in ORIGINALS]
        for name in names:
            said("original", name)
        if not store.batches():
            store.add_batch("shoot", "", [NewImage(f"{n}.jpg", name, 40_000) for n, name in enumerate(names)])
        said("batch", "shoot")
        while claims := store.claim("shoot", owner="line", count=2, lease_seconds=600):
            for claim in claims:
                result = store.files.put_bytes(result_of(claim.record.sha256))
                done = Outcome(claim.record.id, State.REVIEW, 1.0, "f" * 16, steps=STEPS, result=result)
                store.record(done, owner="line", token=claim.token)
                said("version", claim.record.file)
        for entry in store.entries("shoot", state=State.REVIEW):
            store.decide(entry.record.id, Action.APPROVE, person="Ann", version=entry.version.id)
            said("decision", entry.record.file)
        for entry in store.entries("shoot", state=State.APPROVED):
            place = {"platform": "shop", "name": entry.record.file, "sha256": entry.version.outcome.result}
            store.add_delivery(version=entry.version.id, **place, report={"passed": True})
            said("delivery", entry.record.file)


def faults(studio: Path) -> list[str]:
    """Return what is not as it must be at the end of the story."""
    with Store(studio) as store:
        found = [finding.sentence for finding in store.check()]
        if [batch.name for batch in store.batches()] != ["shoot"]:
            return [*found, "not exactly one batch"]
        for entry in store.entries("shoot"):
            versions, decisions = store.versions(entry.record.id), store.decisions(entry.record.id)
            if [entry.state, len(versions), len(decisions)] != [State.DELIVERED, 1, 1]:
                found.append(
                    f"{entry.record.file}: {entry.state}, {len(versions)} versions, {len(decisions)} decisions"
                )
            elif store.files.read(versions[0].outcome.result) != result_of(entry.record.sha256):
                found.append(f"{entry.record.file}: another result")
        if len(store.deliveries("shoot")) != len(ORIGINALS):
            found.append("not exactly one delivery each")
        kept = {sha256(data) for data in ORIGINALS} | {sha256(result_of(sha256(data))) for data in ORIGINALS}
        if set(store.files.names()) != kept:
            found.append("not exactly the files of the story")
    return found


def promises_kept(studio: Path, promises: list[tuple[str, str]]) -> list[str]:
    """Return what was acknowledged and is not there, and what is damaged; more may be there than was promised."""
    with Store(studio) as store:
        found = [finding.sentence for finding in store.check() if not finding.harmless]
        entries = {entry.record.file: entry for batch in store.batches() for entry in store.entries(batch.name)}
        for what, name in promises:
            if not _is_there(store, entries, what, name):
                found.append(f"the {what} {name[:16]} was acknowledged and is gone")
    return found


def _is_there(store: Store, entries: dict, what: str, name: str) -> bool:
    if what == "original":
        return store.files.has(name) and store.files.is_whole(name)
    if what == "batch":
        return [batch.name for batch in store.batches()] == [name]
    entry = entries.get(name)
    if entry is None or entry.version is None:
        return False
    if what == "decision":
        return len(store.decisions(entry.record.id)) == 1
    return what == "version" or any(delivery.name == name for delivery in store.deliveries("shoot"))
