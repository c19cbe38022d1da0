"""What the line found is said in the person's language: German from the recorded numbers, English as recorded."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from pipeline.measure.flags import RULES
from pipeline.measure.flags import raise_flags
from pipeline.measure.gates import judge_gates
from pipeline.model import Complexity
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.settings import load_settings
from reviewer.views.finding_words import WHOLE
from reviewer.views.finding_words import finding_words
from reviewer.views.finding_words import why_by_hand

SETTINGS = load_settings()
BOXES = Evidence(((1, 2, 3, 4), (5, 6, 7, 8)))
FAULTY = {"off_white_field": 1234.0, "off_white_border": 1.0, "fill": 0.612, "resolution": 1499.0, "pieces": 3.0}
SOUND = {"off_white_field": 0.0, "off_white_border": 0.0, "fill": 0.875, "resolution": 2000.0, "pieces": 1.0}


def outcome_with(values: dict[str, float], fingerprint: str = SETTINGS.fingerprint) -> Outcome:
    """An outcome judged by the settings' own platform."""
    known = {"touching": 0.0, "chopped": 0.0, **values}
    readings = {name: Reading(name, value, "ratio", "darkest 251", BOXES) for name, value in known.items()}
    platform = replace(SETTINGS.platform(SETTINGS.scoring.platform), subjects=1, min_longest_side=1600)
    judged = tuple(judge_gates(readings, platform))
    return Outcome(1, State.REVIEW, 1.0, fingerprint, gates=judged, readings=tuple(readings.values()))


def flagged() -> Outcome:
    """Every flag the line raises from a reading, with the reading."""
    limits = SETTINGS.scoring.flags
    readings = {name: Reading(name, 1.25 * limits[name] or 1.5, "ratio", "largest 9 px", BOXES) for name in RULES}
    flags = raise_flags(readings, {name: limits[name] or 1.0 for name in RULES})
    return Outcome(1, State.REVIEW, 1.0, "", flags=flags, readings=tuple(readings.values()))


def recorded_sentences() -> Iterator[str]:
    """Every literal text in pipeline/."""
    for path in Path(pipeline.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_english_shows_what_the_line_recorded(themed) -> None:
    for outcome in (flagged(), outcome_with(FAULTY), outcome_with(SOUND)):
        for found in (*outcome.gates, *outcome.flags, *outcome.readings):
            assert finding_words(found, outcome, SETTINGS) == found.detail


def test_every_flag_and_gate_is_said_in_german(german) -> None:
    outcome = flagged()
    assert {flag.name for flag in outcome.flags} == set(RULES)
    for each in (outcome, outcome_with(FAULTY), outcome_with(SOUND)):
        for found in (*each.gates, *each.flags):
            words = finding_words(found, each, SETTINGS)
            assert words
            assert words != found.detail, found
            assert not set(words.split()) & {"the", "of", "is", "are", "product", "pixels"}, words


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        ("exact_white", "1.234 Hintergrundpixel sind nicht 255"),
        ("border", "1 Randpixel ist nicht 255"),
        ("fill", "das Produkt füllt 61,2\N{NO-BREAK SPACE}% des Rahmens"),
        ("resolution", "längste Seite 1.499 px"),
        ("subjects", "3 getrennte Teile"),
    ],
)
def test_german_names_the_recorded_numbers(german, gate: str, words: str) -> None:
    outcome = outcome_with(FAULTY)
    found = next(each for each in outcome.gates if each.name == gate)
    assert finding_words(found, outcome, SETTINGS).startswith(words)


def test_a_limit_is_only_named_while_it_is_the_one_that_judged(german) -> None:
    for fingerprint, named in ((SETTINGS.fingerprint, True), ("settings of last year", False)):
        outcome = outcome_with(FAULTY, fingerprint)
        fill = next(each for each in outcome.gates if each.name == "fill")
        assert ("erlaubt" in finding_words(fill, outcome, SETTINGS)) is named


def test_what_has_no_sentence_here_stands_as_it_was_recorded(german) -> None:
    outcome = outcome_with(SOUND)
    assert finding_words(Flag("a_later_version", 1.0, "what it says"), outcome, SETTINGS) == "what it says"
    gate = Gate("resolution", False, "it is 900 × 900 px; the longest side must have 1600 px")
    assert finding_words(gate, replace(outcome, readings=()), SETTINGS).startswith("das Bild hat zu wenige")


def test_sentences_without_numbers_are_those_that_the_line_writes() -> None:
    written = set(recorded_sentences())
    # Two are put together from a word and the rest.
    assert set(WHOLE) - written == {"every background pixel is 255", "every border pixel is 255"}


def test_why_a_person_makes_it_is_said_in_german(german) -> None:
    reasons = ("the pixels say medium (61%)", "category “fur” is complex")
    routing = Routing(Complexity.COMPLEX, Route.HUMAN, reasons)
    record = ImageRecord(1, "b", "a.jpg", "0" * 64, 1, 9, 9, category="fur")
    outcome = replace(outcome_with(SOUND), routing=routing)
    assert why_by_hand(outcome, record, SETTINGS) == "ein schwieriges Produkt, wie immer bei „Fell“"
