"""A second photo behind the first: the inside of a collar behind the neckline, after the mannequin is masked out.

Nothing is invented. Every pixel is one of the two photos' own, or lies between the two at the soft border; a shadow and
a match of colours are gains of such a pixel, and can be left out.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.color import linear_to_adobe16
from pipeline.errors import KnownError

Pixels = NDArray[np.uint16]
Floats = NDArray[np.float32]
Hole = NDArray[np.bool_]

SEAM: Final = 24
"""Pixels on both sides of the region's border whose colours are brought together."""
MOST: Final = 1.6
"""Gain of linear light per channel that a match gives at most, or takes."""
LEAST: Final = 64
SHADE: Final = 18.0
"""Standard deviation of the shadow that the front casts on what lies behind it, in pixels."""


@dataclass(frozen=True)
class Placement:
    """Where the second photo lies on the first.

    Attributes:
        move: (x, y) of the second photo's left upper corner in the first one's pixels.
        scale: first photo's pixels per pixel of the second.
        turn: degrees clockwise around the second photo's middle.
        mesh: rows of (x, y) offsets in the first photo's pixels, spread evenly over the second photo's box; () is none.
        feather: width in pixels over which the second photo fades in at the region's border.
        match: 0..1, how far its colours are brought to the first photo's along the border.
        shadow: 0..1, share of light that the front takes from what lies right behind it.
    """

    move: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    turn: float = 0.0
    mesh: tuple[tuple[tuple[float, float], ...], ...] = ()
    feather: float = 0.0
    match: float = 0.0
    shadow: float = 0.0


def laid_behind(
    rgb: Pixels, inside: Pixels, cover: Floats, region: Hole, placement: Placement
) -> tuple[Pixels, Floats]:
    """Return `rgb` (uint16 H×W×3) with `inside` (uint16 h×w×3) shown in `region` (bool H×W), and how much of it shows.

    `cover` (float32 h×w 0..1) is what of the second photo may show. With a whole move and without feather, match and
    shadow each pixel is exactly one of a photo's own. Raises KnownError where the second photo is placed beside the
    region.
    """
    placed, there = place(inside, cover, (rgb.shape[1], rgb.shape[0]), placement)
    share = there * feathered(region, placement.feather)
    if not share.any():
        raise KnownError("The inside photo lies beside the place it shall show in; move it behind the neckline.")
    if placement.match > 0:
        placed = matched(rgb, placed, region, share, placement.match)
    if placement.shadow > 0:
        placed = shaded(placed, region, placement.shadow)
    result = rgb.copy()
    shown = share > 0
    mixed = rgb[shown] + share[shown][:, None] * (placed[shown].astype(np.float32) - rgb[shown])
    result[shown] = np.rint(mixed).astype(np.uint16)
    return result, share


def place(inside: Pixels, cover: Floats, size: tuple[int, int], placement: Placement) -> tuple[Pixels, Floats]:
    """Return the second photo and its cover in the first one's frame of `size` (width, height), 0 where it is not."""
    move_x, move_y = placement.move
    plain = placement.scale == 1 and not placement.turn and not placement.mesh
    if plain and float(move_x).is_integer() and float(move_y).is_integer():
        return _moved(inside, size, (int(move_x), int(move_y))), _moved(cover, size, (int(move_x), int(move_y)))
    across, down = _sources(inside.shape, size, placement)
    pixels = cv2.remap(inside, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    share = cv2.remap(cover, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    return pixels, np.clip(share, 0, 1)


def feathered(region: Hole, width: float) -> Floats:
    """Return `region` as float32 0..1, rising from its border inwards over `width` pixels; nothing outside it."""
    if width <= 0:
        return region.astype(np.float32)
    depth = cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    rise = np.clip(depth / np.float32(width), 0, 1)
    return (rise * rise * (3 - 2 * rise)).astype(np.float32)


def matched(rgb: Pixels, placed: Pixels, region: Hole, share: Floats, strength: float) -> Pixels:
    """Return the placed photo with one gain per channel that brings its colours along the border to the first's."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * SEAM + 1,) * 2)
    levels = region.astype(np.uint8)
    outside = (cv2.dilate(levels, disc) > 0) & ~region
    within = region & (cv2.erode(levels, disc, borderValue=1) == 0) & (share > 0)
    if np.count_nonzero(outside) < LEAST or np.count_nonzero(within) < LEAST:
        return placed
    own, other = (adobe16_to_linear(plane[where][None])[0] for plane, where in ((rgb, outside), (placed, within)))
    gains = np.median(own, axis=0) / np.maximum(np.median(other, axis=0), 1e-5)
    gains = np.clip(gains, 1 / MOST, MOST) ** strength
    return linear_to_adobe16(adobe16_to_linear(placed) * np.float32(gains))


def shaded(placed: Pixels, region: Hole, strength: float) -> Pixels:
    """Return the placed photo darker towards the region's border, as what lies behind an edge is."""
    front = cv2.GaussianBlur((~region).astype(np.float32), (0, 0), SHADE)
    light = 1 - np.float32(strength) * np.clip(2 * front, 0, 1)
    return linear_to_adobe16(adobe16_to_linear(placed) * light[..., None])


def _moved(plane: NDArray, size: tuple[int, int], move: tuple[int, int]) -> NDArray:
    width, height = size
    result = np.zeros((height, width, *plane.shape[2:]), plane.dtype)
    left, top = max(0, move[0]), max(0, move[1])
    right, bottom = min(width, move[0] + plane.shape[1]), min(height, move[1] + plane.shape[0])
    if left < right and top < bottom:
        result[top:bottom, left:right] = plane[top - move[1] : bottom - move[1], left - move[0] : right - move[0]]
    return result


def _sources(shape: tuple[int, ...], size: tuple[int, int], placement: Placement) -> tuple[Floats, Floats]:
    """Where each pixel of the first photo looks in the second: x and y, float32 H×W, pixel centres at whole numbers."""
    height, width = shape[:2]
    x, y = np.meshgrid(np.arange(size[0], dtype=np.float32) + 0.5, np.arange(size[1], dtype=np.float32) + 0.5)
    x, y = x - np.float32(placement.move[0]), y - np.float32(placement.move[1])
    if placement.mesh:
        grid = np.array(placement.mesh, np.float32)
        # The mesh lies over the second photo's box as it is placed; its offsets are small against its fields.
        fields = np.float32(width * placement.scale), np.float32(height * placement.scale)
        columns = np.clip(x / fields[0], 0, 1) * (grid.shape[1] - 1)
        rows = np.clip(y / fields[1], 0, 1) * (grid.shape[0] - 1)
        offsets = cv2.remap(grid, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        x, y = x - offsets[..., 0], y - offsets[..., 1]
    middle = np.float32(width * placement.scale / 2), np.float32(height * placement.scale / 2)
    turn = np.radians(placement.turn)
    cosine, sine = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - middle[0], y - middle[1]
    across, down = cosine * across + sine * down, -sine * across + cosine * down
    scale = np.float32(placement.scale)
    return across / scale + np.float32(width / 2 - 0.5), down / scale + np.float32(height / 2 - 0.5)
