"""Fill, centring, contact and pieces of masks with known geometry."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measure.placement import read_centring
from pipeline.measure.placement import read_contact
from pipeline.measure.placement import read_fill
from pipeline.measure.placement import read_pieces
from pipeline.measure.placement import read_resolution
from pipeline.measure.placement import read_small_holes
from pipeline.measure.placement import read_wisps


def plate(width: int, height: int, box: tuple[int, int, int, int], level: float = 1.0) -> np.ndarray:
    mask = np.zeros((height, width), np.float32)
    mask[box[1] : box[3], box[0] : box[2]] = level
    return mask


@given(left=st.integers(0, 40), top=st.integers(0, 40), width=st.integers(1, 60), height=st.integers(1, 60))
def test_fill_and_centring_follow_their_formulas(left: int, top: int, width: int, height: int) -> None:
    mask = plate(100, 120, (left, top, left + width, top + height))
    assert read_fill(mask).value == pytest.approx(max(width / 100, height / 120))
    off = max(abs(left + width / 2 - 50) / 100, abs(top + height / 2 - 60) / 120)
    assert read_centring(mask).value == pytest.approx(off)


def test_a_pen_fills_by_its_length_not_by_its_area() -> None:
    mask = plate(1000, 1000, (62, 490, 937, 510))
    assert read_fill(mask).value == pytest.approx(0.875)
    assert mask.mean() < 0.02


def test_an_empty_mask_has_no_fill_and_no_centre() -> None:
    nothing = np.zeros((10, 10), np.float32)
    assert read_fill(nothing).value is None
    assert read_centring(nothing).value is None
    assert read_contact(nothing).value == 0
    assert [reading.value for reading in read_pieces(nothing, speck_share=0.01)] == [0, 0]


@pytest.mark.parametrize(
    ("box", "side", "count"),
    [
        ((0, 10, 5, 30), "left", 20),
        ((95, 10, 100, 30), "right", 20),
        ((10, 0, 40, 5), "top", 30),
        ((10, 75, 40, 80), "bottom", 30),
    ],
)
def test_contact_names_the_side_and_the_pixels(box: tuple, side: str, count: int) -> None:
    reading = read_contact(plate(100, 80, box))
    assert reading.value == count
    assert reading.detail == f"{side} {count} px"
    (found,) = reading.evidence.boxes
    assert (found[2] - found[0]) * (found[3] - found[1]) == count


def test_a_fringe_nobody_can_see_is_no_contact() -> None:
    assert read_contact(plate(50, 50, (0, 0, 10, 10), level=4 / 255)).value == 0


def test_pieces_and_specks_are_told_apart_by_size() -> None:
    mask = (
        plate(200, 200, (10, 10, 110, 110))
        + plate(200, 200, (130, 10, 180, 60))
        + plate(200, 200, (150, 150, 154, 154))
    )
    mask += plate(200, 200, (190, 190, 191, 191))
    products, specks = read_pieces(mask, speck_share=0.01)
    assert products.value == 2
    assert specks.value == 1, "a single pixel cannot be seen"
    assert specks.evidence.boxes == ((150, 150, 154, 154),)


def test_the_side_that_is_touched_most_is_named_first() -> None:
    mask = plate(100, 120, (0, 100, 50, 120))
    reading = read_contact(mask)
    assert reading.detail == "bottom 50 px, left 20 px"
    assert reading.evidence.boxes == ((0, 119, 50, 120), (0, 100, 1, 120))


def test_a_piece_of_exactly_the_share_is_a_product_and_one_of_four_pixels_a_speck() -> None:
    mask = plate(200, 200, (0, 0, 40, 50)) + plate(200, 200, (100, 100, 105, 104))
    mask += plate(200, 200, (150, 20, 152, 22)) + plate(200, 200, (20, 150, 23, 151))
    found, specks = read_pieces(mask, speck_share=0.01)
    assert (found.value, specks.value) == (2, 1)
    assert specks.evidence.boxes == ((150, 20, 152, 22),)


def test_a_hole_is_small_from_eight_pixels_to_its_share_and_lies_within() -> None:
    mask = plate(100, 100, (0, 0, 100, 100))
    for x, y, width, height in ((20, 20, 4, 2), (60, 20, 7, 1), (20, 60, 10, 10), (0, 80, 3, 3), (97, 40, 3, 3)):
        mask[y : y + height, x : x + width] = 0
    reading = read_small_holes(mask, hole_share=0.005)
    assert (reading.value, reading.evidence.boxes) == (1, ((20, 20, 24, 22),))


def test_faint_pixels_are_wisps_only_far_from_the_product() -> None:
    mask = plate(400, 400, (100, 100, 300, 200))
    assert read_wisps(mask).value == 0
    mask[150:160, 301:303] = 0.2
    assert read_wisps(mask).value == 0
    mask[150:160, 310:320] = 0.2
    reading = read_wisps(mask)
    assert reading.value == pytest.approx(100 / 20_000)
    assert (reading.detail, reading.evidence.boxes) == ("1 places", ((310, 150, 320, 160),))
    assert read_wisps(mask * 0.4).value is None


def test_resolution_is_the_longest_side() -> None:
    assert (read_resolution((1200, 1600)).value, read_resolution((1200, 1600)).detail) == (1600, "1200 × 1600 px")
