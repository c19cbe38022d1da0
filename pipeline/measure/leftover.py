"""What the cut-out forgot: pixels inside the mask that the fitted backdrop explains."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb_float
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.mask import pieces
from pipeline.model import Evidence
from pipeline.model import Reading
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import fit_backdrop

PROXY_SIDE: Final = 1024
SURE: Final = 0.5
BARE_OUTLINE: Final = 0.6
MAX_BOXES: Final = 12


def fit_on_proxy(rgb: NDArray[np.uint16]) -> Backdrop:
    """Fit the backdrop of `rgb` (uint16 H×W×3 Adobe RGB) on a copy whose longest side is at most 1024 px."""
    height, width = rgb.shape[:2]
    scale = min(1.0, PROXY_SIDE / max(height, width))
    size = max(2, round(width * scale)), max(2, round(height * scale))
    return fit_backdrop(adobe16_to_srgb_float(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)))


def read_backdrop_left(mask: Matte, backdrop: Backdrop, bare: float | None = None) -> Reading:
    """Share of the subject (coverage from 0.5) that is surely backdrop by the fit, 0..1; evidence in the original.

    Nothing removed at all reads near the backdrop's share of the photo. `bare` is the share of the mask's outline with
    nothing but backdrop on both sides: where it is known and small, the outline is right, and it is the product itself
    that has the backdrop's colour.
    """
    height, width = backdrop.sure.shape
    cover = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA) >= SOLID
    total = int(np.count_nonzero(cover))
    if not total:
        return Reading("backdrop_left", None, "ratio", "no product was found")
    left = cover & (backdrop.sure >= SURE)
    step_x, step_y = mask.shape[1] / width, mask.shape[0] / height
    boxes = tuple(
        (int(x0 * step_x), int(y0 * step_y), int(np.ceil(x1 * step_x)), int(np.ceil(y1 * step_y)))
        for _, (x0, y0, x1, y1) in pieces(left)[:MAX_BOXES]
    )
    share = float(np.count_nonzero(left)) / total
    if bare is not None and bare < BARE_OUTLINE:
        return Reading("backdrop_left", 0.0, "ratio", f"{share:.0%} of the product itself has the backdrop's colour")
    return Reading("backdrop_left", share, "ratio", f"{len(boxes)} places", Evidence(boxes, "original"))
