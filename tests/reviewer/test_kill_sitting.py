"""`kill -9` at random moments of a sitting: every decision that was confirmed is there, and nothing else is broken.

As a program it kills as often as it is told: `python tests/reviewer/test_kill_sitting.py 100`.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Timer

import pytest
from made_studios import Plan
from made_studios import build_studio

from pipeline.model import State
from pipeline.store.store import Store

HERE = Path(__file__).resolve().parent
IMAGES = 40
LONGEST_SECONDS = 1.5


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("pattern") / "studio")


def made(folder: Path) -> Path:
    return build_studio(folder, [Plan(State.REVIEW)] * IMAGES).folder


def kill_one(studio: Path, seed: int) -> list[tuple[int, int, str]]:
    """Kill a sitting so long after its first decision; return what it had confirmed."""
    command = [sys.executable, str(HERE / "random_session.py"), str(studio), str(seed)]
    root = str(HERE.parents[1])
    sitting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=root)
    assert sitting.stdout is not None
    first = sitting.stdout.readline()
    assert first, "the sitting ended before its first decision"
    timer = Timer(random.Random(seed).uniform(0, LONGEST_SECONDS), lambda: sitting.send_signal(signal.SIGKILL))
    timer.start()
    with sitting.stdout:
        lines = [first, *sitting.stdout]
    sitting.wait()
    timer.cancel()
    timer.join()
    assert sitting.returncode == -signal.SIGKILL
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(int(number), int(image), action) for number, image, action in whole]


def lost(studio: Path, confirmed: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return confirmed decisions that are not in the studio, which must be whole and have no image open."""
    with Store(studio) as store:
        kept = {(one.id, one.image, one.action.value) for one in store.all_decisions()}
        assert store.check() == []
        assert store.holds(store.batch().name) == {}
    return [one for one in confirmed if one not in kept]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("seed", range(3))
def test_every_confirmed_decision_survives_a_kill(pattern: Path, tmp_path: Path, seed: int) -> None:
    studio = tmp_path / "studio"
    shutil.copytree(pattern, studio)
    confirmed = kill_one(studio, seed)
    assert confirmed
    assert lost(studio, confirmed) == []


def main(kills: int) -> int:
    """Kill so many sittings and say what came of it."""
    total, missing = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        first = made(Path(folder) / "pattern")
        for seed in range(kills):
            studio = Path(folder) / f"studio-{seed}"
            shutil.copytree(first, studio)
            confirmed = kill_one(studio, seed)
            total, missing = total + len(confirmed), missing + len(lost(studio, confirmed))
            shutil.rmtree(studio)
    print(f"{kills} kills, {total} confirmed decisions, {missing} lost")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
