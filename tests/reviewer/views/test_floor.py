"""Who has what open, who sits here, what counts when, and what the list is narrowed to: two windows on one studio."""

from dataclasses import replace

import pytest
from made_studios import Studio
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pipeline.errors import ConflictError
from pipeline.model import Action
from pipeline.model import NewImage
from pipeline.model import Order
from pipeline.model import Role
from pipeline.model import Selection
from pipeline.model import State
from reviewer.views.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def ready(qtbot: QtBot, window: MainWindow, image: int) -> None:
    deciding, seat = window.session.deciding, window.session.desk.seat
    qtbot.waitUntil(lambda: deciding.aim() is not None and deciding.aim().image == image)
    qtbot.waitUntil(lambda: seat.hold is not None and seat.hold.image == image)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.compare.canvas, key, modifier)


@pytest.fixture
def two(qtbot, show, studio) -> tuple[MainWindow, MainWindow]:
    """Ada's window, and Bob's beside it, both on the first image; Ada came first."""
    windows = []
    for name in ("Ada", "Bob"):
        window = show(studio)
        window.session.desk.person = name
        window.session.show_image(studio.images[1])
        window.session.show_image(studio.images[0])
        ready(qtbot, window, studio.images[0])
        qtbot.waitUntil(lambda window=window: window.session.desk.seat.hold.person == "Ada")
        windows.append(window)
    return windows[0], windows[1]


def test_an_image_somebody_else_has_open_is_seen_and_not_decided(qtbot, two, studio) -> None:
    _, bobs = two
    with qtbot.waitSignal(bobs.session.desk.told) as told:
        press(qtbot, bobs, Qt.Key.Key_P)
    assert told.args[0].startswith("Ada has this image open")
    assert bobs.session.current == studio.images[0]
    assert studio.state(studio.images[0]) is State.REVIEW


def test_going_on_frees_the_image_and_the_other_window_learns_it(qtbot, two, studio) -> None:
    adas, bobs = two
    adas.actions_by_name["approve"].trigger()
    ready(qtbot, adas, studio.images[1])
    seat = bobs.session.desk.seat
    seat.look()
    qtbot.waitUntil(lambda: seat.hold is not None and seat.hold.person == "Bob")
    qtbot.waitUntil(lambda: bobs.session.queue.counts["approved"] == 2)
    bobs.session.show_image(studio.images[0])
    card = bobs.session.queue.card(0)
    qtbot.waitUntil(lambda: any(one.opened_by == "Ada" for one in bobs.queue_panel.list.visible_cards()))
    assert card is not None


def test_an_editor_cannot_take_over_and_a_senior_can(qtbot, two, studio) -> None:
    adas, bobs = two
    with qtbot.waitSignal(bobs.session.desk.told) as told:
        press(qtbot, bobs, Qt.Key.Key_T, CTRL)
    assert "Only a senior" in told.args[0]
    assert bobs.bar.held.text() == "Ada has this image open"
    assert not bobs.bar.take_over.isVisible()
    bobs.session.desk.seat.sit_down("Bob", Role.SENIOR, failed=pytest.fail)
    qtbot.waitUntil(bobs.bar.take_over.isVisible)
    assert not any(button.isVisible() for button in bobs.bar.decisions.values())
    bobs.session.queue.refresh(())
    qtbot.waitUntil(lambda: any(card.opened_by == "Ada" for card in bobs.queue_panel.list.visible_cards()))
    bobs.bar.take_over.click()
    seat = bobs.session.desk.seat
    qtbot.waitUntil(lambda: seat.hold is not None and seat.hold.person == "Bob")
    qtbot.waitUntil(lambda: not any(card.opened_by for card in bobs.queue_panel.list.visible_cards()))
    adas.session.desk.seat.beat()
    qtbot.waitUntil(lambda: adas.session.desk.seat.hold is not None and adas.session.desk.seat.hold.person == "Bob")
    with studio.open() as store:
        assert [row[:2] for row in store.takeovers(studio.images[0])] == [("Ada", "Bob")]
        with pytest.raises(ConflictError, match="Bob has"):
            store.decide(studio.images[0], Action.APPROVE, person="Ada")


def test_a_window_does_not_shut_out_whoever_goes_on_there_under_another_name(qtbot, two, studio) -> None:
    adas, bobs = two
    image, desk = studio.images[0], adas.session.desk
    assert desk.seat.refuses(image) == ""
    desk.person = "Ada Lovelace"
    qtbot.waitUntil(lambda: desk.seat.hold is not None and desk.seat.hold.person == "Ada Lovelace")
    desk.seat.hold = replace(desk.seat.hold, person="Ada")
    assert desk.seat.refuses(image) == ""
    bobs.session.desk.seat.open(image)
    qtbot.waitUntil(lambda: bobs.session.desk.seat.refuses(image) == "Ada Lovelace")
    adas.actions_by_name["approve"].trigger()
    qtbot.waitUntil(lambda: studio.state(image) is State.APPROVED)


def test_a_closed_window_has_nothing_open(qtbot, two, studio) -> None:
    for window in two:
        window.close()
    with studio.open() as store:
        assert store.holds(studio.batch) == {}


def test_a_decision_waits_for_its_grace_until_the_batch_is_closed(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_P)
    with studio.open() as store:
        assert set(store.in_grace(studio.batch)) == {studio.images[0]}
    with qtbot.waitSignal(window.session.desk.told) as told:
        window.actions_by_name["close_batch"].trigger()
    assert "closed" in told.args[0]
    with studio.open() as store:
        assert store.in_grace(studio.batch) == {}


def test_a_client_who_changed_their_mind_is_no_fault(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_C)
    assert (decided.args[0].action, decided.args[0].reason) == (Action.REDO, "client")
    ready(qtbot, window, studio.images[1])
    press(qtbot, window, Qt.Key.Key_R)
    assert "client" not in window.compare.reasons.buttons


def test_a_person_with_a_pin_types_it_before_anything_is_decided(qtbot, show, studio) -> None:
    with studio.open() as store:
        store.sign_in("Sue", Role.SENIOR)
        store.set_pin("Sue", old="", new="4711")
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    desk = window.session.desk
    window.header.person_changed.emit("Sue", Role.SENIOR)
    qtbot.waitUntil(lambda: window.floor.dialog is not None and window.floor.dialog.isVisible())
    dialog = window.floor.dialog
    assert desk.person != "Sue"
    dialog.pin.setText("0000")
    dialog.sign_in()
    qtbot.waitUntil(lambda: "not the PIN" in dialog.sentence.text())
    dialog.pin.setText("4711")
    dialog.sign_in()
    qtbot.waitUntil(lambda: (desk.person, desk.role) == ("Sue", Role.SENIOR))
    assert not dialog.isVisible()
    window.close()
    again = show(studio)
    qtbot.waitUntil(lambda: again.floor.dialog is not None and again.floor.dialog.isVisible())
    assert again.session.desk.person == ""
    again.floor.dialog.reject()


def test_a_filter_is_kept_for_its_person_only(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    floor, queue = window.floor, window.session.queue
    floor.show_filter()
    floor.filter.fields["category"].setCurrentIndex(1)
    floor.filter.orders.setCurrentIndex(2)
    floor.filter.orders.activated.emit(2)
    qtbot.waitUntil(lambda: queue.selection.category == "toys" and queue.settled)
    assert queue.selection.order is Order.SCORE
    assert window.queue_panel.filter_button.isChecked()
    floor.filter.name.setText("toys first")
    floor.filter.keep.click()
    floor.filter.clear.click()
    qtbot.waitUntil(lambda: queue.selection == Selection(states=queue.filter.states) and queue.settled)
    assert not window.queue_panel.filter_button.isChecked()
    window.session.desk.person = "Somebody else"
    floor.show_filter()
    assert floor.filter.saved.count() == 0
    window.session.desk.person = window.header.person.text()
    floor.show_filter()
    assert [floor.filter.saved.itemText(0)] == ["toys first"]
    floor.filter.saved.activated.emit(0)
    qtbot.waitUntil(lambda: queue.selection.category == "toys")
    floor.filter.drop.click()
    assert floor.filter.saved.count() == 0
    floor.filter.hide()


def test_a_score_range_narrows_the_list(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    queue = window.session.queue
    window.session.choose_filter("all")
    window.session.select(replace(queue.selection, score_from=90.0))
    qtbot.waitUntil(lambda: list(queue.ids) == [studio.images[4]])
    assert queue.counts["all"] == 1


def test_nothing_is_decided_from_the_grid_and_a_double_click_leads_back(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window, studio.images[0])
    press(qtbot, window, Qt.Key.Key_G)
    assert window.grid.isVisible()
    qtbot.waitUntil(lambda: len(window.grid.visible_cards()) == 4)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_P)
    place = window.grid.row_rect(2).center()
    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.session.current == studio.images[2]
    qtbot.mouseDClick(window.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.compare.isVisible()
    window.close()
    with studio.open() as store:
        assert not store.all_decisions()


def test_a_second_window_sees_what_the_first_decides(qtbot, two, studio: Studio) -> None:
    adas, bobs = two
    bobs.session.desk.seat.look()
    adas.actions_by_name["approve"].trigger()
    qtbot.waitUntil(lambda: bobs.session.queue.counts["approved"] == 2, timeout=10_000)


def test_one_list_goes_over_all_batches(qtbot, show, studio) -> None:
    with studio.open() as store:
        record = store.entry(studio.images[0]).record
        store.add_batch("later", "", [NewImage("new.png", record.sha256, 1, record.width, record.height)])
    window = show(studio)
    names = [window.header.batches.itemData(row) for row in range(window.header.batches.count())]
    assert names == ["later", studio.batch, ""]
    window.header.batches.setCurrentIndex(2)
    window.header.batches.activated.emit(2)
    queue = window.session.queue
    qtbot.waitUntil(lambda: not queue.batch and queue.total == len(studio.images) + 1)
    ready(qtbot, window, studio.images[0])
    window.session.choose_filter("all")
    qtbot.waitUntil(lambda: {card.batch for card in window.queue_panel.list.visible_cards()} == {"later", studio.batch})
    ready(qtbot, window, studio.images[0])
    press(qtbot, window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: studio.state(studio.images[0]) is State.APPROVED)
    press(qtbot, window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: studio.state(studio.images[0]) is State.REVIEW)


def test_who_signs_out_decides_nothing_and_frees_the_image(qtbot, two, studio) -> None:
    adas, bobs = two
    rows = adas.queue_panel.list
    adas.session.queue.refresh((studio.images[0],))
    qtbot.waitUntil(lambda: any(card.opened_by == "Ada" for card in adas.session.queue._cards.values()))
    adas.actions_by_name["sign_out"].trigger()
    qtbot.waitUntil(lambda: adas.floor.dialog is not None and adas.floor.dialog.isVisible())
    assert adas.header.person.text() == ""
    adas.floor.dialog.reject()
    qtbot.waitUntil(lambda: not any(card.opened_by for card in rows.visible_cards()))
    with qtbot.waitSignal(adas.session.desk.told):
        adas.actions_by_name["approve"].trigger()
    assert studio.state(studio.images[0]) is State.REVIEW
    seat = bobs.session.desk.seat
    seat.look()
    qtbot.waitUntil(lambda: seat.hold is not None and seat.hold.person == "Bob")
