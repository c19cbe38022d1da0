"""What the window asks of the store: lists that stay true, open images, people with PINs, the grace of a decision."""

from dataclasses import replace

import pytest
from sqlite_utils.utils import sqlite3
from studio_stories import SENIOR
from studio_stories import add_batch
from studio_stories import fail
from studio_stories import make_version
from studio_stories import raw

from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Flag
from pipeline.model import NewImage
from pipeline.model import Order
from pipeline.model import QcScore
from pipeline.model import Role
from pipeline.model import Selection
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.store.store import Store

LISTED = "SELECT * FROM {} ORDER BY image"
SIGN = (
    "INSERT INTO decision (image, version, action, person, role, reason, note, at, seconds) "
    "SELECT 1, ?, 'sign_off', id, 'senior', '', '', 1, 0.0 FROM person WHERE name = ?"
)


def score(total):
    return QcScore(25.0, 20.0, 25.0, None, total, Verdict.REVIEW)


@pytest.fixture
def told(store):
    """Five images: new, in review, approved, failed, sent back."""
    add_batch(store, 5)
    make_version(store, 2, score=score(80.0), flags=(Flag("halo", 0.4, "a rim"), Flag("strays", 0.7, "bits")))
    make_version(store, 3, score=score(60.0))
    store.decide(3, Action.APPROVE, person="Ann")
    fail(store, 4)
    make_version(store, 5, score=score(70.0), gate=False)
    store.decide(5, Action.REDO, person="Bob", reason="halo")
    return store


def ids(store, **wanted):
    return list(store.image_ids("shoot", Selection(**wanted)))


def test_the_listing_is_what_the_catalogue_says(told, studio):
    version = make_version(told, 1, state=State.APPROVED)
    told.add_delivery(version=version.id, platform="print", name="a.tif", sha256="0" * 64, report={})
    told.undo("Bob")
    told.retry(4)
    with raw(studio) as connection:
        listed = connection.execute(LISTED.format("listing")).fetchall()
        assert listed == connection.execute(LISTED.format("listing_as_it_is")).fetchall()
    assert [card.state for card in told.cards([1, 2, 3, 4, 5])] == [entry.state for entry in told.entries("shoot")]


def test_a_card_shows_what_the_line_has_at_work(told):
    assert told.claim("shoot", owner="line", count=1, lease_seconds=60)
    assert told.cards([1])[0].state is State.PROCESSING
    assert told.counts("shoot")[State.PROCESSING] == 1
    assert ids(told, states=frozenset({State.PROCESSING})) == [1]
    assert ids(told, states=frozenset({State.NEW})) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"states": frozenset({State.REVIEW, State.REDO})}, [2, 5]),
        ({"text": "A/00 2"}, [2]),
        ({"text": "%"}, []),
        ({"flag": "halo"}, [2]),
        ({"flag": "hal"}, []),
        ({"flag": "field_is_white"}, [5]),
        ({"score_from": 70.0}, [2, 5]),
        ({"score_from": 61.0, "score_to": 75.0}, [5]),
        ({"person": "ann"}, [3]),
        ({"reason": "halo"}, [5]),
        ({"client": "nobody"}, []),
        ({"order": Order.SCORE}, [3, 5, 2, 1, 4]),
        ({"order": Order.RISK}, [5, 2, 1, 4, 3]),
        ({"order": Order.AGE, "states": frozenset({State.REVIEW, State.REDO, State.APPROVED})}, [2, 3, 5]),
    ],
)
def test_a_selection_finds_and_sorts(told, wanted, found):
    assert ids(told, **wanted) == found


def test_words_are_found_whatever_their_case_beyond_ascii(store):
    sha256 = store.files.put_bytes(b"an original")
    store.add_batch("shoot", "", [NewImage("ÄRMEL.jpg", sha256, 11), NewImage("x.jpg", sha256, 11)])
    assert ids(store, text="ärmel") == [1]


def test_the_tally_counts_the_selected_whatever_their_state(told):
    counts = told.tally("shoot", Selection(states=frozenset({State.NEW}), text="00"))
    assert {state: count for state, count in counts.items() if count} == dict.fromkeys(
        (State.NEW, State.REVIEW, State.APPROVED, State.FAILED, State.REDO), 1
    )
    assert told.tally("shoot", Selection(person="Bob"))[State.REDO] == 1


def test_facets_name_what_occurs(told):
    found = told.facets("shoot")
    assert found.clients == () or found.clients == ("Client",)
    assert found.flags == ("field_is_white", "halo", "strays")
    assert found.people == ("Ann", "Bob")
    assert found.reasons == ("halo",)


def test_an_open_image_is_one_persons(store, studio):
    add_batch(store, 2)
    make_version(store, 1)
    mine = store.hold(1, person="Ann", sitting="left", seconds=60)
    assert (mine.person, mine.sitting) == ("Ann", "left")
    with Store(studio) as other:
        assert other.hold(1, person="Bob", sitting="right", seconds=60).person == "Ann"
        assert other.cards([1])[0].opened_by == "Ann"
        with pytest.raises(ConflictError, match=r"Ann has a/001\.jpg open"):
            other.decide(1, Action.APPROVE, person="Bob")
        store.decide(1, Action.APPROVE, person="Ann")
        store.hold(2, person="Ann", sitting="left", seconds=60)
        assert other.hold(1, person="Bob", sitting="right", seconds=60).person == "Bob"
        assert set(other.holds("shoot")) == {1, 2}
        other.let_go("right")
        assert set(other.holds("shoot")) == {2}


def test_another_persons_open_image_is_not_decided_by_raw_sql(store, studio):
    add_batch(store)
    version = make_version(store, 1)
    store.hold(1, person="Ann", sitting="left", seconds=60)
    with raw(studio) as connection:
        connection.execute("INSERT INTO person (name, key) VALUES ('Cat', 'cat')")
        with pytest.raises(sqlite3.IntegrityError, match="has this image open"):
            connection.execute(SIGN.replace("sign_off", "approve"), [version.id, "Cat"])


def test_a_lease_ends_by_itself_and_a_heartbeat_keeps_it(store):
    add_batch(store)
    store.hold(1, person="Ann", sitting="left", seconds=-1)
    assert store.holds("shoot") == {}
    assert store.renew_hold("left", 60) == [1]
    assert store.holds("shoot")[1].person == "Ann"


def test_a_killed_window_has_nothing_open(studio):
    with Store(studio) as store:
        add_batch(store)
        store.hold(1, person="Ann", sitting="left", seconds=600)
    with Store(studio) as store:
        assert store.holds("shoot") == {}


def test_only_a_senior_takes_over_and_it_is_recorded(store, studio):
    add_batch(store)
    store.hold(1, person="Ann", sitting="left", seconds=60)
    with pytest.raises(ConflictError, match="Only a senior"):
        store.hold(1, person="Bob", sitting="right", seconds=60, take_over=True)
    taken = store.hold(1, person="Sue", sitting="right", seconds=60, role=SENIOR, take_over=True)
    assert taken.person == "Sue"
    assert store.renew_hold("left", 60) == []
    assert [row[:2] for row in store.takeovers(1)] == [("Ann", "Sue")]
    with raw(studio) as connection:
        for sql in ("DELETE FROM takeover", "UPDATE takeover SET person = holder"):
            with pytest.raises(sqlite3.IntegrityError, match="stays on record"):
                connection.execute(sql)


@pytest.mark.of_a_file
def test_a_pin_is_asked_for_and_is_nowhere_in_the_studio(store, studio):
    store.sign_in("Sue", SENIOR)
    store.set_pin("Sue", old="", new="4711-blue")
    for pin in ("", "4711", "4711-Blue"):
        with pytest.raises(ConflictError, match="PIN"):
            store.sign_in("sue", SENIOR, pin=pin)
    assert store.sign_in("SUE", SENIOR, pin="4711-blue").name == "Sue"
    assert b"4711-blue" not in b"".join(path.read_bytes() for path in studio.glob("whitepoint.sqlite*"))
    with pytest.raises(KnownError, match="at least 4"):
        store.set_pin("Sue", old="4711-blue", new="1")
    assert [(member.name, member.has_pin) for member in store.members()] == [("Sue", True)]


def test_seniors_vouch_for_seniors_once_one_has_a_pin(store, studio):
    store.sign_in("Sue", SENIOR)
    store.set_pin("Sue", old="", new="4711")
    with pytest.raises(ConflictError, match="vouch"):
        store.sign_in("Bob", SENIOR)
    with pytest.raises(ConflictError, match="PIN of Sue"):
        store.sign_in("Bob", SENIOR, voucher="Sue", voucher_pin="0815")
    assert store.sign_in("Bob", SENIOR, voucher="Sue", voucher_pin="4711").role is SENIOR
    assert store.sign_in("Bob", Role.EDITOR).role is Role.EDITOR
    with raw(studio) as connection:
        connection.execute("INSERT INTO person (name, key) VALUES ('Cat', 'cat')")
        with pytest.raises(sqlite3.IntegrityError, match="vouch"):
            connection.execute(
                "INSERT INTO member (person, role, salt, pin, at) SELECT id, 'senior', '', '', 1 FROM person "
                "WHERE name = 'Cat'"
            )


def test_raw_sql_cannot_sign_off_for_an_editor_or_the_last_one_who_edited(store, studio):
    add_batch(store)
    edited = make_version(store, 1, actor="Ann")
    rerun = make_version(store, 1, human=True)
    assert rerun.id > edited.id
    store.sign_in("Bob", Role.EDITOR)
    store.sign_in("Ann", SENIOR)
    store.decide(1, Action.APPROVE, person="Cat")
    with raw(studio) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="known here as a senior"):
            connection.execute(SIGN, [rerun.id, "Bob"])
        with pytest.raises(sqlite3.IntegrityError, match="another person"):
            connection.execute(SIGN, [rerun.id, "Ann"])
        with pytest.raises(sqlite3.IntegrityError, match="needs the sign-off"):
            connection.execute(
                "INSERT INTO version (image, attempt, state, needs_sign_off, created_at) "
                "SELECT 1, id, 'approved', 0, 1 FROM attempt WHERE author IS NOT NULL"
            )
    with pytest.raises(ConflictError, match="another person"):
        store.decide(1, Action.SIGN_OFF, person="Ann", role=SENIOR)
    store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    assert store.entry(1).state is State.READY


def test_nothing_leaves_within_the_grace_unless_the_batch_is_closed(store, studio):
    add_batch(store, 2)
    first, second = make_version(store, 1), make_version(store, 2)
    delivery = {"platform": "print", "name": "a.tif", "sha256": "0" * 64, "report": {}}
    store.decide(1, Action.APPROVE, person="Ann", grace_seconds=600)
    store.decide(2, Action.APPROVE, person="Ann")
    assert set(store.in_grace("shoot")) == {1}
    store.add_delivery(version=second.id, **delivery)
    with pytest.raises(ConflictError, match="may still be taken back"):
        store.add_delivery(version=first.id, **delivery)
    store.close_batch("shoot", "Ann")
    assert store.in_grace("shoot") == {}
    store.add_delivery(version=first.id, **delivery)


def test_a_decision_taken_back_has_no_grace_any_more(store):
    add_batch(store)
    make_version(store, 1)
    store.decide(1, Action.APPROVE, person="Ann", grace_seconds=600)
    store.undo("Ann")
    assert store.in_grace("shoot") == {}


def test_undo_reaches_so_many_decisions_back_and_no_further(store):
    add_batch(store, 4)
    for image in (1, 2, 3, 4):
        make_version(store, image)
        store.decide(image, Action.APPROVE, person="Ann")
    for image in (4, 3, 2):
        assert store.undo("Ann", depth=3).image == image
    with pytest.raises(KnownError, match="last 3"):
        store.undo("Ann", depth=3)


def test_some_images_come_in_the_order_asked_for(told):
    assert [entry.record.id for entry in told.some([5, 1, 99, 3])] == [5, 1, 3]
    assert replace(told.some([2])[0]) == told.entry(2)


def test_a_list_over_all_batches_says_of_each_image_which_it_is_of(told):
    add_batch(told, 2, "later")
    everything = list(told.image_ids("", Selection()))
    assert everything == [*told.image_ids("shoot", Selection()), *told.image_ids("later", Selection())]
    assert {card.batch for card in told.cards(everything)} == {"shoot", "later"}
    assert told.counts("")[State.NEW] == told.counts("shoot")[State.NEW] + 2
    assert told.facets("").flags == told.facets("shoot").flags
    assert list(told.image_ids("", Selection(person="Bob"))) == [5]


def test_a_list_is_narrowed_to_exactly_one_state(told):
    assert ids(told, state="redo") == [5]
    assert ids(told, state="redo", states=frozenset({State.REVIEW})) == []
    told.claim_image(1, owner="hand", lease_seconds=60)
    assert ids(told, state="processing") == [1]
    assert told.facets("shoot").states == ("approved", "failed", "new", "redo", "review")
