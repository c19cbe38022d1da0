"""What a product's surface is like, read from its pixels: spots of light, weave, what shines through.

The readings look at the same small copy as those of complexity (longest side 288 px) and, with them, tell glossy,
matte, fabric and transparent apart (`pipeline/measure/image_class.py`).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.complexity import Look
from pipeline.model import Reading

Pixels = NDArray[np.float32]


def read_surface(look: Look) -> tuple[Reading, ...]:
    """Return all readings of one photo's small copy, always the same names; nought where there is no subject."""
    inner = cv2.erode(look.outline.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    if not inner.any():
        return tuple(Reading(name, 0.0, unit) for name, unit in NAMES)
    lightness, chroma = look.lab[..., 0], np.hypot(look.lab[..., 1], look.lab[..., 2])
    spots = lightness - cv2.morphologyEx(lightness, cv2.MORPH_OPEN, np.ones((13, 13), np.uint8))
    gradient = cv2.magnitude(cv2.Scharr(lightness, cv2.CV_32F, 1, 0), cv2.Scharr(lightness, cv2.CV_32F, 0, 1)) / 32
    bright = inner & (spots > 8) & (chroma < np.median(chroma[inner]) + 8)
    low, high = np.quantile(lightness[inner], (0.05, 0.95))
    values = (
        bright.sum() / inner.sum(),
        gradient[bright].mean() if bright.any() else 0.0,
        float(spots[inner].max()),
        _energy(lightness, 0.7)[inner].mean(),
        _energy(lightness, 1.5)[inner].mean(),
        _energy(lightness, 3.0)[inner].mean(),
        (gradient[inner] > 1.5).mean(),
        high - low,
        float(np.median(lightness[inner])),
        float(np.median(chroma[inner])),
        _alike_backdrop(look, inner),
    )
    return tuple(Reading(name, round(float(value), 5), unit) for (name, unit), value in zip(NAMES, values, strict=True))


NAMES = (
    ("spot_share", "share"),
    ("spot_sharpness", "L*/px"),
    ("spot_height", "L*"),
    ("grain_fine", "L*"),
    ("grain_middle", "L*"),
    ("grain_coarse", "L*"),
    ("steps", "share"),
    ("tone_range", "L*"),
    ("tone", "L*"),
    ("chroma", "C*"),
    ("backdrop_through", "share"),
)
"""Names and units, in the order in which they are measured."""


def _energy(lightness: Pixels, sigma: float) -> Pixels:
    """Mean absolute detail of one octave (difference of Gaussians, Burt and Adelson 1983)."""
    finer = cv2.GaussianBlur(lightness, (0, 0), sigma)
    return np.abs(finer - cv2.GaussianBlur(lightness, (0, 0), 2 * sigma))


def _alike_backdrop(look: Look, inner: NDArray[np.bool_]) -> float:
    """Share of the subject whose smooth colour is the backdrop's within 6 ΔE (CIE76): seen through, or the same."""
    ground = cv2.cvtColor(look.surface, cv2.COLOR_RGB2Lab)
    smooth = cv2.GaussianBlur(look.lab, (0, 0), 2.0)
    return float((np.linalg.norm(smooth - ground, axis=2)[inner] < 6).mean())
