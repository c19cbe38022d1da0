"""Make `resources/models/artifact.json`: readings of seeded faults in, a small calibrated logistic model out.

    python -m training.artifact FRAMES [FRAMES …] [--cases 8] [--out resources/models/artifact.json]

FRAMES are folders written by `training.render`; small frames are enlarged to 1,000 px. Every frame gives a few
correct results and `--cases` faulty ones, by training seeds, which no benchmark shares. Figures are cross-validated
over frames. Products of held-out seeds (every 16th) are left out.
"""

import argparse
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from sklearn.metrics import roc_auc_score

from pipeline.measure.artifact import FEATURES
from pipeline.measure.artifact import features_of
from training.defects.base import Studio
from training.defects.base import cut_base
from training.defects.base import judged
from training.defects.base import moved
from training.defects.base import open_studio
from training.defects.base import read_coverage
from training.defects.base import read_rgb
from training.defects.catalog import CONTROLS
from training.defects.catalog import KINDS
from training.defects.catalog import is_visible
from training.defects.places import NoPlaceError
from training.defects.seeds import training_seed
from training.logistic import Examples
from training.logistic import fit

SIDE = 1000
HELD_OUT = 16
BINS = 8
FREEDOM = 0.1
"""Of 0.3 and 0.1 the better calibrated one, cross-validated (0.043 and 0.024)."""


def usable_frames(folders: list[Path], limit: int) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Yield name, picture and coverage of frames whose product lies whole and large enough in the photo."""
    found = 0
    for file in (file for folder in folders for file in sorted(folder.glob("*-0.alpha.png"))):
        name = file.name.removesuffix(".alpha.png")
        if found >= limit or int(name.split("-")[0]) % HELD_OUT == 0:
            continue
        rgb, coverage = read_rgb(file.with_name(f"{name}.png")), read_coverage(file)
        rim = max(coverage[0].max(), coverage[-1].max(), coverage[:, 0].max(), coverage[:, -1].max())
        if (coverage > 0.5).mean() < 0.03 or rim > 0.05:
            continue
        if max(coverage.shape) < SIDE:
            rgb = cv2.resize(rgb, (SIDE, SIDE), interpolation=cv2.INTER_LANCZOS4)
            coverage = np.clip(cv2.resize(coverage, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), 0, 1)
        found += 1
        yield name, rgb, coverage


def rows_of(name: str, rgb: np.ndarray, coverage: np.ndarray, cases: int, studio: Studio) -> Iterator[tuple]:
    """Yield features, label and kind of correct results (plain, mirrored, well filled) and of visible faults."""
    start = cut_base(name, rgb, coverage, studio)
    number = zlib.crc32(name.encode())
    mirrored = cut_base(name, _noisier(rgb[:, ::-1], training_seed(number)), coverage[:, ::-1], studio)
    yield from ((features_of(judged(item, studio).readings), 0, "clean") for item in (start, mirrored))
    order = [*CONTROLS, *training_seed(number).permutation(list(KINDS))]
    made = 0
    for kind in order:
        if made == cases:
            return
        rules, rng = (KINDS | CONTROLS)[kind], training_seed(number, zlib.crc32(str(kind).encode()))
        strength = float(rng.choice([each for each in rules.strengths if kind in CONTROLS or rules.is_seen_at(each)]))
        try:
            item, place = rules.make(start, strength, rng, studio)
        except NoPlaceError:
            continue
        correct = start if item.frame == start.frame else moved(start, item.frame, studio)
        if kind in CONTROLS or is_visible(rules, strength, correct.result, item.result, place):
            made += kind in KINDS
            yield features_of(judged(item, studio).readings), int(kind in KINDS), str(kind)


def _noisier(rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    curved = (rgb / 255.0) ** rng.uniform(0.9, 1.12) * 255 + rng.normal(0, 1.2, rgb.shape)
    return np.clip(np.rint(curved), 0, 255).astype(np.uint8)


def fit_as_on_a_day(examples: Examples, faulty_share: float) -> dict:
    """Return the model's document with its cross-validated figures.

    Cases are weighted as if `faulty_share` of the results had a fault, as on a real day, though more were seeded.
    """
    labels = examples.labels
    weights = np.where(labels == 1, faulty_share / labels.mean(), (1 - faulty_share) / (1 - labels.mean()))
    document, held_back = fit("artifact", examples, weights, FREEDOM)
    return document | {"figures": {"faulty_share": faulty_share} | figures(held_back[:, 1], labels, weights)}


def figures(chances: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> dict:
    """Return Brier score, log loss, calibration error and the reliability diagram's bins (mean said, share true, n).

    All weighted; `ranked` is the area under the curve of recall over false alarms, which no weight changes much.
    """
    edges = np.quantile(chances, np.linspace(0, 1, BINS + 1))
    owner = np.clip(np.searchsorted(edges, chances, side="right") - 1, 0, BINS - 1)
    clipped = np.clip(chances, 1e-6, 1 - 1e-6)
    loss = -(labels * np.log(clipped) + (1 - labels) * np.log(1 - clipped))
    bins, apart = [], 0.0
    for each in np.unique(owner):
        there = owner == each
        said, true = (float(np.average(values[there], weights=weights[there])) for values in (chances, labels))
        apart += abs(said - true) * float(weights[there].sum() / weights.sum())
        bins.append([round(said, 4), round(true, 4), int(there.sum())])
    return {
        "cases": len(labels),
        "seeded_share": round(float(labels.mean()), 4),
        "brier": round(float(np.average((chances - labels) ** 2, weights=weights)), 4),
        "log_loss": round(float(np.average(loss, weights=weights)), 4),
        "ranked": round(float(roc_auc_score(labels, chances)), 4),
        "calibration_error": round(apart, 4),
        "reliability": bins,
    }


def diagram(bins: list) -> str:
    """Return the reliability diagram as SVG: what the model said against what was true, dots by number of cases."""
    dots = "".join(
        f'<circle cx="{40 + 320 * said:.1f}" cy="{360 - 320 * true:.1f}" r="{3 + count**0.5 / 3:.1f}"'
        f' fill="#2f6fb3" fill-opacity="0.8"><title>{count} cases</title></circle>'
        for said, true, count in bins
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" font-family="sans-serif" font-size="13">'
        '<rect width="400" height="400" fill="#fff"/><path d="M40 360V40M40 360H360" stroke="#444" fill="none"/>'
        '<path d="M40 360L360 40" stroke="#999" stroke-dasharray="4"/>'
        f'{dots}<text x="200" y="390" text-anchor="middle">P(artifact), said</text>'
        '<text x="16" y="200" text-anchor="middle" transform="rotate(-90 16 200)">share with an artifact</text></svg>\n'
    )


def main() -> None:
    """Seed, judge, fit, write the model and its diagram, print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("frames", type=Path, nargs="+")
    parser.add_argument("--cases", type=int, default=8)
    parser.add_argument("--limit", type=int, default=200, help="so many frames get faults")
    parser.add_argument("--clean", type=int, default=0, help="so many further ones only show how correct results read")
    parser.add_argument("--faulty-share", type=float, default=0.09, help="how many results have a fault on a real day")
    parser.add_argument("--out", type=Path, default=Path("resources/models/artifact.json"))
    parser.add_argument("--diagram", type=Path, default=Path("docs/artifact-reliability.svg"))
    arguments = parser.parse_args()
    studio, rows, labels, groups = open_studio(), [], [], []
    for index, frame in enumerate(usable_frames(arguments.frames, arguments.limit + arguments.clean)):
        cases = arguments.cases if index < arguments.limit else 0
        for row, label, _ in rows_of(*frame, cases, studio):
            rows.append(row)
            labels.append(label)
            groups.append(index)
        print(index, frame[0], len(rows), flush=True)
    examples = Examples(FEATURES, np.array(rows), np.array(labels), np.array(groups))
    document = fit_as_on_a_day(examples, arguments.faulty_share)
    arguments.out.write_text(json.dumps(document) + "\n", "utf-8")
    arguments.diagram.write_text(diagram(document["figures"]["reliability"]), "utf-8")
    print(json.dumps(document["figures"]))


if __name__ == "__main__":
    main()
