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
    return typing.cast(Record, _plan(kind).build(json.loads(text), more))


@dataclasses.dataclass(frozen=True, eq=False)
class _Plan:
    """How one kind of record is read: its field names, those whose values need work, and the defaults."""

    kind: type
    names: frozenset[str]
    work: tuple[tuple[str, Convert], ...]
    defaults: tuple[tuple[str, Callable[[], Any]], ...]

    def build(self, values: dict[str, Any], more: dict[str, Any]) -> Any:
        """Turn freshly parsed `values` into the record; they are used up."""
        for name, read in self.work:
            if name in values:
                values[name] = read(values[name])
        values |= more
        if values.keys() != self.names:
            self._complete(values)
        # As pickle does: the fields were checked when they were written, and a review window reads 7,500 outcomes.
        record = object.__new__(self.kind)
        record.__dict__.update(values)
        return record

    def _complete(self, values: dict[str, Any]) -> None:
        name = self.kind.__name__
        if unknown := ", ".join(sorted(values.keys() - self.names)):
            raise StudioError(f"A {name} in the studio was written by a newer Whitepoint ({unknown}); update it.")
        for field, default in self.defaults:
            if field not in values:
                values[field] = default()
        if missing := ", ".join(sorted(self.names - values.keys())):
            raise StudioError(f"A {name} in the studio lacks {missing}; it is damaged, restore a backup.")


@functools.cache
def _plan(kind: type) -> _Plan:
    hints, fields = typing.get_type_hints(kind), dataclasses.fields(kind)
    if hasattr(kind, "__post_init__") or hasattr(kind, "__slots__"):
        raise BugError(f"The codec keeps plain dataclasses only, not {kind.__name__}.")
    work = tuple((field.name, _pair(hints[field.name])[1]) for field in fields)
    defaults = tuple((field.name, default) for field in fields if (default := _default(field)) is not None)
    names = frozenset(field.name for field in fields)
    return _Plan(kind, names, tuple(pair for pair in work if pair[1] is not _itself), defaults)


def _default(field: dataclasses.Field[Any]) -> Callable[[], Any] | None:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory
    if field.default is not dataclasses.MISSING:
        return lambda: field.default
    return None


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

    plan = _plan(kind)
    return write, lambda values: plan.build(values, {})


def _optional_pair(arguments: tuple[Any, ...]) -> tuple[Convert, Convert]:
    kinds = [argument for argument in arguments if argument is not type(None)]
    if len(kinds) != 1:
        raise BugError(f"The codec keeps “one type or None” only, not {arguments!r}.")
    write, read = _pair(kinds[0])
    return (
        lambda value: None if value is None else write(value),
        _itself if read is _itself else lambda value: None if value is None else read(value),
    )


def _tuple_pair(arguments: tuple[Any, ...]) -> tuple[Convert, Convert]:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        write, read = _pair(arguments[0])
        as_it_is = read is _itself
        return (
            lambda value: [write(item) for item in value],
            tuple if as_it_is else lambda value: tuple([read(item) for item in value]),
        )
    pairs = [_pair(argument) for argument in arguments]
    as_it_is = all(read is _itself for _, read in pairs)
    return (
        lambda value: [write(item) for (write, _), item in zip(pairs, value, strict=True)],
        tuple if as_it_is else lambda value: tuple([read(item) for (_, read), item in zip(pairs, value, strict=True)]),
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
