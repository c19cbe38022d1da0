"""Ingest: a client's folder becomes originals in the store and what is known of them, before anything is decoded.

The same bytes twice are one original and two images. Whatever cannot be used becomes a refused image with a sentence
for the client, or a problem where there is not even a file to keep; the batch goes on either way.
"""

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.batch.folders import Candidate
from pipeline.batch.folders import Found
from pipeline.batch.folders import find_photos
from pipeline.batch.sheet import NAME
from pipeline.batch.sheet import Row
from pipeline.batch.sheet import match_rows
from pipeline.batch.sheet import normalised_tag
from pipeline.batch.sheet import read_sheet
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.model import NewImage
from pipeline.photo_io import PhotoHeader
from pipeline.photo_io import read_header
from pipeline.photo_io.header import quoted
from pipeline.sentences import say
from pipeline.settings import Ingest
from pipeline.settings import Settings

Progress = Callable[[int, int, str], None]
"""Called with how many files are done, how many there are, and the name of the next one ("" at the end)."""


class Originals(Protocol):
    """Where originals are kept; the store's Files."""

    def put_file(self, path: Path) -> tuple[str, int]:
        """Copy a regular file and return its SHA-256 and size; BadImageError where the source cannot be read."""
        ...

    def path(self, sha256: str) -> Path:
        """Return where the copy of that name lies."""
        ...


@dataclass(frozen=True)
class Scan:
    """What a look at the client's folders came to: images, refused ones included, and what else is worth saying."""

    images: tuple[NewImage, ...]
    problems: tuple[str, ...]


def scan(
    paths: Sequence[Path],
    *,
    files: Originals,
    settings: Settings,
    sheet: Path | None = None,
    client: str = "",
    on_progress: Progress | None = None,
) -> Scan:
    """Copy every photo below `paths` into `files` and return what its header and the sheet say about it.

    Args:
        paths: folders and files, taken in natural order.
        sheet: the metadata to apply; without one, the `sheet.csv` of each folder that was named.
        client: whose photos these are; a row of the sheet may say otherwise.

    Raises KnownError where a path or the sheet does not exist, StudioError where the store cannot be written.
    """
    if sheet is not None and not sheet.is_file():
        raise KnownError(say("no_sheet", file=sheet))
    found = find_photos(paths, extensions=settings.ingest.extensions)
    return take_found(found, files=files, settings=settings, sheet=sheet, client=client, on_progress=on_progress)


def take_found(
    found: Found,
    *,
    files: Originals,
    settings: Settings,
    sheet: Path | None = None,
    client: str = "",
    more_to_come: bool = False,
    on_progress: Progress | None = None,
) -> Scan:
    """Copy these candidates and return what is known of them, as `scan` does.

    With `more_to_come` a sheet may speak of photos that came before or will come later.
    """
    rows, problems = rows_of(found.candidates, sheet, more_to_come)
    problems = [*found.problems, *problems]
    images: list[NewImage] = []
    for done, candidate in enumerate(found.candidates):
        if on_progress:
            on_progress(done, len(found.candidates), candidate.name)
        try:
            images.append(_take(candidate, files, settings.ingest, rows.get(candidate.path), client))
        except BadImageError as error:
            problems.append(str(error))
    if on_progress:
        on_progress(len(found.candidates), len(found.candidates), "")
    return Scan(tuple(images), (*problems, *_repeated(images)))


def _take(candidate: Candidate, files: Originals, limits: Ingest, row: Row | None, client: str) -> NewImage:
    sha256, size = files.put_file(candidate.path)
    try:
        header = read_header(files.path(sha256), name=candidate.name, limits=limits)
        refusal = too_small(candidate.name, header, limits)
    except BadImageError as error:
        header, refusal = None, str(error)
    values = dict(row.values) if row else {}
    keywords = tuple(tag for word in header.keywords if (tag := normalised_tag(word))) if header else ()
    return NewImage(
        file=candidate.name,
        sha256=sha256,
        bytes=size,
        width=header.width if header else 0,
        height=header.height if header else 0,
        tags=tuple(dict.fromkeys((*(row.tags if row else ()), *keywords))),
        client=values.pop("client", client),
        notes={**(_facts(header) if header else {}), **(row.notes if row else {})},
        refusal=refusal,
        **values,
    )


def too_small(name: str, header: PhotoHeader, limits: Ingest) -> str | None:
    """Return the sentence about a photo that has too few pixels, None where it has enough."""
    if max(header.width, header.height) >= limits.min_longest_side:
        return None
    size = f"{header.width:,} × {header.height:,}"
    return say("too_small", file=quoted(name), size=size, limit=f"{limits.min_longest_side:,}")


def _facts(header: PhotoHeader) -> dict[str, str]:
    """What EXIF says that later decisions use: the camera and the time group a shoot, the rest is kept for people."""
    exif = header.exif
    make, model = exif.get("Make", ""), exif.get("Model", "")
    camera = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    facts = {
        "camera": camera.strip(),
        "taken": _iso_time(exif.get("DateTimeOriginal", "")),
        "creator": exif.get("Artist", ""),
        "copyright": exif.get("Copyright", ""),
        "format": str(header.kind),
    }
    return {name: text for name, text in facts.items() if text}


def _iso_time(text: str) -> str:
    """EXIF writes 2026:11:22 09:30:00; anything else, such as blanks or zeros, is no time."""
    match = re.fullmatch(r"([12]\d{3}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", text)
    return "{}-{}-{}T{}".format(*match.groups()) if match and match[2] != "00" else ""


def rows_of(
    candidates: Sequence[Candidate], sheet: Path | None, more_to_come: bool
) -> tuple[dict[Path, Row], list[str]]:
    """Return the row of each candidate that has one, by its path, and what was wrong with sheets and rows."""
    rows: dict[Path, Row] = {}
    problems: list[str] = []
    for path, members in sheets_of(candidates, sheet):
        read = read_sheet(path)
        by_name = {(each.name if sheet else each.below): each.path for each in members}
        matched = match_rows(read, by_name)
        rows |= {by_name[name]: row for name, row in matched.rows.items()}
        expected = matched.missing if more_to_come else ()
        problems += [*read.problems, *(problem for problem in matched.problems if problem not in expected)]
    return rows, problems


def sheets_of(candidates: Sequence[Candidate], sheet: Path | None) -> list[tuple[Path, list[Candidate]]]:
    """Return every sheet that is there with the candidates it speaks of; `sheet` alone where it is given."""
    if sheet is not None:
        return [(sheet, list(candidates))]
    folders = dict.fromkeys(each.folder for each in candidates)
    pairs = [(folder / NAME, [each for each in candidates if each.folder == folder]) for folder in folders]
    return [(path, members) for path, members in pairs if path.is_file()]


def _repeated(images: Sequence[NewImage]) -> list[str]:
    counts = Counter(image.sha256 for image in images)
    twice = sum(count - 1 for count in counts.values())
    if not twice:
        return []
    return [say("one_copy" if twice == 1 else "copies", count=f"{twice:,}", images=f"{len(images):,}")]
