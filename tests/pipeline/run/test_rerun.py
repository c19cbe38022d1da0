"""A version is its record: run again from it, the same mask comes out, and a difference is named."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.batch.ingest import scan
from pipeline.errors import KnownError
from pipeline.model import ImageRecord
from pipeline.model import Version
from pipeline.run.line import process_image
from pipeline.run.pictures import encode_mask
from pipeline.run.pictures import read_mask
from pipeline.run.provenance import library_versions
from pipeline.run.rerun import rerun
from pipeline.settings import Settings
from pipeline.settings import settings_from_text
from pipeline.store.store import Store
from pipeline.tools.onnx_networks import CPU
from pipeline.tools.toolbox import open_toolbox


@pytest.fixture
def studio(tmp_path: Path, samples: Path, settings: Settings) -> Iterator[Store]:
    photo = tmp_path / "toy.jpg"
    photo.write_bytes((samples / "toy-red-blue-backdrop.jpg").read_bytes())
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan([photo], files=store.files, settings=settings).images)
        yield store


def made(store: Store, settings: Settings) -> tuple[ImageRecord, Version]:
    (claim,) = store.claim("b", owner="test", count=1, lease_seconds=600)
    outcome = process_image(claim.record, store.files, open_toolbox(settings), settings)
    version = store.record(outcome, owner="test", token=claim.token)
    assert version is not None
    return claim.record, version


def test_a_version_names_everything_that_made_it(studio: Store, settings: Settings) -> None:
    record, version = made(studio, settings)
    outcome = version.outcome
    assert outcome.original == record.sha256
    assert outcome.provider == CPU
    assert outcome.libraries == library_versions()
    assert any(text.startswith("onnxruntime ") for text in outcome.libraries)
    assert outcome.recipe is not None
    assert outcome.recipe.startswith(outcome.settings), "the fingerprint is the beginning of the settings' own hash"
    again = settings_from_text(studio.files.read(outcome.recipe).decode(), "the record")
    assert again == replace(settings, sources=())
    assert studio.check() == []


def test_the_record_gives_the_same_mask_though_the_settings_have_changed_since(
    studio: Store, settings: Settings, tmp_path: Path
) -> None:
    # Numbers of another day: the record's own must count, not those of the program that runs it again.
    other = replace(settings, line=replace(settings.line, proxy_side=640))
    record, version = made(studio, other)
    shipped = process_image(record, studio.files, open_toolbox(settings), settings)
    assert shipped.mask != version.outcome.mask, "these settings matter"
    came = rerun(record, version, studio.files, tmp_path / "studio")
    assert came.same
    assert (came.changed, came.largest, came.differences) == (0, 0, ())
    assert "same mask again, bit for bit" in came.sentence()


def test_another_mask_and_other_libraries_are_named(studio: Store, settings: Settings, tmp_path: Path) -> None:
    record, version = made(studio, settings)
    assert version.outcome.mask is not None
    mask = read_mask(studio.files.read(version.outcome.mask)).copy()
    mask[10, 10] = 1 - mask[10, 10]
    libraries = tuple("numpy 1.0" if text.startswith("numpy ") else text for text in version.outcome.libraries)
    outcome = replace(version.outcome, mask=studio.files.put_bytes(encode_mask(mask)), libraries=libraries)
    came = rerun(record, replace(version, outcome=outcome), studio.files, tmp_path / "studio")
    assert not came.same
    assert (came.changed, came.largest) == (1, 255)
    assert f"numpy 1.0 is {np.__version__} now" in came.differences
    assert "1 pixels differ by up to 255 levels" in came.sentence()


def test_what_a_person_painted_is_its_own_record_and_its_result_comes_again(
    studio: Store, settings: Settings, tmp_path: Path
) -> None:
    record, version = made(studio, settings)
    steps = tuple(replace(step, actor="Ada") for step in version.outcome.steps)
    drawn = replace(version, actor="Ada", outcome=replace(version.outcome, steps=steps))
    assert rerun(record, drawn, studio.files, tmp_path / "studio").same
    judged = tuple(replace(step, detail="0" * 64) if step.stage == "score" else step for step in steps)
    other = replace(drawn, outcome=replace(drawn.outcome, steps=judged))
    with pytest.raises(KnownError, match="cannot be made again as it was judged"):
        rerun(record, other, studio.files, tmp_path / "studio")


def test_a_version_of_an_older_whitepoint_says_what_to_do(studio: Store, settings: Settings, tmp_path: Path) -> None:
    record, version = made(studio, settings)
    older = replace(version, outcome=replace(version.outcome, recipe=None))
    with pytest.raises(KnownError, match="does not hold all its settings"):
        rerun(record, older, studio.files, tmp_path / "studio")


def test_settings_of_another_whitepoint_are_named_and_not_guessed(
    studio: Store, settings: Settings, tmp_path: Path
) -> None:
    record, version = made(studio, settings)
    text = settings.text.replace('"straight_least"', '"straight_at_least"')
    newer = replace(version, outcome=replace(version.outcome, recipe=studio.files.put_bytes(text.encode())))
    with pytest.raises(KnownError, match=r"unknown key “straight_at_least”.* install that Whitepoint"):
        rerun(record, newer, studio.files, tmp_path / "studio")
