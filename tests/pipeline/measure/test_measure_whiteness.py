"""Exact white: every pixel of every zone is counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipeline.mask import Zone
from pipeline.mask import zones
from pipeline.measure.whiteness import read_whiteness
from pipeline.measure.whiteness import whiteness_readings

rasters = hnp.arrays(
    np.uint8,
    st.tuples(st.integers(4, 24), st.integers(4, 24), st.just(3)),
    elements=st.sampled_from([255, 255, 254, 249, 0]),
)


@budget(max_examples=150, deadline=None)
@given(rgb=rasters, data=st.data(), radius=st.integers(0, 5), wide=st.booleans())
def test_counts_agree_with_plain_numpy(rgb: np.ndarray, data: st.DataObject, radius: int, wide: bool) -> None:
    mask = data.draw(hnp.arrays(np.float32, rgb.shape[:2], elements=st.sampled_from([0.0, 0.0, 0.0, 1.0])))
    zone = zones(mask, radius)
    raster = rgb.astype(np.uint16) * 257 if wide else rgb
    found = read_whiteness(raster, zone, tolerance=5)
    border = np.ones(zone.shape, bool)
    border[1:-1, 1:-1] = False
    for count, where in ((found.field, zone == Zone.FIELD), (found.halo, zone == Zone.HALO), (found.border, border)):
        inside = rgb[where]
        off = (inside != 255).any(axis=1)
        assert count.pixels == where.sum()
        assert count.off_white == off.sum()
        assert count.visibly_off == (inside.min(axis=1, initial=255) < 250).sum()
        assert count.min == inside.min(initial=255)
    field = rgb[zone == Zone.FIELD]
    expected = (field.min(axis=1) >= 250).mean() if len(field) else None
    assert found.graded_share == (pytest.approx(expected) if expected is not None else None)


def test_a_sixteen_bit_level_below_white_is_off_white() -> None:
    raster = np.full((20, 20, 3), 65535, np.uint16)
    raster[10, 12, 2] = 65534
    found = read_whiteness(raster, np.zeros((20, 20), np.uint8), tolerance=5)
    assert found.field.off_white == 1
    assert found.field.min == 254
    assert found.boxes == ((12, 10, 13, 11),)


def test_widening_by_shifting_is_not_white() -> None:
    shifted = np.full((8, 8, 3), 255 << 8, np.uint16)
    assert read_whiteness(shifted, np.zeros((8, 8), np.uint8), tolerance=5).field.off_white == 64


def test_the_articles_sampled_check_would_pass_what_this_one_counts() -> None:
    raster = np.full((400, 400, 3), 252, np.uint8)
    rim = np.concatenate([raster[0], raster[-1], raster[:, 0], raster[:, -1]])
    samples = rim[np.linspace(0, len(rim) - 1, 50).astype(int)]
    assert (samples >= 250).mean() >= 0.95
    found = read_whiteness(raster, np.zeros((400, 400), np.uint8), tolerance=5)
    assert found.field.off_white == 160_000
    assert found.graded_share == 1.0


def test_a_picture_of_one_pixel_is_judged_too() -> None:
    found = read_whiteness(np.full((1, 1, 3), 65535, np.uint16), np.zeros((1, 1), np.uint8), tolerance=5)
    assert (found.field.pixels, found.field.off_white, found.graded_share) == (1, 0, 1.0)


def test_the_readings_say_how_many_how_dark_and_where() -> None:
    raster = np.full((20, 20, 3), 255, np.uint8)
    raster[4, 5] = 250
    raster[0, 7] = 249
    found = read_whiteness(raster, np.zeros((20, 20), np.uint8), tolerance=5)
    field, border, near = whiteness_readings(found)
    assert (field.value, field.detail, border.value, border.detail) == (2, "darkest 249", 1, "darkest 249")
    assert sorted(field.evidence.boxes) == sorted(border.evidence.boxes) == [(5, 4, 6, 5), (7, 0, 8, 1)]
    assert near.value == pytest.approx(399 / 400)
    assert found.field.document == {"pixels": 400, "off_white": 2, "min": 249}
