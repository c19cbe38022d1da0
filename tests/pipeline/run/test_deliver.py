"""Export: what was judged is what leaves, verified from the written bytes, or it stays and says why."""

import hashlib
import io
import json
import os
import pickle
from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline.color import srgb_profile
from pipeline.errors import KnownError
from pipeline.model import Action
from pipeline.model import Queue
from pipeline.model import Role
from pipeline.model import State
from pipeline.model import WorkItem
from pipeline.photo_io.encode import encode
from pipeline.run.answers import WorkerLostError
from pipeline.run.deliver import export
from pipeline.run.render import render
from pipeline.run.verifying import verify_file
from pipeline.run.writing import write_whole
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]
Add = Callable[..., WorkItem]


def pictures(folder: Path) -> list[Path]:
    """The pictures of a package, by name; none where there is no package."""
    if not folder.exists():
        return []
    files = json.loads((folder / "manifest.json").read_text())["files"]
    return sorted(folder / each["name"] for each in files)


ASIN = {"asin": "B0TEST0001"}


def test_rendering_gives_exactly_the_pixels_that_were_judged(
    add: Add, store: Store, build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    warm = build_item(color=(150, 148, 142), backdrop=(158, 155, 149))
    (item,) = add([warm], codes=[ASIN])
    entry = store.entry(1)
    again = render(entry.record, entry.version, store.files, toolbox, settings)
    assert np.array_equal(again.result, item.result)
    assert np.array_equal(again.result_mask, item.result_mask)
    assert again.frame == item.frame
    sparse = render(entry.record, entry.version, store.files, toolbox, settings, product_only=True)
    assert np.array_equal(sparse.result, item.result)
    assert not sparse.photo.rgb.any(), "what is far from the product was looked at"


class Elsewhere(Executor):
    """What is given and comes back travels as to another process, where whatever is named `lost` ends its worker."""

    def __init__(self, lost: str = "") -> None:
        self.lost = lost

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        """Do it at once."""
        future: Future[Any] = Future()
        work, given = pickle.loads(pickle.dumps((function, arguments)))
        if given[0].file == self.lost:
            future.set_exception(WorkerLostError())
        else:
            future.set_result(pickle.loads(pickle.dumps(work(*given))))
        return future


def test_files_made_in_other_processes_are_the_same_and_a_lost_worker_costs_one_image(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item(radius=192.0)], codes=[ASIN, ASIN])
    here = export(store, "shoot", ["amazon_main"], to=tmp_path / "here", settings=settings)
    there = export(store, "shoot", ["amazon_main"], to=tmp_path / "there", settings=settings, executor=Elsewhere())
    assert [each.sha256 for each in there.delivered] == [each.sha256 for each in here.delivered]
    second = store.entry(2).record.file
    partly = export(store, "shoot", ["amazon_main"], tmp_path / "partly", settings, executor=Elsewhere(second))
    assert [each.image for each in partly.delivered] == [1]
    assert [(each.file, "brought its worker down" in each.reason) for each in partly.missed] == [(second, True)]


def test_a_result_that_cannot_be_made_again_does_not_leave(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[ASIN])
    entry = store.entry(1)
    other = encode(np.zeros((520, 560), np.uint8), format="png", icc=b"")
    path = store.files.path(entry.version.outcome.mask)
    path.chmod(0o644)
    path.write_bytes(other)
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert not report.passed
    assert not pictures(tmp_path / "out")
    assert store.deliveries("shoot") == []


def test_an_approved_image_is_delivered_verified_and_recorded(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item(radius=192.0)], codes=[ASIN, ASIN])
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert report.passed, report.sentences()
    written = pictures(tmp_path / "out")
    assert [path.name for path in written] == ["B0TEST0001.MAIN.jpg", "B0TEST0001.PT01.jpg"]
    rows = store.deliveries("shoot")
    assert [row.sha256 for row in rows] == [hashlib.sha256(path.read_bytes()).hexdigest() for path in written]
    assert store.entry(1).state is State.DELIVERED
    assert report.sentences()[-1] == "2 files delivered, 0 not"


def test_the_written_file_is_white_by_an_independent_reading(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    (item,) = add([build_item()], codes=[ASIN])
    export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    with Image.open(tmp_path / "out" / "B0TEST0001.MAIN.jpg") as image:
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert image.layer[0][1:3] == (1, 1), "4:4:4"
        assert image.info["dpi"] == (300, 300)
        assert "sRGB" in str(image.info["icc_profile"][:600]) or image.info["icc_profile"] == srgb_profile()
        assert not image.getexif()
        assert b"algorithmicallyEnhanced" in image.info["xmp"]
        pixels = np.asarray(image)
    rows, columns = np.nonzero(item.result_mask > 0)
    left, right, top, bottom = columns.min(), columns.max(), rows.min(), rows.max()
    outside = np.ones(pixels.shape[:2], bool)
    outside[top - 10 : bottom + 11, left - 10 : right + 11] = False
    assert (pixels[outside] == 255).all()
    assert max(right - left + 1, bottom - top + 1) / pixels.shape[0] == pytest.approx(0.875, abs=0.006)


def test_five_platforms_each_get_what_they_take(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[ASIN])
    platforms = ["amazon_main", "shopify", "google_shopping", "print_catalog", "zalando"]
    report = export(store, "shoot", platforms, to=tmp_path, settings=settings)
    assert report.passed, report.sentences()
    sizes = {}
    for platform in platforms:
        path = pictures(tmp_path / platform)[0]
        assert verify_file(path, platform=platform, settings=settings, store=store).passed
        with Image.open(path) as image:
            sizes[platform] = (image.format, image.width / image.height)
    assert sizes["print_catalog"] == ("TIFF", 1)
    assert sizes["zalando"] == ("JPEG", pytest.approx(0.6925, abs=0.002))


def test_exporting_again_writes_the_same_bytes_and_no_second_row(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[ASIN])
    for _ in range(2):
        assert export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings).passed
    assert len(store.deliveries("shoot")) == 1
    again = export(store, "shoot", ["amazon_main"], to=tmp_path / "elsewhere", settings=settings)
    first, second = tmp_path / "out" / "B0TEST0001.MAIN.jpg", tmp_path / "elsewhere" / "B0TEST0001.MAIN.jpg"
    assert again.passed
    assert first.read_bytes() == second.read_bytes()


def test_a_file_that_is_not_ours_is_never_replaced(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[ASIN])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "B0TEST0001.MAIN.jpg").write_bytes(b"the client's")
    with pytest.raises(KnownError, match=r"B0TEST0001\.MAIN\.jpg is not ours to replace"):
        export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert (tmp_path / "out" / "B0TEST0001.MAIN.jpg").read_bytes() == b"the client's"
    assert store.entry(1).state is State.APPROVED


def test_what_fails_verification_stays_out_and_is_back_in_review_with_its_gate(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item(color=(60, 120, 40))], codes=[ASIN, {"asin": "B0TEST0002"}])
    platform = replace(settings.platforms["amazon_main"], max_bytes=2_000, advisory=())
    strict = replace(settings, platforms=settings.platforms | {"amazon_main": platform})
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=strict)
    assert [missed.image for missed in report.missed] == [1, 2]
    assert "at most 2,000 are allowed" in report.missed[0].reason
    assert report.returned == (1, 2)
    assert not pictures(tmp_path / "out")
    assert store.deliveries("shoot") == []
    entry = store.entry(2)
    assert entry.queue is Queue.REVIEW
    failed = [gate for gate in entry.version.outcome.gates if not gate.passed]
    assert [gate.name for gate in failed] == ["bytes"]
    assert "for amazon_main: it has" in failed[0].detail
    assert store.check() == []
    store.decide(2, Action.APPROVE, person="ana")
    store.decide(2, Action.SIGN_OFF, person="bob", role=Role.SENIOR)
    assert export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings).passed
    assert [path.name for path in pictures(tmp_path / "out")] == ["B0TEST0002.MAIN.jpg"]


def test_only_released_images_leave_and_the_others_are_counted(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item(color=(60, 120, 40))], codes=[ASIN, {"asin": "B0TEST0002"}])
    export_now = partial(export, store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    with pytest.raises(KnownError, match=r"No wave of batch “shoot” was released yet \(2 images wait\)"):
        export_now(only=frozenset())
    report = export_now(only=frozenset({2}))
    assert report.withheld == 1
    assert [path.name for path in pictures(tmp_path / "out")] == ["B0TEST0002.MAIN.jpg"]
    assert len(pictures(export_now(only=frozenset({1, 2})).packages[0])) == 2


def test_a_result_with_a_failed_gate_does_not_leave_by_itself(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item(radius=60.0)], codes=[ASIN, {"asin": "B0TEST0002"}])
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert report.waiting == 1
    assert [path.name for path in pictures(tmp_path / "out")] == ["B0TEST0001.MAIN.jpg"]


def test_an_image_without_a_code_is_named_before_anything_is_written(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[{}])
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert "photo-0.png has no ASIN or GTIN," in report.missed[0].reason
    assert not pictures(tmp_path / "out")


def test_only_what_is_approved_leaves(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item(), build_item()], codes=[ASIN, {"asin": "B0TEST0002"}], state=State.REVIEW)
    with pytest.raises(KnownError, match="no approved image"):
        export(store, "shoot", ["amazon_main"], to=tmp_path, settings=settings)
    store.decide(2, Action.APPROVE, person="ana")
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert [path.name for path in pictures(tmp_path / "out")] == ["B0TEST0002.MAIN.jpg"]
    assert report.waiting == 1


def test_a_decision_that_may_still_be_taken_back_holds_its_image(
    store: Store, add: Add, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    add([build_item()], codes=[ASIN], state=State.REVIEW)
    store.decide(1, Action.APPROVE, person="Ada", grace_seconds=600)
    with pytest.raises(KnownError, match="may still be taken back"):
        export(store, "shoot", ["amazon_main"], tmp_path / "out", settings)
    assert not (tmp_path / "out").exists()
    store.close_batch("shoot", "Ada")
    assert export(store, "shoot", ["amazon_main"], tmp_path / "out", settings).waiting == 0
    assert store.entry(1).state is State.DELIVERED


def test_the_ladder_climbs_until_the_bytes_pass(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    platform = replace(settings.platforms["amazon_main"], quality_ladder=(5, 10), subsampling="4:2:0")
    coarse = replace(settings, platforms=settings.platforms | {"amazon_main": platform})
    add([build_item()], codes=[ASIN])
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=coarse)
    assert report.passed, report.sentences()
    assert [path.name for path in pictures(tmp_path / "out")] == ["B0TEST0001.MAIN.png"]


def test_our_own_delivery_is_judged_with_the_mask_it_was_made_from(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    pale = build_item(color=(250, 250, 249), backdrop=(120, 120, 120))
    add([pale], codes=[ASIN])
    assert export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings).passed
    (path,) = pictures(tmp_path / "out")
    assert verify_file(path, platform="amazon_main", settings=settings).cannot_tell
    known = verify_file(path, platform="amazon_main", settings=settings, store=store)
    assert known.passed
    assert not known.cannot_tell
    with Image.open(path) as image:
        pixels = np.asarray(image).copy()
    pixels[3, 3] = 250
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=98, subsampling=0)
    path.write_bytes(buffer.getvalue())
    assert not verify_file(path, platform="amazon_main", settings=settings, store=store).passed


def test_verifying_a_missing_file_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        verify_file(tmp_path / "nowhere.jpg", platform="amazon_main", settings=settings)


def test_writing_leaves_the_old_file_or_the_new_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file.jpg"
    write_whole(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError, match="No space left on device"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file.jpg"]


def test_an_overridden_gate_still_cannot_ship_an_off_white_file(
    add: Add, store: Store, build_item: Build, settings: Settings, tmp_path: Path
) -> None:
    item = build_item(size=(460, 460), center=(230, 230), radius=201, finished=True)
    shadowed = item.photo.rgb.copy()
    shadowed[444:452, 160:280] = 220 * 257
    item = replace(item, photo=replace(item.photo, rgb=shadowed))
    (done,) = add([item], codes=[ASIN], state=State.REVIEW)
    assert "exact_white" in {gate.name for gate in done.gates if not gate.passed}
    store.decide(1, Action.APPROVE, person="ana")
    store.decide(1, Action.SIGN_OFF, person="bob", role=Role.SENIOR)
    assert store.entry(1).state is State.READY
    report = export(store, "shoot", ["amazon_main"], to=tmp_path / "out", settings=settings)
    assert "background pixels are not 255" in report.missed[0].reason
    assert "the darkest is 221" in report.missed[0].reason
    assert not pictures(tmp_path / "out")
