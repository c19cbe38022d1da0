"""Decisions: who may decide what when, and undo and redo that only add rows."""

import pytest
from studio_stories import SENIOR
from studio_stories import add_batch
from studio_stories import fail
from studio_stories import make_version
from studio_stories import raw

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Queue
from pipeline.model import Role
from pipeline.model import State
from pipeline.store.people import tidy_name


def state(store, image=1):
    return store.entry(image).state


@pytest.fixture
def draft(store):
    """One image whose current version waits for review."""
    add_batch(store)
    return make_version(store, 1)


def test_a_decision_keeps_every_field(store, draft):
    decision = store.decide(
        1, Action.REJECT, person="Ann Lee", version=draft.id, reason="dust", note="left strap ✂", seconds=7.25
    )
    assert store.decisions(1) == [decision]
    assert (decision.image, decision.version, decision.action) == (1, draft.id, Action.REJECT)
    assert (decision.person, decision.role, decision.reason) == ("Ann Lee", Role.EDITOR, "dust")
    assert (decision.note, decision.seconds, decision.retracts) == ("left strap ✂", 7.25, None)
    assert decision.at > draft.created_at > 1.6e18


@pytest.mark.parametrize(
    ("action", "after"),
    [(Action.APPROVE, State.APPROVED), (Action.REJECT, State.REJECTED), (Action.REDO, State.REDO)],
)
def test_a_decision_says_where_the_image_stands(store, draft, action, after):
    store.decide(1, action, person="Ann")
    assert state(store) is after
    assert store.entry(1).queue is (Queue.REDO if after is State.REDO else None)


@pytest.mark.parametrize(
    "version", [{"gate": False}, {"human": True}, {"needs_sign_off": True}, {"actor": "Bob"}], ids=str
)
def test_what_a_person_made_or_overrode_waits_for_a_second_person(store, version):
    add_batch(store)
    make_version(store, 1, **version)
    store.decide(1, Action.APPROVE, person="Ann")
    assert (state(store), store.entry(1).queue) == (State.SIGN_OFF, Queue.SIGN_OFF)
    with pytest.raises(ConflictError, match="Only a senior"):
        store.decide(1, Action.SIGN_OFF, person="Cat", role=Role.EDITOR)
    with pytest.raises(ConflictError, match="another person"):
        store.decide(1, Action.SIGN_OFF, person=" aNN\u200b ", role=SENIOR)
    assert state(store) is State.SIGN_OFF
    store.decide(1, Action.SIGN_OFF, person="Cat", role=SENIOR)
    assert (state(store), store.entry(1).queue) == (State.READY, None)


def test_the_author_of_a_version_cannot_sign_it_off(store):
    add_batch(store)
    make_version(store, 1, State.REVIEW, actor="Bob")
    store.decide(1, Action.APPROVE, person="Ann")
    with pytest.raises(ConflictError, match="another person"):
        store.decide(1, Action.SIGN_OFF, person="bob", role=SENIOR)


def test_one_of_two_approvers_cannot_sign_off(store):
    add_batch(store)
    make_version(store, 1, gate=False)
    store.decide(1, Action.APPROVE, person="Sue", role=SENIOR)
    store.decide(1, Action.APPROVE, person="Ann")
    with pytest.raises(ConflictError, match="another person"):
        store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    store.decide(1, Action.SIGN_OFF, person="Tom", role=SENIOR)
    assert state(store) is State.READY


def test_a_version_its_author_calls_approved_needs_only_the_other_person(store):
    add_batch(store)
    make_version(store, 1, State.APPROVED, actor="Bob")
    assert state(store) is State.SIGN_OFF
    with pytest.raises(ConflictError, match="another person"):
        store.decide(1, Action.SIGN_OFF, person="Bob", role=SENIOR)
    store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    assert state(store) is State.READY


def test_the_line_alone_never_passes_a_failed_gate(store):
    add_batch(store)
    make_version(store, 1, State.APPROVED, gate=False)
    assert state(store) is State.SIGN_OFF
    with pytest.raises(ConflictError, match="needs an approval"):
        store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)


def test_a_decision_about_an_older_version_is_refused(store, draft):
    newer = make_version(store, 1)
    with pytest.raises(ConflictError, match=r"a/001\.jpg has a newer version"):
        store.decide(1, Action.APPROVE, person="Ann", version=draft.id)
    assert store.decisions(1) == []
    store.decide(1, Action.APPROVE, person="Ann", version=newer.id)


def test_a_new_version_starts_without_decisions(store, draft):
    store.decide(1, Action.REJECT, person="Ann")
    make_version(store, 1)
    assert state(store) is State.REVIEW


def test_impossible_decisions_are_refused_with_the_state(store):
    add_batch(store, 2)
    store.add_batch("refused", "", [NewImage("bad.jpg", "", 0, refusal="It is no photo.")])
    with pytest.raises(ConflictError, match="is new"):
        store.decide(1, Action.APPROVE, person="Ann")
    with pytest.raises(ConflictError, match="is new"):
        store.decide(1, Action.REJECT, person="Ann")
    store.claim("shoot", owner="a", count=1, lease_seconds=60)
    with pytest.raises(ConflictError, match="is processing"):
        store.decide(1, Action.REJECT, person="Ann")
    make_version(store, 2)
    with pytest.raises(ConflictError, match="is review, so “sign off” is not possible"):
        store.decide(2, Action.SIGN_OFF, person="Ann", role=SENIOR)
    with pytest.raises(ConflictError, match="no version"):
        store.decide(3, Action.APPROVE, person="Ann")
    with pytest.raises(NotFoundError):
        store.decide(77, Action.APPROVE, person="Ann")
    with pytest.raises(BugError):
        store.decide(2, Action.RETRACT, person="Ann")
    assert store.decisions(1) == store.decisions(2) == []


def test_a_failed_image_can_be_rejected_and_that_undone(store):
    add_batch(store)
    fail(store, 1)
    with pytest.raises(ConflictError, match="is failed"):
        store.decide(1, Action.APPROVE, person="Ann")
    decision = store.decide(1, Action.REJECT, person="Ann")
    assert (decision.version, state(store)) == (None, State.REJECTED)
    store.undo("Ann")
    assert state(store) is State.FAILED
    store.redo("Ann")
    assert state(store) is State.REJECTED


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u202e", "Line", " LINE "])
def test_a_decision_needs_a_person(store, draft, name):
    with pytest.raises(KnownError, match="name"):
        store.decide(1, Action.APPROVE, person=name)
    assert store.decisions(1) == []


def test_one_person_however_the_name_is_typed(store, draft):
    for name in ("Zoë  Lee", "ZOË LEE", "Zoe\u0308 lee", "\uff3a\u006f\u00eb Lee"):
        store.decide(1, Action.REDO, person=name)
    assert {decision.person for decision in store.decisions(1)} == {"Zoë Lee"}
    assert tidy_name(" Zoe\u0308\t Lee\u202e") == "Zoë Lee"


def test_undo_and_redo_add_rows_and_lose_none(store, draft):
    first = store.decide(1, Action.REJECT, person="Ann", reason="dust", note="n", seconds=3.0)
    second = store.decide(1, Action.APPROVE, person="Ann")
    undone = store.undo("Ann")
    assert (undone.action, undone.retracts, undone.version) == (Action.RETRACT, second.id, draft.id)
    assert state(store) is State.REJECTED
    assert store.undo("Ann").retracts == first.id
    assert state(store) is State.REVIEW
    with pytest.raises(KnownError, match="no decision of Ann to undo"):
        store.undo("Ann")
    again = store.redo("Ann")
    assert (again.action, again.reason, again.note, again.seconds) == (Action.REJECT, "dust", "n", 3.0)
    assert state(store) is State.REJECTED
    assert store.redo("Ann").action is Action.APPROVE
    assert state(store) is State.APPROVED
    with pytest.raises(KnownError, match="no undone decision of Ann to redo"):
        store.redo("Ann")
    assert len(store.decisions(1)) == 6
    assert store.decisions(1)[:2] == [first, second]


def test_a_fresh_decision_ends_what_could_be_redone(store, draft):
    store.decide(1, Action.REJECT, person="Ann")
    store.undo("Ann")
    store.decide(1, Action.REDO, person="Ann")
    with pytest.raises(KnownError):
        store.redo("Ann")


def test_people_undo_their_own_decisions_only(store, draft):
    store.decide(1, Action.REJECT, person="Ann")
    store.decide(1, Action.REDO, person="Bob")
    assert store.undo("ANN").person == "Ann"
    assert state(store) is State.REDO
    with pytest.raises(KnownError, match="no decision of Cat"):
        store.undo("Cat")
    with pytest.raises(KnownError):
        store.redo("Bob")


def test_clearing_an_image_takes_back_all_of_ones_own_and_nothing_under_another_s(store, draft):
    store.decide(1, Action.APPROVE, person="Ann")
    store.decide(1, Action.REJECT, person="Ann", reason="dust")
    store.clear(1, "ann")
    assert state(store) is State.REVIEW
    assert [row.action for row in store.decisions(1)][2:] == [Action.RETRACT] * 2, "rows are only added"
    with pytest.raises(KnownError, match="no decision of Ann"):
        store.clear(1, "Ann")
    store.redo("Ann")
    store.redo("Ann")
    assert state(store) is State.REJECTED
    store.decide(1, Action.REDO, person="Ben", reason="halo")
    with pytest.raises(ConflictError, match="Somebody else"):
        store.clear(1, "Ann")
    assert state(store) is State.REDO


def test_undo_can_be_kept_to_one_batch(store):
    for name in ("monday", "friday"):
        add_batch(store, name=name)
    for image in (1, 2):
        make_version(store, image)
        store.decide(image, Action.REJECT, person="Ann")
    assert store.undo("Ann", batch="monday").image == 1
    with pytest.raises(KnownError):
        store.undo("Ann", batch="monday")
    store.decide(2, Action.APPROVE, person="Ann")
    assert store.redo("Ann", batch="monday").image == 1
    assert store.undo("Ann").image == 1
    assert store.undo("Ann").image == 2
    with pytest.raises(NotFoundError):
        store.undo("Ann", batch="sunday")


def test_redo_is_refused_when_the_image_has_moved_on(store, draft):
    store.decide(1, Action.APPROVE, person="Ann")
    store.undo("Ann")
    make_version(store, 1)
    with pytest.raises(ConflictError, match="newer version since"):
        store.redo("Ann")


def test_redo_is_refused_when_others_have_finished_the_image_since(store):
    add_batch(store)
    make_version(store, 1, gate=False)
    store.decide(1, Action.APPROVE, person="Ann")
    store.undo("Ann")
    store.decide(1, Action.APPROVE, person="Bob")
    store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    with pytest.raises(ConflictError, match="is ready"):
        store.redo("Ann")
    assert state(store) is State.READY


def test_an_approval_that_was_signed_off_cannot_be_taken_back_under_it(store):
    add_batch(store)
    make_version(store, 1, gate=False)
    store.decide(1, Action.APPROVE, person="Ann")
    store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    with pytest.raises(ConflictError, match="take the sign-off back first"):
        store.undo("Ann")
    assert state(store) is State.READY
    store.undo("Sue")
    store.undo("Ann")
    assert state(store) is State.REVIEW


def test_only_what_is_approved_or_signed_off_leaves(store):
    add_batch(store)
    old = make_version(store, 1, State.APPROVED)
    new = make_version(store, 1, gate=False)

    def deliver(version):
        store.add_delivery(
            version=version.id, platform="amazon_main", name="a.jpg", sha256="0" * 64, report={"fill": 1}
        )

    with pytest.raises(ConflictError, match="Only the current version of an approved"):
        deliver(new)
    store.decide(1, Action.APPROVE, person="Ann")
    with pytest.raises(ConflictError):
        deliver(new)
    store.decide(1, Action.SIGN_OFF, person="Sue", role=SENIOR)
    with pytest.raises(ConflictError):
        deliver(old)
    assert store.deliveries("shoot") == []
    deliver(new)
    (delivery,) = store.deliveries("shoot")
    assert (delivery.image, delivery.version, delivery.platform) == (1, new.id, "amazon_main")
    assert (delivery.name, delivery.sha256, delivery.report) == ("a.jpg", "0" * 64, {"fill": 1})
    assert state(store) is State.DELIVERED
    deliver(new)
    assert len(store.deliveries("shoot")) == 2


def test_what_was_delivered_is_decided_again_not_undone(store):
    add_batch(store)
    version = make_version(store, 1)
    store.decide(1, Action.APPROVE, person="Ann")
    store.add_delivery(version=version.id, platform="print", name="a.tif", sha256="0" * 64, report={})
    with pytest.raises(ConflictError, match="delivered since"):
        store.undo("Ann")
    with pytest.raises(ConflictError, match="is delivered"):
        store.decide(1, Action.APPROVE, person="Bob")
    store.decide(1, Action.REDO, person="Bob")
    assert state(store) is State.REDO
    store.undo("Bob")
    assert state(store) is State.DELIVERED
    store.decide(1, Action.REDO, person="Bob")
    make_version(store, 1)
    assert state(store) is State.REVIEW


def test_time_never_runs_backwards_in_the_record(store, draft, monkeypatch):
    store.decide(1, Action.REDO, person="Ann")
    monkeypatch.setattr("time.time_ns", lambda: 1)
    store.decide(1, Action.REJECT, person="Ann")
    first, second = store.decisions(1)
    assert second.at > first.at > 1.6e18


def make_seniors(connection):
    """Everybody known so far becomes a senior."""
    connection.execute("INSERT INTO member (person, role, salt, pin, at) SELECT id, 'senior', '', '', 1 FROM person")


def test_self_sign_off_is_impossible_by_raw_sql_too(store, studio):
    add_batch(store)
    version = make_version(store, 1, gate=False, actor="Bob")
    store.decide(1, Action.APPROVE, person="Ann")
    sign = (
        "INSERT INTO decision (image, version, action, person, role, reason, note, at, seconds) "
        "SELECT 1, ?, 'sign_off', id, ?, '', '', 1, 0.0 FROM person WHERE name = ?"
    )
    with raw(studio) as connection:
        make_seniors(connection)
        for name, role, words in [
            ("Ann", "senior", "another person"),
            ("Bob", "senior", "another person"),
        ]:
            with pytest.raises(Exception, match=words):
                connection.execute(sign, [version.id, role, name])
        connection.execute("INSERT INTO person (name, key) VALUES ('Cat', 'cat')")
        with pytest.raises(Exception, match="Only a senior"):
            connection.execute(sign, [version.id, "editor", "Cat"])
        with pytest.raises(Exception, match="known here as a senior"):
            connection.execute(sign, [version.id, "senior", "Cat"])
        make_seniors(connection)
        connection.execute(sign, [version.id, "senior", "Cat"])
    assert state(store) is State.READY


@pytest.mark.parametrize("before", [[], [Action.REJECT], [Action.APPROVE, Action.REJECT], [Action.REDO]])
def test_a_sign_off_without_a_standing_approval_is_impossible_by_raw_sql(store, studio, before):
    add_batch(store)
    version = make_version(store, 1, gate=False)
    for action in before:
        store.decide(1, action, person="Ann")
    with raw(studio) as connection:
        connection.execute("INSERT INTO person (name, key) VALUES ('Cat', 'cat')")
        make_seniors(connection)
        cat = connection.execute("SELECT id FROM person WHERE name = 'Cat'").fetchone()[0]
        with pytest.raises(Exception, match="needs an approval"):
            connection.execute(
                "INSERT INTO decision (image, version, action, person, role, reason, note, at, seconds) "
                "VALUES (1, ?, 'sign_off', ?, 'senior', '', '', 1, 0.0)",
                [version.id, cat],
            )
