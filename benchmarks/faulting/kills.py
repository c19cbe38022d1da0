"""kill -9 at random moments of every verb of a day, each on its own copy of a studio as that verb found it."""

import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faulting.sittings import DAY
from benchmarks.faulting.sittings import Verb
from benchmarks.faulting.sittings import lost_or_unverified
from benchmarks.faulting.sittings import small_settings
from benchmarks.faulting.sittings import take_photos
from benchmarks.faulting.sittings import told
from pipeline.settings import Settings

LOOK_SECONDS = 0.0005
MOST_TRIES = 20


@dataclass(frozen=True)
class Scene:
    """One verb of the day: the studio that it finds, what is told when it is done, and its processor seconds."""

    name: str
    verb: Verb
    before: Path
    after: dict[str, object]
    seconds: float


def killed_at_random(folder: Path, kills: int, seed: int) -> dict[str, float]:
    """Kill each verb of the day in turn, `kills` times in all; return kills, losses and ends unlike an undisturbed one.

    Moments are drawn from a verb's processor time, so that a busy machine does not move them.
    """
    chance, settings = random.Random(seed), small_settings()
    scenes = _undisturbed(folder, settings)
    counted: Counter[str] = Counter()
    losses = unlike = 0
    for number in range(kills):
        scene = scenes[number % len(scenes)]
        lost, unlike_before = _kill_and_resume(scene, folder / "killed", settings, chance)
        counted[scene.name.split()[0]] += 1
        if lost or unlike_before:
            print(f"kill {number} of {scene.name}: {lost or 'another end'}", file=sys.stderr)
        losses, unlike = losses + len(lost), unlike + unlike_before
    by_verb = {f"kills_{name}": float(count) for name, count in counted.items()}
    return {"kills": kills, **by_verb, "kill_losses": losses, "kill_ends_unlike": unlike}


def _kill_and_resume(scene: Scene, place: Path, settings: Settings, chance: random.Random) -> tuple[list[str], bool]:
    """Return what the kill has cost, and whether the verb, given again, ends otherwise than if nothing had happened."""
    _kill(scene, place, settings, chance)
    try:
        lost = _asked(lambda: lost_or_unverified(place, settings), place)
        resumed = _forked(lambda: scene.verb(place, settings)) == 0
        lost += _asked(lambda: lost_or_unverified(place, settings), place)
        return lost, not resumed or bool(_asked(lambda: [] if told(place) == scene.after else ["unlike"], place))
    finally:
        shutil.rmtree(place)


def _undisturbed(folder: Path, settings: Settings) -> list[Scene]:
    place, scenes = folder / "day", []
    place.mkdir()
    take_photos(place / "photos")
    for number, (name, verb) in enumerate(DAY):
        before = folder / f"before{number}"
        shutil.copytree(place, before)
        spent = folder / "spent"

        def timed(verb: Verb = verb, spent: Path = spent) -> None:
            verb(place, settings)
            spent.write_text(str(time.process_time()))

        if _forked(timed):
            raise RuntimeError(f"An undisturbed {name} failed.")
        if wrong := _asked(lambda: lost_or_unverified(place, settings), folder):
            raise RuntimeError(f"An undisturbed {name} lost something: {wrong}")
        scenes.append(Scene(name, verb, before, told(place), float(spent.read_text())))
    return scenes


def _kill(scene: Scene, place: Path, settings: Settings, chance: random.Random) -> None:
    """Let the verb work on a copy at `place` until it was killed before its end."""
    for _ in range(MOST_TRIES):
        shutil.copytree(scene.before, place)
        if _forked(lambda: scene.verb(place, settings), chance.uniform(0.0, scene.seconds)) == -signal.SIGKILL:
            return
        shutil.rmtree(place)
    raise RuntimeError(f"{scene.name} is over too soon to be killed.")


def _asked(question: Callable[[], list[str]], place: Path) -> list[str]:
    """Ask in a child, since libraries start threads that a later fork would not survive."""
    answer = place / "answer"
    if _forked(lambda: answer.write_text("\n".join(question()))):
        return ["the question failed"]
    lines = answer.read_text().splitlines()
    answer.unlink()
    return lines


def _forked(work: Callable[[], object], seconds: float | None = None) -> int:
    """Work in a child, killed when it has used so many seconds of processor time; return how it ended."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    if seconds is not None:
        _wait_and_kill(pid, seconds)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _wait_and_kill(pid: int, seconds: float) -> None:
    # The number of another process's clock: clock_getcpuclockid(3), as Linux makes it.
    clock = (~pid << 3) | 2
    ending = os.pidfd_open(pid)
    try:
        while not select.select([ending], [], [], LOOK_SECONDS)[0]:
            with suppress(OSError):
                if time.clock_gettime(clock) >= seconds:
                    os.kill(pid, signal.SIGKILL)
                    return
    finally:
        os.close(ending)
