"""Outcomes and versions survive JSON exactly."""

import dataclasses
import json
import math
import typing
from enum import Enum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.errors import BugError
from pipeline.errors import StudioError
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.model import Gate
from pipeline.model import NewImage
from pipeline.model import Outcome
from pipeline.model import QcScore
from pipeline.model import Reading
from pipeline.model import State
from pipeline.model import Step
from pipeline.model import Verdict
from pipeline.model import Version
from pipeline.store.codec import from_json
from pipeline.store.codec import to_json

TEXT = st.text(max_size=8)
NUMBERS = st.integers(-(2**70), 2**70)


def values_of(kind):
    """A strategy for any value of that type: independent of how the codec walks types."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{field.name: values_of(hints[field.name]) for field in dataclasses.fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if origin is tuple and arguments[1:] == (...,):
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values_of, arguments))
    if origin is dict:
        return st.dictionaries(TEXT, values_of(arguments[1]), max_size=2)
    if arguments:
        return st.none() | values_of(arguments[0])
    return {str: TEXT, int: NUMBERS, bool: st.booleans(), float: st.floats(allow_nan=False)}[kind]


def fields_and_types(record):
    """The record as nested tuples with the type of every value, so that True, 1 and 1.0 differ."""
    if dataclasses.is_dataclass(record):
        return type(record), [fields_and_types(getattr(record, field.name)) for field in dataclasses.fields(record)]
    if isinstance(record, tuple):
        return tuple, [fields_and_types(item) for item in record]
    return type(record), record


@pytest.mark.parametrize("kind", [Outcome, Version, Decision, NewImage, Entry, Step, Reading])
@settings(deadline=None)
@given(data=st.data())
def test_every_record_comes_back_the_same(kind, data):
    record = data.draw(values_of(kind))
    text = to_json(record)
    again = from_json(kind, text)
    assert again == record
    assert fields_and_types(again) == fields_and_types(record)
    assert hash(again) == hash(record) if not _has_dict(kind) else True
    json.loads(text, parse_constant=pytest.fail)


def _has_dict(kind):
    return kind in (NewImage, Entry)


def test_not_a_number_comes_back_as_not_a_number():
    again = from_json(Reading, to_json(Reading("fill", math.nan, "ratio")))
    assert again.value is not None
    assert math.isnan(again.value)


def test_numpy_scalars_become_plain_numbers():
    gate = Gate("white", np.bool_(True), "detail")
    score = QcScore(np.float32(25), None, np.float64(24.5), 3, np.float32(90.5), Verdict.APPROVE)
    assert fields_and_types(from_json(Gate, to_json(gate))) == fields_and_types(Gate("white", True, "detail"))
    assert from_json(QcScore, to_json(score)) == QcScore(25.0, None, 24.5, 3.0, 90.5, Verdict.APPROVE)
    assert type(from_json(QcScore, to_json(score)).color_accuracy) is float


def test_a_field_kept_elsewhere_is_left_out_and_given_back():
    steps = (Step("score", "own", "1"),)
    outcome = Outcome(1, State.REVIEW, 1.0, "f", steps=steps)
    text = to_json(outcome, leave_out=("steps",))
    assert "steps" not in json.loads(text)
    assert from_json(Outcome, text, steps=steps) == outcome


def test_an_older_row_gets_the_default_of_a_newer_field():
    values = json.loads(to_json(Outcome(1, State.REVIEW, 1.0, "f", engine="embedded")))
    del values["engine"]
    assert from_json(Outcome, json.dumps(values)) == Outcome(1, State.REVIEW, 1.0, "f")


def test_a_field_of_a_newer_program_is_refused_with_its_name():
    values = json.loads(to_json(Outcome(1, State.REVIEW, 1.0, "f"))) | {"aura": 1}
    with pytest.raises(StudioError, match=r"newer Whitepoint \(aura\)"):
        from_json(Outcome, json.dumps(values))


def test_a_row_without_a_field_it_must_have_is_damaged():
    with pytest.raises(StudioError, match="lacks seconds"):
        from_json(Outcome, '{"image": 1, "state": "review", "settings": "f"}')


def test_a_record_with_pixels_is_a_bug_not_a_guess():
    @dataclasses.dataclass(frozen=True)
    class Odd:
        pixels: np.ndarray

    with pytest.raises(BugError, match="does not know"):
        to_json(Odd(np.zeros(3)))


def test_a_fraction_in_a_whole_number_is_refused():
    with pytest.raises(TypeError):
        to_json(Step("frame", "own", "1", seed=typing.cast(int, 1.5)))
