"""Classify: what the pixels say, what metadata may add, and what a finished packshot is."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.color import srgb8_to_adobe16
from pipeline.measure.difficulty import CLASSES
from pipeline.measure.difficulty import difficulty_chances
from pipeline.measure.difficulty import load_difficulty
from pipeline.measure.finished import read_white_frame
from pipeline.model import Complexity
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import Route
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.settings import load_settings
from pipeline.stages.classify import classify
from pipeline.stages.classify import judge
from pipeline.stages.classify import raise_by_metadata
from pipeline.tools.toolbox import open_toolbox

SETTINGS = load_settings()
TOOLBOX = open_toolbox(SETTINGS)
RECORD = ImageRecord(id=1, batch="b", file="a.png", sha256="0" * 64, bytes=1, width=1, height=1)


def item(path: Path, **metadata: object) -> WorkItem:
    rgb = np.asarray(Image.open(path).convert("RGB"))
    photo = Photo(freeze(srgb8_to_adobe16(rgb)), None, 8, "assumed sRGB")
    return WorkItem(replace(RECORD, **metadata), photo)


@pytest.mark.parametrize("name", ["book-grey", "box-nearwhite", "toy-green-screen"])
def test_plain_products_are_simple_and_automatic_without_any_metadata(shared: Path, name: str) -> None:
    routing = classify(item(shared / "shoot" / f"{name}.png"), TOOLBOX, SETTINGS).routing
    assert (routing.complexity, routing.route) == (Complexity.SIMPLE, Route.AUTOMATIC)
    assert all(reading.value is not None for reading in routing.readings)


@pytest.mark.parametrize("name", ["lace", "chain-gold-on-white", "ring-silver", "bottle-glass", "plush-fur"])
def test_what_only_people_can_do_is_never_automatic(shared: Path, name: str) -> None:
    routing = classify(item(shared / "shoot" / f"{name}.png"), TOOLBOX, SETTINGS).routing
    assert routing.route is Route.HUMAN


def test_a_white_appliance_is_not_simple_because_it_is_electronics(shared: Path) -> None:
    frame = item(shared / "shoot" / "mug-white-on-white.png", category="electronics")
    assert classify(frame, TOOLBOX, SETTINGS).routing.complexity is not Complexity.SIMPLE


def test_the_category_raises_a_plain_product_and_says_so(shared: Path) -> None:
    routing = classify(item(shared / "shoot" / "book-grey.png", category="Jewelry"), TOOLBOX, SETTINGS).routing
    assert (routing.complexity, routing.route) == (Complexity.COMPLEX, Route.HUMAN)
    assert "category “Jewelry” is complex" in routing.reasons


def test_the_draft_goes_on_to_the_cut_out(shared: Path) -> None:
    draft = classify(item(shared / "shoot" / "book-grey.png"), TOOLBOX, SETTINGS).draft
    assert draft.dtype == np.float32
    assert max(draft.shape) == SETTINGS.line.proxy_side
    assert not draft.flags.writeable


def test_finished_packshots_are_recognised_and_studio_frames_are_not(shared: Path) -> None:
    limits = {"min_rim": SETTINGS.classify.finished_rim, "min_fill": SETTINGS.classify.finished_fill}
    for path in sorted((shared / "abo").glob("*.jpg")):
        assert read_white_frame(np.asarray(Image.open(path).convert("RGB"))).is_finished(**limits), path.name
    for path in sorted((shared / "shoot").glob("*.png")):
        if ".alpha" not in path.name:
            assert not read_white_frame(np.asarray(Image.open(path).convert("RGB"))).is_finished(**limits), path.name


@given(st.sampled_from(Complexity), st.text(max_size=12), st.lists(st.sampled_from(sorted(SETTINGS.tags)), max_size=3))
def test_metadata_may_only_raise(seen: Complexity, category: str, tags: list[str]) -> None:
    record = replace(RECORD, category=category, tags=tuple(tags))
    raised, reasons = raise_by_metadata(record, seen, SETTINGS)
    assert CLASSES.index(raised) >= CLASSES.index(seen)
    assert bool(reasons) == (raised is not seen)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_doubt_never_makes_an_image_simple(first: float, second: float) -> None:
    low, high = sorted((first, second))
    chances = dict(zip(CLASSES, (low, high - low, 1 - high), strict=True))
    judged = judge(chances, SETTINGS)
    if judged is Complexity.SIMPLE:
        assert chances[Complexity.SIMPLE] >= SETTINGS.classify.simple_from
        assert chances[Complexity.COMPLEX] < SETTINGS.classify.complex_from


def test_the_shipped_models_probabilities_add_up(shared: Path) -> None:
    routing = classify(item(shared / "shoot" / "kettle-steel.png"), TOOLBOX, SETTINGS).routing
    chances = difficulty_chances(load_difficulty(), routing.readings)
    assert sum(chances.values()) == pytest.approx(1)
