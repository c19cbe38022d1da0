"""Viewing copies: a picture in sizes that halve, in tiles one can decode alone; every pixel is the picture's own.

A tiled TIFF with its smaller sizes as sub-images, zstd-compressed: written in a sixth of a second for 24 megapixels,
decoded ten times as fast as a PNG, and open to every program that knows TIFF.
"""

import io
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import tifffile
from numpy.typing import NDArray

from pipeline.errors import BadImageError
from pipeline.halving import halves
from pipeline.sentences import say

TILE_SIDE: Final = 512
ZSTD_LEVEL: Final = 1
_NO_METADATA: Final = {"metadata": None, "software": "", "datetime": None}


def encode_pyramid(rgb: NDArray[np.uint8], *, icc: bytes) -> bytes:
    """Return uint8 H×W×3 pixels and their halves as the bytes of a tiled TIFF; the same pixels give the same bytes."""
    levels = list(halves(np.ascontiguousarray(rgb)))
    options = {
        "photometric": "rgb",
        "tile": (TILE_SIDE, TILE_SIDE),
        "compression": "zstd",
        "compressionargs": {"level": ZSTD_LEVEL},
        "maxworkers": 1,
        **_NO_METADATA,
    }
    buffer = io.BytesIO()
    with tifffile.TiffWriter(buffer) as file:
        file.write(levels[0], subifds=len(levels) - 1, iccprofile=icc, **options)
        for level in levels[1:]:
            file.write(level, subfiletype=1, **options)
    return buffer.getvalue()


def read_pyramid(path: Path, *, finest: int, name: str) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """Return one size of a viewing copy as uint8 h×w×4 B, G, R, 255, and width and height of the full size.

    `finest` 0 is the full size, 1 its half and so on; where there are fewer sizes the smallest is taken. Raises
    BadImageError where the file is not what `encode_pyramid` wrote.
    """
    try:
        with tifffile.TiffFile(path) as file:
            full = file.pages.first
            smaller = full.pages or ()
            page = full if finest == 0 or not smaller else smaller[min(finest, len(smaller)) - 1]
            return _joined(page), (full.imagewidth, full.imagelength)
    except (tifffile.TiffFileError, ValueError, RuntimeError, AttributeError, cv2.error) as error:
        raise BadImageError(say("copy_damaged", file=name)) from error


def _joined(page: tifffile.TiffPage) -> NDArray[np.uint8]:
    pixels = np.empty((page.imagelength, page.imagewidth, 4), np.uint8)
    for tile, place, _ in page.segments(maxworkers=1):
        top, left = place[-3], place[-2]
        rows, columns = min(TILE_SIDE, len(pixels) - top), min(TILE_SIDE, pixels.shape[1] - left)
        pixels[top : top + rows, left : left + columns] = cv2.cvtColor(tile[0, :rows, :columns], cv2.COLOR_RGB2BGRA)
    return pixels
