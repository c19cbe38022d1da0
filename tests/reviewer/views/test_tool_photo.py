"""The tools that change the photo, in the real window: clean-up, colours, a second photo; and what becomes of them."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_retouch import CONTROL
from test_retouch import drag
from test_retouch import enter
from test_retouch import key

from pipeline.model import Grade
from pipeline.model import State
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.images.sources import load_mask
from reviewer.views.tool_clean_up import LAYER as OVERLAYS
from reviewer.views.tool_clean_up import CleanUpTool
from reviewer.views.tool_colour import LAYER as COLOUR
from reviewer.views.tool_colour import ColourTool
from reviewer.views.tool_copy import CopyTool
from reviewer.views.tool_ghost import REGION
from reviewer.views.tool_ghost import GhostTool
from reviewer.views.window import MainWindow


@pytest.fixture
def painting(qtbot, show, studio) -> MainWindow:
    window = show(studio)
    enter(qtbot, window)
    return window


def tool(window: MainWindow, kind: type):
    return next(each for each in window.repair.tools if isinstance(each, kind))


def put_photo(qtbot, window: MainWindow, change) -> None:
    """Let the room work on a photo that `change` (uint16 H×W×3 in, written in place) was applied to."""
    desk, entry = window.session.desk.repair, window.repair.entry
    with qtbot.waitCallback(timeout=30_000) as read:
        desk.work(entry, lambda photo: photo.copy(), read, failed=lambda error: None)
    change(read.args[0])
    desk._photo = (entry.record.id, read.args[0])


def test_proposals_are_taken_away_or_left_by_keys_and_filled_in_the_version(qtbot, painting, studio) -> None:
    window, cleaning = painting, tool(painting, CleanUpTool)

    def stamp(photo: np.ndarray) -> None:
        for place, words in (((820, 950), "2019 08 14"), ((60, 100), "EUR 49.90")):
            ink = np.zeros(photo.shape[:2], np.uint8)
            cv2.putText(ink, words, place, cv2.FONT_HERSHEY_DUPLEX, 1.4, 255, 3)
            photo[ink > 0] = (9_000, 8_000, 30_000)

    put_photo(qtbot, window, stamp)
    key(qtbot, window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: len(cleaning.found) == 2, timeout=60_000)
    assert {overlay.kind for overlay in cleaning.found} == {"date", "price"}
    kept = {overlay.text: overlay for overlay in cleaning.found}
    key(qtbot, window, Qt.Key.Key_Backspace)
    assert cleaning.left == {0}
    left = cleaning.found[0].text
    key(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(cleaning.deeds()) == 1, timeout=60_000)
    taken = next(overlay for text, overlay in kept.items() if text != left)
    patch = window.repair_panel.canvas.board.patches[f"{OVERLAYS} 0"]
    hole = taken.hole
    top, bottom = taken.box[1] - patch.top, taken.box[3] - patch.top
    there = patch.picture.levels[0][top:bottom, taken.box[0] - patch.left : taken.box[2] - patch.left, :3]
    assert np.abs(there[hole].astype(int) - 225).max() <= 2

    with qtbot.waitSignal(window.repair.saved, timeout=60_000) as saved:
        key(qtbot, window, Qt.Key.Key_S, CONTROL)
    fills = [step for step in saved.args[0].outcome.steps if step.stage == "fill"]
    assert [(step.actor, step.tool) for step in fills] == [(saved.args[0].actor, "best")]
    assert taken.text in fills[0].detail


def test_exposure_white_and_a_hue_are_set_shown_undone_and_saved_with_the_version(qtbot, painting) -> None:
    window, colour = painting, tool(painting, ColourTool)
    canvas = window.repair_panel.canvas
    key(qtbot, window, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: colour.shown is not None, timeout=30_000)
    own = colour.shown.after
    key(qtbot, window, Qt.Key.Key_Up)
    key(qtbot, window, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: colour.shown.after[0] > own[0] + 0.5, timeout=30_000)
    assert COLOUR in canvas.board.patches
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert colour.grade == Grade(exposure=0.05)
    colour.lab.setText("50; 10; -4")
    qtbot.keyClick(colour.lab, Qt.Key.Key_Return)
    assert "ΔE00" in colour.hand.swatches[1].title
    assert colour.reference == (50.0, 10.0, -4.0)
    take_reference_from_a_square_of_another_photo(qtbot, colour)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    colour.sliders["turn"].slider.setValue(80)
    qtbot.waitUntil(lambda: window.repair.draft.deeds[-1].values["grade"]["hues"] != [], timeout=5_000)
    drag(window, (100, 100))
    qtbot.waitUntil(lambda: colour.grade.white is not None, timeout=30_000)
    assert colour.grade.white == pytest.approx((1, 1), abs=0.01)
    wanted = colour.grade

    canvas.setFocus()
    with qtbot.waitSignal(window.repair.saved, timeout=60_000) as saved:
        key(qtbot, window, Qt.Key.Key_S, CONTROL)
    version = saved.args[0]
    assert version.outcome.grade == wanted
    step = next(step for step in version.outcome.steps if step.stage == "correct_color")
    assert "by hand: exposure +0.05 stops, 1 hues" in step.detail
    enter(qtbot, window)
    assert tool(window, ColourTool).grade == wanted


def take_reference_from_a_square_of_another_photo(qtbot, colour: ColourTool) -> None:
    """The squares of the made photos are 20 pixels wide, each of one colour, from (350, 250) on."""
    qtbot.mouseClick(colour.reference_button, Qt.MouseButton.LeftButton)
    dialog = colour.dialog
    qtbot.waitUntil(lambda: dialog.canvas.board is not None, timeout=30_000)
    assert not dialog.use_button.isEnabled()
    canvas = dialog.canvas
    blue, green, red = (int(level) for level in canvas.board.picture.levels[0][260, 360, :3])
    canvas.zoom_to(4.0, apply(canvas.to_screen(), (360, 260)))
    ends = [QPoint(*map(round, apply(canvas.to_screen(), point))) for point in ((354.5, 254.5), (364.5, 264.5))]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=ends[0])
    QTest.mouseMove(canvas, ends[1])
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=ends[1])
    assert dialog.hand.box == pytest.approx((354, 254, 365, 265), abs=1)
    swatches, name = dialog.hand.swatches, dialog.photos.currentText()
    assert swatches[0].color == pytest.approx((red, green, blue), abs=1)
    assert "ΔE00" in swatches[0].title
    picked = dialog.lab
    with qtbot.waitSignal(dialog.chosen):
        dialog.use_button.click()
    assert colour.reference == pytest.approx(picked)
    assert colour.lab.text() == "{:.1f} {:.1f} {:.1f}".format(*picked)
    assert name in colour.hand.swatches[1].title
    assert colour.hand.swatches[1].color == swatches[0].color


def test_an_inside_photo_is_laid_moved_and_becomes_part_of_a_version_then_copied(qtbot, painting, studio) -> None:
    window, ghost = painting, tool(painting, GhostTool)
    canvas = window.repair_panel.canvas
    key(qtbot, window, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: ghost.chooser.count() > 0, timeout=30_000)
    ghost.hand.set_brush(ghost.hand.brush.with_radius(40).harder(1))
    drag(window, (600, 260), (600, 300))
    key(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ghost.hand.placing and ghost.laid is not None and not ghost._busy, timeout=30_000)
    assert REGION in canvas.board.patches
    assert "joins" not in window.repair_panel.steps.text()
    key(qtbot, window, Qt.Key.Key_U)
    key(qtbot, window, Qt.Key.Key_Up)
    assert "joins" in window.repair_panel.steps.text()
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert "joins" not in window.repair_panel.steps.text()
    key(qtbot, window, Qt.Key.Key_G)
    before = ghost.values["move"]
    key(qtbot, window, Qt.Key.Key_Right)
    assert ghost.values["move"] == (before[0] + 1, before[1])
    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert tuple(ghost.values["move"]) == before
    drag(window, (640, 500), (660, 520))
    assert ghost.values["move"][0] == pytest.approx(before[0] + 20, abs=2)
    qtbot.waitUntil(lambda: not ghost._busy and not ghost._again, timeout=30_000)
    other = ghost.inside.sha256
    board, place = canvas.board, canvas.board.layer(REGION).levels[0] >= 128
    shown = np.zeros_like(board.mask)
    rows, columns = ghost.laid.share.shape
    patch = board.patches[REGION]
    shown[patch.top : patch.top + rows, patch.left : patch.left + columns] = ghost.laid.share
    wanted = np.maximum(np.where(place, 0, board.mask), shown)
    assert (wanted != board.mask).any()
    drawn = board.draw((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), Rect(0, 0, *board.size), "alpha", 0, hole=False)[..., 0]
    assert (drawn == wanted).all(), "the inside photo is seen on any ground as it will be saved"
    assert board.cover_at(600, 260) == wanted[260, 600]

    with qtbot.waitSignal(window.repair.saved, timeout=60_000) as saved:
        key(qtbot, window, Qt.Key.Key_S, CONTROL)
    version = saved.args[0]
    assert version.outcome.sources == (other,)
    assert version.outcome.needs_sign_off
    with studio.open() as store:
        assert (load_mask(store.files.path(version.outcome.mask), "the mask") == wanted).all()
    assert [step.actor for step in version.outcome.steps if step.stage == "ghost"] == [version.actor]

    qtbot.waitUntil(lambda: window.session.shown.version.id == version.id, timeout=30_000)
    enter(qtbot, window)
    copying = tool(window, CopyTool)
    key(qtbot, window, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: copying.chooser.count() > 1, timeout=30_000)
    copying.chooser.setCurrentIndex(1)
    target = copying.chooser.currentData()
    with qtbot.waitSignal(window.session.desk.changed, timeout=90_000):
        key(qtbot, window, Qt.Key.Key_Return)
    with studio.open() as store:
        copied = store.entry(target)
    assert copied.version.actor == version.actor
    assert copied.state is State.REVIEW
