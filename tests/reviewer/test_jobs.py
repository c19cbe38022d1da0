"""Jobs answer on the window's thread, drop what nobody wants, and leave no thread behind."""

import threading
from functools import partial
from pathlib import Path
from weakref import ref

import pytest
from pytestqt.qtbot import QtBot

from pipeline.errors import BugError
from pipeline.errors import KnownError
from reviewer.jobs import Jobs
from reviewer.jobs import Pace


def threads() -> int:
    """All threads of this process, Qt's too."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("threads are counted in /proc")
    return len(list(tasks.iterdir()))


@pytest.fixture
def jobs(qtbot: QtBot):
    made = Jobs({"one": 1, "many": 3})
    yield made
    made.close()


def test_an_answer_arrives_on_the_thread_of_the_window(qtbot, jobs) -> None:
    seen = []
    jobs.submit("many", threading.get_ident, then=lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, window = seen[0]
    assert worker != window == threading.get_ident()


def test_a_lane_of_one_keeps_its_thread(qtbot, jobs) -> None:
    seen = []
    for _ in range(20):
        jobs.submit("one", threading.get_ident, then=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert len(set(seen)) == 1


@pytest.mark.parametrize("wanted", [True, False])
def test_a_finished_job_holds_nothing_of_what_it_was_given(qtbot, jobs, wanted) -> None:
    class Picture:
        pass

    done, held = [], []
    for _ in range(20):
        picture = Picture()
        held.append(ref(picture))
        work = partial(id, picture)
        jobs.submit("many", work, then=done.append, wanted=lambda: wanted, dropped=lambda: done.append(0))
    del picture, work
    qtbot.waitUntil(lambda: len(done) == 20)
    qtbot.waitUntil(lambda: not [each for each in held if each() is not None])


def test_a_known_error_is_handed_over(qtbot, jobs) -> None:
    def fall_over() -> None:
        raise KnownError("The disk is full; free some space.")

    seen = []
    jobs.submit("one", fall_over, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "The disk is full; free some space."


def test_a_bug_is_raised_aloud_on_the_thread_of_the_window(qtbot, jobs) -> None:
    def fall_over() -> None:
        raise ZeroDivisionError("ours")

    done = []
    with qtbot.captureExceptions() as raised:
        jobs.submit("one", fall_over, failed=done.append)
        jobs.submit("one", lambda: 1, then=done.append)
        qtbot.waitUntil(lambda: done == [1])
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_what_nobody_wants_any_more_is_dropped_and_told(qtbot, jobs) -> None:
    ran, dropped = [], []
    jobs.submit("one", lambda: ran.append(1), wanted=lambda: False, dropped=lambda: dropped.append(1))
    qtbot.waitUntil(lambda: bool(dropped))
    assert not ran


def test_closing_finishes_the_lanes_that_must_be_finished_and_ends_all_threads(qtbot) -> None:
    before = threads()
    jobs, gate, written = Jobs({"store": 1, "decode": 2}), threading.Event(), []
    jobs.submit("store", gate.wait)
    for number in range(50):
        jobs.submit("store", lambda number=number: written.append(number))
    gate.set()
    jobs.close(finish=("store",))
    assert written == list(range(50))
    qtbot.waitUntil(lambda: threads() <= before)
    with pytest.raises(BugError):
        jobs.submit("decode", lambda: None)


def test_the_pace_is_that_of_the_last_steps() -> None:
    pace = Pace(steps=10)
    assert pace.rate is None
    for second in range(100):
        pace.step(second if second < 50 else 50 + (second - 50) * 0.5)
    assert pace.rate == pytest.approx(2.0)
    assert pace.remaining(10) == pytest.approx(5.0)
