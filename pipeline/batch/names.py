"""File names of deliveries: decided for a whole batch before anything is written, so that nothing can collide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.settings import Platform

MAX_NAME: Final = 120
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_GONE: Final = (State.REJECTED, State.FAILED)
_CODE_NAMES: Final = {"asin": "ASIN", "gtin": "GTIN", "sku": "SKU"}


@dataclass(frozen=True)
class NamePlan:
    """Names without extension by image id, and for every image without one the sentence that says why."""

    names: dict[int, str]
    problems: dict[int, str]


def plan_names(entries: Sequence[Entry], platform: Platform, *, extension: str) -> NamePlan:
    """Name every image of a batch for `platform`; rejected and failed images take no name.

    A product's images are numbered in the batch's order: {variant} is MAIN, PT01, PT02 … and {number} 1, 2, 3 …, so
    a name does not depend on which images were approved first. `extension` is the one the rule is tested with.
    """
    names: dict[int, str] = {}
    problems: dict[int, str] = {}
    counted: dict[str, int] = {}
    taken: dict[str, str] = {}
    for entry in entries:
        if entry.state in _GONE:
            continue
        record = entry.record
        code = product_code(record, platform)
        if code is None:
            problems[record.id] = _no_code(record, platform)
            continue
        counted[code.casefold()] = number = counted.get(code.casefold(), 0) + 1
        variant = "MAIN" if number == 1 else f"PT{number - 1:02d}"
        name = platform.name_pattern.format(product=code, variant=variant, number=number)
        problem = _trouble(name, extension, record, platform, taken)
        if problem:
            problems[record.id] = problem
        else:
            names[record.id] = name
            taken[name.casefold()] = record.file
    return NamePlan(names, problems)


def product_code(record: ImageRecord, platform: Platform) -> str | None:
    """Return the first of the platform's product codes that the image has, padded as the platform wants, or None."""
    for kind in platform.codes:
        code = getattr(record, kind).strip()
        if code:
            return code.zfill(platform.code_digits) if code.isdigit() else code
    return None


def _no_code(record: ImageRecord, platform: Platform) -> str:
    words = " or ".join(_CODE_NAMES[kind] for kind in platform.codes)
    return f"{record.file} has no {words}, so {platform.title} cannot name it; add it to sheet.csv and ingest again."


def _trouble(name: str, extension: str, record: ImageRecord, platform: Platform, taken: dict[str, str]) -> str | None:
    full = f"{name}.{extension}"
    if name.casefold() in taken:
        return f"{record.file} would be named {full} like {taken[name.casefold()]}; give one of them its own SKU."
    if not _SAFE.fullmatch(full) or len(full) > MAX_NAME or _RESERVED.fullmatch(full):
        return f"{record.file} would be named “{full}”, which is no safe file name; correct its code in sheet.csv."
    if not re.fullmatch(platform.name_regex, full):
        wanted = " or ".join(_CODE_NAMES[kind] for kind in platform.codes if kind != "sku") or "code"
        return (
            f"{record.file} would be named {full}, which {platform.title} does not take; "
            f"give it a valid {wanted} in sheet.csv."
        )
    return None
