"""What a result is held against, made once per version on a worker: its mask, and every pixel that is not white."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.framing import is_whole_move
from pipeline.framing import resample
from pipeline.halving import halves
from pipeline.mask import Zone
from pipeline.mask import zones
from pipeline.model import Frame
from pipeline.model import freeze

Pixels = NDArray[np.uint8]
WHITE = 255


@dataclass(frozen=True, eq=False)
class Proof:
    """Levels that halve, as those of the result's pyramid.

    Attributes:
        cover: uint8 h×w, the mask in the result's frame, 0..255; halves are area averages.
        marks: uint8 h×w, 255 where a pixel fails exact white; in halves where any of the four did. Empty when none did.
        off_white, off_border: how many background pixels and border pixels are not exactly 255 in all channels.
    """

    cover: tuple[Pixels, ...]
    marks: tuple[Pixels, ...]
    off_white: int
    off_border: int


def prove(result: Pixels, mask: Pixels, frame: Frame, *, radius: int | None = None) -> Proof:
    """Look at every pixel of uint8 h×w×4 BGRA `result` as the gates do; `mask` is uint8 H×W in the original's frame.

    The background is where the mask, seen through the frame, is exactly 0 (`measure.whiteness` with no halo). Of a file
    that a codec wrote, `radius` is how many pixels around the product that may stray: they are no background then.
    """
    cover, field = _through(mask, frame)
    if radius is not None:
        field = np.where(zones(cover, radius) == Zone.FIELD, np.uint8(WHITE), np.uint8(0))
    off = cv2.inRange(result, (WHITE, WHITE, WHITE, 0), (WHITE,) * 4)
    off = cv2.bitwise_not(off, dst=off)
    marks = cv2.bitwise_and(off, field, dst=field)
    off_white, off_border = cv2.countNonZero(marks), _mark_border(off, marks)
    levels = any_halves(marks) if off_white or off_border else ()
    return Proof(tuple(freeze(level) for level in halves(cover)), levels, off_white, off_border)


def _mark_border(off: Pixels, marks: Pixels) -> int:
    """Mark what is off in the outermost rows and columns; returns how many pixels those are."""
    rows, columns = off.shape
    places = {(row, column) for row in (0, rows - 1) for column in np.flatnonzero(off[row]).tolist()}
    places |= {(row, column) for column in (0, columns - 1) for row in np.flatnonzero(off[:, column]).tolist()}
    for place in places:
        marks[place] = WHITE
    return len(places)


def _through(mask: Pixels, frame: Frame) -> tuple[Pixels, Pixels]:
    """Return coverage 0..255 in the result's frame, and 255 where there is none at all."""
    if is_whole_move(frame):
        cover = resample(mask, frame, outside=0)
        return cover, cv2.compare(cover, 0, cv2.CMP_EQ)
    exact = resample(mask.astype(np.float32) / WHITE, frame, outside=0.0)
    return cv2.convertScaleAbs(exact, alpha=WHITE), cv2.compare(exact, 0.0, cv2.CMP_EQ)


def any_halves(marks: Pixels) -> tuple[Pixels, ...]:
    """Return uint8 h×w `marks` and its halves, in which a pixel is marked where any of the four was."""
    levels = [freeze(marks)]
    for half in list(halves(np.zeros(marks.shape, np.uint8)))[1:]:
        levels.append(freeze(_any_half(levels[-1], half.shape)))
    return tuple(levels)


def _any_half(marks: Pixels, shape: tuple[int, ...]) -> Pixels:
    padded = np.pad(marks, ((0, marks.shape[0] % 2), (0, marks.shape[1] % 2)))
    half = padded[0::2, 0::2] | padded[1::2, 0::2] | padded[0::2, 1::2] | padded[1::2, 1::2]
    return half[: shape[0], : shape[1]]
