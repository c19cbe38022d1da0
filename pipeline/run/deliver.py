"""Deliver: render approved images for the platforms, verify the written bytes, and only then call them deliveries."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.batch.names import NamePlan
from pipeline.batch.names import plan_names
from pipeline.errors import KnownError
from pipeline.framing import resample
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.measure.delivered import verify
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.model import State
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.run.compose import Deliverable
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.pictures import read_mask
from pipeline.run.render import render
from pipeline.run.shadow import read_shadow
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox

LEAVING: Final = (State.APPROVED, State.READY, State.DELIVERED)
MOST_BYTES: Final = 2**31
GONE: Final = (State.REJECTED, State.FAILED)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Delivered:
    """One file that passed and lies in the folder."""

    image: int
    platform: str
    path: Path
    sha256: str
    report: DeliveryReport
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Missed:
    """One image that could not be delivered to a platform, and why, in one sentence."""

    image: int
    file: str
    platform: str
    reason: str


@dataclass(frozen=True)
class ExportReport:
    """What an export came to; `waiting` counts images that still wait for a decision or the line."""

    batch: str
    delivered: tuple[Delivered, ...]
    missed: tuple[Missed, ...]
    waiting: int

    @property
    def passed(self) -> bool:
        """Every approved image was delivered to every platform."""
        return not self.missed

    def sentences(self) -> list[str]:
        """Return one line per file, then the sum."""
        lines = []
        for done in self.delivered:
            lines.append("; ".join((done.report.sentence(), *done.notes)))
        lines += [f"not delivered to {missed.platform}: {missed.reason}" for missed in self.missed]
        waiting = f"; {self.waiting} images wait for a decision" if self.waiting else ""
        return [*lines, f"{len(self.delivered)} files delivered, {len(self.missed)} not{waiting}"]


def verify_file(
    path: Path, *, platform: str, settings: Settings, mask: Path | None = None, store: Store | None = None
) -> DeliveryReport:
    """Judge a file on the disk as delivered; `mask` is a grey PNG in its own geometry.

    Without a mask, a file that `store` knows byte for byte as a delivery is judged with the mask it was made from;
    any other by its pixels alone. Raises KnownError with the path where a file cannot be read.
    """
    data = read_file(path)
    known = read_mask(read_file(mask)) if mask is not None else known_mask(data, store)
    return verify(data, name=path.name, platform=platform, settings=settings, mask=known)


def known_mask(data: bytes, store: Store | None) -> Matte | None:
    """Return the mask that a delivery of this studio was made from, in its geometry; None for any other bytes."""
    rows = store.deliveries_of(hashlib.sha256(data).hexdigest()) if store is not None else []
    if store is None or not rows or "frame" not in rows[-1].report:
        return None
    outcome, placed = store.version(rows[-1].version).outcome, rows[-1].report["frame"]
    if outcome.mask is None or not store.files.has(outcome.mask):
        return None
    frame = Frame(tuple(placed["matrix"]), tuple(placed["size"]))
    return quantize(resample(read_mask(store.files.read(outcome.mask)), frame, outside=0.0))


def export(
    store: Store,
    batch: str,
    platforms: Sequence[str],
    to: Path,
    settings: Settings,
    toolbox: Toolbox | None = None,
    on_progress: Progress | None = None,
) -> ExportReport:
    """Render every approved or ready image of `batch` for `platforms` and write the files that pass into `to`.

    All names are settled before anything is written. A file is encoded, decoded and verified in memory, written under
    a temporary name, flushed, read back and compared, and moved into place in one step; only then is the delivery
    recorded. Files that fail stay out and are named with the gate. With several platforms each has its own folder.
    A decision that may still be taken back holds its image, until its grace is over or the batch is closed.
    Raises KnownError where nothing is approved yet or the folder cannot be written.
    """
    toolbox = toolbox or open_toolbox(settings)
    entries, held = store.entries(batch), store.in_grace(batch)
    leaving = [entry for entry in entries if _leaves(entry) and entry.record.id not in held]
    waiting = sum(
        entry.state not in (*LEAVING, *GONE) or (_leaves(entry) and entry.record.id in held) for entry in entries
    )
    if not leaving and any(map(_leaves, entries)):
        raise KnownError(
            f"Every decision of batch “{batch}” may still be taken back for a moment; wait a minute or close the batch."
        )
    if not leaving:
        raise KnownError(f"Batch “{batch}” has no approved image to export ({waiting} wait); decide them first.")
    plans = {name: _plan(entries, name, settings) for name in platforms}
    folders = {name: to / name if len(plans) > 1 else to for name in plans}
    for folder in folders.values():
        _make_folder(folder)
    run = _Export(store, batch, settings, toolbox, folders, plans)
    for number, entry in enumerate(leaving):
        if on_progress:
            on_progress(number, len(leaving), entry.record.file)
        run.deliver(entry)
    if on_progress:
        on_progress(len(leaving), len(leaving), "")
    return ExportReport(batch, tuple(run.delivered), tuple(run.missed), waiting)


def _leaves(entry: Entry) -> bool:
    return entry.state in LEAVING and entry.version is not None


class _Export:
    """One call of `export` and how far it came."""

    def __init__(
        self,
        store: Store,
        batch: str,
        settings: Settings,
        toolbox: Toolbox,
        folders: dict[str, Path],
        plans: dict[str, NamePlan],
    ) -> None:
        self.store, self.settings, self.toolbox = store, settings, toolbox
        self.folders, self.plans = folders, plans
        self.known = {(row.version, row.platform, row.name, row.sha256) for row in store.deliveries(batch)}
        self.delivered: list[Delivered] = []
        self.missed: list[Missed] = []

    def deliver(self, entry: Entry) -> None:
        """Deliver one image to every platform that has a name for it."""
        named = []
        for platform, plan in self.plans.items():
            if entry.record.id in plan.names:
                named.append(platform)
            else:
                self._miss(entry, platform, plan.problems[entry.record.id])
        if not named or entry.version is None:
            return
        try:
            item = render(entry.record, entry.version, self.store.files, self.toolbox, self.settings)
        except KnownError as error:
            for platform in named:
                self._miss(entry, platform, str(error))
            return
        shadow = read_shadow(entry.version, self.store.files)
        of = Renditions(item, toolbox=self.toolbox, settings=self.settings, shadow=shadow)
        for platform in named:
            made = make_deliverable(of, name=self.plans[platform].names[entry.record.id], platform=platform)
            if not made.report.passed:
                self._miss(entry, platform, f"{entry.record.file} as {made.report.sentence()}")
                continue
            try:
                path = self._write(self.folders[platform] / made.name, made.data)
                self._record(entry.version.id, platform, made)
            except KnownError as error:
                self._miss(entry, platform, str(error))
                continue
            digest = hashlib.sha256(made.data).hexdigest()
            self.delivered.append(Delivered(entry.record.id, platform, path, digest, made.report, made.notes))

    def _miss(self, entry: Entry, platform: str, reason: str) -> None:
        self.missed.append(Missed(entry.record.id, entry.record.file, platform, reason))

    def _write(self, path: Path, data: bytes) -> Path:
        if path.exists() and not self._is_ours(path, data):
            raise KnownError(f"{path} exists and is not ours to replace; move it away or choose another folder.")
        write_whole(path, data)
        return path

    def _is_ours(self, path: Path, data: bytes) -> bool:
        there = read_file(path)
        digest = hashlib.sha256(there).hexdigest()
        return there == data or any(sha256 == digest and name == path.name for _, _, name, sha256 in self.known)

    def _record(self, version: int, platform: str, made: Deliverable) -> None:
        row = (version, platform, made.name, hashlib.sha256(made.data).hexdigest())
        if row in self.known:
            return
        frame = {"matrix": list(made.frame.matrix), "size": list(made.frame.size)}
        report = made.report.document() | {"frame": frame, "notes": list(made.notes)}
        self.store.add_delivery(version=version, platform=platform, name=made.name, sha256=row[3], report=report)
        self.known.add(row)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step: temporary file, flush, read back, rename, flush of the folder.

    Raises KnownError with the path and the system's reason; nothing half-written is left.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".whitepoint-", dir=path.parent)
    except OSError as error:
        raise KnownError(f"{path.parent} cannot be written ({error.strerror}); choose another folder.") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise KnownError(f"{path} reads back differently than it was written; check the disk and export again.")
        temporary.chmod(0o644)
        temporary.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        raise KnownError(
            f"{path} cannot be written ({error.strerror}); free space or choose another folder."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plan(entries: Sequence[Entry], platform: str, settings: Settings) -> NamePlan:
    rules = settings.platform(platform)
    return plan_names(entries, rules, naming=settings.naming, extension=EXTENSIONS[rules.formats[0]])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{folder} cannot be made ({error.strerror}); choose another folder.") from error


def read_file(path: Path) -> bytes:
    """Return the bytes of a finished file. Raises KnownError with the path where it is no file or cannot be read."""
    try:
        about = path.stat()
        # A pipe would be waited for, a device read, for ever.
        if not stat.S_ISREG(about.st_mode):
            raise KnownError(f"{path} is not a file; name the picture itself.")
        if about.st_size > MOST_BYTES:
            raise KnownError(f"{path} has {about.st_size:,} bytes, more than any delivery; name another file.")
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"{path} cannot be read ({error.strerror}); check the path.") from error
