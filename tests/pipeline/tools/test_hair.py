"""Hair is solved again where it was painted, nearer to the truth, and nowhere else."""

import numpy as np
import pytest
from drawn_fur import draw_fur

from pipeline.color import linear_to_adobe16
from pipeline.tools.foreground import on_white
from pipeline.tools.hair import solve_hair

BROWN, GREY, BLUE = (0.12, 0.07, 0.04), (0.8, 0.8, 0.79), (0.05, 0.2, 0.6)


@pytest.mark.parametrize(("fur", "back"), [(BROWN, GREY), (GREY, BLUE), ((0.3, 0.28, 0.25), (0.6, 0.6, 0.6))])
def test_drawn_fur_comes_at_least_a_third_nearer_to_its_matte(settings, fur, back) -> None:
    made = draw_fur(3, fur, back)
    rgb = linear_to_adobe16(made.linear)
    solved = solve_hair(rgb, made.smooth, made.region, settings.tools.hair)
    before, after = (np.abs(mask - made.matte)[made.region].sum() for mask in (made.smooth, solved))
    assert after <= before * 2 / 3
    assert (solved[~made.region] == made.smooth[~made.region]).all()
    assert (solve_hair(rgb, made.smooth, made.region, settings.tools.hair) == solved).all()
    assert np.allclose(solved * 255, np.rint(solved * 255), atol=1e-3)


def test_the_backdrop_s_colour_leaves_the_hairs(settings) -> None:
    made = draw_fur(5, BROWN, BLUE)
    rgb = linear_to_adobe16(made.linear)
    solved = solve_hair(rgb, made.smooth, made.region, settings.tools.hair)
    true = made.matte[..., None] * np.array(BROWN) + (1 - made.matte[..., None])
    white = linear_to_adobe16(true.astype(np.float32)).astype(np.float64)
    errors = [np.abs(on_white(rgb, mask) - white)[made.region].mean() for mask in (made.smooth, solved)]
    assert errors[1] < 0.6 * errors[0]


def test_nothing_painted_is_nothing_solved(settings) -> None:
    made = draw_fur(1, BROWN, GREY, side=64)
    nowhere = np.zeros_like(made.region)
    assert solve_hair(linear_to_adobe16(made.linear), made.smooth, nowhere, settings.tools.hair) is made.smooth
