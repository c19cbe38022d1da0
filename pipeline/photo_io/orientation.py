"""The eight EXIF orientations, baked into pixels."""

from collections.abc import Callable
from typing import Any
from typing import Final
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = TypeVar("Pixels", bound=NDArray[Any])

_TURNS: Final[dict[int, Callable[[NDArray[Any]], NDArray[Any]]]] = {
    2: lambda pixels: cv2.flip(pixels, 1),
    3: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_180),
    4: lambda pixels: cv2.flip(pixels, 0),
    5: cv2.transpose,
    6: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE),
    7: lambda pixels: cv2.rotate(cv2.transpose(pixels), cv2.ROTATE_180),
    8: lambda pixels: cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE),
}


def bake(pixels: Pixels, orientation: int) -> Pixels:
    """Return H×W or H×W×C pixels as they are meant to be seen (EXIF 2.32, tag 274); 1 returns the array itself."""
    turn = _TURNS.get(orientation)
    if turn is None:
        return pixels
    return np.reshape(turn(pixels), shape_after(pixels.shape, orientation))


def shape_after(shape: tuple[int, ...], orientation: int) -> tuple[int, ...]:
    """Return the shape H×W×… that pixels of `shape` have once the orientation is baked in."""
    return (shape[1], shape[0], *shape[2:]) if orientation >= 5 else shape


def size_after(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Return width and height once the orientation is baked in."""
    return (height, width) if orientation >= 5 else (width, height)
