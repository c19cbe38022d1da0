"""What cameras and software do to a picture after the light: crop, cast, exposure, vignette, blur, noise, JPEG."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.float32]


def crop_pair(
    rgb: NDArray[np.uint8], alpha: NDArray[np.uint8], side: int, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Cut a random square out of a frame and bring it to `side` px; two of three crops keep the product whole.

    Args:
        rgb: H×W×3 uint8.
        alpha: H×W uint8.
        side: wanted side, px.
        rng: source of randomness.
    """
    size = min(alpha.shape)
    reach = int(size * (1 - rng.beta(1, 2.2) * 0.5))
    top, left = (int(rng.integers(0, length - reach + 1)) for length in alpha.shape)
    rows, cols = (np.flatnonzero((alpha > 12).any(axis)) for axis in (1, 0))
    if len(rows) and rng.random() < 0.67:
        needed = max(rows[-1] - rows[0], cols[-1] - cols[0]) + 1
        reach = min(size, max(reach, int(needed * 1.05) + 2))
        top = _window(rows[0], rows[-1], reach, alpha.shape[0], rng)
        left = _window(cols[0], cols[-1], reach, alpha.shape[1], rng)
    cut = np.s_[top : top + reach, left : left + reach]
    how = cv2.INTER_AREA if reach > side else cv2.INTER_LINEAR
    pair = [cv2.resize(np.ascontiguousarray(part[cut]), (side, side), interpolation=how) for part in (rgb, alpha)]
    return pair[0], pair[1]


def _window(first: int, last: int, reach: int, length: int, rng: np.random.Generator) -> int:
    """Random start of a window of `reach` px that holds first..last if it can."""
    low, high = max(0, last + 1 - reach), min(first, length - reach)
    return int(rng.integers(low, high + 1)) if high >= low else int(np.clip(first, 0, length - reach))


def turn_pair(rgb: Picture, alpha: Picture, rng: np.random.Generator) -> tuple[Picture, Picture]:
    """Mirror half of the pairs, turn a few; both arrays alike."""
    if rng.random() < 0.5:
        rgb, alpha = rgb[:, ::-1], alpha[:, ::-1]
    if rng.random() < 0.06:
        quarter = int(rng.integers(1, 4))
        rgb, alpha = np.rot90(rgb, quarter), np.rot90(alpha, quarter)
    return np.ascontiguousarray(rgb), np.ascontiguousarray(alpha)


def _light(rgb: Picture, rng: np.random.Generator) -> Picture:
    """Cast, exposure and vignette, applied in roughly linear light."""
    linear = rgb**2.2
    if rng.random() < 0.6:
        linear = linear * np.exp(rng.normal(0, 0.1, 3)).astype(np.float32)
    if rng.random() < 0.6:
        linear = linear * np.float32(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.3:
        high, wide = rgb.shape[:2]
        y, x = np.ogrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
        fall = 1 - rng.uniform(0, 0.22) * ((x - rng.normal(0, 0.2)) ** 2 + (y - rng.normal(0, 0.2)) ** 2)
        linear = linear * fall[..., None].astype(np.float32)
    return np.clip(linear, 0, 1) ** np.float32(1 / 2.2)


def _colour(rgb: Picture, rng: np.random.Generator) -> Picture:
    """Other channel order, saturation and tone curve."""
    if rng.random() < 0.2:
        rgb = rgb[..., rng.permutation(3)]
    if rng.random() < 0.35:
        grey = rgb.mean(2, keepdims=True)
        rgb = grey + (rgb - grey) * np.float32(rng.uniform(0, 1.6))
    if rng.random() < 0.3:
        rgb = np.clip(rgb, 0, 1) ** np.float32(np.exp(rng.normal(0, 0.2)))
    return np.clip(rgb, 0, 1)


def _sensor(rgb: Picture, rng: np.random.Generator) -> Picture:
    """Soft lens, noise, and the losses of a JPEG."""
    if rng.random() < 0.3:
        rgb = cv2.GaussianBlur(rgb, (0, 0), rng.uniform(0.3, 1.0))
    if rng.random() < 0.65:
        strength = rng.uniform(0.001, 0.02)
        grain = rng.standard_normal(rgb.shape, dtype=np.float32)
        rgb = np.clip(rgb + grain * np.float32(strength) * (0.5 + np.sqrt(rgb)), 0, 1)
    if rng.random() < 0.4:
        memory = io.BytesIO()
        Image.fromarray((rgb * 255 + 0.5).astype(np.uint8)).save(memory, "JPEG", quality=int(rng.integers(45, 97)))
        rgb = np.asarray(Image.open(memory), np.float32) / 255
    return rgb


def photograph(rgb: Picture, rng: np.random.Generator) -> Picture:
    """Random camera for an sRGB picture H×W×3 float32 0..1; the result is rounded to 8 bits."""
    rgb = _sensor(_colour(_light(rgb, rng), rng), rng)
    return np.round(rgb * 255).astype(np.float32) / 255
