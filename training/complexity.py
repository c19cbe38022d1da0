"""Make `resources/models/complexity.json`: readings of generated frames in, a small logistic model out.

    python -m training.complexity FRAMES [--out resources/models/complexity.json]

FRAMES is a folder written by `training.render`. Each frame is read twice, with the draft of the shipped embedded engine
and with its exact matte: at work drafts are made from larger copies and lie between the two. Figures are
cross-validated over products, never over views of one product.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity
from pipeline.measure.difficulty import CLASSES
from pipeline.settings import load_settings
from pipeline.tools.toolbox import open_toolbox
from training.logistic import Examples
from training.logistic import confusion
from training.logistic import fit


def read_examples(frames: Path, limit: int) -> Examples:
    """Return the readings of the frames in a folder, their classes, and their products' seeds as groups."""
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
    return Examples(names, np.array(rows, np.float64), np.array(labels), np.array(groups))


def main() -> None:
    """Read frames, fit, write the model and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", type=Path)
    parser.add_argument("--out", type=Path, default=Path("resources/models/complexity.json"))
    parser.add_argument("--limit", type=int, default=4000)
    arguments = parser.parse_args()
    examples = read_examples(arguments.frames, arguments.limit)
    document, held_back = fit("complexity", examples)
    document["figures"] = confusion(examples, held_back, tuple(item.value for item in CLASSES))
    arguments.out.write_text(json.dumps(document) + "\n", "utf-8")
    print(json.dumps(document["figures"]))


if __name__ == "__main__":
    main()
