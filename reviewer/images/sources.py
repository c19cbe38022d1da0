"""Decoding for the screen: an original through photo_io, our own PNG blobs byte for byte. Runs on workers."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BadImageError
from pipeline.photo_io import read_display
from pipeline.photo_io import read_preview
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import build_pyramid
from reviewer.images.pyramid import pyramid_of

Pixels = NDArray[np.uint8]


def load_original(path: Path, name: str) -> Pyramid:
    """Return the client's file as 8-bit sRGB; raises BadImageError with its sentence."""
    return build_pyramid(read_display(path, name=name))


def load_result(path: Path, name: str) -> Pyramid:
    """Return a stored 8-bit sRGB PNG with exactly the values in the file."""
    return pyramid_of(cv2.cvtColor(_decoded(path, cv2.IMREAD_COLOR, name), cv2.COLOR_BGR2BGRA))


def load_mask(path: Path, name: str) -> Pixels:
    """Return a stored 8-bit grey PNG, uint8 H×W, in the original's frame."""
    return _decoded(path, cv2.IMREAD_GRAYSCALE, name)


def load_thumbnail(path: Path, side: int) -> Pixels:
    """Return a small stored picture as uint8 h×w×4 BGRA whose longest side is at most `side` pixels."""
    bgr = _decoded(path, cv2.IMREAD_COLOR, "this image")
    scale = side / max(bgr.shape[:2])
    if scale < 1:
        size = (max(1, round(bgr.shape[1] * scale)), max(1, round(bgr.shape[0] * scale)))
        bgr = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA)


def load_small(path: Path, name: str, side: int) -> Pixels:
    """Return the client's file as uint8 h×w×4 BGRA whose longest side is at most `side` pixels."""
    return cv2.cvtColor(read_preview(path, name=name, side=side), cv2.COLOR_RGB2BGRA)


def _decoded(path: Path, mode: int, name: str) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), mode)
    if pixels is None:
        raise BadImageError(f"The stored picture of {name} is damaged and cannot be shown; process the image again.")
    return pixels
