"""Keys that a person changes work, are told everywhere and never mean two things; the tour can be taken and skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from reviewer.actions import COMMANDS
from reviewer.actions import conflict
from reviewer.actions import keys_of
from reviewer.actions import own_keys
from reviewer.actions import tooltip
from reviewer.actions import use_keys
from reviewer.models.sitting import Sitting
from reviewer.views.retouch_tools import all_commands
from reviewer.views.retouch_tools import conflict_in_repair
from reviewer.views.tool_fill import FillTool
from reviewer.views.tour import STOPS


@pytest.fixture(autouse=True)
def _shipped_keys() -> Iterator[None]:
    use_keys({})
    yield
    use_keys({})


@pytest.fixture
def page(show, studio):
    window = show(studio)
    window.around.show_settings()
    dialog = window.around.dialog("settings")
    found = dialog.stack.widget(2)
    dialog.pages.setCurrentRow(1)
    return window, found


def give(page, name: str, key: str, *, beside: bool = False) -> None:
    page.choose(name)
    page.field.setKeySequence(QKeySequence(key))
    (page.add if beside else page.use)()


def test_no_two_shipped_commands_share_a_key(studio) -> None:
    for known in COMMANDS:
        for key in known.keys:
            assert not conflict(known.name, key, {}), f"{key} of {known.name}"


def test_no_two_commands_of_a_repair_that_listen_together_share_a_key(studio) -> None:
    names = [known.name for known in (*COMMANDS, *all_commands())]
    assert len(names) == len(set(names))
    for known in all_commands():
        for key in known.keys:
            assert not conflict_in_repair(known, key), f"{key} of {known.name}"


def test_a_key_of_a_repair_is_changed_like_any_other_and_refused_where_it_is_taken(page, studio) -> None:
    window, keys = page
    give(keys, "pen", "F9")
    assert window.repair_mode.actions["pen"].shortcuts() == [QKeySequence("F9")]
    assert "F9" in window.repair_panel.tools["pen"].toolTip()
    assert Sitting(studio.folder).keys == {"pen": ("F9",)}
    for name, key in (("cut_along", "B"), ("hole", "F"), ("full_screen", "J")):
        give(keys, name, key)
        assert "already means" in keys.sentence.text(), name
    give(keys, "cut_along", "R")
    assert window.repair_mode.actions["cut_along"].shortcuts() == [QKeySequence("R")], "another tool's key is free"
    assert Sitting(studio.folder).keys == {"pen": ("F9",), "cut_along": ("R",)}


def test_a_new_key_works_at_once_and_is_told_on_the_button(qtbot, page, studio) -> None:
    window, keys = page
    give(keys, "full_screen", "F9")
    assert window.actions_by_name["full_screen"].shortcuts() == [QKeySequence("F9")]
    give(keys, "approve", "F10")
    assert "F10" in window.bar.decisions["approve"].toolTip()
    assert window.bar.decisions["approve"]._key == "F10"
    assert Sitting(studio.folder).keys == {"full_screen": ("F9",), "approve": ("F10",)}
    window.around.dialog("settings").close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.queue_panel.list, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(window.windowState() & Qt.WindowState.WindowFullScreen))


@pytest.mark.parametrize("key", ["X", "1", "Space", "\\", "Esc", "Ctrl+Z"])
def test_a_key_that_means_something_already_is_refused_with_what_it_means(page, key: str) -> None:
    _, keys = page
    give(keys, "full_screen", key)
    assert "already means" in keys.sentence.text()
    assert keys_of("full_screen") == ("F",)


def test_a_key_can_be_added_and_the_shipped_ones_come_back(page, studio) -> None:
    window, keys = page
    give(keys, "approve", "F10", beside=True)
    assert keys_of("approve") == ("P", "A", "F10")
    keys.reset()
    assert keys_of("approve") == ("P", "A")
    give(keys, "approve", "F10")
    give(keys, "reject", "P")
    keys.choose("approve")
    keys.reset()
    assert "already means" in keys.sentence.text(), "P went to another command meanwhile"
    keys.reset_all()
    assert Sitting(studio.folder).keys == {}
    assert window.actions_by_name["approve"].shortcuts() == [QKeySequence("P"), QKeySequence("A")]


def test_what_points_at_the_repair_tools_names_a_new_key_at_once(page) -> None:
    window, keys = page
    filling = next(tool for tool in window.repair.tools if isinstance(tool, FillTool))
    give(keys, "fill", "F8")
    give(keys, "larger", "F10", beside=True)
    assert filling.fill_button.toolTip().endswith("(F8)")
    assert filling.sliders.size.slider.toolTip().endswith("(] or F10)")
    keys.choose("fill")
    keys.reset()
    assert "F8" not in filling.fill_button.toolTip()


def test_kept_keys_of_commands_that_are_gone_do_no_harm(studio, show) -> None:
    Sitting(studio.folder).remember_keys({"juggle": ("J",), "approve": ("F10",)})
    window = show(studio)
    assert window.actions_by_name["approve"].shortcuts() == [QKeySequence("F10")]
    assert "F10" in tooltip("approve")
    assert own_keys()["approve"] == ("F10",)


def test_a_held_key_can_be_another_one_and_the_hint_names_it(qtbot, page, studio) -> None:
    window, keys = page
    give(keys, "blink", "F8")
    assert "F8" in window.compare.hint.text()
    window.around.dialog("settings").close()
    canvas = window.compare.canvas
    qtbot.keyPress(canvas, Qt.Key.Key_Backslash)
    assert not canvas.blinking
    qtbot.keyPress(canvas, Qt.Key.Key_F8)
    assert canvas.blinking
    qtbot.keyRelease(canvas, Qt.Key.Key_F8)
    assert not canvas.blinking
    window.actions_by_name["auto_blink"].trigger()
    assert canvas.blinking
    qtbot.waitUntil(lambda: not canvas.blinking)
    qtbot.waitUntil(lambda: canvas.blinking)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.blinking


def test_the_tour_stands_beside_every_part_and_ends(qtbot, show, studio) -> None:
    window = show(studio)
    window.actions_by_name["tour"].trigger()
    room = window.rect()
    for step in range(len(STOPS)):
        coach = window.around.tour.coach
        assert coach.isVisibleTo(window)
        assert room.contains(coach.geometry())
        assert "{" not in coach.words.text()
        assert coach.back_button.isEnabled() == (step > 0)
        coach.forward_button.click()
    assert window.around.tour is None
    assert Sitting(studio.folder).toured


def test_the_tour_is_not_in_the_way_and_can_be_skipped(qtbot, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.current == studio.images[0])
    window.actions_by_name["tour"].trigger()
    window.actions_by_name["next"].trigger()
    assert window.session.current == studio.images[1]
    window.resize(1280, 700)
    assert window.rect().contains(window.around.tour.coach.geometry())
    window.around.tour.coach.skip_button.click()
    assert window.around.tour is None
    assert Sitting(studio.folder).toured


def test_the_first_start_shows_the_sample_shoot_and_the_tour_once(qtbot, show, studio, tmp_path: Path) -> None:
    window = show(studio)
    started: list[tuple] = []
    window.session.desk.start_batch = lambda paths, **said: started.append((paths, said["name"]))
    window.around.welcome(tmp_path)
    assert started == [([tmp_path], "Sample shoot")]
    window.around.tour.end()
    window.around.welcome(tmp_path)
    assert len(started) == 1
