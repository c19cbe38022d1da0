"""The window on a made-up studio, opened and closed for every test."""

import shutil
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_studios import Plan
from made_studios import Studio
from made_studios import build_studio
from PySide6.QtCore import QLocale
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pipeline.model import State
from pipeline.store.place import Place
from reviewer.app import open_window
from reviewer.language import Spoken
from reviewer.language import speak
from reviewer.theme import install_theme
from reviewer.views.window import MainWindow


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    install_theme(qapp)
    before, spoken = QLocale(), speak(qapp, "en")
    yield qapp
    for translator in spoken.translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def german(qapp, themed) -> Iterator[Spoken]:
    spoken = speak(qapp, "de")
    yield spoken
    for translator in spoken.translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale("C"))


@pytest.fixture(scope="session")
def studio_pattern(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    review = Plan(State.REVIEW)
    failed = Plan(State.FAILED, error="It fell over; retry.")
    plans = [review, review, review, review, Plan(State.APPROVED, 95.0), failed]
    return build_studio(tmp_path_factory.mktemp("pattern") / "studio", plans)


@pytest.fixture
def studio(studio_pattern: Studio, tmp_path: Path) -> Studio:
    """Four images to review, one approved, one failed."""
    shutil.copytree(studio_pattern.folder, tmp_path / "studio")
    return replace(studio_pattern, folder=tmp_path / "studio")


OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def show(qtbot: QtBot, themed: QApplication) -> Iterator[OpenWindow]:
    """Opens the real window on a studio and waits until it shows the first image; closes all at the end."""
    windows: list[MainWindow] = []

    def open_on(studio: Studio, place: Place | None = None) -> MainWindow:
        batch = studio.batch if studio.images else None
        window = open_window(place or studio.folder, batch, studio.settings, executor="threads")
        windows.append(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(lambda: window.isVisible())
        if studio.images:
            qtbot.waitUntil(lambda: window.session.queue.total == len(studio.images))
        return window

    yield open_on
    for window in windows:
        window.close()
        window.deleteLater()
