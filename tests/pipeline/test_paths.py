"""Paths: what they cover to a fraction of a pixel, fitted to masks, and edited without changing what is not meant."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Subpath
from pipeline.paths import coverage
from pipeline.paths import raster
from pipeline.paths.curves import EVEN_ODD
from pipeline.paths.curves import NONZERO
from pipeline.paths.curves import corner
from pipeline.paths.curves import flattened
from pipeline.paths.editing import AFTER
from pipeline.paths.editing import BEFORE
from pipeline.paths.editing import CURVE
from pipeline.paths.editing import NODE
from pipeline.paths.editing import Hit
from pipeline.paths.editing import added
from pipeline.paths.editing import closed
from pipeline.paths.editing import converted
from pipeline.paths.editing import deleted
from pipeline.paths.editing import drawn_out
from pipeline.paths.editing import handle_moved
from pipeline.paths.editing import hit
from pipeline.paths.editing import joined
from pipeline.paths.editing import node_moved
from pipeline.paths.editing import snapped
from pipeline.paths.fit import fitted

K = 0.5522847498
"""Handle length of a quarter circle of radius 1; such a circle is 0.03 % too wide at most."""
SIZE = 220, 180


def circle(x: float, y: float, r: float, *, backwards: bool = False) -> Subpath:
    spokes = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    nodes = []
    for across, down in spokes:
        at, way = (x + r * across, y + r * down), (-down * K * r, across * K * r)
        nodes.append(Node(at, (at[0] - way[0], at[1] - way[1]), (at[0] + way[0], at[1] + way[1]), joined=True))
    if backwards:
        nodes = [Node(node.at, node.after, node.before, node.joined) for node in reversed(nodes)]
    return Subpath(tuple(nodes))


def square(left: float, top: float, right: float, bottom: float) -> Subpath:
    return Subpath(tuple(corner(point) for point in ((left, top), (right, top), (right, bottom), (left, bottom))))


def area(path: Path) -> float:
    return coverage(path, SIZE).sum() / 255


@settings(max_examples=60, deadline=None)
@given(left=st.floats(1, 80), top=st.floats(1, 80), width=st.floats(0.3, 100), height=st.floats(0.3, 80))
def test_a_rectangle_covers_each_pixel_by_the_share_that_lies_in_it(left, top, width, height) -> None:
    cover = coverage(Path((square(left, top, left + width, top + height),)), SIZE) / 255
    x, y = np.arange(SIZE[0]), np.arange(SIZE[1])
    across = np.clip(np.minimum(x + 1, left + width) - np.maximum(x, left), 0, 1)
    down = np.clip(np.minimum(y + 1, top + height) - np.maximum(y, top), 0, 1)
    assert np.abs(cover - down[:, None] * across[None]).max() <= 1 / 32 + 1 / 255


@pytest.mark.parametrize(
    ("rule", "backwards", "hole"), [(EVEN_ODD, False, True), (NONZERO, False, False), (NONZERO, True, True)]
)
def test_a_circle_within_a_circle_is_a_hole_by_the_rule(rule: str, backwards: bool, hole: bool) -> None:
    path = Path((circle(100.3, 90.7, 60), circle(100.3, 90.7, 30, backwards=backwards)), rule)
    assert area(path) == pytest.approx(np.pi * (3600 - 900 * hole), rel=5e-4)


def test_what_lies_beyond_the_picture_is_cut_at_its_edge() -> None:
    assert area(Path((square(-50, -20, 30, 40),))) == pytest.approx(30 * 40)
    assert area(Path((square(200, 100, 400, 400),))) == pytest.approx(20 * 80)
    assert not coverage(Path((square(300, 300, 400, 400),)), SIZE).any()


def test_an_open_subpath_is_filled_as_if_closed() -> None:
    triangle = Subpath((corner((10, 10)), corner((110, 10)), corner((10, 110))), closed=False)
    assert area(Path((triangle,))) == pytest.approx(5000, rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(x=st.floats(80, 120), y=st.floats(70, 110), r=st.floats(20, 65), hole=st.floats(0.2, 0.8))
def test_a_fitted_path_lies_within_half_a_pixel_of_the_outline_with_few_nodes(x, y, r, hole) -> None:
    mask = coverage(Path((circle(x, y, r), circle(x, y, r * hole))), SIZE)
    path = fitted(mask, tolerance=0.4)
    assert len(path.subpaths) == 2
    assert path.nodes <= 16
    for subpath in path.subpaths:
        points = flattened(subpath)
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        assert min(np.abs(away - r).max(), np.abs(away - r * hole).max()) <= 0.5


def test_a_fitted_path_has_corners_where_the_outline_has() -> None:
    path = fitted(coverage(Path((square(30.5, 40.5, 150.5, 120.5),)), SIZE))
    corners = [node.at for node in path.subpaths[0].nodes if not node.joined]
    assert len(corners) == 4
    for wanted in ((30.5, 40.5), (150.5, 40.5), (150.5, 120.5), (30.5, 120.5)):
        assert min(np.hypot(x - wanted[0], y - wanted[1]) for x, y in corners) <= 1


def test_an_empty_mask_and_specks_have_no_path_and_a_full_one_its_edge() -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[10:12, 10:12] = 255
    assert fitted(mask) == Path()
    assert (coverage(fitted(np.full((60, 80), 255, np.uint8)), (80, 60)) >= 128).all()


@settings(max_examples=40, deadline=None)
@given(subpath=st.integers(0, 1), node=st.integers(0, 3), t=st.floats(0.05, 0.95))
def test_a_node_is_added_where_a_curve_was_hit_and_nothing_changes_shape(subpath, node, t) -> None:
    path = Path((circle(100, 90, 60), square(60, 60, 120, 110)))
    more = added(path, Hit(CURVE, subpath, node, t))
    assert more.nodes == path.nodes + 1
    difference = np.abs(coverage(more, SIZE).astype(int) - coverage(path, SIZE))
    assert difference.max() <= 6, "0.02 pixels, as far as a curve's straight pieces may stray"
    assert deleted(more, subpath, node + 1).nodes == path.nodes


def test_the_pointer_finds_handles_first_then_nodes_then_curves() -> None:
    path = Path((circle(100, 90, 60),))
    node = path.subpaths[0].nodes[0]
    assert hit(path, node.after, 4, handles_of=(0, 0)).part == AFTER
    assert hit(path, node.after, 4) is None
    short = handle_moved(path, 0, 0, AFTER, (node.at[0], node.at[1] + 2))
    assert hit(short, node.at, 4, handles_of=(0, 0)).part == NODE, "a short handle does not hide its node"
    assert hit(path, (161, 91), 4).part == NODE
    found = hit(path, (100 + 60 * np.cos(0.8), 90 + 60 * np.sin(0.8)), 4)
    assert (found.part, found.node) == (CURVE, 0)
    assert hit(path, (100, 90), 4) is None


def test_the_handle_of_a_joined_node_takes_the_other_along_until_they_are_broken() -> None:
    path = Path((circle(100, 90, 60),))
    turned = handle_moved(path, 0, 0, BEFORE, (190, 90)).subpaths[0].nodes[0]
    assert turned.after == pytest.approx((160 - 60 * K, 90))
    broken = handle_moved(path, 0, 0, BEFORE, (190, 90), breaks=True)
    assert broken.subpaths[0].nodes[0].after == path.subpaths[0].nodes[0].after
    assert not broken.subpaths[0].nodes[0].joined
    again = joined(broken, 0, 0).subpaths[0].nodes[0]
    across = np.cross([*np.subtract(again.at, again.before), 0], [*np.subtract(again.after, again.at), 0])
    assert np.abs(across).max() < 1e-6


def test_nodes_move_convert_close_and_go() -> None:
    path = Path((Subpath((corner((10, 10)), corner((90, 10)), corner((50, 80))), closed=False),))
    assert closed(path, 0).subpaths[0].closed
    round_ = converted(closed(path, 0), 0, 1)
    assert round_.subpaths[0].nodes[1].joined
    assert converted(round_, 0, 1) == closed(path, 0)
    assert node_moved(round_, 0, 1, (95, 15)).subpaths[0].nodes[1].at == (95, 15)
    assert drawn_out(path, 0, 0, (20, 15)).subpaths[0].nodes[0].before == (0, 5)
    for _ in range(3):
        path = deleted(path, 0, 0)
    assert path == Path()


def test_snapping_finds_the_edge_near_the_pointer_and_none_where_there_is_none() -> None:
    rgb = np.full((100, 120, 3), 240, np.uint8)
    rgb[:, 60:] = (30, 60, 20)
    rgb = cv2.GaussianBlur(rgb, (0, 0), 1.2)
    x, y = snapped(rgb, (56.0, 40.0), 8)
    assert abs(x - 60) <= 1
    assert abs(y - 40) <= 2
    assert snapped(rgb, (20.0, 40.0), 8) == (20.0, 40.0)
    assert snapped(rgb, (500.0, 40.0), 8) == (500.0, 40.0)


def test_a_dense_path_is_drawn_in_smaller_strips_and_covers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path((circle(100, 90, 70), circle(90, 80, 20)))
    whole = coverage(path, SIZE)
    monkeypatch.setattr(raster, "AT_ONCE", 200)
    assert (coverage(path, SIZE) == whole).all()
