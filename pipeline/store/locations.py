"""Where a studio's files lie: in its own folder, or in the bucket that `files.toml` in it names.

That file is written once, when the studio is made, so that every verb and the window find the same files.
"""

import json
import tomllib
from pathlib import Path
from typing import Final

import platformdirs

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.settings import load_settings
from pipeline.store.files import Files
from pipeline.store.files import make_folder
from pipeline.store.files import write_private
from pipeline.store.trouble import explained

FOLDER: Final = "files"
NOTE: Final = "files.toml"
CATALOGUE: Final = "whitepoint.sqlite"


def open_files(location: str | Path, *, studio: Path | None = None) -> Files:
    """Return the files at `location`: a folder, or the address of a bucket (`s3://BUCKET/PREFIX?endpoint=…`).

    `studio` is the folder whose settings count for a bucket, and whose `files/` is the cache of it; without one the
    cache lies in the user's. Raises KnownError for an address that is none, StudioError where the folder cannot be
    made.
    """
    if isinstance(location, Path):
        return Files(location)
    # Late: only who uses a bucket waits for what speaks to it, and has it installed.
    from pipeline.store.bucket.location import is_remote
    from pipeline.store.bucket.location import parse

    if not is_remote(location):
        return Files(Path(location))
    place = parse(location)
    try:
        from pipeline.store.bucket.files import BucketFiles
        from pipeline.store.bucket.files import cache_name
    except ImportError as error:
        raise KnownError("What speaks to buckets is not installed; give `pip install 'whitepoint[team]'`.") from error
    elsewhere = Path(platformdirs.user_cache_dir("whitepoint", appauthor=False)) / cache_name(place) / FOLDER
    folder = studio / FOLDER if studio else elsewhere
    return BucketFiles(place, folder, elsewhere, load_settings(studio).storage)


def files_of(studio: Path) -> Files:
    """Return the files of the studio in that folder, wherever they lie. Raises as `open_files` does."""
    location = location_of(studio)
    return open_files(location, studio=studio) if location else Files(studio / FOLDER)


def location_of(studio: Path) -> str:
    """Return the address where the studio keeps its files, "" for its own folder. Raises StudioError."""
    note = studio / NOTE
    with explained(note):
        if not note.exists():
            return ""
        try:
            location = tomllib.loads(note.read_text("utf-8"))["location"]
        except (KeyError, ValueError) as error:
            raise StudioError(f'{note} is damaged; write location = "s3://…" into it, as it was.') from error
    return str(location)


def choose_location(studio: Path, location: str) -> None:
    """Let the new studio in that folder keep its files at `location`, the address of a bucket.

    Raises KnownError where it is a studio already that keeps them elsewhere.
    """
    from pipeline.store.bucket.location import parse

    parse(location)
    known = location_of(studio)
    if known == location:
        return
    if known or (studio / CATALOGUE).exists():
        where = known or str(studio / FOLDER)
        raise KnownError(
            f"The studio {studio} keeps its files at {where}; to move them, make a backup and restore it into a new "
            f"studio with --files {location}."
        )
    with explained(studio):
        make_folder(studio)
        write_private(studio / NOTE, f"location = {json.dumps(location, ensure_ascii=False)}\n".encode())
