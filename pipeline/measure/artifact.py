"""A small trained model: readings of one result in, the probability that a person would send it back out.

Logistic regression over squashed readings, shipped as JSON (`resources/models/artifact.json`) and made by
`training/artifact.py` from faults seeded into rendered frames; its card beside it tells how well it is calibrated. Many
readings that are each a little high say together what no single limit says.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import StudioError
from pipeline.measure.difficulty import Difficulty
from pipeline.measure.difficulty import expand
from pipeline.measure.difficulty import squash
from pipeline.model import Reading

FILE_NAME: Final = "artifact.json"
FEATURES: Final = (
    *("edge_width", "halo", "jaggedness", "fringe", "fringe_share", "lost_parts", "filled_holes", "strays"),
    *("small_holes", "wisps", "backdrop_left", "shadow_left", "product_changed", "unasked_shift", "grain_changed"),
    *("blockiness", "burnt", "smear", "repeats", "seam", "off_center"),
)
CLEAN_VALUES: Final = {"edge_width": 1.0, "blockiness": 1.0}
"""What a reading counts as where it was not measured; the others count as 0."""


def features_of(readings: Iterable[Reading], names: tuple[str, ...] = FEATURES) -> NDArray[np.float64]:
    """Return the model's row (n) of these readings: sizes, since a mask may be too large or too small."""
    values = {reading.name: reading.value for reading in readings}
    found = [values.get(name) for name in names]
    return np.array(
        [
            abs(value) if value is not None else CLEAN_VALUES.get(name, 0.0)
            for name, value in zip(names, found, strict=True)
        ]
    )


def artifact_probability(model: Difficulty, readings: Iterable[Reading]) -> float:
    """Return P(artifact), 0..1: the second of the model's two classes."""
    row = features_of(readings, model.features)[None]
    logits = expand((squash(row) - model.mean) / model.scale) @ model.weights.T + model.intercepts
    odds = np.exp(logits - logits.max())
    return float((odds / odds.sum())[0, 1])


def read_artifact(model: Difficulty, readings: Iterable[Reading]) -> Reading:
    """Return "artifact": P(artifact) by `model`, ratio; the detail says which model, for the record."""
    return Reading("artifact", artifact_probability(model, readings), "ratio", model.name)


@lru_cache(maxsize=2)
def load_artifact(own: Path | None = None) -> Difficulty:
    """Return the model in the folder `own`, which a studio refitted for itself, else the shipped one.

    The same form as the difficulty model, with the classes "clean" and "artifact". Raises StudioError where the
    studio's own is damaged; it counts only while the shipped one is the one it grew from.
    """
    text = resources.files("resources").joinpath("models", FILE_NAME).read_text("utf-8")
    shipped = _model(json.loads(text))
    file = own / FILE_NAME if own else None
    if file is None or not file.is_file():
        return shipped
    try:
        document = json.loads(file.read_text("utf-8"))
        return _model(document) if document["base"] == shipped.name else shipped
    except (ValueError, KeyError, TypeError) as error:
        raise StudioError(f"{file} is damaged; remove it to use the shipped model, then train again.") from error


def _model(document: dict[str, Any]) -> Difficulty:
    numbers = {name: np.array(document[name], np.float64) for name in ("mean", "scale", "weights", "intercepts")}
    learned = frozenset(document.get("learned", ()))
    return Difficulty(features=tuple(document["features"]), name=str(document["name"]), learned=learned, **numbers)
