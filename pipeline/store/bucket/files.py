"""Files in a bucket, with the promises of those in a folder, and a folder of this machine to read them from.

An object appears under its name in one step and is read back before its name counts; only a damaged one is ever put
again. The local folder holds what is being written (`tmp/`) and copies to read; it may be deleted at any time.
"""

import hashlib
import os
from collections.abc import Iterable
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.errors import StudioError
from pipeline.settings.storing import Storage
from pipeline.store.bucket.cache import Cache
from pipeline.store.bucket.location import Location
from pipeline.store.bucket.transport import Bucket
from pipeline.store.files import KEEP_TEMPORARY_SECONDS
from pipeline.store.files import SHA256
from pipeline.store.files import Files
from pipeline.store.files import Listed
from pipeline.store.trouble import explained

SIDECAR: Final = ".json"


class BucketFiles(Files):
    """The objects `ab/<sha256>` of a bucket; `folder` is this machine's cache of them.

    Travels to worker processes, and to other machines, which make a cache of their own where `folder` is not theirs.
    """

    def __init__(self, location: Location, folder: Path, elsewhere: Path, limits: Storage) -> None:
        """`elsewhere` is the cache of a machine on which the folder above `folder` does not exist.

        Raises StudioError where no cache can be made; the bucket itself is asked later.
        """
        super().__init__(folder if folder.parent.is_dir() else elsewhere)
        self.location, self._elsewhere, self._limits = location, elsewhere, limits
        self._cache = Cache(self.folder, limits)
        self._bucket = Bucket(location, limits)

    def __reduce__(self) -> tuple[Any, ...]:
        return BucketFiles, (self.location, self.folder, self._elsewhere, self._limits)

    def path(self, sha256: str) -> Path:
        """Return a copy of the object of that name on this machine, its bytes verified.

        It stays for minutes after it was asked for. Raises StudioError when the object is missing or damaged, or
        cannot be reached.
        """
        with explained(self._place(sha256)):
            return self._cache.find(sha256) or self._fetched(sha256)

    def read(self, sha256: str) -> bytes:
        """Return the bytes of that name, verified. Raises StudioError when they are missing or damaged."""
        for copy in (self.path(sha256), None):
            with explained(self._place(sha256)):
                data = (copy or self._fetched(sha256)).read_bytes()
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
                self._cache.drop(sha256)
        raise self._damaged(sha256)

    def has(self, sha256: str) -> bool:
        """Tell whether the bucket has an object of that name; a copy on this machine does not count."""
        return self._bucket.find(self._key(sha256)) is not None

    def names(self) -> Iterator[str]:
        """Every SHA-256 the bucket keeps, in order."""
        return (one.sha256 for one in self.listed())

    def listed(self) -> Iterator[Listed]:
        """Everything the bucket keeps, in order of the SHA-256."""
        for thing in self._bucket.things(""):
            folder, _, name = thing.name.partition("/")
            if SHA256.fullmatch(name) and folder == name[:2]:
                yield Listed(name, thing.bytes, thing.put_at)

    def shown(self, sha256: str) -> str:
        """Say where the object of that name lies or would lie, for a sentence."""
        return f"{self.location}/{self._key(sha256)}"

    def is_whole(self, sha256: str) -> bool:
        """Read the object of that name from the bucket and tell whether its bytes still have that SHA-256."""
        found = self._bucket.sha256(self._key(sha256))
        if found is None:
            raise self._missing(sha256)
        return found == sha256

    def verified(self, sha256: str) -> Path | None:
        """Return a copy of that name on this machine, None where the bytes in the bucket are damaged."""
        with explained(self._place(sha256)):
            return self._cache.find(sha256) or self._fetched(sha256, damaged_is_none=True)

    def write(self, name: str, data: bytes, *, sync: bool = True) -> None:
        """Put `data` at `name` in one step, in place of what was there. Raises StudioError."""
        self._bucket.put_bytes(name, data)

    def sync_beside(self, names: Iterable[str]) -> None:
        """Do nothing: what a bucket has taken is kept."""

    def read_beside(self, name: str) -> bytes | None:
        """Return what lies at `name`, None for nothing. Raises StudioError where the bucket cannot be reached."""
        return self._bucket.get_bytes(name)

    def sidecars(self) -> Iterator[str]:
        """The SHA-256 of every object that has a sidecar beside it, in order."""
        for thing in self._bucket.things(""):
            folder, _, name = thing.name.partition("/")
            sha256 = name.removesuffix(SIDECAR)
            if name.endswith(SIDECAR) and SHA256.fullmatch(sha256) and folder == sha256[:2]:
                yield sha256

    def inside(self, name: str) -> list[str]:
        """What lies in the folder `name` of the bucket, in order."""
        return [thing.name.removeprefix(f"{name}/") for thing in self._bucket.things(f"{name}/")]

    def move(self, name: str, to: str) -> None:
        """Give what lies at `name` the name `to`, whatever is there; a crash leaves it at both."""
        with explained(self.folder):
            self._cache.drop(name.rpartition("/")[2])
        try:
            self._bucket.move(name, to)
        except FileNotFoundError as error:
            raise StudioError(f"{self.location}/{name} is missing; restore it from a backup.") from error

    def remove(self, name: str) -> None:
        """Remove what lies at `name` for good, if anything does."""
        self._bucket.remove(name)

    def tidy(self) -> int:
        """Remove everything that crashed programs left half-written, here and in the bucket."""
        return self.sweep() + self._bucket.sweep(KEEP_TEMPORARY_SECONDS)

    def _keeps(self, sha256: str, size: int) -> bool:
        key = self._key(sha256)
        there = self._bucket.find(key)
        if there is None or there.bytes != size or self._bucket.sha256(key) != sha256:
            return False
        try:
            # Put a moment ago, for a row that comes: no purge may take it for forgotten.
            self._bucket.freshen(key)
        except FileNotFoundError:
            return False
        return True

    def _settle(self, temporary: FileIO, sha256: str, size: int) -> None:
        """Bring the temporary file into the bucket, read it back from there, and keep it as the copy to read."""
        path = Path(str(temporary.name))
        self._refuse_short(temporary, size)
        temporary.close()
        key = self._key(sha256)
        self._bucket.put(key, path)
        if self._bucket.sha256(key) != sha256:
            raise StudioError(f"{self.shown(sha256)} was read back wrong; check the bucket, then try again.")
        self._cache.keep(path, sha256)

    def _fetched(self, sha256: str, *, damaged_is_none: bool = False) -> Path | None:
        """Bring a copy from the bucket; a transfer that went wrong is repeated a few times."""
        for _ in range(self._limits.tries):
            with self._temporary() as temporary:
                path = Path(str(temporary.name))
                try:
                    self._bucket.get(self._key(sha256), path)
                except FileNotFoundError as error:
                    raise self._missing(sha256) from error
                if self.sha256(path) == sha256:
                    return self._cache.keep(path, sha256)
        if damaged_is_none:
            return None
        raise self._damaged(sha256)

    def _missing(self, sha256: str) -> StudioError:
        self._bucket.refuse_absent()
        return StudioError(f"The file {self.shown(sha256)} is missing from the studio; restore it from a backup.")

    def _damaged(self, sha256: str) -> StudioError:
        return StudioError(
            f"The file {self.shown(sha256)} is damaged: its bytes do not match its name; restore a backup."
        )

    def _key(self, sha256: str) -> str:
        return self._place(sha256).relative_to(self.folder).as_posix()


def cache_name(location: Location) -> str:
    """Return a name for the cache of a location, for a place where several have theirs."""
    return hashlib.sha256(os.fsencode(f"{location.endpoint} {location}")).hexdigest()[:16]
