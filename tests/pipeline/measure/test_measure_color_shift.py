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
    shift = read_color_shift(item.photo.rgb, result, item.mask, frame)
    assert shift.value < 1e-4


@pytest.mark.parametrize("scale", [0.7, 1.4])
def test_resampling_is_no_shift(item: WorkItem, scale: float) -> None:
    frame = Frame((scale, 0, 12.3, 0, scale, 4.5), (1400, 1300))
    result = resample(item.cutout, frame, outside=65535)
    shift = read_color_shift(item.photo.rgb, result, item.mask, frame)
    assert shift.value < 0.1


def test_a_known_shift_is_read_as_its_ciede2000(item: WorkItem) -> None:
    darker = (item.cutout * 0.9).astype(np.uint16)
    frame = Frame((1, 0, 0, 0, 1, 0), (900, 800))
    shift = read_color_shift(item.photo.rgb, darker, item.mask, frame)
    center = np.s_[400:401, 450:451]
    expected = float(delta_e_2000(adobe16_to_lab(item.photo.rgb[center]), adobe16_to_lab(darker[center]))[0, 0])
    assert shift.value == pytest.approx(expected, abs=0.2)


def test_a_product_without_a_solid_inside_is_not_measured(item: WorkItem) -> None:
    frame = Frame((1, 0, 0, 0, 1, 0), (900, 800))
    shift = read_color_shift(item.photo.rgb, item.cutout, item.mask * 0.5, frame)
    assert shift.value is None
