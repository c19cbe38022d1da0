"""From a coarse mask to a matte: exact where the colours tell, quantised, and the same in any tiles."""

import dataclasses

import cv2
import numpy as np
import pytest
from studio import coverage
from studio import photographed
from studio import shaded
from studio import sweep

from pipeline.color import srgb16_to_adobe16
from pipeline.mask import quantize
from pipeline.settings import Settings
from pipeline.tools.matting import matte

COLOUR = (0.75, 0.2, 0.1)


def scene(draw: str, *, height: int = 600, width: int = 800) -> tuple[np.ndarray, np.ndarray]:
    cover = coverage(height, width, draw)
    rgb = photographed(shaded(sweep(height, width)), cover, COLOUR)
    return srgb16_to_adobe16(np.rint(rgb * 65535).astype(np.uint16)), cover


def coarse_of(cover: np.ndarray, shift: float, size: tuple[int, int], *, blur: float = 1.0) -> np.ndarray:
    """What an engine gives: smaller, soft, and off by `shift` pixels across and down."""
    moved = cv2.warpAffine(cover, np.float64([[1, 0, shift], [0, 1, -shift]]), cover.shape[::-1])
    return cv2.GaussianBlur(cv2.resize(moved, size, interpolation=cv2.INTER_AREA), (0, 0), blur)


@pytest.mark.parametrize(("blur", "left"), [(2.0, 0.25), (1.0, 0.5)])
@pytest.mark.parametrize("draw", ["ball", "ring", "box"])
def test_an_imprecise_mask_becomes_a_precise_matte(draw: str, blur: float, left: float, settings: Settings):
    rgb, cover = scene(draw)
    coarse = coarse_of(cover, 1.2, (800, 600), blur=blur)
    mask = matte(rgb, coarse, settings.tools.matting)
    before, after = np.abs((coarse > 0.5) - cover).sum(), np.abs(mask - cover).sum()
    assert after < left * before
    assert np.abs(mask - cover).max() < 0.5


def test_a_mask_four_times_smaller_than_the_photo_still_gives_sharp_edges(settings: Settings):
    rgb, cover = scene("ball", height=1200, width=1600)
    mask = matte(rgb, coarse_of(cover, 2.0, (400, 300)), settings.tools.matting)
    soft = ((mask > 0.05) & (mask < 0.95)).sum()
    assert soft < 3 * ((cover > 0.05) & (cover < 0.95)).sum()
    assert np.abs(mask - cover).sum() < 900


def test_the_matte_is_quantised_and_survives_its_file(settings: Settings):
    rgb, cover = scene("ring")
    mask = matte(rgb, coarse_of(cover, 1.0, (400, 300)), settings.tools.matting)
    stored = np.rint(mask * 255).astype(np.uint8)
    assert mask.dtype == np.float32
    assert np.array_equal(quantize(stored.astype(np.float32) / 255), mask)


def test_tiles_leave_no_seams(settings: Settings):
    rgb, cover = scene("ball")
    coarse = coarse_of(cover, 1.0, (400, 300))
    whole = matte(rgb, coarse, settings.tools.matting)
    tiled = matte(rgb, coarse, dataclasses.replace(settings.tools.matting, tile=128))
    assert np.abs(whole - tiled).max() <= 1 / 255 + 1e-6


def test_nothing_and_everything_stay_what_they_are(settings: Settings):
    rgb, _ = scene("ball")
    assert (matte(rgb, np.zeros((300, 400), np.float32), settings.tools.matting) == 0).all()
    assert (matte(rgb, np.ones((300, 400), np.float32), settings.tools.matting) == 1).all()


def test_where_both_sides_look_alike_the_coarse_mask_decides(settings: Settings):
    cover = coverage(300, 400, "ball")
    rgb = np.full((300, 400, 3), 30000, np.uint16)
    mask = matte(rgb, cover, settings.tools.matting)
    assert np.abs(mask - cover).max() < 0.4


@pytest.mark.parametrize(("height", "width"), [(600, 800), (1500, 2000)])
def test_a_true_mask_keeps_its_place_and_size(height: int, width: int, settings: Settings):
    """Registration between small and large copies to a few hundredths of a pixel."""
    rgb, cover = scene("ball", height=height, width=width)
    mask = matte(rgb, coarse_of(cover, 0.0, (width // 2, height // 2)), settings.tools.matting)
    down, across = np.mgrid[:height, :width]
    for axis in (down, across):
        assert abs(float((axis * mask).sum() / mask.sum() - (axis * cover).sum() / cover.sum())) < 0.05
    radius = np.sqrt(float(cover.sum()) / np.pi)
    assert abs(np.sqrt(float(mask.sum()) / np.pi) - radius) < 0.1


@pytest.mark.parametrize("contrast", [0.01, 0.05, 0.3])
def test_the_matte_is_never_worse_than_a_good_coarse_mask(contrast: float, settings: Settings):
    cover = coverage(480, 640, "ring")
    rgb = photographed(sweep(480, 640, noise=0.002), cover, (0.7 - contrast, 0.7 - contrast, 0.7 - contrast))
    coarse = coarse_of(cover, 0.3, (400, 300))
    mask = matte(srgb16_to_adobe16(np.rint(rgb * 65535).astype(np.uint16)), coarse, settings.tools.matting)
    plain = cv2.resize(coarse, (640, 480), interpolation=cv2.INTER_LINEAR)
    assert np.abs(mask - cover).sum() < np.abs(plain - cover).sum()
