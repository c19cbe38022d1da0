"""From a coarse mask to a matte at the photo's own size: closed-form matting along the boundary.

Coverage mixes light, so everything here is linear. Which pixels are in doubt, and how much the coarse mask counts
there, follows from the mask itself: a sharp edge is believed, a blurred one only says where to look; where the photo
shows no edge nothing speaks against the coarse mask. Photos larger than `side` are solved on a smaller copy; its
local-linear model of coverage then meets the photo's own pixels, in tiles.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.mask import quantize
from pipeline.settings import Matting
from pipeline.tools.solve import Prior
from pipeline.tools.solve import line_model
from pipeline.tools.solve import solve
from pipeline.tools.tiling import small_size
from pipeline.tools.tiling import tiles
from pipeline.tools.tiling import window

Pixels = NDArray[np.float32]

SHARPEST: Final = 0.4
"""What a network's sharpest edges rise by per pixel; a step seen through bilinear sampling rises by 0.5."""
FALL: Final = 6
"""How fast belief falls with the edge's blur; the error of a blurred edge's place grows with its width."""
ALMOST: Final = 0.02
STRIP_ROWS: Final = 32
"""So many rows of a photo fit into the processor's own memory."""
ENLARGED: Final = 4
"""How fast it falls when the mask is enlarged."""


def matte(rgb: NDArray[np.uint16], coarse: Pixels, numbers: Matting) -> Pixels:
    """Return the mask float32 H×W 0..1 (quantised to 255 levels) of `rgb` (uint16 H×W×3, Adobe RGB).

    `coarse` is float32 h×w 0..1 of any size with the photo's proportions.
    """
    size = small_size(rgb.shape, numbers.side)
    whole = size == (rgb.shape[1], rgb.shape[0])
    linear = adobe16_to_linear(rgb if whole else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    prior = _prior(linear, coarse, numbers)
    smooth = numbers.smooth + numbers.noise * _noise(linear)
    solved = solve(linear, prior, smooth=smooth, rounds=numbers.rounds)
    if whole:
        return _settled(solved)
    plan = line_model(linear, np.clip(solved, 0, 1), smooth)
    return _settled(_at_full_size(rgb, plan, prior, numbers.tile))


def _settled(coverage: Pixels) -> Pixels:
    """Almost nothing is nothing and almost all is all, so that white stays white and the product its own; in place."""
    for top in range(0, len(coverage), STRIP_ROWS):
        strip = coverage[top : top + STRIP_ROWS]
        strip[...] = quantize((strip - ALMOST) / (1 - 2 * ALMOST))
    return coverage


def _prior(linear: Pixels, coarse: Pixels, numbers: Matting) -> Prior:
    """What the coarse mask says at the size of `linear`, and how far it is to be believed."""
    size = linear.shape[1], linear.shape[0]
    scale = size[0] / coarse.shape[1]
    mask = np.clip(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC), 0, 1)
    doubt = _doubt(mask, scale, numbers)
    rise = cv2.magnitude(*(cv2.Sobel(coarse, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1))))
    rise = cv2.blur(cv2.dilate(rise, np.ones((7, 7), np.uint8)), (7, 7))
    belief = cv2.resize(np.minimum(rise / SHARPEST, 1) ** FALL, size, interpolation=cv2.INTER_LINEAR)
    weight = np.maximum(belief, numbers.least_weight) / np.float32(max(1.0, scale) ** ENLARGED)
    wish = np.clip((mask - 0.5) * numbers.steepen + 0.5, 0, 1)
    return Prior(np.where(doubt, wish, mask > 0.5).astype(np.float32), weight, doubt)


def _doubt(mask: Pixels, scale: float, numbers: Matting) -> NDArray[np.bool_]:
    """The band around the boundary, and all that the coarse mask is unsure of near it."""
    product = (mask > 0.5).astype(np.uint8)
    edge = cv2.morphologyEx(product, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    away = cv2.distanceTransform(1 - edge, cv2.DIST_L2, 3)
    unsure = (mask > numbers.sure_backdrop) & (mask < numbers.sure_product)
    return (away <= numbers.band * scale) | (unsure & (away <= numbers.widest_band * scale))


def _noise(linear: Pixels) -> float:
    """Variance of the photo's noise, from the median step between neighbours (linear light, mean of channels)."""
    rows = linear[:: max(1, linear.shape[0] // 96)]
    if rows.shape[1] < 2:
        return 0.0
    steps = np.median(np.abs(rows[:, 1:] - rows[:, :-1]), axis=(0, 1))
    return float(np.square(1.4826 * steps).mean()) / 2


def _at_full_size(rgb: NDArray[np.uint16], plan: Pixels, prior: Prior, tile: int) -> Pixels:
    """The solved coverage at the photo's size, its edges from the photo's own pixels."""
    shape = rgb.shape[:2]
    doubt = prior.doubt.astype(np.float32)
    mask = cv2.resize(prior.mask, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    for box in tiles(shape, tile):
        band = window(doubt, box, shape) > 0
        if band.any():
            weights, linear = window(plan, box, shape)[band], adobe16_to_linear(rgb[box][band])
            mask[box][band] = (linear * weights[:, :3]).sum(axis=1) + weights[:, 3]
    return mask
