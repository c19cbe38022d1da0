"""Pictures in sizes that halve, by area average: the levels of viewing copies and of everything drawn on a screen."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

SMALLEST_SIDE: Final = 64


def halves(pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """Yield `pixels` (uint8 H×W×C) and its halves by area average, down to a shorter side of 64 to 127 pixels."""
    yield pixels
    while min(pixels.shape[:2]) >= 2 * SMALLEST_SIDE:
        height, width = pixels.shape[:2]
        pixels = cv2.resize(pixels, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
        yield pixels
