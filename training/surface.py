"""Make `resources/models/surface.json`: what generated products are made of, told from their readings.

    python -m training.surface FRAMES [--out resources/models/surface.json]

FRAMES is a folder written by `training.render` and described by `training.surfaces`. A frame counts for the kind that
covers more than half of its product; each is read with the engine's draft and with its exact matte.
"""

import argparse
import json
import warnings
from pathlib import Path

import cv2
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import GroupKFold
from sklearn.model_selection import cross_val_predict

from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity
from pipeline.measure.difficulty import expand
from pipeline.measure.difficulty import squash
from pipeline.measure.image_class import SURFACES
from pipeline.measure.surface import read_surface
from pipeline.settings import load_settings
from pipeline.tools.toolbox import open_toolbox

INVERSE_REGULARISATION = 0.3
MORE_THAN = 0.5


def _labels(frames: Path) -> dict[int, int]:
    found = {}
    for line in (frames / "surfaces.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        for name, share in record["shares"].items():
            if share > MORE_THAN:
                found[record["seed"]] = SURFACES.index(name)
    return found


def _picture(path: Path) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED).astype(np.float32) / 255


def read_rows(frames: Path) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Return reading names, values (n×k), class indices (n) and product seeds (n) of the frames in a folder."""
    engine, labels = open_toolbox(load_settings()).segmenter("embedded"), _labels(frames)
    names: tuple[str, ...] = ()
    rows, kinds, seeds = [], [], []
    for line in (frames / "frames.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["seed"] not in labels or record["coverage"] < 0.004:
            continue
        rgb = np.ascontiguousarray(_picture(frames / f"{record['name']}.png")[..., ::-1])
        for draft in (engine.segment(rgb), _picture(frames / f"{record['name']}.alpha.png")):
            look = look_at(rgb, draft)
            readings = (*read_complexity(look), *read_surface(look))
            names = tuple(reading.name for reading in readings)
            rows.append([reading.value or 0.0 for reading in readings])
            kinds.append(labels[record["seed"]])
            seeds.append(record["seed"])
    return names, np.array(rows), np.array(kinds), np.array(seeds)


def fit(names: tuple[str, ...], rows: np.ndarray, kinds: np.ndarray, seeds: np.ndarray) -> dict:
    """Return the model's document with its cross-validated confusion matrix (folds never split a product)."""
    squashed = squash(rows)
    mean, scale = squashed.mean(axis=0), squashed.std(axis=0) + 1e-9
    columns = expand((squashed - mean) / scale)
    model = LogisticRegression(C=INVERSE_REGULARISATION, class_weight="balanced", max_iter=5000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        guesses = cross_val_predict(model, columns, kinds, groups=seeds, cv=GroupKFold(5))
        model.fit(columns, kinds)
    return {
        "name": f"surface-{len(rows)}",
        "features": list(names),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": model.coef_.round(6).tolist(),
        "intercepts": model.intercept_.round(6).tolist(),
        "figures": {
            "readings": len(rows),
            "classes": list(SURFACES),
            "cross_validated_confusion": confusion_matrix(kinds, guesses).tolist(),
            "cross_validated_accuracy": round(float((guesses == kinds).mean()), 4),
        },
    }


def main() -> None:
    """Read frames, fit, write the model and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", type=Path)
    parser.add_argument("--out", type=Path, default=Path("resources/models/surface.json"))
    arguments = parser.parse_args()
    document = fit(*read_rows(arguments.frames))
    arguments.out.write_text(json.dumps(document) + "\n", "utf-8")
    print(json.dumps(document["figures"]))


if __name__ == "__main__":
    main()
