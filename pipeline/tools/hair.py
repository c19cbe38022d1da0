"""Hair and fur: the matte of a painted region solved again from the photo's own colours.

Two colours mix in every pixel. The backdrop's is nearly even, so it follows from the backdrop around; the product's is
one of a few that the product shows nearby. What each of them would explain gives a first coverage, weighted by how well
it explains the pixel (after Wang and Cohen, "Optimized Color Sampling for Robust Matting", 2007); closed-form matting
(`pipeline.tools.solve`) then makes it agree with its neighbours, while all outside the region is known.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.mask import quantize
from pipeline.settings import Hair
from pipeline.tools.solve import Prior
from pipeline.tools.solve import solve

Plane = NDArray[np.float32]
Region = NDArray[np.bool_]

REACHES: Final = ((4.0, 1.0), (12.0, 1e-2), (40.0, 1e-4), (120.0, 1e-7))
"""Standard deviations in pixels over which sure colours spread, with weights that let the nearest speak."""
SAMPLES: Final = 4000
DARK: Final = 1e-3
"""Squared distance of two colours (linear light) below which they are hardly told apart."""
ALMOST: Final = 0.02


def solve_hair(rgb: NDArray[np.uint16], mask: Plane, region: Region, numbers: Hair) -> Plane:
    """Return `mask` (float32 H×W 0..1, quantised to 255 levels) solved again inside `region` (bool H×W).

    `rgb` is uint16 H×W×3, Adobe RGB. Outside the region nothing changes. Only the region and `numbers.around` pixels
    beside it are looked at, so the same input gives the same mask whatever lies elsewhere.
    """
    box = covered_box(region)
    if box is None:
        return mask
    window = grown(box, numbers.around, (mask.shape[1], mask.shape[0]))
    linear, old, there = adobe16_to_linear(np.ascontiguousarray(rgb[window])), mask[window], region[window]
    smooth = numbers.smooth + 3 * _noise(linear)
    first, apart = _explained(linear, old, there, numbers)
    known = np.where(there, first, old).astype(np.float32)
    weight = (numbers.weight * apart / (apart + DARK) + numbers.least_weight).astype(np.float32)
    solved = solve(linear, Prior(known, weight, there), smooth=smooth, rounds=numbers.rounds)
    result = mask.copy()
    settled = quantize((solved - ALMOST) / (1 - 2 * ALMOST))
    result[window] = np.where(there, settled, old)
    return result


def _explained(linear: Plane, mask: Plane, region: Region, numbers: Hair) -> tuple[Plane, Plane]:
    """Coverage by colour alone, and how far (squared) product and backdrop lie apart; both h×w."""
    product = np.where(region, 0.3 * np.clip(2 * mask - 1, 0, 1) ** 2, mask > 0.95).astype(np.float32)
    backdrop = np.where(region, 0.3 * np.clip(1 - 2 * mask, 0, 1) ** 2, mask < 0.05).astype(np.float32)
    palette = _palette(linear[(mask > 0.95) & ~region], numbers.colours)
    tolerance = 2 * numbers.tolerance * (_noise(linear) + numbers.least_noise)
    cover, apart = mask, np.zeros_like(mask)
    for _ in range(numbers.passes):
        under, over = _spread(linear, backdrop), _spread(linear, product)
        cover, apart = _mixed(linear, under, over, palette, tolerance)
        # What turned out to be surely one side says what that side looks like here, shadows included.
        backdrop = np.where(region, np.clip(1 - 3 * cover, 0, 1) ** 2, backdrop).astype(np.float32)
        product = np.where(region, np.clip(3 * cover - 2, 0, 1) ** 2, product).astype(np.float32)
    return cover, apart


def _mixed(linear: Plane, under: Plane, over: Plane, palette: Plane, tolerance: float) -> tuple[Plane, Plane]:
    """The mean of what every candidate for the product's colour says, by how well it explains the pixel."""
    total, weights = np.zeros(linear.shape[:2], np.float32), np.full(linear.shape[:2], 1e-12, np.float32)
    pixel = linear - under
    for colour in (over, *palette):
        way = colour - under
        apart = np.square(way).sum(axis=2)
        cover = np.clip((pixel * way).sum(axis=2) / np.maximum(apart, 1e-9), 0, 1)
        rest = np.square(pixel - cover[..., None] * way).sum(axis=2)
        weight = np.exp(-np.minimum(rest / tolerance, 60)) * apart / (apart + DARK)
        total += weight * cover
        weights += weight
    return total / weights, np.square(over - under).sum(axis=2)


def _palette(colours: Plane, count: int) -> Plane:
    """The product's main colours, k×3; none where too little of it is known."""
    some = np.ascontiguousarray(colours[:: max(1, len(colours) // SAMPLES)])
    if len(some) < 4 * count:
        return np.empty((0, 3), np.float32)
    cv2.setRNGSeed(0)
    ends = cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1e-4
    return cv2.kmeans(some, count, None, ends, 1, cv2.KMEANS_PP_CENTERS)[2]


def _spread(linear: Plane, sure: Plane) -> Plane:
    """Colours of the sure pixels, spread over all others, h×w×3."""
    light = np.dstack([linear * sure[..., None], sure])
    near = sum(np.float32(share) * _blurred(light, reach) for reach, share in REACHES)
    return near[..., :3] / (near[..., 3:] + np.float32(1e-14))


def _blurred(light: Plane, reach: float) -> Plane:
    """A Gaussian blur; a wide one on a smaller copy, where it costs no more than a narrow one."""
    shrink = 2 ** max(0, int(np.log2(reach / 3)))
    if shrink == 1:
        return cv2.GaussianBlur(light, (0, 0), reach)
    size = max(1, light.shape[1] // shrink), max(1, light.shape[0] // shrink)
    small = cv2.GaussianBlur(cv2.resize(light, size, interpolation=cv2.INTER_AREA), (0, 0), reach / shrink)
    return cv2.resize(small, (light.shape[1], light.shape[0]), interpolation=cv2.INTER_LINEAR)


def _noise(linear: Plane) -> float:
    """Variance of the photo's noise from the median step between neighbours (linear light, mean of channels)."""
    if linear.shape[1] < 2:
        return 0.0
    steps = np.median(np.abs(linear[:, 1:] - linear[:, :-1]), axis=(0, 1))
    return float(np.square(1.4826 * steps).mean()) / 2
