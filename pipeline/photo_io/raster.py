"""JPEG, PNG and WebP: headers through Pillow's single plug-in for the format, pixels with damage refused."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final

import imagecodecs
import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import JpegImagePlugin
from PIL import PngImagePlugin
from PIL import WebPImagePlugin
from PIL.ImageFile import ImageFile

from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import check_space
from pipeline.photo_io.header import damaged
from pipeline.photo_io.header import refusal
from pipeline.photo_io.metadata import Metadata
from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.orientation import size_after
from pipeline.settings import Ingest

# A plug-in's class reads one format and nothing else; Image.open would also offer the file to its other parsers.
PLUGINS: Final[dict[Kind, type[ImageFile]]] = {
    Kind.JPEG: JpegImagePlugin.JpegImageFile,
    Kind.PNG: PngImagePlugin.PngImageFile,
    Kind.WEBP: WebPImagePlugin.WebPImageFile,
}
DECODE_ERRORS: Final = (
    *(OSError, SyntaxError, ValueError, IndexError, TypeError, KeyError, EOFError, RuntimeError, MemoryError),
    struct.error,
)
"""What Pillow, imagecodecs and simplejpeg raise over damaged files (measured over a corpus of broken ones)."""

_SPACES: Final = {"L": "gray", "LA": "gray", "RGB": "rgb", "RGBA": "rgb", "RGBX": "rgb", "CMYK": "cmyk"}
_PNG_SPACES: Final = {0: "gray", 2: "rgb", 3: "palette", 4: "gray", 6: "rgb"}
_SRGB_GAMMA: Final = 0.45455
_SRGB_CHROMATICITY: Final = (0.3127, 0.329, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)


@dataclass(frozen=True, eq=False)
class Pixels:
    """Decoded samples as the file codes them.

    Attributes:
        color: uint8 or uint16, H×W×1 grey, H×W×3 RGB or H×W×4 CMYK (all ink = largest value), full range.
        alpha: the same dtype, H×W, straight (not premultiplied), or None.
        notes: sentences worth showing.
    """

    color: NDArray[Any]
    alpha: NDArray[Any] | None = None
    notes: tuple[str, ...] = ()


def read_raster_header(stream: BinaryIO, kind: Kind, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of a JPEG, PNG or WebP; raises BadImageError for what we do not take."""
    if kind is Kind.PNG and b"acTL" in _png_chunks(stream, name):
        raise animated(name)
    image = _open(stream, kind, name)
    check_size(name, *image.size, limits)
    if kind is Kind.WEBP and getattr(image, "is_animated", False):
        raise animated(name)
    bits, space = _png_coding(stream, image, name) if kind is Kind.PNG else (8, _SPACES.get(image.mode, ""))
    if not space:
        raise refusal(name, "odd_pixels", mode=image.mode)
    icc = image.info.get("icc_profile") or None
    check_space(name, space, icc)
    facts = read_metadata(_exif_block(image), image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"))
    width, height = size_after(*image.size, facts.orientation)
    hint, hinted = _png_hint(image, facts) if kind is Kind.PNG else (facts.hint, None)
    notes = ("a palette of at most 256 colours",) if space == "palette" else ()
    if kind is Kind.JPEG and "mpoffset" in image.info:
        notes = ("the first of several pictures in the file",)
    return PhotoHeader(
        kind, width, height, bits, space, facts.orientation, 1, icc, hint, hinted, facts.exif, facts.keywords, notes
    )


def decode_jpeg(path: Path, header: PhotoHeader, name: str) -> Pixels:
    """Decode a JPEG to its last row; raises BadImageError where anything is missing or corrupt."""
    data = path.read_bytes()
    if header.space == "cmyk":
        return _decode_with_pillow(path, header, name)
    try:
        return Pixels(simplejpeg.decode_jpeg(data, "GRAY" if header.space == "gray" else "RGB", strict=True))
    except ValueError as error:
        if "Premature end" in str(error) or "Corrupt JPEG data: premature" in str(error) or "Huffman" in str(error):
            raise damaged(name) from error
    # Stray bytes between segments and the like: harmless, and Pillow still refuses what is cut off.
    return _decode_with_pillow(path, header, name)


def decode_png(path: Path, header: PhotoHeader, name: str) -> Pixels:
    """Decode a PNG; 16-bit ones keep all their bits (Pillow would halve them silently)."""
    if header.bits == 8:
        return _decode_with_pillow(path, header, name)
    try:
        samples = imagecodecs.png_decode(path.read_bytes())
    except DECODE_ERRORS as error:
        raise damaged(name) from error
    return split_alpha(np.atleast_3d(samples))


def decode_webp(path: Path, header: PhotoHeader, name: str) -> Pixels:
    """Decode a still WebP."""
    return _decode_with_pillow(path, header, name)


def split_alpha(samples: NDArray[Any]) -> Pixels:
    """Return H×W×C samples with a last channel of two or four taken as straight alpha."""
    channels = samples.shape[2]
    if channels in (2, 4):
        return Pixels(np.ascontiguousarray(samples[..., :-1]), np.ascontiguousarray(samples[..., -1]))
    return Pixels(samples)


def straight(color: NDArray[Any], alpha: NDArray[Any]) -> NDArray[Any]:
    """Return colours that were multiplied by their alpha (H×W, the same dtype) as they were before."""
    top = np.iinfo(color.dtype).max
    factor = top / np.maximum(alpha, 1).astype(np.float32)
    return np.minimum(np.rint(color * factor[..., None]), top).astype(color.dtype)


def draft_jpeg(path: Path, name: str, side: int) -> Pixels:
    """Decode a JPEG at the smallest of 1/1, 1/2, 1/4, 1/8 whose longest side is still at least `side`."""
    with path.open("rb") as stream:
        image = _open(stream, Kind.JPEG, name)
        image.draft(image.mode, (side, side))
        return _loaded(image, name)


def _decode_with_pillow(path: Path, header: PhotoHeader, name: str) -> Pixels:
    with path.open("rb") as stream:
        return _loaded(_open(stream, header.kind, name), name)


def _loaded(image: ImageFile, name: str) -> Pixels:
    try:
        image.load()
        still = image
        if image.mode == "P" or image.mode == "RGBX":
            still = image.convert("RGB")
        elif "transparency" in image.info and image.mode in ("L", "RGB"):
            still = image.convert(f"{image.mode}A")
    except DECODE_ERRORS as error:
        raise damaged(name) from error
    samples = np.atleast_3d(np.asarray(still))
    return Pixels(samples) if still.mode == "CMYK" else split_alpha(samples)


def _open(stream: BinaryIO, kind: Kind, name: str) -> ImageFile:
    stream.seek(0)
    try:
        return PLUGINS[kind](stream)
    except DECODE_ERRORS as error:
        raise damaged(name) from error


def _png_coding(stream: BinaryIO, image: ImageFile, name: str) -> tuple[int, str]:
    stream.seek(24)
    depth, color = stream.read(2)
    if depth == 1:
        raise one_bit(name)
    space = _PNG_SPACES.get(color, "")
    if space == "palette" and "transparency" in image.info:
        raise refusal(name, "palette_alpha")
    return (16 if depth == 16 else 8), space


def one_bit(name: str) -> Exception:
    """Return the refusal of a picture in pure black and white."""
    return refusal(name, "one_bit")


def animated(name: str) -> Exception:
    """Return the refusal of an animation."""
    return refusal(name, "animated")


def _png_chunks(stream: BinaryIO, name: str) -> set[bytes]:
    """Return the names of a PNG's chunks; damaged unless they lead to its end. Pillow is content without the end."""
    size = stream.seek(0, io.SEEK_END)
    names: set[bytes] = set()
    place = 8
    while b"IEND" not in names:
        stream.seek(place)
        head = stream.read(8)
        place += 12 + int.from_bytes(head[:4], "big")
        if len(head) < 8 or place > size:
            raise damaged(name)
        names.add(head[4:])
    return names


def _png_hint(image: ImageFile, facts: Metadata) -> tuple[str, bytes | None]:
    if facts.hint:
        return facts.hint, None
    if "srgb" in image.info:
        return "PNG sRGB chunk", None
    gamma, chromaticity = image.info.get("gamma"), image.info.get("chromaticity")
    if not gamma:
        return "", None
    points = chromaticity or _SRGB_CHROMATICITY
    if abs(gamma - _SRGB_GAMMA) < 0.001 and np.allclose(points, _SRGB_CHROMATICITY, rtol=0, atol=0.002):
        return "PNG sRGB chunk", None
    try:
        profile = imagecodecs.cms_profile("rgb", whitepoint=points[:2], primaries=points[2:], gamma=1 / gamma)
    except (RuntimeError, ValueError):
        return "", None
    return "PNG gamma chunk", bytes(profile)


def _exif_block(image: ImageFile) -> bytes | None:
    block = image.info.get("exif")
    if isinstance(block, bytes):
        return block
    # ImageMagick writes EXIF into PNG as hexadecimal text: an empty line, "exif", its length, then the digits.
    text = image.info.get("Raw profile type exif")
    if not isinstance(text, str):
        return None
    try:
        return bytes.fromhex("".join(text.split("\n")[3:]))
    except ValueError:
        return None
