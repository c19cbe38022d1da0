"""HEIC (HEVC in HEIF): header and pixels through libheif in a child process, which bakes in the file's rotation."""

import base64
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from pipeline.photo_io.ask_apart import ask_apart
from pipeline.photo_io.ask_apart import seconds_for
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import damaged
from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.raster import split_alpha
from pipeline.photo_io.raster import straight
from pipeline.settings import Ingest

_P3_PRIMARIES: Final = (0.680, 0.320, 0.265, 0.690, 0.150, 0.060)
_D65: Final = (0.3127, 0.3290)
_REC709, _P3 = 1, 12
"""ITU-T H.273 ColourPrimaries."""


def read_heic_header(stream: BinaryIO, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of the primary picture of a HEIC file; raises BadImageError for a damaged or huge one."""
    facts, _ = ask_apart(stream, name, "heic")
    width, height = facts["size"]
    check_size(name, width, height, limits)
    metadata = read_metadata(_blob(facts, "exif"), _blob(facts, "xmp"))
    hint, hinted = _coded_colors(facts["primaries"])
    pages, depth = facts["pages"], facts["depth"]
    notes = (f"the first of {pages} pictures in the file",) if pages > 1 else ()
    if depth > 8:
        notes += (f"{depth} bits per channel",)
    return PhotoHeader(
        Kind.HEIC,
        width,
        height,
        bits=16 if depth > 8 else 8,
        pages=pages,
        icc=_blob(facts, "icc_profile") or None,
        hint=hint or metadata.hint,
        hinted=hinted,
        exif=metadata.exif,
        keywords=metadata.keywords,
        notes=notes,
    )


def decode_heic(path: Path, header: PhotoHeader, name: str) -> Pixels:
    """Decode the primary picture, 8-bit or (10 and 12 bits) stretched to 16-bit."""
    most = seconds_for(header.width, header.height)
    with path.open("rb") as stream:
        facts, samples = ask_apart(stream, name, "heic", "pixels", seconds=most)
    mode, (width, height) = facts["mode"], facts["size"]
    array = np.frombuffer(samples, "<u2" if ";16" in mode else np.uint8)
    channels, rest = divmod(array.size, width * height)
    if rest or not 1 <= channels <= 4:
        raise damaged(name)
    pixels = split_alpha(array.reshape(height, width, channels))
    if ";16" in mode:
        pixels = _full_range(pixels, facts["depth"])
    if pixels.alpha is not None and "a" in mode:
        return Pixels(straight(pixels.color, pixels.alpha), pixels.alpha)
    return pixels


def _blob(facts: dict[str, Any], key: str) -> bytes:
    return base64.b64decode(facts[key])


def _full_range(pixels: Pixels, depth: int) -> Pixels:
    # libheif shifts 10 and 12 bits up and leaves the low bits empty; repeating the high ones makes white 65535.
    def spread(samples: NDArray[np.uint16]) -> NDArray[np.uint16]:
        return samples | (samples >> depth)

    alpha = None if pixels.alpha is None else spread(pixels.alpha)
    return Pixels(spread(pixels.color), alpha, pixels.notes)


def _coded_colors(primaries: int | None) -> tuple[str, bytes | None]:
    if primaries == _REC709:
        return "HEIC sRGB", None
    if primaries == _P3:
        return "HEIC Display P3", display_p3_profile()
    return "", None


@lru_cache(maxsize=1)
def display_p3_profile() -> bytes:
    """Return an ICC profile with the primaries of SMPTE EG 432-1, white D65 and sRGB's curve."""
    encoded = np.arange(4096) / 4095
    curve = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return bytes(imagecodecs.cms_profile("rgb", whitepoint=_D65, primaries=_P3_PRIMARIES, transferfunction=curve))
