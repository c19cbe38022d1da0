"""Refit a model: the given one as the prior, the editors' decisions as the evidence.

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

from pipeline.measure.logistic import Logistic
from pipeline.measure.logistic import Numbers

SEED = 20260101


def refit(prior: Logistic, rows: Numbers, labels: NDArray[np.intp], *, strength: float, name: str) -> Logistic:
    """Return the model that `prior` becomes after seeing readings `rows` (n×k) of known classes `labels` (n, from 0).

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
    prior: Logistic, rows: Numbers, labels: NDArray[np.intp], products: NDArray[Any], *, strength: float, folds: int
) -> Numbers:
    """Return n×c probabilities, each row by a model refitted without it and without other views of its product.

    There must be at least `folds` products.
    """
    chances = np.zeros((len(rows), len(prior.weights)))
    for known, hidden in GroupKFold(folds, shuffle=True, random_state=SEED).split(rows, groups=products):
        model = refit(prior, rows[known], labels[known], strength=strength, name=prior.name)
        chances[hidden] = model.chances(rows[hidden])
    return chances


def _columns(model: Logistic, rows: Numbers) -> Numbers:
    return np.hstack([model.columns(rows), np.ones((len(rows), 1))])
