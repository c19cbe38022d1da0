"""Large photos in pieces: tiles of the photo, and smooth planes on a small copy sampled for one tile."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
Tile = tuple[slice, slice]

SAMPLING: Final = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


def tiles(shape: tuple[int, ...], side: int) -> Iterator[Tile]:
    """Yield tiles (rows, columns) that cover `shape` (height, width) from the top left, at most `side` wide."""
    for top in range(0, shape[0], side):
        for left in range(0, shape[1], side):
            yield slice(top, min(top + side, shape[0])), slice(left, min(left + side, shape[1]))


def small_size(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    """Return width and height of `shape` (height, width) with the longest side at most `side`; never larger."""
    scale = min(1.0, side / max(shape[:2]))
    return max(1, round(shape[1] * scale)), max(1, round(shape[0] * scale))


def window(planes: Pixels, tile: Tile, shape: tuple[int, ...]) -> Pixels:
    """Sample `planes` (float32 h×w or h×w×n, a small copy) for the pixels of `tile` in a photo of `shape`.

    At most four planes, which is what cv2 warps at once; contiguous, or every call copies them.
    """
    rows, columns = tile
    across, down = planes.shape[1] / shape[1], planes.shape[0] / shape[0]
    matrix = np.array(
        [
            [across, 0, (columns.start + 0.5) * across - 0.5],
            [0, down, (rows.start + 0.5) * down - 0.5],
        ]
    )
    size = columns.stop - columns.start, rows.stop - rows.start
    return cv2.warpAffine(planes, matrix, size, flags=SAMPLING, borderMode=cv2.BORDER_REPLICATE)
