"""A second copy of a whole studio: catalogues by time, files by their SHA-256, each verified, and the way back.

`DIR/catalogues/<time>.sqlite` with `<time>.json` beside it, which names the head of the audit trail, and `DIR/files/`
as in a studio. What is kept under a hash is never written twice, so the second backup copies only what is new.
"""

import json
import os
import stat
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Final

from pipeline.errors import KnownError
from pipeline.errors import StudioError
from pipeline.store import chain
from pipeline.store.catalog import FILE_NAME
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import read_only
from pipeline.store.checkup import references
from pipeline.store.files import SHA256
from pipeline.store.files import Files
from pipeline.store.files import make_folder
from pipeline.store.files import write_private
from pipeline.store.opening import files_at
from pipeline.store.opening import install
from pipeline.store.opening import refuse_existing
from pipeline.store.place import Place
from pipeline.store.place import place
from pipeline.store.records import Finding
from pipeline.store.trouble import explained

CATALOGUES: Final = "catalogues"
KEEP: Final = 10
"""Catalogues that stay in a backup; what older ones alone refer to stays among its files all the same."""
OWN_FILES: Final = ("settings.toml", "clients/*.toml", "models/*", "drafts/*.json", "*.ini")
"""What else a studio's people made: settings, clients, refitted models, repairs not yet saved, kept filters."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of one of its catalogues; `own_files` names by path in the studio their SHA-256."""

    name: str
    made_at: str
    program: str
    sha256: str
    seq: int
    head: str
    files: int
    own_files: dict[str, str]


@dataclass(frozen=True)
class Kept:
    """What a backup or the way back came to; `problems` is empty when all of it is whole."""

    manifest: Manifest
    copied: int
    problems: tuple[Finding, ...]


def backup(
    catalog: Catalog, files: Files, target: Path, *, reread: bool = False, on_progress: Progress | None = None
) -> Kept:
    """Copy the studio to the folder `target` while others go on working.

    Files that are there already are trusted by name and size; with `reread` every byte of them is hashed again. A
    damaged file of the studio is not copied but named. Raises KnownError for a folder that cannot be a backup,
    StudioError where the disk fails: then the newest complete backup there is as it was.
    """
    studio = catalog.folder
    _refuse_as_target(target, studio)
    with explained(target):
        make_folder(target / CATALOGUES)
        for leftover in (target / CATALOGUES).glob("*.part*"):
            leftover.unlink(missing_ok=True)
    kept = Files(target / "files")
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    part = target / CATALOGUES / f"{name}.part"
    catalog.copy_to(part)
    own = {path: kept.put_file(studio / path)[0] for path in _own_files(studio)}
    with read_only(part) as copy:
        wanted, (seq, head) = references(copy, files), _head(copy)
    copied, problems = _copy_files(wanted, files, kept, reread, on_progress)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    # Late: it brings a mail reader along, and every program that opens a studio would wait for it.
    from importlib.metadata import version

    manifest = Manifest(name, made_at, version("whitepoint"), kept.sha256(part), seq, head, len(wanted), own)
    with explained(target):
        os.replace(part, _catalogue(target, name))
        write_private(_catalogue(target, name).with_suffix(".json"), json.dumps(asdict(manifest), indent=1).encode())
        _thin_out(target)
    return Kept(manifest, copied, problems)


def manifests(target: Path) -> list[Manifest]:
    """Return what complete catalogues a backup holds, newest first; empty where it is none."""
    found = []
    for path in sorted((target / CATALOGUES).glob("*.json"), reverse=True):
        with explained(path):
            text = path.read_bytes()
        try:
            manifest = Manifest(**json.loads(text))
        except (ValueError, TypeError, RecursionError):
            continue  # half of a manifest is no backup; the one before it is
        own = manifest.own_files
        # A name of its own is the file's name, so nothing in it can lead elsewhere.
        if manifest.name == path.stem and isinstance(own, dict) and all(map(SHA256.fullmatch, map(str, own.values()))):
            found.append(manifest)
    return found


def restore(source: Path, where: str | Path | Place, *, name: str = "", on_progress: Progress | None = None) -> Kept:
    """Bring the backup `source` (its newest catalogue, or `name`) back as the studio at `where`, all of it verified.

    The catalogue comes last, so that half a restoration is none and may be started again. Raises KnownError where
    there is a catalogue already, no such backup, or where it is not what its manifest says.
    """
    manifest = _choose(source, name)
    catalogue, target = _catalogue(source, manifest.name), place(where)
    studio = target.folder
    refuse_existing(target)
    kept = Files(source / "files")
    with explained(catalogue):
        # A device in its place would be read for ever.
        if not stat.S_ISREG(catalogue.stat().st_mode) or kept.sha256(catalogue) != manifest.sha256:
            raise StudioError(f"{catalogue} is damaged; restore an older one of this backup with --catalogue.")
        make_folder(studio)
    files = files_at(target)
    with read_only(catalogue) as copy:
        wanted = references(copy, kept)
        if _head(copy) != (manifest.seq, manifest.head):
            raise StudioError(f"The audit trail of {catalogue} is not the one its manifest names; choose an older one.")
    copied, problems = _copy_files(wanted, kept, files, False, on_progress)
    for path, sha256 in manifest.own_files.items():
        _put_own_file(studio, path, kept.read(sha256))
    install(catalogue, target)
    return Kept(manifest, copied, problems)


def mend(files: Files, findings: list[Finding], source: Path) -> list[str]:
    """Bring damaged and missing files back from the backup `source`; return the SHA-256 of those it could.

    Raises KnownError where there is no backup, StudioError where the disk fails.
    """
    _choose(source, "")
    kept, mended = Files(source / "files"), []
    for sha256 in dict.fromkeys(finding.sha256 for finding in findings if finding.sha256 and not finding.harmless):
        if kept.has(sha256) and kept.is_whole(sha256):
            files.put_file(kept.path(sha256))
            mended.append(sha256)
    return mended


def _copy_files(
    wanted: Mapping[str, str], source: Files, target: Files, reread: bool, on_progress: Progress | None
) -> tuple[int, tuple[Finding, ...]]:
    copied, problems = 0, []
    here, there = _sizes(source), _sizes(target)
    for done, (sha256, what) in enumerate(sorted(wanted.items())):
        if on_progress:
            on_progress(done, len(wanted), what)
        # Put since it was listed, or gone: asked again one by one, for an object store answers slowly.
        if sha256 not in here and not source.has(sha256):
            if sha256 not in there:
                problems.append(Finding("missing", f"{what.capitalize()} is missing and was not copied.", sha256))
            continue
        if here.get(sha256, -1) == there.get(sha256) and (not reread or target.is_whole(sha256)):
            continue
        path = source.verified(sha256)
        if path is None:
            problems.append(Finding("damaged", f"{what.capitalize()} is damaged and was not copied.", sha256))
            continue
        target.put_file(path)
        copied += 1
    if on_progress:
        on_progress(len(wanted), len(wanted), "")
    return copied, tuple(problems)


def _sizes(files: Files) -> dict[str, int]:
    return {one.sha256: one.bytes for one in files.listed()}


def _refuse_as_target(target: Path, studio: Path) -> None:
    if target.resolve().is_relative_to(studio.resolve()) or (target / FILE_NAME).exists():
        raise KnownError(f"{target} is a studio or lies in one; name a folder on another disk for the backup.")


def _choose(source: Path, name: str) -> Manifest:
    found = [manifest for manifest in manifests(source) if not name or manifest.name == name]
    if not found:
        known = ", ".join(manifest.name for manifest in manifests(source)[:KEEP])
        hint = f"; it holds {known}" if known else ""
        raise KnownError(f"{source} holds no backup{f' {name}' if name else ''} of a studio{hint}; check the path.")
    return found[0]


def _head(catalog: Catalog) -> tuple[int, str]:
    with catalog.reading():
        newest = chain.head(catalog)
    return newest["seq"], newest["hash"]


def _catalogue(target: Path, name: str) -> Path:
    return target / CATALOGUES / f"{name}.sqlite"


def _thin_out(target: Path) -> None:
    for manifest in manifests(target)[KEEP:]:
        catalogue = _catalogue(target, manifest.name)
        catalogue.with_suffix(".json").unlink(missing_ok=True)
        catalogue.unlink(missing_ok=True)


def _own_files(studio: Path) -> list[str]:
    found = [path for pattern in OWN_FILES for path in studio.glob(pattern) if path.is_file() and not path.is_symlink()]
    return sorted(path.relative_to(studio).as_posix() for path in found)


def _put_own_file(studio: Path, path: str, data: bytes) -> None:
    target = studio / path
    if not target.resolve().is_relative_to(studio.resolve()):
        raise StudioError(f"The backup names a file outside of the studio ({path}); it was changed by hand.")
    with explained(target):
        make_folder(target.parent)
        if not target.exists():
            write_private(target, data)
