"""A small trained model: readings of one result in, the probability that a person would send it back out.

Shipped as `resources/models/artifact.json`, made by `training/artifact.py` from faults seeded into rendered frames; its
card beside it tells how well it is calibrated. Many readings that are each a little high say together what no single
limit says.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.measure.logistic import Logistic
from pipeline.measure.logistic import load_model
from pipeline.model import Evidence
from pipeline.model import Reading

FILE_NAME: Final = "artifact.json"
CLASSES: Final = ("clean", "artifact")
FEATURES: Final = (
    *("edge_width", "halo", "jaggedness", "fringe", "fringe_share", "lost_parts", "filled_holes", "strays"),
    *("small_holes", "wisps", "backdrop_left", "shadow_left", "product_changed", "unasked_shift", "grain_changed"),
    *("blockiness", "burnt", "smear", "repeats", "seam", "off_center", "fading"),
)
CLEAN_VALUES: Final = {"edge_width": 1.0, "blockiness": 1.0}
"""What a reading counts as where it was not measured; the others count as 0."""


def features_of(readings: Iterable[Reading], names: Sequence[str] = FEATURES) -> NDArray[np.float64]:
    """Return the model's row (k) of these readings: sizes, since a mask may be too large or too small."""
    values = {reading.name: reading.value for reading in readings}
    found = [values.get(name) for name in names]
    sizes = [
        abs(value) if value is not None else CLEAN_VALUES.get(name, 0.0)
        for name, value in zip(names, found, strict=True)
    ]
    return np.array(sizes, np.float64)


def artifact_probability(model: Logistic, readings: Iterable[Reading]) -> float:
    """Return P(artifact), 0..1: the second of the model's two classes."""
    return float(model.chances(features_of(readings, model.features)[None])[0, 1])


def read_artifact(model: Logistic, readings: Sequence[Reading]) -> Reading:
    """Return "artifact": P(artifact) by `model`, ratio, with the evidence of the reading that speaks loudest for it.

    How loud a reading speaks is by how much the log odds fall where it is as on a faultless result. The detail names
    the model and that reading.
    """
    row = features_of(readings, model.features)
    faultless = np.tile(row, (len(row), 1))
    np.fill_diagonal(faultless, features_of((), model.features))
    odds = np.diff(np.log(model.chances(np.vstack([row, faultless]))), axis=1).ravel()
    loudest = model.features[int(np.argmin(odds[1:]))]
    evidence = next((each.evidence for each in readings if each.name == loudest), Evidence())
    speaks = odds[1:].min() < odds[0]
    detail = f"{model.name}, most of all for {loudest}" if speaks else model.name
    return Reading("artifact", float(1 / (1 + np.exp(-odds[0]))), "ratio", detail, evidence if speaks else Evidence())


def load_artifact(own: Path | None = None) -> Logistic:
    """Return the artifact model of the studio whose own models lie in `own`, else the shipped one."""
    return load_model(FILE_NAME, own)
