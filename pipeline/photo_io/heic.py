"""HEIC (HEVC in HEIF): header and pixels through libheif, which bakes in the file's rotation itself."""

from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from typing import Final

import imagecodecs
import numpy as np
import pi_heif

from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import damaged
from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.raster import split_alpha
from pipeline.settings import Ingest

_ERRORS: Final = (OSError, ValueError, EOFError, SyntaxError, RuntimeError, IndexError)
_P3_PRIMARIES: Final = (0.680, 0.320, 0.265, 0.690, 0.150, 0.060)
_D65: Final = (0.3127, 0.3290)
_REC709, _P3 = 1, 12
"""ITU-T H.273 ColourPrimaries."""


def read_heic_header(stream: BinaryIO, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of the primary picture of a HEIC file; raises BadImageError for a damaged or huge one."""
    stream.seek(0)
    try:
        file = pi_heif.open_heif(stream, convert_hdr_to_8bit=False)
        picture = file[file.primary_index]
        pages, size, info = len(file), picture.size, dict(picture.info)
    except _ERRORS as error:
        raise damaged(name) from error
    check_size(name, *size, limits)
    facts = read_metadata(info.get("exif"), info.get("xmp"))
    hint, hinted = _coded_colors(info.get("nclx_profile") or {})
    notes = (f"the first of {pages} pictures in the file",) if pages > 1 else ()
    depth = int(info.get("bit_depth", 8))
    if depth > 8:
        notes += (f"{depth} bits per channel",)
    return PhotoHeader(
        Kind.HEIC,
        *size,
        bits=16 if depth > 8 else 8,
        pages=pages,
        icc=info.get("icc_profile") or None,
        hint=hint or facts.hint,
        hinted=hinted,
        exif=facts.exif,
        keywords=facts.keywords,
        notes=notes,
    )


def decode_heic(path: Path, header: PhotoHeader, name: str) -> Pixels:
    """Decode the primary picture, 8-bit or (10 and 12 bits) stretched to 16-bit."""
    try:
        with path.open("rb") as stream:
            file = pi_heif.open_heif(stream, convert_hdr_to_8bit=False)
            picture = file[file.primary_index]
            # Its array interface points into libheif's memory, which goes away with the picture: copy.
            samples = np.atleast_3d(np.array(picture, copy=True))
    except _ERRORS as error:
        raise damaged(name) from error
    pixels = split_alpha(samples)
    return pixels if header.bits == 8 else _full_range(pixels, int(picture.info.get("bit_depth", 16)))


def _full_range(pixels: Pixels, depth: int) -> Pixels:
    # libheif shifts 10 and 12 bits up and leaves the low bits empty; repeating the high ones makes white 65535.
    def spread(samples: np.ndarray) -> np.ndarray:
        return samples | (samples >> depth)

    alpha = None if pixels.alpha is None else spread(pixels.alpha)
    return Pixels(spread(pixels.color), alpha, pixels.notes)


def _coded_colors(nclx: dict[str, int]) -> tuple[str, bytes | None]:
    primaries = nclx.get("color_primaries")
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
