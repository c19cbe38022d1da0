"""A finished file from anywhere, as it decodes: its pixels, and every background pixel that is not exactly white."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import Zone
from pipeline.mask import zones
from pipeline.model import freeze
from reviewer.images.display import Display
from reviewer.images.layers import MARK_BGRA
from reviewer.images.proof import WHITE
from reviewer.images.proof import any_halves
from reviewer.images.pyramid import Pyramid
from reviewer.images.sources import load_delivered

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class FileLook:
    """What there is to see of a file.

    Attributes:
        picture: its pixels in the monitor's colours.
        marked: the same with every fault of the background marked, None where there is none.
        off_white: how many pixels those are.
    """

    picture: Pyramid
    marked: Pyramid | None = None
    off_white: int = 0


def look_at_file(data: bytes, name: str, display: Display, *, marks: bool) -> FileLook:
    """Decode a file and, where its background must be white (`marks`), look at it as `verify` does without a mask.

    Raises BadImageError for what cannot be decoded.
    """
    picture = load_delivered(data, name, display)
    faults = _faults(data) if marks else None
    off_white = cv2.countNonZero(faults) if faults is not None else 0
    if faults is None or not off_white:
        return FileLook(picture)
    return FileLook(picture, _marked(picture, faults), off_white)


def _faults(data: bytes) -> Pixels | None:
    """Return uint8 h×w, 255 where a background pixel beyond the product's edge is not white; None with transparency."""
    # Late: what measures brings more imports than the window's start should pay for.
    from pipeline.measure.delivered import halo_radius
    from pipeline.measure.unmasked import find_background
    from pipeline.measure.unmasked import with_soft_edge
    from pipeline.photo_io.delivered import read_delivered

    delivered = read_delivered(data)
    if delivered.alpha is not None:
        return None
    rgb = delivered.rgb if delivered.rgb.dtype == np.uint8 else (delivered.rgb // 257).astype(np.uint8)
    zone = zones(with_soft_edge(~find_background(rgb)), halo_radius(delivered, masked=False))
    off = cv2.bitwise_not(cv2.inRange(np.ascontiguousarray(rgb), (WHITE,) * 3, (WHITE,) * 3))
    return np.where(zone == Zone.FIELD, off, np.uint8(0))


def _marked(picture: Pyramid, faults: Pixels) -> Pyramid:
    """Return the picture with its faults in magenta, one of them visible at any zoom."""
    levels = []
    for level, marks in zip(picture.levels, any_halves(faults), strict=False):
        shown = level.copy()
        shown[marks > 0] = MARK_BGRA
        levels.append(freeze(shown))
    return Pyramid(tuple(levels), picture.size)
