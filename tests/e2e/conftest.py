"""The whole product in one process: the real window, the real store, the real line."""

from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pipeline.settings import load_settings
from reviewer.app import open_window
from reviewer.theme import install_theme
from reviewer.views.window import MainWindow

OpenStudio = Callable[[Path], MainWindow]


@pytest.fixture
def open_studio(qapp: QApplication) -> Iterator[OpenStudio]:
    """Opens the window on a studio folder, with the line on threads; closes all at the end."""
    install_theme(qapp)
    windows: list[MainWindow] = []

    def open_on(folder: Path) -> MainWindow:
        folder.mkdir(exist_ok=True)
        window = open_window(folder, None, load_settings(folder), executor="threads")
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        windows.append(window)
        window.resize(1440, 900)
        window.show()
        return window

    yield open_on
    for window in windows:
        window.close()
        window.deleteLater()
