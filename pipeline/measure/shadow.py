"""A shadow that was taken for product: backdrop, darker, inside the mask and along its outline."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb_float
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.measure.light import to_linear
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading
from pipeline.tools.backdrop import Backdrop

SIDE: Final = 512
DIMMED: Final = (0.08, 0.93)
"""Shares of the backdrop's linear light that a shadow keeps."""
STRAY: Final = 0.3
"""How far the three channels may be dimmed differently: a warm key before a neutral fill leaves a bluish shadow."""
STEP: Final = 0.12
"""Largest step of log light between neighbours inside a shadow: it has no print and no edges."""
ALONG: Final = 0.25
"""Least share of a patch's rim that lies on the outline: a dim face inside the product is no shadow."""
REACH: Final = 13
"""A patch lies on the outline when it comes this near (diameter, px): a penumbra is no part of it."""
LEAST: Final = 0.001
COLORED: Final = 0.8
HALF_LIT: Final = 0.2
"""Share of the rest of the product that no dimming explains, and of the light that a dim grey patch keeps: from both on
the patch is shadow however it ends."""
WHOLE: Final = 0.6
"""From this share on it is the product that has the backdrop's colour."""
LIT: Final = 0.9
"""Share of the backdrop's light just outside a patch from which on the shadow has ended there."""
FADING: Final = 0.3
"""Largest step at the outline, as a share of the patch's dimness: a shadow fades out, a dim face ends."""
MAX_BOXES: Final = 12


def read_shadow_left(rgb: NDArray[np.uint16], mask: Matte, backdrop: Backdrop) -> Reading:
    """Share of the subject that looks like shadow on the backdrop, 0..1; evidence in the original, largest first.

    Measured on a copy of `rgb` (uint16 H×W×3 Adobe RGB) whose longest side is 512 px: light over the fitted backdrop's
    light per channel (the shadow model of Horprasert, Harwood and Davis 1999: same chromaticity, less brightness).
    """
    height, width = mask.shape
    scale = min(1.0, SIDE / max(height, width))
    size = max(2, round(width * scale)), max(2, round(height * scale))
    light = to_linear(adobe16_to_srgb_float(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)))
    cover = cv2.resize(mask, size, interpolation=cv2.INTER_AREA) >= SOLID
    total = int(np.count_nonzero(cover))
    if not total:
        return Reading("shadow_left", None, "ratio", "no product was found")
    ratio = (light + 0.004) / (to_linear(backdrop.at(*size)) + 0.004)
    dim = _dimmed(ratio) & cover
    patches = _along_outline(dim, cover)
    share = sum(area for area, _ in patches) / total
    if share >= WHOLE:
        return Reading("shadow_left", 0.0, "ratio", "the product itself has the backdrop's colour")
    rest, mean = cover & ~dim, ratio.mean(axis=2)
    colored = rest.any() and float(_stray(ratio)[rest].mean()) >= COLORED
    patches = [patch for patch in patches if _is_shadow(patch[1], dim, cover, mean, colored=colored)]
    share = sum(area for area, _ in patches) / total
    step_x, step_y = width / size[0], height / size[1]
    boxes = tuple(
        (int(x0 * step_x), int(y0 * step_y), int(np.ceil(x1 * step_x)), int(np.ceil(y1 * step_y)))
        for _, (x0, y0, x1, y1) in patches[:MAX_BOXES]
    )
    return Reading("shadow_left", share, "ratio", f"{len(patches)} places", Evidence(boxes, "original"))


def _stray(ratio: NDArray) -> NDArray[np.bool_]:
    """Where the channels are dimmed too differently for a shadow."""
    return (ratio.max(axis=2) - ratio.min(axis=2)) / np.maximum(ratio.mean(axis=2), 1e-3) >= STRAY


def _dimmed(ratio: NDArray) -> NDArray[np.bool_]:
    mean = ratio.mean(axis=2)
    smooth = cv2.morphologyEx(np.log(mean + 0.02).astype(np.float32), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    low, high = DIMMED
    return (mean > low) & (mean < high) & ~_stray(ratio) & (smooth < STEP)


def _along_outline(dim: NDArray[np.bool_], cover: NDArray[np.bool_]) -> list[tuple[int, Box]]:
    """Area and box of the dim patches whose rim lies on the outline, largest first."""
    opened = cv2.morphologyEx(dim.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    outline = cv2.dilate((~cover).astype(np.uint8), np.ones((REACH, REACH), np.uint8)).astype(bool)
    inner = cv2.erode(opened, np.ones((3, 3), np.uint8)).astype(bool)
    rim = labels[(opened > 0) & ~inner]
    on_outline = labels[(opened > 0) & ~inner & outline]
    rims, touching = np.bincount(rim, minlength=count), np.bincount(on_outline, minlength=count)
    found = [
        (int(area), (int(x), int(y), int(x + w), int(y + h)))
        for label, (x, y, w, h, area) in enumerate(stats)
        if label and area >= LEAST * cover.sum() and touching[label] > ALONG * rims[label]
    ]
    return sorted(found, reverse=True)


def _is_shadow(box: Box, dim: NDArray[np.bool_], cover: NDArray[np.bool_], ratio: NDArray, *, colored: bool) -> bool:
    """Whether a patch is shadow: it fades out where it leaves the mask, or it is half-lit and the product is coloured.

    A product's face ends with a step; its own dark side is darker than a shadow on the backdrop.
    """
    left, top, right, bottom = box
    window = slice(max(0, top - REACH), bottom + REACH), slice(max(0, left - REACH), right + REACH)
    patch, near, light = dim[window].astype(np.uint8), cover[window].astype(np.uint8), ratio[window]
    reached = cv2.dilate(patch, np.ones((REACH, REACH), np.uint8)) > 0
    within = reached & (near > 0) & (cv2.erode(near, np.ones((5, 5), np.uint8)) == 0)
    beyond = cv2.dilate(near, np.ones((7, 7), np.uint8)) - cv2.dilate(near, np.ones((3, 3), np.uint8))
    beyond = reached & (beyond > 0)
    if not within.any() or not beyond.any():
        return False
    if colored and float(np.median(light[patch > 0])) >= HALF_LIT:
        return True
    inside, outside = float(np.median(light[within])), float(np.median(light[beyond]))
    return outside >= LIT and outside - inside <= FADING * (1 - float(np.median(light[patch > 0])))
