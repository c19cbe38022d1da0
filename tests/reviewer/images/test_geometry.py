"""Both panes show the same product point at the same place, whatever the frame, zoom and pan."""

import math

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.model import Frame
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import Rect
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import apply
from reviewer.images.geometry import carried
from reviewer.images.geometry import compose
from reviewer.images.geometry import fit_view
from reviewer.images.geometry import invert
from reviewer.images.geometry import next_zoom
from reviewer.images.geometry import original_to_product
from reviewer.images.geometry import panned
from reviewer.images.geometry import product_to_screen
from reviewer.images.geometry import screen_to_product
from reviewer.images.geometry import source_to_screen
from reviewer.images.geometry import zoomed_at

lengths = st.floats(-4000, 4000)
zooms = st.one_of(st.sampled_from([0.5, 1.0, 2.0, 4.0]), st.floats(0.02, 30))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    scale, angle = draw(st.floats(0.1, 3)), math.radians(draw(st.one_of(st.just(0.0), st.floats(-15, 15))))
    a, b = scale * math.cos(angle), -scale * math.sin(angle)
    return Frame((a, b, draw(lengths), -b, a, draw(lengths)), (draw(st.integers(500, 6000)), 2000))


views = st.builds(ViewState, st.tuples(lengths, lengths), zooms, st.just(False))
sides = st.integers(50, 3000)


@settings(max_examples=200)
@given(frames(), views, sides, sides, st.integers(0, 500), st.tuples(lengths, lengths))
def test_a_product_point_lies_under_the_same_place_in_both_panes(frame, view, width, height, gap, point) -> None:
    left, right = Rect(0, 30, width, height), Rect(width + gap, 30, width, height)
    shown = apply(source_to_screen(view, left, original_to_product(frame)), point)
    in_product = apply(frame.matrix, point)
    mirrored = apply(source_to_screen(view, right, IDENTITY), in_product)
    assert shown[0] - left.x == pytest.approx(mirrored[0] - right.x, abs=1.0)
    assert shown[1] == pytest.approx(mirrored[1], abs=1.0)


@given(views, st.tuples(st.floats(0, 800), st.floats(30, 630)), zooms)
def test_zooming_keeps_the_product_point_under_the_pointer(view, pointer, zoom) -> None:
    pane = Rect(0, 30, 800, 600)
    held = screen_to_product(view, pane, pointer)
    after = zoomed_at(view, pane, pointer, zoom)
    found = apply(product_to_screen(after, pane), held)
    assert found == pytest.approx(pointer, abs=1.5)


@given(views, st.tuples(st.integers(-300, 300), st.integers(-300, 300)))
def test_a_drag_moves_the_product_as_far_as_the_pointer_unless_it_would_be_lost(view, moved) -> None:
    size = (4000.0, 4000.0)
    view = ViewState((2000.0, 2000.0), view.zoom, fit=False)
    after = panned(view, moved, size)
    assert 0 <= after.center[0] <= size[0]
    if abs(moved[0]) / view.zoom < 2000:
        assert (view.center[0] - after.center[0]) * view.zoom == pytest.approx(moved[0], abs=1e-6)


@given(st.floats(1, 9000), st.floats(1, 9000), st.integers(20, 3000), st.integers(20, 3000))
def test_fitting_shows_the_whole_product(width, height, across, down) -> None:
    pane = Rect(0, 0, across, down)
    view = fit_view((width, height), pane)
    left, top = apply(product_to_screen(view, pane), (0, 0))
    right, bottom = apply(product_to_screen(view, pane), (width, height))
    if 0.011 < view.zoom < 31:
        assert left >= -1
        assert top >= -1
        assert right <= across + 1
        assert bottom <= down + 1


@given(frames())
def test_an_affine_and_its_inverse_lead_back(frame) -> None:
    there_and_back = compose(invert(frame.matrix), frame.matrix)
    assert there_and_back == pytest.approx(IDENTITY, abs=1e-6)


@given(frames(), st.tuples(lengths, lengths))
def test_one_to_one_starts_on_a_whole_device_pixel(frame, center) -> None:
    affine = source_to_screen(ViewState(center, 1.0, fit=False), Rect(0, 0, 801, 601), IDENTITY)
    assert affine[2] == int(affine[2])
    assert affine[5] == int(affine[5])


def test_stepping_the_zoom_stops_at_one_to_one() -> None:
    assert next_zoom(0.9, 1) == 1.0
    assert next_zoom(1.1, -1) == 1.0
    assert next_zoom(1.0, 1) == pytest.approx(1.25)


def test_the_place_is_kept_relative_to_the_next_product() -> None:
    view = ViewState((250.0, 100.0), 1.0, fit=False)
    assert carried(view, (1000, 400), (2000, 2000)).center == (500.0, 500.0)
