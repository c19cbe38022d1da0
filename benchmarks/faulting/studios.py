"""What happens to whole studios: rot, a purge beside an ingest, a million rows, an upgrade from the first schema."""

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from benchmarks.faulting.crashes import child
from benchmarks.faulting.sittings import TERMS
from pipeline.errors import StudioError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Order
from pipeline.model import Outcome
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store import migrations
from pipeline.store.catalog import FILE_NAME
from pipeline.store.rebuild import rebuild
from pipeline.store.store import Store

BATCH_SIZE = 7_500
DIFFERENT = 50
SCREEN = 60


def rot(folder: Path, files: int, flips: int, seed: int) -> dict[str, float]:
    """Flip one bit in each of `flips` of so many files; return how many `check` named, wrongly named and mended."""
    chance, studio = random.Random(seed), folder / "rot"
    with Store(studio) as store:
        names = [store.files.put_bytes(chance.randbytes(chance.randrange(1, 4000))) for _ in range(files)]
        store.add_batch("b", "", [NewImage(f"{number}.jpg", name, 1) for number, name in enumerate(names)])
        store.backup(folder / "backup")
        rotten = set(chance.sample(names, flips))
        for name in rotten:
            _flip(store.files.path(name), chance)
        named = {finding.sha256 for finding in store.check()}
        store.mend(store.check(), folder / "backup")
        left = store.check()
    return {"rot_flips": flips, "rot_unnamed": len(rotten - named) + len(named - rotten), "rot_unmended": len(left)}


def purge_beside_ingest(folder: Path, batches: int) -> dict[str, float]:
    """Purge again and again while another program takes in photos that were there before; return what was lost."""
    studio, done = folder / "race", folder / "ingested"
    Store(studio).close()

    def ingest() -> None:
        with Store(studio) as store:
            for number in range(batches):
                while not _taken(store, number):
                    pass
        done.touch()

    def ingest_apart() -> None:
        if child(ingest):
            done.write_text("failed")

    with Store(studio) as store:
        racing = _fork(ingest_apart)
        purges = 0
        while not done.exists():
            store.purge(TERMS)
            purges += 1
        racing()
        lost = [finding for finding in store.check() if not finding.harmless]
    return {"race_references": batches, "race_purges": purges, "race_lost": len(lost) + len(done.read_text())}


def _taken(store: Store, number: int) -> bool:
    name = store.files.put_bytes(b"photo %d" % (number % DIFFERENT))
    try:
        store.add_batch(f"b{number}", "", [NewImage("a.jpg", name, 8)])
    except StudioError:
        return False  # purged between the two; it is put there again
    return True


def _fork(work: Callable[[], None]) -> Callable[[], None]:
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(0)
    return lambda: os.waitpid(pid, 0) and None


def many_rows(folder: Path, rows: int) -> dict[str, float]:
    """Ask what the window asks of a batch of 7,500 among so many images; return processor milliseconds."""
    with Store(folder / "many") as store:
        name = store.files.put_bytes(b"a photo")
        for start in range(0, rows, BATCH_SIZE):
            count = min(BATCH_SIZE, rows - start)
            images = [NewImage(f"shoot/IMG_{start + n:07}.jpg", name, 8, sku=f"SKU-{start + n}") for n in range(count)]
            store.add_batch(f"day {start // BATCH_SIZE}", "", images)
        for claim in store.claim("day 0", owner="line", count=200, lease_seconds=600):
            store.record(Outcome(claim.record.id, State.REVIEW, 1.0, "f"), owner="line", token=claim.token)
        ids = store.image_ids("day 0", Selection())
        questions: dict[str, Callable[[], object]] = {
            "tally": lambda: store.tally("day 0", Selection()),
            "ids_by_risk": lambda: store.image_ids("day 0", Selection(order=Order.RISK)),
            "review_ids": lambda: store.image_ids("day 0", Selection(states=frozenset({State.REVIEW}))),
            "search": lambda: store.image_ids("day 0", Selection(text="0042")),
            "cards": lambda: store.cards(ids[:SCREEN]),
            "entry": lambda: store.entry(ids[17]),
            "facets": lambda: store.facets("day 0"),
            "decide": lambda: store.decide(ids[0], Action.APPROVE, person="Ann"),
        }
        times = {name: min(_milliseconds(question) for _ in range(3)) for name, question in questions.items()}
    shutil.rmtree(folder / "many")
    figures = {f"window_{name}_milliseconds": spent for name, spent in times.items()}
    return {"window_rows": rows, "window_query_milliseconds": max(times.values())} | figures


def upgrade_and_rebuild(folder: Path, images: int) -> dict[str, float]:
    """Bring a studio of the first schema up, lose its catalogue and make it again; return what differs or is wrong."""
    studio = folder / "old"
    with (
        mock.patch.multiple(migrations, TEXTS=migrations.TEXTS[:1], SCHEMA=1),
        mock.patch("pipeline.store.catalog.SCHEMA", 1),
        mock.patch("pipeline.store.holds.holders", return_value=[]),
        Store(studio) as store,
    ):
        names = [store.files.put_bytes(b"photo %d" % number) for number in range(images)]
        store.add_batch("b", "", [NewImage(f"{number}.jpg", name, 8) for number, name in enumerate(names)])
    with Store(studio) as store:
        wrong = len(store.check()) + abs(len(store.entries("b")) - images)
        for claim in store.claim("b", owner="line", count=images, lease_seconds=600):
            store.record(Outcome(claim.record.id, State.REVIEW, 1.0, "f"), owner="line", token=claim.token)
        store.keep_safe()
        before, head = store.entries("b"), store.head()
    for path in studio.glob(f"{FILE_NAME}*"):
        path.unlink()
    rebuilt = rebuild(studio)
    with Store(studio) as store:
        differs = len(rebuilt.problems) + len(store.check()) + (store.entries("b") != before) + (store.head() != head)
    return {"upgrade_wrong": wrong, "rebuild_images": rebuilt.images, "rebuild_differs": differs}


def _milliseconds(question: Callable[[], object]) -> float:
    begun = time.process_time()
    question()
    return (time.process_time() - begun) * 1000


def _flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.chmod(0o600)
    path.write_bytes(bytes(data))
