"""Straightening: boxes and books stand upright where their sides surely say how far; nothing else moves."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from pipeline.framing import Canvas
from pipeline.framing import fill_of
from pipeline.framing import is_whole_move
from pipeline.framing import plan_frame
from pipeline.framing import resample
from pipeline.framing import to_original
from pipeline.framing import to_result
from pipeline.framing import turn_of
from pipeline.mask import quantize
from pipeline.mask import subject_box
from pipeline.measure.tilt import read_tilt
from pipeline.model import WorkItem
from pipeline.settings import Client
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.frame import frame
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]
LIMITS = load_settings().framing


def polygon(corners: np.ndarray, size: tuple[int, int] = (620, 560)) -> np.ndarray:
    """An anti-aliased polygon (float32, 255 levels)."""
    fine = np.zeros((size[1] * 8, size[0] * 8), np.uint8)
    cv2.fillPoly(fine, [np.rint(np.asarray(corners) * 8).astype(np.int32)], 255)
    return quantize(cv2.resize(fine, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255)


def book(lean: float, width: float = 300, height: float = 400) -> np.ndarray:
    """The mask of a rectangle that leans `lean` degrees clockwise."""
    angle = np.radians(lean)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (width / 2, height / 2)
    return polygon(corners @ turn.T + (310, 280))


@budget(max_examples=40, deadline=None)
@given(lean=st.floats(-4, 4))
def test_the_lean_of_a_book_is_read_to_a_tenth_of_a_degree(lean: float) -> None:
    assert read_tilt(book(lean), LIMITS).value == pytest.approx(lean, abs=0.1)


def test_a_box_seen_from_a_corner_is_read_from_its_upright_edges_alone() -> None:
    # Top and bottom run with the perspective: 9° and 12° are no lean.
    corner = np.array([(120, 160), (330, 120), (520, 150), (520, 390), (300, 440), (120, 400)], float)
    reading = read_tilt(polygon(corner), LIMITS)
    assert reading.value == pytest.approx(0.0, abs=0.05)
    assert reading.detail == "left and right side agree"


def test_crumbs_on_a_side_do_not_change_what_it_says() -> None:
    mask = book(1.3).copy()
    mask[300:330, 100:190] = 1
    assert read_tilt(mask, LIMITS).value == pytest.approx(1.3, abs=0.1)


def test_round_tapered_and_missing_products_say_nothing(build_item: Build) -> None:
    assert read_tilt(build_item().mask, LIMITS).value is None
    cup = polygon(np.array([(150, 100), (470, 100), (430, 470), (190, 470)], float))
    assert read_tilt(cup, LIMITS).value is None
    assert read_tilt(np.zeros((300, 300), np.float32), LIMITS).value is None


@budget(max_examples=40, deadline=None)
@given(turn=st.floats(-3, 3).filter(lambda turn: abs(turn) > 0.1), enlarged=st.booleans())
def test_a_turned_plan_fills_centres_and_never_touches_the_frame(turn: float, enlarged: bool) -> None:
    mask = book(-turn)
    chosen = plan_frame(mask, Canvas(0.875, 1.0, 700 if enlarged else 0, 0, 2.0), turn=turn)
    assert turn_of(chosen) == pytest.approx(turn)
    seen = resample(mask, chosen, outside=0.0)
    box = subject_box(seen)
    width, height = chosen.size
    assert fill_of(box, chosen.size) == pytest.approx(0.875, abs=0.006)
    assert abs(box[0] + box[2] - width) <= 4
    assert abs(box[1] + box[3] - height) <= 4
    assert not seen[(0, -1), :].any()
    assert not seen[:, (0, -1)].any()
    points = np.random.default_rng(3).uniform(0, 500, (20, 2))
    assert np.allclose(to_original(chosen, to_result(chosen, points)), points)


def leaning(build_item: Build, lean: float) -> WorkItem:
    item = build_item(mask=book(lean))
    return replace(item, record=replace(item.record, category="books", client="Acme"))


def asking(settings: Settings) -> Settings:
    return replace(settings, clients={"Acme": Client(straighten=True)})


def test_a_leaning_book_stands_upright_by_one_resampling(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(leaning(build_item, 1.8), toolbox, asking(settings))
    assert read_tilt(framed.result_mask, settings.framing).value == pytest.approx(0.0, abs=0.06)
    assert turn_of(framed.frame) == pytest.approx(-1.8, abs=0.06)
    assert framed.frame.scale == pytest.approx(1.0)
    assert (framed.result[framed.result_mask == 0] == 65535).all()
    assert "straightened by -1.8" in framed.steps[-1].detail
    (reading,) = [reading for reading in framed.readings if reading.name == "tilt"]
    assert reading.value == pytest.approx(1.8, abs=0.06)
    once = resample(framed.cutout, framed.frame, outside=65535)
    product = framed.result_mask > 0
    assert np.array_equal(framed.result[product], once[product])


def test_a_category_can_ask_for_it_too(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    books = replace(settings.categories["books"], straighten=True)
    own = replace(settings, categories=settings.categories | {"books": books})
    assert turn_of(frame(leaning(build_item, 1.0), toolbox, own).frame) == pytest.approx(-1.0, abs=0.06)


@pytest.mark.parametrize("lean", [0.1, 3.4])
def test_what_is_invisible_or_meant_stays_bit_for_bit(
    lean: float, build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(leaning(build_item, lean), toolbox, asking(settings))
    assert is_whole_move(framed.frame)


def test_nothing_is_straightened_unasked(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    framed = frame(leaning(build_item, 1.8), toolbox, settings)
    assert is_whole_move(framed.frame)
    assert not [reading for reading in framed.readings if reading.name == "tilt"]
