"""Fit the small models that ship: readings in, the document of a `pipeline.measure.logistic.Logistic` out."""

import warnings
from dataclasses import dataclass
from typing import Any
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import GroupKFold
from sklearn.model_selection import cross_val_predict

from pipeline.measure.logistic import expand
from pipeline.measure.logistic import squash

INVERSE_REGULARISATION: Final = 0.3
FOLDS: Final = 5
LEAST_SCALE: Final = 1e-3


@dataclass(frozen=True, eq=False)
class Examples:
    """Rows of readings (n×k) in the order of `names`, their classes (n), and groups (n) that no fold splits."""

    names: tuple[str, ...]
    rows: np.ndarray
    labels: np.ndarray
    groups: np.ndarray


def fit(
    name: str, examples: Examples, weights: np.ndarray | None = None, freedom: float = INVERSE_REGULARISATION
) -> tuple[dict[str, Any], np.ndarray]:
    """Return the model's document and cross-validated probabilities (n×c).

    Cases count by `weights`, else so that all classes weigh the same; `freedom` is the inverse of the regularisation.
    """
    squashed = squash(examples.rows)
    mean, scale = squashed.mean(axis=0), squashed.std(axis=0) + LEAST_SCALE
    columns = expand((squashed - mean) / scale)
    balance = "balanced" if weights is None else None
    model = LogisticRegression(C=freedom, class_weight=balance, max_iter=5000)
    folds = GroupKFold(min(FOLDS, len(np.unique(examples.groups))))
    labels, groups, params = examples.labels, examples.groups, {"sample_weight": weights}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held_back = cross_val_predict(
            model, columns, labels, groups=groups, cv=folds, method="predict_proba", params=params
        )
        model.fit(columns, labels, sample_weight=weights)
    by_class, intercepts = model.coef_, model.intercept_
    if len(by_class) == 1:
        # Two classes have one row of weights; half of it for and half against says the same.
        by_class, intercepts = np.vstack([-by_class, by_class]) / 2, np.hstack([-intercepts, intercepts]) / 2
    document = {
        "name": f"{name}-{len(labels)}",
        "features": list(examples.names),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": by_class.round(6).tolist(),
        "intercepts": intercepts.round(6).tolist(),
    }
    return document, held_back


def confusion(examples: Examples, held_back: np.ndarray, classes: tuple[str, ...]) -> dict[str, Any]:
    """Return cross-validated figures of several classes: how many cases, what was taken for what, how many right."""
    guesses = held_back.argmax(axis=1)
    return {
        "cases": len(guesses),
        "classes": list(classes),
        "cross_validated_confusion": confusion_matrix(examples.labels, guesses).tolist(),
        "cross_validated_accuracy": round(float((guesses == examples.labels).mean()), 4),
    }
