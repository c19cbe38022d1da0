"""A finished file as the window shows it: the bytes that were judged, and the image they were made from."""

import hashlib
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from pipeline.mask import zones
from pipeline.measure.delivered import halo_radius
from pipeline.measure.delivered import verify
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.measure.whiteness import read_whiteness
from pipeline.model import Entry
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Frame
from pipeline.model import Gate
from pipeline.model import Reading
from pipeline.photo_io.delivered import read_delivered
from pipeline.run.verifying import known_mask
from pipeline.run.verifying import read_file
from pipeline.settings import Settings
from pipeline.store.records import Delivery
from pipeline.store.store import Store

WHITE_GATES = {
    "exact_white": "every background pixel beyond the product's edge is 255",
    "border": "every pixel of the outermost rows and columns is 255",
    "halo": "what the codec left around the product stays above 250",
}


@dataclass(frozen=True, eq=False)
class Judged:
    """One file and what was found in its decoded bytes.

    Attributes:
        platform: by whose rules; data: the bytes that were judged, sha256: theirs.
        entry: the image as this file shows it, None for a file that did not leave this studio.
        radius: how many pixels around the product the codec may stray from white.
    """

    path: Path
    platform: str
    report: DeliveryReport
    sha256: str
    data: bytes
    entry: Entry | None = None
    radius: int = 0


def judge_file(path: Path, *, platform: str, settings: Settings, store: Store) -> Judged:
    """Judge a file on the disk by its decoded bytes, for `platform`.

    With "" it is the platform a known file was delivered to; for others the one that its folder is named after, else
    the settings' own. A known file is judged with the mask it was made from. Raises KnownError where it cannot be read.
    """
    data = read_file(path)
    digest = hashlib.sha256(data).hexdigest()
    rows = [row for row in store.deliveries_of(digest) if platform in ("", row.platform)]
    known = rows[-1] if rows else None
    rules = platform or (known.platform if known else _guessed(path, settings))
    mask = known_mask(data, store)
    report = verify(data, name=path.name, platform=rules, settings=settings, mask=mask)
    if known is None or mask is None or not report.format:
        return Judged(path, rules, report, digest, data)
    delivered = read_delivered(data)
    radius = halo_radius(delivered, masked=True)
    whiteness = read_whiteness(delivered.rgb, zones(mask, radius), tolerance=settings.scoring.background_tolerance)
    entry = _as_delivered(store, known, report, Evidence(whiteness.boxes), settings)
    return Judged(path, rules, report, digest, data, entry, radius)


def _guessed(path: Path, settings: Settings) -> str:
    folder = path.parent.name
    return folder if folder in settings.platforms else settings.scoring.platform


def _as_delivered(store: Store, row: Delivery, report: DeliveryReport, seen: Evidence, settings: Settings) -> Entry:
    """Return the image with this file in the place of its result, and what was found in it as gates and readings.

    `seen` is where background or border are not exactly white.
    """
    entry, version = store.entry(row.image), store.version(row.version)
    frame = Frame(tuple(row.report["frame"]["matrix"]), tuple(row.report["frame"]["size"]))
    outcome = replace(
        version.outcome,
        frame=frame,
        result=row.sha256,
        tiles=None,
        thumbnail=None,
        score=None,
        gates=tuple(_gates(report, seen, settings)),
        flags=tuple(Flag(doubt.gate, 1.0, doubt.detail) for doubt in (*report.warnings, *report.cannot_tell)),
        readings=_readings(report, seen),
    )
    return replace(entry, version=replace(version, outcome=outcome))


def _gates(report: DeliveryReport, seen: Evidence, settings: Settings) -> Iterator[Gate]:
    white = settings.platform(report.platform).background == "pure_white"
    for failure in report.failures:
        yield Gate(failure.gate, False, failure.detail, seen if failure.gate in WHITE_GATES else Evidence())
    broken = {failure.gate for failure in report.failures}
    for name, words in WHITE_GATES.items() if white else ():
        if name not in broken:
            yield Gate(name, True, words)
    if not broken & {"format", "bytes", "resolution", "icc", "name"}:
        width, height = report.size
        yield Gate("format", True, f"{report.format}, {width} × {height} px, {report.bytes:,} bytes")


def _readings(report: DeliveryReport, seen: Evidence) -> tuple[Reading, ...]:
    field, border = report.zones["field"], report.zones["border"]
    return (
        Reading("off_white_field", float(field.off_white), "px", evidence=seen),
        Reading("off_white_border", float(border.off_white), "px"),
        *((Reading("fill", report.fill, "share"),) if report.fill is not None else ()),
    )


def delivered_here(paths: Sequence[Path], store: Store) -> bool:
    """Say whether every one of these files is, byte for byte, a delivery of this studio; False for none at all."""
    digests = (hashlib.sha256(read_file(path)).hexdigest() for path in paths)
    return bool(paths) and all(store.deliveries_of(digest) for digest in digests)
