"""The studio's backdrop, fitted: a smooth surface per channel, found from the frame's border inwards; no network.

A backdrop is smooth, so a low-order Legendre surface (finer from top to bottom, where the sweep bends) explains it and
leaves the product over. Fitting is iteratively reweighted least squares with Tukey's biweight (Beaton and Tukey 1974)
on a small copy, where only pixels connected to the border count; the small rest is smoothed by normalised convolution
(Knutsson and Westin 1993). Pixels at full scale are censored: a surface above 1 explains a blown-out 1.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from pipeline.model import freeze

Pixels = NDArray[np.float32]

GRID_SIDE: Final = 128
ROUNDS: Final = ((1, 2, 0.10), (2, 3, 0.07), (3, 5, 0.05), (3, 6, 0.035), (3, 7, 0.025), (3, 7, 0.02))
"""Order across, order down, and the residual beyond which a pixel counts for nothing."""
BLOWN: Final = 0.995


@dataclass(frozen=True, eq=False)
class Backdrop:
    """The fitted backdrop of one photo.

    Attributes:
        surface: float32 h×w×3, sRGB-encoded 0..1, on a small grid (longest side 128).
        sure: float32 h×w 0..1, how surely a grid cell showed nothing but backdrop.
        noise: float32 3, standard deviation of the photo's noise per channel, from 1/512 up.
        spread: float32 3, how far sure cells stray from the surface (robust standard deviation).
    """

    surface: Pixels
    sure: Pixels
    noise: Pixels
    spread: Pixels

    def at(self, width: int, height: int) -> Pixels:
        """Return the surface as float32 height×width×3."""
        return np.clip(cv2.resize(self.surface, (width, height), interpolation=cv2.INTER_LINEAR), 0, 1)

    def difference(self, rgb: Pixels) -> Pixels:
        """Return `rgb` (float32 H×W×3, sRGB-encoded 0..1) minus the surface: float32 H×W×3, -1..1."""
        return rgb - self.at(rgb.shape[1], rgb.shape[0])

    def sureness(self, width: int, height: int) -> Pixels:
        """Return `sure` as float32 height×width."""
        return cv2.resize(self.sure, (width, height), interpolation=cv2.INTER_LINEAR)


def widest(difference: Pixels) -> Pixels:
    """Return the largest absolute difference over the channels (float32 H×W of float32 H×W×3)."""
    red, green, blue = cv2.split(np.abs(difference))
    return np.maximum(np.maximum(red, green), blue)


def fit_backdrop(rgb: Pixels) -> Backdrop:
    """Fit the backdrop of `rgb` (float32 H×W×3, sRGB-encoded 0..1); deterministic, about 20 ms at 1024 px."""
    height, width = rgb.shape[:2]
    scale = min(1.0, GRID_SIDE / max(width, height))
    grid = max(2, round(width * scale)), max(2, round(height * scale))
    small = cv2.GaussianBlur(cv2.resize(rgb, grid, interpolation=cv2.INTER_AREA), (0, 0), 0.7)
    ring = _ring(small.shape[:2])
    weight, surface = ring.astype(np.float32), small
    for across, down, limit in ROUNDS:
        basis = _basis(small.shape[:2], across, down)
        for _ in range(2):
            surface = _least_squares(basis, small, weight)
            weight = _biweight(_residual(small, surface), limit)
            weight *= _reachable(weight > 0, ring)
    surface = _with_local_rest(small, surface, weight)
    rest = np.abs(_residual(small, surface))[weight > 0.3]
    spread = 1.4826 * np.median(rest, axis=0) if len(rest) else np.full(3, 0.01)
    return Backdrop(
        surface=freeze(np.clip(surface, 0, 1).astype(np.float32)),
        sure=freeze(weight),
        noise=freeze(_noise(rgb, weight)),
        spread=freeze(np.asarray(spread, np.float32)),
    )


def _ring(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    ring = np.ones(shape[:2], bool)
    margin = max(1, round(0.03 * max(shape[:2])))
    ring[margin:-margin, margin:-margin] = False
    return ring


def _basis(shape: tuple[int, ...], across: int, down: int) -> NDArray[np.float64]:
    """Legendre products (h·w × terms) whose orders satisfy i/across + j/down ≤ 1 (a triangle, so no wild corners)."""
    xs = legendre.legvander(np.linspace(-1, 1, shape[1]), across)
    ys = legendre.legvander(np.linspace(-1, 1, shape[0]), down)
    pairs = [(i, j) for i in range(across + 1) for j in range(down + 1) if i / across + j / down <= 1 + 1e-9]
    return np.stack([np.outer(ys[:, j], xs[:, i]).ravel() for i, j in pairs], axis=1)


def _least_squares(basis: NDArray[np.float64], small: Pixels, weight: Pixels) -> Pixels:
    """Weighted fit with a faint ridge, which keeps terms at rest that no sure pixel can see."""
    weighted = basis * weight.reshape(-1, 1)
    gram = weighted.T @ basis
    ridge = 1e-4 * max(float(weight.sum()), 1.0) * np.eye(len(gram))
    ridge[0, 0] = 1e-9
    terms = np.linalg.solve(gram + ridge, weighted.T @ small.reshape(-1, 3))
    return (basis @ terms).reshape(small.shape).astype(np.float32)


def _residual(small: Pixels, surface: Pixels) -> Pixels:
    return small - np.where(small >= BLOWN, np.minimum(surface, small), np.minimum(surface, 1.0))


def _biweight(residual: Pixels, limit: float) -> Pixels:
    share = np.square(widest(residual) / limit)
    return np.square(np.clip(1 - share, 0, 1)).astype(np.float32)


def _reachable(inliers: NDArray[np.bool_], ring: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Inliers that hang together with an inlier on the border; a patch inside the product is not backdrop."""
    _, labels = cv2.connectedComponents(inliers.astype(np.uint8), connectivity=4)
    counts = np.bincount(labels[ring & inliers], minlength=int(labels.max()) + 1)
    counts[0] = 0
    return (counts > 0)[labels]


def _with_local_rest(small: Pixels, surface: Pixels, weight: Pixels) -> Pixels:
    """Add what the surface missed near sure pixels, fading to nothing where none is near."""
    side = max(small.shape[:2])
    for sigma in (side / 12, side / 36):
        rest = _residual(small, surface) * weight[..., None]
        near = cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
        surface = surface + cv2.GaussianBlur(rest, (0, 0), sigma) / (near + 0.05)
    return surface


def _noise(rgb: Pixels, weight: Pixels) -> Pixels:
    """Robust standard deviation of the photo's noise from neighbouring pixels where nothing but backdrop shows."""
    rows = rgb[:: max(1, rgb.shape[0] // 96)]
    if rows.shape[1] < 2:
        return np.full(3, 1 / 512, np.float32)
    steps = rows[:, 1:] - rows[:, :-1]
    sure = cv2.resize(weight, (steps.shape[1], steps.shape[0]), interpolation=cv2.INTER_NEAREST) > 0.3
    sure &= widest(rows[:, 1:]) < BLOWN
    if sure.sum() < 64:
        return np.full(3, 1 / 512, np.float32)
    sigma = 1.4826 * np.median(np.abs(steps[sure]), axis=0) / np.sqrt(2)
    return np.maximum(sigma, 1 / 512).astype(np.float32)
