"""TIFF, 8 and 16 bits: every header field is checked against the file before tifffile may decode a page."""

import logging
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import TiffImagePlugin

from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import check_space
from pipeline.photo_io.header import damaged
from pipeline.photo_io.header import refusal
from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.orientation import size_after
from pipeline.photo_io.raster import DECODE_ERRORS
from pipeline.photo_io.raster import Pixels
from pipeline.photo_io.raster import one_bit
from pipeline.photo_io.raster import straight
from pipeline.photo_io.tags import Directory
from pipeline.photo_io.tags import TagError
from pipeline.photo_io.tags import read_directories
from pipeline.settings import Ingest

_SUBFILE, _WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 256, 257, 258, 259, 262
_STRIPS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_BYTES, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES, _EXTRA, _FORMAT = 322, 323, 324, 325, 338, 339
_XMP, _ICC = 700, 34675

_UNCOMPRESSED, _JPEG = 1, 7
_COMPRESSIONS: Final = {1: "none", 5: "LZW", 8: "deflate", 32946: "deflate", 50000: "zstd", 32773: "PackBits"}
_MOST_SHRUNK: Final = {5: 5000, 8: 1100, 32946: 1100, 50000: 200_000, 32773: 128}
"""No honest segment of these compressions grows by more than this factor when decoded."""
_CODINGS: Final = {0: ("gray", 1), 1: ("gray", 1), 2: ("rgb", 3), 5: ("cmyk", 4)}
_INVERTED_GRAY: Final = 0
_ASSOCIATED, _UNASSOCIATED = 1, 2
_ERRORS: Final = (*DECODE_ERRORS, tifffile.TiffFileError, ZeroDivisionError, zlib.error)


@dataclass(frozen=True)
class _Layout:
    """How one page is coded, after all checks."""

    page: int
    width: int
    height: int
    bits: int
    samples: int
    space: str
    jpeg: bool


def read_tiff_header(stream: BinaryIO, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of a TIFF's first full page; raises BadImageError for what we do not take."""
    try:
        directories = read_directories(stream)
        number = _first_full_page(directories)
        directory = directories[number]
        layout = _check_layout(directory, number, name, limits)
    except TagError as error:
        raise damaged(name) from error
    icc = directory.data(_ICC) or None
    check_space(name, layout.space, icc)
    facts = read_metadata(directory, directory.data(_XMP))
    width, height = size_after(layout.width, layout.height, facts.orientation)
    notes = (f"the first of {len(directories)} pages",) if len(directories) > 1 else ()
    return PhotoHeader(
        Kind.TIFF,
        width,
        height,
        layout.bits,
        layout.space,
        facts.orientation,
        len(directories),
        icc,
        facts.hint,
        exif=facts.exif,
        keywords=facts.keywords,
        notes=notes,
    )


def decode_tiff(path: Path, name: str, limits: Ingest) -> Pixels:
    """Decode the first full page; raises BadImageError where a segment is damaged or short."""
    with path.open("rb") as stream:
        try:
            directories = read_directories(stream)
            directory = directories[_first_full_page(directories)]
            layout = _check_layout(directory, _first_full_page(directories), name, limits)
            extra = directory.number(_EXTRA, 0)
            inverted = directory.number(_PHOTOMETRIC, 1) == _INVERTED_GRAY
        except TagError as error:
            raise damaged(name) from error
        try:
            samples = _decode_with_libtiff(stream) if layout.jpeg else _decode_page(path, layout.page)
        except _ERRORS as error:
            raise damaged(name) from error
    shape = (layout.height, layout.width, samples.size // (layout.width * layout.height))
    return _as_pixels(samples.reshape(shape), layout, extra, inverted)


def _decode_page(path: Path, number: int) -> NDArray[Any]:
    # tifffile logs what it finds odd; what matters raises, and a worker's log is no place for the rest.
    logging.getLogger("tifffile").setLevel(logging.CRITICAL)
    with tifffile.TiffFile(path) as file:
        page = file.pages[number]
        samples = page.asarray(maxworkers=1)
        planar = page.keyframe.planarconfig == tifffile.PLANARCONFIG.SEPARATE and page.keyframe.samplesperpixel > 1
    return np.ascontiguousarray(np.moveaxis(samples, 0, -1)) if planar else samples


def _decode_with_libtiff(stream: BinaryIO) -> NDArray[Any]:
    stream.seek(0)
    image = TiffImagePlugin.TiffImageFile(stream)
    image.load()
    return np.asarray(image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB"))


def _as_pixels(samples: NDArray[Any], layout: _Layout, extra: int, inverted: bool) -> Pixels:
    colors = {"gray": 1, "rgb": 3, "cmyk": 4}[layout.space]
    color = np.ascontiguousarray(samples[..., :colors])
    if inverted:
        color = np.invert(color)
    if samples.shape[2] == colors:
        return Pixels(color)
    if extra not in (_ASSOCIATED, _UNASSOCIATED):
        return Pixels(color, notes=("extra channels that are no transparency were left out",))
    alpha = np.ascontiguousarray(samples[..., colors])
    return Pixels(straight(color, alpha) if extra == _ASSOCIATED else color, alpha)


def _first_full_page(directories: list[Directory]) -> int:
    full = (number for number, each in enumerate(directories) if not each.number(_SUBFILE, 0) & 1)
    return next(full, 0)


def _check_layout(directory: Directory, number: int, name: str, limits: Ingest) -> _Layout:
    width, height = directory.number(_WIDTH, 0), directory.number(_HEIGHT, 0)
    check_size(name, width, height, limits)
    samples = directory.number(_SAMPLES, 1)
    bits = _check_samples(directory, samples, name)
    compression = directory.number(_COMPRESSION, _UNCOMPRESSED)
    jpeg = compression == _JPEG and bits == 8 and number == 0
    photometric = 2 if jpeg and samples == 3 else directory.number(_PHOTOMETRIC, -1)
    if not jpeg and compression not in _COMPRESSIONS:
        raise refusal(name, "tiff_compression", number=compression)
    space, colors = _CODINGS.get(photometric, ("", 0))
    if not space:
        raise refusal(name, "tiff_coding" if photometric != 3 else "tiff_palette")
    if not colors <= samples <= colors + 4:
        raise damaged(name)
    if directory.number(_PREDICTOR, 1) not in (1, 2):
        raise refusal(name, "tiff_predictor")
    _check_segments(directory, width, height, samples, bits, compression, name)
    return _Layout(number, width, height, bits, samples, space, jpeg)


def _check_samples(directory: Directory, samples: int, name: str) -> int:
    depths = set(directory.numbers(_BITS))
    if not depths and _BITS in directory:
        raise damaged(name)  # their place lies behind the end of the file
    depths = depths or {1}
    if depths == {1}:
        raise one_bit(name)
    if set(directory.numbers(_FORMAT)) - {1}:
        raise refusal(name, "tiff_numbers")
    if len(depths) > 1 or not depths <= {8, 16}:
        raise refusal(name, "tiff_depths", depths=", ".join(map(str, sorted(depths))))
    if not 1 <= samples <= 8:
        raise refusal(name, "tiff_channels", samples=samples)
    return depths.pop()


def _check_segments(
    directory: Directory, width: int, height: int, samples: int, bits: int, compression: int, name: str
) -> None:
    """Raise BadImageError unless every strip or tile lies inside the file and can be as long as it must decode to."""
    planes = samples if directory.number(_PLANAR, 1) == 2 and samples > 1 else 1
    if _TILES in directory:
        across, down = directory.number(_TILE_WIDTH, 0), directory.number(_TILE_HEIGHT, 0)
        if not (0 < across <= 2 * width + 1024 and 0 < down <= 2 * height + 1024):
            raise damaged(name)
        expected = math.ceil(width / across) * math.ceil(height / down) * planes
        offsets, counts = directory.numbers(_TILES), directory.numbers(_TILE_BYTES)
    else:
        across, down = width, min(directory.number(_ROWS_PER_STRIP, height) or height, height)
        expected = math.ceil(height / down) * planes
        offsets, counts = directory.numbers(_STRIPS), directory.numbers(_STRIP_BYTES)
    if len(offsets) != expected or len(counts) != expected:
        raise damaged(name)
    if any(at <= 0 or length <= 0 or at + length > directory.size for at, length in zip(offsets, counts, strict=True)):
        raise damaged(name)
    need = width * height * samples * bits // 8
    if compression != _JPEG and sum(counts) * _MOST_SHRUNK.get(compression, 1) < need:
        raise damaged(name)
