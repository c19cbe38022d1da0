"""Which files of a client's folders are photos to take, under which names; nothing is opened here."""

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.batch.sheet import NAME
from pipeline.errors import KnownError
from pipeline.sentences import say

LEFT_BY_SYSTEMS: Final = {"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"}
_MAX_DEPTH: Final = 32
_NAMED_AT_MOST: Final = 5


@dataclass(frozen=True)
class Candidate:
    """One file to take.

    Attributes:
        name: what the batch calls it: its path below the folder that was named, with `/`, printable, unique.
        below: the same path before it was made unique; rows of the sheet in `folder` speak of it.
        folder: the folder that was named, or the parent of a file that was named.
    """

    path: Path
    name: str
    below: str
    folder: Path


@dataclass(frozen=True)
class Found:
    """The candidates in natural order, and sentences about everything that was left out."""

    candidates: tuple[Candidate, ...]
    problems: tuple[str, ...]


def find_photos(paths: Sequence[Path], *, extensions: Iterable[str]) -> Found:
    """Walk `paths` (folders and files). In folders only files with one of `extensions` count; hidden ones never do.

    Raises KnownError where a path does not exist. Links, devices and pipes inside folders are left out, and said so.
    """
    known = {extension.lower() for extension in extensions}
    candidates: list[Candidate] = []
    problems: list[str] = []
    for path in paths:
        kind = _kind_of(path)
        if kind is None:
            raise KnownError(say("no_path", file=path))
        if kind == "folder":
            problems += _walk(path, known, candidates)
        elif kind == "file":
            candidates.append(Candidate(path, printable(path.name), path.name, path.parent))
        else:
            problems.append(_odd(path.name, kind))
    return Found(tuple(_named_apart(_once(candidates))), tuple(problems))


def these_photos(paths: Sequence[Path], folder: Path) -> Found:
    """Return these files below `folder` as the candidates of one batch, as if a walk had found them and no others."""
    below = [path.relative_to(folder).as_posix() for path in paths]
    candidates = [Candidate(path, printable(name), name, folder) for path, name in zip(paths, below, strict=True)]
    return Found(tuple(_named_apart(candidates)), ())


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sorting key by which “shot 2” comes before “shot 10”."""
    parts = re.findall(r"\d{1,18}|\D+|\d+", text.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _walk(root: Path, extensions: set[str], candidates: list[Candidate]) -> list[str]:
    problems: list[str] = []
    others: list[str] = []
    pending = [(root, "", 0)]
    while pending:
        folder, prefix, depth = pending.pop()
        inner = []
        for name, kind in _entries(folder, problems):
            below = prefix + name
            if kind == "folder":
                inner.append((folder / name, f"{below}/", depth + 1))
            elif kind != "file":
                problems.append(_odd(below, kind))
            elif Path(name).suffix.lower() in extensions:
                candidates.append(Candidate(folder / name, printable(below), below, root))
            elif name.lower() != NAME:
                others.append(printable(below))
        if depth >= _MAX_DEPTH and inner:
            problems.append(say("too_deep", folder=printable(prefix)))
            inner = []
        pending += reversed(inner)
    if others:
        problems.append(_no_photos(others))
    return problems


def _entries(folder: Path, problems: list[str]) -> list[tuple[str, str]]:
    try:
        names = sorted(os.listdir(folder), key=natural)
    except OSError as error:
        problems.append(say("folder_closed", folder=printable(folder.name), reason=error.strerror))
        return []
    shown = (name for name in names if not name.startswith(".") and name.lower() not in LEFT_BY_SYSTEMS)
    return [(name, kind) for name in shown if (kind := _kind_of(folder / name, follow=False))]


def _kind_of(path: Path, *, follow: bool = True) -> str | None:
    """Say what a path is; a link to a folder counts as that folder only where a person named it."""
    try:
        mode = path.lstat().st_mode
        if follow and stat.S_ISLNK(mode) and path.is_dir():
            return "folder"
    except OSError:
        return None
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    return "link" if stat.S_ISLNK(mode) else "device or pipe"


def _odd(name: str, kind: str) -> str:
    return say("link" if kind == "link" else "device", file=printable(name))


def _no_photos(names: list[str]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:_NAMED_AT_MOST])
    if len(names) > _NAMED_AT_MOST:
        return say("more_others", names=listed, more=f"{len(names) - _NAMED_AT_MOST:,}")
    return say("one_other" if len(names) == 1 else "others", names=listed)


def printable(name: str) -> str:
    """Return a name fit for a table: bytes that are no UTF-8 and control characters become �."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def _once(candidates: list[Candidate]) -> list[Candidate]:
    """Drop what was reached twice, as when a folder and a file in it were both named."""
    return list({os.path.abspath(each.path): each for each in reversed(candidates)}.values())[::-1]


def _named_apart(candidates: list[Candidate]) -> list[Candidate]:
    """Where two files would share a name, put the folder's name before it, and a number where that is not enough."""
    counts = Counter(each.name.casefold() for each in candidates)
    shared = {name for name, count in counts.items() if count > 1}
    taken: set[str] = set()
    apart = []
    for each in candidates:
        name = each.name
        if name.casefold() in shared:
            name = f"{printable(each.folder.resolve().name)}/{name}"
        wanted, number = name, 1
        while name.casefold() in taken:
            number += 1
            stem, dot, extension = wanted.rpartition(".")
            name = f"{stem} ({number}){dot}{extension}" if stem else f"{wanted} ({number})"
        taken.add(name.casefold())
        apart.append(Candidate(each.path, name, each.below, each.folder))
    return apart
