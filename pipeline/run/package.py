"""A delivery package: files of one batch for one client and platform, with a manifest that proves them years later.

Beside the pictures lie manifest.json (everything), manifest.csv (for people), contact-sheet.html and .pdf, and
proof.zip: where in each picture the product is, so that exact white can be verified without the studio. The same
pictures, versions and decisions give the same bytes: nothing in a package says when it was packed.
"""

import base64
import dataclasses
import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.photo_io.archive import add_to_zip
from pipeline.photo_io.archive import zip_folder
from pipeline.photo_io.contact_sheet import Cell
from pipeline.photo_io.contact_sheet import contact_pdf
from pipeline.run.pages import page
from pipeline.run.spreadsheet import csv_table
from pipeline.settings import Platform

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
TABLE: Final = "manifest.csv"
PROOF: Final = "proof.zip"
SHEETS: Final = ("contact-sheet.html", "contact-sheet.pdf")
COLUMNS: Final = (
    *("file", "platform", "sku", "asin", "gtin", "variant", "width", "height", "bytes", "sha256"),
    *("original", "version", "score", "decided_by", "decided_at", "warnings", "notes"),
)


@dataclass(frozen=True)
class Title:
    """Which package this is, and by which rules it was verified."""

    batch: str
    client: str
    platform: str
    rules: Platform
    settings: str

    def words(self) -> str:
        """Return one line for a person."""
        return " · ".join(word for word in (self.batch, self.client, self.rules.title) if word)


@dataclass(frozen=True, eq=False)
class Packed:
    """One file of a package and everything that is known of it.

    Attributes:
        thumbnail: a small sRGB JPEG of what it shows.
        proof: where the product is, as `pipeline.run.pictures.encode_proof` keeps it.
        source_type: IPTC's name for how the picture was made.
        beside: the name of the file whose companion this is, "" for a picture of its own.
    """

    name: str
    sha256: str
    bytes: int
    entry: Entry
    decisions: tuple[Decision, ...]
    variant: str
    report: DeliveryReport
    thumbnail: bytes
    proof: bytes
    source_type: str
    notes: tuple[str, ...] = ()
    beside: str = ""


def finish_package(folder: Path, title: Title, files: Sequence[Packed], audit: tuple[int, str]) -> None:
    """Write everything that lies beside the pictures, which are in `folder` already; the manifest comes last.

    `audit` is number and hash of the event of the audit trail that the newest of the versions and decisions made.
    """
    _write_proof(folder / PROOF, files)
    (folder / TABLE).write_bytes(_table(title, files))
    cells = [Cell(each.name, _caption(each), each.thumbnail) for each in files if not each.beside]
    (folder / SHEETS[0]).write_bytes(_contact_page(title.words(), cells))
    (folder / SHEETS[1]).write_bytes(contact_pdf(title.words(), cells))
    others = [_other(folder / name) for name in (TABLE, *SHEETS, PROOF)]
    document = _head(title, audit) | {"files": [_document(each) for each in files], "others": others}
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=False)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")


def pack_folder(folder: Path, target: Path) -> None:
    """Write a finished package as a ZIP, pictures first."""
    document = json.loads((folder / MANIFEST).read_text("utf-8"))
    names = [each["name"] for part in ("files", "others") for each in document[part]]
    zip_folder(folder, target, [*names, MANIFEST])


def _contact_page(title: str, cells: Sequence[Cell]) -> bytes:
    """A page with the pictures inside it; it loads nothing."""
    shown = [
        {"name": cell.name, "lines": cell.lines, "picture": base64.b64encode(cell.thumbnail).decode()} for cell in cells
    ]
    return page("contact-sheet.html", title=title, cells=shown)


def _write_proof(path: Path, files: Sequence[Packed]) -> None:
    with zipfile.ZipFile(path, "x") as archive:
        for each in files:
            if not each.beside:
                add_to_zip(archive, f"{each.name}.png", each.proof)


def _head(title: Title, audit: tuple[int, str]) -> dict[str, Any]:
    return {
        "package": FORMAT,
        "made_by": f"whitepoint {version('whitepoint')}",
        "batch": title.batch,
        "client": title.client,
        "platform": title.platform,
        "rules": dataclasses.asdict(title.rules),
        "settings": title.settings,
        "audit": {"event": audit[0], "hash": audit[1]},
    }


def _document(each: Packed) -> dict[str, Any]:
    record, outcome = each.entry.record, each.entry.version.outcome if each.entry.version else None
    return {
        "name": each.name,
        "sha256": each.sha256,
        "bytes": each.bytes,
        "format": each.report.format,
        "size": list(each.report.size),
        "companion_of": each.beside or None,
        "image": {name: getattr(record, name) for name in ("id", "file", "sha256", "sku", "asin", "gtin", "category")},
        "variant": each.variant,
        "version": each.entry.version.id if each.entry.version else None,
        "made_at": _time(each.entry.version.created_at) if each.entry.version else None,
        "engine": outcome.engine if outcome else "",
        "settings": outcome.settings if outcome else "",
        "score": outcome.score.total if outcome and outcome.score else None,
        "gates": [_gate(gate) for gate in outcome.gates] if outcome else [],
        "decisions": [_decision(decision) for decision in each.decisions],
        "digital_source_type": each.source_type,
        "fill": each.report.document()["fill"],
        "zones": each.report.document()["zones"],
        "warnings": [warning.detail for warning in each.report.warnings],
        "notes": list(each.notes),
    }


def _gate(gate: Any) -> dict[str, Any]:
    return {"name": gate.name, "passed": gate.passed, "detail": gate.detail}


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "action": decision.action.value,
        "person": decision.person,
        "role": decision.role.value,
        "reason": decision.reason,
        "note": decision.note,
        "at": _time(decision.at),
    }


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).isoformat()


def _other(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"name": path.name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _caption(each: Packed) -> tuple[str, ...]:
    record, (width, height) = each.entry.record, each.report.size
    return (record.file, f"{each.report.format} {width} × {height}, {each.bytes:,} bytes", each.variant)


def _table(title: Title, files: Sequence[Packed]) -> bytes:
    return csv_table(COLUMNS, (_row(title, each) for each in files))


def _row(title: Title, each: Packed) -> tuple[object, ...]:
    record, (width, height) = each.entry.record, each.report.size
    document, last = _document(each), each.decisions[-1] if each.decisions else None
    who = (last.person, _time(last.at)) if last else ("", "")
    said = ("; ".join(document["warnings"]), "; ".join(each.notes))
    about = (record.sku, record.asin, record.gtin, each.variant, width, height, each.bytes, each.sha256)
    score = "" if document["score"] is None else document["score"]
    return (each.name, title.platform, *about, record.file, document["version"], score, *who, *said)
