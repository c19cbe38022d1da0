"""Prepare: the original becomes a master, 16-bit Adobe RGB and upright, and what had to be assumed is flagged."""

import time
from importlib.metadata import version
from pathlib import Path

from pipeline.model import Flag
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.photo_io import read_photo
from pipeline.photo_io.profiles import ASSUMED
from pipeline.settings import Settings


def prepare(
    record: ImageRecord, original: Path, settings: Settings, *, within: tuple[slice, slice] | None = None
) -> WorkItem:
    """Return the work item that the line starts from: the photo at `original` and the step that read it.

    `within` are the rows and columns that are needed, by default all; the pixels beside them are 0 then.
    Raises BadImageError with a sentence for the client where the original cannot be decoded to its end.
    """
    started = time.perf_counter()
    photo = read_photo(original, name=record.file, limits=settings.ingest, within=within)
    step = Step(
        stage="prepare",
        tool="photo_io",
        version=version("whitepoint"),
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
        detail="; ".join((photo.profile_source, *photo.notes)),
    )
    return WorkItem(record, photo).after(step, flags=_flags(photo))


def _flags(photo: Photo) -> tuple[Flag, ...]:
    if photo.profile_source != ASSUMED:
        return ()
    detail = "No profile, EXIF or chunk says which colours the numbers mean; sRGB is assumed."
    flags = (Flag("assumed_profile", 1.0, detail),)
    if photo.bits == 16:
        detail = "A 16-bit file without a profile: sRGB is only a guess, so a person should look at its colours."
        flags += (Flag("untagged_16_bit", 1.0, detail),)
    return flags
