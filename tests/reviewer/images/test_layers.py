"""The evidence layers: every failing pixel and no other, at every zoom; grounds that undo compositing exactly."""

import numpy as np
import pytest

from pipeline.model import Frame
from reviewer.images.layers import MARK_BGRA
from reviewer.images.layers import difference_layer
from reviewer.images.layers import ground_layer
from reviewer.images.layers import mask_in_result
from reviewer.images.layers import off_white
from reviewer.images.layers import white_layer
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import build_pyramid

SIDE = 400
SAME = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (SIDE, SIDE))


def product_on_white() -> tuple[np.ndarray, np.ndarray]:
    rgb = np.full((SIDE, SIDE, 3), 255, np.uint8)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    rgb[100:300, 100:300], mask[100:300, 100:300] = (10, 120, 200), 255
    return rgb, mask


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_one_pixel_of_254_in_one_channel_is_found(channel) -> None:
    rgb, mask = product_on_white()
    rgb[7, 11, channel] = 254
    found = off_white(build_pyramid(rgb).levels[0], mask)
    assert list(map(tuple, np.argwhere(found))) == [(7, 11)]


def test_the_product_itself_is_not_marked() -> None:
    rgb, mask = product_on_white()
    layer = white_layer(build_pyramid(rgb), mask, SAME)
    assert np.array_equal(layer.pyramid.levels[0], build_pyramid(rgb).levels[0])
    assert layer.sentence == "Background exactly white"


def test_a_single_failing_pixel_is_marked_at_every_zoom() -> None:
    rgb, mask = product_on_white()
    rgb[7, 11] = 253
    layer = white_layer(build_pyramid(rgb), mask, SAME)
    assert layer.sentence.startswith("1 px")
    assert len(layer.pyramid.levels) > 2
    for level in layer.pyramid.levels:
        assert (level == MARK_BGRA).all(axis=2).sum() == 1


def test_another_ground_is_what_compositing_on_it_would_have_given() -> None:
    rng = np.random.default_rng(5)
    product = rng.integers(0, 256, (SIDE, SIDE, 3)).astype(np.float64)
    mask = rng.integers(0, 256, (SIDE, SIDE), dtype=np.uint8)
    alpha = mask[..., None] / 255.0
    on_white = np.rint(product * alpha + 255 * (1 - alpha)).astype(np.uint8)
    layer = ground_layer(build_pyramid(on_white), mask, SAME, "grey")
    expected = product * alpha + 119 * (1 - alpha)
    assert np.abs(layer.pyramid.levels[0][..., 2::-1].astype(float) - expected).max() <= 1.01


@pytest.mark.parametrize("gain", [4, 16])
def test_the_difference_shows_only_what_changed_on_the_product(gain) -> None:
    rgb, mask = product_on_white()
    before = np.full((SIDE * 2, SIDE * 2, 3), 90, np.uint8)
    before[200:600, 200:600] = (10, 120, 200)
    changed = rgb.copy()
    changed[150:160, 150:170] = (10, 117, 201)
    frame = Frame((0.5, 0.0, 0.0, 0.0, 0.5, 0.0), (SIDE, SIDE))
    matte = np.kron(mask, np.ones((2, 2), np.uint8))
    layer = difference_layer(build_pyramid(before), build_pyramid(changed), matte, frame, gain)
    assert layer.sentence == f"Difference ×{gain}, at most 3 of 255"
    shown = layer.pyramid.levels[0]
    lit = (shown != shown[0, 0]).any(axis=2)
    rows, columns = np.nonzero(lit)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (150, 160, 150, 170)
    assert lit.sum() == 200


def test_the_mask_follows_the_frame_to_the_pixel() -> None:
    mask = np.zeros((300, 300), np.uint8)
    mask[100:200, 50:150] = 255
    moved = mask_in_result(mask, Frame((2.0, 0.0, -60.0, 0.0, 2.0, -100.0), (400, 400)))
    rows, columns = np.nonzero(moved > 127)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (100, 300, 40, 240)


def test_levels_are_chosen_so_that_nothing_is_shrunk_by_half_or_more() -> None:
    picture = build_pyramid(np.zeros((1000, 1500, 3), np.uint8))
    for scale in (2.0, 1.0, 0.7, 0.5, 0.3, 0.26, 0.13):
        width = picture.levels[picture.level_for(scale)].shape[1]
        assert 1500 * scale <= width or width == 1500
        assert width < 2 * 1500 * scale or picture.level_for(scale) == len(picture.levels) - 1


def test_a_stand_in_never_gives_pixel_values() -> None:
    small = Pyramid((np.zeros((10, 10, 4), np.uint8),), (100, 100))
    assert small.value(5, 5) is None
