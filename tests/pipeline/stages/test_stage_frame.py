"""Framing one image: exact pixels, exact white, honest enlargement, finished photos left alone."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import BugError
from pipeline.framing import fill_of
from pipeline.framing import is_whole_move
from pipeline.mask import subject_box
from pipeline.model import Frame
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.stages.frame import frame
from pipeline.stages.whiten import whiten
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def test_a_large_product_keeps_every_pixel_and_its_own_resolution(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item()
    framed = frame(item, toolbox, settings)
    assert framed.frame is not None
    assert is_whole_move(framed.frame)
    assert framed.frame.scale == 1
    assert framed.result is not None
    assert framed.cutout is not None
    assert framed.result_mask is not None
    covered, source = framed.result_mask > 0, framed.mask > 0
    assert np.array_equal(framed.result[covered], framed.cutout[source])
    assert (framed.result[~covered] == 65535).all()
    assert not framed.flags


def test_the_result_is_square_filled_and_centred(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    framed = frame(build_item(center=(224.5, 280.2), radius=192.3), toolbox, settings)
    assert framed.frame is not None
    width, height = framed.frame.size
    box = subject_box(framed.result_mask)
    assert width == height
    assert fill_of(box, (width, height)) == pytest.approx(settings.framing.fill, abs=0.002)
    assert abs(box[0] + box[2] - width) <= 1
    assert abs(box[1] + box[3] - height) <= 1


def test_a_small_product_is_enlarged_and_said_so(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    framed = frame(build_item(radius=122.0), toolbox, settings)
    assert framed.frame is not None
    assert framed.frame.size == (400, 400)
    (flag,) = framed.flags
    assert flag.name == "enlarged"
    assert flag.detail == "product has 244 px, enlarged 1.43× to reach 400 px"
    assert framed.steps[-1].detail == flag.detail
    assert (framed.result[framed.result_mask == 0] == 65535).all()
    levels = framed.result_mask * 255
    assert np.allclose(levels, np.rint(levels), atol=1e-4)


def test_a_product_that_is_far_too_small_is_not_enlarged(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(build_item(radius=60.0), toolbox, settings)
    assert framed.frame is not None
    assert framed.frame.scale == 1
    assert max(framed.frame.size) == 137
    (flag,) = framed.flags
    assert flag.name == "low_resolution"
    assert flag.detail == "product has 120 px, framed 137 px, Amazon, main image needs 400 px"


def test_a_frame_the_item_already_has_is_used_as_it_is(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    own = Frame((0.9, 0.1, 12.5, -0.1, 0.9, 90.25), (520, 480))
    framed = frame(replace(build_item(), frame=own), toolbox, settings)
    assert framed.frame == own
    assert framed.result.shape == (480, 520, 3)
    assert (framed.result[framed.result_mask == 0] == 65535).all()
    again = frame(replace(build_item(), frame=own), toolbox, settings)
    assert np.array_equal(framed.result, again.result)


def test_a_finished_photo_that_keeps_the_rules_keeps_its_pixels(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item(size=(460, 460), center=(230, 230), radius=201, finished=True)
    framed = frame(item, toolbox, settings)
    assert framed.frame == Frame((1, 0, 0, 0, 1, 0), (460, 460))
    assert np.array_equal(framed.result, item.photo.rgb)


def test_a_finished_photo_is_extended_with_white_by_whole_pixels(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item(size=(416, 440), center=(208, 224), radius=204, finished=True)
    framed = frame(item, toolbox, settings)
    assert is_whole_move(framed.frame)
    assert framed.frame.size == (466, 466)
    assert np.array_equal(framed.result[framed.result_mask > 0], item.photo.rgb[item.mask > 0])


def test_a_finished_photos_shadow_is_not_erased_but_its_coding_noise_is(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item(size=(460, 460), center=(230, 230), radius=201, finished=True)
    photo = item.photo.rgb.copy()
    photo[5:8, 5:8] = 250 * 257
    photo[440:444, 440:444] = 200 * 257
    framed = frame(replace(item, photo=replace(item.photo, rgb=photo)), toolbox, settings)
    assert (framed.result[5:8, 5:8] == 65535).all()
    assert (framed.result[440:444, 440:444] == 200 * 257).all()


def test_without_a_product_the_whole_photo_is_the_frame(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(build_item(mask=np.zeros((520, 560), np.float32)), toolbox, settings)
    assert framed.frame.size == (560, 520)
    assert (framed.result == 65535).all()


def test_an_image_without_a_mask_is_our_mistake(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    with pytest.raises(BugError):
        frame(replace(build_item(), mask=None), toolbox, settings)


@pytest.mark.parametrize("name", ["mug-white-on-white", "plush-fur", "lace"])
def test_real_mattes_end_in_exact_white_everywhere_outside(
    name: str, shoot_item: Callable[[str], WorkItem], toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(whiten(shoot_item(name), toolbox, settings), toolbox, settings)
    assert (framed.result[framed.result_mask == 0] == 65535).all()
    assert not framed.result_mask[0].any()
    assert not framed.result_mask[:, -1].any()
