"""Zones, boxes, pieces and the flood of a finished file's background."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.ndimage import distance_transform_edt

from pipeline.mask import Zone
from pipeline.mask import flood_background
from pipeline.mask import pieces
from pipeline.mask import quantize
from pipeline.mask import subject_box
from pipeline.mask import support_box
from pipeline.mask import zones

masks = hnp.arrays(
    np.uint8, st.tuples(st.integers(3, 40), st.integers(3, 40)), elements=st.sampled_from([0, 0, 0, 1, 255])
)


@budget(max_examples=150, deadline=None)
@given(levels=masks, radius=st.integers(0, 20))
def test_zones_agree_with_an_exact_distance_map(levels: np.ndarray, radius: int) -> None:
    mask = levels.astype(np.float32) / 255
    found = zones(mask, radius)
    subject = levels > 0
    distance = distance_transform_edt(~subject) if subject.any() else np.full(mask.shape, np.inf)
    expected = np.where(subject, Zone.SUBJECT, np.where(distance <= radius, Zone.HALO, Zone.FIELD))
    clear = np.abs(distance - radius) > 0.01  # an exact tie may round either way
    assert (found == expected)[clear | subject].all()


@budget(max_examples=100, deadline=None)
@given(levels=masks)
def test_the_subject_box_is_the_smallest_around_its_solid_pixels(levels: np.ndarray) -> None:
    mask = levels.astype(np.float32) / 255
    box = subject_box(mask)
    if not levels.any():
        assert box is None
        assert support_box(mask) is None
        return
    assert box is not None
    rows, columns = np.nonzero(levels >= (128 if (levels == 255).any() else 1))
    assert box == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    support = support_box(mask)
    assert support is not None
    assert support[0] <= box[0] < box[2] <= support[2]
    assert support[1] <= box[1] < box[3] <= support[3]


@given(values=hnp.arrays(np.float32, 20, elements=st.floats(-1, 2, width=32)))
def test_quantising_twice_changes_nothing(values: np.ndarray) -> None:
    once = quantize(values)
    assert once.dtype == np.float32
    assert np.array_equal(quantize(once), once)
    assert np.array_equal(np.rint(once * 255).astype(np.uint8).astype(np.float32) / 255, once)


def test_pieces_touching_at_a_corner_are_one_piece_and_the_largest_comes_first() -> None:
    covered = np.zeros((10, 12), bool)
    covered[1:3, 1:3] = covered[3:5, 3:5] = True
    covered[7, 9] = True
    assert pieces(covered) == [(8, (1, 1, 5, 5)), (1, (9, 7, 10, 8))]


@pytest.mark.parametrize(("level", "flooded"), [(243, True), (242, False)])
def test_the_flood_takes_what_is_within_twelve_levels_of_white(level: int, flooded: bool) -> None:
    rgb = np.full((9, 9, 3), level, np.uint8)
    assert flood_background(rgb).all() == flooded


def test_the_flood_leaves_white_that_the_product_encloses() -> None:
    rgb = np.full((20, 20, 3), 255, np.uint8)
    rgb[4:16, 4:16] = 30
    rgb[8:12, 8:12] = 255
    background = flood_background(rgb)
    assert background[0, 0]
    assert not background[9, 9]


def test_the_flood_reaches_corners_that_the_product_cuts_off() -> None:
    rgb = np.full((20, 20, 3), 255, np.uint8)
    rgb[:, 9:11] = 30
    assert flood_background(rgb)[:, (0, 19)].all()
