"""The pen, the edge-aware brush and hair in the real window, by real mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pipeline.paths import coverage
from pipeline.paths.curves import NONZERO
from reviewer.images.geometry import apply
from reviewer.views.tool_hair import HairTool
from reviewer.views.tool_pen import PenTool
from reviewer.views.window import MainWindow

ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(qtbot: QtBot, show, studio) -> MainWindow:
    window = show(studio)
    enter(qtbot, window)
    return window


def enter(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.compare.canvas.painted is not None, timeout=20_000)
    qtbot.keyClick(window.compare.canvas, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.repair.active, timeout=20_000)


def at(window: MainWindow, x: float, y: float) -> QPoint:
    screen = apply(window.repair_panel.canvas.to_screen(), (x, y))
    return QPoint(round(screen[0]), round(screen[1]))


def drag(window: MainWindow, *points: tuple[float, float], modifier=NONE) -> None:
    canvas, places = window.repair_panel.canvas, [at(window, *point) for point in points]
    QTest.mouseMove(canvas, places[0])
    QTest.mousePress(canvas, LEFT, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, modifier, places[-1])


def key(qtbot: QtBot, window: MainWindow, which: Qt.Key, modifier=NONE) -> None:
    qtbot.keyClick(window.repair_panel.canvas, which, modifier)


def mask(window: MainWindow) -> np.ndarray:
    return window.repair_panel.canvas.board.mask


def pen(window: MainWindow) -> PenTool:
    return next(tool for tool in window.repair.tools if isinstance(tool, PenTool))


def test_a_path_is_drawn_edited_undone_and_cut_along(qtbot, room) -> None:
    key(qtbot, room, Qt.Key.Key_P)
    hand, hints = pen(room).hand, {room.repair_panel.hint.text()}
    for place in ((200, 200), (800, 200), (800, 700)):
        drag(room, place)
    drag(room, (200, 700), (120, 700))
    assert hand.path.subpaths[0].nodes[3].joined, "a drag rounds the node"
    QTest.mouseMove(room.repair_panel.canvas, at(room, 500, 400))
    hints.add(room.repair_panel.hint.text())
    drag(room, (200, 200))
    assert hand.path.subpaths[0].closed
    assert hand.path.nodes == 4
    drag(room, (800, 450), (900, 450))
    assert hand.path.nodes == 5, "a press on the line adds a node, and drags it"
    drag(room, (200, 200), (150, 150))
    moved = hand.path.subpaths[0].nodes[0].at
    assert np.hypot(moved[0] - 150, moved[1] - 150) <= 3
    hints.add(room.repair_panel.hint.text())
    assert len(hints) == 3
    assert all(hints)
    before = hand.path
    key(qtbot, room, Qt.Key.Key_Delete)
    assert hand.path.nodes == 4
    key(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert hand.path == before
    key(qtbot, room, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hand.path.nodes == 4
    old = mask(room).copy()
    key(qtbot, room, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.repair.draft.deeds[-1].layer == "mask", timeout=20_000)
    assert (mask(room) == coverage(hand.path, (1200, 1000))).all()
    key(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert (mask(room) == old).all()


def test_keys_shape_nodes_and_lines(qtbot, room) -> None:
    key(qtbot, room, Qt.Key.Key_P)
    hand = pen(room).hand
    for place in ((200, 200), (800, 200), (800, 700), (200, 200)):
        drag(room, place)
    node = hand.path.subpaths[0].nodes[0]
    key(qtbot, room, Qt.Key.Key_C)
    assert hand.path.subpaths[0].nodes[0].joined
    key(qtbot, room, Qt.Key.Key_M)
    assert not hand.path.subpaths[0].nodes[0].joined
    key(qtbot, room, Qt.Key.Key_Right, SHIFT)
    assert hand.path.subpaths[0].nodes[0].at == (node.at[0] + 10, node.at[1])
    key(qtbot, room, Qt.Key.Key_L)
    assert not hand.path.subpaths[0].closed
    key(qtbot, room, Qt.Key.Key_V)
    assert hand.path.rule == NONZERO
    drag(room, (800, 450), (850, 480), modifier=SHIFT)
    assert hand.path.subpaths[0].nodes[1].at[0] == pytest.approx(850, abs=4)
    drag(room, (850, 230), modifier=ALT)
    assert hand.path.subpaths[0].nodes[1].joined, "Alt on a node rounds a corner"
    key(qtbot, room, Qt.Key.Key_Delete, SHIFT)
    assert not hand.path.subpaths


def test_a_path_around_the_mask_is_saved_with_the_version_and_comes_back(qtbot, room, studio) -> None:
    key(qtbot, room, Qt.Key.Key_P)
    key(qtbot, room, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: bool(pen(room).hand.path.subpaths), timeout=20_000)
    path = pen(room).hand.path
    inside = mask(room) >= 128
    covered = coverage(path, (1200, 1000)) >= 128
    assert (inside & covered).sum() / (inside | covered).sum() > 0.99
    with qtbot.waitSignal(room.repair.saved, timeout=60_000) as saved:
        key(qtbot, room, Qt.Key.Key_S, CONTROL)
    assert saved.args[0].outcome.path is not None
    qtbot.waitUntil(lambda: room.session.shown.version.id == saved.args[0].id, timeout=20_000)
    (studio.folder / "drafts" / f"{studio.images[0]}.json").unlink()
    enter(qtbot, room)
    qtbot.waitUntil(lambda: pen(room).hand.path.nodes == path.nodes, timeout=20_000)


def test_hair_is_solved_under_the_stroke_and_shown_before_and_after(qtbot, room) -> None:
    before = mask(room).copy()
    key(qtbot, room, Qt.Key.Key_H)
    edge = np.flatnonzero(np.diff((before[500] >= 128).astype(int)))[0]
    drag(room, (edge, 460), (edge, 540))
    qtbot.waitUntil(lambda: bool(room.repair.draft.deeds), timeout=20_000)
    after = mask(room).copy()
    changed = np.argwhere(after != before)
    tool = next(tool for tool in room.repair.tools if isinstance(tool, HairTool))
    assert "hair" not in room.repair_panel.canvas.board.layers
    assert np.abs(changed[:, 1] - edge).max(initial=0) <= tool.hand.brush.radius + 4
    board = room.repair_panel.canvas.board
    qtbot.waitUntil(lambda: "hair" in board.patches, timeout=20_000)
    assert board.patches["hair"].cut_out, "on other grounds hair has its own colours"
    key(qtbot, room, Qt.Key.Key_C)
    assert (mask(room) == before).all()
    assert "hair" not in board.patches
    key(qtbot, room, Qt.Key.Key_C)
    assert (mask(room) == after).all()
    key(qtbot, room, Qt.Key.Key_C)
    key(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert (mask(room) == before).all()
    assert not room.repair.draft.deeds


def test_a_stroke_up_to_the_edge_adds_the_object_and_not_the_backdrop(qtbot, room) -> None:
    start = mask(room).copy()
    inside = start >= 128
    edge = int(np.flatnonzero(np.diff(inside[500].astype(int)))[0])
    drag(room, (edge + 30, 470), (edge + 30, 530), modifier=ALT)
    bitten = mask(room).copy()
    assert (bitten[500] < start[500]).any()
    key(qtbot, room, Qt.Key.Key_A)
    drag(room, (edge + 30, 470), (edge + 30, 530))
    qtbot.waitUntil(lambda: len(room.repair.draft.deeds) == 2, timeout=20_000)
    grown = mask(room)
    wrong = (grown >= 128) != inside
    assert wrong.sum() < 0.35 * ((bitten >= 128) != inside).sum()
    key(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert (mask(room) == bitten).all()


def test_the_mask_is_inverted_and_emptied_and_comes_back(qtbot, room) -> None:
    start = mask(room).copy()
    key(qtbot, room, Qt.Key.Key_I, CONTROL)
    assert (mask(room) == 255 - start).all()
    key(qtbot, room, Qt.Key.Key_D, CONTROL)
    assert not mask(room).any()
    for _ in range(2):
        key(qtbot, room, Qt.Key.Key_Z, CONTROL)
    assert (mask(room) == start).all()
    key(qtbot, room, Qt.Key.Key_4)
    drag(room, (60, 60), (90, 60))
    assert mask(room)[60, 75] == 102, "40 % of 255"
