"""Make `resources/models/surface.json`: what generated products are made of, told from their readings.

    python -m training.surface FRAMES [--out resources/models/surface.json]

FRAMES is a folder written by `training.render` and described by `training.surfaces`. A frame counts for the kind that
covers more than half of its product; each is read with the engine's draft and with its exact matte.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity
from pipeline.measure.image_class import SURFACES
from pipeline.measure.surface import read_surface
from pipeline.settings import load_settings
from pipeline.tools.toolbox import open_toolbox
from training.logistic import Examples
from training.logistic import confusion
from training.logistic import fit

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


def read_examples(frames: Path) -> Examples:
    """Return the readings of the frames in a folder, their surfaces, and their products' seeds as groups."""
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
    return Examples(names, np.array(rows), np.array(kinds), np.array(seeds))


def main() -> None:
    """Read frames, fit, write the model and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", type=Path)
    parser.add_argument("--out", type=Path, default=Path("resources/models/surface.json"))
    arguments = parser.parse_args()
    examples = read_examples(arguments.frames)
    document, held_back = fit("surface", examples)
    document["figures"] = confusion(examples, held_back, SURFACES)
    arguments.out.write_text(json.dumps(document) + "\n", "utf-8")
    print(json.dumps(document["figures"]))


if __name__ == "__main__":
    main()
