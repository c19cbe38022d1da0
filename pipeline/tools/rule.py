"""Product or backdrop by rule, from the evidence planes alone: what the embedded engine does without its network."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.settings import OutlineRule
from pipeline.tools.backdrop import widest
from pipeline.tools.evidence import Planes

Pixels = NDArray[np.float32]

OUTLINE: Final = 0.02
"""The barrier that is as likely a product's outline as a shadow's rim, sRGB-encoded."""
FLAT_STEP: Final = 0.02
SMALLEST_REGION: Final = 8
NEARBY: Final = 4.0


def log_odds(rgb: Pixels, planes: Planes, noise: float, rule: OutlineRule) -> Pixels:
    """Return the log-odds of product per pixel, float32 H×W.

    `rgb` is the small copy that the planes belong to (float32 H×W×3, sRGB-encoded 0..1), `noise` its standard
    deviation. Outlined speaks for product; a region that is bare backdrop all over is a hole; outlined, grey and
    darker is likely a shadow's core where something else in the frame is surely a product.
    """
    outlined = 1 / (1 + np.power(OUTLINE / planes.barrier, 3.3))
    same = 1 / (1 + planes.near / 12)
    grey = 1 / (1 + planes.stray / 6)
    darker = 1 / (1 + np.exp(np.clip((planes.share - 1.03) / 0.02, -30, 30)))
    hole = outlined * region_means(rgb, same * (1 - planes.blown), noise)
    brighter = (1 - same) * (1 - darker)
    certain = float((outlined * np.maximum(1 - grey, brighter)).mean()) / (float(outlined.mean()) + 0.002)
    return (
        rule.outlined * outlined
        + rule.same * same
        + rule.blown * planes.blown
        + rule.hole * hole
        + rule.coloured * outlined * (1 - grey)
        + rule.shadow * outlined * grey * darker * min(1.0, certain)
        + rule.outlined_blown * outlined * planes.blown
        + rule.brighter * brighter
        + rule.nearby * cv2.GaussianBlur(outlined * (1 - same), (0, 0), NEARBY)
        + rule.constant
    ).astype(np.float32)


def region_means(rgb: Pixels, plane: Pixels, noise: float) -> Pixels:
    """Return `plane` (float32 H×W) averaged over each region without a step inside; specks keep their own value."""
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    step = widest(cv2.morphologyEx(rgb, cv2.MORPH_GRADIENT, cross)) - np.float32(1.25 * noise)
    count, labels = cv2.connectedComponents((step < FLAT_STEP).astype(np.uint8), connectivity=4)
    flat = labels.ravel()
    areas = np.bincount(flat, minlength=count)
    means = np.bincount(flat, plane.ravel(), minlength=count) / np.maximum(areas, 1)
    areas[0] = 0
    return np.where((areas >= SMALLEST_REGION)[labels], means[labels], plane).astype(np.float32)
