"""Before the first image of a batch is made: measure every photo's light and solve it once per shoot group."""

from collections.abc import Callable
from concurrent.futures import Executor
from concurrent.futures import wait
from datetime import datetime

import numpy as np

from pipeline.batch.grouping import Shot
from pipeline.batch.grouping import group_shots
from pipeline.errors import KnownError
from pipeline.measure.light import read_light
from pipeline.model import ImageRecord
from pipeline.photo_io import read_preview
from pipeline.settings import Settings
from pipeline.store.files import Files
from pipeline.store.store import Store

PREVIEW_SIDE = 512
POLL_SECONDS = 0.2


def measure_shot(record: ImageRecord, files: Files, settings: Settings) -> Shot | None:
    """Return what grouping needs of one photo, from a quick preview; None where the photo cannot be read."""
    try:
        rgb = read_preview(files.path(record.sha256), name=record.file, side=PREVIEW_SIDE, limits=settings.ingest)
    except KnownError:
        return None  # the line says the same with the sentence for the client
    taken = record.notes.get("taken", "")
    return Shot(
        key=str(record.id),
        camera=record.notes.get("camera", ""),
        taken=datetime.fromisoformat(taken).timestamp() if taken else None,
        shoot=record.shoot_group,
        light=read_light(rgb.astype(np.float32) / 255),
    )


def solve_light(store: Store, batch: str, settings: Settings, executor: Executor, stop: Callable[[], bool]) -> None:
    """Group the images of a batch that have no group yet and record what was solved; nothing when stopped."""
    waiting = {executor.submit(measure_shot, record, store.files, settings) for record in store.ungrouped(batch)}
    measured = set()
    while waiting:
        if stop():
            for future in waiting:
                future.cancel()
            return
        done, waiting = wait(waiting, timeout=POLL_SECONDS)
        measured |= done
    shots = [future.result() for future in measured if future.exception() is None]
    store.add_groups(batch, group_shots([shot for shot in shots if shot], limits=settings.grouping))
