"""A small trained model: readings of one photo in, the probability of simple, medium and complex out.

Multinomial logistic regression over squashed readings, shipped as JSON (`resources/models/complexity.json`) and made
by `training/complexity.py`, which also writes its cross-validated figures beside it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.errors import StudioError
from pipeline.model import Complexity
from pipeline.model import Reading

FILE_NAME = "complexity.json"
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
        learned: ids of the studio's images that it was refitted with.
    """

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    name: str
    learned: frozenset[int] = frozenset()

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

    def document(self) -> dict[str, Any]:
        """Return it as the JSON that `load_difficulty` reads."""
        numbers = {name: getattr(self, name).tolist() for name in ("mean", "scale", "weights", "intercepts")}
        return {"name": self.name, "features": list(self.features), **numbers}


def squash(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log(1 + 20·x): readings are shares, counts and ΔE with long tails (n×k → n×k)."""
    return np.log1p(20 * np.maximum(values, 0))


def expand(standard: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values (clipped to ±4) and their squares: n×k → n×2k. A reading may speak up at both its ends."""
    clipped = np.clip(standard, -4, 4)
    return np.hstack([clipped, clipped**2])


def load_difficulty(own: Path | None = None) -> Difficulty:
    """Return the model in the folder `own`, which a studio refitted for itself, else the shipped one.

    A studio's own model counts only while the shipped one is still the one it grew from: a newer program reads photos
    in another way. Raises StudioError where it is damaged.
    """
    text = resources.files("resources").joinpath("models", FILE_NAME).read_text("utf-8")
    shipped = _difficulty(json.loads(text))
    file = own / FILE_NAME if own else None
    if file is None or not file.is_file():
        return shipped
    try:
        document = json.loads(file.read_text("utf-8"))
        return _difficulty(document) if document["base"] == shipped.name else shipped
    except (ValueError, KeyError, TypeError) as error:
        raise StudioError(f"{file} is damaged; remove it to use the shipped model, then train again.") from error


def _difficulty(document: dict[str, Any]) -> Difficulty:
    return Difficulty(
        features=tuple(document["features"]),
        mean=np.array(document["mean"], np.float64),
        scale=np.array(document["scale"], np.float64),
        weights=np.array(document["weights"], np.float64),
        intercepts=np.array(document["intercepts"], np.float64),
        name=str(document["name"]),
        learned=frozenset(document.get("learned", ())),
    )
