"""Sixteen programs that claim from one queue: nobody gets an image twice, none is forgotten, nobody waits long.

`python -m benchmarks.faulting.claiming ADDRESS` asks a server (postgresql://USER@HOST/DATABASE?files=FOLDER, empty).
"""

import json
import os
import random
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np

from pipeline.model import NewImage
from pipeline.store.place import Place
from pipeline.store.place import place as read_place
from pipeline.store.store import Store

AT_ONCE = 1
WORK_SECONDS = (0.1, 0.3)
"""What a worker does between two claims where the queue is not stormed: far less than a real image takes."""
OTHER, STORMED, SHARED = "everything else", "the storm", "the queue"
EACH = 20
"""Images that each program takes from the queue that is not stormed."""


def claim_together(
    folder: Path, *, programs: int, images: int, rows: int, place: Place | None = None
) -> dict[str, float]:
    """Let `programs` claim `images` one by one among `rows` of the catalogue; return doubles, missed and times (ms).

    First as workers do, with some work between two claims, then as fast as they can. `alone` times are those of a
    single program on the same catalogue, before the others come.
    """
    studio = place or Place(folder / "claims")
    with Store(studio) as store:
        name = store.files.put_bytes(b"an original")
        for batch, count in ((OTHER, rows - images), (SHARED, programs * EACH), (STORMED, images)):
            store.add_batch(batch, "", [NewImage(f"{number}.jpg", name, 11) for number in range(count)])
        alone = [_timed(store, OTHER, "alone")[0] for _ in range(200)]
    working, _, waits = _compete(folder / "working", studio, SHARED, programs, WORK_SECONDS)
    stormed, seconds, storm = _compete(folder / "storm", studio, STORMED, programs, (0.0, 0.0))
    taken = [*working, *stormed]
    return {
        "claims_doubles": len(taken) - len(set(taken)),
        "claims_missed": images + programs * EACH - len(set(taken)),
        "claim_alone_p99_milliseconds": float(np.percentile(alone, 99)),
        "claim_p50_milliseconds": float(np.percentile(waits, 50)),
        "claim_p99_milliseconds": float(np.percentile(waits, 99)),
        "claim_storm_p99_milliseconds": float(np.percentile(storm, 99)),
        "claim_storm_longest_milliseconds": max(storm),
        "claims_per_second": len(stormed) / seconds,
    }


def _compete(
    folder: Path, studio: Place, batch: str, programs: int, work: tuple[float, float]
) -> tuple[array, float, array]:
    """Return what was taken, in how many seconds, and after which waits (ms)."""
    folder.mkdir()
    begun = time.perf_counter()
    alike = (folder, studio, batch, programs, work)
    pids = [_fork(lambda number=number: _claim_all(number, *alike)) for number in range(programs)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    seconds = time.perf_counter() - begun
    if any(ends):
        raise RuntimeError(f"Programs ended with {ends}.")
    taken, waits = array("q"), array("d")
    for number in range(programs):
        taken.frombytes((folder / f"taken{number}").read_bytes())
        waits.frombytes((folder / f"waits{number}").read_bytes())
    return taken, seconds, waits


def _fork(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return pid


def _claim_all(number: int, folder: Path, studio: Place, batch: str, programs: int, work: tuple[float, float]) -> None:
    taken, waits, chance, at_work = array("q"), array("d"), random.Random(number), Event()
    with Store(studio) as store:
        at_work.wait(chance.uniform(0, work[1]))
        while True:
            milliseconds, images = _timed(store, batch, f"program{number}")
            if not images:
                break
            taken.extend(images)
            waits.append(milliseconds)
            at_work.wait(chance.uniform(*work))
        (folder / f"waits{number}").write_bytes(waits.tobytes())
        (folder / f"taken{number}").write_bytes(taken.tobytes())
        # What a program that has ended held is free again, so all of them stay until the last one is done.
        while len(list(folder.glob("taken*"))) < programs:
            at_work.wait(0.1)


def _timed(store: Store, batch: str, owner: str) -> tuple[float, list[int]]:
    begun = time.perf_counter()
    claims = store.claim(batch, owner=owner, count=AT_ONCE, lease_seconds=600)
    return (time.perf_counter() - begun) * 1000, [claim.record.id for claim in claims]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        found = claim_together(Path(scratch), programs=16, images=2000, rows=4000, place=read_place(sys.argv[1]))
    print(json.dumps(found))
