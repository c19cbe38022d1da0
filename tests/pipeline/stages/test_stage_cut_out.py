"""cut_out chooses an engine, leaves a mask that can be stored, and flags what a person must see; whiten is exact."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.mask import quantize
from pipeline.model import Photo
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.settings import Category
from pipeline.settings import Settings
from pipeline.stages.cut_out import cut_out
from pipeline.stages.cut_out import engine_name
from pipeline.stages.whiten import whiten
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def flag_names(item: WorkItem) -> list[str]:
    return [flag.name for flag in item.flags]


def test_a_product_is_found_whitened_and_says_by_whom(build_item: Build, toolbox: Toolbox, settings: Settings):
    before = build_item()
    item = whiten(cut_out(before, toolbox, settings), toolbox, settings)
    assert flag_names(item) == []
    assert np.abs(item.mask - before.mask).mean() < 0.002
    assert (item.cutout[item.mask == 0] == 65535).all()
    assert (item.cutout[item.mask == 1] == item.photo.rgb[item.mask == 1]).all()
    cut, white = item.steps[-2:]
    assert (cut.stage, cut.tool) == ("cut_out", "embedded")
    assert white.stage == "whiten"
    assert cut.settings == settings.fingerprint


def test_the_stored_mask_is_the_mask(build_item: Build, toolbox: Toolbox, settings: Settings):
    mask = cut_out(build_item(), toolbox, settings).mask
    assert np.array_equal(quantize(np.rint(mask * 255).astype(np.uint8).astype(np.float32) / 255), mask)
    assert not mask.flags.writeable


def test_running_it_again_gives_the_same_mask_bit_for_bit(build_item: Build, toolbox: Toolbox, settings: Settings):
    item = build_item(color=(200, 120, 30))
    assert np.array_equal(cut_out(item, toolbox, settings).mask, cut_out(item, toolbox, settings).mask)


def test_an_empty_backdrop_is_a_clear_no_subject_and_stays_white(
    build_item: Build, toolbox: Toolbox, settings: Settings
):
    item = build_item(radius=0.0, mask=np.zeros((1300, 1400), np.float32))
    item = whiten(cut_out(item, toolbox, settings), toolbox, settings)
    assert flag_names(item) == ["no_subject"]
    assert (item.mask == 0).all()
    assert (item.cutout == 65535).all()


def test_a_product_cut_by_the_frame_is_flagged_where_it_leaves(build_item: Build, toolbox: Toolbox, settings: Settings):
    item = cut_out(build_item(size=(1400, 1300), center=(1250.0, 650.0), radius=400.0), toolbox, settings)
    assert flag_names(item) == ["cut_by_frame"]
    (box,) = item.flags[0].evidence.boxes
    assert item.flags[0].evidence.space == "original"
    assert (box[0], box[2]) == (1399, 1400)
    assert box[1] < 400
    assert box[3] > 900


def test_a_finished_photo_keeps_every_pixel_of_its_product(build_item: Build, toolbox: Toolbox, settings: Settings):
    item = build_item(finished=True)
    done = whiten(cut_out(item, toolbox, settings), toolbox, settings)
    kept = done.mask == 1
    assert set(np.unique(done.mask)) == {0.0, 1.0}
    assert (done.cutout[kept] == item.photo.rgb[kept]).all()
    assert kept[item.mask > 0.5].all()
    assert (done.cutout[~kept] == 65535).all()
    assert done.steps[-2].tool == "finished"


def test_a_file_with_its_own_alpha_keeps_it(build_item: Build, toolbox: Toolbox, settings: Settings):
    item = build_item()
    photo = Photo(item.photo.rgb, freeze(item.mask.copy()), 8, "embedded ICC")
    done = cut_out(dataclasses.replace(item, photo=photo), toolbox, settings)
    assert np.array_equal(done.mask, item.mask)
    assert done.steps[-1].tool == "own alpha"


def test_the_category_names_the_engine_and_finished_goes_before_it(build_item: Build, settings: Settings):
    item = build_item()
    jewelry = dataclasses.replace(item, record=dataclasses.replace(item.record, category="jewelry"))
    chosen = dataclasses.replace(settings, categories={"jewelry": Category("complex", engine="birefnet-general")})
    assert engine_name(item, chosen) == "embedded"
    assert engine_name(jewelry, chosen) == "birefnet-general"
    assert engine_name(build_item(finished=True), chosen) == "finished"


def test_an_engine_without_weights_is_a_sentence(
    build_item: Build, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
):
    monkeypatch.setenv("REMBG_HOME", str(tmp_path_factory.mktemp("empty")))
    tools = dataclasses.replace(settings.tools, default="u2netp")
    settings = dataclasses.replace(settings, tools=tools)
    with pytest.raises(KnownError, match=r"not installed; put them into .*u2netp\.onnx"):
        cut_out(build_item(), Toolbox(settings), settings)


def test_whiten_without_a_mask_is_our_mistake(build_item: Build, toolbox: Toolbox, settings: Settings):
    with pytest.raises(BugError):
        whiten(dataclasses.replace(build_item(), mask=None), toolbox, settings)


@pytest.mark.parametrize("name", ["book-grey", "crate-oak-warm", "plush-fur", "box-nearwhite"])
def test_easy_frames_of_the_shoot_are_cut_out_honestly(
    name: str, shoot_item: Callable[[str], WorkItem], toolbox: Toolbox, settings: Settings
):
    item = shoot_item(name)
    found = whiten(cut_out(item, toolbox, settings), toolbox, settings)
    a, b = found.mask > 0.5, item.mask > 0.5
    assert (a & b).sum() / (a | b).sum() > 0.88
    assert (found.cutout[found.mask == 0] == 65535).all()
