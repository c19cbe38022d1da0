"""What a header says about a photo before a pixel is decoded, and the sentences with which a file is refused."""

from dataclasses import dataclass
from dataclasses import field

from pipeline.errors import BadImageError
from pipeline.photo_io.formats import Kind
from pipeline.sentences import say
from pipeline.settings import Ingest


@dataclass(frozen=True)
class PhotoHeader:
    """One file's header; nothing was decoded.

    Attributes:
        width, height: pixels as shown, that is, after the orientation.
        bits: bits per channel that the master can use, 8 or 16.
        space: how the pixels are coded: "rgb", "gray", "cmyk" or "palette".
        orientation: EXIF orientation 1..8 that decoding has still to bake in.
        pages: how many pages or pictures the file holds.
        icc: the embedded profile as it is, or None.
        hint: what decides the colours where no usable profile is embedded: "EXIF sRGB", "EXIF Adobe RGB",
            "PNG sRGB chunk", …, "camera RAW", or "" where nothing does; `hinted` holds a profile built from numbers.
        exif: Make, Model, DateTimeOriginal, Artist, Copyright, DigitalSourceType, where they exist.
    """

    kind: Kind
    width: int
    height: int
    bits: int = 8
    space: str = "rgb"
    orientation: int = 1
    pages: int = 1
    icc: bytes | None = None
    hint: str = ""
    hinted: bytes | None = None
    exif: dict[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def quoted(name: str) -> str:
    """Return a client's file name fit for a sentence: in quotes, printable, at most 120 characters."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in name)
    return f"“{clean}”" if len(clean) <= 120 else f"“{clean[:60]}…{clean[-58:]}”"


def refusal(name: str, what: str, /, **values: object) -> BadImageError:
    """Return the error with the sentence `what`: it names the file, what is wrong and what the client can do."""
    return BadImageError(say(what, file=quoted(name), **values))


def damaged(name: str) -> BadImageError:
    """Return the refusal of a file that cannot be decoded to its end."""
    return refusal(name, "damaged")


def check_size(name: str, width: int, height: int, limits: Ingest) -> None:
    """Raise BadImageError where a header promises no pixels, too many, or too long a side."""
    if width < 1 or height < 1:
        raise damaged(name)
    side = max(width, height)
    if side > limits.max_longest_side:
        raise refusal(name, "too_long", size=f"{width:,} × {height:,}", limit=f"{limits.max_longest_side:,}")
    megapixels = width * height / 1e6
    if megapixels > limits.max_megapixels:
        raise refusal(name, "too_many_pixels", size=f"{width:,} × {height:,}", limit=f"{limits.max_megapixels:g}")


def check_space(name: str, space: str, icc: bytes | None) -> None:
    """Raise BadImageError for CMYK whose colours nobody can know."""
    if space == "cmyk" and not icc:
        raise refusal(name, "bare_cmyk")
