"""A newcomer's first day: drop the sample shoot, watch the line, decide, come back tomorrow. It leaves screenshots.

`WHITEPOINT_SCREENSHOTS=1 pytest tests/e2e/test_first_day.py` writes them to docs/, for the README; otherwise they stay
in the test's own folder, so that every run proves that they can be made.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pipeline.model import State
from pipeline.store.store import Store
from reviewer.views.window import MainWindow

DOCS = Path(__file__).resolve().parents[2] / "docs"
MINUTES = 60_000
SHOWN, HARD = "book-grey.jpg", "kettle-steel.jpg"


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[[MainWindow, str], None]:
    """Saves what the window shows as docs/NAME.png, or in the test's folder when nobody asked for it."""
    folder = DOCS if os.environ.get("WHITEPOINT_SCREENSHOTS") else tmp_path

    def save(window: MainWindow, name: str) -> None:
        folder.mkdir(exist_ok=True)
        assert window.grab().save(str(folder / f"{name}.png"))

    return save


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(QPoint(600, 400)), Qt.DropAction.CopyAction, mime, buttons, modifiers))


def aimed_at(window: MainWindow) -> int | None:
    aim = window.session.deciding.aim()
    return aim.image if aim is not None else None


def can_decide(qtbot: QtBot, window: MainWindow, image: int) -> None:
    qtbot.waitUntil(lambda: aimed_at(window) == image, timeout=10_000)


def thumbnails_are_there(window: MainWindow) -> bool:
    return all(window._thumbnail(card) is not None for card in window.queue_panel.list.visible_cards())


def look_at_the_evidence(qtbot: QtBot, window: MainWindow) -> None:
    hard = next(card for card in window.queue_panel.list.visible_cards() if card.file.endswith(HARD))
    window.session.show_image(hard.image)
    can_decide(qtbot, window, hard.image)
    qtbot.keyClicks(QApplication.focusWidget() or window, ".")
    place = window.session.pointing.place
    assert place is not None
    assert not window.compare.canvas.view.fit
    assert window.compare.place.text().endswith(f"{place.index + 1} of {place.of}")


@pytest.mark.slow
def test_a_dropped_shoot_is_processed_decided_and_still_there_tomorrow(
    qtbot, open_studio, samples, tmp_path, screenshot
) -> None:
    studio = tmp_path / "studio"
    window = open_studio(studio)
    window.header.set_person("Ada Byron", window.session.desk.role)
    window.session.desk.person = "Ada Byron"
    qtbot.waitUntil(lambda: "Drop a folder" in window.compare.page.headline.text())
    screenshot(window, "screenshot-empty")
    drop(window, samples)
    intake = window.around.dialog("intake")
    qtbot.waitUntil(intake.add_button.isEnabled, timeout=10_000)
    intake.add_button.click()
    # A window manager gives the keys back to the window when a dialog goes; there is none without a screen.
    window.activateWindow()
    desk = window.session.desk
    qtbot.waitUntil(lambda: desk.progress_now.done >= 3 and desk.progress_now.rate is not None, timeout=5 * MINUTES)
    qtbot.waitUntil(lambda: thumbnails_are_there(window))
    assert window.header.cancel_button.isVisible()
    screenshot(window, "screenshot-busy")
    qtbot.waitUntil(lambda: not desk.progress_now.running, timeout=10 * MINUTES)
    assert desk.progress_now.phase == "finished"

    window.session.choose_filter("all")
    qtbot.waitUntil(lambda: not window.session.queue.count_states((State.NEW, State.PROCESSING)))
    shown = next(card for card in window.queue_panel.list.visible_cards() if card.file.endswith(SHOWN))
    window.session.show_image(shown.image)
    can_decide(qtbot, window, shown.image)
    qtbot.waitUntil(lambda: thumbnails_are_there(window))
    screenshot(window, "screenshot")
    look_at_the_evidence(qtbot, window)
    screenshot(window, "screenshot-evidence")
    window.session.show_image(shown.image)
    can_decide(qtbot, window, shown.image)
    with qtbot.waitSignal(desk.decided):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_P)
    window.close()

    again = open_studio(studio)
    qtbot.waitUntil(lambda: again.session.queue.total == len(list(samples.glob("*.jpg"))))
    with Store(studio) as store:
        (decision,) = store.decisions(shown.image)
        assert decision.person == "Ada Byron"
        assert store.entry(shown.image).state in (State.APPROVED, State.SIGN_OFF)
