"""Which format a file is in, told by its content alone, and which extensions go with it."""

from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO
from typing import Final

from pipeline.photo_io.tags import Directory
from pipeline.photo_io.tags import TagError
from pipeline.photo_io.tags import read_directories

HEAD_BYTES: Final = 4096

DNG_VERSION: Final = 50706
_SUB_DIRECTORIES: Final = 330
_PHOTOMETRIC: Final = 262
_SENSOR_DATA: Final = {32803, 34892}
"""PhotometricInterpretation: colour filter array, linear RAW (DNG 1.7, TIFF/EP)."""


class Kind(StrEnum):
    """A family of formats with one decoder; the value is what a sentence calls it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    TIFF = "TIFF"
    HEIC = "HEIC"
    RAW = "RAW"


EXTENSIONS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    Kind.PNG: (".png",),
    Kind.WEBP: (".webp",),
    Kind.TIFF: (".tif", ".tiff"),
    Kind.HEIC: (".heic", ".heif", ".hif"),
    Kind.RAW: (".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"),
}
assert set(EXTENSIONS) == set(Kind)

_FAMILIES: Final = {extension: kind for kind, extensions in EXTENSIONS.items() for extension in extensions}

_RAW_STARTS: Final = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
_TIFF_STARTS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIC_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_OTHERS: Final = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"gimp xcf", "a GIMP document"),
)


def sniff(stream: BinaryIO) -> Kind | None:
    """Return the family that the content belongs to, None where it is none that we read."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head.startswith(_RAW_STARTS):
        return Kind.RAW
    if head.startswith(_TIFF_STARTS):
        return Kind.RAW if head[8:11] == b"CR\x02" or _holds_sensor_data(stream) else Kind.TIFF
    if head[4:8] == b"ftyp":
        return _media_kind(head)
    return None


def describe(head: bytes) -> str:
    """Return what a file that `sniff` does not know is, as the end of “… is …”."""
    for start, words in _OTHERS:
        if head.startswith(start):
            return words
    if head[4:8] == b"ftyp":
        return "an AVIF" if head[8:12] in {b"avif", b"avis"} else "a video"
    if not any(head):
        return "full of zeros, not an image"
    return "a text file, not an image" if _is_text(head) else "not an image in a format that we read"


def family(name: str) -> Kind | None:
    """Return the family that a name's extension promises, None where it promises none."""
    return _FAMILIES.get(PurePosixPath(name).suffix.lower())


def _holds_sensor_data(stream: BinaryIO) -> bool:
    try:
        directories = read_directories(stream)
    except TagError:
        return False
    if DNG_VERSION in directories[0]:
        return True
    return any(_is_sensor(part) for each in directories for part in (each, *each.children(_SUB_DIRECTORIES)))


def _is_sensor(directory: Directory) -> bool:
    return directory.number(_PHOTOMETRIC, -1) in _SENSOR_DATA


def _media_kind(head: bytes) -> Kind | None:
    if head[8:12] == b"crx ":
        return Kind.RAW
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return None
    return Kind.HEIC if brands & _HEIC_BRANDS else None


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8")
    return all(letter.isprintable() or letter in "\r\n\t\f\ufeff" for letter in text)
