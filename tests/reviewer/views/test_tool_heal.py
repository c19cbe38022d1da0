"""The spot brush in the real window: mouse and keys, undone and done again, and the version that comes of it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_retouch import ALT
from test_retouch import CONTROL
from test_retouch import SHIFT
from test_retouch import drag
from test_retouch import enter
from test_retouch import key

from pipeline.run.patch import patched
from pipeline.stages.prepare import prepare
from reviewer.views.tool_heal import LAYER
from reviewer.views.tool_heal import HealTool
from reviewer.views.window import MainWindow


@pytest.fixture
def painting(qtbot, show, studio) -> MainWindow:
    window = show(studio)
    enter(qtbot, window)
    return window


def healing(window: MainWindow) -> HealTool:
    return next(tool for tool in window.repair.tools if isinstance(tool, HealTool))


def deeds(window: MainWindow) -> int:
    return sum(deed.layer == LAYER for deed in window.repair.draft.deeds)


def test_cloned_pixels_are_those_of_the_source_undone_redone_and_saved(qtbot, painting, studio) -> None:
    window, canvas = painting, painting.repair_panel.canvas
    key(qtbot, window, Qt.Key.Key_S, SHIFT)
    assert healing(window) is window.repair.tool
    drag(window, (430, 330), (470, 330))
    assert "Alt+click" in window.repair_panel.toast.text()
    drag(window, (430, 130), modifier=ALT)
    window.repair.tool.brush.set_brush(window.repair.tool.brush.brush.with_radius(20).harder(1))
    drag(window, (430, 330), (470, 330))
    qtbot.waitUntil(lambda: deeds(window) == 1, timeout=30_000)
    assert f"{LAYER} 0" in canvas.board.patches
    shown = canvas.board.patches[f"{LAYER} 0"].picture.levels[0]
    assert (shown[10:20, 15:40, :3] == 225).all()

    key(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert not canvas.board.patches
    key(qtbot, window, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: bool(canvas.board.patches), timeout=30_000)
    key(qtbot, window, Qt.Key.Key_Escape)
    enter(qtbot, window)
    qtbot.waitUntil(lambda: f"{LAYER} 0" in window.repair_panel.canvas.board.patches, timeout=30_000)

    with qtbot.waitSignal(window.repair.saved, timeout=60_000) as saved:
        key(qtbot, window, Qt.Key.Key_S, CONTROL)
    version = saved.args[0]
    assert [(step.tool, step.actor) for step in version.outcome.steps if step.stage == "heal"] == [
        ("clone", version.actor)
    ]
    with studio.open() as store:
        record = store.entry(studio.images[0]).record
        before = prepare(record, store.files.path(record.sha256), studio.settings)
        after = patched(before, version.outcome, store.files)
    changed = (before.photo.rgb != after.photo.rgb).any(axis=2)
    assert (after.photo.rgb[330, 432:468] == before.photo.rgb[130, 432:468]).all()
    assert not changed[:300].any()
    assert not changed[:, :400].any()


def test_specks_are_found_stepped_through_and_healed_by_keys(qtbot, painting) -> None:
    window, tool = painting, healing(painting)
    # Specks on the plain backdrop of the file that the room has read.
    desk = window.session.desk.repair
    entry = window.repair.entry
    with qtbot.waitCallback(timeout=30_000) as read:
        desk.work(entry, lambda photo: photo.copy(), read, failed=lambda error: None)
    photo = read.args[0]
    for x, y in ((150, 150), (1000, 300)):
        photo[y - 2 : y + 2, x - 2 : x + 2] = 9_000
    desk._photo = (entry.record.id, photo)
    key(qtbot, window, Qt.Key.Key_S)
    key(qtbot, window, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(tool.hand.boxes) == 2, timeout=30_000)
    assert tool.hand.at == 0
    first = tool.hand.boxes[0]
    key(qtbot, window, Qt.Key.Key_Period)
    assert tool.hand.at == 1
    key(qtbot, window, Qt.Key.Key_Comma)
    key(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: deeds(window) == 1, timeout=30_000)
    assert len(tool.hand.boxes) == 1
    assert first not in tool.hand.boxes
    patch = window.repair_panel.canvas.board.patches[f"{LAYER} 0"].picture.levels[0]
    assert (np.abs(patch[..., :3].astype(int) - 225) <= 1).all()
