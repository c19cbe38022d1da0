"""Local colours of one side of a boundary, reached from where that side is sure: mean and covariance per pixel."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]

STEP: Final = 2
REACHES: Final = ((3.0, 1.0), (9.0, 1e-2), (30.0, 1e-4))
"""Standard deviation in pixels and weight: the far ones only speak where the near ones saw nothing."""


@dataclass(frozen=True, eq=False)
class Side:
    """Colour statistics on a grid of half the size, linear light.

    Attributes:
        mean: float32 h×w×3.
        covariance: float32 h×w×3×3.
        seen: float32 h×w, near 1 where any sure pixel lies within reach, else near 0.
    """

    mean: Pixels
    covariance: Pixels
    seen: Pixels


def side_statistics(linear: Pixels, sure: NDArray[np.bool_]) -> Side:
    """Return the colours of `linear` (float32 H×W×3) where `sure` (bool H×W), as seen from every place nearby."""
    size = max(1, linear.shape[1] // STEP), max(1, linear.shape[0] // STEP)
    weight = cv2.resize(sure.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    colours = cv2.resize(linear, size, interpolation=cv2.INTER_AREA)
    red, green, blue = cv2.split(colours)
    products = cv2.merge([red * red, green * green, blue * blue]), cv2.merge([red * green, red * blue, green * blue])
    total, sums = np.zeros(size[::-1], np.float32), np.zeros((*size[::-1], 9), np.float32)
    for reach, share in REACHES:
        parts = [_blur(plane * weight[..., None], reach / STEP) for plane in (colours, *products)]
        sums += share * np.dstack(parts)
        total += share * _blur(weight, reach / STEP)
    sums /= total[..., None] + 1e-9
    seen = total / (total + 1e-8)
    return Side(mean=np.ascontiguousarray(sums[..., :3]), covariance=_covariance(sums), seen=seen)


def _covariance(sums: Pixels) -> Pixels:
    mean = sums[..., :3]
    matrix = np.empty((*sums.shape[:2], 3, 3), np.float32)
    for (i, j), plane in zip(((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)), range(3, 9), strict=True):
        matrix[..., i, j] = matrix[..., j, i] = sums[..., plane] - mean[..., i] * mean[..., j]
    return matrix


def _blur(plane: Pixels, sigma: float) -> Pixels:
    """Gaussian blur; a wide one on a smaller copy, where it costs no more than a narrow one."""
    if sigma <= 6:
        return cv2.GaussianBlur(plane, (0, 0), sigma)
    size = max(1, plane.shape[1] // 4), max(1, plane.shape[0] // 4)
    small = cv2.GaussianBlur(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / 4)
    return cv2.resize(small, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)
