"""The backdrop is fitted from what is backdrop, and from nothing else."""

import numpy as np
from studio import coverage
from studio import photographed
from studio import sweep

from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.backdrop import widest


def test_a_bare_sweep_is_explained_within_its_noise():
    rgb = sweep()
    rest = fit_backdrop(rgb).difference(rgb)
    assert np.abs(rest).mean() < 0.006
    assert np.percentile(widest(rest), 99) < 0.02


def test_a_product_does_not_pull_the_surface():
    clean = sweep(noise=0.0)
    cover = coverage(480, 640, "ball")
    surface = fit_backdrop(photographed(clean, cover, (0.1, 0.1, 0.1))).at(640, 480)
    assert np.abs(surface - clean).max() < 0.03


def test_the_difference_is_large_on_the_product_and_small_beside_it():
    cover = coverage(480, 640, "ball")
    rgb = photographed(sweep(), cover, (0.8, 0.2, 0.2))
    distance = widest(fit_backdrop(rgb).difference(rgb))
    assert distance[cover == 1].min() > 0.2
    assert np.percentile(distance[cover == 0], 99) < 0.03


def test_the_noise_is_measured():
    for sigma in (0.004, 0.012):
        found = fit_backdrop(sweep(noise=sigma)).noise
        assert np.all(np.abs(found - sigma) < 0.2 * sigma)


def test_the_same_pixels_give_the_same_backdrop_bit_for_bit():
    rgb = photographed(sweep(), coverage(480, 640, "ring"), (0.3, 0.4, 0.7))
    first, second = fit_backdrop(rgb), fit_backdrop(rgb.copy())
    assert np.array_equal(first.surface, second.surface)
    assert np.array_equal(first.sure, second.sure)


def test_blown_out_white_counts_as_explained():
    rgb = np.clip(sweep(level=1.0, noise=0.002), 0, 1)
    rest = fit_backdrop(rgb).difference(rgb)
    assert np.percentile(widest(rest), 99) < 0.02


def test_odd_and_tiny_frames_are_fitted_too():
    for shape in ((37, 411), (3, 5), (500, 31)):
        rgb = np.full((*shape, 3), 0.5, np.float32)
        assert np.abs(fit_backdrop(rgb).difference(rgb)).max() < 1e-3


def test_a_picture_one_pixel_wide_has_a_backdrop_too() -> None:
    for shape in ((1024, 1, 3), (1, 1024, 3), (1, 1, 3)):
        assert np.isfinite(fit_backdrop(np.full(shape, 0.7, np.float32)).noise).all()
