"""File names of deliveries: decided for a whole batch before anything is written, so that nothing can collide."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from pipeline.batch.codes import is_asin
from pipeline.batch.codes import is_gtin
from pipeline.batch.tables import printable
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.sentences import say
from pipeline.settings import Naming
from pipeline.settings import Platform
from pipeline.settings.platforms import fits_name

MAX_NAME: Final = 120
LONGEST_SAID: Final = 60
"""Letters of a name that a sentence repeats."""
MAIN: Final = "MAIN"
ANGLE_NOTE: Final = "angle"
HANDLE_NOTE: Final = "handle"
"""What the sheet's further columns of that name say."""
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_GONE: Final = (State.REJECTED, State.FAILED)
_CODE_NAMES: Final = {"asin": "ASIN", "gtin": "GTIN", "sku": "SKU"}
_SHAPES: Final = {"asin": is_asin, "gtin": is_gtin}


@dataclass(frozen=True)
class NamePlan:
    """Names without extension by image id, and for every image without one the sentence that says why.

    `variants` says what {variant} is for each image that takes part, whether or not its platform's names hold it.
    """

    names: dict[int, str]
    problems: dict[int, str]
    variants: dict[int, str]


@dataclass(frozen=True)
class NameRow:
    """One image: its codes, the angle it is seen from, and its file's name or the sentence why it has none.

    `waits`: it still has to be decided about, so it does not leave with the others.
    """

    image: int
    file: str
    sku: str
    asin: str
    gtin: str
    angle: str
    name: str
    problem: str
    waits: bool


def plan_names(entries: Sequence[Entry], platform: Platform, *, naming: Naming, extension: str) -> NamePlan:
    """Name every image of a batch for `platform`; rejected and failed images take no name.

    A product's images are numbered by angle, in the order of `naming`, then in the batch's order: the first one is
    MAIN and number 1, the next PT01 and 2 …, so a name does not depend on which images were approved first. Images of
    an angle that the platform has a variant for get that. `extension` is the one the rule is tested with.
    """
    plan = NamePlan({}, {}, {})
    counted: dict[str, int] = {}
    parts: dict[str, int] = {}
    taken: dict[str, str] = {}
    for entry in _in_order(entries, naming):
        record = entry.record
        code = product_code(record, platform)
        if code is None:
            plan.problems[record.id] = _no_code(record, platform)
            continue
        key = code.casefold()
        counted[key] = number = counted.get(key, 0) + 1
        variant = platform.variants.get(angle_of(record, naming)) or _next_part(parts, key, number)
        plan.variants[record.id] = variant
        problem = _bad_code(record, platform)
        name = "" if problem else _fill_in(record, platform, naming, product=code, variant=variant, number=number)
        problem = problem or _trouble(name, extension, record, platform, taken)
        if problem:
            plan.problems[record.id] = problem
        else:
            plan.names[record.id] = name
            taken[name.casefold()] = record.file
    return plan


def angle_of(record: ImageRecord, naming: Naming) -> str:
    """Return the angle an image is seen from: what the sheet or a person says, else a tag, else its name's last word.

    One of `naming.angles`, or "" where nothing says so.
    """
    words = {word: angle for angle in naming.angles for word in (angle, *naming.words.get(angle, ()))}
    stem = re.split(r"[^a-z]+", PurePosixPath(record.file).stem.casefold())
    said = (
        record.notes.get(ANGLE_NOTE, "").casefold(),
        *record.tags,
        next((word for word in reversed(stem) if word), ""),
    )
    return next((words[word] for word in said if word in words), "")


def product_code(record: ImageRecord, platform: Platform) -> str | None:
    """Return the first of the platform's product codes that the image has, padded as the platform wants, or None."""
    for kind in platform.codes:
        code = getattr(record, kind).strip()
        if code:
            return code.zfill(platform.code_digits) if code.isdigit() else code
    return None


def handle_of(record: ImageRecord) -> str:
    """Return the product's handle: what the sheet says, else its SKU, else its file's name, as a shop's address has it.

    Lower-case letters, digits and single hyphens (Shopify's rule for handles).
    """
    text = record.notes.get(HANDLE_NOTE) or record.sku or PurePosixPath(record.file).stem
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _in_order(entries: Sequence[Entry], naming: Naming) -> list[Entry]:
    ranks = {angle: rank for rank, angle in enumerate(naming.angles)}
    kept = [entry for entry in entries if entry.state not in _GONE]
    return sorted(kept, key=lambda entry: ranks.get(angle_of(entry.record, naming), len(ranks)))


def _next_part(parts: dict[str, int], key: str, number: int) -> str:
    if number == 1:
        return MAIN
    parts[key] = parts.get(key, 0) + 1
    return f"PT{parts[key]:02d}"


def _fill_in(
    record: ImageRecord, platform: Platform, naming: Naming, *, product: str, variant: str, number: int
) -> str:
    return platform.name_pattern.format(
        product=product,
        asin=record.asin,
        gtin=record.gtin,
        sku=record.sku,
        handle=handle_of(record),
        file=PurePosixPath(record.file).stem,
        variant=variant,
        number=number,
        angle=angle_of(record, naming),
    )


def _no_code(record: ImageRecord, platform: Platform) -> str:
    words = " or ".join(_CODE_NAMES[kind] for kind in platform.codes)
    return say("no_code", file=record.file, codes=words, platform=platform.title)


def _bad_code(record: ImageRecord, platform: Platform) -> str:
    """Return the sentence for a code that its pattern uses and that cannot be one, "" where all is well."""
    used = next(kind for kind in platform.codes if getattr(record, kind).strip())
    for kind, fits in _SHAPES.items():
        code = getattr(record, kind).strip()
        if (kind == used or f"{{{kind}" in platform.name_pattern) and not fits(code):
            told = {"file": record.file, "platform": platform.title, "code": _CODE_NAMES[kind]}
            return say("wrong_code", text=code, **told) if code else say("code_missing", **told)
    return ""


def _trouble(name: str, extension: str, record: ImageRecord, platform: Platform, taken: dict[str, str]) -> str | None:
    full = f"{name}.{extension}"
    if not _SAFE.fullmatch(full) or len(full) > MAX_NAME or _RESERVED.fullmatch(full):
        shown = printable(full)
        shown = f"{shown[:LONGEST_SAID]}…" if len(shown) > LONGEST_SAID else shown
        return say("unsafe_name", file=record.file, name=shown)
    if name.casefold() in taken:
        return say("same_name", file=record.file, name=full, other=taken[name.casefold()])
    if not fits_name(full, platform):
        wanted = " or ".join(_CODE_NAMES[kind] for kind in platform.codes if kind != "sku") or "code"
        return say("name_not_taken", file=record.file, name=full, platform=platform.title, codes=wanted)
    return None
