"""The line over a batch: outcomes, events, stopping, and workers that are lost."""

from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures import Future
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from pebble import ProcessExpired
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.model import Frame
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Photo
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.model import WorkItem
from pipeline.run.light import measure_shot
from pipeline.run.line import Event
from pipeline.run.line import process_batch
from pipeline.run.line import process_image
from pipeline.run.pictures import store_pictures
from pipeline.settings import load_settings
from pipeline.store.store import Store
from pipeline.tools.segmenters import Identity
from pipeline.tools.toolbox import open_toolbox

SETTINGS = load_settings()
TOOLBOX = open_toolbox(SETTINGS)


class Here(Executor):
    """Runs tasks at once in this thread; `instead` answers for images in place of `process_image`."""

    def __init__(self, instead: Callable[[Any], Any] | None = None) -> None:
        self.instead = instead
        self.processed: list[str] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            if function is process_image:
                self.processed.append(arguments[0].file)
                if self.instead:
                    function, arguments = self.instead, arguments[:1]
            future.set_result(function(*arguments, **keywords))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def store(tmp_path: Path, samples: Path) -> Any:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("book-grey.jpg", "toy-red-blue-backdrop.jpg"):
        (folder / name).write_bytes((samples / name).read_bytes())
    with Store(tmp_path / "studio") as opened:
        opened.add_batch("b", "", scan([folder], files=opened.files, settings=SETTINGS).images)
        yield opened


def run(store: Store, executor: Executor, stop: Callable[[], bool] = lambda: False) -> list[Event]:
    events: list[Event] = []
    process_batch(store, "b", TOOLBOX, SETTINGS, executor, events.append, stop, at_once=1)
    return events


def test_every_image_gets_a_version_a_group_and_its_events(store: Store) -> None:
    events = run(store, Here())
    entries = store.entries("b")
    assert [event.kind for event in events if event.kind != "started"] == ["done", "done", "finished"]
    assert [event.done for event in events if event.kind == "done"] == [1, 2]
    assert all(entry.version and entry.record.shoot_group for entry in entries)
    for entry in entries:
        outcome = entry.version.outcome
        assert [step.stage for step in outcome.steps] == [
            "prepare", "classify", "cut_out", "whiten", "frame", "correct_color", "score",
        ]  # fmt: skip
        assert outcome.settings == SETTINGS.fingerprint
        for blob in (outcome.mask, outcome.result, outcome.thumbnail, outcome.original_thumbnail):
            assert store.files.has(blob)


def test_running_again_processes_nothing(store: Store) -> None:
    run(store, Here())
    again = Here()
    events = run(store, again)
    assert again.processed == []
    assert [event.kind for event in events] == ["finished"]


def test_the_same_photo_gives_the_same_result_bit_for_bit(store: Store) -> None:
    record = store.entries("b")[0].record
    first, second = (process_image(record, store.files, TOOLBOX, SETTINGS) for _ in range(2))
    assert (first.mask, first.result, first.score) == (second.mask, second.result, second.score)


def test_stopping_gives_claims_back_and_another_run_continues(store: Store) -> None:
    first = Here()
    run(store, first, stop=lambda: bool(first.processed))
    assert store.counts("b")[State.PROCESSING] == 0
    second = Here()
    run(store, second)
    assert all(entry.version for entry in store.entries("b"))


@pytest.mark.parametrize(
    ("error", "words"),
    [(TimeoutError(), "took longer"), (ProcessExpired("gone"), "worker down"), (MemoryError(), "memory")],
    ids=["too long", "crashed", "too large"],
)
def test_a_lost_worker_costs_one_image_a_sentence(store: Store, error: Exception, words: str) -> None:
    def instead(record: Any) -> Any:
        if record.file.startswith("book"):
            raise error
        return process_image(record, store.files, TOOLBOX, SETTINGS)

    events = run(store, Here(instead))
    book, toy = store.entries("b")
    assert book.state is State.FAILED
    assert "book-grey.jpg" in book.error
    assert words in book.error
    assert toy.version is not None
    assert [event.error for event in events if event.kind == "failed"] == [book.error]


def test_a_photo_that_cannot_be_read_is_refused_with_its_sentence(store: Store, tmp_path: Path, samples: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    whole = (samples / "book-grey.jpg").read_bytes()
    (folder / "half.jpg").write_bytes(whole[: len(whole) // 2])
    store.add_batch("b", "", scan([folder], files=store.files, settings=SETTINGS).images)
    events: list[Event] = []
    process_batch(store, "b 2", TOOLBOX, SETTINGS, Here(), events.append, lambda: False)
    (entry,) = store.entries("b 2")
    assert entry.state is State.REJECTED
    assert "half.jpg" in entry.error


def test_a_photo_that_cannot_be_read_does_not_stop_the_grouping(store: Store) -> None:
    record = store.entries("b")[0].record
    broken = type(record)(**vars(record) | {"sha256": store.files.put_bytes(b"no photo")})
    assert measure_shot(broken, store.files, SETTINGS) is None


class Engines:
    """A toolbox with two engines: `bad` finds a sliver, the other the whole product of the book frame."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.own_models = TOOLBOX.own_models

    def segmenter(self, name: str) -> Any:
        self.asked.append(name)
        return TOOLBOX.segmenter("embedded") if name != "bad" else Sliver()

    def alternatives(self, name: str) -> tuple[str, ...]:
        return ("good",) if name == "bad" else ()

    def perceptual(self) -> None:
        return None


class Sliver:
    """An engine that takes a ragged piece of the backdrop for the product."""

    identity = Identity("bad", "1")

    def segment(self, rgb: np.ndarray) -> np.ndarray:
        noise = np.random.default_rng(1).random(rgb.shape[:2], np.float32)
        mask = (noise > 0.5).astype(np.float32)
        mask[:, : rgb.shape[1] // 2] = 0
        return mask


def test_a_result_that_goes_back_is_tried_again_with_another_engine(store: Store) -> None:
    settings = replace(SETTINGS, tools=replace(SETTINGS.tools, default="bad"))
    engines = Engines()
    record = store.entries("b")[0].record
    outcome = process_image(record, store.files, engines, settings)
    assert engines.asked[-2:] == ["bad", "good"]
    assert outcome.engine == "embedded"
    assert outcome.score.verdict is Verdict.APPROVE


def test_without_another_engine_it_waits_for_a_person(store: Store) -> None:
    settings = replace(SETTINGS, tools=replace(SETTINGS.tools, default="bad"))
    engines = Engines()
    engines.alternatives = lambda name: ()
    outcome = process_image(store.entries("b")[0].record, store.files, engines, settings)
    assert outcome.engine == "bad"
    assert outcome.state is not State.APPROVED


def finished(folder: Path, photo: Path) -> tuple[Outcome, np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, original, the result's part that shows it, and mask of a finished packshot; uint8 sRGB."""
    with Store(folder) as store:
        store.add_batch("abo", "", scan([photo], files=store.files, settings=SETTINGS).images)
        outcome = process_image(store.entries("abo")[0].record, store.files, TOOLBOX, SETTINGS)
        blobs = (photo.read_bytes(), store.files.read(outcome.result), store.files.read(outcome.mask))
    original, result, mask = (np.asarray(Image.open(BytesIO(data))) for data in blobs)
    across, _, left, _, down, top = outcome.frame.matrix
    assert (across, down, outcome.engine) == (1, 1, "finished")
    height, width = mask.shape
    return outcome, original, result[int(top) : int(top) + height, int(left) : int(left) + width], mask


@pytest.mark.parametrize("name", ["B074M5HPBD_dcace9b5.jpg", "B0799CK52K_95f7ee92.jpg"])
def test_a_finished_packshot_keeps_every_pixel_of_its_product(tmp_path: Path, shared: Path, name: str) -> None:
    outcome, original, result, mask = finished(tmp_path / "other studio", shared / "abo" / name)
    assert all(gate.passed for gate in outcome.gates)
    assert np.array_equal(result[mask == 255], original[mask == 255])


def test_the_shading_of_white_bulbs_is_kept_and_a_person_looks(tmp_path: Path, shared: Path) -> None:
    outcome, original, result, _ = finished(tmp_path / "other studio", shared / "abo" / "B074M5HPBD_f5047137.jpg")
    changed = (result != original).any(axis=2).astype(np.uint8)
    patches = cv2.morphologyEx(changed, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    assert original[patches > 0].min(initial=255) >= 253
    assert [gate.name for gate in outcome.gates if not gate.passed] == ["exact_white"]
    assert outcome.state is State.REVIEW


@pytest.mark.parametrize("viewed", [True, False])
def test_viewing_copies_are_written_only_where_a_person_will_look(tmp_path: Path, viewed: bool) -> None:
    rgb = np.full((1500, 2100, 3), 65535, np.uint16)
    record = ImageRecord(1, "shoot", "a.png", "0" * 64, 1, 2100, 1500)
    frame = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (2100, 1500))
    mask = np.zeros((1500, 2100), np.float32)
    item = WorkItem(record, Photo(rgb, None, 16, ""), mask=mask, frame=frame, result=rgb, result_mask=mask)
    with Store(tmp_path / "studio") as store:
        written = store_pictures(item, store.files, load_settings(), viewed=viewed)
    assert {"mask", "result", "thumbnail", "original_thumbnail"} <= set(written)
    assert ({"tiles", "original_proxy"} <= set(written)) is viewed
