"""Camera RAW through LibRaw: sizes from the header, development to 16-bit Adobe RGB, a quick small copy."""

import io
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final

import numpy as np
import rawpy
from numpy.typing import NDArray

from pipeline.color import ADOBE_GAMMA
from pipeline.photo_io.ask_apart import ask_apart
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import damaged
from pipeline.photo_io.metadata import Metadata
from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.tags import TagError
from pipeline.photo_io.tags import read_directories
from pipeline.settings import Ingest

HINT: Final = "camera RAW"

_ERRORS: Final = (rawpy.LibRawError, OSError, ValueError, MemoryError)
_FUJI_JPEG: Final = slice(84, 92)
"""Offset and length of the preview inside a RAF, big-endian; its EXIF block is the photo's."""
_MOST_PIXELS_PER_BYTE: Final = 32
"""No camera packs more (lossy DNGs take a bit per pixel); LibRaw fills what is missing and spends a minute on it."""
_TRANSPOSED: Final = 4
"""LibRaw's flip: bit 0 mirrors columns, bit 1 rows, bit 2 swaps both."""


def read_raw_header(stream: BinaryIO, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of a RAW file; raises BadImageError where LibRaw does not know it."""
    facts = _metadata(stream)
    sizes, _ = ask_apart(stream, name, "raw")
    width, height = sizes["width"], sizes["height"]
    if sizes["flip"] & _TRANSPOSED:
        width, height = height, width
    check_size(name, width, height, limits)
    if width * height > stream.seek(0, io.SEEK_END) * _MOST_PIXELS_PER_BYTE:
        raise damaged(name)
    return PhotoHeader(Kind.RAW, width, height, 16, "rgb", hint=HINT, exif=facts.exif, keywords=facts.keywords)


def decode_raw(path: Path, name: str) -> Pixels:
    """Develop a RAW file to uint16 H×W×3 Adobe RGB, upright, with the camera's white balance."""
    return Pixels(_develop(path, name, output_color=rawpy.ColorSpace.Adobe, gamma=(ADOBE_GAMMA, 0), output_bps=16))


def preview_raw(path: Path, name: str) -> NDArray[np.uint8]:
    """Develop a RAW file at half its size to uint8 H×W×3 sRGB, upright."""
    return _develop(path, name, output_color=rawpy.ColorSpace.sRGB, gamma=(2.4, 12.92), output_bps=8, half_size=True)


def _develop(path: Path, name: str, **parameters: Any) -> NDArray[Any]:
    try:
        with path.open("rb") as stream, rawpy.imread(stream) as raw:
            # LibRaw would stretch each frame to its own brightest pixel, by up to a third: frames of one shoot must
            # keep their exposure, so white is what the camera says it is.
            return raw.postprocess(use_camera_wb=True, no_auto_bright=True, adjust_maximum_thr=0.0, **parameters)
    except _ERRORS as error:
        raise damaged(name) from error


def _metadata(stream: BinaryIO) -> Metadata:
    try:
        directory = read_directories(stream)[0]
    except TagError:
        return read_metadata(_fuji_exif(stream), None)
    return read_metadata(directory, directory.data(700))


def _fuji_exif(stream: BinaryIO) -> bytes | None:
    stream.seek(0)
    head = stream.read(_FUJI_JPEG.stop)
    if not head.startswith(b"FUJIFILM") or len(head) < _FUJI_JPEG.stop:
        return None
    stream.seek(int.from_bytes(head[84:88], "big"))
    preview = stream.read(min(int.from_bytes(head[88:92], "big"), 1 << 17))
    start = preview.find(b"Exif\0\0")
    return preview[start:] if start >= 0 else None
