"""A small trained model: readings of one photo in, the probability of simple, medium and complex out.

Shipped as `resources/models/complexity.json`, made by `training/complexity.py`, which also writes its cross-validated
figures there.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.measure.logistic import Logistic
from pipeline.measure.logistic import load_model
from pipeline.model import Complexity
from pipeline.model import Reading

FILE_NAME: Final = "complexity.json"
CLASSES: Final = (Complexity.SIMPLE, Complexity.MEDIUM, Complexity.COMPLEX)


def load_difficulty(own: Path | None = None) -> Logistic:
    """Return the difficulty model of the studio whose own models lie in `own`, else the shipped one."""
    return load_model(FILE_NAME, own)


def difficulty_chances(model: Logistic, readings: Iterable[Reading]) -> dict[Complexity, float]:
    """Return P(simple), P(medium), P(complex); they sum to 1. A reading that is missing is a BugError."""
    return dict(zip(CLASSES, model.chances(model.row_of(readings)).ravel().tolist(), strict=True))
