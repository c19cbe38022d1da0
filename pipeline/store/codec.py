"""Records to JSON and back, exactly: driven by the dataclasses' own types, so that a new field needs no code here."""

import dataclasses
import functools
import json
import math
import operator
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any
from typing import TypeVar

from pipeline.errors import BugError
from pipeline.errors import StudioError

Record = TypeVar("Record")
Convert = Callable[[Any], Any]


def to_json(record: Any, *, leave_out: tuple[str, ...] = ()) -> str:
    """Return the record as JSON text: every field by name, also those at their default, save those to `leave_out`."""
    values = _pair(type(record))[0](record)
    kept = {name: value for name, value in values.items() if name not in leave_out}
    return json.dumps(kept, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str, **more: Any) -> Record:
    """Return the record of that kind; `more` gives fields that are kept elsewhere, already as records.

    Missing fields take their default. Raises StudioError for a field this program does not know.
    """
    return _build(kind, json.loads(text), more)


def _build(kind: type[Record], values: dict[str, Any], more: dict[str, Any]) -> Record:
    decoders = _decoders(kind)
    unknown = values.keys() - decoders.keys()
    if unknown:
        names = ", ".join(sorted(unknown))
        raise StudioError(f"A {kind.__name__} in the studio was written by a newer Whitepoint ({names}); update it.")
    return kind(**{name: decoders[name](value) for name, value in values.items()}, **more)


@functools.cache
def _decoders(kind: type) -> dict[str, Convert]:
    hints = typing.get_type_hints(kind)
    return {field.name: _pair(hints[field.name])[1] for field in dataclasses.fields(kind)}


@functools.cache
def _pair(kind: Any) -> tuple[Convert, Convert]:
    """Return how a value of this type is written and how it is read."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record_pair(typing.cast(type, kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return operator.attrgetter("value"), kind
    if origin in (types.UnionType, typing.Union):
        return _optional_pair(arguments)
    if origin is tuple:
        return _tuple_pair(arguments)
    if origin is dict:
        write, read = _pair(arguments[1])
        return (
            lambda value: {str(key): write(item) for key, item in value.items()},
            lambda value: {key: read(item) for key, item in value.items()},
        )
    if kind in SIMPLE:
        return SIMPLE[kind]
    raise BugError(f"The codec does not know how to keep {kind!r}.")


def _record_pair(kind: type) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(kind)
    writers = [(field.name, _pair(hints[field.name])[0]) for field in dataclasses.fields(kind)]

    def write(record: Any) -> dict[str, Any]:
        return {name: encode(getattr(record, name)) for name, encode in writers}

    return write, lambda values: _build(kind, values, {})


def _optional_pair(arguments: tuple[Any, ...]) -> tuple[Convert, Convert]:
    kinds = [argument for argument in arguments if argument is not type(None)]
    if len(kinds) != 1:
        raise BugError(f"The codec keeps “one type or None” only, not {arguments!r}.")
    write, read = _pair(kinds[0])
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _tuple_pair(arguments: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        write, read = _pair(arguments[0])
        return lambda value: [write(item) for item in value], lambda value: tuple(read(item) for item in value)
    pairs = [_pair(argument) for argument in arguments]
    return (
        lambda value: [write(item) for (write, _), item in zip(pairs, value, strict=True)],
        lambda value: tuple(read(item) for (_, read), item in zip(pairs, value, strict=True)),
    )


def _write_float(value: Any) -> float | str:
    number = float(value)
    return number if math.isfinite(number) else str(number)


def _itself(value: Any) -> Any:
    return value


SIMPLE: dict[Any, tuple[Convert, Convert]] = {
    str: (str, _itself),
    int: (operator.index, _itself),
    bool: (bool, _itself),
    # JSON has no infinity and no NaN; they travel as words.
    float: (_write_float, float),
}
