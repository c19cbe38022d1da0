"""The tools that change the photo, in the real window: clean-up, colours, a second photo; and what becomes of them."""

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_retouch import CONTROL
from test_retouch import enter
from test_retouch import key

from reviewer.views.tool_clean_up import LAYER as OVERLAYS
from reviewer.views.tool_clean_up import CleanUpTool
from reviewer.views.window import MainWindow


@pytest.fixture
def painting(qtbot, show, studio) -> MainWindow:
    window = show(studio)
    window.session.desk.person = "Ada"
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
    assert [(step.actor, step.tool) for step in fills] == [("Ada", "best")]
    assert taken.text in fills[0].detail
