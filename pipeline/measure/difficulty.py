"""A small trained model: readings of one photo in, the probability of simple, medium and complex out.

Multinomial logistic regression over squashed readings, shipped as JSON (`resources/models/complexity.json`) and made
by `training/complexity.py`, which also writes its cross-validated figures beside it.
"""

import json
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.model import Complexity
from pipeline.model import Reading

CLASSES = (Complexity.SIMPLE, Complexity.MEDIUM, Complexity.COMPLEX)


@dataclass(frozen=True, eq=False)
class Difficulty:
    """The model's numbers.

    Attributes:
        features: names of the readings, in the order of the columns.
        mean, scale: float64 n, standardisation of the squashed readings.
        weights: float64 3×2n, one row a class, over the standardised values and their squares.
        intercepts: float64 3.
        name: which model this is, for the record.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    name: str

    def probabilities(self, readings: Iterable[Reading]) -> dict[Complexity, float]:
        """Return P(simple), P(medium), P(complex); they sum to 1. A reading that is missing is a BugError."""
        values = {reading.name: reading.value for reading in readings}
        missing = [name for name in self.features if values.get(name) is None]
        if missing:
            raise BugError(f"The difficulty model needs the readings {missing}.")
        row = np.array([[values[name] for name in self.features]], np.float64)
        logits = expand((squash(row) - self.mean) / self.scale) @ self.weights.T + self.intercepts
        odds = np.exp(logits - logits.max())
        return dict(zip(CLASSES, (odds / odds.sum()).ravel().tolist(), strict=True))


def squash(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(1 + 20·x): readings are shares, counts and ΔE with long tails (n×k → n×k)."""
    return np.log1p(20 * np.maximum(values, 0))


def expand(standard: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values (clipped to ±4) and their squares: n×k → n×2k. A reading may speak up at both its ends."""
    clipped = np.clip(standard, -4, 4)
    return np.hstack([clipped, clipped**2])


def load_difficulty(document: Mapping[str, Any] | None = None) -> Difficulty:
    """Return the shipped model, or the one in `document` (the JSON of `training/complexity.py`)."""
    if document is None:
        text = resources.files("resources").joinpath("models/complexity.json").read_text("utf-8")
        document = json.loads(text)
    return Difficulty(
        features=tuple(document["features"]),
        mean=np.array(document["mean"]),
        scale=np.array(document["scale"]),
        weights=np.array(document["weights"]),
        intercepts=np.array(document["intercepts"]),
        name=str(document["name"]),
    )
