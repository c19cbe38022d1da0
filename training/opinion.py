"""Another engine's mask as it might be: the truth, spoilt the ways general networks spoil it.

A network that was made for photos at large fills holes, loses thin and pale parts, takes shadow for product and draws a
soft outline. The embedded network is shown such masks beside its own evidence, so that it learns when to believe one.
No other network's weights or answers are used.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]


def opinion(alpha: Picture, darker: Picture, rng: np.random.Generator) -> Picture:
    """Return a plausible wrong mask, float32 H×W 0..1.

    Args:
        alpha: the true coverage, float32 H×W 0..1.
        darker: how much darker than the backdrop each place is, float32 H×W 0..1; where a shadow may be mistaken.
        rng: source of randomness.
    """
    if rng.random() < 0.06:
        return np.full_like(alpha, rng.uniform(0, 0.1))
    mask = alpha.copy()
    if rng.random() < 0.5:
        mask = _without_holes(mask)
    if rng.random() < 0.35:
        mask = _without_thin(mask, rng)
    if rng.random() < 0.35:
        mask = mask * (1 - rng.uniform(0.4, 1) * _patches(mask.shape, rng))
    if rng.random() < 0.3:
        mask = np.maximum(mask, rng.uniform(0.5, 1) * (darker > rng.uniform(0.05, 0.25)))
    if rng.random() < 0.15:
        mask = np.maximum(mask, rng.uniform(0.3, 1) * _patches(mask.shape, rng) * _around(alpha))
    return _soft(mask.astype(np.float32), rng)


def _without_holes(mask: Picture) -> Picture:
    outlines, _ = cv2.findContours((mask > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return np.maximum(mask, filled.astype(np.float32))


def _without_thin(mask: Picture, rng: np.random.Generator) -> Picture:
    side = int(rng.integers(3, 10))
    return cv2.morphologyEx(mask, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))


def _patches(shape: tuple[int, ...], rng: np.random.Generator) -> Picture:
    """Smooth random regions, float32 H×W 0..1, of a third of the frame or so."""
    cells = int(rng.integers(2, 9))
    field = cv2.resize(rng.random((cells, cells), np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.clip((field - rng.uniform(0.4, 0.75)) * rng.uniform(4, 20) + 0.5, 0, 1)


def _around(alpha: Picture) -> Picture:
    return cv2.dilate((alpha > 0.5).astype(np.float32), np.ones((25, 25), np.uint8))


def _soft(mask: Picture, rng: np.random.Generator) -> Picture:
    """Outline moved, blurred, and less sure of itself."""
    move = int(rng.integers(-2, 3))
    if move:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(move) + 1,) * 2)
        mask = cv2.dilate(mask, disc) if move > 0 else cv2.erode(mask, disc)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.3, 2.5))
    low, high = rng.uniform(0, 0.08), rng.uniform(0.8, 1)
    return np.clip(low + (high - low) * mask ** rng.uniform(0.6, 1.6), 0, 1).astype(np.float32)
