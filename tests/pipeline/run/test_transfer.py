"""A repair copied to the next shot of the same camera position: moved, fitted to its edges, and to be confirmed."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.color import srgb8_to_adobe16
from pipeline.errors import KnownError
from pipeline.model import Grade
from pipeline.model import State
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.pictures import read_mask
from pipeline.run.transfer import copy_repair
from pipeline.run.transfer import find_drift
from pipeline.store.store import Store

SIDE = 420


def shot(color, move=(0, 0), product=(0, 0)):
    """A mug-like disc on a marbled table, seen by a camera that moved, the product placed a little differently."""
    rng = np.random.default_rng(3)
    table = cv2.GaussianBlur(rng.normal(150, 60, (SIDE + 40, SIDE + 40)).astype(np.float32), (0, 0), 3) * 2 - 150
    mask = np.zeros((SIDE + 40, SIDE + 40), np.uint8)
    cv2.circle(mask, (230 + product[0], 230 + product[1]), 110, 255, -1, cv2.LINE_AA)
    share = mask[..., None] / 255
    picture = np.clip(table[..., None] * (1 - share) + np.array(color) * share, 0, 255).astype(np.uint8)
    window = slice(20 - move[1], 20 - move[1] + SIDE), slice(20 - move[0], 20 - move[0] + SIDE)
    return picture[window], mask[window] / np.float32(255)


def test_the_camera_s_drift_is_read_from_the_backdrop_and_a_plain_one_shows_none():
    one, mask = shot((200, 60, 60))
    other, _ = shot((60, 60, 200), move=(7, -5), product=(3, 3))
    drift = find_drift(srgb8_to_adobe16(one), srgb8_to_adobe16(other), mask)
    assert drift.sure
    assert drift.matrix[2::3] == pytest.approx((7, -5), abs=0.4)
    plain = srgb8_to_adobe16(np.full_like(one, 200))
    assert not find_drift(plain, plain, mask).sure


def test_mask_hole_and_colours_come_to_the_other_image_as_a_version_to_confirm(tmp_path: Path, settings, toolbox):
    one, mask = shot((200, 60, 60))
    other, other_mask = shot((60, 60, 200), move=(6, 4), product=(2, -2))
    for name, picture in (("one", one), ("other", other), ("wide", np.hstack([one, one]))):
        Image.fromarray(picture).save(tmp_path / f"{name}.png")
    small = replace(settings, ingest=replace(settings.ingest, min_longest_side=300))
    names = [tmp_path / f"{name}.png" for name in ("one", "other", "wide")]
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan(names, files=store.files, settings=small).images)
        source, target, wide = (store.find(path.name) for path in names)
        with pytest.raises(KnownError, match="repair it first"):
            copy_repair(store, source, target, by="Ada", settings=small, toolbox=toolbox)

        hole = np.zeros(mask.shape, bool)
        hole[20:40, 300:330] = True
        levels = np.rint(mask * 255).astype(np.uint8)
        change = Edit(mask=levels, hole=hole, engine="membrane", grade=Grade(exposure=0.1))
        edit(store, source.record.id, change, by="Ada", settings=small, toolbox=toolbox)
        source = store.find("one.png")
        made = copy_repair(store, source, target, by="Bob", settings=small, toolbox=toolbox)

        assert made.actor == "Bob"
        assert store.entry(target.record.id).state is State.REVIEW
        assert made.outcome.needs_sign_off
        assert made.outcome.grade == Grade(exposure=0.1)
        copied = read_mask(store.files.read(made.outcome.mask))
        agreed = np.minimum(copied, other_mask).sum() / np.maximum(copied, other_mask).sum()
        assert agreed > 0.985
        assert agreed > np.minimum(mask, other_mask).sum() / np.maximum(mask, other_mask).sum() + 0.02
        filled = read_mask(store.files.read(made.outcome.hole)) > 0
        assert filled[24:44, 306:336].all()
        assert filled.sum() < 2 * hole.sum()
        with pytest.raises(KnownError, match="photos of one size"):
            copy_repair(store, source, wide, by="Bob", settings=small, toolbox=toolbox)
