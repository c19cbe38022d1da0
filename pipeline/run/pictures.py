"""What one can see of a version: mask, result and thumbnails as small files in the content-addressed store."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb_profile
from pipeline.errors import BugError
from pipeline.mask import SOLID
from pipeline.mask import VISIBLE
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.photo_io.delivered import read_grey
from pipeline.photo_io.encode import encode
from pipeline.photo_io.pyramid_tiff import encode_pyramid
from pipeline.settings import Settings
from pipeline.store.files import Files

THUMBNAIL_QUALITY = 88
PROXY_SIDE, PROXY_QUALITY = 2048, 92
COVERAGE = (np.arange(256) / np.float32(255)).astype(np.float32)
FAINT, SOFT, WHOLE = 4, 64, 255
"""Levels of a proof: coverage that nobody sees, a soft edge, the product's shape."""
TILES_FROM = 1024
"""A picture no larger than this is decoded as quickly without a viewing copy."""


def store_pictures(item: WorkItem, files: Files, settings: Settings, *, viewed: bool = True) -> dict[str, str]:
    """Write what can be seen of an item; returns fields of Outcome to the SHA-256 of files.

    These are mask (8-bit grey PNG), result (8-bit sRGB PNG) and both thumbnails, and where a person is going to look
    (`viewed`) the result in tiles and a proxy of the original, each where the picture is large enough to need it.
    Viewing copies take more room than all the rest; without them the window decodes the files themselves.
    """
    if item.mask is None or item.result is None:
        raise BugError("There is no mask or result to write.")
    result = adobe16_to_srgb8(item.result)
    original = adobe16_to_srgb8(shrink(_original(item), settings.ingest.thumbnail_side))
    copies = _viewing_copies(item, result, files) if viewed else {}
    return copies | {
        "mask": files.put_bytes(encode_mask(item.mask)),
        "result": files.put_bytes(encode(result, format="png", icc=srgb_profile())),
        "thumbnail": files.put_bytes(make_thumbnail(shrink(result, settings.ingest.thumbnail_side))),
        "original_thumbnail": files.put_bytes(make_thumbnail(original)),
    }


def encode_mask(mask: NDArray[np.float32]) -> bytes:
    """Return an 8-bit grey PNG of a float32 0..1 mask; exact, since masks are quantised to 255 levels."""
    return encode(cv2.multiply(mask, 255.0, dtype=cv2.CV_8U), format="png", icc=b"")


def encode_proof(mask: Matte) -> bytes:
    """Return a small grey PNG that verifies as `mask` does: its coverage as nothing, faint, soft or whole."""
    levels = np.zeros(mask.shape, np.uint8)
    levels[mask > 0] = FAINT
    levels[mask >= VISIBLE] = SOFT
    levels[mask >= SOLID] = WHOLE
    return encode(levels, format="png", icc=b"")


def read_mask(data: bytes) -> Matte:
    """Return a mask file (grey, 8 or 16 bits, as stored: PNG) as read-only float32 H×W, 0..1 in 255 levels.

    Raises BadImageError where the bytes are no picture.
    """
    levels = read_grey(data)
    if levels.dtype == np.uint8:
        return freeze(cv2.LUT(levels, COVERAGE))
    return freeze(quantize(levels / np.float32(np.iinfo(levels.dtype).max)))


def shrink(rgb: NDArray, side: int) -> NDArray:
    """Return a copy of an H×W×3 image whose longest side is at most `side` pixels (area average)."""
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return rgb
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Whole steps are averaged ten times as quickly, and what is left then is small.
    step = int(1 / scale)
    if step > 1:
        rgb = rgb[: height - height % step, : width - width % step]
        rgb = cv2.resize(rgb, (width // step, height // step), interpolation=cv2.INTER_AREA)
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)


def _original(item: WorkItem) -> NDArray[np.uint16]:
    return item.photo.rgb if item.untouched is None else item.untouched


def _viewing_copies(item: WorkItem, result: NDArray[np.uint8], files: Files) -> dict[str, str]:
    copies = {}
    if max(result.shape[:2]) > TILES_FROM:
        copies["tiles"] = files.put_bytes(encode_pyramid(result, icc=srgb_profile()))
    if max(item.photo.size) > PROXY_SIDE:
        proxy = adobe16_to_srgb8(shrink(_original(item), PROXY_SIDE))
        copies["original_proxy"] = files.put_bytes(_jpeg(proxy, PROXY_QUALITY))
    return copies


def make_thumbnail(rgb: NDArray[np.uint8]) -> bytes:
    """Return a small sRGB picture (uint8 H×W×3) as a JPEG that looks the same."""
    return _jpeg(rgb, THUMBNAIL_QUALITY)


def _jpeg(rgb: NDArray[np.uint8], quality: int) -> bytes:
    return encode(rgb, format="jpeg", quality=quality, subsampling="4:4:4", icc=srgb_profile())
