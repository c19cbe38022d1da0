"""Refusals in the person's language: the known ones said anew, any other as the line recorded it."""

from pathlib import Path

import pytest

from pipeline.batch.ingest import too_small
from pipeline.errors import BadImageError
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.photo_io import read_header
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import damaged
from pipeline.settings import load_settings
from reviewer.views.refusal_words import REFUSALS
from reviewer.views.refusal_words import refusal_words

NAME = "shoot/mug, 2.png"


def entry_with(error: str, width: int = 0, height: int = 0) -> Entry:
    record = ImageRecord(1, "b", NAME, "0" * 64, 1, width, height)
    return Entry(record, State.REJECTED, None, None, error)


def recorded(tmp_path: Path) -> list[Entry]:
    """What the line really says of files of that name."""
    limits, empty = load_settings().ingest, tmp_path / "empty.png"
    empty.touch()
    with pytest.raises(BadImageError) as refused:
        read_header(empty, name=NAME, limits=limits)
    small = too_small(NAME, PhotoHeader(Kind.PNG, 128, 90), limits)
    return [entry_with(str(refused.value)), entry_with(str(damaged(NAME))), entry_with(small or "", 128, 90)]


def test_german_says_why_a_file_was_refused(german, tmp_path) -> None:
    empty, cut, small = (refusal_words(entry) for entry in recorded(tmp_path))
    assert empty == f"„{NAME}“ ist leer (0 Bytes); bitte die Datei noch einmal senden."
    assert cut.startswith(f"„{NAME}“ ist abgeschnitten oder beschädigt")
    assert "hat 128 × 90 px; die längste Seite muss mindestens 1.000 px haben" in small


def test_english_and_what_is_not_known_stand_as_recorded(german, themed, tmp_path) -> None:
    strange = "“x.png” fell into the water; please dry it."
    assert refusal_words(entry_with(strange)) == strange
    assert refusal_words(entry_with("")) == ""


def test_english_is_what_the_line_wrote(themed, tmp_path) -> None:
    for entry in recorded(tmp_path):
        assert refusal_words(entry) == entry.error


def test_every_known_refusal_has_a_german_sentence(german) -> None:
    for template in REFUSALS:
        said = refusal_words(entry_with(template.replace("{file}", f"“{NAME}”").replace("{size}", "0 × 0")))
        assert NAME in said
        assert "please" not in said
        assert "check" not in said
