"""In every state of the window, whatever can be pressed does something, and what could do nothing cannot be pressed."""

from collections.abc import Iterator

from made_studios import Studio
from PySide6.QtCore import SIGNAL
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QToolButton

from pipeline.settings import load_settings
from reviewer.views.window import MainWindow

HEARD = ("clicked(bool)", "clicked()", "toggled(bool)", "pressed()")


def live(window: MainWindow) -> Iterator[QAbstractButton]:
    for button in window.findChildren(QAbstractButton):
        inner = button.objectName().startswith("qt_") or type(button).__name__ == "QLineEditIconButton"
        if button.isVisibleTo(window) and button.isEnabled() and not inner and button.text() + button.toolTip():
            yield button


def dead(window: MainWindow) -> list[str]:
    """What can be pressed and nobody hears."""
    return [
        button.toolTip() or button.text()
        for button in live(window)
        if not any(button.receivers(SIGNAL(signal)) for signal in HEARD)
        and not (isinstance(button, QToolButton) and button.menu() is not None)
    ]


def pressable(window: MainWindow) -> set[QAbstractButton]:
    return set(live(window))


def test_nothing_about_an_image_can_be_pressed_in_an_empty_studio(qtbot, show, tmp_path) -> None:
    window = show(Studio(tmp_path / "studio", load_settings()))
    qtbot.waitUntil(lambda: window.compare.page.isVisible())
    assert dead(window) == []
    about = {*window.compare.tools.values(), *window.bar.decisions.values(), window.bar.take_over}
    steps = {window.bar.steps["previous"], window.bar.steps["next"]}
    assert not pressable(window) & (about | steps)


def test_every_state_has_only_living_controls(qtbot, show, studio) -> None:
    window = show(studio)
    qtbot.waitUntil(lambda: window.session.deciding.aim() is not None)
    assert dead(window) == []
    assert {*window.compare.tools.values()} <= pressable(window)
    window.session.choose_filter("failed")
    qtbot.waitUntil(lambda: window.compare.page.isVisible())
    assert dead(window) == []
    assert window.compare.page.button in pressable(window)
    assert not pressable(window) & {*window.compare.tools.values(), *window.bar.decisions.values()}
    window.session.choose_filter("all")
    qtbot.waitUntil(lambda: len(window.session.queue) == len(studio.images))
    window.session.jump(0)
    qtbot.waitUntil(lambda: window.session.deciding.aim() is not None)
    for command in ("survey", "survey", "grid", "grid", "panels", "panels"):
        window.actions_by_name[command].trigger()
        assert dead(window) == []
