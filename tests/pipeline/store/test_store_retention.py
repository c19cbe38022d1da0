"""Retention: whatever happens, nothing that is still needed ever vanishes, and what is not needed goes at last."""

import itertools
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from studio_stories import add_batch
from studio_stories import outcome

from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import State
from pipeline.store import retention
from pipeline.store import trash
from pipeline.store.files import Files
from pipeline.store.retention import Terms
from pipeline.store.store import Store

MEMORY_DISK = Path("/dev/shm")
DAY = 24 * 3600 * 10**9
KEEP, VIEWING = 30, 2
TERMS = Terms(lambda client: 90 if client == "slow" else KEEP, VIEWING, 24)
GONE = {State.REJECTED, State.FAILED}
FIELDS = ("mask", "result", "tiles", "thumbnail")


def make(store: Store, image: int, seed: int, state: State = State.APPROVED) -> int:
    """A version whose files have few different contents, so that images share them."""
    files = {field: store.files.put_bytes(f"{field} {seed % 3}".encode()) for field in FIELDS}
    claim = store.claim_image(image, owner="story", lease_seconds=60)
    version = store.record(outcome(image, state, **files), owner="story", token=claim.token)
    assert version is not None
    return version.id


def deliver(store: Store, image: int, seed: int) -> None:
    entry = store.entry(image)
    sha256 = store.files.put_bytes(f"file {seed % 25}".encode())
    values = {"platform": "print", "name": f"{seed % 2}.tif", "sha256": sha256, "report": {}}
    store.add_delivery(version=entry.version.id if entry.version else 0, **values)


def ingest(store: Store, seed: int) -> None:
    photos = [store.files.put_bytes(b"photo %d" % ((seed + number) % 4)) for number in range(seed % 2 + 1)]
    images = [NewImage(f"{number}.jpg", sha256, 7) for number, sha256 in enumerate(photos)]
    store.add_batch("shoot", ("", "slow")[seed % 5 == 0], images)


def needed(store: Store, now: int) -> set[str]:
    """What must be there at `now`, told from the rows one by one: nothing shared with the purge's own SQL."""
    needs, places = set(), {}
    held = {hold.batch for hold in store.legal_holds()}
    for batch in store.batches():
        entries, deliveries = store.entries(batch.name), store.deliveries(batch.name)
        decided = [one.at for entry in entries for one in store.decisions(entry.record.id)]
        ended = all(entry.state in GONE | {State.DELIVERED} for entry in entries) and batch.name not in held
        last = max([row.created_at for row in deliveries] + decided, default=0)
        over = bool(deliveries) and ended and last + TERMS.keep_days(batch.client) * DAY < now
        for row in deliveries:
            if not row.recalled:
                places.setdefault((batch.client, row.name), []).append((row.id, row.sha256))
            if not over:
                needs.add(row.sha256)
        for entry in entries:
            if not over:
                needs.add(entry.record.sha256)
            settled = entry.state in (State.DELIVERED, State.REJECTED)
            for version in store.versions(entry.record.id):
                outcome = version.outcome
                needs |= {outcome.thumbnail} | (set() if over else {outcome.mask, outcome.result})
                needs |= set() if over or settled else {outcome.tiles}
    for rows in places.values():
        needs |= {sha256 for _, sha256 in sorted(rows)[-2:]}
    return needs - {None}


RARE = ("reject", "redo", "approve", "hold", "lift", "roll_back")
STEPS = ("ingest", *("make", "deliver", "deliver", "purge") * 3, *RARE)
history = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2**16)), min_size=12, max_size=40)
DAYS = (0, 1, 3, 29, 31, 45, 89, 91, 400)


def step(store: Store, kind: str, seed: int) -> None:
    """Do one thing of a history; what the studio refuses did not happen."""
    batches = store.batches()
    if kind == "ingest" or not batches:
        ingest(store, seed)
        return
    lot = random.Random(seed)
    batch = lot.choice(batches).name
    image = lot.choice(store.entries(batch)).record.id
    deeds = {
        "make": lambda: make(store, image, seed),
        "deliver": lambda: (make(store, image, seed) if not store.versions(image) else 0, deliver(store, image, seed)),
        "reject": lambda: store.decide(image, Action.REJECT, person="Ann"),
        "redo": lambda: store.decide(image, Action.REDO, person="Ann"),
        "approve": lambda: store.decide(image, Action.APPROVE, person="Ben"),
        "hold": lambda: store.hold_legally(batch=batch, reason="a lawsuit", person="Lea"),
        "lift": lambda: store.lift_legal_hold(batch=batch, reason="it ended", person="Lea"),
        "roll_back": lambda: store.roll_back(batch, None, reason="", person="Lea"),
    }
    try:
        deeds[kind]()
    except KnownError:
        return


@settings(max_examples=30, deadline=None)
@given(history)
def test_nothing_that_is_needed_ever_vanishes_whatever_happened_before(told: list[tuple[str, int]]) -> None:
    folder = Path(tempfile.mkdtemp(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None))
    try:
        with Store(folder / "studio") as store:
            for kind, seed in told:
                if kind != "purge":
                    step(store, kind, seed)
                    continue
                now = time.time_ns() + random.Random(seed).choice(DAYS) * DAY
                before, needs = set(store.files.names()), needed(store, now)
                listed = {one.sha256 for one in store.expired(TERMS, now=now)}
                assert set(store.files.names()) == before, "looking removes nothing"
                assert {one.sha256 for one in store.purge(TERMS, now=now)} == listed
                after = set(store.files.names())
                assert needs & before <= after
                assert before - after == listed
            assert not [one for one in store.check() if one.kind not in ("orphan",)]
    finally:
        shutil.rmtree(folder)


def test_thirty_days_after_its_delivery_a_batch_leaves_what_is_live_and_what_is_small(store: Store) -> None:
    original = store.files.put_bytes(b"photo")
    store.add_batch("shoot", "", [NewImage("a.jpg", original, 5)])
    make(store, 1, 0)
    later = time.time_ns() + 400 * DAY
    assert store.expired(TERMS, now=later) == [], "nothing of an undelivered batch"
    deliver(store, 1, 0)
    soon = time.time_ns() + 3 * DAY
    assert [one.reason for one in store.expired(TERMS, now=soon)] == ["tiles: nobody looks at it since 2 days"]
    store.hold_legally(batch="shoot", reason="a lawsuit", person="Lea")
    kinds = {one.reason.split(":")[0] for one in store.expired(TERMS, now=later)}
    assert kinds == {"tiles"}, "a legal hold keeps originals and edits"
    store.lift_legal_hold(batch="shoot", reason="it ended", person="Lea")
    store.purge(TERMS, now=later)
    left = {store.files.read(name) for name in store.files.names()}
    assert left == {b"thumbnail 0", b"file 0"}
    assert store.check() == []
    again = store.files.put_bytes(b"photo")
    store.add_batch("again", "", [NewImage("a.jpg", again, 5)])
    os.unlink(store.files.path(again))
    (finding,) = store.check()
    assert finding.kind == "missing", "what came again after the purge is needed again"


def test_a_client_may_have_its_own_days_and_a_hold_of_a_client_covers_all_its_batches(store: Store) -> None:
    for client in ("slow", "quick"):
        sha256 = store.files.put_bytes(client.encode())
        store.add_batch(client, client, [NewImage("a.jpg", sha256, 5)])
    for image in (1, 2):
        make(store, image, 0)
        deliver(store, image, 0)

    def originals(days: int) -> set[int]:
        found = store.expired(TERMS, now=time.time_ns() + days * DAY)
        return {one.image for one in found if one.reason.startswith("original")}

    assert originals(31) == {2}
    assert originals(91) == {1, 2}
    store.hold_legally(client="SLOW", reason="a lawsuit", person="Lea")
    assert originals(91) == {2}
    with pytest.raises(ConflictError, match="on legal hold already"):
        store.hold_legally(client="slow", reason="again", person="Lea")


def test_a_clock_that_went_back_purges_nothing(store: Store) -> None:
    orphan = store.files.put_bytes(b"nobody's")
    os.utime(store.files.path(orphan), (0, 0))
    add_batch(store)
    assert store.expired(TERMS, now=time.time_ns() - DAY) == []
    assert [one.sha256 for one in store.expired(TERMS)] == [orphan]


@pytest.mark.parametrize("calls", range(6))
def test_a_purge_that_dies_anywhere_loses_nothing_that_is_not_on_record(
    store: Store, studio: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    orphans = [store.files.put_bytes(b"nobody's %d" % number) for number in range(3)]
    for sha256 in orphans:
        os.utime(store.files.path(sha256), (0, 0))
    add_batch(store)
    told = itertools.count()

    def dies(real):
        def call(*arguments):
            if next(told) == calls:
                raise RuntimeError("killed")
            return real(*arguments)

        return call

    with monkeypatch.context() as patch:
        for name in ("discard", "forget"):
            patch.setattr(retention.trash, name, dies(getattr(trash, name)))
        with pytest.raises(RuntimeError, match="killed"):
            store.purge(TERMS)
    with Store(studio) as other:
        retention.recover(other._catalog, other.files)
        left = set(other.files.names())
        assert not list(trash.discarded(other.files))
        on_record = other._catalog.rows("SELECT orphans FROM purge")
        assert left & set(orphans) == (set() if on_record else set(orphans))
        assert all(finding.harmless for finding in other.check())


def test_what_is_put_again_during_the_day_is_not_taken_for_forgotten(store: Store) -> None:
    orphan = store.files.put_bytes(b"nobody's yet")
    os.utime(store.files.path(orphan), (0, 0))
    Files(store.files.folder).put_bytes(b"nobody's yet")
    add_batch(store)
    assert store.expired(TERMS) == []
