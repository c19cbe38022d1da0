"""Verify what is finished: single files by their decoded bytes, and whole packages years after they left."""

import hashlib
import io
import stat
import zipfile
from dataclasses import dataclass
from dataclasses import fields
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.framing import resample
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.measure.delivered import verify
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Frame
from pipeline.run.package import PROOF
from pipeline.run.package_reader import UNREADABLE
from pipeline.run.package_reader import Package
from pipeline.run.package_reader import opened_package
from pipeline.run.pictures import read_mask
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.settings import platform_from_table
from pipeline.store.store import Store

MOST_BYTES: Final = 2**31
ABOUT_RULES: Final = ("title", "dated", "source")
"""What is said about the rules and is none."""


@dataclass(frozen=True)
class RuleChange:
    """One rule of a place of sale: what it was when a package left, and what it is now, in words."""

    rule: str
    then: str
    now: str

    def sentence(self) -> str:
        """Say both."""
        return f"{self.rule} was {self.then}, is {self.now}"


@dataclass(frozen=True)
class PackageReport:
    """What became of a package: a report per picture, and a sentence for whatever is not as it was packed.

    `changed`: what the place of sale asks otherwise now than when this left; the package is judged by its own rules.
    """

    path: Path
    platform: str
    files: tuple[DeliveryReport, ...]
    problems: tuple[str, ...]
    changed: tuple[RuleChange, ...] = ()

    @property
    def passed(self) -> bool:
        """Everything is there, unchanged, and keeps the rules it was delivered by."""
        return not self.problems and all(report.passed for report in self.files)

    def document(self) -> dict[str, Any]:
        """Return the report as `verify --json` prints it."""
        return {
            "package": str(self.path),
            "platform": self.platform,
            "passed": self.passed,
            "problems": list(self.problems),
            "rules_changed": [vars(change) for change in self.changed],
            "files": [report.document() for report in self.files],
        }

    def sentences(self) -> list[str]:
        """Return one line per picture that fails or in doubt and per problem, then the sum."""
        bad = [report.sentence() for report in self.files if not report.passed or report.cannot_tell]
        failed = sum(not report.passed for report in self.files)
        said = f"{len(self.files)} pictures verified for {self.platform}, {failed} failed"
        end = f"{self.path}: {said}, {len(self.problems)} files not as they were packed"
        return [*bad, *self.problems, *self._asked(), end]

    def _asked(self) -> list[str]:
        if not self.changed:
            return []
        said = "; ".join(change.sentence() for change in self.changed)
        return [f"{self.path}: it was judged by the rules it left by; those of {self.platform} here differ: {said}"]


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


def verify_package(path: Path, settings: Settings) -> PackageReport:
    """Judge a package by itself: every file as its manifest says, every picture by the rules it was delivered by.

    Needs no studio: the rules stand in the manifest, and where the product is in proof.zip. Raises KnownError where
    it is no package or cannot be read.
    """
    with opened_package(path) as package:
        problems = [*_missing(package), *_strange(package)]
        rules = platform_from_table(package.document.get("rules", {}), f"{path}: rules")
        platform, proof = str(package.document.get("platform", "")), _proof(package)
        reports = []
        for each in package.files:
            if each["name"] not in package.names:
                continue
            data = package.read(each["name"])
            if hashlib.sha256(data).hexdigest() != each["sha256"]:
                problems.append(f"{path}: {each['name']} was changed after it was packed; have it sent again.")
            reports.append(_judged(data, each, rules, platform, settings, proof))
        changed = rule_changes(rules, platform, str(package.document.get("client", "")), settings)
    return PackageReport(path, platform, tuple(reports), tuple(problems), changed)


def rule_changes(then: Platform, platform: str, client: str, settings: Settings) -> tuple[RuleChange, ...]:
    """Return where these rules differ from what the settings say now for that place of sale and client.

    Nothing where the settings do not know the place: it may have been a client's own.
    """
    try:
        now = settings.platform(platform, client)
    except KnownError:
        return ()
    pairs = [(field.name, getattr(then, field.name), getattr(now, field.name)) for field in fields(Platform)]
    return tuple(
        RuleChange(name, _in_words(before), _in_words(after))
        for name, before, after in pairs
        if name not in ABOUT_RULES and before != after
    )


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        value = tuple(f"{key} {one}" for key, one in value.items())
    return ", ".join(map(str, value)) or "nothing" if isinstance(value, tuple) else str(value)


def read_file(path: Path) -> bytes:
    """Return the bytes of a finished file. Raises KnownError where it is none or larger than any delivery."""
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


def _judged(
    data: bytes, each: dict[str, Any], rules: Platform, platform: str, settings: Settings, proof: dict[str, bytes]
) -> DeliveryReport:
    shown = proof.get(f"{each.get('companion_of') or each['name']}.png")
    try:
        mask = None if shown is None else read_mask(shown)
        return verify(data, name=each["name"], platform=platform, settings=settings, mask=mask, rules=rules)
    except (BadImageError, KnownError):
        # A mask that does not fit proves nothing, and that the proof was changed is said elsewhere.
        return verify(data, name=each["name"], platform=platform, settings=settings, rules=rules)


def _missing(package: Package) -> list[str]:
    missing = sorted(set(package.listed) - package.names)
    return [f"{package.path}: {name} is missing; have it sent again." for name in missing]


def _strange(package: Package) -> list[str]:
    strange = sorted(package.names - set(package.listed))
    said = [f"{package.path}: {name} was not packed by Whitepoint; move it away." for name in strange]
    for other in package.document["others"]:
        name = other["name"]
        if name in package.names and hashlib.sha256(package.read(name)).hexdigest() != other["sha256"]:
            said.append(f"{package.path}: {name} was changed after it was packed; have it sent again.")
    return said


def _proof(package: Package) -> dict[str, bytes]:
    """Where the product is in each picture, by the proof's names; empty where it is missing or damaged."""
    if PROOF not in package.names:
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(package.read(PROOF))) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                return {}
            return {name: archive.read(name) for name in archive.namelist()}
    except UNREADABLE:
        return {}
