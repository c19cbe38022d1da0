"""Verbs that look and change nothing: status, show, extract, settings."""

import dataclasses
import json
from enum import Enum
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from pipeline.cli.desk import Desk
from pipeline.cli.desk import console
from pipeline.cli.desk import print_json
from pipeline.errors import NotFoundError
from pipeline.model import Entry
from pipeline.model import QcScore
from pipeline.model import Version
from pipeline.run.extract import PARTS
from pipeline.run.extract import extract_part
from pipeline.run.rerun import rerun as rerun_version
from pipeline.store.files import Files

PART_NAMES = ("background", "edge_quality", "product_fill", "color_accuracy")


@click.command()
@click.argument("batch", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of the table.")
@click.pass_obj
def status(desk: Desk, batch: str | None, as_json: bool) -> None:
    """Show every image of BATCH (the newest without a name): class, route, score, gates, state."""
    found = desk.store.batch(batch)
    entries = desk.store.entries(found.name)
    if as_json:
        print_json({"batch": found.name, "images": [image_document(entry) for entry in entries]})
    else:
        console().print(status_table(found.name, entries))


@click.command()
@click.argument("image")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def show(desk: Desk, image: str, as_json: bool) -> None:
    """Show the versions, steps, readings, gates and decisions of IMAGE (its number or file name)."""
    entry = desk.store.find(image)
    document = image_document(entry) | {
        "record": plain(entry.record),
        "versions": [version_document(version, desk.store.files) for version in desk.store.versions(entry.record.id)],
        "decisions": [plain(decision) for decision in desk.store.decisions(entry.record.id)],
        "corrected_names": [plain(change) for change in desk.store.name_changes(entry.record.id)],
    }
    if as_json:
        print_json(document)
    else:
        console().print_json(data=document)


@click.command()
@click.argument("image")
@click.option("--version", "version_id", type=int, help="Another than the current version.")
@click.option("--part", type=click.Choice(PARTS), required=True)
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.pass_obj
def extract(desk: Desk, image: str, version_id: int | None, part: str, target: Path) -> None:
    """Write one part of IMAGE to a file (mask: 8-bit grey PNG; master, result: 16-bit TIFF)."""
    desk.check_outside(target)
    entry = desk.store.find(image)
    version = desk.store.version(version_id) if version_id else entry.version
    extract_part(entry.record, version, part, target, files=desk.store.files, settings=desk.settings)
    click.echo(str(target))


@click.command()
@click.argument("image")
@click.option("--version", "version_id", type=int, help="Another than the current version.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def rerun(context: click.Context, image: str, version_id: int | None, as_json: bool) -> None:
    """Run a version of IMAGE again from its record; exit status 1 when another mask comes out."""
    desk: Desk = context.obj
    entry = desk.store.find(image)
    version = desk.store.version(version_id) if version_id else entry.version
    if version is None or version.image != entry.record.id:
        raise NotFoundError(f"{entry.record.file} has no such version; see `whitepoint show`.")
    came = rerun_version(entry.record, version, desk.store.files, desk.folder)
    if as_json:
        print_json(plain(came) | {"same": came.same})
    else:
        click.echo(came.sentence())
    context.exit(0 if came.same else 1)


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def settings(desk: Desk, as_json: bool) -> None:
    """Print the effective settings, where they come from and their fingerprint."""
    document = plain(desk.settings) | {"fingerprint": desk.settings.fingerprint}
    if as_json:
        print_json(document)
    else:
        console().print_json(data=document)


def version_document(version: Version, files: Files) -> dict[str, Any]:
    """Return one version of `show --json`: the record, and where it comes from with all its settings."""
    outcome = version.outcome
    engine = next((step for step in reversed(outcome.steps) if step.stage == "cut_out"), None)
    stored = outcome.recipe and files.has(outcome.recipe)
    return plain(version) | {
        "provenance": {
            "engine": outcome.engine,
            "engine_version": engine.version if engine else None,
            "weights": engine.weights if engine else None,
            "provider": outcome.provider or None,
            "libraries": dict(text.rsplit(" ", 1) for text in outcome.libraries),
            "fingerprint": outcome.settings,
            "settings": json.loads(files.read(outcome.recipe)) if stored else None,
            "seconds": outcome.seconds,
            "original": outcome.original or None,
            "parent": version.parent,
        }
    }


def plain(value: Any) -> Any:
    """Return `value` (records, enums, tuples, numbers) as JSON material."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def image_document(entry: Entry) -> dict[str, Any]:
    """Return one image of `status --json`, as the command's contract has it."""
    outcome = entry.version.outcome if entry.version else None
    routing = outcome.routing if outcome else None
    return {
        "id": entry.record.id,
        "file": entry.record.file,
        "sku": entry.record.sku,
        "category": entry.record.category,
        "tags": list(entry.record.tags),
        "shoot_group": entry.record.shoot_group,
        "complexity": routing.complexity.value if routing else None,
        "route": routing.route.value if routing else None,
        "state": entry.state.value,
        "queue": entry.queue.value if entry.queue else None,
        "score": _score_document(outcome.score) if outcome and outcome.score else None,
        "verdict": outcome.score.verdict.value if outcome and outcome.score else None,
        "gates": [_some(gate, "name", "passed", "detail") for gate in outcome.gates] if outcome else [],
        "flags": [_some(flag, "name", "probability", "detail") for flag in outcome.flags] if outcome else [],
        "engine": outcome.engine if outcome else None,
        "seconds": round(outcome.seconds, 3) if outcome else None,
        "error": entry.error,
    }


def _score_document(score: QcScore) -> dict[str, float | None]:
    return {"total": score.total} | {name: getattr(score, name) for name in PART_NAMES}


def _some(record: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def status_table(batch: str, entries: list[Entry]) -> Table:
    """Return the table of `run` and `status`: one row an image."""
    # Names are Text, so that [brackets] in them are no markup.
    table = Table(title=Text(f"Batch {batch}"), title_justify="left", header_style="bold")
    for heading in ("image", "category", "complexity", "route"):
        table.add_column(heading, overflow="fold")
    for heading in ("backgr.", "edges", "fill", "colour", "total"):
        table.add_column(heading, justify="right")
    table.add_column("gates", overflow="fold")
    table.add_column("verdict")
    table.add_column("state")
    for entry in entries:
        table.add_row(*map(Text, _cells(entry)))
    return table


def _cells(entry: Entry) -> list[str]:
    outcome = entry.version.outcome if entry.version else None
    if outcome is None:
        return [entry.record.file, entry.record.category, *[""] * 7, entry.error or "", "", entry.state.value]
    routing, score = outcome.routing, outcome.score
    parts = [getattr(score, name) if score else None for name in (*PART_NAMES, "total")]
    failed = [gate.name for gate in outcome.gates if not gate.passed]
    return [
        entry.record.file,
        entry.record.category,
        routing.complexity.value if routing else "",
        routing.route.value if routing else "",
        *("–" if part is None else f"{part:.1f}" for part in parts),
        ", ".join(failed) + " failed" if failed else "all passed",
        score.verdict.value if score else "",
        entry.state.value,
    ]
