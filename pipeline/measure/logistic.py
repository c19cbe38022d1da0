"""Multinomial logistic regression over readings: the one form of every small model that ships or that a studio refits.

Readings are squashed, standardised and squared, so that a model is a handful of numbers in a JSON file of
`resources/models`, made by `training/` and told about in the card beside it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from pipeline.errors import BugError
from pipeline.errors import StudioError
from pipeline.model import Reading

NUMBERS: Final = ("mean", "scale", "weights", "intercepts")
FARTHEST: Final = 4.0
"""Standard deviations beyond which a reading says no more."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Logistic:
    """A model's numbers.

    Attributes:
        features: names of the k readings, in the order of the columns.
        mean, scale: float64 k, standardisation of the squashed readings.
        weights: float64 c×2k, one row a class, over the standardised values and their squares.
        intercepts: float64 c.
        name: which model this is, for the record.
        learned: ids of the studio's images that it was refitted with.
    """

    features: tuple[str, ...]
    mean: Numbers
    scale: Numbers
    weights: Numbers
    intercepts: Numbers
    name: str
    learned: frozenset[int] = frozenset()

    def chances(self, rows: Numbers) -> Numbers:
        """Return the probability of every class for rows of readings (n×k): n×c, each row sums to 1."""
        return softmax(self.columns(rows) @ self.weights.T + self.intercepts, axis=1)

    def columns(self, rows: Numbers) -> Numbers:
        """Return what the weights are multiplied with, for rows of readings (n×k): n×2k."""
        return expand((squash(rows) - self.mean) / self.scale)

    def row_of(self, readings: Iterable[Reading]) -> Numbers:
        """Return these readings as one row (1×k). A reading that is missing is a BugError."""
        values = {reading.name: reading.value for reading in readings}
        missing = [name for name in self.features if values.get(name) is None]
        if missing:
            raise BugError(f"The model {self.name} needs the readings {missing}.")
        return np.array([[values[name] for name in self.features]], np.float64)

    def document(self) -> dict[str, Any]:
        """Return it as the JSON that `load_model` reads."""
        numbers = {name: getattr(self, name).tolist() for name in NUMBERS}
        return {"name": self.name, "features": list(self.features), **numbers}


def squash(values: Numbers) -> Numbers:
    """Return log(1 + 20·x): readings are shares, counts and ΔE with long tails (n×k → n×k)."""
    return np.log1p(20 * np.maximum(values, 0))


def expand(standard: Numbers) -> Numbers:
    """Return values (clipped to ±4) and their squares: n×k → n×2k. A reading may speak up at both its ends."""
    clipped = np.clip(standard, -FARTHEST, FARTHEST)
    return np.hstack([clipped, clipped**2])


def load_model(file_name: str, own: Path | None = None) -> Logistic:
    """Return the model of that name in the folder `own`, which a studio refitted for itself, else the shipped one.

    A studio's own model counts only while the shipped one is still the one it grew from: a newer program measures in
    another way. Raises StudioError where it is damaged.
    """
    shipped = _shipped(file_name)
    file = own / file_name if own else None
    if file is None or not file.is_file():
        return shipped
    try:
        document = json.loads(file.read_text("utf-8"))
        return _model(document) if document["base"] == shipped.name else shipped
    except (ValueError, KeyError, TypeError) as error:
        raise StudioError(f"{file} is damaged; remove it to use the shipped model, then train again.") from error


@cache
def _shipped(file_name: str) -> Logistic:
    return _model(json.loads(resources.files("resources").joinpath("models", file_name).read_text("utf-8")))


def _model(document: dict[str, Any]) -> Logistic:
    numbers = {name: np.array(document[name], np.float64) for name in NUMBERS}
    learned = frozenset(document.get("learned", ()))
    return Logistic(features=tuple(document["features"]), name=str(document["name"]), learned=learned, **numbers)
