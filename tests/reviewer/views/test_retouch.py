"""Repair by hand in the real window: real mouse and keys, the strokes of a person, and the version they become."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtGui import QPointingDevice
from PySide6.QtGui import QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reviewer.images.draft import HOLE
from reviewer.images.geometry import apply
from reviewer.images.geometry import product_to_screen
from reviewer.images.sources import load_mask
from reviewer.views.tool_fill import FillTool
from reviewer.views.window import MainWindow
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.pixel_readout import read_board

ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def painting(qtbot, show, studio) -> MainWindow:
    window = show(studio)
    enter(qtbot, window)
    return window


def enter(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.compare.canvas.painted is not None)
    qtbot.keyClick(window.compare.canvas, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: window.repair.active, timeout=20_000)


def at(window: MainWindow, x: float, y: float) -> QPoint:
    """Where a pixel of the original lies on the canvas."""
    canvas = window.repair_panel.canvas
    screen = apply(product_to_screen(canvas.view, canvas.room()), (x, y))
    return QPoint(round(screen[0]), round(screen[1]))


def drag(window: MainWindow, *points: tuple[float, float], modifier=NONE, button=LEFT) -> None:
    canvas = window.repair_panel.canvas
    places = [at(window, *point) for point in points]
    QTest.mouseMove(canvas, places[0])
    QTest.mousePress(canvas, button, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, button, modifier, places[-1])


def key(qtbot: QtBot, window: MainWindow, which: Qt.Key, modifier=NONE) -> None:
    qtbot.keyClick(window.repair_panel.canvas, which, modifier)


def hand(window: MainWindow) -> BrushHand:
    found = window.repair.tool.brush
    assert found is not None
    return found


def filling(window: MainWindow) -> FillTool:
    return next(tool for tool in window.repair.tools if isinstance(tool, FillTool))


def mask(window: MainWindow) -> np.ndarray:
    return window.repair_panel.canvas.board.mask


def test_b_enters_on_the_original_and_escape_leads_back(qtbot, painting) -> None:
    window = painting
    assert window.repair_panel.isVisible()
    assert not window.compare.isVisible()
    assert not window.bar.isVisible()
    assert window.repair_panel.canvas.board.size == (1200, 1000)
    key(qtbot, window, Qt.Key.Key_Escape)
    assert not window.repair.active
    assert window.compare.isVisible()
    assert window.bar.isVisible()


def test_review_keys_decide_nothing_while_somebody_paints(qtbot, painting, studio) -> None:
    window = painting
    for which in (Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_C, Qt.Key.Key_Right):
        key(qtbot, window, which)
    assert window.repair.active
    assert window.session.current == studio.images[0]
    key(qtbot, window, Qt.Key.Key_Escape)
    window.close()
    with studio.open() as store:
        assert not store.decisions(studio.images[0])


def test_a_drag_adds_under_the_pointer_and_nowhere_else(painting) -> None:
    before = mask(painting).copy()
    drag(painting, (100, 100), (160, 100), (220, 100))
    after = mask(painting)
    assert (after[95:105, 105:215] == 255).all()
    changed = np.argwhere(after != before)
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    radius = hand(painting).brush.radius + 3
    assert (left, top) >= (100 - radius - 2, 100 - radius - 2)
    assert right <= 220 + radius + 2
    assert bottom <= 100 + radius + 2


def test_x_and_alt_pick_the_other_way(qtbot, painting) -> None:
    inside = (500, 500)
    assert mask(painting)[500, 500] == 255
    drag(painting, inside, (560, 500), modifier=ALT)
    assert mask(painting)[500, 530] == 0
    key(qtbot, painting, Qt.Key.Key_X)
    drag(painting, (500, 600), (560, 600))
    assert mask(painting)[600, 530] == 0
    drag(painting, inside, (560, 500), modifier=ALT)
    assert mask(painting)[500, 530] == 255


def test_keys_size_and_harden_the_brush(qtbot, painting) -> None:
    radius, hardness = hand(painting).brush.radius, hand(painting).brush.hardness
    key(qtbot, painting, Qt.Key.Key_BracketRight)
    assert hand(painting).brush.radius > radius
    key(qtbot, painting, Qt.Key.Key_BracketLeft)
    assert hand(painting).brush.radius == pytest.approx(radius)
    key(qtbot, painting, Qt.Key.Key_BracketLeft, SHIFT)
    assert hand(painting).brush.hardness < hardness


def test_a_right_alt_drag_sizes_the_brush_and_paints_nothing(painting) -> None:
    canvas, before = painting.repair_panel.canvas, mask(painting).copy()
    radius = hand(painting).brush.radius
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, ALT, middle)
    QTest.mouseMove(canvas, middle + QPoint(60, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, ALT, middle + QPoint(60, 0))
    assert hand(painting).brush.radius > 1.5 * radius
    assert (mask(painting) == before).all()


def test_shift_draws_straight_from_where_the_last_stroke_ended(painting) -> None:
    drag(painting, (100, 900), (120, 900))
    drag(painting, (1000, 900), modifier=SHIFT)
    assert (mask(painting)[900, 110:1000] == 255).all()
    assert len(painting.repair.draft.deeds) == 2


def test_strokes_are_undone_one_by_one_and_done_again(qtbot, painting) -> None:
    start = mask(painting).copy()
    drag(painting, (100, 100), (200, 100))
    first = mask(painting).copy()
    drag(painting, (100, 900), (200, 900))
    second = mask(painting).copy()
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL)
    assert (mask(painting) == first).all()
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL)
    assert (mask(painting) == start).all()
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL | SHIFT)
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (mask(painting) == second).all()


def test_strokes_can_be_undone_after_leaving_and_closing_the_window(qtbot, painting, show, studio) -> None:
    start = mask(painting).copy()
    drag(painting, (100, 100), (200, 100))
    first = mask(painting).copy()
    drag(painting, (100, 900), (200, 900))
    second = mask(painting).copy()
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL)
    key(qtbot, painting, Qt.Key.Key_Escape)
    painting.close()
    again = show(studio)
    enter(qtbot, again)
    assert (mask(again) == first).all()
    key(qtbot, again, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (mask(again) == second).all()
    key(qtbot, again, Qt.Key.Key_Z, CONTROL)
    key(qtbot, again, Qt.Key.Key_Z, CONTROL)
    assert (mask(again) == start).all()


def test_another_image_ends_the_mode_and_keeps_the_strokes(qtbot, painting, studio) -> None:
    drag(painting, (100, 100), (200, 100))
    painted = mask(painting).copy()
    painting.session.show_image(studio.images[1])
    assert not painting.repair.active
    painting.session.show_image(studio.images[0])
    qtbot.waitUntil(lambda: painting.compare.canvas.painted is not None)
    enter(qtbot, painting)
    assert (mask(painting) == painted).all()


def test_the_status_says_what_a_drag_will_do(qtbot, painting) -> None:
    canvas, hint = painting.repair_panel.canvas, painting.repair_panel.hint
    said = [hint.text()]
    for held in (Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Space):
        QTest.keyPress(canvas, held)
        said.append(hint.text())
        QTest.keyRelease(canvas, held)
        assert hint.text() == said[0]
    key(qtbot, painting, Qt.Key.Key_J)
    said.append(hint.text())
    assert "erases" in said[1]
    assert all(said)
    assert len(set(said)) == 5


def test_what_is_drawn_anew_after_a_stroke_equals_a_picture_drawn_whole(qtbot, painting) -> None:
    canvas = painting.repair_panel.canvas
    key(qtbot, painting, Qt.Key.Key_1, CONTROL)
    canvas.grab()
    for look in range(painting.repair_panel.looks.count()):
        middle = canvas.original_point(canvas.room().center)
        drag(painting, middle, (middle[0] + 30 * look, middle[1] - 80))
        partly = canvas._screen.copy()
        canvas.redraw()
        canvas.grab()
        assert (canvas._screen == partly).all()
        key(qtbot, painting, Qt.Key.Key_K)
        canvas.grab()


def test_one_to_one_shows_the_file_s_own_pixels(qtbot, painting) -> None:
    canvas = painting.repair_panel.canvas
    key(qtbot, painting, Qt.Key.Key_1, CONTROL)
    QTest.keyPress(canvas, Qt.Key.Key_Tab)
    canvas.grab()
    left, top = (round(value) for value in canvas.original_point((0.0, 0.0)))
    shown = canvas._screen[:, :, :3]
    height, width = (min(a, b) for a, b in zip(shown.shape, (1000 - top, 1200 - left), strict=False))
    file = canvas.board.picture.levels[0][top : top + height, left : left + width, :3]
    assert (shown[:height, :width] == file).all()
    QTest.keyRelease(canvas, Qt.Key.Key_Tab)


def test_the_status_line_says_what_the_file_holds_under_the_pointer(qtbot, painting, monkeypatch) -> None:
    canvas, line = painting.repair_panel.canvas, painting.repair_panel.readout
    deep = np.arange(1000 * 1200 * 3, dtype=np.uint32).astype(np.uint16).reshape(1000, 1200, 3)
    monkeypatch.setattr("reviewer.desk.repair.load_samples", lambda path, name, decode: deep)
    QTest.mouseMove(canvas, at(painting, 140, 120))
    x, y = (int(value) for value in canvas.original_point(canvas._pointer))
    levels = " ".join(str(value) for value in deep[y, x])
    qtbot.waitUntil(lambda: f"x {x}  y {y}     original {levels}" in line.text())
    assert "mask 0%" in line.text()
    lab = read_board(canvas.board, (x + 0.5, y + 0.5)).lab
    assert "Lab {:.1f} {:.1f} {:.1f}".format(*lab) in line.text()
    drag(painting, (x, y), (x + 4, y))
    assert mask(painting)[y, x] == 255
    assert "mask 100%" in line.text()
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert line.text() == ""


def test_a_hole_is_filled_judged_and_accepted_by_enter(qtbot, painting) -> None:
    board = painting.repair_panel.canvas.board
    key(qtbot, painting, Qt.Key.Key_J)
    drag(painting, (450, 450), (550, 460))
    assert board.hole.any()
    key(qtbot, painting, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(filling(painting).filled and filling(painting).filled.readings), timeout=20_000)
    values = {reading.name: reading.value for reading in filling(painting).filled.readings}
    assert set(values) == {"smear", "repeats", "seam"}
    assert f"{1 - values['smear']:.0%}" in filling(painting).readings.text()
    patch = board.patches[HOLE]
    filled = patch.picture.levels[0]
    rows, columns = (
        slice(start, start + length) for start, length in zip((patch.top, patch.left), filled.shape[:2], strict=True)
    )
    file, hole = board.picture.levels[0][rows, columns], board.hole[rows, columns]
    assert (filled[hole] != file[hole]).any()
    assert not painting.repair.draft.engine
    key(qtbot, painting, Qt.Key.Key_Return)
    assert painting.repair.draft.engine == filling(painting).engines.currentData()
    drag(painting, (700, 450), (720, 450))
    assert HOLE not in board.patches, "another hole needs another fill"
    assert not painting.repair.draft.engine


def test_a_painted_hole_has_to_be_accepted_before_it_is_saved(qtbot, painting) -> None:
    key(qtbot, painting, Qt.Key.Key_J)
    drag(painting, (450, 450), (550, 460))
    key(qtbot, painting, Qt.Key.Key_S, CONTROL)
    assert painting.repair.active
    assert "Enter" in painting.repair_panel.toast.text()


def test_saving_makes_a_version_by_that_person_whose_mask_is_what_was_painted(qtbot, painting, studio) -> None:
    image = studio.images[0]
    drag(painting, (340, 400), (340, 600))
    painted = mask(painting).copy()
    with qtbot.waitSignal(painting.repair.saved, timeout=60_000) as saved:
        key(qtbot, painting, Qt.Key.Key_S, CONTROL)
        assert not painting.repair.active
    version = saved.args[0]
    assert version.actor == painting.session.desk.person
    assert version.outcome.needs_sign_off
    assert f"{version.outcome.score.total:.0f}" in painting.compare.toast.text()
    with studio.open() as store:
        kept = store.entry(image).version
        levels = load_mask(store.files.path(kept.outcome.mask), "the mask")
    assert kept.id == version.id
    assert (levels == painted).all()
    qtbot.waitUntil(lambda: painting.session.shown.version.id == version.id)
    enter(qtbot, painting)
    assert (mask(painting) == painted).all()
    key(qtbot, painting, Qt.Key.Key_Z, CONTROL)
    assert (mask(painting) != painted).any()


def test_pressure_sizes_the_brush_and_the_other_end_of_the_pen_erases(painting) -> None:
    canvas = painting.repair_panel.canvas
    pen(canvas, at(painting, 150, 900), at(painting, 250, 900), pressure=0.25)
    column = np.flatnonzero(mask(painting)[:, 200] == 255)
    assert 4 <= len(column) <= hand(painting).brush.radius
    pen(canvas, at(painting, 450, 500), at(painting, 550, 500), pressure=1.0, eraser=True)
    assert mask(painting)[500, 500] == 0


def pen(canvas, start: QPoint, end: QPoint, *, pressure: float, eraser: bool = False) -> None:
    kind = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
    device = QPointingDevice("pen", 1, QInputDevice.DeviceType.Stylus, kind, QInputDevice.Capability.Pressure, 1, 3)
    for what, place, buttons in (
        (QEvent.Type.TabletPress, start, LEFT),
        (QEvent.Type.TabletMove, end, LEFT),
        (QEvent.Type.TabletRelease, end, Qt.MouseButton.NoButton),
    ):
        spot = QPointF(place)
        event = QTabletEvent(
            what, device, spot, QPointF(canvas.mapToGlobal(place)), pressure, 0, 0, 0, 0, 0, NONE, LEFT, buttons
        )
        QApplication.sendEvent(canvas, event)


def test_a_large_fill_is_shown_and_cannot_be_accepted_before_it_is_judged(qtbot, painting) -> None:
    canvas, early = painting.repair_panel.canvas, []
    key(qtbot, painting, Qt.Key.Key_J)
    hand(painting).set_brush(hand(painting).brush.with_radius(120))
    drag(painting, (500, 450), (650, 500))

    def press_enter_at_once(filled) -> None:
        if not filled.readings and not early:
            early.append(filled)
            filling(painting).fill_or_accept()
            assert not painting.repair.draft.engine

    shown = filling(painting)._take
    filling(painting)._take = lambda filled: (shown(filled), press_enter_at_once(filled))
    key(qtbot, painting, Qt.Key.Key_Return)
    assert canvas.board.hole.sum() > 40_000
    qtbot.waitUntil(
        lambda: filling(painting).filled is not None and bool(filling(painting).filled.readings), timeout=60_000
    )
    assert early
    assert canvas.board.patches[HOLE] is filling(painting).filled.patch
