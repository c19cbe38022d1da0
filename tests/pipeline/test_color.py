"""Colour maths against independent references: float64 formulas, lcms, scikit-image and published pairs."""

from collections.abc import Callable

import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.color import xyz2lab

from pipeline import color

# Bruce Lindbloom's published matrices (D65), independent of how color.py derives its own.
SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
ADOBE_TO_XYZ = np.array(
    [[0.5767309, 0.1855540, 0.1881852], [0.2973769, 0.6273491, 0.0752741], [0.0270343, 0.0706872, 0.9911085]]
)
# Sharma, Wu, Dalal 2005, table 1.
SHARMA_PAIRS = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]

photos16 = arrays(np.uint16, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)))


def exact_matrix() -> np.ndarray:
    """Linear sRGB to linear Adobe RGB in float64, from the chromaticities that the standards name."""
    columns = []
    for green in ((0.30, 0.60), (0.21, 0.71)):
        points = np.array([(x / y, 1, (1 - x - y) / y) for x, y in ((0.64, 0.33), green, (0.15, 0.06))]).T
        columns.append(points * np.linalg.solve(points, (0.3127 / 0.3290, 1, 0.3583 / 0.3290)))
    return np.linalg.solve(columns[1], columns[0])


def exact_adobe(srgb: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    light = linear @ matrix.T
    return np.clip(light, 0, 1) ** (256 / 563) * 65535


def every_srgb_color(step: int) -> np.ndarray:
    levels = np.arange(0, 256, step, dtype=np.uint8)
    return np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, levels.size, 3)


def test_white_stays_exactly_white_in_every_direction() -> None:
    white8 = np.full((3, 5, 3), 255, np.uint8)
    white16 = np.full((3, 5, 3), 65535, np.uint16)
    assert (color.srgb8_to_adobe16(white8) == 65535).all()
    assert (color.srgb16_to_adobe16(white16) == 65535).all()
    assert (color.adobe16_to_srgb8(white16) == 255).all()
    assert (color.adobe16_to_srgb_float(white16) == 1.0).all()
    assert (color.linear_to_adobe16(color.adobe16_to_linear(white16)) == 65535).all()
    assert np.array_equal(color.adobe16_to_lab(white16)[0, 0], [100.0, 0.0, 0.0])


def test_every_8_bit_color_survives_the_way_to_adobe_rgb_and_back() -> None:
    colors = every_srgb_color(1)
    for part in np.array_split(colors, 16):
        assert np.array_equal(color.adobe16_to_srgb8(color.srgb8_to_adobe16(part)), part)


def test_srgb_to_adobe_is_right_to_half_a_level_of_16_bits() -> None:
    colors = every_srgb_color(5)
    assert np.abs(color.srgb8_to_adobe16(colors) - exact_adobe(colors / 255, exact_matrix())).max() < 0.52
    wide = colors.astype(np.uint16) * 251
    assert np.abs(color.srgb16_to_adobe16(wide) - exact_adobe(wide / 65535, exact_matrix())).max() < 0.52


def test_srgb_to_adobe_agrees_with_published_matrices() -> None:
    colors = every_srgb_color(5)
    ours = color.srgb8_to_adobe16(colors)
    published = exact_adobe(colors / 255, np.linalg.inv(ADOBE_TO_XYZ) @ SRGB_TO_XYZ)
    # Their seven digits are nothing in light, but near zero the gamma makes much of little.
    assert np.abs(ours - published)[published > 2000].max() < 3


def test_srgb_to_adobe_agrees_with_a_colour_management_system() -> None:
    colors = every_srgb_color(15)
    reference = imagecodecs.cms_transform(
        colors,
        color.srgb_profile(),
        color.adobe_profile(),
        colorspace="rgb",
        outcolorspace="rgb",
        outdtype="uint16",
        flags=0x100,
    )
    ours, theirs = color.adobe16_to_lab(color.srgb8_to_adobe16(colors)), color.adobe16_to_lab(reference)
    assert np.linalg.norm(ours - theirs, axis=-1).max() < 0.05


def test_an_8_bit_step_is_always_visible_in_16_bits() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(1, 256, 3)
    wide = color.srgb8_to_adobe16(ramp)[0].astype(int)
    assert (np.diff(wide, axis=0) > 100).all()
    assert np.ptp(wide, axis=1).max() <= 1, "grey has no cast"


def test_colors_outside_srgb_are_clipped_not_wrapped() -> None:
    green = np.array([[[0, 65535, 0]]], np.uint16)
    assert color.adobe16_to_srgb8(green).tolist() == [[[0, 255, 0]]]
    assert color.adobe16_to_srgb_float(green).tolist() == [[[0.0, 1.0, 0.0]]]


def test_lab_agrees_with_scikit_image_under_d50() -> None:
    colors = np.random.default_rng(5).integers(0, 65536, (40, 40, 3), dtype=np.uint16)
    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    d65, d50 = ADOBE_TO_XYZ.sum(axis=1), np.array([0.96422, 1.0, 0.82521])
    adapt = np.linalg.inv(bradford) @ np.diag((bradford @ d50) / (bradford @ d65)) @ bradford
    xyz = (colors / 65535) ** (563 / 256) @ (adapt @ ADOBE_TO_XYZ).T
    assert np.abs(color.adobe16_to_lab(colors) - xyz2lab(xyz, illuminant="D50")).max() < 0.05


@pytest.mark.parametrize(("first", "second", "expected"), SHARMA_PAIRS)
def test_delta_e_gives_the_published_differences(first: tuple, second: tuple, expected: float) -> None:
    one, other = np.array([[first]], np.float32), np.array([[second]], np.float32)
    assert color.delta_e_2000(one, other)[0, 0] == pytest.approx(expected, abs=1e-3)


@given(photos16)
def test_linear_light_and_back_loses_nothing(rgb: np.ndarray) -> None:
    assert np.array_equal(color.linear_to_adobe16(color.adobe16_to_linear(rgb)), rgb)


@given(photos16)
def test_strips_change_nothing_and_the_input_stays_as_it_was(rgb: np.ndarray) -> None:
    before = rgb.copy()
    tall = np.tile(rgb, (40, 1, 1))
    for convert in (color.adobe16_to_srgb8, color.adobe16_to_lab, color.adobe16_to_srgb_float, color.srgb16_to_adobe16):
        # OpenCV rounds the last bit by where a pixel lies in a vector register.
        assert np.allclose(convert(tall)[: rgb.shape[0]], convert(rgb), rtol=1e-5, atol=1.0)
    assert np.array_equal(rgb, before)


def test_a_photo_larger_than_one_strip_is_converted_whole() -> None:
    rows = np.linspace(0, 255, 700).astype(np.uint8)
    photo = np.broadcast_to(rows[:, None, None], (700, 900, 3))
    assert np.array_equal(color.srgb8_to_adobe16(photo)[:, 17], color.srgb8_to_adobe16(photo[:, 17:18])[:, 0])


def test_profiles_are_the_same_bytes_every_time_and_accepted() -> None:
    for profile in (color.adobe_profile(), color.srgb_profile()):
        assert profile[24:36] == bytes(12)
        assert profile[36:40] == b"acsp"
        assert imagecodecs.cms_profile_validate(profile, verbose=0) is None


@pytest.mark.parametrize("convert", [color.srgb8_to_adobe16, color.srgb16_to_adobe16, color.adobe16_to_lab])
def test_a_pixel_converts_alike_wherever_it_lies(convert: Callable[[np.ndarray], np.ndarray]) -> None:
    depth = np.uint8 if convert is color.srgb8_to_adobe16 else np.uint16
    pixels = np.random.default_rng(5).integers(0, np.iinfo(depth).max + 1, (301, 307, 3), depth)
    whole = convert(pixels)
    for top, left, height, width in ((0, 0, 1, 1), (7, 3, 33, 29), (100, 1, 200, 306), (300, 0, 1, 307)):
        window = slice(top, top + height), slice(left, left + width)
        assert (convert(np.ascontiguousarray(pixels[window])) == whole[window]).all()
