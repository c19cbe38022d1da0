"""An image as a shopper sees it, and a delivery with names to correct: from the window to the files on the disk."""

import json

import pytest
from made_studios import Studio
from PySide6.QtCore import QEvent
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from pipeline.model import State
from reviewer.widgets.shop_page import DARK
from reviewer.widgets.shop_page import EDGE
from reviewer.widgets.shop_page import GAP

APPROVED = 4


@pytest.fixture
def window(qtbot, show, studio: Studio):
    opened = show(studio)
    qtbot.waitUntil(lambda: opened.session.current is not None)
    return opened


def color_at(page, x: int, y: int) -> str:
    return page.grab().toImage().pixelColor(x, y).name()


def test_a_shopper_sees_the_file_that_would_leave_by_day_and_by_night(qtbot, window, studio: Studio) -> None:
    window.actions_by_name["listing"].trigger()
    dialog = window.around.dialog("listing")
    qtbot.waitUntil(lambda: "amazon_main" in dialog.sentence.text(), timeout=30000)
    page, first = dialog.page, dialog.sentence.text()
    assert "does not follow" not in first, "a file that has no name yet is not judged by it"
    assert "ASIN" in first
    page.resize(3 * page.tile + 2 * GAP + 2 * EDGE, 420)
    own = EDGE + page.tile + GAP
    assert color_at(page, own + 3, EDGE + 3) == "#ffffff"
    assert color_at(page, own + page.tile // 2, EDGE + page.tile // 2) != "#ffffff", "the product itself"
    dialog.dark.toggle()
    assert color_at(page, own - GAP // 2, EDGE) == DARK.page
    assert color_at(page, own + 3, EDGE + 3) == "#ffffff", "its white stands out against the night"

    qtbot.keyClick(dialog, Qt.Key.Key_2)
    assert color_at(page, page.width() - EDGE - 4, page.height() // 2) in (DARK.page, DARK.bar)
    over = QPointF(EDGE * 2 + 64 + 120, EDGE + 140)
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        over,
        over,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, move)
    seen = {page.grab().toImage().pixelColor(page.width() - EDGE - 20, y).name() for y in range(40, 300, 7)}
    assert QColor(DARK.page).name() not in seen, "the lens shows the file there"

    dialog.platforms.setCurrentIndex(dialog.platforms.findData("zalando"))
    qtbot.waitUntil(lambda: "zalando" in dialog.sentence.text(), timeout=30000)
    window.session.step(1)
    qtbot.waitUntil(lambda: dialog._image == window.session.current, timeout=10000)
    qtbot.waitUntil(lambda: "zalando" in dialog.sentence.text() and dialog.sentence.text() != first, timeout=30000)
    with studio.open() as store:
        assert store.deliveries(studio.batch) == [], "looking delivers nothing"


def test_a_batch_is_delivered_under_the_names_that_were_corrected(qtbot, window, studio: Studio, tmp_path) -> None:
    window.actions_by_name["deliver"].trigger()
    dialog = window.around.dialog("delivery")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 5, timeout=20000)
    rows = [dialog.model.row(number) for number in range(5)]
    assert [row.waits for row in rows] == [True] * 4 + [False]
    assert "1 image" in dialog.sentence.text()
    index = dialog.model.index(APPROVED, 2)
    assert dialog.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert not dialog.model.flags(dialog.model.index(APPROVED, 0)) & Qt.ItemFlag.ItemIsEditable
    assert dialog.model.setData(index, " B0PLATE007 ")
    qtbot.waitUntil(lambda: dialog.model.row(APPROVED).name == "B0PLATE007.MAIN.jpg", timeout=10000)
    dialog.model.setData(dialog.model.index(0, 2), "B0WRONG")
    qtbot.waitUntil(lambda: "“B0WRONG” is none" in dialog.model.row(0).problem, timeout=10000)

    dialog.folder.setText(str(tmp_path / "out"))
    for row in range(1, dialog.platforms.count()):
        dialog.platforms.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == ("amazon_main",)
    dialog.deliver_button.click()
    qtbot.waitUntil(lambda: dialog.said.isVisible(), timeout=60000)
    assert "1 files delivered, 0 not" in dialog.said.item(0).text()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [each["name"] for each in manifest["files"]] == ["B0PLATE007.MAIN.jpg"]
    with studio.open() as store:
        assert store.entry(studio.images[APPROVED]).state is State.DELIVERED
        (change,) = store.name_changes(studio.images[APPROVED])
        assert (change.field, change.became, change.person) == ("asin", "B0PLATE007", window.session.desk.person)
        assert store.check() == []

    dialog.folder.setText(str(studio.folder))
    dialog.said.hide()
    dialog.deliver_button.click()
    qtbot.waitUntil(lambda: "not ours to replace" in dialog.sentence.text(), timeout=60000)
    assert dialog.deliver_button.isEnabled()
