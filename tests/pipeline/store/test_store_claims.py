"""Claims: every image once, whoever dies; every result fenced."""

import os
import signal
import time
from pathlib import Path

import pytest
from studio_stories import STEPS
from studio_stories import add_batch
from studio_stories import fail
from studio_stories import make_version
from studio_stories import outcome
from studio_stories import plan
from studio_stories import raw
from studio_stories import states

from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import NotFoundError
from pipeline.errors import StudioError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.store import claims as module
from pipeline.store.store import Store

IN_CHILDREN = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a forked child")


def claim(store, owner="a", count=1, lease_seconds=600.0, batch="shoot"):
    return store.claim(batch, owner=owner, count=count, lease_seconds=lease_seconds)


def ids(claims):
    return [claim.record.id for claim in claims]


def test_claims_come_in_order_and_nobody_gets_them_twice(store):
    add_batch(store, 5)
    assert ids(claim(store, "a", 2)) == [1, 2]
    assert ids(claim(store, "b", 2)) == [3, 4]
    assert ids(claim(store, "a", 2)) == [5]
    assert claim(store, "b", 2) == []
    assert states(store) == [State.PROCESSING] * 5


def test_claims_stay_within_their_batch(store):
    add_batch(store, 1, name="other")
    add_batch(store, 1)
    assert ids(claim(store, count=9)) == [2]
    with pytest.raises(NotFoundError):
        claim(store, batch="shot")


def test_a_recorded_image_is_done(store):
    add_batch(store, 2)
    (first,) = claim(store)
    version = store.record(outcome(1, State.APPROVED), owner="a", token=first.token)
    assert version == store.version(version.id) == store.versions(1)[0] == store.entry(1).version
    assert (version.image, version.parent, version.actor) == (1, None, "line")
    assert version.outcome == outcome(1, State.APPROVED)
    assert states(store) == [State.APPROVED, State.NEW]
    assert ids(claim(store, count=9)) == [2]


def test_a_stale_token_cannot_record(store, studio):
    add_batch(store)
    (old,) = claim(store, "slow", lease_seconds=0)
    (new,) = claim(store, "quick")
    assert new.token > old.token
    with pytest.raises(ConflictError, match="too late"):
        store.record(outcome(1), owner="slow", token=old.token)
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="slow", token=new.token)
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="quick", token=old.token)
    assert store.versions(1) == []
    assert store.record(outcome(1), owner="quick", token=new.token)
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="quick", token=new.token)
    assert len(store.versions(1)) == 1
    with raw(studio) as connection:
        assert connection.execute("SELECT count(*) FROM attempt").fetchone() == (1,)


def test_an_overdue_result_that_nobody_else_claimed_is_still_good(store):
    add_batch(store)
    (late,) = claim(store, lease_seconds=0)
    assert store.record(outcome(1), owner="a", token=late.token)


def test_a_failure_keeps_its_sentence_and_can_be_retried(store):
    add_batch(store)
    fail(store, 1, "mug.jpg broke; retry it.")
    entry = store.entry(1)
    assert (entry.state, entry.error, entry.version) == (State.FAILED, "mug.jpg broke; retry it.", None)
    assert claim(store) == []
    store.retry(1)
    assert (store.entry(1).state, store.entry(1).error) == (State.NEW, None)
    (again,) = claim(store)
    store.record(outcome(1), owner="a", token=again.token)
    assert (store.entry(1).state, store.entry(1).error) == (State.REVIEW, None)


def test_a_failure_that_is_the_files_fault_rejects_the_image(store):
    add_batch(store)
    fail(store, 1, "mug.jpg ends in the middle; ask for it again.", refused=True)
    assert store.entry(1).state is State.REJECTED
    assert "ends in the middle" in store.entry(1).error
    store.retry(1)
    assert store.entry(1).state is State.NEW


def test_a_failure_keeps_its_steps_and_a_file_name_that_is_no_text(store, studio):
    add_batch(store)
    fail(store, 1, "caf\udce9.jpg broke.")
    assert store.entry(1).error == "caf\\udce9.jpg broke."
    with raw(studio) as connection:
        assert connection.execute("SELECT count(*) FROM step").fetchone() == (len(STEPS),)


@pytest.mark.parametrize("state", [State.APPROVED, State.REVIEW])
def test_only_failed_and_sent_back_images_can_be_retried(store, state):
    add_batch(store)
    with pytest.raises(ConflictError, match="is new"):
        store.retry(1)
    make_version(store, 1, state)
    with pytest.raises(ConflictError, match="only a failed or sent-back"):
        store.retry(1)
    store.decide(1, Action.REDO, person="Ann")
    store.retry(1)
    assert store.entry(1).state is State.REDO
    assert ids(claim(store)) == [1]
    assert store.entry(1).state is State.PROCESSING
    with pytest.raises(NotFoundError):
        store.retry(77)


def test_an_image_refused_at_ingest_cannot_be_retried(store):
    store.add_batch("shoot", "", [NewImage("bad.jpg", "", 0, refusal="It is no photo.")])
    with pytest.raises(ConflictError):
        store.retry(1)


def test_a_failing_retry_of_a_sent_back_image_is_a_failure_with_its_version(store):
    add_batch(store)
    version = make_version(store, 1)
    store.decide(1, Action.REDO, person="Ann")
    store.retry(1)
    fail(store, 1)
    assert (store.entry(1).state, store.entry(1).version) == (State.FAILED, version)


def test_release_gives_back_and_does_not_count_as_a_try(store):
    add_batch(store, 2)
    for _ in range(7):
        claims = claim(store, "a", 2)
        assert ids(claims) == [1, 2]
        store.release("a")
        assert states(store) == [State.NEW, State.NEW]
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="a", token=claims[0].token)
    other = claim(store, "b")
    store.release("a")
    assert store.record(outcome(1), owner="b", token=other[0].token)


def test_an_image_that_ends_three_claims_without_an_answer_fails_with_a_sentence(store):
    add_batch(store)
    for _ in range(3):
        assert ids(claim(store, lease_seconds=-1)) == [1]
    assert store.entry(1).state is State.NEW
    assert claim(store) == []
    entry = store.entry(1)
    assert entry.state is State.FAILED
    assert entry.error == "Processing a/001.jpg ended three times without an answer; check the file, then retry it."
    store.retry(1)
    assert ids(claim(store)) == [1]
    assert store.check() == []


def test_what_was_tried_without_an_answer_comes_after_what_nobody_tried(store):
    add_batch(store, 3)
    assert ids(claim(store, count=2, lease_seconds=-1)) == [1, 2]
    assert ids(claim(store)) == [3]
    assert ids(claim(store, count=2)) == [1, 2]


def test_a_claim_given_back_takes_back_one_try_and_no_more(store):
    add_batch(store)
    for _ in range(2):
        claim(store, lease_seconds=-1)
    claim(store)
    store.release("a")
    assert ids(claim(store, lease_seconds=-1)) == [1]
    assert claim(store) == []
    assert store.entry(1).state is State.FAILED


def test_only_what_nobody_works_on_any_more_is_given_up_and_its_last_worker_comes_too_late(store):
    add_batch(store, 1)
    add_batch(store, 1, name="other")
    for _ in range(2):
        claim(store, lease_seconds=-1)
        claim(store, lease_seconds=-1, batch="other")
    (last,) = claim(store, "late")
    claim(store, lease_seconds=-1, batch="other")
    claim(store, "b", 2)
    assert [store.entry(image).state for image in (1, 2)] == [State.PROCESSING, State.NEW]
    store.renew("late", -1)
    claim(store, "b", 2)
    assert [store.entry(image).state for image in (1, 2)] == [State.FAILED, State.NEW]
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="late", token=last.token)


def test_a_third_claim_that_answers_is_good(store):
    add_batch(store)
    for _ in range(2):
        claim(store, lease_seconds=0)
    (third,) = claim(store)
    assert store.record(outcome(1), owner="a", token=third.token)
    assert claim(store) == []
    assert store.entry(1).state is State.REVIEW


def test_renewing_extends_a_lease(store, studio):
    add_batch(store, 2)
    claim(store, "a", 2, lease_seconds=0)
    assert store.renew("a", 600) == 2
    assert store.renew("b", 600) == 0
    assert claim(store, "b") == []
    with raw(studio) as connection:
        ends = [row[0] for row in connection.execute("SELECT lease_until FROM claim")]
    assert all(500e9 < end - time.time_ns() <= 600e9 for end in ends)


def test_a_repair_claims_one_image_and_adds_a_version(store):
    add_batch(store)
    draft = make_version(store, 1, State.EDIT)
    mine = store.claim_image(1, owner="Ann's window", lease_seconds=60)
    assert store.claim_image(1, owner="Ann's window", lease_seconds=60).token == mine.token + 1
    with pytest.raises(ConflictError, match=r"a/001\.jpg is being worked on"):
        store.claim_image(1, owner="Bob's window", lease_seconds=60)
    with pytest.raises(ConflictError):
        store.record(outcome(1), owner="Ann's window", token=mine.token, actor="Ann")
    repaired = store.record(outcome(1), owner="Ann's window", token=mine.token + 1, actor="  Ann ", parent=draft.id)
    assert (repaired.parent, repaired.actor) == (draft.id, "Ann")
    assert store.versions(1) == [draft, repaired]
    assert store.claim_image(1, owner="Bob's window", lease_seconds=60)
    with pytest.raises(NotFoundError):
        store.claim_image(77, owner="Ann", lease_seconds=60)


def test_a_parent_of_another_image_is_refused(store):
    add_batch(store, 2)
    other = make_version(store, 2)
    mine = store.claim_image(1, owner="a", lease_seconds=60)
    with pytest.raises(BugError, match=r"(?i)foreign key"):
        store.record(outcome(1), owner="a", token=mine.token, parent=other.id)
    assert store.versions(1) == []
    assert store.record(outcome(1), owner="a", token=mine.token)


def test_a_result_whose_files_are_missing_is_not_recorded(store):
    add_batch(store)
    (mine,) = claim(store)
    with pytest.raises(StudioError, match="missing"):
        store.record(outcome(1, mask="0" * 64), owner="a", token=mine.token)
    mask = store.files.put_bytes(b"mask")
    assert store.record(outcome(1, mask=mask), owner="a", token=mine.token).outcome.mask == mask


@pytest.mark.parametrize("state", [State.NEW, State.FAILED, State.READY, State.REJECTED])
def test_a_state_that_no_version_can_have_is_a_bug(store, state):
    add_batch(store)
    (mine,) = claim(store)
    with pytest.raises(BugError, match=state.value):
        store.record(Outcome(1, state, 1.0, "f"), owner="a", token=mine.token)


def fork(work):
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(99)
    return child


@IN_CHILDREN
def test_claims_of_a_killed_program_are_free_at_once(studio, folder):
    with Store(studio) as store:
        add_batch(store, 3)

    def work_until_killed():
        with Store(studio) as mine:
            claim(mine, "doomed", 2)
            (folder / "claimed").touch()
            signal.pause()

    child = fork(work_until_killed)
    with Store(studio) as store:
        while not (folder / "claimed").exists():
            assert os.waitpid(child, os.WNOHANG) == (0, 0)
        assert ids(claim(store, "early", 9)) == [3]
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert ids(claim(store, "next", 9)) == [1, 2]


@IN_CHILDREN
def test_opening_the_studio_frees_what_a_killed_program_held(studio):
    def claim_and_die():
        store = Store(studio)
        add_batch(store, 1)
        claim(store)
        os.kill(os.getpid(), signal.SIGKILL)

    os.waitpid(fork(claim_and_die), 0)
    with Store(studio) as store:
        assert store.entry(1).state is State.NEW
        assert list((store.folder / "holders").glob("*-*")) == []


@IN_CHILDREN
def test_a_worker_that_outlives_its_parent_does_not_keep_the_claim(studio, folder):
    def claim_and_leave_an_orphan():
        store = Store(studio)
        add_batch(store, 1)
        claim(store)
        orphan = os.fork()
        if orphan == 0:
            signal.alarm(30)
            signal.pause()
        (folder / "orphan").write_text(str(orphan))
        os.kill(os.getpid(), signal.SIGKILL)

    os.waitpid(fork(claim_and_leave_an_orphan), 0)
    with Store(studio) as store:
        assert ids(claim(store)) == [1]
    os.kill(int((folder / "orphan").read_text()), signal.SIGKILL)


def test_a_closed_store_lets_go(studio):
    with Store(studio) as store:
        add_batch(store, 1)
        claim(store)
    with Store(studio) as store:
        assert ids(claim(store, "b")) == [1]


@IN_CHILDREN
def test_several_programs_share_a_batch_and_none_gets_an_image_twice(studio, folder):
    images, programs = 300 if isinstance(studio, Path) else 60, 4
    with Store(studio) as store:
        add_batch(store, images)

    def work(name):
        with Store(studio) as mine, (folder / name).open("w") as told:
            while not (folder / "start").exists():
                pass
            while claims := claim(mine, name, 3):
                for taken in claims:
                    mine.record(outcome(taken.record.id), owner=name, token=taken.token)
                    told.write(f"{taken.record.id}\n")

    names = [f"program{number}" for number in range(programs)]
    children = [fork(lambda name=name: work(name)) for name in names]
    (folder / "start").touch()
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * programs
    done = [int(line) for name in names for line in (folder / name).read_text().split()]
    assert sorted(done) == list(range(1, images + 1))
    with Store(studio) as store:
        assert store.counts("shoot")[State.REVIEW] == images
        assert [len(store.versions(image)) for image in range(1, images + 1)] == [1] * images
        assert store.check() == []


@IN_CHILDREN
def test_a_sleeper_that_wakes_after_its_lease_is_refused(studio, folder):
    with Store(studio) as store:
        add_batch(store, 1)

    def sleep_past_the_lease():
        with Store(studio) as mine:
            (taken,) = claim(mine, "sleeper", lease_seconds=0)
            (folder / "claimed").touch()
            os.kill(os.getpid(), signal.SIGSTOP)
            with pytest.raises(ConflictError):
                mine.record(outcome(1), owner="sleeper", token=taken.token)

    child = fork(sleep_past_the_lease)
    _, status = os.waitpid(child, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    with Store(studio) as store:
        (taken,) = claim(store, "other")
        assert store.record(outcome(1), owner="other", token=taken.token)
        os.kill(child, signal.SIGCONT)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert len(store.versions(1)) == 1


@pytest.mark.parametrize(
    "sql", [module.TAKE.format(skipping=""), module.TAKE_ONE, "SELECT image FROM tired WHERE batch = 1"]
)
@pytest.mark.of_a_file
def test_a_claim_is_found_by_index_among_a_hundred_thousand(store, studio, sql):
    add_batch(store, 20)
    values = dict.fromkeys(("owner", "holder", "until", "batch", "now", "count", "image"), 1)
    with raw(studio) as connection:
        steps = plan(connection, sql, values if ":" in sql else ())
    assert any("claim" in step for step in steps)
    taken_in_hand = "SCAN free"  # the few that it takes
    assert not [step for step in steps if step != taken_in_hand and ("SCAN" in step or "TEMP B-TREE" in step)], steps


@pytest.mark.of_a_file
def test_the_views_and_lists_are_found_by_index(store, studio):
    add_batch(store, 20)
    questions = [
        "SELECT state, count(*) FROM standing_of_image WHERE batch = 1 GROUP BY state",
        "SELECT * FROM standing_of_image WHERE batch = 1 ORDER BY image",
        "SELECT * FROM standing_of_image WHERE image = 1",
        "SELECT * FROM queue_of_image WHERE batch = 1",
        "SELECT DISTINCT holder FROM claim WHERE holder IS NOT NULL",
        "UPDATE claim SET owner = NULL WHERE owner = 'a'",
    ]
    with raw(studio) as connection:
        for sql in questions:
            scans = [step for step in plan(connection, sql) if "SCAN" in step and "INDEX claim_of_holder" not in step]
            assert not scans, (sql, scans)
