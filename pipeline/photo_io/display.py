"""Quick copies for the screen: 8-bit sRGB, upright, colour-managed; never what a decision is measured on."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.photo_io.decode import decode_pixels
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.gatekeeper import read_header
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.orientation import bake
from pipeline.photo_io.profiles import decide
from pipeline.photo_io.profiles import is_srgb
from pipeline.photo_io.profiles import to_adobe
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.raster import draft_jpeg
from pipeline.photo_io.raw import HINT
from pipeline.photo_io.raw import preview_raw
from pipeline.settings import Ingest
from pipeline.settings import load_settings

_EIGHT_BITS: Final = 8


def read_preview(path: Path, *, name: str, side: int, limits: Ingest | None = None) -> NDArray[np.uint8]:
    """Return a small copy, uint8 H×W×3 sRGB, longest side at most `side`; transparent parts show white.

    `limits` are the shipped ones where none are given. Raises BadImageError as `read_photo` does.
    """
    limits = limits or _shipped_limits()
    header = read_header(path, name=name, limits=limits)
    if header.kind is Kind.RAW:
        return _shrunk(preview_raw(path, name), side)
    if header.kind is Kind.JPEG:
        pixels = draft_jpeg(path, name, side)
    else:
        pixels = decode_pixels(path, header, name=name, limits=limits)
    return _shown(Pixels(_shrunk(pixels.color, side), _shrunk(pixels.alpha, side)), header)


def read_display(path: Path, *, name: str, limits: Ingest | None = None) -> NDArray[np.uint8]:
    """Return the photo at full size for the window, uint8 H×W×3 sRGB; transparent parts show white.

    `limits` are the shipped ones where none are given. Raises BadImageError as `read_photo` does.
    """
    limits = limits or _shipped_limits()
    header = read_header(path, name=name, limits=limits)
    return _shown(decode_pixels(path, header, name=name, limits=limits), header)


def read_wide(path: Path, *, name: str, limits: Ingest | None = None) -> NDArray[np.uint16] | None:
    """Return the photo at full size with all its colours, uint16 H×W×3 Adobe RGB; None where it is sRGB anyway.

    Transparent parts show white. `limits` are the shipped ones where none are given. Raises BadImageError as
    `read_photo` does.
    """
    limits = limits or _shipped_limits()
    header = read_header(path, name=name, limits=limits)
    source = decide(header)
    if is_srgb(source):
        return None
    pixels = decode_pixels(path, header, name=name, limits=limits)
    rgb = pixels.color if source.label == HINT else to_adobe(pixels.color, source)
    if pixels.alpha is not None:
        rgb = _on_white(rgb, pixels.alpha)
    return np.ascontiguousarray(bake(rgb, header.orientation))


def read_samples(path: Path, *, name: str, limits: Ingest | None = None) -> NDArray[np.uint16] | None:
    """Return the file's own 16-bit samples, upright, uint16 H×W×1, ×3 or ×4 in its own colours; None for 8 bits.

    `limits` are the shipped ones where none are given. Raises BadImageError as `read_photo` does.
    """
    limits = limits or _shipped_limits()
    header = read_header(path, name=name, limits=limits)
    if header.bits <= _EIGHT_BITS or header.kind is Kind.RAW:
        return None
    samples = decode_pixels(path, header, name=name, limits=limits).color
    if samples.dtype != np.uint16:
        return None
    upright = bake(samples, header.orientation)
    return np.ascontiguousarray(upright if upright.ndim == samples.ndim else upright[..., None])


@lru_cache(maxsize=1)
def _shipped_limits() -> Ingest:
    return load_settings().ingest


def _shown(pixels: Pixels, header: PhotoHeader) -> NDArray[np.uint8]:
    source = decide(header)
    if source.label == HINT:
        rgb = adobe16_to_srgb8(pixels.color)
    elif pixels.color.shape[2] != 4 and is_srgb(source):
        eight = pixels.color if pixels.color.dtype == np.uint8 else _eight_bits(pixels.color)
        rgb = eight if eight.shape[2] == 3 else cv2.merge([eight[..., 0]] * 3)
    else:
        rgb = adobe16_to_srgb8(to_adobe(pixels.color, source))
    if pixels.alpha is not None:
        rgb = _on_white(rgb, pixels.alpha)
    return np.ascontiguousarray(bake(rgb, header.orientation))


def _eight_bits(samples: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return cv2.convertScaleAbs(samples.reshape(samples.shape[0], -1), alpha=1 / 257).reshape(samples.shape)


def _on_white(rgb: NDArray[Any], alpha: NDArray[Any]) -> NDArray[Any]:
    cover, white = (np.float32(np.iinfo(samples.dtype).max) for samples in (alpha, rgb))
    share = (alpha.astype(np.float32) / cover)[..., None]
    return np.rint(rgb * share + white * (1 - share)).astype(rgb.dtype)


def _shrunk(samples: Any, side: int) -> Any:
    if samples is None or max(samples.shape[:2]) <= side:
        return samples
    scale = side / max(samples.shape[:2])
    size = max(1, round(samples.shape[1] * scale)), max(1, round(samples.shape[0] * scale))
    small = cv2.resize(samples, size, interpolation=cv2.INTER_AREA)
    return small if small.ndim == samples.ndim else small[..., None]
