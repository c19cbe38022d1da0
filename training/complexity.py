"""Make `resources/models/complexity.json`: readings of generated frames in, a small logistic model out.

    python -m training.complexity FRAMES [--out resources/models/complexity.json]

FRAMES is a folder written by `training.render`. Each frame is read twice, with the draft of the shipped embedded engine
and with its exact matte: at work drafts are made from larger copies and lie between the two. Figures are
cross-validated over products, never over views of one product.
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
from pipeline.measure.difficulty import CLASSES
from pipeline.measure.difficulty import expand
from pipeline.measure.difficulty import squash
from pipeline.settings import load_settings
from pipeline.tools.toolbox import open_toolbox

INVERSE_REGULARISATION = 0.3
FOLDS = 5


def read_rows(frames: Path, limit: int) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Return reading names, values (n×k), class indices (n) and product seeds (n) of the frames in a folder."""
    engine = open_toolbox(load_settings()).segmenter("embedded")
    names: tuple[str, ...] = ()
    rows, labels, groups = [], [], []
    for line in (frames / "frames.jsonl").read_text("utf-8").splitlines()[:limit]:
        record = json.loads(line)
        if record["edge_class"] not in [item.value for item in CLASSES]:
            continue
        picture = cv2.imdecode(
            np.frombuffer((frames / f"{record['name']}.png").read_bytes(), np.uint8), cv2.IMREAD_COLOR
        )
        rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB).astype(np.float32) / 255
        alpha = (frames / f"{record['name']}.alpha.png").read_bytes()
        matte = cv2.imdecode(np.frombuffer(alpha, np.uint8), cv2.IMREAD_GRAYSCALE).astype(np.float32) / 255
        for draft in (engine.segment(rgb), matte):
            readings = read_complexity(look_at(rgb, draft))
            names = tuple(reading.name for reading in readings)
            rows.append([reading.value or 0.0 for reading in readings])
            labels.append([item.value for item in CLASSES].index(record["edge_class"]))
            groups.append(record["seed"])
    return names, np.array(rows, np.float64), np.array(labels), np.array(groups)


def fit(names: tuple[str, ...], rows: np.ndarray, labels: np.ndarray, groups: np.ndarray) -> dict:
    """Return the model's document with its cross-validated confusion matrix."""
    squashed = squash(rows)
    mean, scale = squashed.mean(axis=0), squashed.std(axis=0) + 1e-9
    columns = expand((squashed - mean) / scale)
    model = LogisticRegression(C=INVERSE_REGULARISATION, class_weight="balanced", max_iter=5000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        guesses = cross_val_predict(model, columns, labels, groups=groups, cv=GroupKFold(FOLDS))
        model.fit(columns, labels)
    return {
        "name": f"complexity-{len(rows)}",
        "features": list(names),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": model.coef_.round(6).tolist(),
        "intercepts": model.intercept_.round(6).tolist(),
        "figures": {
            "frames": len(rows),
            "classes": [item.value for item in CLASSES],
            "cross_validated_confusion": confusion_matrix(labels, guesses).tolist(),
            "cross_validated_accuracy": round(float((guesses == labels).mean()), 4),
        },
    }


def main() -> None:
    """Read frames, fit, write the model and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", type=Path)
    parser.add_argument("--out", type=Path, default=Path("resources/models/complexity.json"))
    parser.add_argument("--limit", type=int, default=4000)
    arguments = parser.parse_args()
    document = fit(*read_rows(arguments.frames, arguments.limit))
    arguments.out.write_text(json.dumps(document) + "\n", "utf-8")
    print(json.dumps(document["figures"]))


if __name__ == "__main__":
    main()
