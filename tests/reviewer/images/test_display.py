"""Colours for the monitor: as lcms says, white exactly white, and what is measured stays what the file holds."""

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from reviewer.images.display import Display
from reviewer.images.monitor import is_monitor_profile
from reviewer.images.monitor import monitor_profile
from reviewer.images.pyramid import build_pyramid
from reviewer.images.sources import load_delivered
from reviewer.images.sources import load_original


@pytest.fixture
def rgb() -> np.ndarray:
    pixels = np.random.default_rng(4).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    pixels[:50] = 255
    return pixels


def test_a_wide_monitor_gets_its_own_numbers_and_the_file_keeps_its_values(rgb) -> None:
    display = Display(adobe_profile())
    shown = display.shown(build_pyramid(rgb))
    assert np.array_equal(shown.judged[0][..., 2::-1], rgb)
    assert shown.value(5, 150) == tuple(rgb[150, 5])
    truth = imagecodecs.cms_transform(
        rgb, srgb_profile(), adobe_profile(), colorspace="rgb", outcolorspace="rgb", intent=1, flags=0x2000
    )
    apart = np.abs(shown.levels[0][..., 2::-1].astype(int) - truth)
    assert apart.max() <= 1
    assert np.abs(shown.levels[0][..., 2::-1].astype(int) - rgb).max() > 10


def test_exact_white_stays_exact_white_and_nothing_becomes_it(rgb) -> None:
    rgb[60, 60] = (254, 255, 255)
    shown = Display(adobe_profile()).shown(build_pyramid(rgb)).levels[0]
    assert (shown[:50] == 255).all()


def test_an_srgb_or_unknown_monitor_costs_nothing(rgb) -> None:
    picture = build_pyramid(rgb)
    assert Display(srgb_profile()).shown(picture) is picture
    assert Display().shown(picture) is picture
    assert Display(srgb_profile()).managed
    assert not Display().managed


def test_only_profiles_of_rgb_monitors_count() -> None:
    assert is_monitor_profile(srgb_profile())
    assert not is_monitor_profile(srgb_profile()[:-1])
    assert not is_monitor_profile(b"")
    assert not is_monitor_profile(srgb_profile().replace(b"mntr", b"prtr", 1))


def test_a_platform_without_monitors_has_no_profile() -> None:
    assert monitor_profile(0, "offscreen") is None


def test_colours_beyond_srgb_reach_a_wide_monitor(tmp_path) -> None:
    green = np.full((60, 80, 3), (0, 255, 0), np.uint8)
    green[:20] = 255
    file = tmp_path / "green.png"
    Image.fromarray(green).save(file, icc_profile=adobe_profile())
    shown = load_original(file, "green.png", Display(adobe_profile()))
    assert np.abs(shown.levels[0][30:, :, 2::-1].astype(int) - (0, 255, 0)).max() <= 2, "the monitor has that green"
    assert (shown.levels[0][:20] == 255).all()
    clipped = load_original(file, "green.png", Display())
    assert not clipped.values
    assert np.array_equal(shown.judged[0], clipped.levels[0]), "what is measured does not depend on the monitor"


def test_a_finished_file_shows_its_own_numbers_whatever_the_monitor(tmp_path) -> None:
    file, rgb = tmp_path / "print.tif", np.full((40, 50, 3), (12, 200, 33), np.uint8)
    Image.fromarray(rgb).save(file, icc_profile=adobe_profile())
    for display in (Display(), Display(adobe_profile())):
        shown = load_delivered(file.read_bytes(), file.name, display)
        assert shown.value(5, 5) == (12, 200, 33)
    assert tuple(shown.levels[0][5, 5, 2::-1]) == (12, 200, 33)
