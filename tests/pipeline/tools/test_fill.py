import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.tools.fill import FILLERS
from pipeline.tools.fill import fill
from pipeline.tools.patches import is_large

SIZE = (140, 180)


def weave(size=SIZE, noise=600.0, slope=40):
    """A woven cloth in uneven light, uint16, all 16 bits in use."""
    y, x = np.mgrid[: size[0], : size[1]].astype(np.float32)
    threads = np.sin(x * 2 * np.pi / 7) * np.cos(y * 2 * np.pi / 9)
    plane = 30_000 + slope * x + 6_000 * threads + np.random.default_rng(3).normal(0, noise, size)
    return np.dstack([plane, plane * 0.8, plane * 0.6]).astype(np.uint16)


def psnr(first, second, where):
    error = (first.astype(float) - second)[where]
    return 10 * np.log10(65535**2 / np.square(error).mean())


@pytest.mark.parametrize("engine", FILLERS)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_nothing_outside_the_hole_changes_at_16_bit(engine, data):
    rgb = np.random.default_rng(1).integers(0, 65536, (*SIZE, 3), dtype=np.uint16)
    hole = np.zeros(SIZE, bool)
    for _ in range(data.draw(st.integers(1, 4))):
        top, left = data.draw(st.integers(0, SIZE[0] - 1)), data.draw(st.integers(0, SIZE[1] - 1))
        hole[top : top + data.draw(st.integers(1, 40)), left : left + data.draw(st.integers(1, 40))] = True
    before = rgb.copy()
    filled = fill(rgb, hole, engine)

    assert (rgb == before).all()
    assert (filled[~hole] == rgb[~hole]).all()
    assert (filled[hole] != rgb[hole]).any()


@pytest.mark.parametrize("engine", FILLERS)
def test_the_same_hole_is_filled_the_same_way_again(engine):
    hole = np.zeros(SIZE, bool)
    hole[50:90, 60:110] = True

    assert (fill(weave(), hole, engine) == fill(weave(), hole, engine)).all()


@pytest.mark.parametrize("engine", ["telea", "navier-stokes"])
def test_smooth_fills_keep_16_bits_where_an_8_bit_fill_would_show_steps(engine):
    ramp = np.repeat((20_000 + np.arange(SIZE[1]) * 10)[None], SIZE[0], axis=0).astype(np.uint16)
    rgb, hole = np.dstack([ramp] * 3), np.zeros(SIZE, bool)
    hole[60:80, 60:100] = True
    filled = fill(rgb, hole, engine)

    assert len(np.unique(filled[hole])) > 10
    assert np.abs(filled.astype(int) - rgb)[hole].max() < 400


def test_patches_keep_a_texture_that_smooth_fills_lose():
    rgb, hole = weave(), np.zeros(SIZE, bool)
    hole[50:80, 60:110] = True
    patches, smooth = (psnr(fill(rgb, hole, engine), rgb, hole) for engine in ("patchmatch", "telea"))

    assert patches > smooth + 2


def test_an_unknown_engine_is_named_with_the_known_ones():
    with pytest.raises(NotFoundError, match=r"no fill “magic”; choose one of telea"):
        fill(weave(), np.ones(SIZE, bool), "magic")


def test_a_hole_without_surroundings_is_refused():
    with pytest.raises(KnownError, match="no photo around it"):
        fill(weave(), np.ones(SIZE, bool), "telea")


def test_no_hole_changes_nothing():
    assert (fill(weave(), np.zeros(SIZE, bool), "telea") == weave()).all()


def test_the_best_fill_spans_what_is_smooth_and_patches_what_has_texture():
    hole = np.zeros(SIZE, bool)
    hole[50:62, 30:130] = True
    ramp = weave(noise=60.0)
    ramp[:, 90:] = (30_000 + 40 * np.arange(90, SIZE[1]))[None, :, None] * np.array([1, 0.8, 0.6])
    filled, smooth, patches = (fill(ramp, hole, engine) for engine in ("best", "membrane", "patchmatch"))
    left, right = hole.copy(), hole.copy()
    left[:, 80:], right[:, :100] = False, False

    assert psnr(filled, ramp, left) > psnr(smooth, ramp, left) + 6
    assert np.abs(filled.astype(int) - smooth)[right].max() < 257
    assert psnr(filled, ramp, right) > psnr(patches, ramp, right)


def test_a_large_hole_gets_real_texture_by_way_of_a_smaller_copy():
    size = (330, 420)
    rgb, hole = weave(size, slope=0), np.zeros(size, bool)
    hole[60:270, 80:300] = True
    filled = fill(rgb, hole, "patchmatch")
    fine = [plane - cv2.GaussianBlur(plane, (0, 0), 3) for plane in (filled.astype(np.float32), rgb.astype(np.float32))]

    assert is_large(hole)
    assert (filled[~hole] == rgb[~hole]).all()
    assert fine[0][hole].std() > 0.8 * fine[1][hole].std()
    assert np.abs(filled[hole].mean(axis=0) / rgb[hole].mean(axis=0) - 1).max() < 0.02
