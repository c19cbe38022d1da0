"""From linear light to an 8-bit sRGB picture, and what the picture says about how hard its cut-out is."""

from __future__ import annotations

import numpy as np

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def encode(linear: np.ndarray) -> np.ndarray:
    """Linear 0..1 to sRGB 0..1, same shape."""
    low = np.clip(linear, 0, 1)
    return np.where(low <= 0.0031308, 12.92 * low, 1.055 * low ** (1 / 2.4) - 0.055)


def expose(
    linear: np.ndarray, alpha: np.ndarray, paper: tuple[float, float, float], rng: np.random.Generator
) -> tuple[np.ndarray, float]:
    """Expose for the backdrop as a photographer would: white paper near or beyond white, other paper near its own tone.

    Args:
        linear: H×W×3 float32 scene light.
        alpha: H×W float32 matte.
        paper: linear RGB of the backdrop.
        rng: draws how far the exposure is off.

    Returns:
        sRGB H×W×3 uint8 and the gain applied.
    """
    light = linear @ LUMA
    free = light[alpha < 0.01]
    seen = float(np.median(free)) if free.size > 100 else float(light.mean())
    tone = float(np.dot(paper, LUMA))
    goal = (
        rng.uniform(0.72, 1.5)
        if tone > 0.8
        else rng.uniform(0.55, 1.15)
        if tone > 0.55
        else tone * float(np.exp(rng.normal(0.1, 0.35)))
    )
    bright = float(np.percentile(light, 98))
    gain = min(goal / max(seen, 1e-4), 4.0 / max(bright, 1e-4))
    exposed = linear * gain
    if rng.random() < 0.3:
        shoulder = rng.uniform(1.0, 2.5)
        exposed = exposed * (1 + exposed / shoulder**2) / (1 + exposed * 0.5)
    return (encode(exposed) * 255 + 0.5).astype(np.uint8), gain


def edge_contrast(picture: np.ndarray, alpha: np.ndarray) -> float:
    """How clearly the outline stands out: 25th percentile of sRGB distance (0..1) across it, else 1.0.

    Compares each row pair and column pair of solid and clear pixels 4 px apart.
    """
    tone = picture.astype(np.float32) / 255
    found = []
    for axis in (0, 1):
        one, two = (np.s_[4:], np.s_[:-4]) if axis == 0 else (np.s_[:, 4:], np.s_[:, :-4])
        across = ((alpha[one] > 0.95) & (alpha[two] < 0.05)) | ((alpha[one] < 0.05) & (alpha[two] > 0.95))
        found.append(np.linalg.norm(tone[one] - tone[two], axis=2)[across])
    steps = np.concatenate(found)
    return float(np.percentile(steps, 25)) if steps.size > 20 else 1.0


def edge_class(built: str, contrast: float, soft: float) -> str:
    """Coarse guess how hard an expert finds the cut-out.

    Args:
        built: class by construction.
        contrast: see `edge_contrast`.
        soft: part of the product's pixels whose alpha is neither 0 nor 1.
    """
    if built == "complex" or soft > 0.35:
        return "complex"
    return "medium" if built == "medium" or contrast < 0.12 else "simple"
