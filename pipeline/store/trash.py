"""What a purge has put aside: `trash/<purge>-<sha256>` beside the files, until its rows are on the disk."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.store.files import Files
from pipeline.store.files import sync_folder
from pipeline.store.trouble import explained

FOLDER = "trash"
NAME = re.compile(r"(\d+)-([0-9a-f]{64})")


def discard(files: Files, sha256: str, purge: int) -> None:
    """Put a file aside under the number of its purge. Raises StudioError where the disk refuses."""
    source, folder = files.path(sha256), files.folder / FOLDER
    with explained(source):
        folder.mkdir(exist_ok=True, mode=0o700)
        os.replace(source, folder / f"{purge}-{sha256}")
        sync_folder(folder)


def discarded(files: Files) -> Iterator[tuple[int, str]]:
    """Every purge and SHA-256 that lies aside, in order."""
    folder = files.folder / FOLDER
    if folder.is_dir():
        with explained(folder):
            for name in sorted(os.listdir(folder)):
                if found := NAME.fullmatch(name):
                    yield int(found[1]), found[2]


def forget(files: Files, sha256: str, purge: int) -> None:
    """Remove for good what lies aside."""
    with contextlib.suppress(FileNotFoundError), explained(files.folder):
        _place(files, sha256, purge).unlink()


def bring_back(files: Files, sha256: str, purge: int) -> None:
    """Give what lies aside its name again; where the same bytes have come back meanwhile, they are the same."""
    place = files.folder / sha256[:2]
    with explained(place):
        place.mkdir(exist_ok=True, mode=0o700)
        os.replace(_place(files, sha256, purge), place / sha256)
        sync_folder(place)


def _place(files: Files, sha256: str, purge: int) -> Path:
    return files.folder / FOLDER / f"{purge}-{sha256}"
