"""Is this original already a finished packshot: a product that fills a white frame?"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

RING_PIXELS: Final = 4
NEAR_WHITE: Final = 250


@dataclass(frozen=True)
class WhiteFrame:
    """How white the photo's rim is and how much of the frame is filled.

    Attributes:
        rim: share of the outermost four rows and columns that is at least 250 in every channel, 0..1.
        fill: longest side of what is not white background over the frame's side, 0..1.
    """

    rim: float
    fill: float

    def is_finished(self, *, min_rim: float, min_fill: float) -> bool:
        """A studio frame keeps its distance and its shadow; a packshot is white to the rim and filled."""
        return self.rim >= min_rim and self.fill >= min_fill


def read_white_frame(rgb: NDArray[np.uint8]) -> WhiteFrame:
    """Measure `rgb` (uint8 H×W×3 sRGB). White background is what is ≥ 250 and reaches the border."""
    white = (rgb.min(axis=2) >= NEAR_WHITE).astype(np.uint8)
    rim = np.concatenate(
        [
            white[:RING_PIXELS].ravel(),
            white[-RING_PIXELS:].ravel(),
            white[:, :RING_PIXELS].ravel(),
            white[:, -RING_PIXELS:].ravel(),
        ]
    )
    _, labels = cv2.connectedComponents(white, connectivity=4)
    border = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    background = np.isin(labels, border[border > 0])
    subject = cv2.morphologyEx((~background).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, _, width, height = cv2.boundingRect(subject)
    return WhiteFrame(rim=float(rim.mean()), fill=max(width / rgb.shape[1], height / rgb.shape[0]))
