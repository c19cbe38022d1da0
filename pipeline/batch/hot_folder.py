"""The hot folder: which of the files that a camera or a client drops are complete, and which batch they make.

Each sub-folder is one batch named after it, files directly in the folder make one named after the folder. Only names,
sizes and times are looked at; nothing in the folder is ever opened for writing, moved or removed.
"""

import os
import stat
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.folders import LEFT_BY_SYSTEMS
from pipeline.batch.folders import natural
from pipeline.batch.folders import printable
from pipeline.batch.sheet import NAME
from pipeline.settings import Settings

DROPPED = "dropped"
"""The note of an image that says which file of a hot folder it was."""


@dataclass(frozen=True)
class Drop:
    """One file as it lies in the folder; it is another one when its size or its time is another."""

    path: Path
    bytes: int
    mtime_ns: int

    @property
    def key(self) -> str:
        """The words by which a studio remembers that it took this file."""
        return f"{self.path}|{self.bytes}|{self.mtime_ns}"


@dataclass(frozen=True)
class Arrival:
    """Complete photos of one sub-folder, which make one batch, and the names of new files that are no photos."""

    name: str
    folder: Path
    photos: tuple[Drop, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Group:
    """A sub-folder while something in it is new: what was seen last, and since when, in the clock's seconds."""

    seen: frozenset[Drop]
    quiet_since: float
    new_since: float


class HotFolder:
    """Decides what is complete. Time is given with each look, so that it needs no clock of its own.

    Attributes:
        folder: the folder itself, with its real path.
    """

    def __init__(self, folder: Path, settings: Settings, taken: Collection[str]) -> None:
        """`taken` are the keys of files that the studio has already."""
        self.folder = folder
        self._limits, self._extensions = settings.watch, frozenset(settings.ingest.extensions)
        self._done = set(taken)
        self._groups: dict[Path, _Group] = {}
        self._since: dict[Drop, float] = {}

    def look(self, drops: Sequence[Drop], now: float) -> list[Arrival]:
        """Return what became complete, each file once; `drops` is all that lies in the folder at `now` (seconds).

        A sub-folder's new files are taken together once nothing in it has changed for `settle_seconds`. Where it never
        rests that long, what did rest is taken after `longest_wait_seconds`.
        """
        fresh = [drop for drop in drops if drop.key not in self._done]
        self._since = {drop: self._since.get(drop, now) for drop in fresh}
        groups: dict[Path, list[Drop]] = {}
        for drop in fresh:
            groups.setdefault(self._home(drop.path), []).append(drop)
        self._groups = {home: self._follow(home, frozenset(members), now) for home, members in groups.items()}
        arrivals = [
            self._arrival(home, groups[home], now) for home in sorted(groups, key=lambda each: natural(str(each)))
        ]
        return [arrival for arrival in arrivals if arrival.photos or arrival.others]

    def _home(self, path: Path) -> Path:
        below = path.relative_to(self.folder).parts
        return self.folder / below[0] if len(below) > 1 else self.folder

    def _follow(self, home: Path, members: frozenset[Drop], now: float) -> _Group:
        earlier = self._groups.get(home)
        if earlier is None:
            return _Group(members, now, now)
        if earlier.seen == members:
            return earlier
        # What was left lying there, such as an abandoned .part, does not hurry what comes later.
        rested = now - earlier.quiet_since >= self._limits.settle_seconds
        return _Group(members, now, now if rested else earlier.new_since)

    def _arrival(self, home: Path, members: Sequence[Drop], now: float) -> Arrival:
        group, limits = self._groups[home], self._limits
        rests = now - group.quiet_since >= limits.settle_seconds
        overdue = now - group.new_since >= limits.longest_wait_seconds
        ready = [drop for drop in members if (rests or overdue) and self._is_complete(drop, now)]
        if ready:
            self._done |= {drop.key for drop in ready}
            self._groups[home] = _Group(group.seen - set(ready), group.quiet_since, now)
        return Arrival(
            name=printable(home.name) or str(home),
            folder=home,
            photos=tuple(drop for drop in ready if self._is_photo(drop)),
            others=tuple(printable(drop.path.name) for drop in ready if self._is_stray(drop)),
        )

    def _is_complete(self, drop: Drop, now: float) -> bool:
        if drop.path.name.lower().endswith(self._limits.temporary):
            return False
        # Some programs make a file long before they fill it; empty for good, it becomes a refused image like any other.
        rest = self._limits.settle_seconds if drop.bytes else self._limits.longest_wait_seconds
        return now - self._since[drop] >= rest

    def _is_photo(self, drop: Drop) -> bool:
        return drop.path.suffix.lower() in self._extensions

    def _is_stray(self, drop: Drop) -> bool:
        return not self._is_photo(drop) and drop.path.name.lower() != NAME


def list_drops(folder: Path) -> list[Drop]:
    """Return every regular file below `folder` in natural order; hidden ones, links and what cannot be read are not."""
    return list(_walk(folder))


def _walk(folder: Path) -> Iterator[Drop]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted((name for name in folders if _is_shown(name)), key=natural)
        for name in sorted((name for name in files if _is_shown(name)), key=natural):
            path = Path(root, name)
            try:
                facts = path.lstat()
            except OSError:
                continue  # gone again since its folder was read, as files under a temporary name are
            if stat.S_ISREG(facts.st_mode):
                yield Drop(path, facts.st_size, facts.st_mtime_ns)


def _is_shown(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in LEFT_BY_SYSTEMS
