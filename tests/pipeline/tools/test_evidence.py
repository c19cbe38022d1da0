"""Evidence planes: an outline is a barrier, a soft shadow is none, and a hole is bare."""

import numpy as np
from studio import coverage
from studio import photographed
from studio import shaded
from studio import sweep

from pipeline.settings import Settings
from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.evidence import LEVELS
from pipeline.tools.evidence import UNREACHED
from pipeline.tools.evidence import Planes
from pipeline.tools.evidence import barrier
from pipeline.tools.evidence import look


def planes_of(rgb: np.ndarray, settings: Settings) -> Planes:
    return look(rgb, fit_backdrop(rgb), settings.tools.evidence)


def test_an_outline_is_a_barrier_even_around_the_backdrops_own_grey(settings: Settings):
    cover = coverage(300, 400, "ball")
    rgb = photographed(sweep(300, 400), cover, (0.4, 0.4, 0.4))
    seen = planes_of(rgb, settings)
    assert np.median(seen.barrier[cover == 1]) > 0.05
    assert np.median(seen.barrier[cover == 0]) < 0.02


def test_a_soft_shadow_is_no_barrier_and_keeps_the_backdrops_chromaticity(settings: Settings):
    rgb = shaded(sweep(300, 400))
    seen = planes_of(rgb, settings)
    dark = seen.share < 0.75
    assert dark.any()
    assert seen.barrier[dark].max() < 0.03
    assert np.median(seen.stray[dark]) < 3


def test_a_hole_is_bare_behind_a_barrier(settings: Settings):
    cover = coverage(300, 400, "ring")
    seen = planes_of(photographed(sweep(300, 400), cover, (0.2, 0.2, 0.3)), settings)
    hole = np.s_[140:160, 190:210]
    assert np.median(seen.near[hole]) < 9
    assert np.median(seen.barrier[hole]) > 0.05


def test_a_barrier_is_the_smallest_of_the_steps_that_every_path_must_take():
    rgb = np.zeros((9, 60, 3), np.float32)
    rgb[:, 20:40] = 0.05
    rgb[:, 40:] = 0.15
    sure = np.zeros((9, 60), bool)
    sure[:, :5] = True
    found = barrier(rgb, sure, 0.0)
    assert found[4, 2] == np.float32(LEVELS[0])
    assert 0.05 < found[4, 30] < 0.08
    assert 0.10 < found[4, 55] < 0.16


def test_what_no_path_reaches_is_unreached():
    found = barrier(np.zeros((8, 8, 3), np.float32), np.zeros((8, 8), bool), 0.0)
    assert (found == np.float32(UNREACHED)).all()


def test_the_stacked_planes_are_finite_and_scaled(settings: Settings):
    rgb = photographed(sweep(200, 300), coverage(200, 300, "box"), (0.9, 0.1, 0.1))
    stacked = planes_of(rgb, settings).stacked()
    assert stacked.shape == (200, 300, 5)
    assert stacked.dtype == np.float32
    assert np.isfinite(stacked).all()
    assert stacked.min() >= 0
    assert stacked.max() <= 1.001
