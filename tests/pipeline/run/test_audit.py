"""The audit of a small real batch: known answers hide among the sample, and a rollback gives the earlier file again."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.errors import ConflictError
from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import Behind
from pipeline.model import Figure
from pipeline.model import Sale
from pipeline.model import Selection
from pipeline.model import State
from pipeline.model import WorkItem
from pipeline.photo_io.delivered import read_delivered
from pipeline.run.audit import draw_sample
from pipeline.run.deliver import export
from pipeline.run.release import judgements
from pipeline.run.release import released
from pipeline.run.release import rule
from pipeline.run.rollback import roll_back
from pipeline.settings import Settings
from pipeline.store.store import Store

Build = Callable[..., WorkItem]
Add = Callable[..., list[WorkItem]]
ASIN = {"asin": "B0TEST0001", "sku": "MUG"}
EVER = {"since": 0, "until": 2**62}
DAY = 24 * 3600 * 10**9
JUNE = int(datetime(2026, 6, 1, tzinfo=UTC).timestamp()) * 10**9


def waiting(store: Store, batch: str) -> set[int]:
    """The audit queue as the window lists it."""
    return set(store.image_ids(batch, Selection(states=frozenset({State.AUDIT}))))


def test_known_answers_look_like_all_others_measure_who_sees_them_and_never_leave(
    add: Add, store: Store, build_item: Build, settings: Settings
) -> None:
    add([build_item()], codes=[ASIN], state=State.REVIEW)
    store.decide(1, Action.APPROVE, person="Ann")
    add([build_item(radius=190.0)], codes=[ASIN])
    batch = "shoot 2"
    assert {one.name for one in store.batches()} == {"shoot", batch}
    wave = draw_sample(store, batch, settings, by="Lea", seed=3)
    (known,) = waiting(store, batch) - {2}
    entry = store.entry(known)
    assert (wave.drawn, wave.to_look) == (2, 2)
    assert (entry.record.batch, entry.record.file, entry.state) == (batch, "photo-0-2.png", State.AUDIT)
    good, seeded = (read_delivered(store.files.read(store.entry(n).version.outcome.result)).rgb for n in (1, known))
    assert 0 < (good != seeded).any(axis=2).mean() < 0.6

    assert [one.record.id for one in store.entries(batch)] == [2]
    assert store.batch().name == batch
    assert {one.name for one in store.batches()} == {"shoot", batch}
    with pytest.raises(NotFoundError):
        store.batch("‹known answers of wave 1›")
    with pytest.raises(ConflictError, match="tests the reviewers"):
        store.add_delivery(version=entry.version.id, platform="print", name="a", sha256="0" * 64, report={})

    store.decide(2, Action.APPROVE, person="Ben")
    _, said = rule(store, batch, settings, by="Lea")
    assert said.waiting == 1, "whoever left a known answer to the last must not learn that it is one"
    store.decide(known, Action.APPROVE, person="Ben")
    assert waiting(store, batch) == set()
    assert known not in store.image_ids(batch, Selection())
    store.undo("Ben", batch)
    assert waiting(store, batch) == {known}
    store.decide(known, Action.REDO, person="Ben", reason="halo")
    (answer,) = store.figures(batch, **EVER).answers
    assert (answer.person, answer.seeded, answer.caught, answer.good, answer.cleared) == ("Ben", 1, 1, 0, 0)
    assert [decision.image for decision in store.all_decisions()] == [1, 2]
    assert store.figures(batch, **EVER).reasons == ()
    assert judgements(store, batch, settings)[-1][1].sentence.startswith("0 of 1 bad, and every image was looked at")
    assert store.check() == []


def test_an_audit_is_another_persons_and_leaves_a_sign_off_standing(
    add: Add, store: Store, build_item: Build, settings: Settings
) -> None:
    add([build_item()], codes=[ASIN])
    quiet = replace(settings, release=replace(settings.release, known_share=0.0))
    store.decide(1, Action.APPROVE, person="Ann")
    draw_sample(store, "shoot", quiet, by="Lea", seed=3)
    with pytest.raises(ConflictError, match="An audit must come from another person"):
        store.decide(1, Action.APPROVE, person="Ann")
    store.decide(1, Action.APPROVE, person="Ben", grace_seconds=60)
    assert rule(store, "shoot", quiet, by="Lea")[1].waiting == 1, "the decision may still be taken back"
    store.close_batch("shoot", "Lea")
    assert rule(store, "shoot", quiet, by="Lea")[0].state == "released"
    assert released(store, "shoot", quiet) == {1}


def test_a_rollback_gives_the_earlier_delivery_again_and_the_image_may_leave_once_more(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    delivered = []
    for radius, batch in ((200.0, "shoot"), (190.0, "shoot 2")):
        add([build_item(radius=radius)], codes=[ASIN])
        report = export(store, batch, ["amazon_main"], to=tmp_path / batch, settings=settings)
        delivered.append(report.delivered[0].path)
    first, second = (path.read_bytes() for path in delivered)
    assert first != second
    store.add_sales(file="a.csv", sha256="0" * 64, mapping={}, rows=[Sale("MUG", "2026-06-03", 9, 1)])
    for days, images in ((2, []), (3, [1, 2])):
        week = Behind(Figure.SOLD, JUNE, JUNE + days * DAY - 1)
        assert list(store.image_ids("", Selection(behind=week))) == images
    done = roll_back(store, "shoot 2", by="Lea", reason="too small", to=tmp_path / "back")
    assert [path.read_bytes() for path in done.restored] == [first]
    (row,) = done.rollback.recalled
    assert (row.name, row.sha256, row.restored) == (
        "B0TEST0001.MAIN.jpg",
        hashlib.sha256(second).hexdigest(),
        hashlib.sha256(first).hexdigest(),
    )
    assert [store.entry(image).state for image in (1, 2)] == [State.DELIVERED, State.REVIEW]
    store.decide(2, Action.APPROVE, person="Ann")
    assert export(store, "shoot 2", ["amazon_main"], to=tmp_path / "again", settings=settings).passed
    assert store.entry(2).state is State.DELIVERED
    assert [one.recalled for one in store.deliveries("shoot 2")] == [True, False]
