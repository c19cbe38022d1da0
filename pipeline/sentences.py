"""The sentences about files, names and waves that are recorded or passed on: each stands here once, with its fields.

Whoever writes one names it and gives its values; whoever reads one in another language gets name and values back from
the same template, so no second description of a sentence exists. A new sentence without a translation fails a test.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

NUMBERS: Final = frozenset(
    {"size", "limit", "megapixels", "number", "samples", "seconds", "count", "more", "images", "line", "earlier"}
    | {"cells", "columns", "bad", "looked", "waiting", "bound", "sure", "counts", "allowed", "version"}
)
"""Fields that hold numbers as Python writes them, with thousands separators and decimal points."""
NESTED: Final = frozenset({"found", "reason", "why"})
"""Fields that may hold a sentence or a phrase of this module."""

_NUMBER: Final = r"(?:less than )?[0-9][0-9.,e+]*(?: × [0-9.,]+)?(?: %)?"


@dataclass(frozen=True)
class Said:
    """A sentence by its name among `TEMPLATES`, and what stands in its fields, as written."""

    what: str
    values: Mapping[str, str]

    @property
    def template(self) -> str:
        """The English sentence with its fields in braces."""
        return TEMPLATES[self.what]


def marked(context: str, text: str) -> str:
    """Return `text`; the window's list of translations is made from these calls (see the Makefile)."""
    return text


def say(what: str, /, **values: object) -> str:
    """Return the English sentence of that name. Raises KeyError for an unknown name or a missing value."""
    return TEMPLATES[what].format(**values)


def understood(sentence: str) -> Said | None:
    """Return which sentence that is; None where it was not made by `say`."""
    for what, pattern in _patterns():
        if match := pattern.fullmatch(sentence):
            return Said(what, match.groupdict())
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What tells the sentences, those with the most words of their own first."""
    literal = {what: len(re.sub(r"\{\w+\}", "", template)) for what, template in TEMPLATES.items()}
    ordered = sorted(TEMPLATES.items(), key=lambda pair: -literal[pair[0]])
    return tuple((what, re.compile(_pattern(template), re.DOTALL)) for what, template in ordered)


def _pattern(template: str) -> str:
    parts, seen = [], set()
    for place, part in enumerate(re.split(r"\{(\w+)\}", template)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>{_NUMBER if part in NUMBERS else '.+?'})")
    return "".join(parts)


_REFUSALS: Final[Mapping[str, str]] = {
    "empty": marked("Sentences", "{file} is empty (0 bytes); please send the file again."),
    "unreadable": marked("Sentences", "{file} cannot be read ({reason}); please try again."),
    "no_photo": marked(
        "Sentences", "{file} is {found}; please send a JPEG, PNG, WebP, TIFF, HEIC or a camera's RAW file."
    ),
    "wrong_extension": marked(
        "Sentences", "{file} has the wrong extension, for it is {found}; please send it again as {name}."
    ),
    "wrong_raw_extension": marked(
        "Sentences",
        "{file} has the wrong extension, for it is a camera RAW file; "
        "please send it again with the extension that the camera gave it.",
    ),
    "damaged": marked("Sentences", "{file} is cut off or damaged and cannot be decoded; please send the file again."),
    "animated": marked("Sentences", "{file} is an animation; please send the one still picture that is meant."),
    "too_small": marked(
        "Sentences",
        "{file} is {size} px; the longest side must have at least {limit} px, so please send a larger picture.",
    ),
    "too_long": marked(
        "Sentences",
        "{file} is {size} px, longer than the {limit} px per side that we take; please send a smaller picture.",
    ),
    "too_many_pixels": marked(
        "Sentences",
        "{file} claims {size} px, more than the {limit} megapixels that we take; please send a smaller picture.",
    ),
    "bare_cmyk": marked(
        "Sentences",
        "{file} is in CMYK without an ICC profile, so its colours cannot be known; "
        "please send it in RGB or with its profile embedded.",
    ),
    "palette_alpha": marked(
        "Sentences",
        "{file} is a palette image with transparency, at most 256 colours; "
        "please save it as a 24-bit PNG with an alpha channel.",
    ),
    "one_bit": marked(
        "Sentences",
        "{file} has 1 bit per pixel, pure black and white; please send the photograph with 8 or 16 bits per channel.",
    ),
    "odd_pixels": marked(
        "Sentences",
        "{file} has pixels of an unusual kind ({mode}); please save it as RGB, 8 or 16 bits per channel.",
    ),
    "tiff_compression": marked(
        "Sentences",
        "{file} is a TIFF with a compression that we do not take (number {number}); "
        "please save it uncompressed or with LZW, ZIP or zstd.",
    ),
    "tiff_coding": marked(
        "Sentences",
        "{file} is a TIFF in an unusual colour coding; please save it as RGB with 8 or 16 bits per channel.",
    ),
    "tiff_palette": marked(
        "Sentences", "{file} is a TIFF with a palette; please save it as RGB with 8 or 16 bits per channel."
    ),
    "tiff_predictor": marked("Sentences", "{file} is a TIFF with an unusual predictor; please save it uncompressed."),
    "tiff_numbers": marked(
        "Sentences",
        "{file} holds signed or floating-point numbers instead of 8 or 16 bits per channel; "
        "please save it with 16 bits per channel.",
    ),
    "tiff_depths": marked(
        "Sentences", "{file} has {depths} bits per channel; please save it with 8 or 16 bits per channel."
    ),
    "tiff_channels": marked(
        "Sentences", "{file} has {samples} channels; please save it as RGB with 8 or 16 bits per channel."
    ),
    "decoder_down": marked("Sentences", "{file} brings its decoder down; please send the file again."),
    "decoder_slow": marked(
        "Sentences",
        "{file} is damaged or very large: it was not decoded within {seconds} s; please send the file again.",
    ),
    "decoder_memory": marked(
        "Sentences", "{file} needs more memory than a decoder may use; please send the file again."
    ),
    "source_changed": marked(
        "Sentences", "{file} changed while it was being copied; wait until it is complete and retry."
    ),
    "source_closed": marked("Sentences", "{file} cannot be read: {reason}; put the file itself there and retry."),
    "source_no_file": marked("Sentences", "{file} is not a regular file; put the photo itself there and retry."),
    "source_broken": marked("Sentences", "{file} cannot be read: {reason}; copy it from its source again."),
    "copy_damaged": marked(
        "Sentences", "The viewing copy of {file} is damaged and cannot be shown; process the image again."
    ),
    "file_pixels": marked("Sentences", "The file has {megapixels} megapixels, more than the {limit} allowed."),
    "file_kind": marked("Sentences", "The file is not a JPEG, PNG, WebP, TIFF or GIF; export it again."),
    "file_damaged": marked("Sentences", "The file cannot be decoded ({reason}); export it again."),
    "file_samples": marked("Sentences", "The file holds {found} samples, not RGB; export it again."),
}
"""Why a file cannot be used."""

_FAILURES: Final[Mapping[str, str]] = {
    "abandoned": marked(
        "Sentences", "Processing {file} ended three times without an answer; check the file, then retry it."
    ),
    "poisonous": marked(
        "Sentences", "{file} brought several workers down; the file may be damaged, ask for it again or retry it."
    ),
    "too_slow": marked("Sentences", "{file} took longer than {seconds} s and was stopped; retry it."),
    "worker_lost": marked(
        "Sentences", "{file} brought its worker down; the file may be damaged, ask for it again or retry it."
    ),
    "worker_memory": marked(
        "Sentences", "{file} needs more memory than a worker may use; ask for a smaller file or retry it."
    ),
    "cancelled": marked("Sentences", "{file} was cancelled; retry it."),
    "bug": marked("Sentences", "{file} met a mistake of this program ({error}); please report it."),
    "unlike": marked(
        "Sentences",
        "{file}: version {version} cannot be made again as it was judged, since settings or libraries "
        "have changed; send it back so that it is processed again.",
    ),
    "moved_on": marked("Sentences", "{file} was decided about meanwhile; export again."),
    "no_wave": marked(
        "Sentences", "No wave of batch “{batch}” was released yet ({images} images wait); release the next one."
    ),
    "in_grace": marked(
        "Sentences",
        "Every decision of batch “{batch}” may still be taken back for a moment; wait a minute or close the batch.",
    ),
    "none_approved": marked(
        "Sentences", "Batch “{batch}” has no approved image to export ({images} wait); decide them first."
    ),
}
"""Why an image has no result, or no file that may leave."""

_NAMES: Final[Mapping[str, str]] = {
    "no_code": marked(
        "Sentences", "{file} has no {codes}, so {platform} cannot name it; add it to sheet.csv and ingest again."
    ),
    "wrong_code": marked(
        "Sentences",
        "{file} cannot be named for {platform}: its {code} “{text}” is none (check shape and check digit).",
    ),
    "code_missing": marked(
        "Sentences", "{file} cannot be named for {platform}: it has no {code} (check shape and check digit)."
    ),
    "unsafe_name": marked(
        "Sentences", "{file} would be named “{name}”, which is no safe file name; correct its code in sheet.csv."
    ),
    "same_name": marked("Sentences", "{file} would be named {name} like {other}; give one of them its own SKU."),
    "name_not_taken": marked(
        "Sentences",
        "{file} would be named {name}, which {platform} does not take; give it a valid {codes} in sheet.csv.",
    ),
}
"""Why an image has no name at a place of sale."""

_INTAKE: Final[Mapping[str, str]] = {
    "no_path": marked("Sentences", "There is no file or folder {file}; check its name."),
    "no_sheet": marked("Sentences", "There is no sheet {file}; check its name."),
    "one_copy": marked(
        "Sentences",
        "{count} of {images} photos is a copy of another one, byte for byte; each became an image of its own.",
    ),
    "copies": marked(
        "Sentences", "{count} of {images} photos are copies of others, byte for byte; each became an image of its own."
    ),
    "too_deep": marked("Sentences", "“{folder}” has folders nested too deeply; what lies below was left out."),
    "folder_closed": marked("Sentences", "The folder “{folder}” cannot be read ({reason}); it was left out."),
    "link": marked("Sentences", "“{file}” is a link, not a file, and was left out; put the photo itself there."),
    "device": marked(
        "Sentences", "“{file}” is a device or pipe, not a file, and was left out; put the photo itself there."
    ),
    "one_other": marked(
        "Sentences", "{names} is no photo and was left out; a photo needs the extension of its format."
    ),
    "others": marked(
        "Sentences", "{names} are no photos and were left out; a photo needs the extension of its format."
    ),
    "more_others": marked(
        "Sentences",
        "{names} and {more} more are no photos and were left out; a photo needs the extension of its format.",
    ),
    "sheet_large": marked("Sentences", "{sheet} is larger than 32 MB, so nothing of it was used; send a smaller one."),
    "sheet_closed": marked("Sentences", "{sheet} cannot be read ({reason}), so nothing of it was used."),
    "sheet_bare": marked("Sentences", "{sheet} has no column “file”, so nothing of it was used; add one."),
    "row_without": marked("Sentences", "{sheet} line {line}: there is no photo “{file}”; row skipped."),
    "row_twice": marked("Sentences", "{sheet} line {line}: “{file}” was already in line {earlier}; row skipped."),
    "row_wrong": marked("Sentences", "{sheet} line {line}: {why}; row skipped."),
    "row_cells": marked("Sentences", "{cells} cells under {columns} columns"),
    "row_no_file": marked("Sentences", "no file named"),
    "row_asin": marked("Sentences", "“{text}” is no ASIN (B and nine letters or digits, or an ISBN-10)"),
    "row_gtin": marked("Sentences", "“{text}” is no GTIN (8, 12, 13 or 14 digits, the last one a check digit)"),
    "sheet_end": marked(
        "Sentences", "{sheet}: what follows line {line} cannot be read as CSV ({error}); it was skipped."
    ),
}
"""What was left out when photos came in."""

_WAVES: Final[Mapping[str, str]] = {
    "wave_waits": marked("Sentences", "{bad} of {looked} bad so far, {waiting} wait for the audit"),
    "wave_seen": marked(
        "Sentences",
        "{bad} of {looked} bad, and every image was looked at: those that were found good may leave",
    ),
    "wave_good": marked("Sentences", "{bad} of {looked} bad: at most {bound} at {sure}, {allowed} are allowed"),
    "wave_good_thin": marked(
        "Sentences",
        "{bad} of {looked} bad: at most {bound} at {sure} "
        "(the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed",
    ),
    "wave_stopped": marked(
        "Sentences", "{bad} of {looked} bad: up to {bound} of the batch may be at {sure}, {allowed} are allowed"
    ),
    "wave_stopped_thin": marked(
        "Sentences",
        "{bad} of {looked} bad: up to {bound} of the batch may be at {sure} "
        "(the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed",
    ),
    "wave_stopped_early": marked(
        "Sentences",
        "{bad} of {looked} bad, {waiting} not looked at: "
        "up to {bound} of the batch may be at {sure}, {allowed} are allowed",
    ),
    "wave_stopped_early_thin": marked(
        "Sentences",
        "{bad} of {looked} bad, {waiting} not looked at: up to {bound} of the batch may be at {sure} "
        "(the sample counts as {counts}: small groups are drawn fully), {allowed} are allowed",
    ),
    "wave_unsure": marked("Sentences", "{why}; so few cannot tell"),
    "less_than": marked("Sentences", "less than {bound}"),
}
"""What the sample of a wave said, as it was recorded when it was ruled on."""

_PHRASES: Final[Mapping[str, str]] = {
    "GIF": marked("Sentences", "a GIF"),
    "BMP": marked("Sentences", "a BMP"),
    "Photoshop": marked("Sentences", "a Photoshop document"),
    "PDF": marked("Sentences", "a PDF"),
    "PostScript": marked("Sentences", "a PostScript file"),
    "JPEG 2000": marked("Sentences", "a JPEG 2000"),
    "JPEG XL": marked("Sentences", "a JPEG XL"),
    "ZIP": marked("Sentences", "a ZIP archive"),
    "RAR": marked("Sentences", "a RAR archive"),
    "7-Zip": marked("Sentences", "a 7-Zip archive"),
    "icon": marked("Sentences", "an icon"),
    "GIMP": marked("Sentences", "a GIMP document"),
    "AVIF": marked("Sentences", "an AVIF"),
    "video": marked("Sentences", "a video"),
    "zeros": marked("Sentences", "full of zeros, not an image"),
    "text": marked("Sentences", "a text file, not an image"),
    "unknown": marked("Sentences", "not an image in a format that we read"),
    "JPEG": marked("Sentences", "a JPEG"),
    "PNG": marked("Sentences", "a PNG"),
    "WebP": marked("Sentences", "a WebP"),
    "TIFF": marked("Sentences", "a TIFF"),
    "HEIC": marked("Sentences", "an HEIC"),
    "is a link": marked("Sentences", "it is a link"),
    "denied": marked("Sentences", "permission denied"),
    "gone": marked("Sentences", "no such file or directory"),
    "faulty": marked("Sentences", "input/output error"),
}
"""What a file was found to be, and the commonest troubles of disks."""

TEMPLATES: Final[Mapping[str, str]] = {**_REFUSALS, **_FAILURES, **_NAMES, **_INTAKE, **_WAVES, **_PHRASES}
assert len(TEMPLATES) == sum(map(len, (_REFUSALS, _FAILURES, _NAMES, _INTAKE, _WAVES, _PHRASES)))
