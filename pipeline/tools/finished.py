"""The engine for photos that are finished already: a product on pure white keeps every pixel it has."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.tools.segmenters import FINISHED
from pipeline.tools.segmenters import Identity


class FinishedSegmenter:
    """White connected to the frame's border is background, all else is product; exact at any size.

    `tolerance` is in levels below 255 per channel.
    """

    def __init__(self, *, tolerance: int) -> None:
        self.identity = Identity(name=FINISHED, version="1")
        self._tolerance = tolerance

    def segment(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return 0 where near-white hangs together with the border, else 1 (float32 H×W)."""
        darkest = rgb.min(axis=2)
        white = (darkest >= 1 - (self._tolerance + 0.5) / 255).astype(np.uint8)
        padded = cv2.copyMakeBorder(white, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
        cv2.floodFill(padded, None, (0, 0), 2)
        return np.where(padded[1:-1, 1:-1] == 2, np.float32(0), np.float32(1))
