"""The list costs what is visible: a hundred thousand rows open and scroll like ten."""

import time
from array import array
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from PySide6.QtCore import Qt

from pipeline.model import Card
from pipeline.model import State
from reviewer.desk.lists import Lists
from reviewer.models.queue import QueueModel
from reviewer.widgets.queue_list import QueueGrid
from reviewer.widgets.queue_list import QueueList
from reviewer.widgets.row_paint import where_it_stands


class Rows:
    """So many cards, and which were asked for."""

    def __init__(self, count: int) -> None:
        self.count, self.wanted = count, []

    def __len__(self) -> int:
        return self.count

    def image_at(self, row: int) -> int:
        return row + 1

    def card(self, row: int) -> Card:
        return Card(row + 1, f"item-{row + 1}.jpg", "", "", "", State.NEW, 80.0, 0.0, (), 0, None, None, None)

    def want_cards(self, rows: range) -> None:
        self.wanted.append(rows)


def test_a_hundred_thousand_rows_scroll_like_ten(qtbot, themed) -> None:
    drawn = []
    rows = QueueList(lambda card: drawn.append(card.image))
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.set_rows(Rows(100_000))
    rows.show()
    qtbot.waitExposed(rows)
    drawn.clear()
    rows.verticalScrollBar().setValue(50_000 * 72)
    rows.viewport().grab()
    assert 10 <= len(set(drawn)) <= 12
    assert 50_001 in drawn
    spent = []
    for place in range(31):
        rows.verticalScrollBar().setValue(place * 220_000)
        begun = time.process_time()
        rows.viewport().grab()
        spent.append(time.process_time() - begun)
    assert sorted(spent)[15] < 0.05


def test_a_click_picks_the_row_under_it_after_scrolling(qtbot, themed) -> None:
    rows = QueueList(lambda card: None)
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.set_rows(Rows(500))
    rows.show()
    rows.verticalScrollBar().setValue(200 * 72)
    with qtbot.waitSignal(rows.picked) as picked:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(203).center())
    assert picked.args == [204]


def test_the_current_row_comes_into_sight_with_its_neighbours(qtbot, themed) -> None:
    rows = QueueList(lambda card: None)
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.show()
    rows.set_rows(Rows(500))
    for row in (300, 10, 499, 0):
        rows.set_current(row + 1, row)
        seen = rows.visible_rows()
        assert row in seen
        assert min(row + 1, 499) in seen
        assert max(row - 1, 0) in seen


class Watching(QueueList):
    """A list that notes which part of it was painted."""

    def __init__(self) -> None:
        super().__init__(lambda card: None)
        self.painted = []

    def paintEvent(self, event) -> None:
        self.painted.append(event.rect())
        super().paintEvent(event)


def test_marking_another_row_paints_only_those_two_again(qtbot, themed) -> None:
    rows = Watching()
    qtbot.addWidget(rows)
    rows.resize(304, 720)
    rows.set_rows(Rows(500))
    rows.set_current(3, 2)
    rows.show()
    qtbot.waitExposed(rows)
    whole = rows.viewport().grab().toImage()
    qtbot.waitUntil(lambda: not rows._rest.isActive())
    rows.painted.clear()
    rows.set_current(4, 3)
    qtbot.waitUntil(lambda: bool(rows.painted))
    assert rows.painted == [rows.row_rect(2).united(rows.row_rect(3))]
    assert rows.viewport().grab().toImage() != whole


def test_a_grid_fills_its_width_and_a_click_finds_its_tile(qtbot, themed) -> None:
    grid = QueueGrid(lambda card: None)
    qtbot.addWidget(grid)
    grid.resize(1000, 700)
    grid.set_rows(Rows(100_000))
    grid.show()
    assert grid.columns() == 5
    grid.set_current(50_001, 50_000)
    assert 50_000 in grid.visible_rows()
    assert len(grid.visible_rows()) <= 5 * 5
    with qtbot.waitSignal(grid.entered) as entered:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.row_rect(50_002).center())
    assert entered.args == [50_003]


class Counting(QueueGrid):
    """A grid that notes which images it draws anew."""

    def __init__(self, thumbnail, drawn: list[int]) -> None:
        super().__init__(thumbnail)
        self.anew = drawn

    def paint_card(self, painter, area, card, **look) -> None:
        self.anew.append(card.image)
        super().paint_card(painter, area, card, **look)


def test_a_tile_is_drawn_once_and_before_it_is_scrolled_to(qtbot, themed) -> None:
    small = np.full((60, 40, 4), 200, np.uint8)
    pictures = {image: small for image in range(1, 501)}
    drawn: list[int] = []
    grid = Counting(lambda card: pictures[card.image], drawn)
    qtbot.addWidget(grid)
    grid.resize(1000, 700)
    grid.set_rows(Rows(500))
    grid.show()
    seen, line = grid.visible_rows(), grid.columns()
    below = [row + 1 for row in range(seen.stop, seen.stop + line)]
    qtbot.waitUntil(lambda: set(below) <= set(drawn))
    assert sorted(drawn) == [*range(1, seen.stop + 1), *below]
    drawn.clear()
    grid.verticalScrollBar().setValue(grid.line_height())
    grid.viewport().grab()
    assert drawn == [], "what came into sight was there already"
    pictures[below[0]] = small.copy()
    grid.viewport().grab()
    assert drawn == [below[0]], "another picture is another tile"


def test_only_a_view_that_is_seen_reads_rows(qtbot, themed) -> None:
    rows, grid = Rows(1000), QueueGrid(lambda card: None)
    qtbot.addWidget(grid)
    grid.set_rows(rows)
    assert rows.wanted == []
    grid.show()
    assert rows.wanted


def test_a_row_says_what_asks_for_a_review_and_not_what_is_only_good_to_know(themed) -> None:
    card = replace(Rows(1).card(0), state=State.REVIEW, flags=("enlarged", "writing"))
    store = SimpleNamespace(cards=lambda images: [card])
    told: list[Card] = []
    lists = Lists(lambda question, then: then(question(store)), lambda: ("enlarged", "assumed_profile"))
    lists.cards([1], told.extend)
    assert told[0].flags == ("writing",)
    assert where_it_stands(told[0]).startswith("Review: ")
    assert where_it_stands(replace(told[0], state=State.APPROVED)) == "Approved"
    failed = where_it_stands(replace(told[0], failed=("border",)))
    assert failed != where_it_stands(told[0])


def test_what_one_view_pushes_out_the_other_reads_again(qtbot, themed) -> None:
    cards = Rows(7500)
    store = SimpleNamespace(cards=lambda images: [cards.card(image - 1) for image in images])
    model = QueueModel(Lists(lambda question, then: then(question(store))))
    model.ids = array("q", range(1, 7501))
    rows, grid = QueueList(lambda card: None), QueueGrid(lambda card: None)
    for view in (rows, grid):
        qtbot.addWidget(view)
        model.arrived.connect(view.show_arrived)
        view.resize(600, 700)
        view.set_rows(model)
        view.show()
    seen = rows.visible_rows()
    assert all(model.card(row) for row in seen)
    lines = range(0, grid.verticalScrollBar().maximum(), 30 * grid.line_height())
    for top in lines:
        grid.verticalScrollBar().setValue(top)
    qtbot.waitUntil(lambda: all(model.card(row) for row in (*seen, *grid.visible_rows())))
    assert rows.visible_rows() == seen
