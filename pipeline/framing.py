"""The geometry from original to result: plan a frame around the product, map points through it, resample pixels.

Coordinates have pixel centres at .5, as `model.Frame` says. A plan at scale 1 is a whole-pixel move, so the product's
pixels stay bit for bit what they were.
"""

import math
from dataclasses import dataclass
from typing import Final
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.mask import subject_box
from pipeline.mask import support_box
from pipeline.model import Box
from pipeline.model import Flag
from pipeline.model import Frame

STRIP_ROWS: Final = 256
RESOLUTION_FLAGS: Final = ("enlarged", "low_resolution")
FREE_EDGE: Final = 2
"""Pixels between anything of the product, however faint, and the canvas edge."""

ROUNDING: Final = 1e-9
"""A turn at the product's own resolution has a scale of 1 but for rounding."""

Extent = tuple[float, float, float, float]
"""Left, top, right, bottom, not at whole pixels."""

Pixels = TypeVar("Pixels", NDArray[np.uint16], NDArray[np.float32])


@dataclass(frozen=True)
class Canvas:
    """What a canvas must be. Sides in pixels; `aspect` is width over height; fill as in `fill_of`.

    `side` fixes the longest side; 0 keeps the product's own resolution, but for `shortest` and `longest` (0: no
    limit), between which the longest side must lie. The product is enlarged at most `enlargement` times; where that
    is not enough it is not enlarged at all, since a small honest image is better than a blurred one.
    """

    fill: float
    aspect: float
    shortest: int
    longest: int
    enlargement: float
    side: int = 0


def fill_of(box: Box, size: tuple[int, int]) -> float:
    """Return how much of a canvas of `size` (width, height) a box takes: max(box_w / W, box_h / H)."""
    left, top, right, bottom = box
    return max((right - left) / size[0], (bottom - top) / size[1])


def framed(width: int, height: int, canvas: Canvas) -> tuple[int, float]:
    """Return the longest side of the result and its scale for a product of that size in pixels, before it is cut out.

    What `plan_frame` comes to where nothing faint reaches beyond the product.
    """
    box = (0, 0, width, height)
    own = max(_own_size(box, box, canvas))
    scale = _wanted_scale(own, canvas)
    return round(own * scale), scale


def resolution_flags(product: int, side: int, scale: float, needed: int, place: str) -> tuple[Flag, ...]:
    """Return what to say of a product of so many original pixels whose result has a longest side of `side` pixels.

    One of “enlarged” (by `scale`) and “low_resolution” (even so it has less than the `needed` pixels of `place`).
    """
    if side < needed:
        return (Flag("low_resolution", 1.0, f"product has {product} px, framed {side} px, {place} needs {needed} px"),)
    if scale > 1:
        return (Flag("enlarged", 1.0, f"product has {product} px, enlarged {scale:.2f}× to reach {side} px"),)
    return ()


def flags_with(flags: tuple[Flag, ...], resolution: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Return `flags` with what they say of the resolution replaced by `resolution`."""
    return (*(flag for flag in flags if flag.name not in RESOLUTION_FLAGS), *resolution)


def plan_frame(mask: Matte, canvas: Canvas, *, turn: float = 0.0) -> Frame:
    """Return the frame that centres the product's box on `canvas`; without a product, the original as it is.

    Nothing with coverage above 0 touches the edge: a faint fringe far outside the box makes the canvas larger. `turn`
    is how many degrees the product is turned clockwise, which its box then follows.
    """
    box, support = subject_box(mask), support_box(mask)
    if box is None or support is None:
        return Frame((1, 0, 0, 0, 1, 0), (mask.shape[1], mask.shape[0]))
    if turn:
        return _turned(mask, canvas, turn)
    width, height = _own_size(box, support, canvas)
    scale = _wanted_scale(max(width, height), canvas)
    center_x, center_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if scale == 1:
        move_x, move_y = math.floor(width / 2 - center_x + 0.5), math.floor(height / 2 - center_y + 0.5)
        return Frame((1, 0, move_x, 0, 1, move_y), (width, height))
    size = _scaled_size(width, height, scale, canvas.aspect)
    exact = min(size[0] / width, size[1] / height)
    move_x, move_y = size[0] / 2 - exact * center_x, size[1] / 2 - exact * center_y
    return Frame((exact, 0, move_x, 0, exact, move_y), size)


def turn_of(frame: Frame) -> float:
    """Return how many degrees the frame turns the original clockwise."""
    return math.degrees(math.atan2(frame.matrix[3], frame.matrix[0]))


def _turned(mask: Matte, canvas: Canvas, turn: float) -> Frame:
    cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    solid = mask >= min(SOLID, float(mask.max()) / 2)
    box, support = (_extent(covered, cosine, sine) for covered in (solid, mask > 0))
    width, height = _own_size(box, support, canvas)
    scale = _wanted_scale(max(width, height), canvas)
    size = _scaled_size(width, height, scale, canvas.aspect)
    exact = min(size[0] / width, size[1] / height)
    center_x, center_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    a, b = exact * cosine, exact * sine
    return Frame((a, -b, size[0] / 2 - exact * center_x, b, a, size[1] / 2 - exact * center_y), size)


def _extent(covered: NDArray[np.bool_], cosine: float, sine: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the turned pixels that are not zero."""
    outlines, _ = cv2.findContours(covered.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(np.concatenate(outlines))[:, 0].astype(np.float64)
    corners = np.concatenate([np.add(hull, (x, y)) for x in (0, 1) for y in (0, 1)])
    across, down = corners @ (cosine, -sine), corners @ (sine, cosine)
    return float(across.min()), float(down.min()), float(across.max()), float(down.max())


def _own_size(box: Extent, support: Extent, canvas: Canvas) -> tuple[int, int]:
    """Return the canvas size at the product's own resolution."""
    needed = max(box[2] - box[0], (box[3] - box[1]) * canvas.aspect) / canvas.fill
    reach_x = max(box[0] + box[2] - 2 * support[0], 2 * support[2] - box[0] - box[2]) + 2 * FREE_EDGE + 1
    reach_y = max(box[1] + box[3] - 2 * support[1], 2 * support[3] - box[1] - box[3]) + 2 * FREE_EDGE + 1
    width = max(round(needed), math.ceil(reach_x), math.ceil(reach_y * canvas.aspect))
    return width, max(round(width / canvas.aspect), math.ceil(reach_y))


def _scaled_size(width: int, height: int, scale: float, aspect: float) -> tuple[int, int]:
    # The longest side is what platforms prescribe, so the other one follows from it.
    if width >= height:
        longest = max(1, round(width * scale))
        return longest, max(1, round(longest / aspect))
    longest = max(1, round(height * scale))
    return max(1, round(longest * aspect)), longest


def _wanted_scale(longest: int, canvas: Canvas) -> float:
    wanted = canvas.side or max(longest, canvas.shortest)
    wanted = min(wanted, canvas.longest) if canvas.longest else wanted
    scale = wanted / longest
    return 1.0 if scale > canvas.enlargement else scale


def is_whole_move(frame: Frame) -> bool:
    """Return whether the frame only moves pixels by whole steps, so that nothing is resampled."""
    a, b, c, d, e, f = frame.matrix
    return (a, b, d, e) == (1, 0, 0, 1) and float(c).is_integer() and float(f).is_integer()


def to_result(frame: Frame, points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Map N×2 points (x, y) from the original's to the result's coordinates."""
    return cv2.transform(np.asarray(points, np.float64)[None], _matrix(frame))[0]


def to_original(frame: Frame, points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Map N×2 points (x, y) from the result's to the original's coordinates."""
    return cv2.transform(np.asarray(points, np.float64)[None], cv2.invertAffineTransform(_matrix(frame)))[0]


def resample(image: Pixels, frame: Frame, *, outside: float) -> Pixels:
    """Return `image` (uint16 H×W×3 or float32 H×W) seen through `frame`; `outside` is what surrounds it.

    Whole moves copy. Enlarging is bicubic, clipped to the neighbourhood's extremes, so nothing rings; reducing is a
    box average over the area each result pixel covers. White product edges stay right because the image is already
    composited on its background, which makes resampling it the same as resampling premultiplied colour and mask.
    """
    if is_whole_move(frame):
        return _moved(image, frame, outside)
    return _enlarged(image, frame, outside) if frame.scale >= 1 - ROUNDING else _reduced(image, frame, outside)


def _matrix(frame: Frame) -> NDArray[np.float64]:
    return np.array(frame.matrix, np.float64).reshape(2, 3)


def _empty(image: Pixels, frame: Frame, outside: float) -> Pixels:
    return np.full((frame.size[1], frame.size[0], *image.shape[2:]), outside, image.dtype)


def _moved(image: Pixels, frame: Frame, outside: float) -> Pixels:
    result = _empty(image, frame, outside)
    move_x, move_y = int(frame.matrix[2]), int(frame.matrix[5])
    left, right = max(0, move_x), min(frame.size[0], image.shape[1] + move_x)
    top, bottom = max(0, move_y), min(frame.size[1], image.shape[0] + move_y)
    if left < right and top < bottom:
        result[top:bottom, left:right] = image[top - move_y : bottom - move_y, left - move_x : right - move_x]
    return result


def _enlarged(image: Pixels, frame: Frame, outside: float) -> Pixels:
    neighbours = np.ones((3, 3), np.uint8)
    lowest, highest = cv2.erode(image, neighbours), cv2.dilate(image, neighbours)
    result = _empty(image, frame, outside)
    for top in range(0, frame.size[1], STRIP_ROWS):
        strip = result[top : top + STRIP_ROWS]
        cubic = _warped(image, frame, (top, len(strip)), 1, cv2.INTER_CUBIC, outside)
        low = _warped(lowest, frame, (top, len(strip)), 1, cv2.INTER_NEAREST, outside)
        high = _warped(highest, frame, (top, len(strip)), 1, cv2.INTER_NEAREST, outside)
        strip[...] = cv2.max(cv2.min(cubic, high), low)
    return result


def _reduced(image: Pixels, frame: Frame, outside: float) -> Pixels:
    fine = math.ceil(1 / frame.scale)
    result = _empty(image, frame, outside)
    for top in range(0, frame.size[1], STRIP_ROWS):
        strip = result[top : top + STRIP_ROWS]
        dense = _warped(image, frame, (top, len(strip)), fine, cv2.INTER_LINEAR, outside)
        strip[...] = cv2.resize(dense, (strip.shape[1], strip.shape[0]), interpolation=cv2.INTER_AREA)
    return result


def _warped(
    image: Pixels, frame: Frame, rows: tuple[int, int], fine: int, interpolation: int, outside: float
) -> Pixels:
    """Return `rows` (first, count) of the result at `fine` samples per pixel and direction."""
    matrix = _matrix(frame)
    matrix[1, 2] -= rows[0]
    matrix *= fine
    # OpenCV puts pixel centres on whole numbers, the frame on halves.
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    size = (frame.size[0] * fine, rows[1] * fine)
    return cv2.warpAffine(
        image, matrix, size, flags=interpolation, borderMode=cv2.BORDER_CONSTANT, borderValue=(outside,) * 4
    )
