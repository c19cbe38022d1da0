"""What taking in a folder would come to, before anything is copied: which photo gets which row, and what is wrong."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.folders import Candidate
from pipeline.batch.folders import find_photos
from pipeline.batch.ingest import rows_of
from pipeline.batch.ingest import sheets_of
from pipeline.batch.ingest import too_small
from pipeline.batch.sheet import Row
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.photo_io.gatekeeper import read_header
from pipeline.sentences import say
from pipeline.settings import Ingest
from pipeline.settings import Settings

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Expected:
    """One photo as it would be taken in.

    Attributes:
        matched: whether a row of a sheet speaks of it.
        refusal: why it cannot be used, in one sentence; "" where its header is fine.
    """

    file: str
    matched: bool = False
    sku: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    client: str = ""
    width: int = 0
    height: int = 0
    refusal: str = ""


@dataclass(frozen=True)
class Preview:
    """All of them in the batch's order, the sheets that were read, and sentences about rows and files left out."""

    photos: tuple[Expected, ...]
    sheets: tuple[Path, ...]
    problems: tuple[str, ...]


def preview(
    paths: Sequence[Path],
    *,
    settings: Settings,
    sheet: Path | None = None,
    on_progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Preview:
    """Look at every photo below `paths` as `ingest.scan` will, reading headers and sheets only.

    `stop()` ends it early with what was seen so far. Raises KnownError where a path or the sheet does not exist.
    """
    if sheet is not None and not sheet.is_file():
        raise KnownError(say("no_sheet", file=sheet))
    found = find_photos(paths, extensions=settings.ingest.extensions)
    rows, problems = rows_of(found.candidates, sheet, more_to_come=False)
    sheets = tuple(path for path, _ in sheets_of(found.candidates, sheet))
    photos = []
    for done, candidate in enumerate(found.candidates):
        if stop is not None and stop():
            break
        if on_progress is not None:
            on_progress(done, len(found.candidates))
        photos.append(_expected(candidate, rows.get(candidate.path), settings.ingest))
    return Preview(tuple(photos), sheets, (*found.problems, *problems))


def _expected(candidate: Candidate, row: Row | None, limits: Ingest) -> Expected:
    values = row.values if row else {}
    width = height = 0
    try:
        header = read_header(candidate.path, name=candidate.name, limits=limits)
        width, height = header.width, header.height
        refusal = too_small(candidate.name, header, limits) or ""
    except BadImageError as error:
        refusal = str(error)
    return Expected(
        file=candidate.name,
        matched=row is not None,
        sku=values.get("sku", ""),
        category=values.get("category", ""),
        tags=row.tags if row else (),
        client=values.get("client", ""),
        width=width,
        height=height,
        refusal=refusal,
    )
