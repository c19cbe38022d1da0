"""A few pulls of the brush bring the embedded engine's own result to the exact matte of the test shoot."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.line import process_image
from pipeline.run.pictures import read_mask
from pipeline.store.store import Store
from pipeline.strokes import Stroke
from pipeline.strokes import paint


def around(x: float, y: float, across: float, down: float) -> tuple[tuple[float, float, float], ...]:
    """The points of an ellipse as a hand draws it."""
    angles = np.linspace(0, 2 * np.pi, 73)
    return tuple((x + across * c, y + down * s, 1.0) for c, s in zip(np.cos(angles), np.sin(angles), strict=True))


RING = (
    Stroke(around(554.5, 639, 165, 190), radius=13),
    Stroke(around(552, 639, 203, 228), radius=8.5),
    Stroke(
        ((520, 352, 1), (541, 402, 1), (585, 402, 1), (603, 368, 1), (598, 352, 1), (524, 352, 1)),
        radius=8,
    ),
    Stroke(((552, 893, 1), (600, 886, 1), (640, 870, 1)), radius=13, adds=False),
)
"""The inner rim, the outer rim and the stone's outline added, the shadow below erased."""


def overlap(mask: np.ndarray, matte: np.ndarray) -> float:
    found, true = mask >= 0.5, matte >= 0.5
    return (found & true).sum() / (found | true).sum()


@pytest.mark.parametrize(("name", "strokes"), [("ring-silver", RING)])
def test_at_most_twelve_strokes_repair_the_mask(shared, tmp_path, settings, toolbox, name: str, strokes):
    photo: Path = shared / "shoot" / f"{name}.png"
    matte = np.asarray(Image.open(shared / "shoot" / f"{name}.alpha.png"), np.float32) / 255
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan([photo], files=store.files, settings=settings).images)
        (claim,) = store.claim("b", owner="test", count=1, lease_seconds=600)
        outcome = process_image(claim.record, store.files, toolbox, settings)
        store.record(outcome, owner="test", token=claim.token)
        before = read_mask(store.files.read(outcome.mask))
        levels = np.rint(before * 255).astype(np.uint8)
        for stroke in strokes:
            paint(levels, stroke)
        made = edit(store, claim.record.id, Edit(levels, strokes=strokes), by="Ada", settings=settings, toolbox=toolbox)
        after = read_mask(store.files.read(made.outcome.mask))

    assert len(strokes) <= 12
    assert overlap(before, matte) < 0.9, "there is something to repair"
    assert overlap(after, matte) >= 0.97
    assert made.outcome.score is not None
