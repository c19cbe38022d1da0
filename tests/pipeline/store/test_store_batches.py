"""Batches come in whole, and people find an image by what they type."""

import pytest
from studio_stories import add_batch
from studio_stories import make_version
from studio_stories import states

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.errors import StudioError
from pipeline.model import ImageRecord
from pipeline.model import NewImage
from pipeline.model import Queue
from pipeline.model import State


def test_an_image_comes_back_with_every_field_it_came_with(store):
    sha256 = store.files.put_bytes(b"original")
    image = NewImage(
        file="day 1/café ☕ 'quoted'.jpg",
        sha256=sha256,
        bytes=8,
        width=6000,
        height=4000,
        sku="SKU-1",
        asin="B00TEST123",
        gtin="00012345678905",
        category="shoes",
        tags=("lace", "fur"),
        shoot="S7",
        client="Anna's",
        reference="ref.jpg",
        inside="inside.jpg",
        notes={"profile": "assumed", "page": "first of 3"},
    )
    batch = store.add_batch("shoot", "Client", [image])
    (entry,) = store.entries("shoot")
    assert entry.record == ImageRecord(
        id=entry.record.id,
        batch="shoot",
        file=image.file,
        sha256=sha256,
        bytes=8,
        width=6000,
        height=4000,
        sku="SKU-1",
        asin="B00TEST123",
        gtin="00012345678905",
        category="shoes",
        tags=("lace", "fur"),
        shoot_group="S7",
        client="Anna's",
        reference="ref.jpg",
        inside="inside.jpg",
        notes={"profile": "assumed", "page": "first of 3"},
    )
    assert (entry.state, entry.queue, entry.version, entry.error) == (State.NEW, None, None, None)
    assert store.batch("shoot") == store.batch() == store.batches()[0] == batch
    assert batch.client == "Client"


def test_a_taken_name_gets_a_number(store):
    assert [add_batch(store, name="day").name for _ in range(3)] == ["day", "day 2", "day 3"]
    assert [batch.name for batch in store.batches()] == ["day", "day 2", "day 3"]
    assert store.batch().name == "day 3"


def test_refused_images_are_on_record_with_their_sentence(store):
    sha256 = store.files.put_bytes(b"original")
    refused = NewImage("bad.jpg", "", 0, refusal="bad.jpg ends in the middle; ask for it again.")
    store.add_batch("shoot", "", [NewImage("good.jpg", sha256, 8), refused])
    good, bad = store.entries("shoot")
    assert (bad.state, bad.queue, bad.error) == (State.REJECTED, None, refused.refusal)
    assert (good.state, good.error) == (State.NEW, None)
    assert [claim.record.file for claim in store.claim("shoot", owner="a", count=9, lease_seconds=60)] == ["good.jpg"]


def test_a_batch_whose_original_is_missing_is_not_added_at_all(store):
    sha256 = store.files.put_bytes(b"original")
    with pytest.raises(StudioError, match="missing"):
        store.add_batch("shoot", "", [NewImage("a.jpg", sha256, 8), NewImage("b.jpg", "0" * 64, 8)])
    assert store.batches() == []


@pytest.mark.parametrize(
    ("name", "files", "words"),
    [
        ("  ", ["a.jpg"], "needs a name"),
        ("shoot", ["a.jpg", "b.jpg", "a.jpg"], "Two files of the batch are called a.jpg"),
        ("shoot", ["half-\udce9.jpg"], "cannot be shown"),
        ("shoot", ["bell\a.jpg"], "cannot be shown"),
        ("shoot", ["gpj\u202egnp.exe"], "cannot be shown"),
    ],
)
def test_names_that_would_confuse_people_are_refused_with_a_sentence(store, name, files, words):
    sha256 = store.files.put_bytes(b"original")
    with pytest.raises(KnownError, match=words):
        store.add_batch(name, "", [NewImage(file, sha256, 8) for file in files])
    assert store.batches() == []


def test_an_unknown_batch_is_refused_naming_the_nearest(store):
    with pytest.raises(NotFoundError, match="no batch yet"):
        store.batch()
    with pytest.raises(NotFoundError, match="no batch yet"):
        store.batch("monday")
    for name in ("monday", "friday"):
        add_batch(store, name=name)
    with pytest.raises(NotFoundError, match="the nearest known name is “monday”"):
        store.entries("mondy")
    with pytest.raises(NotFoundError, match="known are friday, monday"):
        store.counts("xyz")


def test_entries_are_filtered_by_queue_and_state(store):
    add_batch(store, 4)
    make_version(store, 1, State.APPROVED)
    make_version(store, 2, State.REVIEW)
    make_version(store, 3, State.EDIT)
    assert states(store) == [State.APPROVED, State.REVIEW, State.EDIT, State.NEW]
    assert [entry.record.id for entry in store.entries("shoot", queue=Queue.REVIEW)] == [2]
    assert [entry.record.id for entry in store.entries("shoot", state=State.APPROVED)] == [1]
    assert store.entries("shoot", queue=Queue.EDIT, state=State.REVIEW) == []
    assert [entry.queue for entry in store.entries("shoot")] == [None, Queue.REVIEW, Queue.EDIT, None]
    counts = store.counts("shoot")
    assert set(counts) == set(State)
    assert {state: count for state, count in counts.items() if count} == dict.fromkeys(states(store), 1)


def test_an_image_is_found_by_id_path_and_name(store):
    sha256 = store.files.put_bytes(b"original")
    for name, files in (("old", ["a/mug.jpg", "a/100%.jpg"]), ("new", ["b/mug.jpg", "c/cup.jpg", "d/cup.jpg", "2"])):
        store.add_batch(name, "", [NewImage(file, sha256, 8) for file in files])
    assert store.find("1").record.file == "a/mug.jpg"
    assert store.find("a/mug.jpg").record.id == 1
    assert store.find("mug.jpg").record.file == "b/mug.jpg"
    assert store.find("mug.jpg", batch="old").record.file == "a/mug.jpg"
    assert store.find("100%.jpg").record.id == 2
    assert store.find("2").record.file == "a/100%.jpg"
    assert store.find("2", batch="new").record.file == "2"
    with pytest.raises(NotFoundError, match=r"fits several images; give one of c/cup\.jpg, d/cup\.jpg"):
        store.find("cup.jpg")
    with pytest.raises(NotFoundError, match=r"no image “b/mugg\.jpg”; the nearest is “b/mug\.jpg”"):
        store.find("b/mugg.jpg")
    for text in ("%", "_ug.jpg", "99", "9" * 30, "", "³"):
        with pytest.raises(NotFoundError):
            store.find(text)


def test_an_unknown_image_or_version_is_not_found(store):
    for look in (store.entry, store.version):
        with pytest.raises(NotFoundError, match="77"):
            look(77)
    assert store.versions(77) == store.decisions(77) == []


@pytest.mark.of_a_file
def test_reading_a_batch_takes_the_same_few_queries_however_large_it_is(store):
    told = {}
    for name, images in (("small", 3), ("large", 40)):
        first = add_batch(store, images, name=name) and store.entries(name)[0].record.id
        for image in range(first, first + images):
            make_version(store, image)
        statements = []
        store._catalog.db.conn.set_trace_callback(statements.append)
        assert all(entry.version.outcome.steps for entry in store.entries(name))
        store._catalog.db.conn.set_trace_callback(None)
        told[name] = len(statements)
    assert told["small"] == told["large"] <= 6
