"""What a machine keeps at hand of a bucket: content-addressed copies, verified, the longest unused dropped first."""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.settings.storing import Storage
from pipeline.store.files import SHA256
from pipeline.store.files import make_folder

GIGABYTE: Final = 2**30
ROOM: Final = 0.1
"""Share of the cache that is made free at once, so that it is not looked through for every file."""


class Cache:
    """The copies `ab/<sha256>` in a folder; several programs may share it.

    A copy is trusted once this program has read all of it and its bytes had its name. When it was used last stands in
    its time of change.
    """

    def __init__(self, folder: Path, limits: Storage) -> None:
        self._folder, self._limits = folder, limits
        self._most = int(limits.cache_gigabytes * GIGABYTE)
        self._trusted: dict[str, tuple[int, int]] = {}
        self._since_trim = self._most

    def find(self, sha256: str) -> Path | None:
        """Return the copy of that name, None where there is none or where it is damaged: then it is gone."""
        path = self._place(sha256)
        try:
            about = path.stat()
            if self._trusted.get(sha256) != (about.st_ino, about.st_size):
                if _sha256_of(path) != sha256:
                    self.drop(sha256)
                    return None
                self._trusted[sha256] = (about.st_ino, about.st_size)
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def keep(self, temporary: Path, sha256: str) -> Path:
        """Take a file over whose bytes are known to have that name; returns where it lies now. Raises OSError."""
        place = self._place(sha256)
        make_folder(place.parent)
        os.chmod(temporary, 0o400)
        os.replace(temporary, place)
        about = place.stat()
        self._trusted[sha256] = (about.st_ino, about.st_size)
        self._since_trim += about.st_size
        if self._since_trim > self._most * ROOM:
            self.trim()
        return place

    def drop(self, sha256: str) -> None:
        """Forget the copy of that name."""
        self._trusted.pop(sha256, None)
        self._place(sha256).unlink(missing_ok=True)

    def trim(self) -> None:
        """Make room: what is old goes, then the longest unused; what was used a moment ago stays in any case."""
        self._since_trim, now, total = 0, time.time(), 0
        for used, size, path in sorted(self._copies(), reverse=True):
            total += size
            age = now - used
            too_much = total > self._most * (1 - ROOM) and age > self._limits.cache_minutes * 60
            if too_much or age > self._limits.cache_days * 24 * 3600:
                self.drop(path.name)
                total -= size

    def _copies(self) -> Iterator[tuple[float, int, Path]]:
        for folder in self._folder.iterdir():
            if len(folder.name) == 2 and folder.is_dir():
                for path in folder.iterdir():
                    with contextlib.suppress(FileNotFoundError):
                        if SHA256.fullmatch(path.name):
                            about = path.stat()
                            yield about.st_mtime, about.st_size, path

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def _sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
