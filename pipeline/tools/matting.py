"""From a coarse mask to a matte at the photo's own size, in tiles along the boundary.

Coverage mixes light, so everything here is linear. In the band around the boundary, Fisher's discriminant (1936) of the
product's and the backdrop's local colours gives coverage as a linear function of the pixel; its coefficients are smooth
and are found on a small copy, while the edge itself comes from the photo's own pixels. Where both sides look alike the
coarse mask decides.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.mask import quantize
from pipeline.settings import Matting
from pipeline.tools.mixture import side_statistics
from pipeline.tools.tiling import tiles
from pipeline.tools.tiling import window

Pixels = NDArray[np.float32]

_SNAP: Final = 0.04


def matte(rgb: NDArray[np.uint16], coarse: Pixels, numbers: Matting) -> Pixels:
    """Return the mask float32 H×W 0..1 (quantised to 255 levels) of `rgb` (uint16 H×W×3, Adobe RGB).

    `coarse` is float32 h×w 0..1 of any size with the photo's proportions.
    """
    height, width = rgb.shape[:2]
    size = coarse.shape[1], coarse.shape[0]
    small = adobe16_to_linear(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    unknown = _unknown(coarse, numbers)
    plan = _coefficients(small, coarse, unknown, numbers)
    mask = cv2.resize((coarse > 0.5).astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST)
    for box in tiles((height, width), numbers.tile):
        band = window(unknown.astype(np.float32), box, (height, width)) > 0
        if band.any():
            coverage = _coverage(adobe16_to_linear(rgb[box]), window(plan, box, (height, width)), width / size[0])
            mask[box] = np.where(band, coverage, mask[box])
    return quantize(mask)


def _unknown(coarse: Pixels, numbers: Matting) -> NDArray[np.bool_]:
    """The band on the proxy: `band` around the boundary, and all that the coarse mask is unsure of near it."""
    product = (coarse > 0.5).astype(np.uint8)
    edge = cv2.morphologyEx(product, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    away = cv2.distanceTransform(1 - edge, cv2.DIST_L2, 3)
    unsure = (coarse > numbers.sure_backdrop) & (coarse < numbers.sure_product)
    return (away <= numbers.band) | (unsure & (away <= numbers.widest_band))


def _core(side: NDArray[np.bool_], unknown: NDArray[np.bool_], band: float) -> NDArray[np.bool_]:
    """What surely shows one side: beyond the band, and the middle of parts that are thinner than the band."""
    depth = cv2.distanceTransform(side.astype(np.uint8), cv2.DIST_L2, 3)
    reach = 2 * round(band) + 3
    ridge = cv2.dilate(depth, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    thin = (ridge < band + 1) & (depth >= 0.7 * ridge)
    return side & (~unknown | thin)


def _coefficients(small: Pixels, coarse: Pixels, unknown: NDArray[np.bool_], numbers: Matting) -> Pixels:
    """Six planes on the proxy: three weights and an offset of the discriminant, its trust, and the coarse edge."""
    inside = side_statistics(small, _core(coarse > 0.5, unknown, numbers.band))
    outside = side_statistics(small, _core(coarse <= 0.5, unknown, numbers.band))
    apart = inside.mean - outside.mean
    spread = inside.covariance + outside.covariance + np.float32(numbers.contrast**2 / 4) * np.eye(3, dtype=np.float32)
    weights = np.linalg.solve(spread, apart[..., None])[..., 0]
    separation = (weights * apart).sum(axis=2)
    weights /= separation[..., None] + 1e-6
    offset = -(weights * outside.mean).sum(axis=2)
    trust = separation / (separation + 8.0) * (inside.seen * outside.seen)
    size = coarse.shape[1], coarse.shape[0]
    planes = np.dstack([weights, offset, trust]).astype(np.float32)
    edge = cv2.GaussianBlur((coarse > 0.5).astype(np.float32), (0, 0), 0.8)
    return np.dstack([cv2.resize(planes, size, interpolation=cv2.INTER_LINEAR), edge])


def _coverage(linear: Pixels, plan: Pixels, scale: float) -> Pixels:
    seen = (linear * plan[..., :3]).sum(axis=2) + plan[..., 3]
    guess = (plan[..., 5] - 0.5) * max(1.0, scale) + 0.5
    trust = plan[..., 4]
    coverage = trust * np.clip(seen, 0, 1) + (1 - trust) * np.clip(guess, 0, 1)
    return np.clip((coverage - _SNAP) / (1 - 2 * _SNAP), 0, 1)
