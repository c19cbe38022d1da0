"""Why a file could not be used, in the person's language: the line records an English sentence about a file.

Only the file's own name and size are taken out of it; a sentence that is not among those known here stands as recorded.
"""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Entry
from reviewer.language import numeral
from reviewer.language import quoted
from reviewer.language import translate

REFUSALS: Final = (
    QT_TRANSLATE_NOOP("Refusals", "{file} is empty (0 bytes); please send the file again."),
    QT_TRANSLATE_NOOP("Refusals", "{file} is cut off or damaged and cannot be decoded; please send the file again."),
    QT_TRANSLATE_NOOP("Refusals", "{file} is an animation; please send the one still picture that is meant."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} is {size} px; the longest side must have at least 1,000 px, so please send a larger picture.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} is in CMYK without an ICC profile, so its colours cannot be known; "
        "please send it in RGB or with its profile embedded.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} is a palette image with transparency, at most 256 colours; "
        "please save it as a 24-bit PNG with an alpha channel.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} has 1 bit per pixel, pure black and white; please send the photograph with 8 or 16 bits per channel.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} is a TIFF in an unusual colour coding; please save it as RGB with 8 or 16 bits per channel.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals", "{file} is a TIFF with a palette; please save it as RGB with 8 or 16 bits per channel."
    ),
    QT_TRANSLATE_NOOP("Refusals", "{file} is a TIFF with an unusual predictor; please save it uncompressed."),
    QT_TRANSLATE_NOOP(
        "Refusals",
        "{file} holds signed or floating-point numbers instead of 8 or 16 bits per channel; "
        "please save it with 16 bits per channel.",
    ),
    QT_TRANSLATE_NOOP(
        "Refusals", "Processing {file} ended three times without an answer; check the file, then retry it."
    ),
)


def refusal_words(entry: Entry) -> str:
    """Return why an image failed or its file was refused, "" where nothing says so."""
    sentence, record = entry.error or "", entry.record
    size = f"{record.width:,} × {record.height:,}"
    for name in (record.file, record.file.rsplit("/", 1)[-1]):
        for written, shown in ((f"“{name}”", quoted(name)), (name, name)):
            bare = sentence.replace(written, "{file}", 1).replace(size, "{size}", 1)
            said = translate("Refusals", bare)
            if said != bare:
                return said.format(file=shown, size=numeral(size))
    return sentence
