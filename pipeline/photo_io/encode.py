"""Pixels to file bytes: always with an ICC profile, never with anything else that was in the original."""

import io
import struct
import zlib
from typing import Final

import imagecodecs
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from pipeline.errors import BugError

PNG_LEVEL: Final = 3
"""Of zlib-ng: a seventh of the time that libpng takes at its own level 3, for files a tenth smaller."""
PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
PNG_COLORS: Final = {1: 0, 3: 2, 4: 6}
"""Colour type by number of channels."""
PNG_UP: Final = 2
WEBP_LOSSLESS_QUALITY: Final = 75
"""For lossless WebP the quality says how hard to search, not how much to lose."""
EXTENSIONS: Final = {"jpeg": "jpg", "png": "png", "tiff": "tif", "webp": "webp"}
"""File name extension of every format this module writes."""
XMP_TAG, PHOTOSHOP_TAG = 700, 34377
_SUBSAMPLING: Final = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}
_METRE_PER_INCH: Final = 0.0254


def encode(
    rgb: NDArray[np.uint8] | NDArray[np.uint16],
    *,
    format: str,
    quality: int = 95,
    subsampling: str = "4:4:4",
    icc: bytes,
    dpi: int = 0,
    xmp: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """Return `rgb` (H×W×3; H×W×4 with straight alpha for PNG and WebP; grey H×W for PNG) as the bytes of a file.

    Args:
        rgb: full-range pixels; uint8 for every format, uint16 for "png" and "tiff" (16 bits per channel).
        format: "jpeg", "png", "tiff" (uncompressed) or "webp".
        quality: 1..100 for JPEG and WebP; 100 makes a WebP lossless.
        subsampling: "4:4:4", "4:2:2" or "4:2:0", JPEG only.
        icc: the profile of the pixels, embedded; empty only for a mask.
        dpi: pixels per inch to declare; 0 declares none.
        xmp: an XMP packet to embed; empty embeds none.
        resources: Photoshop's image resources (see `clipping_path`), TIFF only; empty embeds none.

    The same arguments give the same bytes. Raises BugError for a combination the format cannot hold.
    """
    if rgb.dtype == np.uint16 and format not in ("png", "tiff"):
        raise BugError(f"{format} holds 8 bits per channel, not 16.")
    if rgb.shape[2:] == (4,) and format not in ("png", "webp"):
        raise BugError(f"{format} holds no transparency.")
    pixels = np.ascontiguousarray(rgb)
    if format == "tiff":
        return _tiff(pixels, icc, dpi, xmp, resources)
    if format == "png":
        return _png(pixels, icc, dpi, xmp)
    if format == "jpeg":
        options = {"quality": quality, "subsampling": _SUBSAMPLING[subsampling], "dpi": (dpi, dpi), "comment": b""}
        return _by_pillow(pixels, "JPEG", icc, xmp, options)
    if format == "webp":
        lossless = quality >= 100
        options = {"lossless": lossless, "quality": WEBP_LOSSLESS_QUALITY if lossless else quality, "method": 4}
        return _by_pillow(pixels, "WEBP", icc, xmp, options)
    raise BugError(f"There is no way to write “{format}”.")


def _by_pillow(pixels: NDArray, name: str, icc: bytes, xmp: bytes, options: dict[str, object]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, name, icc_profile=icc or None, xmp=xmp, **options)
    return buffer.getvalue()


def _tiff(pixels: NDArray, icc: bytes, dpi: int, xmp: bytes, resources: bytes) -> bytes:
    buffer = io.BytesIO()
    tags = ((XMP_TAG, xmp), (PHOTOSHOP_TAG, resources))
    tifffile.imwrite(
        buffer,
        pixels,
        photometric="rgb" if pixels.ndim == 3 else "minisblack",
        compression=None,
        metadata=None,
        software=False,
        resolution=(dpi, dpi) if dpi else None,
        resolutionunit="INCH" if dpi else None,
        iccprofile=icc or None,
        extratags=[(tag, 1, len(data), data, True) for tag, data in tags if data],
    )
    return buffer.getvalue()


def _png(pixels: NDArray, icc: bytes, dpi: int, xmp: bytes) -> bytes:
    """A PNG (W3C, third edition) whose rows are all filtered by the row above: libpng's search takes four times longer.

    Neither Pillow (no 16-bit RGB) nor imagecodecs (no profile) writes what print needs, so the chunks are ours.
    """
    height, width, channels = (*pixels.shape, 1)[:3]
    coding = struct.pack(">IIBBBBB", width, height, 8 * pixels.itemsize, PNG_COLORS[channels], 0, 0, 0)
    chunks = [_chunk(b"IHDR", coding)]
    if icc:
        chunks.append(_chunk(b"iCCP", b"profile\0\0" + zlib.compress(icc, 9)))
    if dpi:
        per_metre = round(dpi / _METRE_PER_INCH)
        chunks.append(_chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)))
    if xmp:
        chunks.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    packed = imagecodecs.zlibng_encode(_filtered(pixels), level=PNG_LEVEL)
    return b"".join((PNG_SIGNATURE, *chunks, _chunk(b"IDAT", packed), _chunk(b"IEND", b"")))


def _filtered(pixels: NDArray) -> NDArray[np.uint8]:
    """Rows of bytes (uint8 height×n), each less the row above and led by that filter's number."""
    rows = pixels.astype(pixels.dtype.newbyteorder(">"), copy=False).view(np.uint8).reshape(len(pixels), -1)
    filtered = np.empty((rows.shape[0], 1 + rows.shape[1]), np.uint8)
    filtered[:, 0] = PNG_UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    return filtered


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
