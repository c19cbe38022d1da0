"""The hot folder on a real studio: taken once, whole or not at all, killed wherever it may be; the folder untouched."""

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.errors import KnownError
from pipeline.model import State
from pipeline.run.watch import Taken
from pipeline.run.watch import Watch
from pipeline.run.watch import watch_folder
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

PIXELS = np.full((1000, 1100, 3), 230, np.uint8)
PIXELS[300:700, 300:800] = (40, 90, 160)


def photo(seed: int = 0) -> bytes:
    pixels = PIXELS.copy()
    pixels[310:330, 310:330] = seed
    return cv2.imencode(".jpg", pixels)[1].tobytes()


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    """A hot folder with two photos and a sheet in one sub-folder, and one photo beside it."""
    folder = tmp_path / "hot"
    (folder / "monday").mkdir(parents=True)
    for number in range(2):
        (folder / "monday" / f"{number}.jpg").write_bytes(photo(number))
    (folder / "monday" / "sheet.csv").write_text("file,sku\n1.jpg,SKU-1\n2.jpg,SKU-2\n", "utf-8")
    (folder / "single.jpg").write_bytes(photo(9))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "studio") as opened:
        yield opened


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def take_all(watch: Watch, clock: Clock) -> list[Taken]:
    found = watch.take()
    clock.now += 3
    return found + watch.take()


def test_sub_folders_become_batches_with_their_sheets(hot: Path, store: Store, settings: Settings) -> None:
    before, clock = contents(hot), Clock()
    taken = take_all(Watch(hot, store, settings, client="ACME", clock=clock), clock)
    assert {each.batch: (each.images, each.problems) for each in taken} == {"hot": (1, ()), "monday": (2, ())}
    entries = store.entries("monday")
    assert [(entry.record.file, entry.record.sku) for entry in entries] == [("0.jpg", ""), ("1.jpg", "SKU-1")]
    assert {entry.record.client for entry in entries} == {"ACME"}
    assert contents(hot) == before


def test_after_a_restart_only_what_is_new_is_taken(hot: Path, store: Store, settings: Settings) -> None:
    clock = Clock()
    take_all(Watch(hot, store, settings, clock=clock), clock)
    assert take_all(Watch(hot, store, settings, clock=clock), clock) == []
    (hot / "monday" / "2.jpg").write_bytes(photo(2))
    again = Watch(hot, store, settings, clock=clock)
    assert again.unfinished() == ["hot", "monday"]
    assert take_all(again, clock) == [Taken("monday 2", 1, ())]
    assert [entry.record.sku for entry in store.entries("monday 2")] == ["SKU-2"]


def test_two_watchers_of_one_folder_take_each_file_once(hot: Path, store: Store, settings: Settings) -> None:
    clock = Clock()
    first, second = (Watch(hot, store, settings, clock=clock) for _ in range(2))
    first.take(), second.take()
    clock.now = 3
    assert {each.batch for each in first.take()} == {"hot", "monday"}
    assert {each.batch for each in second.take()} == {""}
    assert [batch.name for batch in store.batches()] == ["hot", "monday"]


def test_a_file_that_changes_while_it_is_copied_is_left_for_later(
    hot: Path, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, grown = Clock(), hot / "monday" / "1.jpg"
    put_file = store.files.put_file

    def put(path: Path) -> tuple[str, int]:
        answer = put_file(path)
        if path == grown and len(grown.read_bytes()) == len(photo(1)):
            grown.write_bytes(photo(1) + b"more")
        return answer

    monkeypatch.setattr(store.files, "put_file", put)
    watch = Watch(hot, store, settings, clock=clock)
    assert {each.batch: each.images for each in take_all(watch, clock)} == {"hot": 1, "monday": 1}
    assert {each.batch: each.images for each in take_all(watch, clock)} == {"monday 2": 1}
    assert store.entries("monday 2")[0].record.bytes == len(photo(1)) + 4


def test_a_bad_file_is_one_refused_image_with_its_sentence(hot: Path, store: Store, settings: Settings) -> None:
    (hot / "monday" / "bad.jpg").write_text("this is text")
    clock = Clock()
    monday = next(each for each in take_all(Watch(hot, store, settings, clock=clock), clock) if each.batch == "monday")
    assert monday.images == 3
    assert "bad.jpg" in monday.problems[0]
    assert store.counts("monday")[State.REJECTED] == 1


def test_the_studio_itself_and_a_missing_folder_are_refused(hot: Path, store: Store, settings: Settings) -> None:
    for folder in (store.folder, store.folder.parent):
        with pytest.raises(KnownError, match="holds the studio"):
            Watch(folder, store, settings)
    with pytest.raises(KnownError, match="There is no folder"):
        Watch(hot / "nowhere", store, settings)
    watch = Watch(hot, store, settings)
    hot.rename(hot.with_name("gone"))
    with pytest.raises(KnownError, match="connect its disk again"):
        watch.take()


def quick(settings: Settings) -> Settings:
    return replace(settings, watch=replace(settings.watch, look_seconds=0.05, settle_seconds=0.1))


def test_drops_are_processed_until_somebody_stops_it(
    hot: Path, store: Store, settings: Settings, toolbox: Toolbox
) -> None:
    rules, said, stop = quick(settings), [], threading.Event()

    def say(taken: Taken) -> None:
        said.append(taken)
        if len(said) == 2:
            (hot / "monday" / "late.jpg").write_bytes(photo(3))
        if len(said) == 3:
            stop.set()

    with ThreadPoolExecutor(2) as executor:
        watch_folder(Watch(hot, store, rules), store, toolbox, rules, executor, say, stop, at_once=2)
    assert [(each.batch, each.images) for each in said] == [("hot", 1), ("monday", 2), ("monday 2", 1)]
    for batch in ("hot", "monday", "monday 2"):
        counts = store.counts(batch)
        assert counts[State.NEW] + counts[State.PROCESSING] + counts[State.FAILED] == 0


def test_what_an_earlier_watch_left_is_finished_first(
    hot: Path, store: Store, settings: Settings, toolbox: Toolbox
) -> None:
    clock, said, stop = Clock(), [], threading.Event()
    take_all(Watch(hot, store, settings, clock=clock), clock)

    def say(taken: Taken) -> None:
        said.append(taken.batch)
        if len(said) == 2:
            stop.set()

    with ThreadPoolExecutor(2) as executor:
        watch_folder(Watch(hot, store, settings), store, toolbox, settings, executor, say, stop, at_once=2)
    assert said == ["hot", "monday"]
    assert store.counts("monday")[State.NEW] == 0


TRACED = ("run/watch.py", "store/batches.py")


def before_statements(tell: Callable[[], None], met: Callable[[int], None]) -> int:
    """Run `tell`, which calls `met` with its number before every statement of a watch; return how many there were."""
    count = 0

    def trace(frame, event, _):
        nonlocal count
        if not frame.f_code.co_filename.endswith(TRACED):
            return None
        if event == "line":
            count += 1
            met(count)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        tell()
    finally:
        sys.settrace(before)
    return count


def killed_at(statement: int, tell: Callable[[], None]) -> None:
    """Run `tell` in a child that dies by kill -9 before its n-th statement."""
    child = os.fork()
    if child == 0:
        before_statements(tell, lambda count: os.kill(os.getpid(), signal.SIGKILL) if count == statement else None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder on a memory disk where there is one: what is copied hundreds of times."""
    place = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    folder = Path(tempfile.mkdtemp(prefix="whitepoint-", dir=place))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a forked child")
def test_killed_between_any_two_statements_every_file_is_taken_exactly_once(
    hot: Path, memory: Path, settings: Settings
) -> None:
    """A copy of the studio as each statement found it is what a kill there would leave; some are really killed."""

    def tell(studio: Path) -> None:
        clock = Clock()
        with Store(studio) as store:
            take_all(Watch(hot, store, settings, clock=clock), clock)

    Store(memory / "made").close()
    shutil.copytree(memory / "made", memory / "whole")
    statements = before_statements(
        lambda: tell(memory / "whole"),
        lambda count: shutil.copytree(memory / "whole", memory / f"at-{count}") if count % 3 == 1 else None,
    )
    assert statements > 100
    for statement in range(statements // 8, statements + 1, statements // 8):
        shutil.copytree(memory / "made", memory / f"killed-{statement}")
        killed_at(statement, lambda studio=memory / f"killed-{statement}": tell(studio))
    died_with_batches = Counter()
    for studio in (*memory.glob("at-*"), *memory.glob("killed-*")):
        with Store(studio) as store:
            died_with_batches[len(store.batches())] += 1
            clock = Clock()
            take_all(Watch(hot, store, settings, clock=clock), clock)
            assert all(finding.harmless for finding in store.check())
            files = sorted(
                (batch.name, entry.record.file) for batch in store.batches() for entry in store.entries(batch.name)
            )
        assert files == [("hot", "single.jpg"), ("monday", "0.jpg"), ("monday", "1.jpg")], studio.name
    # Deaths before, between and after the two transactions were all met.
    assert set(died_with_batches) == {0, 1, 2}
