"""`whitepoint train`: from the studio's decisions to models of its own, each used only when it is not worse."""

import json
import os
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix

from pipeline.batch.learning import Lesson
from pipeline.batch.learning import artifact_lesson_of
from pipeline.batch.learning import lesson_of
from pipeline.errors import KnownError
from pipeline.measure import artifact
from pipeline.measure import difficulty
from pipeline.measure.logistic import Logistic
from pipeline.measure.logistic import Numbers
from pipeline.measure.logistic import load_model
from pipeline.measure.refit import held_back
from pipeline.measure.refit import refit
from pipeline.model import Decision
from pipeline.settings import Settings
from pipeline.stages.classify import judge
from pipeline.store.store import Store


@dataclass(frozen=True)
class Subject:
    """What a model is about.

    Attributes:
        name: in words; file_name: where its model lies; classes: what it tells apart, the harmless first.
        lesson_of: what one image's versions and decisions teach; None for nothing.
        row_of: a lesson as the model's row (k), None where readings are missing; label_of: its class, from 0.
        says: which class the model's chances (c) come to under the settings.
    """

    name: str
    file_name: str
    classes: tuple[str, ...]
    lesson_of: Callable[..., Lesson[Any] | None]
    row_of: Callable[[Lesson[Any], Logistic], Numbers | None]
    label_of: Callable[[Lesson[Any]], int]
    says: Callable[[Sequence[float], Settings], int]


def _measured(lesson: Lesson[Any], model: Logistic) -> Numbers | None:
    known = {reading.name for reading in lesson.readings if reading.value is not None}
    return model.row_of(lesson.readings)[0] if set(model.features) <= known else None


def _difficulty_said(chances: Sequence[float], settings: Settings) -> int:
    return difficulty.CLASSES.index(judge(dict(zip(difficulty.CLASSES, chances, strict=True)), settings))


DIFFICULTY: Final = Subject(
    name="difficulty",
    file_name=difficulty.FILE_NAME,
    classes=tuple(item.value for item in difficulty.CLASSES),
    lesson_of=lesson_of,
    row_of=_measured,
    label_of=lambda lesson: difficulty.CLASSES.index(lesson.label),
    says=_difficulty_said,
)
ARTIFACTS: Final = Subject(
    name="artifacts",
    file_name=artifact.FILE_NAME,
    classes=artifact.CLASSES,
    lesson_of=artifact_lesson_of,
    row_of=lambda lesson, model: artifact.features_of(lesson.readings, model.features),
    label_of=lambda lesson: int(lesson.label),
    says=lambda chances, settings: int(chances[1] >= (settings.scoring.flags["artifact"] or 0.5)),
)


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
        """How many it takes for more harmless than they turned out: the mistake that costs most."""
        return sum(sum(row[:index]) for index, row in enumerate(self.confusion))


@dataclass(frozen=True)
class Training:
    """What a refit came to; `file` is where the new model lies, None where the old one was kept."""

    decisions: int
    fresh: int
    old: Trial
    new: Trial
    file: Path | None


@dataclass(frozen=True, eq=False)
class _Table:
    """Lessons as numbers: rows n×k, labels n, products n, and which images the old model has not learned from."""

    rows: Numbers
    labels: NDArray[np.intp]
    products: NDArray[np.str_]
    images: tuple[int, ...]
    fresh: NDArray[np.bool_]


def train(store: Store, settings: Settings, subject: Subject) -> Training:
    """Refit the model of `subject` from the decisions of this studio, and switch to it when it is not worse.

    Both models are judged on the images that the old one has not learned from, the new one as refitted without them
    (cross-validated over products). It replaces the old one when it is right at least as often and misses no more;
    the old one is kept beside it. Raises KnownError when there are too few decided images.
    """
    limits, models = settings.training, store.folder / "models"
    old, shipped = load_model(subject.file_name, models), load_model(subject.file_name)
    table = _table(store, settings, subject, old, shipped)
    _refuse_too_few(table, settings, subject, again=bool(old.learned))
    strength, folds = limits.prior_strength, limits.folds
    chances = held_back(shipped, table.rows, table.labels, table.products, strength=strength, folds=folds)
    name = f"{shipped.name}+{len(table.images)}"
    before = _trial(old.name, old.chances(table.rows), table, settings, subject)
    after = _trial(name, chances, table, settings, subject)
    file = None
    if after.right >= before.right and after.missed <= before.missed:
        model = refit(shipped, table.rows, table.labels, strength=strength, name=name)
        figures = {"classes": subject.classes, "held_back_confusion": after.confusion}
        learned = {"base": shipped.name, "learned": table.images, "figures": figures}
        file = _keep(models / subject.file_name, model.document() | learned)
    return Training(len(table.images), int(table.fresh.sum()), before, after, file)


def _refuse_too_few(table: _Table, settings: Settings, subject: Subject, *, again: bool) -> None:
    limits, fresh = settings.training, int(table.fresh.sum())
    if fresh < limits.min_decisions:
        raise KnownError(
            f"{fresh:,} decided images say something about {subject.name}{' since the last time' if again else ''}, and"
            f" {limits.min_decisions:,} are needed; train again when more are decided."
        )
    if len(set(table.products.tolist())) < limits.folds:
        raise KnownError(f"The decisions are about fewer than {limits.folds} products; train when there are more.")


def _table(store: Store, settings: Settings, subject: Subject, old: Logistic, shipped: Logistic) -> _Table:
    decided: dict[int, list[Decision]] = {}
    for decision in store.all_decisions():
        decided.setdefault(decision.image, []).append(decision)
    known: list[tuple[Lesson[Any], Numbers]] = []
    for image, decisions in decided.items():
        lesson = subject.lesson_of(store.entry(image).record, store.versions(image), decisions, settings)
        row = subject.row_of(lesson, shipped) if lesson else None
        if lesson is not None and row is not None:
            known.append((lesson, row))
    return _Table(
        np.array([row for _, row in known], np.float64),
        np.array([subject.label_of(lesson) for lesson, _ in known], np.intp),
        np.array([lesson.product for lesson, _ in known]),
        tuple(lesson.image for lesson, _ in known),
        np.array([lesson.image not in old.learned for lesson, _ in known], bool),
    )


def _trial(name: str, chances: Numbers, table: _Table, settings: Settings, subject: Subject) -> Trial:
    said = [subject.says(row, settings) for row in chances[table.fresh].tolist()]
    counts = confusion_matrix(table.labels[table.fresh], said, labels=range(len(subject.classes)))
    return Trial(name, tuple(tuple(row) for row in counts.tolist()))


def _keep(file: Path, document: dict[str, Any]) -> Path:
    """Write the model for this studio; the one it had lies beside it under its own name."""
    file.parent.mkdir(exist_ok=True)
    if file.is_file():
        kept = json.loads(file.read_text("utf-8"))
        _write(file.with_name(f"{file.stem}.{kept['name']}.json"), kept)
    _write(file, document)
    return file


def _write(file: Path, document: dict[str, Any]) -> None:
    """Appear whole or not at all: a line may be reading this file now."""
    temporary = file.with_name(f"{file.name}.tmp")
    with temporary.open("w", encoding="utf-8") as out:
        out.write(json.dumps(document) + "\n")
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(file)
