"""A person's repair becomes a version: judged by the same stages, signed off by another, made again bit for bit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.batch.ingest import scan
from pipeline.errors import BadImageError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.model import Action
from pipeline.model import Outcome
from pipeline.model import Role
from pipeline.model import State
from pipeline.model import Version
from pipeline.photo_io import read_photo
from pipeline.run.compose import Renditions
from pipeline.run.compose import make_deliverable
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.edit_mask import BRUSH
from pipeline.run.line import process_image
from pipeline.run.pictures import encode_mask
from pipeline.run.pictures import read_mask
from pipeline.run.render import render
from pipeline.run.rerun import rerun
from pipeline.settings import Settings
from pipeline.store.store import Store
from pipeline.strokes import Stroke
from pipeline.strokes import paint
from pipeline.tools.fill import fill
from pipeline.tools.toolbox import Toolbox

STAGES = ["prepare", "cut_out", "whiten", "frame", "correct_color", "score"]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    photo = tmp_path_factory.mktemp("photos") / "toy.jpg"
    photo.write_bytes((samples / "toy-red-blue-backdrop.jpg").read_bytes())
    return photo


@pytest.fixture
def studio(tmp_path: Path, photo: Path, settings: Settings) -> Iterator[Store]:
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan([photo], files=store.files, settings=settings).images)
        yield store


@pytest.fixture(scope="module")
def processed(
    tmp_path_factory: pytest.TempPathFactory, photo: Path, settings: Settings, toolbox: Toolbox
) -> tuple[Outcome, list[bytes]]:
    """What the line makes of the photo, once for all tests, with the files it writes."""
    with Store(tmp_path_factory.mktemp("processed") / "studio") as store:
        store.add_batch("b", "", scan([photo], files=store.files, settings=settings).images)
        (claim,) = store.claim("b", owner="test", count=1, lease_seconds=600)
        outcome = process_image(claim.record, store.files, toolbox, settings)
        return outcome, [store.files.read(name) for name in store.files.names()]


@pytest.fixture
def version(studio: Store, processed: tuple[Outcome, list[bytes]]) -> Version:
    outcome, files = processed
    (claim,) = studio.claim("b", owner="test", count=1, lease_seconds=600)
    for data in files:
        studio.files.put_bytes(data)
    version = studio.record(outcome, owner="test", token=claim.token)
    assert version is not None
    return version


def mask_of(store: Store, version: Version) -> np.ndarray:
    assert version.outcome.mask is not None
    return read_mask(store.files.read(version.outcome.mask))


def painted(store: Store, version: Version, *strokes: Stroke) -> Edit:
    levels = np.rint(mask_of(store, version) * 255).astype(np.uint8)
    for stroke in strokes:
        paint(levels, stroke)
    return Edit(mask=levels, strokes=strokes)


def middle(mask: np.ndarray) -> tuple[int, int]:
    rows, columns = np.nonzero(mask > 0.99)
    return int(np.median(rows)), int(np.median(columns))


def spot(mask: np.ndarray, half: int = 12) -> np.ndarray:
    """A hole in the middle of the product."""
    row, column = middle(mask)
    hole = np.zeros(mask.shape, bool)
    hole[row - half : row + half, column - half : column + half] = True
    return hole


def test_strokes_make_a_version_with_parent_and_author_through_the_same_stages(studio, version, settings, toolbox):
    old = mask_of(studio, version)
    row, column = middle(old)
    erase = Stroke(((column + 0.5, row + 0.5, 1.0),), radius=9, adds=False)
    made = edit(studio, version.image, painted(studio, version, erase), by="Ada", settings=settings, toolbox=toolbox)

    assert (made.parent, made.actor) == (version.id, "Ada")
    assert [step.stage for step in made.outcome.steps] == STAGES
    assert [step.actor for step in made.outcome.steps if step.stage == "cut_out"] == ["Ada"]
    assert made.outcome.engine == BRUSH
    new = mask_of(studio, made)
    assert new[row, column] == 0
    changed = np.argwhere(new != old)
    assert np.hypot(*(changed - (row, column)).T).max() <= 11
    assert made.outcome.score is not None
    assert made.outcome.recipe is not None
    assert made.outcome.original == version.outcome.original
    assert studio.check() == []


def test_a_fill_changes_no_pixel_outside_the_hole_and_its_region_is_judged(studio, version, settings, toolbox):
    hole = spot(mask_of(studio, version))
    change = Edit(hole=hole, engine="telea")
    made = edit(studio, version.image, change, by="Ada", settings=settings, toolbox=toolbox)
    record = studio.entry(version.image).record
    original = read_photo(studio.files.path(record.sha256), name=record.file, limits=settings.ingest).rgb
    item = render(record, made, studio.files, toolbox, settings)

    assert (item.photo.rgb[~hole] == original[~hole]).all()
    assert (item.photo.rgb[hole] == fill(original, hole, "telea")[hole]).all()
    assert item.untouched is not None
    assert (item.untouched == original).all()
    readings = {reading.name: reading for reading in made.outcome.readings}
    assert None not in (readings["smear"].value, readings["repeats"].value, readings["seam"].value)
    assert readings["product_changed"].value == pytest.approx(0.0, abs=1e-6)
    fills = [step for step in made.outcome.steps if step.stage == "fill"]
    assert [(step.tool, step.actor) for step in fills] == [("telea", "Ada")]
    assert studio.check() == []


def test_a_fill_stays_when_its_version_is_repaired_again(studio, version, settings, toolbox):
    hole = spot(mask_of(studio, version))
    tools = {"settings": settings, "toolbox": toolbox}
    first = edit(studio, version.image, Edit(hole=hole, engine="telea"), by="Ada", **tools)
    row, column = middle(mask_of(studio, first))
    erase = Stroke(((column + 60.0, row + 0.5, 1.0),), radius=9, adds=False)
    second = edit(studio, version.image, painted(studio, first, erase), by="Bob", **tools)
    other = np.roll(hole, 40, axis=0)
    third = edit(studio, version.image, Edit(hole=other, engine="navier-stokes"), by="Cid", **tools)
    record = studio.entry(version.image).record
    photos = [render(record, made, studio.files, toolbox, settings).photo.rgb for made in (first, second, third)]

    assert (photos[0] == photos[1]).all()
    assert (photos[1][~other] == photos[2][~other]).all()
    assert (photos[1][other] != photos[2][other]).any()
    assert [step.actor for step in third.outcome.steps if step.stage == "fill"] == ["Ada", "Cid"]
    assert [made.parent for made in (first, second, third)] == [version.id, first.id, second.id]


def test_what_a_person_made_is_signed_off_by_another(studio, version, settings, toolbox):
    mask = np.rint(mask_of(studio, version) * 255).astype(np.uint8)
    mask[middle(mask / 255)] = 254
    made = edit(studio, version.image, Edit(mask=mask), by="Ada", settings=settings, toolbox=toolbox)
    assert made.outcome.needs_sign_off
    if studio.entry(version.image).state is not State.SIGN_OFF:
        studio.decide(version.image, Action.APPROVE, person="Ada")
    assert studio.entry(version.image).state is State.SIGN_OFF
    studio.sign_in("Ada", Role.SENIOR)
    with pytest.raises(ConflictError, match="another person"):
        studio.decide(version.image, Action.SIGN_OFF, person="Ada", role=Role.SENIOR)


def test_a_drawn_mask_is_its_own_record_and_gives_the_same_result_again(studio, version, settings, toolbox, tmp_path):
    mask = np.zeros(mask_of(studio, version).shape, np.uint8)
    mask[100:300, 120:320] = 255
    made = edit(studio, version.image, Edit(mask=mask), by="Ada", settings=settings, toolbox=toolbox)

    assert made.outcome.mask == studio.files.put_bytes(encode_mask(mask / np.float32(255)))
    assert rerun(studio.entry(version.image).record, made, studio.files, tmp_path / "studio").same


def test_the_original_shown_beside_a_repair_is_the_untouched_one(studio, version, settings, toolbox):
    hole = spot(mask_of(studio, version), half=60)
    made = edit(studio, version.image, Edit(hole=hole, engine="telea"), by="Ada", settings=settings, toolbox=toolbox)

    assert made.outcome.original_thumbnail == version.outcome.original_thumbnail
    assert made.outcome.thumbnail != version.outcome.thumbnail


def test_a_fill_is_disclosed_in_the_file_and_what_the_photo_said_is_never_downgraded(
    studio, version, settings, toolbox
):
    hole = spot(mask_of(studio, version))
    made = edit(studio, version.image, Edit(hole=hole, engine="telea"), by="Ada", settings=settings, toolbox=toolbox)
    item = render(studio.entry(version.image).record, made, studio.files, toolbox, settings)
    assert item.routing is not None
    finished = replace(item, routing=replace(item.routing, finished=True))
    said = {"DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"}
    generated = replace(item, photo=replace(item.photo, exif=said))
    names = ("algorithmicallyEnhanced", "algorithmicallyEnhanced", "trainedAlgorithmicMedia")
    for one, name in zip((item, finished, generated), names, strict=True):
        file = make_deliverable(Renditions(one, toolbox=toolbox, settings=settings), name="toy", platform="amazon_main")
        assert f"digitalsourcetype/{name}<".encode() in file.data


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Edit(), "nothing was painted"),
        (Edit(mask=np.zeros((3, 4), np.uint8)), r"the mask has 4 × 3 pixels but the photo"),
        (Edit(hole=np.zeros((3, 4), bool)), r"the hole has 4 × 3 pixels but the photo"),
    ],
)
def test_what_cannot_be_a_repair_is_refused_and_the_image_is_free_again(
    studio, version, settings, toolbox, change, sentence
):
    with pytest.raises(KnownError, match=sentence):
        edit(studio, version.image, change, by="Ada", settings=settings, toolbox=toolbox)
    assert len(studio.versions(version.image)) == 1
    assert studio.claim_image(version.image, owner="another", lease_seconds=1)


def test_a_repair_of_an_older_version_is_refused(studio, version, settings, toolbox):
    change = painted(studio, version, Stroke(((200, 200, 1.0),), radius=30, adds=True))
    with pytest.raises(ConflictError, match="a newer version than the one you saw"):
        edit(studio, version.image, change, by="Ada", settings=settings, toolbox=toolbox, version=version.id + 1)


def test_the_mask_as_it_was_is_no_repair(studio, version, settings, toolbox):
    with pytest.raises(KnownError, match="this changes nothing"):
        edit(studio, version.image, painted(studio, version), by="Ada", settings=settings, toolbox=toolbox)


def test_an_unknown_fill_is_named(studio, version, settings, toolbox):
    change = Edit(hole=spot(mask_of(studio, version)), engine="magic")
    with pytest.raises(NotFoundError, match="no fill “magic”"):
        edit(studio, version.image, change, by="Ada", settings=settings, toolbox=toolbox)


def test_an_image_that_never_ran_takes_a_drawn_mask(studio, settings, toolbox):
    entry = studio.entry(1)
    mask = np.zeros((entry.record.height, entry.record.width), np.uint8)
    mask[60:300, 60:300] = 255
    made = edit(studio, 1, Edit(mask=mask), by="Ada", settings=settings, toolbox=toolbox)

    assert made.parent is None
    assert made.outcome.routing is not None
    assert (mask_of(studio, made) == mask / 255).all()


def test_a_picture_that_is_none_is_no_mask():
    with pytest.raises(BadImageError):
        read_mask(b"no picture")
