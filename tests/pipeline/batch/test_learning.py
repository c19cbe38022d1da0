"""What decisions say about difficulty: the rule, case by case."""

from dataclasses import replace

import pytest

from pipeline.batch.learning import lesson_of
from pipeline.batch.learning import overrules
from pipeline.model import Action
from pipeline.model import Complexity
from pipeline.model import Decision
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.model import Role
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Version
from pipeline.settings import load_settings

SETTINGS = load_settings()
SIMPLE, MEDIUM, COMPLEX = Complexity
READINGS = (Reading("texture", 1.0, "L*/px"),)


def version(judged: Complexity, *, actor: str = "line", finished: bool = False, id: int = 1) -> Version:
    route = Route.AUTOMATIC if judged is SIMPLE else Route.HUMAN
    routing = Routing(judged, route, readings=READINGS, finished=finished)
    outcome = Outcome(image=1, state=State.REVIEW, seconds=1.0, settings="", routing=routing)
    return Version(id, 1, None, outcome, actor, 0)


def decided(*actions: str) -> list[Decision]:
    """Decisions from words such as "redo halo" or "retract" (of the one before)."""
    made: list[Decision] = []
    for id, words in enumerate(actions, 1):
        action, _, reason = words.partition(" ")
        retracts = id - 1 if action == "retract" else None
        made.append(Decision(id, 1, 1, Action(action), "Ada", Role.EDITOR, reason=reason, retracts=retracts))
    return made


def label(judged: Complexity, *actions: str, category: str = "", versions: list[Version] | None = None):
    record = ImageRecord(1, "b", "a.jpg", "0" * 64, 1, 1, 1, category=category)
    lesson = lesson_of(record, versions or [version(judged)], decided(*actions), SETTINGS)
    return lesson.label if lesson else None


@pytest.mark.parametrize(
    ("judged", "actions", "expected"),
    [
        (SIMPLE, ("approve",), SIMPLE),
        (SIMPLE, ("redo halo",), MEDIUM),
        (SIMPLE, ("reject artifact",), MEDIUM),
        (SIMPLE, ("redo bitten", "approve"), MEDIUM),
        (MEDIUM, ("redo residue",), COMPLEX),
        (COMPLEX, ("redo halo",), COMPLEX),
        (MEDIUM, ("approve",), SIMPLE),
        (COMPLEX, ("approve", "sign_off"), MEDIUM),
        (SIMPLE, ("redo color", "approve"), SIMPLE),
        (MEDIUM, ("redo color", "approve"), None),
        (SIMPLE, ("redo color",), None),
        (SIMPLE, ("reject blurred",), None),
        (SIMPLE, ("redo halo", "retract"), None),
        (SIMPLE, ("redo halo", "retract", "approve"), SIMPLE),
        (SIMPLE, (), None),
    ],
)
def test_what_people_did_says_how_hard_it_was(judged, actions, expected) -> None:
    assert label(judged, *actions) == expected


def test_a_seniors_word_counts_and_the_overruled_one_does_not() -> None:
    first, second = decided("redo halo", "approve")
    second = replace(second, person="Sue", role=Role.SENIOR)
    assert overrules([first, second]) == [(first, second)]
    record = ImageRecord(1, "b", "a.jpg", "0" * 64, 1, 1, 1)
    lesson = lesson_of(record, [version(SIMPLE)], [first, second], SETTINGS)
    assert lesson is not None
    assert lesson.label is SIMPLE
    assert overrules(decided("redo halo", "approve")) == []
    agreed = [decided("approve")[0], replace(decided("approve", "sign_off")[1], person="Sue", role=Role.SENIOR)]
    assert overrules(agreed) == []


def test_what_a_person_had_to_mend_was_harder() -> None:
    versions = [version(SIMPLE), version(SIMPLE, actor="Ada", id=2)]
    assert label(SIMPLE, "approve", versions=versions) is MEDIUM


def test_a_category_holds_the_label_up_and_then_teaches_nothing() -> None:
    assert SETTINGS.categories["jewelry"].complexity == "complex"
    assert SETTINGS.categories["cosmetics_tube"].complexity == "medium"
    assert label(COMPLEX, "approve", category="jewelry") is None
    assert label(MEDIUM, "approve", category="cosmetics_tube") is None
    assert label(MEDIUM, "redo halo", category="cosmetics_tube") is COMPLEX


def test_a_finished_packshot_has_nothing_to_teach() -> None:
    assert label(SIMPLE, "approve", versions=[version(SIMPLE, finished=True)]) is None
