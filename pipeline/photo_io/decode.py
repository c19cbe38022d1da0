"""From any supported original to a Photo: decode, bake the orientation, convert to 16-bit Adobe RGB."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Photo
from pipeline.model import freeze
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.gatekeeper import read_header
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import damaged
from pipeline.photo_io.heic import decode_heic
from pipeline.photo_io.orientation import bake
from pipeline.photo_io.profiles import Source
from pipeline.photo_io.profiles import decide
from pipeline.photo_io.profiles import to_adobe
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.raster import decode_jpeg
from pipeline.photo_io.raster import decode_png
from pipeline.photo_io.raster import decode_webp
from pipeline.photo_io.raw import HINT
from pipeline.photo_io.raw import decode_raw
from pipeline.photo_io.tiff import decode_tiff
from pipeline.settings import Ingest

Window = tuple[slice, slice]
"""Rows and columns of a photo."""


def read_photo(path: Path, *, name: str, limits: Ingest, within: Window | None = None) -> Photo:
    """Return the photo at `path`, which its client knows as `name`, as the master the line works on.

    uint16 H×W×3 Adobe RGB, read-only, orientation baked in; alpha as float32 0..1 where the file has one. Whoever needs
    no more than the rows and columns `within` is spared the work beside them, where the pixels are 0. Raises
    BadImageError with one sentence for the client where the file is refused or cannot be decoded to its end.
    """
    header = read_header(path, name=name, limits=limits)
    pixels = decode_pixels(path, header, name=name, limits=limits)
    source = decide(header)
    color = bake(pixels.color, header.orientation)
    rgb = color if source.label == HINT else _converted(color, source, within)
    alpha = None if pixels.alpha is None else freeze(_unit(bake(pixels.alpha, header.orientation)))
    notes = (*header.notes, *pixels.notes, *source.notes)
    return Photo(freeze(rgb), alpha, header.bits, source.label, notes, dict(header.exif))


def read_master(path: Path, *, name: str, limits: Ingest) -> NDArray[np.uint16]:
    """Return the pixels of `read_photo` alone."""
    return read_photo(path, name=name, limits=limits).rgb


def try_photo(path: Path, *, name: str, limits: Ingest) -> None:
    """Decode a photo to its end and keep nothing of it. Raises BadImageError as `read_photo` does."""
    read_photo(path, name=name, limits=limits)


def _converted(color: NDArray[Any], source: Source, within: Window | None) -> NDArray[np.uint16]:
    if within is None:
        return to_adobe(color, source)
    rgb = np.zeros((*color.shape[:2], 3), np.uint16)
    rgb[within] = to_adobe(np.ascontiguousarray(color[within]), source)
    return rgb


def decode_pixels(path: Path, header: PhotoHeader, *, name: str, limits: Ingest) -> Pixels:
    """Decode the samples as the file codes them, neither turned nor converted; size checked against the header."""
    if header.kind is Kind.JPEG:
        pixels = decode_jpeg(path, header, name)
    elif header.kind is Kind.PNG:
        pixels = decode_png(path, header, name)
    elif header.kind is Kind.WEBP:
        pixels = decode_webp(path, header, name)
    elif header.kind is Kind.TIFF:
        pixels = decode_tiff(path, name, limits)
    elif header.kind is Kind.HEIC:
        pixels = decode_heic(path, header, name)
    else:
        pixels = decode_raw(path, name)
    height, width = pixels.color.shape[:2]
    expected = (header.height, header.width) if header.orientation >= 5 else (header.width, header.height)
    if (width, height) != expected:
        raise damaged(name)
    return pixels


def _unit(alpha: NDArray[Any]) -> NDArray[np.float32]:
    return alpha.astype(np.float32) / np.float32(np.iinfo(alpha.dtype).max)
