"""Windowed SSIM as a map, fast: uniform windows by separable filters in float32, strip by strip in the cache."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

WINDOW: Final = 7
K1: Final = 0.01
K2: Final = 0.03
STRIP_ROWS: Final = 96
LEAST_PIXELS: Final = 64
UNBIASED: Final = WINDOW**2 / (WINDOW**2 - 1)

GRADIENT_CONSTANT: Final = 170.0
"""Of 255² gradient levels: keeps flat places alike (Xue and others, table 1)."""

Grey = NDArray[np.float32]
Bytes = NDArray[np.uint8]


def similarity_map(one: Grey | Bytes, other: Grey | Bytes, *, data_range: float) -> Grey:
    """Return the SSIM of every 7×7 window of two images (float32 or uint8 H×W): float32 H×W, -1..1.

    Wang, Bovik, Sheikh and Simoncelli 2004 with uniform windows and unbiased covariances, the same values as
    `skimage.metrics.structural_similarity(full=True)` with its defaults (to 1e-3, also at the border).
    """
    # Around a common mean the squares stay small, so float32 is exact enough.
    middle = (cv2.mean(one)[0] + cv2.mean(other)[0]) / 2
    constants = (K1 * data_range) ** 2, (K2 * data_range) ** 2
    result, reach, height = np.empty(one.shape, np.float32), WINDOW // 2, one.shape[0]
    for top in range(0, height, STRIP_ROWS):
        first, bottom = max(0, top - reach), min(height, top + STRIP_ROWS)
        rows = slice(first, min(height, bottom + reach))
        pair = (cv2.subtract(image[rows], middle, dtype=cv2.CV_32F) for image in (one, other))
        strip = _strip(*pair, middle, constants)
        result[top:bottom] = strip[top - first : bottom - first]
    return result


def gradient_deviation(one: Grey, other: Grey, allowed: NDArray[np.bool_]) -> float | None:
    """Return the gradient magnitude similarity deviation of two float32 H×W images in levels of 255, 0 (alike) to 1.

    Xue, Zhang, Mou and Bovik 2014: the standard deviation of the Prewitt gradients' likeness on the half-size images,
    here where `allowed` (bool H×W) only; None where that is less than 64 pixels of the half-size images.
    """
    size = max(1, one.shape[1] // 2), max(1, one.shape[0] // 2)
    slopes = [_gradient(cv2.resize(image, size, interpolation=cv2.INTER_AREA)) for image in (one, other)]
    inside = cv2.resize(allowed.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    inside = cv2.erode(inside, np.ones((3, 3), np.uint8), borderValue=0) > 0
    if np.count_nonzero(inside) < LEAST_PIXELS:
        return None
    first, second = (slope[inside] for slope in slopes)
    alike = (2 * first * second + GRADIENT_CONSTANT) / (first**2 + second**2 + GRADIENT_CONSTANT)
    return float(alike.std())


def _gradient(image: Grey) -> Grey:
    even, slope = np.full(3, 1 / 3, np.float32), np.array([1, 0, -1], np.float32)
    across = cv2.sepFilter2D(image, cv2.CV_32F, slope, even)
    return cv2.magnitude(across, cv2.sepFilter2D(image, cv2.CV_32F, even, slope))


def _strip(x: Grey, y: Grey, middle: float, constants: tuple[float, float]) -> Grey:
    mean_x, mean_y, both = _window_mean(x), _window_mean(y), _window_mean(cv2.multiply(x, y))
    squares = _window_mean(cv2.add(cv2.multiply(x, x), cv2.multiply(y, y)))
    product = cv2.multiply(mean_x, mean_y)
    means = cv2.add(cv2.multiply(mean_x, mean_x), cv2.multiply(mean_y, mean_y))
    shift = cv2.addWeighted(mean_x, 2 * middle, mean_y, 2 * middle, 2 * middle**2 + constants[0])
    light = cv2.add(cv2.add(product, product), shift), cv2.add(means, shift)
    contrast = (
        cv2.addWeighted(both, 2 * UNBIASED, product, -2 * UNBIASED, constants[1]),
        cv2.addWeighted(squares, UNBIASED, means, -UNBIASED, constants[1]),
    )
    return cv2.divide(cv2.multiply(light[0], contrast[0]), cv2.multiply(light[1], contrast[1]))


def _window_mean(image: Grey) -> Grey:
    even = np.full(WINDOW, 1 / WINDOW, np.float32)
    return cv2.sepFilter2D(image, cv2.CV_32F, even, even, borderType=cv2.BORDER_REFLECT)
