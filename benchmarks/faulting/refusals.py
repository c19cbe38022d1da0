"""Exports onto disks that are full, read-only or gone: one sentence, nothing recorded, and all well when they are."""

import shutil
import sys
from pathlib import Path

from benchmarks.faulting.crashes import child
from benchmarks.faulting.disks import REMOUNT
from benchmarks.faulting.disks import may_mount
from benchmarks.faulting.disks import mount_apart
from benchmarks.faulting.disks import mount_tiny_disk
from benchmarks.faulting.sittings import BATCH
from benchmarks.faulting.sittings import DAY
from benchmarks.faulting.sittings import PLATFORM
from benchmarks.faulting.sittings import small_settings
from benchmarks.faulting.sittings import take_photos
from pipeline.errors import KnownError
from pipeline.run.deliver import export
from pipeline.run.verifying import verify_package
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.tools.toolbox import open_toolbox

READ_ONLY = 1
ENOUGH_KIBIBYTES = 8192
FIRST_KIBIBYTES = 8


def export_onto_bad_disks(folder: Path, sizes: int) -> dict[str, float]:
    """Export onto `sizes` disks too small for the package, a read-only one and a folder that is gone; return wrongs.

    Each time the disk is well again after that, and the same export must give a package that verifies.
    """
    if not may_mount():
        return {}
    settings, day = small_settings(), folder / "day"
    day.mkdir()
    take_photos(day / "photos")
    for name, verb in DAY[:3]:
        if child(lambda verb=verb: verb(day, settings)):
            raise RuntimeError(f"An undisturbed {name} failed.")
    needed = folder / "needed"
    troubles = ["whole", *(f"full {at + 1}" for at in range(sizes)), "read-only", "gone"]
    ends = [_tried(folder / trouble.replace(" ", "-"), day, trouble, sizes, needed, settings) for trouble in troubles]
    return {"export_refusals": len(ends) - 1, "export_wrong": sum(end != "well" for end in ends)}


def _tried(place: Path, day: Path, trouble: str, sizes: int, needed: Path, settings: Settings) -> str:
    shutil.copytree(day, place)
    (place / "disk").mkdir()
    answer = place / "answer"

    def work() -> None:
        mount_apart()
        if trouble.startswith("full"):
            step = (int(needed.read_text()) - FIRST_KIBIBYTES) / sizes
            mount_tiny_disk(place / "disk", FIRST_KIBIBYTES + round(step * (int(trouble.split()[1]) - 1)))
        elif trouble == "read-only":
            mount_tiny_disk(place / "disk", ENOUGH_KIBIBYTES)
            mount_tiny_disk(place / "disk", ENOUGH_KIBIBYTES, REMOUNT | READ_ONLY)
        elif trouble == "whole":
            mount_tiny_disk(place / "disk", ENOUGH_KIBIBYTES)
        wrong = [] if trouble == "whole" else _refused(place, settings, trouble == "gone")
        if trouble == "gone":
            (place / "disk").mkdir(exist_ok=True)
        elif trouble != "whole":
            mount_tiny_disk(place / "disk", ENOUGH_KIBIBYTES, REMOUNT)
        wrong += _delivered(place, settings)
        if trouble == "whole":
            used = sum(-(-path.stat().st_size // 4096) * 4 for path in (place / "disk").rglob("*") if path.is_file())
            needed.write_text(str(used))
        answer.write_text("; ".join(wrong) or "well")

    end = answer.read_text() if child(work) == 0 else "the export was an accident"
    if end != "well":
        print(f"{trouble}: {end}", file=sys.stderr)
    return end


def _refused(place: Path, settings: Settings, vanishes: bool) -> list[str]:
    """Return what is wrong about an export that cannot succeed; where it `vanishes`, the disk goes while it runs."""

    def on_progress(*_: object) -> None:
        if vanishes:
            shutil.rmtree(place / "disk", ignore_errors=True)

    target, toolbox = place / "disk" / "to", open_toolbox(settings, place / "studio")
    with Store(place / "studio") as store:
        try:
            report = export(store, BATCH, [PLATFORM], target, settings, toolbox, on_progress)
        except KnownError as error:
            sentence = str(error)
        else:
            sentence = report.missed[0].reason if report.missed else ""
        wrong = [finding.sentence for finding in store.check() if not finding.harmless]
        if not sentence or "\n" in sentence or "cannot be written" not in sentence:
            wrong.append(f"the sentence is “{sentence}”")
        if not (target / "manifest.json").exists() and store.deliveries(BATCH):
            wrong.append("deliveries are recorded and no package is there")
    return wrong


def _delivered(place: Path, settings: Settings) -> list[str]:
    """Return what is wrong about an export onto a disk that is well."""
    target = place / "disk" / "to"
    with Store(place / "studio") as store:
        report = export(store, BATCH, [PLATFORM], target, settings, open_toolbox(settings, place / "studio"))
        wrong = [finding.sentence for finding in store.check() if not finding.harmless]
    verified = verify_package(target, settings)
    left = [path.name for path in (place / "disk").iterdir() if path.name != "to"]
    return (
        wrong + [missed.reason for missed in report.missed] + ([] if verified.passed else verified.sentences()) + left
    )
