"""A day of real work on small pictures, verb by verb: ingest, run, decide, export, roll back, purge."""

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from pipeline.batch.ingest import scan
from pipeline.model import Action
from pipeline.model import Entry
from pipeline.model import Role
from pipeline.model import State
from pipeline.run.deliver import LEAVING
from pipeline.run.deliver import export
from pipeline.run.line import process_batch
from pipeline.run.rollback import roll_back
from pipeline.run.verifying import verify_package
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.catalog import FILE_NAME
from pipeline.store.retention import Terms
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

BATCH, PLATFORM = "b", "shopify"
PHOTOS, SIDE = 3, 360
TERMS = Terms(lambda _: 10_000.0, 0.0, 0.0)
"""Originals stay; copies for viewing and what belongs to nobody go at once."""


def small_settings() -> Settings:
    """Return settings that take pictures of a few hundred pixels, which changes nothing but the time."""
    settings = load_settings()
    rules = settings.platforms[PLATFORM]
    small = replace(rules, min_longest_side=SIDE // 2, min_side=SIDE // 2, side=SIDE)
    return replace(
        settings,
        ingest=replace(settings.ingest, min_longest_side=100),
        platforms=settings.platforms | {PLATFORM: small},
    )


def take_photos(folder: Path, numbers: range = range(PHOTOS)) -> None:
    """Make a client's folder: a round product on grey, each photo another one by its number."""
    folder.mkdir()
    for number in numbers:
        rgb = np.full((SIDE, SIDE, 3), 205, np.uint8)
        cv2.circle(
            rgb, (SIDE // 2, SIDE // 2), SIDE // 3, (30, (60 + 40 * number) % 200, 150 - number % 99), -1, cv2.LINE_AA
        )
        (folder / f"photo{number}.png").write_bytes(cv2.imencode(".png", rgb)[1].tobytes())
    rows = (f"photo{number}.png,SKU-{number}" for number in numbers)
    (folder / "sheet.csv").write_text("\n".join(("file,sku", *rows)) + "\n", "utf-8")


def ingest(folder: Path, settings: Settings) -> None:
    """Take the photos in, unless they were."""
    with Store(folder / "studio") as store:
        if not store.batches():
            store.add_batch(BATCH, "", scan([folder / "photos"], files=store.files, settings=settings).images)


def run(folder: Path, settings: Settings) -> None:
    """Make every result that is missing."""
    toolbox = open_toolbox(settings, folder / "studio")
    with Store(folder / "studio") as store, ThreadPoolExecutor(2) as executor:
        process_batch(store, BATCH, toolbox, settings, executor, lambda _: None, lambda: False, at_once=2)


def decide(folder: Path, _: Settings) -> None:
    """Approve and sign off whatever does not leave by itself; every decision's id is told in the file `decided`."""
    said = os.open(folder / "decided", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with Store(folder / "studio") as store:
        for entry in store.entries(BATCH):
            while (state := store.entry(entry.record.id).state) not in LEAVING:
                second = state is State.SIGN_OFF
                who, role = ("Sue", Role.SENIOR) if second else ("Ann", Role.EDITOR)
                action = Action.SIGN_OFF if second else Action.APPROVE
                decision = store.decide(entry.record.id, action, person=who, role=role)
                os.write(said, f"{decision.id}\n".encode())
    os.close(said)


def deliver(folder: Path, settings: Settings) -> None:
    """Export what was not delivered, or is called back."""
    with Store(folder / "studio") as store:
        if any(entry.state in LEAVING for entry in store.entries(BATCH)):
            export(store, BATCH, [PLATFORM], folder / "delivery", settings, open_toolbox(settings, folder / "studio"))


def call_back(folder: Path, _: Settings) -> None:
    """Roll the batch back; a second time writes the same files again."""
    with Store(folder / "studio") as store:
        roll_back(store, BATCH, by="Sue", reason="a test")


def purge(folder: Path, _: Settings) -> None:
    """Let everything go that may."""
    with Store(folder / "studio") as store:
        store.purge(TERMS)


Verb = Callable[[Path, Settings], None]

DAY: tuple[tuple[str, Verb], ...] = (
    ("ingest", ingest),
    ("run", run),
    ("decide", decide),
    ("export", deliver),
    ("rollback", call_back),
    ("decide again", decide),
    ("export again", deliver),
    ("purge", purge),
)
"""What happens to a batch in a day; told a second time, each continues where it stopped."""


def lost_or_unverified(folder: Path, settings: Settings) -> list[str]:
    """Return what a kill has cost: originals, acknowledged decisions, a sound studio, verified files in the package."""
    if not (folder / "studio" / FILE_NAME).exists():
        return []
    with Store(folder / "studio") as store:
        found = [finding.sentence for finding in store.check() if not finding.harmless]
        entries = store.entries(BATCH) if store.batches() else []
        found += [f"{each.record.file} is lost" for each in entries if not store.files.is_whole(each.record.sha256)]
        kept = {decision.id for decision in store.all_decisions()}
        said = folder / "decided"
        acknowledged = {int(line) for line in said.read_text().split()} if said.exists() else set()
        found += [f"decision {lost} is lost" for lost in sorted(acknowledged - kept)]
    if (folder / "delivery").exists():
        report = verify_package(folder / "delivery", settings)
        found += [] if report.passed else report.sentences()
    return found


def told(folder: Path) -> dict[str, object]:
    """Return all that a studio and its package say, but for times and numbers of rows: who compares may expect it."""
    with Store(folder / "studio") as store:
        batches = [batch.name for batch in store.batches()]
        images = {entry.record.file: _told_of(store, entry) for name in batches for entry in store.entries(name)}
        rows = store.deliveries(BATCH) if batches else []
        backs = [(back.images, len(back.recalled)) for back in store.rollbacks(BATCH)] if batches else []
    sent = sorted((row.name, row.sha256, row.recalled) for row in rows)
    manifest = folder / "delivery" / "manifest.json"
    packed = json.loads(manifest.read_text())["files"] if manifest.exists() else []
    names = sorted((each["name"], each["sha256"]) for each in packed)
    return {"batches": batches, "images": images, "sent": sent, "rollbacks": backs, "package": names}


def _told_of(store: Store, entry: Entry) -> tuple[object, ...]:
    versions = [
        (each.outcome.result, each.outcome.mask, each.outcome.score) for each in store.versions(entry.record.id)
    ]
    decisions = [(each.action, each.person) for each in store.decisions(entry.record.id)]
    return entry.record.sha256, entry.state, entry.error, versions, decisions
