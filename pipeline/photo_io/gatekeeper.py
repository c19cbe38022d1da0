"""The door: tells a file's format by its content, reads its header, and refuses what must never reach a decoder."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from typing import Final

from pipeline.errors import BadImageError
from pipeline.photo_io.formats import EXTENSIONS
from pipeline.photo_io.formats import HEAD_BYTES
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.formats import describe
from pipeline.photo_io.formats import family
from pipeline.photo_io.formats import sniff
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import quoted
from pipeline.photo_io.header import refusal
from pipeline.photo_io.heic import read_heic_header
from pipeline.photo_io.raster import read_raster_header
from pipeline.photo_io.raw import read_raw_header
from pipeline.photo_io.tiff import read_tiff_header
from pipeline.settings import Ingest

_Read = Callable[[BinaryIO, str, Ingest], PhotoHeader]

_HEADERS: Final[dict[Kind, _Read]] = {
    Kind.JPEG: lambda stream, name, limits: read_raster_header(stream, Kind.JPEG, name, limits),
    Kind.PNG: lambda stream, name, limits: read_raster_header(stream, Kind.PNG, name, limits),
    Kind.WEBP: lambda stream, name, limits: read_raster_header(stream, Kind.WEBP, name, limits),
    Kind.TIFF: read_tiff_header,
    Kind.HEIC: read_heic_header,
    Kind.RAW: read_raw_header,
}
assert set(_HEADERS) == set(Kind)


def read_header(path: Path, *, name: str, limits: Ingest) -> PhotoHeader:
    """Return the header of the photo at `path`, which its client knows as `name`; decodes nothing.

    Raises BadImageError with a sentence for the client: empty, no image, another format than its extension says, too
    large, animated, CMYK without a profile, 1-bit, a palette with transparency, damaged.
    """
    try:
        with path.open("rb") as stream:
            kind = _admit(stream, name)
            return _HEADERS[kind](stream, name, limits)
    except BadImageError:
        raise
    except OSError as error:
        raise refusal(name, "unreadable", reason=error.strerror or error) from error


def _admit(stream: BinaryIO, name: str) -> Kind:
    kind = sniff(stream)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if not head:
        raise refusal(name, "empty")
    if kind is None:
        raise refusal(name, "no_photo", found=describe(head))
    promised = family(name)
    if promised not in (None, kind):
        raise _wrong_extension(name, kind)
    return kind


def _wrong_extension(name: str, kind: Kind) -> BadImageError:
    if kind is Kind.RAW:
        return refusal(name, "wrong_raw_extension")
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    article = "an" if kind is Kind.HEIC else "a"
    right = quoted(stem + EXTENSIONS[kind][0])
    return refusal(name, "wrong_extension", found=f"{article} {kind}", name=right)
