"""Sixteen programs that claim from one queue: nobody gets an image twice, none is forgotten, nobody waits long."""

import os
import time
from array import array
from pathlib import Path

import numpy as np

from benchmarks.faulting.crashes import child
from pipeline.model import NewImage
from pipeline.store.store import Store

AT_ONCE = 1
WORK_SECONDS = (0.1, 0.3)
"""What a worker does between two claims where the queue is not stormed: far less than a real image takes."""
OTHER = "everything else"
SHARED = "the queue"


def claim_together(folder: Path, *, programs: int, images: int, rows: int) -> dict[str, float]:
    """Let `programs` claim `images` one by one among `rows` of the catalogue; return doubles, missed and times (ms).

    `alone` times are those of a single program on the same catalogue, before the others come.
    """
    studio = folder / "claims"
    with Store(studio) as store:
        name = store.files.put_bytes(b"an original")
        for batch, count in ((OTHER, rows - images), (SHARED, images)):
            store.add_batch(batch, "", [NewImage(f"{number}.jpg", name, 11) for number in range(count)])
        alone = [_timed(store, OTHER, "alone")[0] for _ in range(200)]
    starter = child(lambda: _race(folder, studio, programs))
    if starter:
        raise RuntimeError("A claiming program failed.")
    taken, waits = array("q"), array("d")
    for number in range(programs):
        taken.frombytes((folder / f"taken{number}").read_bytes())
        waits.frombytes((folder / f"waits{number}").read_bytes())
    return {
        "claims_doubles": len(taken) - len(set(taken)),
        "claims_missed": images - len(set(taken)),
        "claim_alone_p99_milliseconds": float(np.percentile(alone, 99)),
        "claim_p50_milliseconds": float(np.percentile(waits, 50)),
        "claim_p99_milliseconds": float(np.percentile(waits, 99)),
        "claim_longest_milliseconds": max(waits),
        "claims_per_second": len(taken) / max(float((folder / "seconds").read_text()), 1e-9),
    }


def _race(folder: Path, studio: Path, programs: int) -> None:
    begun = time.perf_counter()
    pids = []
    for number in range(programs):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                _claim_all(folder, studio, number, programs)
                status = 0
            finally:
                os._exit(status)
        pids.append(pid)
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    (folder / "seconds").write_text(str(time.perf_counter() - begun))
    if any(ends):
        raise RuntimeError(f"Programs ended with {ends}.")


def _claim_all(folder: Path, studio: Path, number: int, programs: int) -> None:
    taken, waits = array("q"), array("d")
    with Store(studio) as store:
        while True:
            milliseconds, images = _timed(store, SHARED, f"program{number}")
            if not images:
                break
            taken.extend(images)
            waits.append(milliseconds)
        (folder / f"waits{number}").write_bytes(waits.tobytes())
        (folder / f"taken{number}").write_bytes(taken.tobytes())
        # What a program that has ended held is free again, so all of them stay until the last one is done.
        while len(list(folder.glob("taken*"))) < programs:
            time.sleep(0.01)


def _timed(store: Store, batch: str, owner: str) -> tuple[float, list[int]]:
    begun = time.perf_counter()
    claims = store.claim(batch, owner=owner, count=AT_ONCE, lease_seconds=600)
    return (time.perf_counter() - begun) * 1000, [claim.record.id for claim in claims]
