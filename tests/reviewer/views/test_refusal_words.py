"""Refusals and reasons in the person's language: whatever the table of sentences holds, anything else as recorded."""

import re
from pathlib import Path

import pytest

from pipeline.batch.ingest import too_small
from pipeline.errors import BadImageError
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.photo_io import read_header
from pipeline.photo_io.formats import EXTENSIONS
from pipeline.photo_io.formats import Kind
from pipeline.photo_io.formats import describe
from pipeline.photo_io.header import PhotoHeader
from pipeline.photo_io.header import check_size
from pipeline.photo_io.header import damaged
from pipeline.run.deliver import Missed
from pipeline.sentences import NUMBERS
from pipeline.sentences import TEMPLATES
from pipeline.sentences import say
from pipeline.settings import load_settings
from reviewer.language import translate
from reviewer.sentences import said_words
from reviewer.titles import PLATFORMS
from reviewer.views.refusal_words import refusal_words
from reviewer.views.shipping_words import missed_words

NAME = "shoot/mug, 2.png"
ENGLISH = re.compile(r"\b(the|please|is|are|has|with|and|would|cannot|bad|photos?|at most|allowed|not)\b")


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


@pytest.mark.parametrize("what", TEMPLATES)
def test_every_sentence_of_the_line_has_a_german_one_with_the_same_values(german, what) -> None:
    fields = re.findall(r"\{(\w+)\}", TEMPLATES[what])
    values = {field: "1,234.5" if field in NUMBERS else f"{field}7.jpg" for field in fields}
    said = said_words(say(what, **values))
    assert said != say(what, **values)
    assert not ENGLISH.search(said)
    for field, value in values.items():
        assert ("1.234,5" if field in NUMBERS else value) in said


def test_a_wrong_extension_and_too_many_pixels_are_told_in_german(german, tmp_path) -> None:
    disguised, limits = tmp_path / "mug.png", load_settings().ingest
    disguised.write_bytes(b"\xff\xd8\xff" + bytes(40))
    with pytest.raises(BadImageError) as refused:
        read_header(disguised, name="mug.png", limits=limits)
    said = said_words(str(refused.value))
    assert said == "„mug.png“ hat die falsche Endung, denn es ist ein JPEG; bitte noch einmal als „mug.jpg“ senden."
    with pytest.raises(BadImageError) as refused:
        check_size(NAME, 19_000, 18_000, limits)
    assert "gibt 19.000 × 18.000 px an, mehr als die" in said_words(str(refused.value))


def test_whatever_a_file_turns_out_to_be_has_a_german_word(german) -> None:
    heads = (b"GIF8", b"%PDF", b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypmp42", bytes(40), b"plain text", b"\x01\xfe\xff")
    known = [describe(head) for head in heads] + [f"{'an' if kind is Kind.HEIC else 'a'} {kind}" for kind in EXTENSIONS]
    for words in known:
        assert words == "a RAW" or said_words(words) != words


def test_every_place_of_sale_that_ships_has_a_title_to_translate(german) -> None:
    assert {rules.title for rules in load_settings().platforms.values()} <= set(PLATFORMS)
    assert translate("Platforms", "Amazon, main image") == "Amazon, Hauptbild"


def test_a_missed_file_and_an_old_ruling_are_told_in_german(german) -> None:
    rules = load_settings().platform("amazon_main")
    reason = say("no_code", file="mug.jpg", codes="ASIN or SKU", platform=rules.title)
    said = missed_words(Missed(1, "mug.jpg", "amazon_main", reason, None, rules))
    assert said.startswith("Nicht geliefert an Amazon, Hauptbild: mug.jpg hat keine ASIN oder SKU")
    ruled = say("wave_good", bad=0, looked=40, bound="less than 0.1 %", sure="97.5 %", allowed="1.0 %")
    told = said_words(say("wave_unsure", why=ruled))
    assert "höchstens weniger als 0,1\N{NO-BREAK SPACE}% bei 97,5\N{NO-BREAK SPACE}% Sicherheit" in told
    assert told.endswith("so wenige sagen es nicht")


def test_what_the_system_says_is_told_in_german_where_it_is_known(german) -> None:
    said = said_words(say("unreadable", file="“a.jpg”", reason="Permission denied"))
    assert said == "„a.jpg“ kann nicht gelesen werden (keine Berechtigung); bitte noch einmal versuchen."
