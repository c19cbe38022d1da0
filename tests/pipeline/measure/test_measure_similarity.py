"""The fast SSIM map says what scikit-image says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies
from skimage.metrics import structural_similarity

from pipeline.measure.similarity import gradient_deviation
from pipeline.measure.similarity import similarity_map


@given(seed=strategies.integers(0, 1000), height=strategies.integers(7, 130), offset=strategies.floats(0, 200))
@settings(max_examples=25, deadline=None)
def test_the_map_is_that_of_scikit_image(seed: int, height: int, offset: float) -> None:
    rng = np.random.default_rng(seed)
    one = (offset + rng.normal(0, 20, (height, 61))).clip(0, 255).astype(np.float32)
    other = (one + rng.normal(0, 10, one.shape)).clip(0, 255).astype(np.float32)
    theirs = structural_similarity(one.astype(float), other.astype(float), data_range=255.0, full=True)[1]
    assert similarity_map(one, other, data_range=255.0) == pytest.approx(theirs, abs=1e-3)


def test_equal_images_are_alike_everywhere_and_a_hole_is_not() -> None:
    rng = np.random.default_rng(2)
    one = rng.uniform(80, 200, (200, 200)).astype(np.float32)
    assert similarity_map(one, one, data_range=255.0).min() > 0.999
    holed = one.copy()
    holed[100:110, 50:60] = 0
    values = similarity_map(one, holed, data_range=255.0)
    assert values.mean() > 0.98
    assert values[104:106, 54:56].max() < 0.3


def test_gradients_deviate_where_edges_were_lost_and_nowhere_else() -> None:
    rng = np.random.default_rng(3)
    one = rng.uniform(0, 255, (120, 160)).astype(np.float32)
    everywhere = np.ones(one.shape, bool)
    smeared = one.copy()
    smeared[:, 80:] = 127
    assert gradient_deviation(one, one, everywhere) == 0
    assert gradient_deviation(one, smeared, everywhere) > 0.2
    left = everywhere.copy()
    left[:, 70:] = False
    assert gradient_deviation(one, smeared, left) < 1e-3
    assert gradient_deviation(one, smeared, np.zeros_like(left)) is None
