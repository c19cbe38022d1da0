"""Two families of seeds that never meet: what a model learned from is never what it is examined with."""

from typing import Final

import numpy as np

BENCH: Final = 1
TRAINING: Final = 2


def bench_seed(*numbers: int) -> np.random.Generator:
    """Return the generator of one benchmark case."""
    return np.random.default_rng((BENCH, *numbers))


def training_seed(*numbers: int) -> np.random.Generator:
    """Return the generator of one training case."""
    return np.random.default_rng((TRAINING, *numbers))
