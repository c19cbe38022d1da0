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

Points = tuple[tuple[float, float, float], ...]


def around(x: float, y: float, across: float, down: float, start: float = 0, end: float = 360) -> Points:
    """The points of an ellipse, or of an arc of it in degrees, as a hand draws it."""
    angles = np.radians(np.linspace(start, end, 73))
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


MUG = (
    Stroke(((340, 464, 1), (385, 455, 1), (470, 452, 1), (560, 450, 1), (650, 452, 1), (720, 456, 1)), 55, adds=False),
    Stroke(((330, 600, 1), (334, 760, 1), (340, 860, 1)), radius=34, adds=False),
    Stroke((*around(780.5, 697.5, 64, 64, -98, 98), (771, 761, 1), (771, 634, 1)), radius=20, adds=False),
    Stroke(((795, 670, 1), (795, 726, 1)), radius=46, adds=False),
    Stroke(((381, 540, 1), (382, 600, 1)), radius=15),
    Stroke(((396, 530, 1), (460, 526, 1)), radius=15),
    Stroke(((722, 530, 1), (738, 536, 1), (738, 560, 1)), radius=15),
    Stroke(around(780.5, 697.5, 104, 104, -92, 92), radius=19.5),
)
"""Above the rim, left of the mug and inside the handle erased; the rim's corners and the handle added."""


def overlap(mask: np.ndarray, matte: np.ndarray) -> float:
    found, true = mask >= 0.5, matte >= 0.5
    return (found & true).sum() / (found | true).sum()


@pytest.mark.parametrize(("name", "strokes"), [("ring-silver", RING), ("mug-white-on-white", MUG)])
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
