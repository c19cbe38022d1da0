"""Packages as one finds them, a folder or a ZIP: opened with care, replaced only where they are ours and untouched."""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.errors import KnownError
from pipeline.run.package import FORMAT
from pipeline.run.package import MANIFEST

CLUTTER: Final = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What file managers leave in every folder."""
LONGEST_SAID: Final = 200
"""Letters of a path that a sentence can hold."""
MOST_BYTES: Final = 2**31
MOST_FILES: Final = 200_000
MOST_SQUEEZED: Final = 200
"""Times a member may grow when it is read; pictures hardly do, and what does more is meant to fill the memory."""
UNREADABLE: Final = (
    *(KeyError, ValueError, NotImplementedError, RuntimeError, EOFError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
"""What zipfile raises over damaged members."""


@dataclass(frozen=True, eq=False)
class Package:
    """An opened package.

    Attributes:
        names: every file in it but the manifest.
        document: what its manifest says.
        read: the bytes of the file of that name; KnownError where they cannot be had.
    """

    path: Path
    names: frozenset[str]
    document: dict[str, Any]
    read: Callable[[str], bytes]

    @property
    def files(self) -> list[dict[str, Any]]:
        """What the manifest says of each picture."""
        return self.document["files"]

    @property
    def listed(self) -> dict[str, str]:
        """SHA-256 by name of everything that the manifest lists."""
        return {each["name"]: each["sha256"] for part in ("files", "others") for each in self.document[part]}


def is_package(path: Path) -> bool:
    """Say whether a path looks like a package: a folder with a manifest, or a ZIP."""
    return (path / MANIFEST).is_file() if path.is_dir() else path.suffix.lower() == ".zip" and path.is_file()


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """Open a package. Raises KnownError with the path where it is none, or newer than this program."""
    if path.is_dir():
        names = [entry.name for entry in path.iterdir() if entry.name not in CLUTTER]
        yield _package(path, names, lambda name: _read(path / name))
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield _package(path, archive.namelist(), lambda name: _extract(archive, name, path))
    except (OSError, zipfile.BadZipFile) as error:
        raise KnownError(f"{path} is no package that can be read ({error}); have it sent again.") from error


def check_place(target: Path, about: dict[str, Any]) -> None:
    """Raise KnownError unless a package may take the place of what is at `target`.

    That is nothing, an empty folder, or our own earlier package of the same `about` (keys of its manifest), whose
    files nobody has changed or added to.
    """
    if not _exists(target):
        return
    if target.is_dir():
        there = {entry.name for entry in target.iterdir()} - set(CLUTTER)
        if not there:
            return
        if MANIFEST not in there:
            first = target / min(there)
            raise KnownError(f"{first} is not ours to replace; choose an empty folder or a new one.")
    elif not zipfile.is_zipfile(target):
        raise KnownError(f"{target} is not ours to replace; choose another folder.")
    with opened_package(target) as there_already:
        _check_same(there_already, about)


def _exists(target: Path) -> bool:
    try:
        target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        said = f"{str(target)[:LONGEST_SAID]!r} cannot be the place of a package ({why})"
        raise KnownError(f"{said}; choose another folder.") from error
    return True


def _check_same(package: Package, about: dict[str, Any]) -> None:
    if any(package.document.get(key) != value for key, value in about.items()):
        raise KnownError(f"{package.path} holds another delivery, not ours to replace; choose another folder.")
    for name in sorted(package.names):
        if package.listed.get(name) != hashlib.sha256(package.read(name)).hexdigest():
            changed = package.path / name
            raise KnownError(f"{changed} is not as it was delivered, so it is not ours to replace; move it away.")


def _package(path: Path, names: list[str], read: Callable[[str], bytes]) -> Package:
    if len(names) > MOST_FILES or len(set(names)) < len(names):
        raise KnownError(f"{path} has too many files, or two of one name; have it sent again.")
    if MANIFEST not in names:
        raise KnownError(f"{path} has no {MANIFEST}, so it is no package of Whitepoint; verify its files instead.")
    try:
        document = json.loads(read(MANIFEST).decode("utf-8"))
        if not document["package"] <= FORMAT:
            raise KnownError(f"{path} was packed by a newer Whitepoint ({document['made_by']}); update this one.")
        listed = [(each["name"], each["sha256"]) for part in ("files", "others") for each in document[part]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KnownError(f"{path / MANIFEST} is damaged ({error}); have the package sent again.") from error
    strings = all(isinstance(text, str) for pair in listed for text in pair)
    if not strings or len({name for name, _ in listed}) < len(listed):
        raise KnownError(f"{path / MANIFEST} is damaged; have the package sent again.")
    return Package(path, frozenset(names) - {MANIFEST}, document, read)


def _read(path: Path) -> bytes:
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise KnownError(f"{path} is not a file that belongs into a package; move it away.")
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"{path} cannot be read ({error.strerror}); check the path.") from error


def _extract(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        about = archive.getinfo(name)
        if about.file_size > min(MOST_BYTES, (about.compress_size + 1024) * MOST_SQUEEZED):
            raise KnownError(f"{path}: {name} is larger than any delivery; have the package sent again.")
        return archive.read(name)
    except UNREADABLE as error:
        raise KnownError(f"{path}: {name} cannot be read ({error}); have the package sent again.") from error
