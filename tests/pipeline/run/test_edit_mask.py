"""Paths and hair as repairs: stored with the version, made again bit for bit, given on to whoever goes on with it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.batch.ingest import scan
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Subpath
from pipeline.paths import coverage
from pipeline.paths.fit import fitted
from pipeline.photo_io.clipping_path import read_clipping_path
from pipeline.photo_io.svg_path import read_svg
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.edit_mask import PEN
from pipeline.run.extract import extract_part
from pipeline.run.pictures import read_mask
from pipeline.run.rerun import rerun
from pipeline.store.store import Store

SIZE = 300, 240


def ring(x: float, y: float, r: float) -> Subpath:
    k, nodes = 0.5523 * r, []
    for across, down in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        at, way = (x + r * across, y + r * down), (-down * k, across * k)
        nodes.append(Node(at, (at[0] - way[0], at[1] - way[1]), (at[0] + way[0], at[1] + way[1]), joined=True))
    return Subpath(tuple(nodes))


PATH = Path((ring(150.2, 118.7, 80.3), ring(150.2, 118.7, 30.1)))


@pytest.fixture
def studio(tmp_path, settings):
    """One photo of a red ring on grey."""
    rgb = np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)
    share = coverage(PATH, SIZE)[..., None] / 255
    rgb = np.rint(rgb * (1 - share) + np.array([180, 40, 30]) * share).astype(np.uint8)
    Image.fromarray(rgb).save(tmp_path / "ring.png")
    limits = replace(settings, ingest=replace(settings.ingest, min_longest_side=1))
    with Store(tmp_path / "studio") as store:
        store.add_batch("b", "", scan([tmp_path / "ring.png"], files=store.files, settings=limits).images)
        yield store


def test_a_path_is_the_mask_stays_a_vector_and_goes_on_to_an_agency(studio, settings, toolbox, tmp_path) -> None:
    made = edit(studio, 1, Edit(path=PATH), by="Ada", settings=settings, toolbox=toolbox)
    record = studio.entry(1).record
    mask = read_mask(studio.files.read(made.outcome.mask))

    assert made.outcome.engine == PEN
    assert (np.rint(mask * 255) == coverage(PATH, SIZE)).all()
    for ending in ("svg", "tif", "jpg"):
        target = tmp_path / f"ring.{ending}"
        extract_part(record, made, "path", target, files=studio.files, settings=settings)
        read = read_svg if ending == "svg" else read_clipping_path
        again = read(target.read_bytes(), SIZE, name=target.name)
        assert np.abs(coverage(again, SIZE).astype(int) - coverage(PATH, SIZE)).max() <= 1
    with Image.open(tmp_path / "ring.jpg") as shown:
        assert shown.size == SIZE
    assert rerun(record, made, studio.files, tmp_path / "studio").same
    assert studio.check() == []

    # A repair of the photo alone leaves the path; a newly drawn mask has none.
    hole = np.zeros(SIZE[::-1], bool)
    hole[20:30, 20:30] = True
    filled = edit(studio, 1, Edit(hole=hole, engine="telea"), by="Ada", settings=settings, toolbox=toolbox)
    assert filled.outcome.path == made.outcome.path
    drawn = edit(
        studio, 1, Edit(mask=np.rint(mask * 200).astype(np.uint8)), by="Ada", settings=settings, toolbox=toolbox
    )
    assert drawn.outcome.path is None
    extract_part(record, drawn, "path", tmp_path / "fit.svg", files=studio.files, settings=settings)
    assert read_svg((tmp_path / "fit.svg").read_bytes(), SIZE, name="fit") != Path()
    with pytest.raises(KnownError, match=r"fit.png cannot hold a clipping path"):
        extract_part(record, drawn, "path", tmp_path / "fit.png", files=studio.files, settings=settings)


def test_hair_is_solved_in_its_region_and_again_from_the_record(studio, settings, toolbox, tmp_path) -> None:
    wide = cv2.dilate(coverage(PATH, SIZE), np.ones((9, 9), np.uint8))
    region = (wide > 0) & (cv2.erode(coverage(PATH, SIZE), np.ones((9, 9), np.uint8)) == 0)
    made = edit(studio, 1, Edit(mask=wide, hair=region), by="Ada", settings=settings, toolbox=toolbox)
    mask = read_mask(studio.files.read(made.outcome.mask))

    assert np.abs(mask * 255 - coverage(PATH, SIZE))[region].mean() < 0.2 * np.abs(wide - mask * 255)[region].mean()
    assert (np.rint(mask * 255) == wide)[~region].all()
    stages = [step.stage for step in made.outcome.steps]
    assert stages[stages.index("cut_out") + 1] == "hair"
    again = rerun(studio.entry(1).record, made, studio.files, tmp_path / "studio")
    assert again.same
    assert studio.files.read(made.outcome.hair)
    assert studio.check() == []


def test_an_image_that_somebody_has_open_is_not_repaired_by_another(studio, settings, toolbox) -> None:
    studio.hold(1, person="Bob", sitting="window", seconds=60)
    with pytest.raises(ConflictError, match=r"Bob has ring.png open"):
        edit(studio, 1, Edit(path=PATH), by="Ada", settings=settings, toolbox=toolbox)
    assert edit(studio, 1, Edit(path=PATH), by="Bob", settings=settings, toolbox=toolbox).actor == "Bob"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Edit(hair=np.zeros((4, 5), bool)), "the hair has 5 × 4 pixels"),
        (Edit(hair=np.zeros(SIZE[::-1], bool)), "no hair is marked"),
        (Edit(path=Path((ring(-900, 0, 10),))), "the path goes around nothing"),
    ],
)
def test_what_does_not_fit_the_photo_is_refused(studio, settings, toolbox, change, words) -> None:
    with pytest.raises(KnownError, match=words):
        edit(studio, 1, change, by="Ada", settings=settings, toolbox=toolbox)


def test_the_path_fitted_to_a_mask_gives_that_mask_within_a_pixel(studio, settings, toolbox) -> None:
    path = fitted(coverage(PATH, SIZE))
    assert path.nodes <= 16
    near = cv2.dilate(coverage(PATH, SIZE), np.ones((3, 3), np.uint8))
    core = cv2.erode(coverage(PATH, SIZE), np.ones((3, 3), np.uint8))
    found = coverage(path, SIZE)
    assert (found <= np.maximum(near, 1)).mean() > 0.999
    assert (found >= core).mean() > 0.999
