"""What the fitted backdrop says about every pixel: product, or backdrop, bare or in shadow; and a cut that obeys it.

Evidence is a log-likelihood ratio. Backdrop shows its surface within the noise, or a share of its light with the same
chromaticity (a shadow); a product may have any colour. Blown-out pixels say little, since a white product looks the
same. The cut is a random walker with priors (Grady 2005): neighbours agree unless an edge lies between them.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import cg

from pipeline.settings import Evidence
from pipeline.tools.backdrop import BLOWN
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import widest

Pixels = NDArray[np.float32]

_STRONGEST: Final = 6.0
_SHADOW_SHARE: Final = 0.08


def evidence_for_product(rgb: Pixels, backdrop: Backdrop, numbers: Evidence) -> Pixels:
    """Return the log-likelihood ratio product : backdrop per pixel, float32 H×W, -6..6.

    `rgb` is float32 H×W×3, sRGB-encoded 0..1.
    """
    surface = backdrop.at(rgb.shape[1], rgb.shape[0])
    bare = _log_bare(rgb, surface, backdrop, numbers)
    shadow = _log_shadow(rgb, surface, numbers)
    ratio = -np.logaddexp(bare, shadow + np.float32(np.log(_SHADOW_SHARE)))
    blown = (rgb.min(axis=2) >= BLOWN) & (surface.min(axis=2) >= BLOWN - 0.01)
    ratio = np.where(blown, np.maximum(ratio, -0.7), ratio)
    return np.clip(ratio, -_STRONGEST, _STRONGEST).astype(np.float32)


def _log_bare(rgb: Pixels, surface: Pixels, backdrop: Backdrop, numbers: Evidence) -> Pixels:
    """Log density of the bare backdrop over that of a product (uniform in the colour cube); tails like Student's."""
    sigma = np.sqrt(np.square(backdrop.noise) + np.square(backdrop.spread) + numbers.faint**2)
    near = np.square((rgb - surface) / sigma).sum(axis=2)
    peak = -float(np.log(sigma * np.sqrt(2 * np.pi)).sum())
    return (peak - 3.0 * np.log1p(near / 6.0) * 2).astype(np.float32)


def _log_shadow(rgb: Pixels, surface: Pixels, numbers: Evidence) -> Pixels:
    """Log density of the backdrop in shadow: any light left between darkest and full, its chromaticity kept."""
    light, full = linear(rgb) + 0.002, linear(surface) + 0.002
    shares = np.log(light / full)
    share = shares.mean(axis=2)
    stray = np.square((shares - share[..., None]) / numbers.shadow_chroma).sum(axis=2)
    darkest = float(np.log(numbers.shadow_darkest))
    beyond = np.maximum(share - 0.01, 0) / 0.02 + np.maximum(darkest - share, 0) / 0.2
    peak = -2 * float(np.log(numbers.shadow_chroma * np.sqrt(2 * np.pi)))
    return (peak - 3.0 * np.log1p(stray / 6.0) * 2 - np.square(beyond)).astype(np.float32)


def linear(rgb: Pixels) -> Pixels:
    """Return linear light 0..1 of sRGB-encoded 0..1, by the 2.2 approximation (evidence needs no more)."""
    return cv2.pow(np.ascontiguousarray(rgb), 2.2)


def cut(evidence: Pixels, rgb: Pixels, noise: Pixels, *, stiffness: float = 8.0) -> Pixels:
    """Return the probability of product, float32 H×W 0..1, that follows the evidence and changes at edges.

    `evidence` float32 H×W is a log-likelihood ratio, `rgb` float32 H×W×3; solved on the grid as it comes, so give
    it a small copy (320 px take about 0.1 s).
    """
    wish = 1 / (1 + np.exp(-evidence))
    trust = np.square(np.tanh(evidence / 2)) + 1e-3
    across, down = _agreement(rgb, noise, 1), _agreement(rgb, noise, 0)
    height, width = evidence.shape
    degree = trust.astype(np.float64)
    degree[:, :-1] += stiffness * across
    degree[:, 1:] += stiffness * across
    degree[:-1] += stiffness * down
    degree[1:] += stiffness * down
    right = np.zeros((height, width))
    right[:, :-1] = -stiffness * across
    below = np.zeros((height, width))
    below[:-1] = -stiffness * down
    flat, under = right.ravel()[:-1], below.ravel()[:-width]
    system = sparse.diags_array([degree.ravel(), flat, flat, under, under], offsets=[0, 1, -1, width, -width]).tocsr()
    scale = sparse.diags_array(1 / degree.ravel())
    solution, _ = cg(system, (trust * wish).ravel(), x0=wish.ravel(), rtol=1e-3, maxiter=200, M=scale)
    return np.clip(solution.reshape(height, width), 0, 1).astype(np.float32)


def _agreement(rgb: Pixels, noise: Pixels, axis: int) -> NDArray[np.float64]:
    """How much neighbours along `axis` belong together, 0..1: little across a step beyond the noise."""
    step = np.diff(rgb, axis=axis)
    sigma = 3 * noise + 0.01
    return np.exp(-np.square(step / sigma).sum(axis=2) / 2).astype(np.float64) + 1e-3
