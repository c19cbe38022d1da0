"""What samples and returns say in German: every number of the English sentence is there, none is invented."""

import re
from dataclasses import replace

import pytest

from pipeline.batch.returns import Comparison
from pipeline.batch.rollout import judge
from pipeline.measure.statistics import Interval
from pipeline.model import Findings
from pipeline.model import Wave
from pipeline.model import WaveState
from reviewer.views.shipping_words import comparison_words
from reviewer.views.shipping_words import sample_words
from reviewer.views.shipping_words import share_words

FOUND = Findings({"all": 49}, 0, 49, 0)
WAVE = Wave(1, "shoot", 1, 0.1, WaveState.OPEN, 50, {"all": 500}, 0.06, 0.95, FOUND, 0, 49, "Lea", 0)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)?", text.replace(",", "."))


@pytest.mark.parametrize(("waiting", "good", "bad"), [(0, 49, 0), (0, 48, 1), (0, 40, 9), (5, 44, 0)])
def test_a_sample_says_the_same_numbers_in_german(german, waiting: int, good: int, bad: int) -> None:
    found = Findings({"all": 49}, waiting, good, bad)
    said = judge(found, WAVE.population, limit=0.06, confidence=0.95, free={"all": 450})
    told = sample_words(WAVE, said)
    assert numbers(told) == numbers(said.sentence)
    assert told != said.sentence
    assert sample_words(replace(WAVE, reason="as it was ruled"), said) == "as it was ruled"


def test_returns_say_in_german_what_they_prove(german) -> None:
    less = Interval(-0.05, -0.08, -0.02)
    one = Comparison("All products", 3, 900, 900, Interval(0.2, 0.1, 0.3), Interval(0.15, 0.1, 0.2), less, None)
    told = comparison_words(one)
    assert numbers(told) == ["20.0", "15.0", "8.0", "2.0", "95"]
    assert share_words(0.0001).endswith("0,1\N{NO-BREAK SPACE}%")
