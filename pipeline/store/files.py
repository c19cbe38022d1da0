"""Content-addressed files: written once, named by their SHA-256, read-only, never changed.

Beside them lie things with names of their own, which may change: sidecars, and what a purge has put aside.
"""

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
import uuid
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from pipeline.errors import BadImageError
from pipeline.errors import BugError
from pipeline.errors import StudioError
from pipeline.sentences import say
from pipeline.store.trouble import explained

CHUNK = 2**20
TEMPORARY = "tmp"
KEEP_TEMPORARY_SECONDS = 24 * 3600
SHA256 = re.compile(r"[0-9a-f]{64}")
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# A pipe or a device must not block or be followed before it has been looked at.
READ_CLIENT_FILE = READ | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True)
class Listed:
    """A file that is kept: its SHA-256, its size in bytes, and when (ns UTC) it was put there last."""

    sha256: str
    bytes: int
    put_at: int


class Files:
    """The folder `files/` of a studio: `ab/<sha256>`, and `tmp/` for what is still being written.

    A file appears under its name only after all of its bytes are on the disk and were read back, so a name that
    exists is a promise. Several processes may write the same bytes at once; each gets the same file.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder when it does not exist. Raises StudioError when that is impossible."""
        self.folder = folder
        with explained(folder):
            make_folder(folder)
            make_folder(folder / TEMPORARY)

    def put_bytes(self, data: bytes) -> str:
        """Keep these bytes and return their SHA-256; putting the same bytes again changes nothing.

        Raises StudioError when the disk is full, read-only or failing; nothing is left under the name then.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        with explained(self.folder):
            if not self._keeps(sha256, len(data)):
                with self._temporary() as temporary:
                    write_all(temporary.fileno(), data)
                    self._settle(temporary, sha256, len(data))
        return sha256

    def put_file(self, path: Path) -> tuple[str, int]:
        """Copy a client's file and return its SHA-256 and size in bytes; the source is only read.

        Raises BadImageError when the source is no regular file, cannot be read or changes meanwhile, StudioError
        when the copy cannot be written.
        """
        with _client_file(path) as source, explained(self.folder), self._temporary() as temporary:
            before = os.fstat(source)
            digest, size = hashlib.sha256(), 0
            while chunk := _read_client(source, path):
                digest.update(chunk)
                write_all(temporary.fileno(), chunk)
                size += len(chunk)
            after = os.fstat(source)
            if size != before.st_size or (after.st_size, after.st_mtime_ns) != (size, before.st_mtime_ns):
                raise BadImageError(say("source_changed", file=path))
            if not self._keeps(digest.hexdigest(), size):
                self._settle(temporary, digest.hexdigest(), size)
        return digest.hexdigest(), size

    def path(self, sha256: str) -> Path:
        """Return where the file of that name lies. Raises StudioError when it is missing."""
        path = self._place(sha256)
        if not path.is_file():
            raise StudioError(f"The file {path} is missing from the studio; restore it from a backup.")
        return path

    def read(self, sha256: str) -> bytes:
        """Return the bytes of that name, verified. Raises StudioError when they are missing or damaged."""
        path = self.path(sha256)
        with explained(path):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StudioError(f"The file {path} is damaged: its bytes no longer match its name; restore a backup.")
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether a file of that name exists."""
        return self._place(sha256).is_file()

    def names(self) -> Iterator[str]:
        """Every SHA-256 the folder keeps, in order."""
        with explained(self.folder):
            for folder in sorted(path for path in self.folder.iterdir() if re.fullmatch(r"[0-9a-f]{2}", path.name)):
                yield from sorted(path.name for path in folder.iterdir() if SHA256.fullmatch(path.name))

    def listed(self) -> Iterator[Listed]:
        """Everything the folder keeps, in order of the SHA-256; what goes meanwhile may be left out."""
        for sha256 in self.names():
            with contextlib.suppress(FileNotFoundError), explained(self.folder):
                about = self._place(sha256).stat()
                yield Listed(sha256, about.st_size, about.st_mtime_ns)

    def shown(self, sha256: str) -> str:
        """Say where the file of that name lies or would lie, for a sentence."""
        return str(self._place(sha256))

    def is_whole(self, sha256: str) -> bool:
        """Read the file of that name and tell whether its bytes still have that SHA-256."""
        path = self.path(sha256)
        with explained(path):
            return _sha256_of(path) == sha256

    def verified(self, sha256: str) -> Path | None:
        """Return where the file of that name can be read, None where its bytes are damaged. Raises StudioError."""
        return self.path(sha256) if self.is_whole(sha256) else None

    @staticmethod
    def sha256(path: Path) -> str:
        """Return the SHA-256 of any file, read as it is now."""
        with explained(path):
            return _sha256_of(path)

    # Beside them, by names of their own

    def write(self, name: str, data: bytes, *, sync: bool = True) -> None:
        """Put `data` at `name` (a path below the folder) in one step, in place of what was there.

        Without `sync` a power cut may undo it until `sync_beside` is called. Raises StudioError.
        """
        path = self.folder / name
        with explained(path):
            make_folder(path.parent)
            write_private(path, data, sync=sync)

    def sync_beside(self, names: Iterable[str]) -> None:
        """Bring what was written without `sync` to the disk."""
        with explained(self.folder):
            for folder in {(self.folder / name).parent for name in names}:
                sync_folder(folder)

    def read_beside(self, name: str) -> bytes | None:
        """Return what lies at `name`, None for nothing or what cannot be read."""
        with contextlib.suppress(OSError):
            return (self.folder / name).read_bytes()
        return None

    def sidecars(self) -> Iterator[str]:
        """The SHA-256 of every file that has a sidecar beside it (`ab/<sha256>.json`), in order."""
        with explained(self.folder):
            for folder in sorted(path for path in self.folder.iterdir() if len(path.name) == 2 and path.is_dir()):
                yield from sorted(path.stem for path in folder.glob("*.json") if SHA256.fullmatch(path.stem))

    def inside(self, name: str) -> list[str]:
        """What lies in the folder `name` below this one, in order; empty where there is none."""
        with explained(self.folder):
            return sorted(os.listdir(self.folder / name)) if (self.folder / name).is_dir() else []

    def move(self, name: str, to: str) -> None:
        """Give what lies at `name` the name `to`, whatever is there. Raises StudioError."""
        place = self.folder / to
        with explained(self.folder / name):
            place.parent.mkdir(exist_ok=True, mode=0o700)
            os.replace(self.folder / name, place)
            sync_folder(place.parent)

    def remove(self, name: str) -> None:
        """Remove what lies at `name` for good, if anything does."""
        with explained(self.folder):
            (self.folder / name).unlink(missing_ok=True)

    def sweep(self, older_than: float = KEEP_TEMPORARY_SECONDS) -> int:
        """Remove temporary files older than that many seconds, left by a crash; return how many went."""
        oldest, gone = time.time() - older_than, 0
        with explained(self.folder), os.scandir(self.folder / TEMPORARY) as leftovers:
            for item in leftovers:
                with contextlib.suppress(FileNotFoundError):
                    if item.is_file(follow_symlinks=False) and item.stat(follow_symlinks=False).st_mtime < oldest:
                        os.unlink(item.path)
                        gone += 1
        return gone

    def tidy(self) -> int:
        """Remove everything that crashed programs left half-written, also where looking for it takes long."""
        return self.sweep()

    def _place(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise BugError(f"{sha256!r} is not the SHA-256 of a file.")
        return self.folder / sha256[:2] / sha256

    def _keeps(self, sha256: str, size: int) -> bool:
        path = self._place(sha256)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == size and _sha256_of(path) == sha256:
                # Another process may have renamed it a moment ago: its name must be on the disk before a row says so.
                sync_folder(path.parent)
                sync_folder(self.folder)
                # Put a moment ago, for a row that comes: no purge may take it for forgotten.
                os.utime(path)
                return True
        return False

    @contextlib.contextmanager
    def _temporary(self) -> Iterator[FileIO]:
        path = self.folder / TEMPORARY / uuid.uuid4().hex
        temporary = FileIO(path, "xb", opener=_create_private)
        try:
            yield temporary
        finally:
            temporary.close()
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def _settle(self, temporary: FileIO, sha256: str, size: int) -> None:
        """Give the temporary file its name once its bytes are on the disk and read back right."""
        path = Path(str(temporary.name))
        self._refuse_short(temporary, size)
        os.fsync(temporary.fileno())
        temporary.close()
        if _sha256_of(path) != sha256:
            raise StudioError(f"{path} was read back wrong; check the disk, then try again.")
        os.chmod(path, 0o400)
        place = self._place(sha256)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(path, place)
        sync_folder(place.parent)
        sync_folder(self.folder)

    @staticmethod
    def _refuse_short(temporary: FileIO, size: int) -> None:
        """Raise StudioError where the disk has taken less than it was given."""
        written = os.fstat(temporary.fileno()).st_size
        if written != size:
            raise StudioError(
                f"{temporary.name} has {written} of {size} bytes; free some space on its disk and try again."
            )


def write_private(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Put `data` at `path` in one step, for this user alone; without `sync` the caller syncs the folder, once for many.

    Raises OSError; nothing half-written is left.
    """
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        with FileIO(temporary, "xb", opener=_create_private) as file:
            write_all(file.fileno(), data)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if sync:
        sync_folder(path.parent)


def write_all(handle: int, data: bytes) -> None:
    """Write every byte; `os.write` may take fewer without an error. Raises OSError ENOSPC when it takes none."""
    left = memoryview(data)
    while left:
        taken = os.write(handle, left)
        if taken <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left = left[taken:]


def _create_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def _client_file(path: Path) -> Iterator[int]:
    try:
        source = os.open(path, READ_CLIENT_FILE)
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else os.strerror(error.errno or errno.EIO).lower()
        raise BadImageError(say("source_closed", file=path, reason=reason)) from error
    try:
        if not stat.S_ISREG(os.fstat(source).st_mode):
            raise BadImageError(say("source_no_file", file=path))
        yield source
    finally:
        os.close(source)


def _read_client(source: int, path: Path) -> bytes:
    try:
        return os.read(source, CHUNK)
    except OSError as error:
        reason = os.strerror(error.errno or errno.EIO).lower()
        raise BadImageError(say("source_broken", file=path, reason=reason)) from error


def _sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(path: Path) -> None:
    """Make a folder for this user alone, with those above it, so that its name outlasts a power cut. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True, mode=0o700)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk; where the system cannot do that, they arrive when it likes."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems cannot sync a folder and say EINVAL; a real disk error must not pass.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)
