"""Planning a frame, mapping points through it, resampling pixels."""

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from pipeline.framing import Canvas
from pipeline.framing import fill_of
from pipeline.framing import is_whole_move
from pipeline.framing import plan_frame
from pipeline.framing import resample
from pipeline.framing import to_original
from pipeline.framing import to_result
from pipeline.mask import subject_box
from pipeline.model import Frame


@st.composite
def boxes(draw: st.DrawFn) -> tuple[np.ndarray, tuple[int, int, int, int]]:
    width, height = draw(st.integers(60, 300)), draw(st.integers(60, 300))
    left, top = draw(st.integers(0, width - 48)), draw(st.integers(0, height - 48))
    right, bottom = draw(st.integers(left + 48, width)), draw(st.integers(top + 48, height))
    mask = np.zeros((height, width), np.float32)
    mask[top:bottom, left:right] = 1
    return mask, (left, top, right, bottom)


@budget(max_examples=200, deadline=None)
@given(made=boxes(), aspect=st.sampled_from([1.0, 0.6925, 1.5]))
def test_a_plan_fills_centres_and_never_touches_the_frame(made: tuple, aspect: float) -> None:
    mask, box = made
    frame = plan_frame(mask, Canvas(0.875, aspect, shortest=0, longest=0, enlargement=1.0))
    assert is_whole_move(frame)
    placed = resample(mask, frame, outside=0.0)
    found = subject_box(placed)
    assert found is not None
    assert (found[2] - found[0], found[3] - found[1]) == (box[2] - box[0], box[3] - box[1])
    width, height = frame.size
    assert abs(fill_of(found, frame.size) - 0.875) <= 1 / min(width, height)
    assert abs(found[0] + found[2] - width) <= 1
    assert abs(found[1] + found[3] - height) <= 1
    assert not placed[(0, -1), :].any()
    assert not placed[:, (0, -1)].any()
    assert abs(width - height * aspect) <= 1


@budget(max_examples=100, deadline=None)
@given(made=boxes())
def test_pixels_moved_by_whole_steps_stay_bit_for_bit(made: tuple) -> None:
    mask, (left, top, right, bottom) = made
    pixels = np.random.default_rng(5).integers(0, 65536, (*mask.shape, 3), dtype=np.uint16)
    pixels[mask == 0] = 65535
    frame = plan_frame(mask, Canvas(0.875, 1.0, shortest=0, longest=0, enlargement=1.0))
    result = resample(pixels, frame, outside=65535)
    move_x, move_y = int(frame.matrix[2]), int(frame.matrix[5])
    there = result[top + move_y : bottom + move_y, left + move_x : right + move_x]
    assert np.array_equal(there, pixels[top:bottom, left:right])
    result[top + move_y : bottom + move_y, left + move_x : right + move_x] = 65535
    assert (result == 65535).all()


def test_a_fringe_far_outside_the_box_makes_the_canvas_larger() -> None:
    mask = np.zeros((200, 200), np.float32)
    mask[80:120, 80:120] = 1
    mask[100, 190] = 10 / 255
    frame = plan_frame(mask, Canvas(0.875, 1.0, shortest=0, longest=0, enlargement=1.0))
    placed = resample(mask, frame, outside=0.0)
    assert placed.sum() == pytest.approx(mask.sum())
    assert not placed[:, (0, -1)].any()


@pytest.mark.parametrize(
    ("shortest", "longest", "side", "limit", "expected"),
    [
        (1000, 0, 0, 2.0, 1000),
        (1000, 0, 0, 1.4, 686),
        (0, 500, 0, 2.0, 500),
        (0, 0, 1200, 2.0, 1200),
        (0, 0, 2200, 2.0, 686),
        (0, 0, 0, 2.0, 686),
    ],
)
def test_a_canvas_is_enlarged_within_the_limit_or_not_at_all(
    shortest: int, longest: int, side: int, limit: float, expected: int
) -> None:
    mask = np.zeros((700, 800), np.float32)
    mask[50:650, 100:400] = 1
    canvas = Canvas(0.875, 1.0, shortest=shortest, longest=longest, enlargement=limit, side=side)
    assert plan_frame(mask, canvas).size == (expected, expected)


def test_without_a_product_the_original_is_the_frame() -> None:
    frame = plan_frame(np.zeros((30, 40), np.float32), Canvas(0.875, 1.0, 1000, 0, 2.0))
    assert frame.size == (40, 30)
    assert is_whole_move(frame)


angles = st.floats(-math.pi, math.pi)


@given(scale=st.floats(0.2, 3), angle=angles, x=st.floats(-500, 500), y=st.floats(-500, 500), px=st.floats(0, 900))
def test_points_come_back_from_a_round_trip(scale: float, angle: float, x: float, y: float, px: float) -> None:
    a, b = scale * math.cos(angle), -scale * math.sin(angle)
    frame = Frame((a, b, x, -b, a, y), (100, 100))
    point = np.array([[px, 17.25]])
    assert np.allclose(to_original(frame, to_result(frame, point)), point, atol=1e-6)
    assert frame.scale == pytest.approx(scale)


@budget(max_examples=25, deadline=None)
@given(scale=st.floats(0.15, 1.9), x=st.floats(200, 300), y=st.floats(200, 300))
def test_resampling_puts_a_blob_where_the_matrix_says(scale: float, x: float, y: float) -> None:
    rows, columns = np.mgrid[:500, :500] + 0.5
    blob = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 30**2)).astype(np.float32)
    frame = Frame((scale, 0, 7.3, 0, scale, -4.6), (round(500 * scale) + 10, round(500 * scale) + 10))
    seen = resample(blob, frame, outside=0.0).astype(np.float64)
    rows, columns = np.mgrid[: seen.shape[0], : seen.shape[1]] + 0.5
    center = (columns * seen).sum() / seen.sum(), (rows * seen).sum() / seen.sum()
    assert center == pytest.approx((scale * x + 7.3, scale * y - 4.6), abs=0.15)


def test_reducing_averages_every_source_pixel() -> None:
    stripes = np.zeros((400, 400, 3), np.uint16)
    stripes[:, ::2] = 65535
    seen = resample(stripes, Frame((0.25, 0, 0, 0, 0.25, 0), (100, 100)), outside=65535)
    assert np.abs(seen[2:-2, 2:-2].astype(int) - 32768).max() < 700
    reference = cv2.resize(stripes, (100, 100), interpolation=cv2.INTER_AREA)
    assert np.abs(seen[2:-2, 2:-2].astype(int) - reference[2:-2, 2:-2]).max() < 700


def test_enlarging_rings_neither_above_white_nor_below_the_darkest_neighbour() -> None:
    step = np.full((60, 60, 3), 65535, np.uint16)
    step[:, 30:] = 20000
    seen = resample(step, Frame((1.7, 0, 0, 0, 1.7, 0), (102, 102)), outside=65535)
    assert seen.min() == 20000
    assert (seen[:, :48] == 65535).all()


def test_resampling_never_writes_into_its_input() -> None:
    pixels = np.full((50, 50, 3), 1000, np.uint16)
    pixels.flags.writeable = False
    for scale in (0.5, 1.0, 1.5):
        assert resample(pixels, Frame((scale, 0, 3, 0, scale, 3), (60, 60)), outside=65535).flags.writeable
