"""kill -9 at random moments of real work: ingest, run, decide, export, roll back, purge, with small pictures."""

import json
import os
import random
import select
import signal
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from benchmarks.faulting.crashes import child
from pipeline.batch.ingest import scan
from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import State
from pipeline.run.deliver import LEAVING
from pipeline.run.deliver import export
from pipeline.run.line import process_batch
from pipeline.run.rollback import roll_back
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.store.retention import Terms
from pipeline.store.store import Store
from pipeline.tools.toolbox import Toolbox
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


def take_photos(folder: Path) -> None:
    """Make a client's folder: a round product on grey, each photo another one."""
    folder.mkdir()
    for number in range(PHOTOS):
        rgb = np.full((SIDE, SIDE, 3), 205, np.uint8)
        cv2.circle(rgb, (SIDE // 2, SIDE // 2), SIDE // 3, (30, 60 + 40 * number, 150), -1, cv2.LINE_AA)
        (folder / f"photo{number}.png").write_bytes(cv2.imencode(".png", rgb)[1].tobytes())
    rows = (f"photo{number}.png,SKU-{number}" for number in range(PHOTOS))
    (folder / "sheet.csv").write_text("\n".join(("file,sku", *rows)) + "\n", "utf-8")


def sit(folder: Path, settings: Settings) -> None:
    """Do all the work of a day on the photos in `folder`, from where it was left; acknowledge every decision."""
    toolbox = open_toolbox(settings, folder / "studio")
    with Store(folder / "studio") as store:
        if not store.batches():
            store.add_batch(BATCH, "", scan([folder / "photos"], files=store.files, settings=settings).images)
        _run_until_all_is_made(store, toolbox, settings)
        decide_all(store, BATCH, folder / "decided")
        export(store, BATCH, [PLATFORM], folder / "delivery", settings, toolbox)
        if not store.rollbacks(BATCH):
            roll_back(store, BATCH, by="Sue", reason="a test")
            decide_all(store, BATCH, folder / "decided")
            export(store, BATCH, [PLATFORM], folder / "delivery", settings, toolbox)
        store.purge(TERMS)
    (folder / "done").touch()


def _run_until_all_is_made(store: Store, toolbox: Toolbox, settings: Settings) -> None:
    with ThreadPoolExecutor(2) as executor:
        while True:
            process_batch(store, BATCH, toolbox, settings, executor, lambda _: None, lambda: False, at_once=2)
            failed = store.entries(BATCH, state=State.FAILED)
            if not failed:
                return
            for entry in failed:
                store.retry(entry.record.id)  # what three programs died over is given up, until somebody asks


def decide_all(store: Store, batch: str, told: Path) -> None:
    """Approve and sign off whatever does not leave by itself; every decision's id is appended to the file `told`."""
    said = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for entry in store.entries(batch):
        while (state := store.entry(entry.record.id).state) not in LEAVING:
            second = state is State.SIGN_OFF
            who, role = ("Sue", Role.SENIOR) if second else ("Ann", Role.EDITOR)
            action = Action.SIGN_OFF if second else Action.APPROVE
            decision = store.decide(entry.record.id, action, person=who, role=role)
            os.write(said, f"{decision.id}\n".encode())
    os.close(said)


def lost_or_unverified(folder: Path) -> list[str]:
    """Return what a kill has cost: originals, acknowledged decisions, a sound studio, verified files in the package."""
    if not (folder / "studio" / "whitepoint.sqlite").exists():
        return []
    with Store(folder / "studio") as store:
        found = [finding.sentence for finding in store.check() if not finding.harmless]
        entries = store.entries(BATCH) if store.batches() else []
        found += [f"{each.record.file} is lost" for each in entries if not store.files.is_whole(each.record.sha256)]
        kept = {decision.id for decision in store.all_decisions()}
        said = folder / "decided"
        acknowledged = {int(line) for line in said.read_text().split()} if said.exists() else set()
        found += [f"decision {lost} is lost" for lost in sorted(acknowledged - kept)]
        sent = {delivery.sha256 for delivery in store.deliveries(BATCH)} if entries else set()
        for named in _package(folder / "delivery"):
            if (
                named["sha256"] not in sent
                or store.files.sha256(folder / "delivery" / named["name"]) != named["sha256"]
            ):
                found.append(f"{named['name']} is in the package and was never verified")
    return found


def _package(folder: Path) -> list[dict]:
    manifest = folder / "manifest.json"
    return json.loads(manifest.read_text())["files"] if manifest.exists() else []


def killed_at_random(folder: Path, kills: int, seed: int) -> dict[str, float]:
    """Kill the work `kills` times, each a moment later or earlier; return kills, losses and finished days."""
    chance, settings = random.Random(seed), small_settings()
    place = _new_day(folder, 0)
    begun = time.perf_counter()
    if child(lambda: sit(place, settings)):
        raise RuntimeError("An undisturbed day failed.")
    whole = time.perf_counter() - begun
    killed, losses, days = 0, list(lost_or_unverified(place)), 1
    place = _new_day(folder, days)
    while killed < kills:
        if _sit_until(place, settings, chance.uniform(0.0, 0.6) * whole):
            killed += 1
        losses += lost_or_unverified(place)
        if (place / "done").exists():
            days += 1
            place = _new_day(folder, days)
    while not (place / "done").exists():
        _sit_until(place, settings, 60.0)
    losses += lost_or_unverified(place)
    return {"kills": killed, "kill_losses": len(losses), "kill_days_finished": days}


def _new_day(folder: Path, number: int) -> Path:
    place = folder / f"day{number}"
    place.mkdir()
    take_photos(place / "photos")
    return place


def _sit_until(place: Path, settings: Settings, seconds: float) -> bool:
    """Work in a child for so long; return whether it had to be killed."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            sit(place, settings)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    ending = os.pidfd_open(pid)
    try:
        ended, _, _ = select.select([ending], [], [], seconds)
    finally:
        os.close(ending)
    if ended:
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            raise RuntimeError(f"The work in {place} failed.")
        return False
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True
