"""A ghost mannequin as a version: its pixels come from two photos and nowhere else, and both are on record."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.photo_io import read_photo
from pipeline.run.disclosure import source_type
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.edit_photo import Ghost
from pipeline.run.render import render
from pipeline.store.store import Store
from pipeline.tools.ghost import Placement

SIDE = 480


def test_the_mannequin_s_neck_is_replaced_by_a_second_photo_and_no_pixel_is_from_elsewhere(
    tmp_path: Path, shared: Path, settings, toolbox
):
    names = ("dress-mannequin", "pillow-beige-on-beige")
    for name in names:
        with Image.open(shared / "shoot" / f"{name}.png") as image:
            image.convert("RGB").resize((SIDE, SIDE)).save(tmp_path / f"{name}.png")
    with Image.open(shared / "shoot" / "dress-mannequin.alpha.png") as image:
        mask = np.asarray(image.resize((SIDE, SIDE))).copy()
    small = replace(settings, ingest=replace(settings.ingest, min_longest_side=SIDE))
    with Store(tmp_path / "studio") as store:
        found = scan([tmp_path / f"{name}.png" for name in names], files=store.files, settings=small).images
        store.add_batch("b", "", found)
        record, inside = (store.find(f"{name}.png").record for name in names)
        rgb, second = (
            read_photo(store.files.path(each.sha256), name=each.file, limits=small.ingest).rgb
            for each in (record, inside)
        )
        top = int(np.flatnonzero(mask.max(axis=1) > 127)[0])
        region = np.zeros(mask.shape, bool)
        cv2.ellipse(region.view(np.uint8), (SIDE // 2, top + 20), (36, 46), 0, 0, 360, 1, -1)
        drawn = np.maximum(mask, np.where(region, np.uint8(255), np.uint8(0)))
        whole = np.ones(second.shape[:2], np.float32)
        ghost = Ghost(inside.sha256, inside.file, whole, region, Placement(move=(12, -30)))
        made = edit(store, record.id, Edit(mask=drawn, photo=(ghost,)), by="Ada", settings=small, toolbox=toolbox)
        item = render(record, made, store.files, toolbox, small)

        assert (item.photo.rgb[~region] == rgb[~region]).all()
        rows, columns = np.nonzero(region)
        assert (item.photo.rgb[region] == second[rows + 30, columns - 12]).all()
        assert made.outcome.original == record.sha256
        assert made.outcome.sources == (inside.sha256,)
        (step,) = [step for step in made.outcome.steps if step.stage == "ghost"]
        assert inside.sha256 in step.detail
        assert step.actor == "Ada"
        assert made.outcome.needs_sign_off
        assert "compositeCapture" in source_type(item)

        # A later repair of the mask keeps the second photo, on record and in its pixels.
        drawn[-20:, :20] = 255
        again = edit(store, record.id, Edit(mask=drawn), by="Bob", settings=small, toolbox=toolbox)
        assert again.outcome.sources == (inside.sha256,)
        assert (render(record, again, store.files, toolbox, small).photo.rgb == item.photo.rgb).all()
