"""The provenance of a batch as one page: what made every result, what was measured, who decided, what left."""

import base64
from collections import Counter
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Any
from typing import Final

from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Version
from pipeline.run.pages import page
from pipeline.run.plots import histogram
from pipeline.store.files import Files
from pipeline.store.records import Delivery
from pipeline.store.store import Store

PARTS: Final = ("background", "edge_quality", "product_fill", "color_accuracy")


def provenance_page(store: Store, batch: str) -> bytes:
    """Return the page as UTF-8; it loads nothing, and everything that comes from outside is escaped.

    Raises NotFoundError.
    """
    entries, deliveries = store.entries(batch), store.deliveries(batch)
    images = [_image(store, entry, deliveries) for entry in entries]
    outcomes = [entry.version.outcome for entry in entries if entry.version]
    event, digest = store.head()
    return page(
        "report.html",
        batch=batch,
        images=images,
        facts=_facts(entries, outcomes, deliveries),
        plots=_plots(outcomes, [decision for image in images for decision in image["seconds"]]),
        makers=_makers(outcomes),
        event=event,
        digest=digest,
    )


def _facts(entries: Sequence[Entry], outcomes: Sequence[Outcome], deliveries: Sequence[Delivery]) -> list[tuple]:
    states = Counter(entry.state for entry in entries)
    seconds = sum(outcome.seconds for outcome in outcomes)
    return [
        ("Images", len(entries)),
        *((state.value.replace("_", " ").capitalize(), states[state]) for state in State if states[state]),
        ("Files delivered", len(deliveries)),
        ("Processing", f"{seconds:.0f} s, {seconds / max(1, len(outcomes)):.2f} s an image"),
    ]


def _plots(outcomes: Sequence[Outcome], seconds: Sequence[float]) -> list[Any]:
    totals = [outcome.score.total for outcome in outcomes if outcome.score]
    parts = [
        histogram(
            [value for outcome in outcomes if outcome.score and (value := getattr(outcome.score, part)) is not None],
            title=part.replace("_", " ").capitalize(),
            unit="points of 25",
            low=0,
            high=25,
        )
        for part in PARTS
    ]
    return [
        histogram(totals, title="Score", unit="points of 100", low=0, high=100),
        *parts,
        histogram([outcome.seconds for outcome in outcomes], title="Processing", unit="s", low=0),
        histogram(seconds, title="Time to decide", unit="s", low=0),
    ]


def _makers(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Each combination of engine, weights, settings and libraries that made results, the most frequent first."""
    made = Counter(
        (outcome.engine, *_engine(outcome), outcome.provider, outcome.settings, outcome.libraries)
        for outcome in outcomes
    )
    names = ("engine", "version", "weights", "provider", "settings", "libraries")
    return [dict(zip(names, key, strict=True)) | {"images": count} for key, count in made.most_common()]


def _engine(outcome: Outcome) -> tuple[str, str]:
    steps = [step for step in outcome.steps if step.stage == "cut_out"]
    return (steps[-1].version, steps[-1].weights or "") if steps else ("", "")


def _image(store: Store, entry: Entry, deliveries: Sequence[Delivery]) -> dict[str, Any]:
    versions, decisions = store.versions(entry.record.id), store.decisions(entry.record.id)
    outcome = entry.version.outcome if entry.version else None
    return {
        "record": entry.record,
        "state": entry.state.value.replace("_", " "),
        "error": entry.error or "",
        "pictures": [
            picture
            for name in ("original_thumbnail", "thumbnail")
            if (picture := _picture(store.files, getattr(outcome, name) if outcome else None))
        ],
        "outcome": outcome,
        "parts": [(part.replace("_", " "), getattr(outcome.score, part)) for part in PARTS]
        if outcome and outcome.score
        else [],
        "versions": [_version(version) for version in versions],
        "decisions": [_decision(decision) for decision in decisions],
        "seconds": [decision.seconds for decision in decisions if decision.seconds > 0],
        "deliveries": [(row, _time(row.created_at)) for row in deliveries if row.image == entry.record.id],
    }


def _version(version: Version) -> dict[str, Any]:
    return {"id": version.id, "actor": version.actor, "at": _time(version.created_at), "outcome": version.outcome}


def _decision(decision: Decision) -> dict[str, Any]:
    words = (decision.action.value.replace("_", " "), decision.person, decision.role.value)
    return {"words": words, "reason": decision.reason, "note": decision.note, "at": _time(decision.at)}


def _picture(files: Files, sha256: str | None) -> str:
    if sha256 is None or not files.has(sha256):
        return ""
    return base64.b64encode(files.read(sha256)).decode()


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
