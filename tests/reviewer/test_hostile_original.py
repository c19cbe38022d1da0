"""An original that kills its decoder is a sentence in the pane, and the window goes on with the next image."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_studios import Studio
from made_studios import original_pixels
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from pipeline.photo_io.display import read_display
from reviewer.app import open_window
from reviewer.views.window import MainWindow

HOSTILE = "item-00.png"
START = 30_000
"""Milliseconds; decoders are processes, and these are the first ones."""


def read_or_die(path: Path, *, name: str) -> NDArray[np.uint8]:
    """What a decoder does with a hole in it, once the right file comes along."""
    if name.endswith(HOSTILE):
        os.kill(os.getpid(), signal.SIGSEGV)
    return read_display(path, name=name)


@pytest.fixture
def window(studio: Studio, qtbot: QtBot, themed: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr("pipeline.photo_io.read_display", read_or_die)
    opened = open_window(studio.folder, studio.batch, studio.settings, executor="processes")
    opened.resize(1366, 768)
    opened.show()
    yield opened
    opened.close()
    opened.deleteLater()


def test_a_decoder_that_dies_costs_its_image_a_sentence_and_the_window_goes_on(window, studio, qtbot):
    session = window.session
    compare = session.compare
    qtbot.waitUntil(lambda: HOSTILE in compare.page.sentence.text(), timeout=START)
    assert session.current == studio.images[0]
    assert compare.stack.currentWidget() is compare.page
    assert compare.page.sentence.text() == f"“shoot/{HOSTILE}” brings its decoder down; please send the file again."
    session.show_image(studio.images[1])
    qtbot.waitUntil(lambda: compare.canvas.pair is not None and compare.canvas.pair.exact, timeout=START)
    shown = compare.canvas.pair.original.levels[0]
    assert np.array_equal(shown[..., 2::-1], original_pixels(1))
    assert window.isVisible()
