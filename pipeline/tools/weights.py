"""Files of networks: nothing is computed with but the bytes whose SHA-256 was confirmed, and nothing beside them.

rembg's own pins are MD5, and a variable of the environment switches even those off. Here a file counts once its SHA-256
stands beside it (`NAME.onnx.sha256`), which `models install` writes after it checked the file. It is read once: the
bytes that were hashed are the bytes that are loaded, and a network that refers to further files is refused, because
those paths are where the holes of its file format were (CVE-2022-25882, CVE-2024-27318).
"""

import hashlib
import re
from pathlib import Path
from typing import Final

from pipeline.errors import KnownError

SUFFIX: Final = ".sha256"
EXTERNAL_DATA: Final = re.compile(rb"(?:\x0a|\x8a\x80{0,8}\x00)(?:\x08|\x88\x80{0,8}\x00)location")
"""The key of an external tensor's path as protobuf writes it (onnx.proto: StringStringEntryProto.key).

Its tag and its length may be written longer than they need be: readers take that, so a search must, too.
"""
LARGEST: Final = 2 * 2**30
"""Bytes; protobuf reads no larger message, so a larger file is no network in one file."""


def note_of(path: Path) -> Path:
    """Return the file that holds the confirmed SHA-256 of the weights at `path`."""
    return path.with_name(path.name + SUFFIX)


def confirmed(path: Path) -> str:
    """Return the SHA-256 that was confirmed for the weights at `path`, "" for none."""
    try:
        return note_of(path).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def confirm(path: Path, sha256: str) -> None:
    """Note that the weights at `path` with this SHA-256 are the right ones. Raises KnownError where that fails."""
    try:
        note_of(path).write_text(f"{sha256}\n", "ascii")
    except OSError as error:
        raise KnownError(f"{note_of(path)} cannot be written ({error.strerror}); allow writing there.") from error


def read_confirmed(path: Path, name: str) -> tuple[bytes, str]:
    """Return the bytes of the weights at `path` and their SHA-256, which is the confirmed one.

    Raises KnownError where nobody confirmed one, where it is another one, and for a network in several files.
    """
    content, sha256 = read_network(path)
    if not confirmed(path):
        raise KnownError(
            f"Nobody has confirmed the weights at {path}; give `whitepoint models install {name} --sha256 {sha256}`"
            " if that is their publisher's file."
        )
    if confirmed(path) != sha256:
        raise KnownError(f"{path} has the SHA-256 {sha256}, but {confirmed(path)} was confirmed; install it again.")
    return content, sha256


def read_network(path: Path) -> tuple[bytes, str]:
    """Return the bytes of a network in one file, and their SHA-256. Raises KnownError where it is in several files."""
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError(f"{path} is larger than a network in one file can be; bring the right file.")
        content = path.read_bytes()
    except OSError as error:
        raise KnownError(f"{path} cannot be read ({error.strerror}); check the path.") from error
    if EXTERNAL_DATA.search(content):
        raise KnownError(f"{path} keeps part of its weights in other files, which are never opened; bring it in one.")
    return content, hashlib.sha256(content).hexdigest()
