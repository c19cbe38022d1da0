"""Every verb beside a run, each a program of its own on the same studio, again and again until the run is done."""

import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from benchmarks.faulting import sittings
from benchmarks.faulting.sittings import PHOTOS
from benchmarks.faulting.sittings import lost_or_unverified
from benchmarks.faulting.sittings import small_settings
from benchmarks.faulting.sittings import take_photos
from pipeline.batch.ingest import scan
from pipeline.errors import KnownError
from pipeline.model import State
from pipeline.run.audit import draw_sample
from pipeline.run.line import process_batch
from pipeline.run.purge import terms
from pipeline.run.release import rule
from pipeline.settings import Settings
from pipeline.store.rebuild import rebuild
from pipeline.store.safekeeping import restore
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

LATER = "later"
DONE = "done"
LONGEST_SENTENCE = 400
MOST_LAPS = 1000
PAUSE_SECONDS = 0.1
WAITS = (State.NEW, State.PROCESSING, State.FAILED)

Verb = Callable[[Path, Settings], None]


def verbs_beside_a_run(folder: Path, images: int) -> dict[str, float]:
    """Process a batch of so many images while every verb works on the studio; return laps, sentences and wrongs.

    A verb may say one sentence that it cannot now. Wrong is all else: a loss, a mistake, an image that never got done,
    or a backup of that time that is not whole.
    """
    settings = small_settings()
    take_photos(folder / "photos")
    take_photos(folder / "more", range(PHOTOS, PHOTOS + images))
    if any(_wait([_start(lambda: _begin(folder, settings))])):
        return {"beside_laps": 0, "beside_sentences": 0, "beside_wrong": 1}
    programs = [_start(lambda: _run(folder, settings))]
    programs += [_start(lambda name=name: _again_and_again(folder, name, settings)) for name in VERBS]
    wrong = sum(status != 0 for status in _wait(programs))
    wrong += sum(status != 0 for status in _wait([_start(lambda: _judge(folder, settings))]))
    told = [line for name in VERBS for line in (folder / name).read_text().splitlines()]
    return {"beside_laps": len(told), "beside_sentences": sum(line != DONE for line in told), "beside_wrong": wrong}


def _begin(folder: Path, settings: Settings) -> None:
    """Make a studio with a batch that was approved, and one that waits for the line."""
    for verb in (sittings.ingest, sittings.run, sittings.decide):
        verb(folder, settings)
    with Store(folder / "studio") as store:
        found = scan([folder / "more"], files=store.files, settings=settings)
        store.add_batch(LATER, "", found.images)


def _run(folder: Path, settings: Settings) -> None:
    toolbox = open_toolbox(settings, folder / "studio")
    try:
        with Store(folder / "studio") as store, ThreadPoolExecutor(2) as executor:
            process_batch(store, LATER, toolbox, settings, executor, lambda _: None, lambda: False, at_once=2)
    finally:
        (folder / DONE).touch()


def _check(folder: Path, _: Settings) -> None:
    with Store(folder / "studio") as store:
        wrong = [finding.sentence for finding in store.check() if not finding.harmless]
    if wrong:
        raise RuntimeError(f"check found {wrong}")


def _backup(folder: Path, _: Settings) -> None:
    with Store(folder / "studio") as store:
        problems = store.backup(folder / "copy").problems
    if problems:
        raise RuntimeError(f"backup found {problems}")


def _purge(folder: Path, settings: Settings) -> None:
    with Store(folder / "studio") as store:
        store.purge(terms(settings))


def _deliver(folder: Path, settings: Settings) -> None:
    """Deliver the first batch, call it back, and approve it again."""
    sittings.deliver(folder, settings)
    sittings.call_back(folder, settings)
    sittings.decide(folder, settings)


def _release(folder: Path, settings: Settings) -> None:
    with Store(folder / "studio") as store:
        draw_sample(store, LATER, settings, by="Sue")
        rule(store, LATER, settings, by="Sue")


def _rebuild(folder: Path, _: Settings) -> None:
    rebuild(folder / "studio")
    raise RuntimeError("A catalogue was rebuilt in the place of one that is there.")


VERBS: dict[str, Verb] = {
    "check": _check,
    "backup": _backup,
    "purge": _purge,
    "deliver": _deliver,
    "release": _release,
    "rebuild": _rebuild,
}


def _again_and_again(folder: Path, name: str, settings: Settings) -> None:
    """Do a verb until the run is done, and tell of every time what came of it: one sentence at most."""
    pause = Event()
    with (folder / name).open("w") as told:
        for _ in range(MOST_LAPS):
            over = (folder / DONE).exists()
            try:
                VERBS[name](folder, settings)
                print(DONE, file=told)
            except KnownError as error:
                sentence = str(error)
                if "\n" in sentence or len(sentence) > LONGEST_SENTENCE:
                    raise
                print(sentence, file=told)
            if over:
                return
            pause.wait(PAUSE_SECONDS)


def _judge(folder: Path, settings: Settings) -> None:
    """Raise RuntimeError where anything was lost, did not get done, or cannot come back from the backup."""
    wrong = lost_or_unverified(folder, settings)
    with Store(folder / "studio") as store:
        wrong += [f"{one.record.file} is {one.state}" for one in store.entries(LATER) if one.state in WAITS]
        twice = [one.record.file for one in store.entries(LATER) if len(store.versions(one.record.id)) != 1]
        wrong += [f"{file} was not made once" for file in twice]
    wrong += [problem.sentence for problem in restore(folder / "copy", folder / "again").problems]
    with Store(folder / "again") as store:
        wrong += [finding.sentence for finding in store.check() if not finding.harmless]
    if wrong:
        raise RuntimeError(str(wrong))


def _start(work: Callable[[], None]) -> int:
    """Work in a child, which says where it met a mistake; return its number."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)
    return pid


def _wait(programs: list[int]) -> list[int]:
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in programs]
