"""The real window on a real store, driven by real keys: what a person decides is what the database keeps."""

import random

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtGui import QDropEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pipeline.color import srgb_profile
from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import State
from reviewer.images.display import Display
from reviewer.views import window as window_module
from reviewer.views.window import MainWindow


def ready(qtbot: QtBot, window: MainWindow, image: int | None = None) -> int:
    """Wait until an image (that one, if named) can be decided, as a person would; returns its id."""
    deciding = window.session.deciding
    qtbot.waitUntil(lambda: deciding.aim() is not None and (image is None or deciding.aim().image == image))
    aim = deciding.aim()
    assert aim is not None
    return aim.image


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_one_key_is_one_decision_and_the_next_image(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_P)
    assert (decided.args[0].image, decided.args[0].action) == (first, Action.APPROVE)
    assert ready(qtbot, window) == studio.images[1]
    assert studio.state(first) is State.APPROVED


def test_a_rejection_asks_for_its_reason(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_X)
    assert window.compare.reasons.isVisible()
    assert set(window.compare.reasons.buttons) == {
        code for code, reason in studio.settings.reasons.items() if "reject" in reason.actions
    }
    press(qtbot, window, Qt.Key.Key_1)
    assert window.compare.reasons.isVisible()
    assert window.compare.reasons.hint.text().endswith("4 6 7 8 9")
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_7)
    assert (decided.args[0].action, decided.args[0].reason) == (Action.REJECT, "blurred")
    assert studio.state(first) is State.REJECTED


def test_a_refused_decision_stays_with_its_image(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    desk, moved = window.session.desk, []
    window.session.moved_on.connect(lambda: moved.append(window.session.current))
    with qtbot.waitSignals([desk.told, desk.refused]):
        press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (window.session.current, moved) == (first, [])
    # What only the database knows: there is a newer version than this window has read.
    image = studio.images[1]
    for keys in ((Qt.Key.Key_P,), (Qt.Key.Key_X, Qt.Key.Key_7), (Qt.Key.Key_R, Qt.Key.Key_1)):
        window.session.show_image(image)
        ready(qtbot, window, image)
        with studio.open() as store:
            claim = store.claim_image(image, owner="r", lease_seconds=60)
            version = store.entry(image).version
            store.record(version.outcome, owner="r", token=claim.token, actor="Bob", parent=version.id)
        with qtbot.waitSignal(desk.refused):
            for key in keys:
                press(qtbot, window, key)
        qtbot.waitUntil(lambda: window.session.current == image)


def test_another_decision_asked_for_meanwhile_shows_its_own_reasons_in_full(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    reasons = window.compare.reasons
    press(qtbot, window, Qt.Key.Key_X)
    rejecting = reasons.height()
    qtbot.keyClick(reasons, Qt.Key.Key_R)
    assert all(button.isVisible() for button in reasons.buttons.values())
    assert len(reasons.buttons) > 6
    assert reasons.height() > rejecting


def test_a_reason_carries_a_note_and_escape_takes_it_all_back(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_R)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.compare.reasons.isVisible()
    press(qtbot, window, Qt.Key.Key_R)
    reasons = window.compare.reasons
    qtbot.keyClicks(reasons.note, "left handle 2 px")
    qtbot.keyClick(reasons.note, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        qtbot.keyClick(reasons, Qt.Key.Key_1)
    assert (decided.args[0].reason, decided.args[0].note) == ("halo", "left handle 2 px")
    assert studio.state(first) is State.REDO


def test_a_held_key_decides_once(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    canvas = window.compare.canvas
    with qtbot.waitSignal(window.session.desk.decided):
        qtbot.keyPress(canvas, Qt.Key.Key_P)
    ready(qtbot, window, studio.images[1])
    for _ in range(30):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p", autorep=True)
        QApplication.sendEvent(canvas, held)
    qtbot.keyRelease(canvas, Qt.Key.Key_P)
    window.close()
    with studio.open() as store:
        assert [decision.image for image in studio.images for decision in store.decisions(image)] == [first]


def test_a_key_right_after_the_swap_decides_nothing(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    window.session.deciding._clock = lambda: window.session.deciding._appeared_at + 0.01
    press(qtbot, window, Qt.Key.Key_P)
    assert window.session.current == studio.images[0]
    window.close()
    assert studio.state(studio.images[0]) is State.REVIEW


def test_undo_returns_to_the_image_and_redo_decides_again(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_P)
    ready(qtbot, window, studio.images[1])
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.current == first)
    assert studio.state(first) is State.REVIEW
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_Z, both)
    assert studio.state(first) is State.APPROVED


def test_one_goes_to_an_image_by_name_place_or_sku_and_clears_what_was_decided_there(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_P)
    ready(qtbot, window, studio.images[1])
    with studio.open() as store:
        file = store.entry(first).record.file
    queue = window.session.queue
    # The decided image leaves the list a moment later, and the places of the others change.
    qtbot.waitUntil(lambda: queue.settled and first not in queue.ids)
    for typed, wanted in (("2", queue.image_at(1)), ("sku-0003", studio.images[3]), (file, first)):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        press(qtbot, window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        dialog = window.floor.dialog
        qtbot.keyClicks(dialog.field, "nothing of that name")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda dialog=dialog: "No image is called" in dialog.sentence.text())
        qtbot.keyClicks(dialog.field, typed)
        with qtbot.waitSignal(dialog.accepted):
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda wanted=wanted: window.session.current == wanted)
    ready(qtbot, window, first)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_U)
    assert studio.state(first) is State.REVIEW
    assert window.session.current == first


def test_nothing_to_undo_is_said_in_one_sentence(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    with qtbot.waitSignal(window.session.desk.told) as told:
        press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "no decision" in told.args[0]
    assert window.compare.toast.isVisible()


def test_decisions_survive_a_restart(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_P)
    ready(qtbot, window, studio.images[1])
    press(qtbot, window, Qt.Key.Key_X)
    press(qtbot, window, Qt.Key.Key_9)
    window.close()
    again = show(studio)
    assert ready(qtbot, again) == studio.images[2]
    assert studio.state(studio.images[0]) is State.APPROVED
    assert studio.state(studio.images[1]) is State.REJECTED
    assert again.session.queue.counts["approved"] == 2


def test_a_moved_on_image_is_not_decided_but_told(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    with studio.open() as store:
        entry = store.entry(first)
        claim = store.claim_image(first, owner="retoucher", lease_seconds=60)
        store.record(entry.version.outcome, owner="retoucher", token=claim.token, actor="Ada", parent=entry.version.id)
    with qtbot.waitSignal(window.session.desk.told) as told:
        press(qtbot, window, Qt.Key.Key_P)
    assert "newer version" in told.args[0]
    with studio.open() as store:
        assert not store.decisions(first)


def test_random_keys_only_ever_decide_what_was_on_the_screen(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    desk, canvas = window.session.desk, window.compare.canvas
    on_screen, decided = set(), []
    canvas.appeared.connect(lambda: on_screen.add(canvas.painted))
    on_screen.add(canvas.painted)
    desk.decided.connect(decided.append)
    rng = random.Random(4)
    keys = [Qt.Key.Key_P, Qt.Key.Key_X, Qt.Key.Key_4, Qt.Key.Key_R, Qt.Key.Key_9, Qt.Key.Key_Right, Qt.Key.Key_Left]
    for _ in range(150):
        press(qtbot, window, rng.choice(keys))
        if rng.random() < 0.3:
            QApplication.sendPostedEvents()
    settled = window.session.queue.counts
    qtbot.waitUntil(lambda: window.session.queue.counts == settled)
    window.close()
    with studio.open() as store:
        for image in studio.images:
            for decision in store.decisions(image):
                assert (image, decision.version) in on_screen


def test_a_senior_signs_off_what_somebody_else_approved(qtbot, show, studio) -> None:
    with studio.open() as store:
        image = studio.images[0]
        entry = store.entry(image)
        claim = store.claim_image(image, owner="r", lease_seconds=60)
        version = store.record(
            entry.version.outcome, owner="r", token=claim.token, actor="Bob", parent=entry.version.id
        )
        store.decide(image, Action.APPROVE, person="Ada", version=version.id)
        assert store.entry(image).state is State.SIGN_OFF
    window = show(studio)
    ready(qtbot, window)
    window.header.person_changed.emit("Grace", Role.SENIOR)
    window.session.choose_filter("sign_off")
    window.session.show_image(image)
    ready(qtbot, window, image)
    assert window.bar.decisions["sign_off"].isVisible()
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (decided.args[0].action, decided.args[0].person) == (Action.SIGN_OFF, "Grace")
    assert studio.state(image) is State.READY


def test_the_lists_count_live_and_filter(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    assert {name: button.count for name, button in window.queue_panel.filters.items()} == {
        "review": 4, "edit": 0, "redo": 0, "sign_off": 0, "approved": 1, "rejected": 0, "failed": 1, "all": 6,
    }  # fmt: skip
    press(qtbot, window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: window.queue_panel.filters["approved"].count == 2)
    assert window.queue_panel.filters["review"].count == 3
    qtbot.mouseClick(window.queue_panel.filters["approved"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: list(window.session.queue.ids) == [studio.images[0], studio.images[4]])


def test_a_failed_image_shows_its_sentence_and_can_be_retried(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    qtbot.mouseClick(window.queue_panel.filters["failed"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.compare.page.sentence.text() == "It fell over; retry.")
    assert window.session.deciding.aim() is None
    retried = []
    window.session.desk.continue_batch = retried.append
    qtbot.mouseClick(window.compare.page.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: retried == [studio.batch])
    assert studio.state(studio.images[5]) is State.NEW


def test_on_the_way_back_the_image_before_is_decoded_first(qtbot, show, studio) -> None:
    window = show(studio)
    session = window.session
    ready(qtbot, window)
    session.choose_filter("all")
    qtbot.waitUntil(lambda: len(session.queue) >= 4)
    session.jump(3)
    ids = [session.queue.image_at(row) for row in range(4)]
    qtbot.waitUntil(lambda: all(session.queue.entry(image) is not None for image in ids))
    session.step(-1)
    assert [near.record.id for near in session.bringing.neighbours(ids[2])] == [ids[1], ids[0], ids[3]]


def test_searching_finds_by_sku_and_leaves_letters_to_the_field(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.queue_panel.search.hasFocus()
    qtbot.keyClicks(window.queue_panel.search, "sku-0002")
    qtbot.waitUntil(lambda: [card.sku for card in window.queue_panel.list.visible_cards()] == ["SKU-0002"])
    qtbot.keyClicks(window.queue_panel.search, "pxa")
    qtbot.waitUntil(lambda: not len(window.session.queue))
    qtbot.keyClick(window.queue_panel.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.session.queue) == 4)
    window.close()
    with studio.open() as store:
        assert not any(store.decisions(image) for image in studio.images)


def test_stepping_and_clicking_show_the_same_image_everywhere(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Right)
    ready(qtbot, window, studio.images[1])
    assert window.score.title.text() == "SKU-0001"
    rows = window.queue_panel.list
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.row_rect(3).center())
    ready(qtbot, window, studio.images[3])
    assert window.bar.place.text() == "4 of 4"


def test_the_name_is_remembered_in_the_studio(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    window.header.person.setText("Ada Lovelace")
    qtbot.keyClick(window.header.person, Qt.Key.Key_Return)
    window.close()
    assert (studio.folder / "reviewer.ini").is_file()
    again = show(studio)
    ready(qtbot, again)
    assert again.header.person.text() == "Ada Lovelace"
    with qtbot.waitSignal(again.session.desk.decided) as decided:
        press(qtbot, again, Qt.Key.Key_A)
    assert decided.args[0].person == "Ada Lovelace"


def test_a_click_on_a_button_leaves_the_keys_to_the_window(qtbot, show, studio) -> None:
    window = show(studio)
    first = ready(qtbot, window)
    with qtbot.waitSignal(window.session.desk.decided):
        qtbot.mouseClick(window.bar.decisions["approve"], Qt.MouseButton.LeftButton)
    assert studio.state(first) is State.APPROVED
    ready(qtbot, window, studio.images[1])
    press(qtbot, window, Qt.Key.Key_Space)
    assert studio.state(studio.images[1]) is State.REVIEW


def test_the_original_is_shown_while_the_key_is_held(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    canvas = window.compare.canvas
    qtbot.keyPress(canvas, Qt.Key.Key_Backslash)
    assert canvas._blinking
    qtbot.keyRelease(canvas, Qt.Key.Key_Backslash)
    assert not canvas._blinking


def test_marking_what_is_not_white_says_how_much(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    press(qtbot, window, Qt.Key.Key_W)
    canvas = window.compare.canvas
    qtbot.waitUntil(lambda: canvas._layer is not None)
    assert canvas._layer.sentence == "Background exactly white"
    press(qtbot, window, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: canvas._layer is not None and canvas._layer.name == "grey")
    assert not window.compare.tools["white"].isChecked()
    press(qtbot, window, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: canvas._layer is not None and canvas._layer.name == "difference ×1")
    assert window.compare.tools["difference"].isChecked()
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_V)
    done = []
    window.session.desk._jobs.submit("derive", lambda: None, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert canvas._layer is None


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_command_has_a_key_and_every_button_says_it(qtbot, show, studio) -> None:
    window = show(studio)
    ready(qtbot, window)
    for button in [*window.compare.tools.values(), *window.bar.steps.values(), *window.bar.decisions.values()]:
        assert "(" in button.toolTip()
    window.show_keys()
    sheet = window.findChild(QWidget, "sheet")
    qtbot.waitUntil(sheet.isVisible)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "sheet") is None)


def test_a_folder_can_be_dropped(qtbot, show, studio, tmp_path) -> None:
    window = show(studio)
    ready(qtbot, window)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, mime, buttons, modifiers)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, modifiers))
    dialog = window.around.dialog("intake")
    assert dialog is not None
    assert dialog.name.text() == tmp_path.stem
    dialog.close()


@pytest.mark.parametrize("size", [(1366, 768), (2560, 1440)])
def test_no_word_is_cut_off(qtbot, show, studio, size) -> None:
    window = show(studio)
    ready(qtbot, window)
    window.resize(*size)
    for button in window.bar.decisions.values():
        assert button.width() >= button.sizeHint().width() or not button.isVisible()
    for button in window.queue_panel.filters.values():
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width()


@pytest.mark.parametrize("icc", [srgb_profile(), None])
def test_a_decision_says_on_which_display_it_was_made(qtbot, show, studio, monkeypatch, icc) -> None:
    monkeypatch.setattr(window_module, "monitor_profile", lambda screen, platform: icc)
    window = show(studio)
    first = ready(qtbot, window)
    assert window.compare.display.isVisible() is (icc is None), "a display nobody knows is said on the screen"
    with qtbot.waitSignal(window.session.desk.decided):
        press(qtbot, window, Qt.Key.Key_P)
    with studio.open() as store:
        assert store.decisions(first)[0].display == Display(icc).fingerprint
