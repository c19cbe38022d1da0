"""Prepare hands on an upright master, says how it was read, and flags what had to be assumed."""

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from pipeline.color import srgb_profile
from pipeline.errors import BadImageError
from pipeline.model import ImageRecord
from pipeline.settings import load_settings
from pipeline.stages.prepare import prepare

GREY = np.full((20, 30, 3), 128, np.uint8)


def record(file: str) -> ImageRecord:
    return ImageRecord(id=1, batch="b", file=file, sha256="0" * 64, bytes=1, width=30, height=20)


def test_the_first_item_has_its_photo_and_one_step(tmp_path: Path) -> None:
    path = tmp_path / "content"
    Image.fromarray(GREY).save(path, "JPEG", icc_profile=srgb_profile())
    settings = load_settings()
    item = prepare(record("shots/a.jpg"), path, settings)
    assert item.photo.size == (30, 20)
    (step,) = item.steps
    assert (step.stage, step.tool, step.settings, step.detail) == (
        "prepare",
        "photo_io",
        settings.fingerprint,
        "embedded ICC",
    )
    assert step.seconds > 0
    assert item.flags == ()


def test_assumed_colours_are_flagged(tmp_path: Path) -> None:
    path = tmp_path / "content"
    Image.fromarray(GREY).save(path, "PNG")
    item = prepare(record("a.png"), path, load_settings())
    assert [flag.name for flag in item.flags] == ["assumed_profile"]


def test_untagged_16_bit_goes_to_a_person(tmp_path: Path) -> None:
    path = tmp_path / "content"
    tifffile.imwrite(path, GREY.astype(np.uint16) * 257, photometric="rgb")
    settings = load_settings()
    item = prepare(record("a.tif"), path, settings)
    assert [flag.name for flag in item.flags] == ["assumed_profile", "untagged_16_bit"]
    assert "untagged_16_bit" not in settings.routing.advisory_flags


def test_damage_behind_a_good_header_is_refused_here(tmp_path: Path) -> None:
    path = tmp_path / "content"
    noise = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(BadImageError, match=r"“a\.jpg” is cut off or damaged"):
        prepare(record("a.jpg"), path, load_settings())
