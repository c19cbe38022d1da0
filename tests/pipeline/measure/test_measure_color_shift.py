"""Colour shift: exactly nothing where nothing moved, and the right ΔE00 where something did."""

from collections.abc import Callable

import numpy as np
import pytest

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.framing import resample
from pipeline.measure.color_shift import read_color_shift
from pipeline.model import Frame
from pipeline.model import WorkItem

Build = Callable[..., WorkItem]


@pytest.fixture
def item(build_item: Build) -> WorkItem:
    return build_item(size=(900, 800), center=(450, 400), radius=300.0)


def test_pixels_that_only_moved_have_no_shift(item: WorkItem) -> None:
    frame = Frame((1, 0, 37, 0, 1, -20), (1000, 900))
    result = resample(item.cutout, frame, outside=65535)
    shift, changed = read_color_shift(item.photo.rgb, result, item.mask, frame, changed_delta_e=12)
    assert shift.value < 1e-4
    assert changed.value == 0


@pytest.mark.parametrize("scale", [0.7, 1.4])
def test_resampling_is_no_shift(item: WorkItem, scale: float) -> None:
    frame = Frame((scale, 0, 12.3, 0, scale, 4.5), (1400, 1300))
    result = resample(item.cutout, frame, outside=65535)
    shift, changed = read_color_shift(item.photo.rgb, result, item.mask, frame, changed_delta_e=12)
    assert shift.value < 0.1
    assert changed.value == 0


def test_a_known_shift_is_read_as_its_ciede2000(item: WorkItem) -> None:
    darker = (item.cutout * 0.9).astype(np.uint16)
    frame = Frame((1, 0, 0, 0, 1, 0), (900, 800))
    shift, changed = read_color_shift(item.photo.rgb, darker, item.mask, frame, changed_delta_e=12)
    center = np.s_[400:401, 450:451]
    expected = float(delta_e_2000(adobe16_to_lab(item.photo.rgb[center]), adobe16_to_lab(darker[center]))[0, 0])
    assert shift.value == pytest.approx(expected, abs=0.2)
    assert changed.value == 0


@pytest.mark.parametrize("side", [8, 40])
def test_a_changed_patch_is_found_where_it_is(item: WorkItem, side: int) -> None:
    spoilt = item.cutout.copy()
    spoilt[300 : 300 + side, 500 : 500 + side] = (60000, 60000, 5000)
    frame = Frame((1, 0, 0, 0, 1, 0), (900, 800))
    _, changed = read_color_shift(item.photo.rgb, spoilt, item.mask, frame, changed_delta_e=12)
    (box,) = changed.evidence.boxes
    assert np.allclose(box, (500, 300, 500 + side, 300 + side), atol=3)
    assert changed.value == pytest.approx(side**2 / np.count_nonzero(item.mask >= 0.999), rel=0.5)


def test_a_product_without_a_solid_inside_is_not_measured(item: WorkItem) -> None:
    frame = Frame((1, 0, 0, 0, 1, 0), (900, 800))
    shift, changed = read_color_shift(item.photo.rgb, item.cutout, item.mask * 0.5, frame, changed_delta_e=12)
    assert shift.value is None
    assert changed.value is None
