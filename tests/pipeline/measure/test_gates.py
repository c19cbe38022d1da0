"""Every gate on both sides of its limit, in words and with the evidence of its reading."""

from dataclasses import replace

import pytest

from pipeline.measure.gates import judge_gates
from pipeline.model import Evidence
from pipeline.model import Gate
from pipeline.model import Reading
from pipeline.settings import Platform
from pipeline.settings import Settings

SEEN = Evidence(boxes=((1, 2, 3, 4),))
SOUND = {
    "off_white_field": 0.0,
    "off_white_border": 0.0,
    "touching": 0.0,
    "chopped": 0.0,
    "fill": 0.9,
    "resolution": 2000.0,
    "pieces": 1.0,
}


@pytest.fixture
def rules(settings: Settings) -> Platform:
    return replace(
        settings.platforms["amazon_main"],
        background="pure_white",
        fill_low=0.85,
        fill_high=0.95,
        min_longest_side=1600,
        subjects=0,
    )


def judged(rules: Platform, **values: float | None) -> dict[str, Gate]:
    given = SOUND | values
    readings = {name: Reading(name, value, "", f"seen: {name}", SEEN) for name, value in given.items()}
    return {gate.name: gate for gate in judge_gates(readings, rules)}


def test_a_sound_result_passes_every_gate_in_plain_words(rules: Platform) -> None:
    assert {name: (gate.passed, gate.detail) for name, gate in judged(rules).items()} == {
        "exact_white": (True, "every background pixel is 255"),
        "border": (True, "every border pixel is 255"),
        "touching": (True, "the product keeps its distance from the frame"),
        "fill": (True, "the product fills 0.900 of the frame; allowed is 0.85 to 0.95"),
        "resolution": (True, "longest side 2000 px; at least 1600 px are needed"),
        "subjects": (True, "one product"),
    }


def test_only_a_platform_that_wants_pure_white_has_gates_of_white(rules: Platform) -> None:
    assert set(judged(replace(rules, background="any"))) == {"touching", "fill", "resolution", "subjects"}


@pytest.mark.parametrize(
    ("reading", "value", "gate", "words"),
    [
        ("off_white_field", 1.0, "exact_white", "1 background pixels are not 255; seen: off_white_field"),
        ("off_white_border", 7.0, "border", "7 border pixels are not 255; seen: off_white_border"),
        ("touching", 1.0, "touching", "the product touches the frame: seen: touching"),
        ("chopped", 1.0, "touching", "the product is cut off by the original's frame: seen: chopped"),
        ("fill", 0.849, "fill", "the product fills 0.849 of the frame; allowed is 0.85 to 0.95"),
        ("fill", 0.951, "fill", "the product fills 0.951 of the frame; allowed is 0.85 to 0.95"),
    ],
)
def test_one_reading_too_many_fails_its_gate_alone(
    rules: Platform, reading: str, value: float, gate: str, words: str
) -> None:
    failed = [each for each in judged(rules, **{reading: value}).values() if not each.passed]
    assert failed == [Gate(gate, False, words, SEEN)]


@pytest.mark.parametrize(("name", "value"), [("fill", 0.85), ("fill", 0.95), ("resolution", 1600.0)])
def test_a_limit_itself_is_allowed(rules: Platform, name: str, value: float) -> None:
    assert judged(rules, **{name: value})[name].passed


def test_what_could_not_be_measured_does_not_pass(rules: Platform) -> None:
    gates = judged(rules, fill=None, resolution=None, pieces=None)
    assert not any(gates[name].passed for name in ("fill", "resolution", "subjects"))
    assert gates["fill"].detail == "seen: fill"
    assert gates["resolution"].detail == "longest side 0 px; at least 1600 px are needed"
    assert gates["subjects"].detail == "no product was found"


def test_the_number_of_products_counts_only_where_the_platform_names_one(rules: Platform) -> None:
    assert judged(rules, pieces=2.0)["subjects"].detail == "2 separate pieces"
    alone = replace(rules, subjects=1)
    assert judged(alone, pieces=1.0)["subjects"].passed
    assert judged(alone, pieces=3.0)["subjects"] == Gate("subjects", False, "3 products where 1 is expected", SEEN)
    assert not judged(alone, resolution=1599.0)["resolution"].passed
