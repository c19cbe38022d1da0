"""The line on a Dask cluster of two processes: a killed worker costs nothing, a poisonous image itself alone."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pipeline.errors import ClusterError
from pipeline.model import NewImage
from pipeline.model import State
from pipeline.run.answers import PoisonousError
from pipeline.run.answers import answer
from pipeline.run.cluster import open_cluster
from pipeline.run.line import process_batch
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")

pytestmark = [
    pytest.mark.slow,
    # Dask's own loops close late, and say so.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
IMAGES = 3


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine, started anew when they die."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 2, "distributed.scheduler.worker-saturation": 1.0}),
        distributed.LocalCluster(host="127.0.0.1", silence_logs=50, **options) as running,
    ):
        yield running


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "studio") as store:
        names = [store.files.put_bytes(photo(number)) for number in range(IMAGES)]
        images = [NewImage(f"{n}.png", name, 1, 240, 200) for n, name in enumerate(names)]
        store.add_batch("b", "", images)
        yield store


def photo(number: int) -> bytes:
    rgb = np.full((200, 240, 3), 220, np.uint8)
    cv2.circle(rgb, (120, 100), 40 + number, (40, 90, 160), -1)
    return cv2.imencode(".png", rgb)[1].tobytes()


def test_a_killed_worker_loses_no_image_and_doubles_none(cluster: Any, studio: Store, settings: Settings) -> None:
    killed: list[int] = []

    def kill_one(event: Any) -> None:
        if event.kind == "done" and not killed:
            process = next(iter(cluster.workers.values())).process.process
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)

    with open_cluster(cluster.scheduler_address, studio.files, settings) as (executor, at_once):
        toolbox = open_toolbox(settings, studio.folder)
        process_batch(studio, "b", toolbox, settings, executor, kill_one, lambda: False, at_once=at_once)
    assert killed
    assert {entry.state for entry in studio.entries("b")} <= {State.EDIT, State.REVIEW, State.REDO, State.APPROVED}
    assert [len(studio.versions(entry.record.id)) for entry in studio.entries("b")] == [1] * IMAGES
    assert studio.check() == []


def test_a_task_that_hangs_ends_its_worker_and_then_fails_alone(
    cluster: Any, studio: Store, settings: Settings
) -> None:
    hasty = replace(settings, line=replace(settings.line, seconds_per_image=0.2))
    with open_cluster(cluster.scheduler_address, studio.files, hasty) as (executor, _):
        poison = executor.submit(signal.pause)
        others = [executor.submit(abs, -number) for number in range(10)]
        with pytest.raises(PoisonousError, match="on 3 different workers"):
            poison.result(180)
        assert [other.result(60) for other in others] == list(range(10))
    failed = answer(studio.entry(1).record, poison, settings)
    assert "brought several workers down" in str(failed.error)


def test_a_cluster_without_workers_ends_the_run_with_a_sentence_and_the_next_one_continues(
    studio: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a scheduler was started again: its workers ended with the first one."""
    monkeypatch.setattr("pipeline.run.cluster.WITHOUT_WORKERS_SECONDS", 0.2)
    monkeypatch.setattr("pipeline.run.cluster.LOOK_SECONDS", 0.1)
    toolbox = open_toolbox(settings, studio.folder)

    def run_without_workers(cluster: Any) -> None:
        with open_cluster(cluster.scheduler_address, studio.files, settings) as (executor, at_once):
            cluster.scale(0)
            process_batch(studio, "b", toolbox, settings, executor, lambda _: None, lambda: False, at_once=at_once)

    options = {
        "n_workers": 1,
        "threads_per_worker": 1,
        "processes": False,
        "dashboard_address": ":0",
        "protocol": "tcp://",
    }
    with distributed.LocalCluster(host="127.0.0.1", silence_logs=50, **options) as cluster:
        with pytest.raises(ClusterError, match="has no workers any more; start some"):
            run_without_workers(cluster)
        assert {entry.state for entry in studio.entries("b")} == {State.NEW}
        cluster.scale(1)
        with open_cluster(cluster.scheduler_address, studio.files, settings) as (executor, _):
            assert executor.submit(abs, -1).result(60) == 1


def test_a_scheduler_that_does_not_answer_is_one_sentence(
    studio: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.run.cluster.CONNECT_SECONDS", 1)
    with (
        pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127.0.0.1:9"),
        open_cluster("tcp://127.0.0.1:9", studio.files, settings),
    ):
        pass
