"""Faults on purpose: what a crash, a full disk, a power cut, rot, a stranger's file or a crowd costs a studio: nothing.

`--quick` asks the same of fewer moments, sizes, files and rows; `--full` of as many as reliability asks for, for an
hour. Disks of a set size need Linux's root, power cuts a C compiler; where they are missing their figures are.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faulting import planted
from benchmarks.faulting import power
from benchmarks.faulting.beside import verbs_beside_a_run
from benchmarks.faulting.claiming import claim_together
from benchmarks.faulting.crashes import child
from benchmarks.faulting.crashes import crash_and_resume
from benchmarks.faulting.crashes import moments
from benchmarks.faulting.crashes import notices
from benchmarks.faulting.crashes import resumed
from benchmarks.faulting.disks import TROUBLES
from benchmarks.faulting.disks import fill_up_then_grow
from benchmarks.faulting.disks import may_mount
from benchmarks.faulting.disks import say_no_then_yes
from benchmarks.faulting.kills import killed_at_random
from benchmarks.faulting.refusals import export_onto_bad_disks
from benchmarks.faulting.strangers import mutate_and_read
from benchmarks.faulting.studios import many_rows
from benchmarks.faulting.studios import purge_beside_ingest
from benchmarks.faulting.studios import rot
from benchmarks.faulting.studios import upgrade_and_rebuild
from benchmarks.report import Goal
from benchmarks.report import finish

SEED = 9
NONE: Goal = ("<=", 0)

GOALS: dict[str, Goal] = {
    **dict.fromkeys(
        (
            "crash_wrong",
            "kill_losses",
            "kill_ends_unlike",
            "export_wrong",
            "disk_wrong",
            "power_lost",
            "rot_unnamed",
            "rot_unmended",
        ),
        NONE,
    ),
    **dict.fromkeys(
        ("beside_wrong", "race_lost", "claims_doubles", "claims_missed", "zombies_recorded", "upgrade_wrong"), NONE
    ),
    **dict.fromkeys(
        ("rebuild_differs", "mutated_bugs", "mutated_out_of_time", "mutated_neighbours_harmed", "planted_missed"), NONE
    ),
    "mutated_slowest_seconds": ("<=", 10.0),
    "mutated_longest_answer_seconds": ("<=", 10.0),
    "claim_p99_milliseconds": ("<=", 20.0),
    "window_query_milliseconds": ("<=", 50.0),
}


@dataclass(frozen=True)
class Amount:
    """How much of everything is tried; `every` n-th point of a crash or a refusing disk."""

    every: int
    kills: int
    sizes: tuple[int, int, int]
    cuts: int
    files: int
    claims: tuple[int, int]
    rot: tuple[int, int]
    race: int
    rows: int
    beside: int
    zombies: int
    olds: int
    exports: int


USUAL = Amount(3, 40, (40, 1140, 22), 100, 300, (4_000, 100_000), (400, 40), 500, 200_000, 24, 20, 500, 8)
QUICK = Amount(24, 3, (60, 1100, 200), 20, 12, (300, 4_000), (60, 6), 60, 15_000, 2, 4, 40, 2)
FULL = Amount(
    1, 200, (40, 2040, 4), 1_000, 1_000, (20_000, 100_000), (10_000, 1_000), 5_000, 1_000_000, 300, 200, 5_000, 25
)


def main() -> int:
    """Try everything and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer of everything, the same figures")
    parser.add_argument("--full", action="store_true", help="as many as reliability asks for; about an hour")
    parser.add_argument("--only", help="one part by name")
    options = parser.parse_args()
    amount = FULL if options.full else QUICK if options.quick else USUAL
    figures: dict[str, float] = {}
    for name, part in PARTS.items():
        if options.only in (None, name):
            figures |= _apart(name, part, amount)
    goals = {name: goal for name, goal in GOALS.items() if options.only is None or name in figures}
    return finish("faults", figures, goals)


def _apart(name: str, part: Callable[[Path, Amount], dict[str, float]], amount: Amount) -> dict[str, float]:
    memory_disk = Path("/dev/shm")
    place = None if name == "claims" or not memory_disk.is_dir() else memory_disk
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="whitepoint-", dir=place, ignore_cleanup_errors=True) as folder:
        figures = part(Path(folder), amount)
    print(f"{name} ({time.perf_counter() - begun:.0f} s): {figures}", file=sys.stderr)
    return figures


def _crashes(folder: Path, amount: Amount) -> dict[str, float]:
    found = moments(folder)
    killed = range(1, len(found) + 1, amount.every)
    wrong = sum(bool(resumed(studio)) for studio in found) + sum(bool(crash_and_resume(folder, at)) for at in killed)
    return {"crash_points": len(found), "crash_killed": len(killed), "crash_wrong": wrong}


def _planted(folder: Path, amount: Amount) -> dict[str, float]:
    """Every bug must be noticed by the fault that is there to notice it."""
    noticed = {bug: notices(folder / str(number), plant) for number, (bug, plant) in enumerate(planted.CRASHES.items())}
    for bug in planted.POWER_CUTS if power.available() else ():
        place = folder / bug.replace(" ", "-")
        place.mkdir()
        noticed[bug] = _lost_power(place, bug, 50) > 0
    noticed |= {bug: _zombie_with(folder, plant) for bug, plant in planted.ZOMBIES.items()}
    return {"planted_bugs": len(noticed), "planted_missed": sum(not seen for seen in noticed.values())}


def _zombie_with(folder: Path, plant: Callable[[], None]) -> bool:
    answer = folder / "zombie"

    def work() -> None:
        plant()
        answer.write_text(str(planted.a_zombie_records(folder / "unfenced")))

    return child(work) == 0 and answer.read_text() == "True"


def _zombies(folder: Path, amount: Amount) -> dict[str, float]:
    recorded = [planted.a_zombie_records(folder / str(number)) for number in range(amount.zombies)]
    return {"zombies": amount.zombies, "zombies_recorded": sum(recorded)}


def _disks(folder: Path, amount: Amount) -> dict[str, float]:
    answers = []
    for trouble in TROUBLES:
        at = 1
        while (answer := say_no_then_yes(folder / f"{trouble}{at}", trouble, at)) != "untouched":
            answers.append(answer)
            at += amount.every
    sizes = range(*amount.sizes) if may_mount() else ()
    ends = [fill_up_then_grow(folder, size) for size in sizes]
    wrong = [answer for answer in answers if answer] + [end for end in ends if end not in ("filled", "fitted")]
    return {"disk_refusals": len(answers), "disk_sizes": len(ends), "disk_wrong": len(wrong)}


def _power(folder: Path, amount: Amount) -> dict[str, float]:
    if not power.available():
        return {}
    return {"power_cuts": amount.cuts, "power_lost": _lost_power(folder, "", amount.cuts)}


def _lost_power(folder: Path, bug: str, cuts: int) -> int:
    calls = power.recorded(folder, bug)
    chosen = enumerate(power.cuts(calls, cuts, SEED))
    return sum(bool(power.broken_promises(calls, at, folder / "cut", random.Random(n), k)) for n, (at, k) in chosen)


PARTS: dict[str, Callable[[Path, Amount], dict[str, float]]] = {
    "claims": lambda folder, amount: claim_together(
        folder, programs=16, images=amount.claims[0], rows=amount.claims[1]
    ),
    "kills": lambda folder, amount: killed_at_random(folder, amount.kills, SEED),
    "beside": lambda folder, amount: verbs_beside_a_run(folder, amount.beside),
    "exports": lambda folder, amount: export_onto_bad_disks(folder, amount.exports),
    "crashes": _crashes,
    "planted": _planted,
    "zombies": _zombies,
    "disks": _disks,
    "power": _power,
    "strangers": lambda folder, amount: mutate_and_read(folder, amount.files, SEED),
    "rot": lambda folder, amount: rot(folder, *amount.rot, SEED),
    "race": lambda folder, amount: purge_beside_ingest(folder, amount.race),
    "rows": lambda folder, amount: many_rows(folder, amount.rows),
    "upgrade": lambda folder, amount: upgrade_and_rebuild(folder, amount.olds),
}
"""What is tried, in this order; forks come first, while no library has started threads of its own."""

if __name__ == "__main__":
    sys.exit(main())
