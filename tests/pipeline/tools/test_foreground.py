"""Exact white outside, untouched inside, and no backdrop in the soft edge between."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from studio import coverage
from studio import photographed
from studio import sweep

from pipeline.color import adobe16_to_srgb_float
from pipeline.color import srgb16_to_adobe16
from pipeline.mask import quantize
from pipeline.tools import foreground as module
from pipeline.tools.foreground import foreground
from pipeline.tools.foreground import looked_at
from pipeline.tools.foreground import on_white

RED = (0.8, 0.15, 0.1)


def master(rgb: np.ndarray) -> np.ndarray:
    return srgb16_to_adobe16(np.rint(rgb * 65535).astype(np.uint16))


@pytest.fixture(scope="module")
def red_ball() -> tuple[np.ndarray, np.ndarray]:
    cover = quantize(coverage(320, 420, "ball"))
    return master(photographed(sweep(320, 420, level=0.35), cover, RED)), cover


@hypothesis_settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), height=st.integers(1, 40), width=st.integers(1, 40))
def test_any_mask_keeps_the_inside_and_whitens_the_outside(seed: int, height: int, width: int):
    random = np.random.default_rng(seed)
    rgb = random.integers(0, 65536, (height, width, 3), np.uint16)
    mask = quantize(random.random((height, width), np.float32) * 1.6 - 0.3)
    before = rgb.copy()
    result = on_white(rgb, mask)
    assert (result[mask == 0] == 65535).all()
    assert (result[mask == 1] == rgb[mask == 1]).all()
    assert (rgb == before).all()


def test_the_edge_shows_the_products_colour_not_the_backdrops(red_ball: tuple[np.ndarray, np.ndarray]):
    rgb, cover = red_ball
    band = (cover > 0.05) & (cover < 0.95)
    found = adobe16_to_srgb_float(foreground(rgb, cover))[band]
    naive = adobe16_to_srgb_float(rgb)[band]
    assert np.abs(found - np.float32(RED)).mean() < 0.02
    assert np.abs(found - np.float32(RED)).mean() < 0.15 * np.abs(naive - np.float32(RED)).mean()


def test_the_cut_out_looks_as_if_photographed_in_front_of_white(red_ball: tuple[np.ndarray, np.ndarray]):
    rgb, cover = red_ball
    wanted = photographed(np.ones((*cover.shape, 3), np.float32), cover, RED)
    band = (cover > 0) & (cover < 1)
    found = adobe16_to_srgb_float(on_white(rgb, cover))
    assert np.abs(found[band] - wanted[band]).mean() < 0.01


def test_a_stored_mask_and_its_original_give_the_same_pixels_again(red_ball: tuple[np.ndarray, np.ndarray]):
    rgb, cover = red_ball
    stored = np.rint(cover * 255).astype(np.uint8)
    assert np.array_equal(on_white(rgb, cover), on_white(rgb.copy(), quantize(stored.astype(np.float32) / 255)))


def test_tiles_leave_no_seams(red_ball: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch):
    rgb, cover = red_ball
    whole = on_white(rgb, cover).astype(np.int32)
    monkeypatch.setattr(module, "TILE", 64)
    assert np.abs(on_white(rgb, cover).astype(np.int32) - whole).max() <= 1


def test_an_empty_mask_is_all_white_and_a_full_one_is_the_photo():
    rgb = np.random.default_rng(0).integers(0, 65536, (20, 30, 3), np.uint16)
    assert (on_white(rgb, np.zeros((20, 30), np.float32)) == 65535).all()
    assert (on_white(rgb, np.ones((20, 30), np.float32)) == rgb).all()


def test_what_lies_beyond_the_reach_of_an_edge_changes_nothing(red_ball: tuple[np.ndarray, np.ndarray]):
    rgb, mask = (np.pad(plane, ((100, 40), (60, 90), *((0, 0),) * (plane.ndim - 2)), mode="edge") for plane in red_ball)
    blanked, within = np.zeros_like(rgb), looked_at(mask)
    blanked[within] = rgb[within]
    assert (blanked != rgb).any()
    assert (on_white(blanked, mask) == on_white(rgb, mask)).all()
