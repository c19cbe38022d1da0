"""The audit trail and the check-up: every change by hand is found and named."""

import hashlib
import json
import os

import pytest
from studio_stories import SENIOR
from studio_stories import add_batch
from studio_stories import drop_guards
from studio_stories import fail
from studio_stories import make_version
from studio_stories import raw

from pipeline.errors import StudioError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.store import catalog
from pipeline.store.store import Store


@pytest.fixture
def told(store, studio):
    """A studio with a day's rows of every kind; returns its folder."""
    add_batch(store, 3)
    for image in (1, 2):
        version = make_version(store, image, gate=False)
        store.decide(image, Action.APPROVE, person="Ann", note="fine")
        store.decide(image, Action.SIGN_OFF, person="Sue", role=SENIOR)
        store.add_delivery(version=version.id, platform="print", name="a.tif", sha256="0" * 64, report={"fill": 0.875})
    fail(store, 3)
    store.decide(3, Action.REJECT, person="Ann")
    store.undo("Ann")
    return studio


def tamper(studio, *statements):
    """Do what somebody would who knows SQL and removes the guards first."""
    with raw(studio) as connection:
        drop_guards(connection)
        changed = 0
        for sql in statements:
            changed += connection.execute(sql).rowcount
    assert changed


def test_the_display_of_a_decision_is_kept_and_covered(store, studio):
    add_batch(store, 2)
    for image, display in ((1, "0123456789abcdef"), (2, None)):
        make_version(store, image)
        assert store.decide(image, Action.APPROVE, person="Ann", display=display).display == display
    assert [decision.display for image in (1, 2) for decision in store.decisions(image)] == ["0123456789abcdef", None]
    assert chain_sentences(store) == []
    tamper(studio, "UPDATE display SET profile = 'fedcba9876543210'")
    assert len(chain_sentences(store)) == 1
    tamper(studio, "DELETE FROM display")
    assert len(chain_sentences(store)) == 1
    tamper(studio, "INSERT INTO display SELECT id, '0123456789abcdef' FROM decision WHERE image = 1")
    assert chain_sentences(store) == []
    tamper(studio, "INSERT INTO display SELECT id, '' FROM decision WHERE image = 2")
    assert len(chain_sentences(store)) == 1


def chain_sentences(store):
    return [finding.sentence for finding in store.check() if finding.kind == "chain"]


def test_an_untouched_studio_has_nothing_to_say(store, told):
    assert store.check() == []


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("UPDATE decision SET note = 'never' WHERE id = 2", "The decision 2 "),
        ("UPDATE decision SET at = at + 1 WHERE id = 1", "The decision 1 "),
        ("UPDATE person SET name = 'Eve' WHERE name = 'Sue'", "The decision 2 "),
        ("UPDATE step SET tool = 'rembg' WHERE attempt = 2 AND position = 1", "The attempt 2 "),
        ("UPDATE attempt SET outcome = replace(outcome, 'every pixel', 'some') WHERE id = 1", "The attempt 1 "),
        ("UPDATE version SET needs_sign_off = 0 WHERE id = 2", "The attempt 2 "),
        ("UPDATE delivery SET sha256 = replace(sha256, '0', '1') WHERE id = 1", "The delivery 1 "),
        ("UPDATE image SET file = 'other.jpg' WHERE id = 3", "The batch 1 "),
        ("UPDATE event SET at = at + 1 WHERE seq = 4", "The decision 2 "),
        ("DELETE FROM decision WHERE id = 6", "The decision 6 was removed"),
        ("DELETE FROM step WHERE attempt = 1", "The attempt 1 "),
        ("DELETE FROM event WHERE seq = 5", "Events 5 to 5 of the audit trail are gone"),
        ("UPDATE event SET subject = 77 WHERE seq = 3", "The decision 1 was added past"),
    ],
)
def test_one_changed_row_is_found_and_named(store, told, sql, names):
    tamper(told, sql)
    sentences = chain_sentences(store)
    assert any(names in sentence for sentence in sentences), sentences
    assert all(sentence.endswith("restore a backup.") for sentence in sentences)


def test_a_row_added_past_the_trail_is_found(store, told):
    tamper(
        told,
        "INSERT INTO decision (image, version, action, person, role, reason, note, at, seconds) "
        "SELECT image, version, 'approve', person, role, reason, note, at, seconds FROM decision WHERE id = 1",
    )
    assert chain_sentences(store) == ["The decision 7 was added past the audit trail; restore a backup."]


def test_a_row_rewritten_together_with_its_own_hash_breaks_the_next_link(store, told):
    """Only whoever rebuilds the whole rest of the trail could hide a change, and then the head differs."""
    tamper(told, "UPDATE decision SET note = 'never' WHERE id = 1")
    with raw(told) as connection:
        before, (seq, at) = (
            connection.execute("SELECT hash FROM event WHERE seq = 2").fetchone()[0],
            connection.execute("SELECT seq, at FROM event WHERE kind = 'decision' AND subject = 1").fetchone(),
        )
        assert seq == 3
        row = connection.execute("SELECT *, 'Ann' FROM decision WHERE id = 1").fetchone()
        text = json.dumps([before, seq, at, "decision", [[list(row)]]], separators=(",", ":"))
        forged = hashlib.sha256(text.encode()).hexdigest()
        drop_guards(connection)
        connection.execute("UPDATE event SET hash = ? WHERE seq = 3", [forged])
    (sentence,) = chain_sentences(store)
    assert sentence.startswith("The decision 2 or its place in the audit trail was changed")


def test_two_rows_that_changed_places_are_found(store, told):
    tamper(
        told,
        "UPDATE event SET subject = subject + 100 WHERE kind = 'attempt'",
        "UPDATE event SET subject = CASE subject WHEN 101 THEN 2 WHEN 102 THEN 1 ELSE subject - 100 END "
        "WHERE kind = 'attempt'",
    )
    assert len(chain_sentences(store)) >= 2


@pytest.mark.of_a_file
def test_every_single_event_that_is_changed_is_found(store, told):
    for (seq,) in events(told):
        with raw(told) as connection:
            kept = connection.execute("SELECT hash FROM event WHERE seq = ?", [seq]).fetchone()[0]
        tamper(told, f"UPDATE event SET hash = '{kept[::-1]}' WHERE seq = {seq}")
        assert chain_sentences(store), seq
        tamper(told, f"UPDATE event SET hash = '{kept}' WHERE seq = {seq}")
        assert not chain_sentences(store)


def events(studio):
    with raw(studio) as connection:
        return connection.execute("SELECT seq FROM event").fetchall()


def test_the_head_moves_with_every_event_and_tells_a_rebuilt_trail(store, told):
    seq, digest = store.head()
    assert seq == len(events(told))
    store.redo("Ann")
    assert store.head()[0] == seq + 1
    assert store.head()[1] != digest


def test_a_flipped_bit_in_a_file_is_named_with_its_image(store, studio):
    original = store.files.put_bytes(b"an original" * 999)
    mask = store.files.put_bytes(b"a mask" * 999)
    store.add_batch("shoot", "", [NewImage("mug.jpg", original, 10989)])
    make_version(store, 1, mask=mask)
    for sha256, words in ((original, "the original of mug.jpg"), (mask, "the mask of mug.jpg")):
        path = store.files.path(sha256)
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        (finding,) = store.check()
        assert finding.kind == "damaged"
        assert sha256 in finding.sentence
        assert words in finding.sentence
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert store.check() == []


def test_a_missing_file_is_named_and_an_orphan_is_harmless(store):
    original = store.files.put_bytes(b"an original")
    orphan = store.files.put_bytes(b"nobody's")
    store.add_batch("shoot", "", [NewImage("mug.jpg", original, 11)])
    (finding,) = store.check()
    assert (finding.kind, finding.harmless) == ("orphan", True)
    assert orphan in finding.sentence
    os.unlink(store.files.path(original))
    missing = next(finding for finding in store.check() if finding.kind == "missing")
    assert not missing.harmless
    assert "the original of mug.jpg (image 1)" in missing.sentence


def test_what_was_kept_of_a_refused_image_is_no_orphan_and_need_not_be_there(store):
    kept = store.files.put_bytes(b"half a photo")
    refused = [
        NewImage("half.jpg", kept, 12, refusal="It ends."),
        NewImage("gone.jpg", "0" * 64, 1, refusal="No photo."),
    ]
    store.add_batch("shoot", "", refused)
    assert store.check() == []


def test_files_of_failed_attempts_are_no_orphans(store):
    add_batch(store)
    thumbnail = store.files.put_bytes(b"thumbnail")
    claim = store.claim_image(1, owner="a", lease_seconds=60)
    failed = Outcome(1, State.FAILED, 1.0, "", error="It broke.", original_thumbnail=thumbnail)
    store.record(failed, owner="a", token=claim.token)
    assert store.check() == []


@pytest.mark.of_a_file
def test_a_reference_to_nothing_is_found(store, told):
    with raw(told) as connection:
        connection.execute("UPDATE claim SET batch = 77")
    kinds = {finding.kind for finding in store.check()}
    assert kinds == {"foreign_key"}


@pytest.mark.of_a_file
def test_a_damaged_index_is_found_in_a_catalogue_too_large_for_the_quick_check(studio, monkeypatch):
    with Store(studio) as store:
        add_batch(store, 3000)
    with raw(studio) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'image_by_file'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    path = studio / "whitepoint.sqlite"
    data = bytearray(path.read_bytes())
    header = (page - 1) * size
    cells = int.from_bytes(data[header + 3 : header + 5], "big")
    data[header + 3 : header + 5] = (cells - 1).to_bytes(2, "big")
    path.write_bytes(data)
    with pytest.raises(StudioError, match="damaged"):
        Store(studio)
    monkeypatch.setattr(catalog, "QUICK_CHECK_BYTES", 0)
    with Store(studio) as store:
        findings = store.check()
    assert {finding.kind for finding in findings} == {"database"}
    assert "image_by_file" in " ".join(finding.sentence for finding in findings)
    assert all("restore the newest backup" in finding.sentence for finding in findings)
    assert all("\n" not in finding.sentence for finding in findings)
