"""What could be written on a picture, brought out: each place against its surroundings, product and backdrop apart.

A pale watermark across a dark product on a light backdrop is a few levels beside steps of a hundred. Where product and
backdrop are each levelled by themselves the product's shape disappears, and what lies over both stays.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.mask import SOLID
from pipeline.mask import VISIBLE
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.mask import support_box
from pipeline.model import Box

SIDE: Final = 900
"""Longest side of the copy, px."""
MARGIN: Final = 0.2
"""Of the product's longest side that is looked at beside it."""
REACH: Final = 0.06
"""Of the copy's longest side: how far around a place its surroundings reach."""
ON_PRODUCT: Final = 4.5
ON_BACKDROP: Final = 9.0
"""Levels of 255 for a difference of 1 ΔE (CIE76): a backdrop is smoother than a product."""
LETTER: Final = 15
"""Pixels up to which a piece of the mask is a letter that was kept, and no product."""
EDGE: Final = 9
"""Pixels around the product in which its own edge shows."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Ink:
    """Attributes:

    picture: uint8 h×w, 0 where a place is like its surroundings, 255 where it stands out from them.
    mask: float32 h×w 0..1; bare: bool h×w, surely beside the product.
    origin: (x, y) of the window in the original; step: original pixels per pixel here.
    """

    picture: NDArray[np.uint8]
    mask: Matte
    bare: NDArray[np.bool_]
    origin: tuple[int, int]
    step: float

    def box(self, corners: Floats) -> Box:
        """Return the box around corners (N×2) here, in the original's pixels."""
        (x0, y0), (x1, y1) = self.points(np.stack([corners.min(axis=0), corners.max(axis=0) + 1]))
        return max(0, x0), max(0, y0), x1, y1

    def points(self, here: Floats) -> tuple[tuple[int, int], ...]:
        """Return places (N×2) here as whole pixels of the original."""
        (left, top), step = self.origin, self.step
        return tuple((left + int(x * step), top + int(y * step)) for x, y in here.tolist())


def bring_out(rgb: NDArray[np.uint16], mask: Matte, scale: int = 1) -> Ink | None:
    """Return the ink on and around the product of `rgb` (uint16 H×W×3 Adobe RGB), None without a product.

    `scale` is how many pixels of the original one of theirs is a side.
    """
    box = support_box(mask)
    if box is None:
        return None
    longest = max(box[2] - box[0], box[3] - box[1])
    rows, columns = grown(box, round(MARGIN * longest), (mask.shape[1], mask.shape[0]))
    across, down = columns.stop - columns.start, rows.stop - rows.start
    step = max(1.0, max(across, down) / SIDE)
    size = max(2, round(across / step)), max(2, round(down / step))
    lab = adobe16_to_lab(cv2.resize(rgb[rows, columns], size, interpolation=cv2.INTER_AREA))
    cover = cv2.resize(mask[rows, columns], size, interpolation=cv2.INTER_AREA)
    solid = cv2.morphologyEx((cover >= SOLID).astype(np.uint8), cv2.MORPH_OPEN, np.ones((LETTER, LETTER), np.uint8))
    near = cv2.dilate((cover > VISIBLE).astype(np.uint8), np.ones((EDGE, EDGE), np.uint8))
    origin = scale * columns.start, scale * rows.start
    return Ink(_standing_out(lab, solid), cover, near == 0, origin, scale * step)


def _standing_out(lab: Floats, solid: NDArray[np.uint8]) -> NDArray[np.uint8]:
    reach = max(6, round(REACH * max(solid.shape)))
    own = ON_PRODUCT * np.linalg.norm(lab - _around(lab, solid.astype(np.float32), reach), axis=2)
    beside = ON_BACKDROP * np.linalg.norm(lab - _around(lab, 1 - solid.astype(np.float32), reach), axis=2)
    return np.clip(np.where(solid > 0, own, beside), 0, 255).astype(np.uint8)


def _around(lab: Floats, weight: Floats, reach: int) -> Floats:
    """Mean of the surroundings of like kind: normalised convolution (Knutsson and Westin 1993)."""
    window = 2 * reach + 1, 2 * reach + 1
    known = np.maximum(cv2.blur(weight, window), 1e-3)
    return cv2.blur(lab * weight[..., None], window) / known[..., None]
