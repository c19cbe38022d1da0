"""The product's own colour under a soft edge, so that no backdrop bleeds into the cut-out; a pure function.

Photo and mask alone decide, so a stored mask and its original re-create a result bit for bit. Pixels surely on one side
lend their colour to the edge nearby (normalised convolution); then one least-squares step makes both colours, mixed by
the mask, add up to the photo's pixel again (the idea of Forte, "Approximate Fast Foreground Colour Estimation", 2021).
"""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.color import linear_to_adobe16
from pipeline.tools.tiling import Tile
from pipeline.tools.tiling import small_size
from pipeline.tools.tiling import tiles
from pipeline.tools.tiling import window

Pixels = NDArray[np.float32]

TILE: Final = 1024
SMALL_SIDE: Final = 1280
REACHES: Final = ((1.5, 1.0), (5.0, 1e-3), (20.0, 1e-6), (80.0, 1e-9))
"""Standard deviations in pixels of the small copy, with weights that let the nearest sure colour speak."""
WHITE: Final = 65535


def on_white(rgb: NDArray[np.uint16], mask: Pixels) -> NDArray[np.uint16]:
    """Return the product of `rgb` (uint16 H×W×3, Adobe RGB) on exact white under `mask` (float32 H×W 0..1).

    Mask 0 is exactly 65535, mask 1 is the untouched pixel; between them the estimated product colour is mixed with
    white in linear light, as if the product had been photographed in front of white.
    """
    result = np.full_like(rgb, WHITE)
    cv2.copyTo(rgb, _levels(mask > 0), result)
    for box, band, colour in _edges(rgb, mask):
        cover = mask[box][band][:, None]
        mixed = cover * colour + (1 - cover)
        result[box][band] = linear_to_adobe16(mixed[None])[0]
    return result


def foreground(rgb: NDArray[np.uint16], mask: Pixels) -> NDArray[np.uint16]:
    """Return `rgb` (uint16 H×W×3, Adobe RGB) with the product's estimated colour wherever 0 < `mask` < 1."""
    result = rgb.copy()
    for box, band, colour in _edges(rgb, mask):
        result[box][band] = linear_to_adobe16(colour[None])[0]
    return result


def _edges(rgb: NDArray[np.uint16], mask: Pixels) -> Iterator[tuple[Tile, NDArray[np.bool_], Pixels]]:
    """Yield per tile with soft pixels: the box, which of its pixels are soft, and their colour (n×3, linear)."""
    soft = (mask > 0) & (mask < 1)
    if not soft.any():
        return
    sides = _sides(rgb, mask)
    for box in tiles(mask.shape, TILE):
        band = soft[box]
        if band.any():
            both = window(sides, box, mask.shape)[band]
            yield box, band, _own_colour(adobe16_to_linear(rgb[box])[band], mask[box][band], both)


def _own_colour(pixel: Pixels, cover: Pixels, both: Pixels) -> Pixels:
    product, backdrop, cover = both[:, :3], both[:, 3:], cover[:, None]
    rest = pixel - cover * product - (1 - cover) * backdrop
    return np.clip(product + cover * rest / (np.square(cover) + np.square(1 - cover)), 0, 1)


def _sides(rgb: NDArray[np.uint16], mask: Pixels) -> Pixels:
    """Smooth colours of product and backdrop, float32 h×w×6 on a small copy, linear light."""
    size, sure = small_size(mask.shape, SMALL_SIDE), (_levels(mask == 1), _levels(mask == 0))
    lights = _weighted_small(rgb, sure, size)
    return np.dstack([_spread(light, each, size) for light, each in zip(lights, sure, strict=True)])


def _spread(light: Pixels, sure: NDArray[np.uint8], size: tuple[int, int]) -> Pixels:
    weight = cv2.resize(sure.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    weighted = np.dstack([light, weight])
    near = sum(np.float32(share) * _blur(weighted, reach) for reach, share in REACHES)
    return near[..., :3] / (near[..., 3:] + 1e-12)


def _weighted_small(
    rgb: NDArray[np.uint16], sure: tuple[NDArray[np.uint8], ...], size: tuple[int, int]
) -> tuple[Pixels, ...]:
    """Small copies of the light of what is sure (0 or 1), made in strips so that 24 megapixels need little memory."""
    height = rgb.shape[0]
    results = tuple(np.zeros((size[1], size[0], 3), np.float32) for _ in sure)
    for top in range(0, size[1], 128):
        bottom = min(top + 128, size[1])
        rows = slice(top * height // size[1], -(-bottom * height // size[1]))
        light = adobe16_to_linear(rgb[rows])
        for result, each in zip(results, sure, strict=True):
            part = cv2.copyTo(light, each[rows])
            result[top:bottom] = cv2.resize(part, (size[0], bottom - top), interpolation=cv2.INTER_AREA)
    return results


def _levels(where: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return where.view(np.uint8)


def _blur(plane: Pixels, sigma: float) -> Pixels:
    """Gaussian blur; a wide one on a smaller copy, where it costs no more than a narrow one."""
    shrink = 2 ** max(0, int(np.log2(sigma / 2)))
    if shrink == 1:
        return cv2.GaussianBlur(plane, (0, 0), sigma)
    size = max(1, plane.shape[1] // shrink), max(1, plane.shape[0] // shrink)
    small = cv2.GaussianBlur(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / shrink)
    return cv2.resize(small, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)
