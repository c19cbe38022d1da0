import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.errors import KnownError
from pipeline.tools.ghost import Placement
from pipeline.tools.ghost import laid_behind

FRONT, INSIDE = (80, 100), (40, 50)


def noise(size, low, high, seed):
    return np.random.default_rng(seed).integers(low, high, (*size, 3), dtype=np.uint16)


# Values that the other photo has nowhere: a pixel says by itself which one it came from.
rgb, inside = noise(FRONT, 0, 20_000, 1), noise(INSIDE, 30_000, 65_000, 2)
cover = np.ones(INSIDE, np.float32)
region = np.zeros(FRONT, bool)
region[15:60, 20:75] = True


@given(x=st.integers(-30, 70), y=st.integers(-20, 55))
@settings(max_examples=30, deadline=None)
def test_moved_by_whole_pixels_every_pixel_is_one_of_the_two_photos(x, y):
    try:
        made, share = laid_behind(rgb, inside, cover, region, Placement(move=(x, y)))
    except KnownError:
        return
    there = share > 0
    rows, columns = np.nonzero(there)

    assert (made[~there] == rgb[~there]).all()
    assert (made[there] == inside[rows - y, columns - x]).all()
    assert not (there & ~region).any()


def test_a_feather_mixes_the_two_and_never_leaves_the_region():
    made, share = laid_behind(rgb, inside, cover, region, Placement(move=(25, 20), feather=8))
    plain, _ = laid_behind(rgb, inside, cover, region, Placement(move=(25, 20)))
    soft = (share > 0) & (share < 1)
    low, high = np.minimum(rgb, plain), np.maximum(rgb, plain)

    assert soft.any()
    assert ((made >= low) & (made <= high))[soft].all()
    assert (made[~region] == rgb[~region]).all()


def test_turn_scale_and_mesh_put_the_second_photo_where_they_say():
    y, x = np.mgrid[:200, :200].astype(np.float32)
    board = np.dstack([x * 300, y * 300, x * 0 + 20_000]).astype(np.uint16)
    front, everywhere = np.zeros((300, 300, 3), np.uint16), np.ones((300, 300), bool)
    whole = np.ones((200, 200), np.float32)

    def at(placement, x, y):
        made, _ = laid_behind(front, board, whole, everywhere, placement)
        return made[y, x, :2] / 300

    assert at(Placement(move=(10, 20)), 110, 120) == pytest.approx((100, 100), abs=0.6)
    assert at(Placement(move=(50, 50), scale=0.5), 100, 120) == pytest.approx((100, 140), abs=1.2)
    # A quarter turn clockwise around the middle (150, 150): what lay right of it lies below it.
    assert at(Placement(move=(50, 50), turn=90), 150, 200) == pytest.approx((150, 100), abs=1.2)
    mesh = (((0.0, 0.0),) * 3, ((0.0, 0.0), (12.0, 0.0), (0.0, 0.0)), ((0.0, 0.0),) * 3)
    assert at(Placement(move=(50, 50), mesh=mesh), 150, 150) == pytest.approx((88, 100), abs=1.2)
    assert at(Placement(move=(50, 50), mesh=mesh), 52, 52) == pytest.approx((2, 2), abs=1.2)


def test_colours_come_together_along_the_border_and_the_edge_casts_a_shadow():
    front = np.full((160, 160, 3), (30_000, 28_000, 26_000), np.uint16)
    lining = np.full((160, 160, 3), (36_000, 28_000, 22_000), np.uint16)
    hole, whole = np.zeros((160, 160), bool), np.ones((160, 160), np.float32)
    hole[30:130, 30:130] = True
    made, _ = laid_behind(front, lining, whole, hole, Placement(match=1.0))
    assert np.abs(made[80, 80].astype(int) - front[0, 0]).max() < 60
    shaded, _ = laid_behind(front, lining, whole, hole, Placement(shadow=0.5))
    assert shaded[80, 80, 0] > 0.97 * 36_000
    assert shaded[31, 80, 0] < 0.85 * shaded[80, 80, 0]


def test_a_photo_beside_its_place_is_one_sentence():
    with pytest.raises(KnownError, match="move it behind the neckline"):
        laid_behind(rgb, inside, cover, region, Placement(move=(200, 0)))
