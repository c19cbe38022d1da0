"""Who wants to write one catalogue is let to it in the order of coming."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.store import turns
from pipeline.store.holders import FOLDER

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has locks of open files")

HOLDING = """
import sys, time
from pathlib import Path
from pipeline.store.turns import in_turn
with in_turn(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def drawn(studio: Path) -> int:
    """How many numbers were drawn so far."""
    return turns.COUNTER.unpack((studio / FOLDER / turns.NAME).read_bytes())[0]


def test_everybody_enters_alone_and_in_the_order_of_coming(studio: Path) -> None:
    entered: list[int] = []
    inside = threading.Lock()

    def enter(place: int) -> None:
        with turns.in_turn(studio):
            assert inside.acquire(blocking=False)
            entered.append(place)
            inside.release()

    waiting = []
    with turns.in_turn(studio):
        for place in range(8):
            waiting.append(threading.Thread(target=enter, args=[place]))
            waiting[-1].start()
            while drawn(studio) < place + 2:
                threading.Event().wait(0.001)
        assert entered == []
    for thread in waiting:
        thread.join(timeout=20)
    assert entered == list(range(8))


def test_a_program_that_is_killed_in_its_turn_holds_nobody_up(studio: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(studio)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "in\n"
        done = threading.Event()

        def enter() -> None:
            with turns.in_turn(studio):
                done.set()

        waiting = threading.Thread(target=enter)
        waiting.start()
        assert not done.wait(0.05)
        holder.send_signal(signal.SIGKILL)
        waiting.join(timeout=20)
        assert done.is_set()


def test_a_turn_that_ends_while_a_forked_program_keeps_its_file_open_is_over(studio: Path) -> None:
    with turns.in_turn(studio):
        handle = next(
            int(name)
            for name in os.listdir("/proc/self/fd")
            if os.path.realpath(f"/proc/self/fd/{name}") == str((studio / FOLDER / turns.NAME).resolve())
        )
        kept = os.dup(handle)
    try:
        entered = threading.Event()

        def enter() -> None:
            with turns.in_turn(studio):
                entered.set()

        waiting = threading.Thread(target=enter)
        waiting.start()
        assert entered.wait(20)
        waiting.join()
    finally:
        os.close(kept)


@pytest.mark.parametrize("content", [b"", b"abc"])
def test_a_counter_that_is_empty_or_cut_off_lets_everybody_in(studio: Path, content: bytes) -> None:
    (studio / FOLDER / turns.NAME).write_bytes(content)
    with turns.in_turn(studio):
        pass


def test_a_studio_where_nobody_claimed_yet_has_no_turns(tmp_path: Path) -> None:
    with turns.in_turn(tmp_path):
        assert list(tmp_path.iterdir()) == []
