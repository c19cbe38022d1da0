"""`whitepoint train complexity`: from the studio's decisions to its own difficulty model, and only when not worse."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix

from pipeline.batch.learning import Lesson
from pipeline.batch.learning import lesson_of
from pipeline.errors import KnownError
from pipeline.measure.difficulty import CLASSES
from pipeline.measure.difficulty import FILE_NAME
from pipeline.measure.difficulty import Difficulty
from pipeline.measure.difficulty import load_difficulty
from pipeline.measure.refit import held_back
from pipeline.measure.refit import probabilities
from pipeline.measure.refit import refit
from pipeline.model import Decision
from pipeline.settings import Settings
from pipeline.stages.classify import judge
from pipeline.store.store import Store


@dataclass(frozen=True)
class Trial:
    """One model on held-back decisions: rows of `confusion` are what images turned out to be, columns what it says."""

    name: str
    confusion: tuple[tuple[int, ...], ...]

    @property
    def right(self) -> int:
        """How many it judges exactly right."""
        return sum(row[index] for index, row in enumerate(self.confusion))

    @property
    def missed(self) -> int:
        """How many it takes for easier than they turned out: the mistake that costs most."""
        return sum(sum(row[:index]) for index, row in enumerate(self.confusion))


@dataclass(frozen=True)
class Training:
    """What a refit came to; `file` is where the new model lies, None where the old one was kept."""

    decisions: int
    fresh: int
    old: Trial
    new: Trial
    file: Path | None


def train_complexity(store: Store, settings: Settings) -> Training:
    """Refit the difficulty model from the decisions of this studio, and switch to it when it is not worse.

    Both models are judged on the images that the old one has not learned from, the new one as refitted without them
    (cross-validated over products). It replaces the old one when it is right at least as often and misses no more;
    the old one is kept beside it. Raises KnownError when there are too few decided images.
    """
    limits, models = settings.training, store.folder / "models"
    old, shipped = load_difficulty(models), load_difficulty()
    lessons = [each for each in _lessons(store, settings) if _has_all(each, shipped)]
    fresh = np.array([each.image not in old.learned for each in lessons], bool)
    if fresh.sum() < limits.min_decisions:
        since = " since the last time" if old.learned else ""
        raise KnownError(
            f"{fresh.sum():,} decided images say something about difficulty{since}, and {limits.min_decisions:,} are"
            " needed; train again when more are decided."
        )
    rows, labels, products = _table(lessons, shipped)
    if len(set(products.tolist())) < limits.folds:
        raise KnownError(f"The decisions are about fewer than {limits.folds} products; train when there are more.")
    chances = held_back(shipped, rows, labels, products, strength=limits.prior_strength, folds=limits.folds)
    name = f"{shipped.name}+{len(lessons)}"
    before = _trial(old.name, probabilities(old, rows)[fresh], labels[fresh], settings)
    after = _trial(name, chances[fresh], labels[fresh], settings)
    file = None
    if after.right >= before.right and after.missed <= before.missed:
        model = refit(shipped, rows, labels, strength=limits.prior_strength, name=name)
        file = _keep(models, model, shipped, lessons, after)
    return Training(len(lessons), int(fresh.sum()), before, after, file)


def _lessons(store: Store, settings: Settings) -> list[Lesson]:
    decided: dict[int, list[Decision]] = {}
    for decision in store.all_decisions():
        decided.setdefault(decision.image, []).append(decision)
    found = (
        lesson_of(store.entry(image).record, store.versions(image), decisions, settings)
        for image, decisions in decided.items()
    )
    return [lesson for lesson in found if lesson]


def _has_all(lesson: Lesson, model: Difficulty) -> bool:
    return set(model.features) <= {reading.name for reading in lesson.readings if reading.value is not None}


def _table(
    lessons: Sequence[Lesson], model: Difficulty
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.str_]]:
    values = [{reading.name: reading.value for reading in lesson.readings} for lesson in lessons]
    rows = np.array([[each[name] for name in model.features] for each in values], np.float64)
    labels = np.array([CLASSES.index(lesson.label) for lesson in lessons], np.intp)
    return rows, labels, np.array([lesson.product for lesson in lessons])


def _trial(name: str, chances: NDArray[np.float64], labels: NDArray[np.intp], settings: Settings) -> Trial:
    said = [CLASSES.index(judge(dict(zip(CLASSES, row, strict=True)), settings)) for row in chances.tolist()]
    table = confusion_matrix(labels, said, labels=range(len(CLASSES)))
    return Trial(name, tuple(tuple(row) for row in table.tolist()))


def _keep(models: Path, model: Difficulty, shipped: Difficulty, lessons: Sequence[Lesson], trial: Trial) -> Path:
    """Write the model for this studio; the one it had lies beside it under its own name."""
    document = model.document() | {
        "base": shipped.name,
        "learned": [lesson.image for lesson in lessons],
        "figures": {"classes": [item.value for item in CLASSES], "held_back_confusion": trial.confusion},
    }
    models.mkdir(exist_ok=True)
    file = models / FILE_NAME
    if file.is_file():
        kept = json.loads(file.read_text("utf-8"))
        _write(models / f"{file.stem}.{kept['name']}.json", kept)
    _write(file, document)
    return file


def _write(file: Path, document: dict) -> None:
    """Appear whole or not at all: a line may be reading this file now."""
    temporary = file.with_name(f"{file.name}.tmp")
    with temporary.open("w", encoding="utf-8") as out:
        out.write(json.dumps(document) + "\n")
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)
