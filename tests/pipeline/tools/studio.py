"""Painted studio frames with exact mattes, for tests of the cut-out."""

import cv2
import numpy as np

Pixels = np.ndarray


def sweep(height: int = 480, width: int = 640, *, level: float = 0.62, noise: float = 0.004, seed: int = 1) -> Pixels:
    """A grey backdrop, lighter above than below and to one side, with camera noise; float32 H×W×3, sRGB-encoded."""
    down, across = np.mgrid[:height, :width].astype(np.float32)
    bright = level + 0.12 * np.cos(down / height * 2.4) + 0.05 * across / width
    grain = np.random.default_rng(seed).normal(0, noise, (height, width, 3))
    return np.clip(bright[..., None] + grain, 0, 1).astype(np.float32)


def coverage(height: int, width: int, draw: str) -> Pixels:
    """An anti-aliased shape, float32 H×W 0..1: "ball", "ring" or "box"."""
    fine = np.zeros((height * 8, width * 8), np.uint8)
    middle, radius = (width * 4, height * 4), round(height * 8 * 0.3)
    if draw == "box":
        cv2.rectangle(fine, (width * 2, height * 3), (width * 5, height * 6), 255, -1)
    else:
        cv2.circle(fine, middle, radius, 255, -1)
    if draw == "ring":
        cv2.circle(fine, middle, round(radius * 0.7), 0, -1)
    return cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def photographed(backdrop: Pixels, cover: Pixels, colour: tuple[float, float, float]) -> Pixels:
    """The product of one colour in front of `backdrop`, mixed in linear light; float32, sRGB-encoded."""
    light = cover[..., None] * _linear(np.float32(colour)) + (1 - cover[..., None]) * _linear(backdrop)
    return _encoded(light).astype(np.float32)


def shaded(backdrop: Pixels, *, depth: float = 0.4) -> Pixels:
    """`backdrop` with a soft cast shadow below its middle."""
    height, width = backdrop.shape[:2]
    down, across = np.mgrid[:height, :width]
    spot = np.exp(
        -np.square((down - height * 0.8) / (height * 0.06)) - np.square((across - width / 2) / (width * 0.16))
    )
    return _encoded(_linear(backdrop) * (1 - depth * spot[..., None])).astype(np.float32)


def agreement(found: Pixels, true: Pixels) -> float:
    """Intersection over union of two mattes at one half."""
    a, b = found > 0.5, true > 0.5
    return float((a & b).sum() / max(1, (a | b).sum()))


def _linear(encoded: Pixels) -> Pixels:
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def _encoded(light: Pixels) -> Pixels:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)
