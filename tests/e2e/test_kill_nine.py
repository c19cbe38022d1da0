"""`kill -9` in the middle of a run: the next run finishes the batch as if nothing had happened, and nothing twice."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from pipeline.store.store import Store

FRAMES = ("box-nearwhite.jpg", "book-grey.jpg", "tube-white.jpg", "mug-green-hard-shadow.jpg")
PATIENCE_SECONDS = 120
Seen = Callable[[Store], bool]


def command(studio: Path, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "--studio", str(studio), *map(str, arguments)]


def document(studio: Path) -> Any:
    finished = subprocess.run(command(studio, "status", "b", "--json"), check=True, capture_output=True)
    return json.loads(finished.stdout)


def results(studio: Path) -> dict[str, tuple]:
    """What the line made of every image, without times; exactly one version and one attempt each."""
    made = {}
    with Store(studio) as store:
        for entry in store.entries("b"):
            (version,) = store.versions(entry.record.id)
            outcome = version.outcome
            pictures = (outcome.mask, outcome.result, outcome.thumbnail, outcome.original_thumbnail)
            made[entry.record.file] = (entry.state, *pictures, outcome.score, outcome.gates, outcome.flags)
        assert store.check() == []
    return made


def has_recorded(store: Store) -> bool:
    return any(entry.version for entry in store.entries("b"))


def has_written_half(store: Store) -> bool:
    """A picture of an image lies in the store, and no row speaks of it yet."""
    return len(list(store.files.names())) > len(FRAMES) and not has_recorded(store)


def children_of(process: int) -> set[int]:
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for text in lists for child in text.read_text().split()}


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def kill_when(studio: Path, seen: Seen) -> set[int]:
    """Start a run and kill it, and nothing else, at the moment that `seen` names; return workers that outlive it."""
    running = subprocess.Popen(command(studio, "run", "b", "--workers", "2"), stdout=subprocess.DEVNULL)
    pause = Event()
    try:
        with Store(studio) as store:
            for _ in range(PATIENCE_SECONDS * 100):
                if seen(store):
                    break
                assert running.poll() is None, "the run was over before the moment came"
                pause.wait(0.01)
            else:
                pytest.fail("the moment never came")
        workers = children_of(running.pid)
        assert workers
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    for _ in range(PATIENCE_SECONDS * 100):
        if not any(map(is_running, workers)):
            break
        pause.wait(0.01)
    return set(filter(is_running, workers))


@pytest.fixture(scope="module")
def undisturbed(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple]]:
    """The four frames, and what a run that nobody disturbs makes of them."""
    folder = tmp_path_factory.mktemp("undisturbed")
    photos, studio = folder / "photos", folder / "studio"
    photos.mkdir()
    for name in FRAMES:
        (photos / name).write_bytes((samples / name).read_bytes())
    subprocess.run(command(studio, "ingest", photos, "--batch", "b"), check=True, capture_output=True)
    subprocess.run(command(studio, "run", "b"), check=True, capture_output=True)
    return photos, results(studio)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_killed_run_continues_as_if_nothing_had_happened(
    undisturbed: tuple[Path, dict[str, tuple]], tmp_path: Path
) -> None:
    photos, expected = undisturbed
    studio = tmp_path / "studio"
    subprocess.run(command(studio, "ingest", photos, "--batch", "b"), check=True, capture_output=True)
    for moment in (has_written_half, has_recorded):
        orphans = kill_when(studio, moment)
        assert not orphans
    before = {image["file"] for image in document(studio)["images"] if image["score"]}
    assert before
    assert before != set(FRAMES), "the run was over before it was killed"
    subprocess.run(command(studio, "run", "b"), check=True, capture_output=True)
    assert results(studio) == expected
    assert not list((studio / "holders").glob("*-*"))
