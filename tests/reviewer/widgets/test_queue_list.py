"""The list costs what is visible: a hundred thousand rows open and scroll like ten."""

import time

from PySide6.QtCore import Qt

from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from reviewer.widgets.queue_list import QueueList


def entries(count: int) -> list[Entry]:
    return [
        Entry(ImageRecord(number, "b", f"item-{number}.jpg", "", 1, 9, 9), State.NEW, None, None)
        for number in range(1, count + 1)
    ]


def test_a_hundred_thousand_rows_scroll_like_ten(qtbot, themed) -> None:
    drawn = []
    rows = QueueList(lambda entry: drawn.append(entry.record.id))
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.set_rows(entries(100_000))
    rows.show()
    qtbot.waitExposed(rows)
    drawn.clear()
    rows.verticalScrollBar().setValue(50_000 * 72)
    rows.viewport().grab()
    assert 10 <= len(set(drawn)) <= 12
    assert 50_001 in drawn
    spent = []
    for place in range(100):
        rows.verticalScrollBar().setValue(place * 70_000)
        begun = time.process_time()
        rows.viewport().grab()
        spent.append(time.process_time() - begun)
    assert sorted(spent)[50] < 0.05


def test_a_click_picks_the_row_under_it_after_scrolling(qtbot, themed) -> None:
    rows = QueueList(lambda entry: None)
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.set_rows(entries(500))
    rows.show()
    rows.verticalScrollBar().setValue(200 * 72)
    with qtbot.waitSignal(rows.picked) as picked:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(203).center())
    assert picked.args == [204]


def test_the_current_row_comes_into_sight_with_its_neighbours(qtbot, themed) -> None:
    rows = QueueList(lambda entry: None)
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.show()
    rows.set_rows(entries(500))
    for row in (300, 10, 499, 0):
        rows.set_current(row + 1, row)
        seen = rows.visible_rows()
        assert row in seen
        assert min(row + 1, 499) in seen
        assert max(row - 1, 0) in seen
