"""What a purge has put aside: `trash/<purge>-<sha256>` beside the files, until its rows are on the disk."""

import re
from collections.abc import Iterator

from pipeline.store.files import Files

FOLDER = "trash"
NAME = re.compile(r"(\d+)-([0-9a-f]{64})")


def discard(files: Files, sha256: str, purge: int) -> None:
    """Put a file aside under the number of its purge. Raises StudioError where the disk refuses."""
    files.move(_name(sha256), _aside(sha256, purge))


def discarded(files: Files) -> Iterator[tuple[int, str]]:
    """Every purge and SHA-256 that lies aside, in order."""
    for name in files.inside(FOLDER):
        if found := NAME.fullmatch(name):
            yield int(found[1]), found[2]


def forget(files: Files, sha256: str, purge: int) -> None:
    """Remove for good what lies aside."""
    files.remove(_aside(sha256, purge))


def bring_back(files: Files, sha256: str, purge: int) -> None:
    """Give what lies aside its name again; where the same bytes have come back meanwhile, they are the same."""
    files.move(_aside(sha256, purge), _name(sha256))


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _aside(sha256: str, purge: int) -> str:
    return f"{FOLDER}/{purge}-{sha256}"
