"""File bytes as a customer's software will see them: decoded, with everything a platform may object to.

The format is told by its first bytes, never by the name. Sizes are checked in the header before anything is decoded.
"""

import ctypes
import functools
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final

import imagecodecs
import numpy as np
import simplejpeg
import tifffile
from numpy.typing import NDArray
from PIL import Image
from PIL import ImageCms
from PIL import UnidentifiedImageError

from pipeline.errors import BadImageError
from pipeline.model import freeze
from pipeline.sentences import say

PILLOW_FORMATS: Final = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "tiff": "TIFF", "gif": "GIF"}
_ORIENTATION_TAG: Final = 274
_PNG_16_BIT_DEPTH_AT: Final = 24
_CHROMA_444: Final = (1, 1)


@dataclass(frozen=True, eq=False)
class Delivered:
    """One decoded file.

    Attributes:
        format: "jpeg", "png", "webp", "tiff" or "gif".
        mode: the file's own mode in Pillow's words, e.g. "RGB", "RGBA", "L", "P", "CMYK".
        size: width and height in pixels, as stored (no orientation applied).
        bits: bits per channel, 8 or 16.
        icc: the embedded profile's bytes, empty without one; icc_name: its description.
        orientation: the orientation tag, 1 where there is none.
        bytes: length of the file.
        dpi: declared pixels per inch (the smaller direction), None where the file declares none.
        frames: pictures in the file; more than one is an animation or several pages.
        lossless: whether the decoded pixels are exactly those that were encoded.
        subsampling: "4:4:4", "4:2:2" or "4:2:0" of a JPEG, else "".
        rgb: uint8 or uint16 H×W×3, read-only; what is transparent is composited on black, so that it cannot hide as
            white.
        alpha: uint8 H×W, 255 opaque, read-only; None where every pixel is opaque.
        compression: how a TIFF is compressed, "raw" where it is not; "" for other formats.
        extras: names of what else travels with the pixels: "exif", "gps", "comment", "xmp".
    """

    format: str
    mode: str
    size: tuple[int, int]
    bits: int
    icc: bytes
    icc_name: str
    orientation: int
    bytes: int
    dpi: float | None
    frames: int
    lossless: bool
    subsampling: str
    rgb: NDArray[np.uint8] | NDArray[np.uint16]
    alpha: NDArray[np.uint8] | None
    extras: tuple[str, ...] = ()
    compression: str = ""


def read_delivered(data: bytes, *, max_megapixels: float = 200.0) -> Delivered:
    """Decode a finished file from its bytes.

    Raises BadImageError for what is not a JPEG, PNG, WebP, TIFF or GIF, is damaged, or has more than
    `max_megapixels`.
    """
    with _opened(data, max_megapixels) as image:
        return _describe(image, data)


def try_delivered(path: Path, *, name: str) -> None:
    """Decode the file at `path`, known as `name`, and keep nothing: whoever judges it says what is wrong with it."""
    with suppress(BadImageError, OSError):
        read_delivered(path.read_bytes())


def read_grey(data: bytes, *, max_megapixels: float = 200.0) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Decode a grey picture, such as a mask, from its bytes: H×W, read-only; of a coloured one the red channel.

    Raises BadImageError as `read_delivered` does.
    """
    with _opened(data, max_megapixels) as image:
        if image.mode == "L" and "transparency" not in image.info:
            return freeze(np.asarray(image))
        return _describe(image, data).rgb[..., 0]


@functools.cache
def _silence_libtiff() -> None:
    """Keep Pillow's libtiff off stderr: one damaged file brings hundreds of lines, and we say what is wrong.

    Pillow's wheels bring a library of their own, so this concerns nobody else; elsewhere the lines stay.
    """
    for library in (Path(Image.__file__).parent.parent / "pillow.libs").glob("libtiff*"):
        libtiff = ctypes.CDLL(str(library))
        for silence in (libtiff.TIFFSetErrorHandler, libtiff.TIFFSetWarningHandler):
            silence.argtypes, silence.restype = [ctypes.c_void_p], ctypes.c_void_p
            silence(None)


@contextmanager
def _opened(data: bytes, max_megapixels: float) -> Iterator[Image.Image]:
    _silence_libtiff()
    try:
        with warnings.catch_warnings():
            # Pillow's own warnings about odd metadata are no news to a person; errors still are.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=list(PILLOW_FORMATS.values())) as image:
                megapixels = image.width * image.height / 1e6
                if megapixels > max_megapixels:
                    sizes = {"megapixels": f"{megapixels:.0f}", "limit": f"{max_megapixels:.0f}"}
                    raise BadImageError(say("file_pixels", **sizes))
                yield image
    except UnidentifiedImageError as error:
        raise BadImageError(say("file_kind")) from error
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        # Pillow seeks to whatever a TIFF's directory says, a fraction too: that is the TypeError.
        raise BadImageError(say("file_damaged", reason=error)) from error


def _describe(image: Image.Image, data: bytes) -> Delivered:
    kind = next(name for name, pillow in PILLOW_FORMATS.items() if pillow == image.format)
    bits = _bits(image, kind, data)
    icc = image.info.get("icc_profile") or b""
    subsampling = _subsampling(image) if kind == "jpeg" else ""
    facts = {"mode": image.mode, "size": image.size, "orientation": image.getexif().get(_ORIENTATION_TAG, 1)}
    rgb, alpha = _pixels(image, kind, bits, data)
    return Delivered(
        format=kind,
        bits=bits,
        icc=icc,
        icc_name=profile_name(icc),
        bytes=len(data),
        dpi=_dpi(image),
        frames=getattr(image, "n_frames", 1),
        lossless=kind in ("png", "tiff") or (kind == "webp" and _is_lossless_webp(data)),
        subsampling=subsampling,
        rgb=freeze(rgb),
        alpha=None if alpha is None else freeze(alpha),
        extras=_extras(image),
        compression=str(image.info.get("compression", "")) if kind == "tiff" else "",
        **facts,
    )


def profile_name(icc: bytes) -> str:
    """Return the description in an ICC profile, "" without one, "unreadable" for a damaged one."""
    if not icc:
        return ""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(icc))).strip()
    except (OSError, ImageCms.PyCMSError):
        return "unreadable"


def _bits(image: Image.Image, kind: str, data: bytes) -> int:
    # Pillow says "RGB" for 16-bit colour and silently decodes it as 8.
    if kind == "png":
        return 16 if data[_PNG_16_BIT_DEPTH_AT] == 16 else 8
    if kind == "tiff":
        return 16 if max(image.tag_v2.get(258, (8,))) > 8 else 8  # type: ignore[attr-defined]
    return 8


def _pixels(image: Image.Image, kind: str, bits: int, data: bytes) -> tuple[NDArray[Any], NDArray[np.uint8] | None]:
    if bits == 16:
        raw = imagecodecs.png_decode(data) if kind == "png" else tifffile.imread(io.BytesIO(data), key=0)
        return _opaque(_three_or_four(raw, data), np.uint16)
    if kind == "jpeg" and image.mode in ("RGB", "L"):
        # Half of Pillow's time; strict refuses what is cut off or damaged, as Pillow does.
        return simplejpeg.decode_jpeg(data, colorspace="RGB", strict=True), None
    if image.mode in ("RGB", "CMYK", "YCbCr", "LAB") and "transparency" not in image.info:
        return np.asarray(image if image.mode == "RGB" else image.convert("RGB")), None
    return _opaque(np.asarray(image.convert("RGBA")), np.uint8)


def _three_or_four(raw: NDArray[Any], data: bytes) -> NDArray[Any]:
    if raw.ndim == 2:
        raw = np.repeat(raw[..., None], 3, axis=2)
    if raw.ndim != 3 or raw.shape[2] not in (3, 4) or raw.dtype != np.uint16:
        raise BadImageError(say("file_samples", found=f"{raw.shape} {raw.dtype}"))
    return raw


def _opaque(pixels: NDArray[Any], dtype: type) -> tuple[NDArray[Any], NDArray[np.uint8] | None]:
    if pixels.shape[2] == 3:
        return np.ascontiguousarray(pixels), None
    alpha, largest = pixels[..., 3:], np.iinfo(dtype).max
    if bool((alpha == largest).all()):
        return np.ascontiguousarray(pixels[..., :3]), None
    on_black = (pixels[..., :3].astype(np.float32) * (alpha / np.float32(largest))).astype(dtype)
    return on_black, np.ascontiguousarray(
        alpha[..., 0] if dtype == np.uint8 else (alpha[..., 0] // 257).astype(np.uint8)
    )


def _dpi(image: Image.Image) -> float | None:
    dpi = image.info.get("dpi")
    if not dpi or not all(float(value) > 1 for value in dpi):
        return None
    return min(float(value) for value in dpi)


def _subsampling(image: Image.Image) -> str:
    layers = getattr(image, "layer", [])
    if len(layers) < 3:
        return "4:4:4"
    (luma_x, luma_y), (chroma_x, chroma_y) = layers[0][1:3], layers[1][1:3]
    ratio = luma_x // max(1, chroma_x), luma_y // max(1, chroma_y)
    return {_CHROMA_444: "4:4:4", (2, 1): "4:2:2"}.get(ratio, "4:2:0")


def _is_lossless_webp(data: bytes) -> bool:
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind in (b"VP8 ", b"VP8L"):
            return kind == b"VP8L"
        at += 8 + length + length % 2
    return False


def _extras(image: Image.Image) -> tuple[str, ...]:
    exif = image.getexif()
    found = {
        "exif": bool(len(exif)) and image.format != "TIFF",
        "gps": bool(exif.get_ifd(0x8825)),
        "comment": bool(image.info.get("comment")),
        "xmp": bool(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")),
    }
    return tuple(name for name, there in found.items() if there)
