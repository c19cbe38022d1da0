"""The survey: twelve at once, the same keys, and still only what was painted is decided."""

import pytest
from made_studios import Plan
from made_studios import build_studio
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pipeline.model import Action
from pipeline.model import Role
from pipeline.model import State


@pytest.fixture
def surveyed(qtbot, show, tmp_path):
    """A window on fourteen images, showing twelve."""
    studio = build_studio(tmp_path / "studio", [Plan(State.REVIEW)] * 14)
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.deciding.aim() is not None)
    qtbot.keyClick(window.compare.canvas, Qt.Key.Key_S)
    survey = window.floor.surveying.survey
    qtbot.waitUntil(lambda: len(survey.tiles) == 12 and not any(map(survey.lacks, survey.tiles)))
    return window, survey, studio


def press(qtbot, window, key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key)


def framed(qtbot, window, image: int) -> None:
    deciding = window.session.deciding
    qtbot.waitUntil(lambda: deciding.aim() is not None and deciding.aim().image == image)


def test_twelve_are_decided_one_by_one_by_the_same_keys(qtbot, surveyed) -> None:
    window, survey, studio = surveyed
    shown = [tile.image for tile in survey.tiles]
    assert shown == studio.images[:12]
    framed(qtbot, window, studio.images[0])
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_P)
    assert (decided.args[0].image, decided.args[0].action) == (studio.images[0], Action.APPROVE)
    framed(qtbot, window, studio.images[1])
    assert [tile.image for tile in survey.tiles] == shown
    qtbot.waitUntil(lambda: survey.tiles[0].state is State.APPROVED)
    press(qtbot, window, Qt.Key.Key_X)
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_7)
    assert (decided.args[0].image, decided.args[0].reason) == (studio.images[1], "blurred")


def test_a_click_moves_the_frame_and_s_shows_one_again(qtbot, surveyed) -> None:
    window, survey, studio = surveyed
    qtbot.mouseClick(survey, Qt.MouseButton.LeftButton, pos=survey._place(6).center())
    framed(qtbot, window, studio.images[6])
    press(qtbot, window, Qt.Key.Key_S)
    assert window.compare.stack.currentWidget() is window.compare.canvas
    framed(qtbot, window, studio.images[6])


def test_a_picture_that_is_not_there_yet_is_not_decided(qtbot, surveyed) -> None:
    window, survey, studio = surveyed
    framed(qtbot, window, studio.images[0])
    survey._pictures.clear()
    survey.repaint()
    assert window.session.deciding.aim() is None
    press(qtbot, window, Qt.Key.Key_P)
    window.close()
    with studio.open() as store:
        assert not store.all_decisions()


def test_the_next_ones_come_after_the_last_of_twelve(qtbot, surveyed) -> None:
    window, survey, studio = surveyed
    window.session.show_image(studio.images[12])
    qtbot.waitUntil(lambda: [tile.image for tile in survey.tiles] == studio.images[-12:])
    assert studio.images[12] in studio.images[-12:], "at the list's end they are the last twelve, never a few alone"


def test_a_senior_signs_off_from_the_survey(qtbot, surveyed) -> None:
    window, survey, studio = surveyed
    image = studio.images[0]
    with studio.open() as store:
        store.let_go(window.session.desk.seat.sitting)
        entry = store.entry(image)
        claim = store.claim_image(image, owner="r", lease_seconds=60)
        store.record(entry.version.outcome, owner="r", token=claim.token, actor="Bob", parent=entry.version.id)
        store.decide(image, Action.APPROVE, person="Ada")
    window.session.desk.person, window.session.desk.role = "Sue", Role.SENIOR
    window.session.desk.seat.look()
    qtbot.waitUntil(lambda: survey.tiles[0].state is State.SIGN_OFF, timeout=10_000)
    window.session.desk.seat.open(image)
    framed(qtbot, window, image)
    with qtbot.waitSignal(window.session.desk.decided) as decided:
        press(qtbot, window, Qt.Key.Key_P)
    assert decided.args[0].action is Action.SIGN_OFF
