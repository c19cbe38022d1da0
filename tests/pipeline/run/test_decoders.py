"""A file that crashes, hangs or balloons its decoder costs itself a sentence, and nobody else anything."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.photo_io import read_display
from pipeline.run.decoders import Decoders
from pipeline.settings import Settings


def crash(path: Path, *, name: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(path: Path, *, name: str) -> None:
    path.write_text("at work")
    while True:
        pass


def balloon(path: Path, *, name: str) -> int:
    return len(bytearray(2**40))


def deep(path: Path, *, name: str, side: int) -> np.ndarray:
    return np.arange(side * side * 3, dtype=np.uint16).reshape(side, side, 3)


@pytest.fixture
def decoders(settings: Settings) -> Iterator[Decoders]:
    line = replace(settings.line, seconds_per_decoding=0.8)
    made = Decoders(replace(settings, line=line), workers=1, niceness=1)
    yield made
    made.close()


def test_whatever_a_file_does_to_its_decoder_costs_it_one_sentence(decoders, tmp_path):
    troubles = {
        crash: r"^“a\.jpg” brings its decoder down; please send the file again\.$",
        balloon: r"^“a\.jpg” needs more memory than a decoder may use; please",
        hang: r"^“a\.jpg” is damaged or very large: it was not decoded within 0\.8 s; please",
    }
    for read, sentence in troubles.items():
        with pytest.raises(BadImageError, match=sentence):
            decoders(read, tmp_path / "a.jpg", name="a.jpg")
    assert np.array_equal(decoders(deep, tmp_path, name="a.jpg", side=40), deep(tmp_path, name="a.jpg", side=40))


def test_pixels_are_the_same_and_leave_nothing_behind(settings, samples, tmp_path):
    decoders, photo = Decoders(settings, workers=1), sorted(samples.glob("*.jpg"))[0]
    try:
        found = decoders(read_display, photo, name=photo.name)
        folder = Path(decoders._folder.name)
        assert np.array_equal(found, read_display(photo, name=photo.name))
        assert not found.flags.writeable
        (tmp_path / "half.jpg").write_bytes(photo.read_bytes()[:5000])
        with pytest.raises(BadImageError, match=r"^“half\.jpg” is cut off or damaged"):
            decoders(read_display, tmp_path / "half.jpg", name="half.jpg")
        assert os.listdir(folder) == []
    finally:
        decoders.close()
    assert not folder.exists()


def test_closing_waits_for_no_file(settings, tmp_path):
    decoders, answers = Decoders(settings, workers=1), []

    def ask() -> None:
        try:
            decoders(hang, tmp_path / "started", name="a.jpg")
        except KnownError as error:
            answers.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    while not (tmp_path / "started").exists():
        thread.join(0.02)
    started = time.monotonic()
    decoders.close()
    thread.join(20)
    assert time.monotonic() - started < 15
    assert answers == ["The window is being closed; open it again to see this image."]
    with pytest.raises(KnownError, match="being closed"):
        decoders(deep, tmp_path, name="a.jpg", side=2)
