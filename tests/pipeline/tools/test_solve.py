"""Closed-form matting: exact where colours tell, the prior's word where they do not, the same on every run."""

import cv2
import numpy as np
import pytest
from studio import coverage

from pipeline.tools.solve import Prior
from pipeline.tools.solve import line_model
from pipeline.tools.solve import solve

RED, GREY = np.float32([0.5, 0.05, 0.03]), np.float32([0.3, 0.3, 0.32])
SMOOTH = 1e-6


def mixed(cover: np.ndarray, product: np.ndarray = RED, backdrop: np.ndarray = GREY) -> np.ndarray:
    return (cover[..., None] * product + (1 - cover[..., None]) * backdrop).astype(np.float32)


def prior(cover: np.ndarray, *, wish: np.ndarray | None = None, weight: float = 0.01) -> Prior:
    doubt = cv2.dilate(((cover > 0) & (cover < 1)).astype(np.uint8), np.ones((7, 7))) > 0
    guess = cv2.GaussianBlur(cover, (0, 0), 2) if wish is None else wish
    return Prior(np.where(doubt, guess, cover).astype(np.float32), np.full(cover.shape, weight, np.float32), doubt)


@pytest.mark.parametrize("draw", ["ball", "ring", "box"])
def test_two_colours_give_their_exact_mixture_back(draw: str):
    cover = coverage(160, 200, draw)
    found = solve(mixed(cover), prior(cover), smooth=SMOOTH, rounds=100)
    assert np.abs(found - cover).max() < 0.02


def test_colours_that_change_along_both_sides_still_tell():
    cover = coverage(160, 200, "ball")
    down = np.linspace(0, 1, 160, dtype=np.float32)[:, None, None]
    rgb = mixed(cover, RED * (0.4 + down), GREY * (1.3 - down))
    found = solve(rgb, prior(cover), smooth=SMOOTH, rounds=100)
    assert np.abs(found - cover).mean() < 0.1 * np.abs(cv2.GaussianBlur(cover, (0, 0), 2) - cover).mean()


def test_without_any_contrast_the_prior_speaks_where_it_is_heavy():
    cover = coverage(120, 160, "ball")
    found = solve(mixed(cover, GREY, GREY), prior(cover, wish=cover, weight=1.0), smooth=SMOOTH, rounds=100)
    assert ((found > 0.5) == (cover > 0.5)).mean() > 0.995
    assert abs(float((found - cover).sum())) < 0.01 * cover.sum()


def test_what_is_not_in_doubt_is_not_touched():
    cover = coverage(120, 160, "ring")
    belief = prior(cover)
    found = solve(mixed(cover), belief, smooth=SMOOTH, rounds=20)
    assert np.array_equal(found[~belief.doubt], belief.mask[~belief.doubt])


def test_without_doubt_there_is_nothing_to_solve():
    cover = np.zeros((9, 9), np.float32)
    sure = Prior(cover, np.ones_like(cover), np.zeros(cover.shape, bool))
    assert (solve(mixed(cover), sure, smooth=SMOOTH, rounds=5) == 0).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (2, 2), (3, 3), (5, 4)])
def test_doubt_up_to_the_border_of_any_picture_is_solved(shape: tuple[int, int]):
    random = np.random.default_rng(3)
    wish = random.random(shape, np.float32)
    belief = Prior(wish, np.full(shape, 0.1, np.float32), np.ones(shape, bool))
    found = solve(random.random((*shape, 3), np.float32), belief, smooth=SMOOTH, rounds=50)
    assert np.isfinite(found).all()
    assert found.shape == shape


def test_the_solution_is_where_the_energy_is_least():
    """Against the dense Laplacian, written down window by window as in the paper."""
    random = np.random.default_rng(1)
    rgb, wish = random.random((6, 7, 3), np.float32), random.random((6, 7), np.float32)
    laplacian = np.zeros((42, 42))
    for row in range(1, 5):
        for column in range(1, 6):
            who = [(row + a) * 7 + column + b for a in (-1, 0, 1) for b in (-1, 0, 1)]
            colours = rgb.reshape(-1, 3)[who].astype(np.float64)
            away = colours - colours.mean(axis=0)
            middle = np.linalg.inv(away.T @ away / 9 + 1e-3 * np.eye(3))
            laplacian[np.ix_(who, who)] += np.eye(9) - (1 + away @ middle @ away.T) / 9
    wanted = np.linalg.solve(laplacian + 0.1 * np.eye(42), 0.1 * wish.ravel()).reshape(6, 7)
    belief = Prior(wish, np.full((6, 7), 0.1, np.float32), np.ones((6, 7), bool))
    assert np.abs(solve(rgb, belief, smooth=1e-3, rounds=200) - wanted).max() < 5e-3


def test_the_line_model_draws_the_same_edge_on_a_larger_picture():
    cover = coverage(480, 600, "ball")
    small = cv2.resize(cover, (200, 160), interpolation=cv2.INTER_AREA)
    plan = cv2.resize(line_model(mixed(small), small, SMOOTH), (600, 480), interpolation=cv2.INTER_LINEAR)
    lifted = (mixed(cover) * plan[..., :3]).sum(axis=2) + plan[..., 3]
    edge = (cover > 0) & (cover < 1)
    assert np.abs(lifted - cover)[edge].mean() < 0.03
