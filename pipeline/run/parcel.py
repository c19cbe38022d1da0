"""A package on its way: planned before anything is rendered, filled where nobody sees it, moved into place at once."""

import hashlib
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.batch.names import NamePlan
from pipeline.batch.names import plan_names
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.run.compose import Deliverable
from pipeline.run.package import Packed
from pipeline.run.package import Title
from pipeline.run.package import finish_package
from pipeline.run.package import pack_folder
from pipeline.run.package_reader import check_place
from pipeline.run.writing import growing_folder
from pipeline.run.writing import take_file_place
from pipeline.run.writing import take_place
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.store.deliveries import NewDelivery

GROWING: Final = "package"


@dataclass
class Parcel:
    """One package that is being filled.

    Attributes:
        target: where it will be, a folder or a ZIP; `folder`: where it grows.
        plan: the names of all images of its client.
        packed: what is in it so far.
        frames: for each file its version's frame, as the delivery's record has it.
    """

    title: Title
    target: Path
    folder: Path
    plan: NamePlan
    archive: bool
    packed: list[Packed] = field(default_factory=list)
    frames: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, entry: Entry, decisions: Sequence[Decision], made: Deliverable) -> None:
        """Write a verified file, and its companions, into the package. Raises KnownError where that fails."""
        version = entry.version.id if entry.version else None
        known: dict[str, Any] = {
            "entry": entry,
            "decisions": tuple(decision for decision in decisions if decision.version == version),
            "variant": self.plan.variants.get(entry.record.id, ""),
            "thumbnail": made.thumbnail,
            "proof": made.proof,
            "source_type": made.source_type,
        }
        self._write(made.name, made.data)
        digest = _sha256(made.data)
        self._note(made, Packed(made.name, digest, len(made.data), report=made.report, notes=made.notes, **known))
        for each in made.companions:
            self._write(each.name, each.data)
            digest = _sha256(each.data)
            self._note(made, Packed(each.name, digest, len(each.data), report=each.report, beside=made.name, **known))

    def drop(self, image: int) -> None:
        """Take an image out again."""
        for each in [each for each in self.packed if each.entry.record.id == image]:
            (self.folder / each.name).unlink(missing_ok=True)
            self.packed.remove(each)

    def finish(self, audit: tuple[int, str]) -> None:
        """Write manifest and contact sheets. Raises KnownError where the disk is full."""
        try:
            finish_package(self.folder, self.title, self.packed, audit)
            if self.archive:
                pack_folder(self.folder, self._zip)
        except OSError as error:
            raise KnownError(f"{self.target} cannot be written ({error.strerror}); free space.") from error

    def deliveries(self) -> list[NewDelivery]:
        """Return what the studio records of each file."""
        return [
            NewDelivery(each.entry.version.id, self.title.platform, each.name, each.sha256, self.frames[each.name])
            for each in self.packed
            if each.entry.version is not None
        ]

    def take_place(self) -> None:
        """Move the finished package to where it belongs. Raises KnownError; then what was there is there."""
        check_place(self.target, about(self.title))
        if self.archive:
            take_file_place(self._zip, self.target)
        else:
            take_place(self.folder, self.target)

    @property
    def _zip(self) -> Path:
        return self.folder.with_suffix(".zip")

    def _note(self, made: Deliverable, packed: Packed) -> None:
        self.packed.append(packed)
        frame = {"matrix": list(made.frame.matrix), "size": list(made.frame.size)}
        self.frames[packed.name] = packed.report.document() | {"frame": frame, "notes": list(packed.notes)}

    def _write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        try:
            path.write_bytes(data)
            whole = path.read_bytes() == data
        except OSError as error:
            path.unlink(missing_ok=True)
            raise KnownError(f"{self.target} cannot be written ({error.strerror}); free space.") from error
        if not whole:
            raise KnownError(f"{path} reads back differently than it was written; check the disk and export again.")


def plan_parcels(
    entries: Sequence[Entry],
    leaving: Sequence[Entry],
    batch: str,
    platforms: Sequence[str],
    to: Path,
    settings: Settings,
    *,
    archive: bool,
    stack: ExitStack,
) -> list[Parcel]:
    """Return a parcel for each client and platform, with its names settled and its place known to be free.

    Folders that grow are gone when `stack` closes. Raises KnownError where a place is taken or cannot be written, and
    NotFoundError for a platform that a client does not have.
    """
    clients = list(dict.fromkeys(entry.record.client for entry in leaving))
    parcels = []
    for client in clients:
        own = [entry for entry in entries if entry.record.client == client]
        for platform in platforms:
            rules = _rules(settings, platform, client)
            title = Title(batch, client, platform, rules, settings.fingerprint)
            parts = [_folder_name(client)] * (len(clients) > 1) + [platform] * (len(platforms) > 1)
            named = "-".join((_folder_name(batch), *parts[: len(clients) > 1], platform))
            target = to / f"{named}.zip" if archive else to.joinpath(*parts)
            check_place(target, about(title))
            plan = plan_names(own, rules, naming=settings.naming, extension=EXTENSIONS[rules.formats[0]])
            folder = stack.enter_context(growing_folder(target)) / GROWING
            folder.mkdir()
            parcels.append(Parcel(title, target, folder, plan, archive))
    return parcels


def about(title: Title) -> dict[str, Any]:
    """Return what a manifest says that two packages of the same delivery have in common."""
    return {"batch": title.batch, "client": title.client, "platform": title.platform}


def _rules(settings: Settings, platform: str, client: str) -> Platform:
    try:
        return settings.platform(platform, client)
    except NotFoundError as error:
        raise NotFoundError(f"{error} It is asked for client “{client}”; give its file that platform.") from error


def _folder_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.") or "no-client"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
