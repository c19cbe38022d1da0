"""What the rules of a place of sale must be, beyond their types: known words, a pattern that can be filled in."""

import datetime
import re
import string
from typing import Final

import regex

from pipeline.errors import SettingsError
from pipeline.settings.sections import Platform

NAME_FIELDS: Final = ("product", "asin", "gtin", "sku", "handle", "file", "variant", "number", "angle")
"""What a name pattern may hold in braces."""
ONE_OF: Final = {
    "background": ("pure_white", "white", "any", "transparent"),
    "subsampling": ("4:4:4", "4:2:2", "4:2:0"),
    "color_space": ("srgb", "adobe_rgb"),
    "bit_depth": (8, 16),
}
EACH_OF: Final = {
    "formats": ("jpeg", "png", "webp", "tiff"),
    "accepts": ("jpeg", "png", "webp", "tiff", "gif"),
    "companions": ("jpeg", "png", "webp", "tiff"),
    "codes": ("asin", "gtin", "sku"),
    "metadata": ("source_type", "creator", "copyright"),
}
WITH_ALPHA: Final = ("png", "webp")
NOT_NEGATIVE: Final = (
    *("dpi", "side", "min_longest_side", "max_longest_side", "max_bytes", "subjects", "min_side", "min_dpi"),
    *("max_megapixels", "required_aspect", "code_digits", "best_side"),
)
LARGEST_SIDE: Final = 20_000
"""Pixels; what is larger is no picture for a shop, and would not fit into the memory."""
LONGEST_CODE: Final = 100
NAME_SECONDS: Final = 1.0
"""A pattern that has not said by then whether it fits a name would not say so today."""


def check_platform(name: str, rules: Platform, where: str) -> None:
    """Raise SettingsError naming the file `where` it stands, the platform and the key, unless the rules make sense."""
    for key, known in ONE_OF.items():
        if getattr(rules, key) not in known:
            _refuse(where, name, key, getattr(rules, key), f"it can be {', '.join(map(str, known))}")
    for key, known in EACH_OF.items():
        for value in getattr(rules, key):
            if value not in known:
                _refuse(where, name, key, value, f"it can hold {', '.join(known)}")
    if not rules.formats:
        _refuse(where, name, "formats", "", "name at least one")
    if (rules.color_space == "adobe_rgb") != (rules.bit_depth == 16):
        _refuse(where, name, "bit_depth", rules.bit_depth, "srgb has 8 bits, adobe_rgb 16")
    if rules.bit_depth == 16 and not set(rules.formats) <= {"tiff", "png"}:
        _refuse(where, name, "formats", rules.formats, "16 bits need tiff or png")
    if rules.background == "transparent" and not set(rules.formats) <= set(WITH_ALPHA):
        _refuse(where, name, "formats", rules.formats, f"transparency needs {' or '.join(WITH_ALPHA)}")
    if not 0 <= rules.fill_low <= rules.fill_high <= 1 or not 0 <= rules.sharpen <= 1:
        _refuse(where, name, "fill_low, fill_high or sharpen", "", "they lie between 0 and 1")
    if any(not 1 <= quality <= 100 for quality in rules.quality_ladder) or rules.aspect <= 0:
        _refuse(where, name, "quality_ladder or aspect", "", "qualities are 1 to 100, the aspect is above 0")
    for key in NOT_NEGATIVE:
        if getattr(rules, key) < 0:
            _refuse(where, name, key, getattr(rules, key), "it cannot be negative, and 0 is no limit")
    if max(rules.side, rules.min_longest_side, rules.min_side) > LARGEST_SIDE:
        _refuse(where, name, "side, min_longest_side or min_side", "", f"no side is above {LARGEST_SIDE:,} pixels")
    if not 1 / LONGEST_CODE <= rules.aspect <= LONGEST_CODE or rules.code_digits > LONGEST_CODE:
        _refuse(where, name, "aspect or code_digits", "", f"they are at most {LONGEST_CODE}")
    _check_naming(name, rules, where)


def fits_name(name: str, rules: Platform) -> bool:
    """Say whether a file's name follows `name_regex`. Raises SettingsError where that takes for ever to say."""
    try:
        return regex.fullmatch(rules.name_regex, name, timeout=NAME_SECONDS) is not None
    except TimeoutError as error:
        said = f"name_regex of {rules.title} ({rules.name_regex}) never comes to an end with “{name}”"
        raise SettingsError(f"{said}; write it without repeats within repeats.") from error


def _check_naming(name: str, rules: Platform, where: str) -> None:
    try:
        datetime.date.fromisoformat(rules.dated)
    except ValueError:
        _refuse(where, name, "dated", rules.dated, "give the day as 2026-11-22")
    try:
        regex.compile(rules.name_regex)
    except (regex.error, RecursionError, OverflowError) as error:
        _refuse(where, name, "name_regex", rules.name_regex, f"it is no regular expression ({error})")
    try:
        parts = [part for part in string.Formatter().parse(rules.name_pattern) if part[1] is not None]
        fields = [field for _, field, _, _ in parts]
        if not all(re.fullmatch("[0-9]{0,2}d?", spec or "") and kind is None for _, _, spec, kind in parts):
            raise ValueError("only digits can be asked for, as in {number:02d}")
        rules.name_pattern.format(**{field: 1 if field == "number" else "x" for field in NAME_FIELDS})
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        _refuse(where, name, "name_pattern", rules.name_pattern, f"its braces cannot be filled in ({error})")
    if not fields or not set(fields) <= set(NAME_FIELDS):
        _refuse(where, name, "name_pattern", rules.name_pattern, f"it can hold {{{'}, {'.join(NAME_FIELDS)}}}")


def _refuse(where: str, name: str, key: str, value: object, remedy: str) -> None:
    said = f" is “{value}”" if value != "" else " cannot be used"
    raise SettingsError(f"{where}: {key} of platform “{name}”{said}; {remedy}.")
