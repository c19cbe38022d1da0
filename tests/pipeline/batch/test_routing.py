import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.routing import destination
from pipeline.model import Complexity
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import QcScore
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import load_settings

SETTINGS = load_settings()
SIMPLE = Routing(Complexity.SIMPLE, Route.AUTOMATIC)
PERFECT = QcScore(25, 25, 25, 25, 100, Verdict.APPROVE)
PASSED = (Gate("exact_white", True, ""),)


def test_a_simple_perfect_image_is_approved_without_a_person() -> None:
    assert destination(routing=SIMPLE, score=PERFECT, gates=PASSED, flags=(), settings=SETTINGS) is State.APPROVED


def test_an_advisory_flag_does_not_hold_an_image_back() -> None:
    flags = tuple(Flag(name, 1.0, "") for name in SETTINGS.routing.advisory_flags)
    assert destination(routing=SIMPLE, score=PERFECT, gates=PASSED, flags=flags, settings=SETTINGS) is State.APPROVED


@pytest.mark.parametrize(
    "change",
    [
        {"gates": (Gate("exact_white", False, ""),)},
        {"flags": (Flag("halo", 0.9, ""),)},
        {"score": dataclasses.replace(PERFECT, color_accuracy=None)},
        {"score": dataclasses.replace(PERFECT, total=80, verdict=Verdict.REVIEW)},
        {"routing": dataclasses.replace(SIMPLE, complexity=Complexity.MEDIUM)},
    ],
    ids=["failed gate", "flag", "part not measured", "middling score", "not simple"],
)
def test_any_single_doubt_sends_it_to_review(change: dict) -> None:
    facts = {"routing": SIMPLE, "score": PERFECT, "gates": PASSED, "flags": ()} | change
    assert destination(settings=SETTINGS, **facts) is State.REVIEW


def test_a_low_score_goes_back() -> None:
    low = dataclasses.replace(PERFECT, total=50, verdict=Verdict.REDO)
    assert destination(routing=SIMPLE, score=low, gates=PASSED, flags=(), settings=SETTINGS) is State.REDO


@given(st.sampled_from(Verdict), st.booleans(), st.booleans())
def test_the_human_route_always_waits_for_a_person(verdict: Verdict, gate: bool, flagged: bool) -> None:
    state = destination(
        routing=Routing(Complexity.COMPLEX, Route.HUMAN),
        score=dataclasses.replace(PERFECT, verdict=verdict),
        gates=(Gate("exact_white", gate, ""),),
        flags=(Flag("halo", 0.5, ""),) if flagged else (),
        settings=SETTINGS,
    )
    assert state is State.EDIT
