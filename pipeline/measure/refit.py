"""Refit the difficulty model: the shipped one as the prior, the editors' decisions as the evidence.

Maximum a posteriori of multinomial logistic regression with a Gaussian prior centred on the given model (Bishop, PRML,
4.3.4 and 4.5): what the decisions do not speak of stays as it was.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from pipeline.measure.difficulty import Difficulty
from pipeline.measure.difficulty import expand
from pipeline.measure.difficulty import squash

Numbers = NDArray[np.float64]
SEED = 20260101


def refit(prior: Difficulty, rows: Numbers, labels: NDArray[np.intp], *, strength: float, name: str) -> Difficulty:
    """Return the model that `prior` becomes after seeing readings `rows` (n×k) of known classes `labels` (n, 0..2).

    `strength` is the price of moving a weight by 1 away from the prior's, in half log-likelihoods of one decision.
    """
    columns = _columns(prior, rows)
    start = np.hstack([prior.weights, prior.intercepts[:, None]])
    truth = np.eye(len(start))[labels]

    def cost(flat: Numbers) -> tuple[float, Numbers]:
        weights = flat.reshape(start.shape)
        logits, moved = columns @ weights.T, weights - start
        value = -(truth * log_softmax(logits, axis=1)).sum() + strength / 2 * (moved**2).sum()
        slope = (softmax(logits, axis=1) - truth).T @ columns + strength * moved
        return float(value), slope.ravel()

    weights = minimize(cost, start.ravel(), jac=True, method="L-BFGS-B").x.reshape(start.shape)
    return replace(prior, weights=weights[:, :-1], intercepts=weights[:, -1], name=name)


def held_back(
    prior: Difficulty, rows: Numbers, labels: NDArray[np.intp], products: NDArray[Any], *, strength: float, folds: int
) -> Numbers:
    """Return n×3 probabilities, each row by a model refitted without it and without other views of its product.

    There must be at least `folds` products.
    """
    chances = np.zeros((len(rows), len(prior.weights)))
    for known, hidden in GroupKFold(folds, shuffle=True, random_state=SEED).split(rows, groups=products):
        model = refit(prior, rows[known], labels[known], strength=strength, name=prior.name)
        chances[hidden] = probabilities(model, rows[hidden])
    return chances


def probabilities(model: Difficulty, rows: Numbers) -> Numbers:
    """Return P(simple), P(medium), P(complex) for readings `rows` (n×k, in the order of `model.features`): n×3."""
    return softmax(_columns(model, rows) @ np.hstack([model.weights, model.intercepts[:, None]]).T, axis=1)


def _columns(model: Difficulty, rows: Numbers) -> Numbers:
    standard = expand((squash(rows) - model.mean) / model.scale)
    return np.hstack([standard, np.ones((len(rows), 1))])
