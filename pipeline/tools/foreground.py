"""The product's own colour under a soft edge, so that no backdrop bleeds into the cut-out; a pure function.

Photo and mask alone decide, so a stored mask and its original re-create a result bit for bit. Pixels surely on one side
lend their colour to the edge nearby (normalised convolution); then one least-squares step makes both colours, mixed by
the mask, add up to the photo's pixel again (the idea of Forte, "Approximate Fast Foreground Colour Estimation", 2021).
"""

import math
from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.color import linear_to_adobe16
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.tools.tiling import Tile
from pipeline.tools.tiling import tiles
from pipeline.tools.tiling import window

Pixels = NDArray[np.float32]

TILE: Final = 512
SMALL_SIDE: Final = 1280
REACHES: Final = ((1.5, 1.0), (5.0, 1e-3), (20.0, 1e-6), (80.0, 1e-9))
"""Standard deviations in pixels of a small copy of that side, with weights that let the nearest sure colour speak."""
AROUND: Final = 60
"""Pixels of the small copy around what is soft within which a sure colour counts."""
STRIP_ROWS: Final = 16
"""Rows of the small copy made at once: what they need fits into the processor's own memory."""
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


def looked_at(mask: Pixels) -> Tile:
    """Return the rows and columns of a photo that its cut-out by `mask` (float32 H×W 0..1) depends on."""
    box = covered_box(mask > 0)
    return grown(box or (0, 0, 1, 1), _reach(mask), (mask.shape[1], mask.shape[0]))


def _reach(mask: Pixels) -> int:
    return math.ceil(AROUND * max(mask.shape) / SMALL_SIDE)


def _edges(rgb: NDArray[np.uint16], mask: Pixels) -> Iterator[tuple[Tile, NDArray[np.bool_], Pixels]]:
    """Yield per tile with soft pixels: the box, which of its pixels are soft, and their colour (n×3, linear)."""
    soft = (mask > 0) & (mask < 1)
    box = covered_box(soft)
    if box is None:
        return
    near = grown(box, _reach(mask), (mask.shape[1], mask.shape[0]))
    sides = _sides(rgb[near], mask[near], max(mask.shape) / SMALL_SIDE)
    for rows, columns in tiles(soft[near].shape, TILE):
        tile = _moved(rows, near[0].start), _moved(columns, near[1].start)
        band = soft[tile]
        if band.any():
            product, backdrop = (window(side, (rows, columns), shape)[band] for side, shape in sides)
            pixel = adobe16_to_linear(rgb[tile][band])
            yield tile, band, _own_colour(pixel, mask[tile][band][:, None], product, backdrop)


def _moved(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)


def _own_colour(pixel: Pixels, cover: Pixels, product: Pixels, backdrop: Pixels) -> Pixels:
    rest = pixel - cover * product - (1 - cover) * backdrop
    return np.clip(product + cover * rest / (np.square(cover) + np.square(1 - cover)), 0, 1)


def _sides(rgb: NDArray[np.uint16], mask: Pixels, scale: float) -> list[tuple[Pixels, tuple[int, int]]]:
    """Smooth colours of product and backdrop, float32 h×w×3 on a small copy, linear light; and what each stands for.

    A whole number of pixels becomes one, which is quicker; the few that are left over at the far sides lend nothing.
    """
    step = min(math.ceil(scale), *mask.shape)
    height, width = mask.shape[0] // step, mask.shape[1] // step
    sides = [np.empty((height, width, 4), np.float32) for _ in range(2)]
    for top in range(0, height, STRIP_ROWS):
        bottom = min(top + STRIP_ROWS, height)
        rows = slice(top * step, bottom * step), slice(0, width * step)
        light, cover = adobe16_to_linear(rgb[rows]), mask[rows]
        for side, sure in zip(sides, (cover == 1, cover == 0), strict=True):
            side[top:bottom] = _sure_light(light, _levels(sure), (width, bottom - top))
    return [(_spread(side, scale / step), (height * step, width * step)) for side in sides]


def _sure_light(light: Pixels, sure: NDArray[np.uint8], size: tuple[int, int]) -> Pixels:
    """The light of what is sure (1, else 0) and how much that is, float32 h×w×4, averaged to `size`."""
    weight = cv2.resize(sure.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    part = cv2.resize(cv2.copyTo(light, sure), size, interpolation=cv2.INTER_AREA)
    return cv2.merge([*cv2.split(part), weight])


def _spread(weighted: Pixels, scale: float) -> Pixels:
    near = sum(np.float32(share) * _blur(weighted, reach * scale) for reach, share in REACHES)
    return np.ascontiguousarray(near[..., :3] / (near[..., 3:] + 1e-12))


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
