"""Clean-up in the line: a stamp goes before the cut-out, a person looks at it, and it is made again the same."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.model import State
from pipeline.photo_io import read_photo
from pipeline.run.clean_up import CLEANED
from pipeline.run.clean_up import wants_clean_up
from pipeline.run.line import process_image
from pipeline.run.render import render
from pipeline.run.rerun import rerun
from pipeline.settings import Client
from pipeline.store.store import Store


def test_a_stamped_photo_is_cleaned_for_the_client_that_asks_and_a_person_looks(
    tmp_path: Path, samples: Path, settings, toolbox
):
    with Image.open(samples / "book-grey.jpg") as image:
        picture = np.asarray(image.convert("RGB").resize((560, 560))).copy()
    height, width = picture.shape[:2]
    place = (round(width * 0.6), round(height * 0.95))
    cv2.putText(picture, "2019 08 14", place, cv2.FONT_HERSHEY_DUPLEX, width / 800, (255, 140, 30), 3, cv2.LINE_AA)
    Image.fromarray(picture).save(tmp_path / "book.png")
    small = replace(settings.ingest, min_longest_side=500)
    asked = replace(settings, ingest=small, clients={"Archive": Client(clean_up=True)})

    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "Archive", scan([tmp_path / "book.png"], files=store.files, settings=asked).images)
        (claim,) = store.claim("b", owner="test", count=1, lease_seconds=600)
        record = replace(claim.record, client="Archive")
        outcome = process_image(record, store.files, toolbox, asked)
        version = store.record(outcome, owner="test", token=claim.token)

        assert wants_clean_up(record, asked)
        assert not wants_clean_up(record, settings)
        assert wants_clean_up(replace(record, notes={"clean_up": "Yes"}), settings)
        assert outcome.state is not State.APPROVED
        flag = next(flag for flag in outcome.flags if flag.name == CLEANED)
        assert "2019 08 14" in flag.detail
        assert [step.stage for step in outcome.steps][:4] == ["prepare", "classify", "clean_up", "fill"]
        item = render(record, version, store.files, toolbox, asked)
        original = read_photo(store.files.path(record.sha256), name="book.png", limits=asked.ingest).rgb
        changed = (item.photo.rgb != original).any(axis=2)
        assert changed[round(height * 0.9) :, round(width * 0.55) :].sum() == changed.sum() > 1_000
        assert rerun(record, version, store.files, tmp_path / "studio").same
