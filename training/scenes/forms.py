"""Random curves that several product families share."""

from __future__ import annotations

import math

import numpy as np

TAU = 2 * math.pi


def smooth_profile(rng: np.random.Generator, low: float, high: float, rows: int, rough: float = 0.5) -> np.ndarray:
    """Random smooth curve of `rows` values within low..high."""
    knots = rng.uniform(0, 1, rng.integers(3, 7))
    knots = knots.mean() + (knots - knots.mean()) * rough * 2
    x = np.linspace(0, len(knots) - 1, rows)
    left = np.minimum(x.astype(int), len(knots) - 2)
    t = x - left
    t = t * t * (3 - 2 * t)
    return low + (high - low) * np.clip(knots[left] * (1 - t) + knots[left + 1] * t, 0, 1)


def blob_loop(rng: np.random.Generator, radius: float, wobble: float, points: int = 14) -> np.ndarray:
    """Closed random outline, points×2."""
    turn = np.linspace(0, TAU, points, endpoint=False)
    reach = np.ones(points)
    for k in range(2, 6):
        reach += wobble / k * rng.normal() * np.cos(k * turn + rng.uniform(0, TAU))
    return radius * np.clip(reach, 0.3, 2)[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1)
