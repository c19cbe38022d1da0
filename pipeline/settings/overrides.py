"""The studio's own `settings.toml` as a form sees it: every key with its words, its shipped value, and a safe write."""

import dataclasses
import math
import os
import re
import tempfile
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pipeline.errors import SettingsError
from pipeline.errors import StudioError
from pipeline.settings.effective import Settings
from pipeline.settings.loading import load_settings

Value = bool | int | float | str | tuple[str, ...] | tuple[int, ...] | tuple[float, ...]
KeyPath = tuple[str, ...]
FILE = "settings.toml"
SHIPPED = ("settings", "platforms", "categories", "reasons", "tools")
ELSEWHERE = ("clients", "sources")
"""Not in the form: a client has a file of its own."""
SCALARS = {bool: "yes or no", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True)
class Field:
    """One key: its value now, the shipped one (None where there is none), and what it means.

    Attributes:
        path: the names of its tables and its own.
        kind: bool, int, float or str; of each item where `many`.
        words: what the shipped table says beside it, with its unit; "" where it says nothing.
    """

    path: KeyPath
    kind: type
    many: bool
    value: Value
    shipped: Value | None
    words: str = ""

    @property
    def key(self) -> str:
        """The path as one writes it in the file's head: section.table.key."""
        return ".".join(self.path)

    @property
    def text(self) -> str:
        """The value as a person types it; `parsed` reads it back."""
        return shown(self.value)


@dataclass(frozen=True)
class Group:
    """The keys of one table, with what the table is about."""

    path: KeyPath
    words: str
    fields: tuple[Field, ...]


def shown(value: Value) -> str:
    """Return a value as a person types it: lists with commas, truth as yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(shown(item) for item in value)
    return str(value)


def parsed(field: Field, text: str) -> Value:
    """Return the value that `text` means for a field; SettingsError says in one sentence why it means none."""
    if not field.many:
        return _parsed_one(field, text.strip())
    parts = [part.strip() for part in text.split(",")]
    return typing.cast(Value, tuple(_parsed_one(field, part) for part in parts if part))


def setting_groups(studio: Path | None) -> tuple[Group, ...]:
    """Return every table of the settings in the files' order, with the studio's values; raises SettingsError."""
    shipped, words = load_settings(None), _shipped_words()
    groups: list[Group] = []
    _walk(Settings, (), load_settings(studio), shipped, words, groups)
    return tuple(groups)


def write_settings(studio: Path, changes: Mapping[KeyPath, Value | None]) -> Settings:
    """Write changed keys into the studio's settings.toml, keeping its comments; None goes back to the shipped value.

    The new file is read as a whole before it replaces the old one. Returns the settings it makes. Raises SettingsError
    where it would be refused, StudioError where it cannot be written.
    """
    file = studio / FILE
    try:
        document = tomlkit.parse(file.read_text("utf-8-sig")) if file.is_file() else tomlkit.document()
    except TOMLKitError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}; correct that line or remove the file.") from error
    except OSError as error:
        raise StudioError(f"{file} cannot be read ({error.strerror}); allow reading it.") from error
    for path, value in changes.items():
        _forget(document, path) if value is None else _put(document, path, value)
    text = tomlkit.dumps(document)
    settings = load_settings(studio, instead=text)
    _replace(file, text)
    return settings


def _parsed_one(field: Field, text: str) -> Any:
    if field.kind is bool:
        if text in ("yes", "no"):
            return text == "yes"
    elif field.kind is str:
        return text
    else:
        number = _number(field.kind, text)
        if number is not None and (number >= 0 or not _never_negative(field)):
            return number
    least = " that is not negative" if field.kind is not bool and _never_negative(field) else ""
    raise SettingsError(f"“{text}” does not fit {field.key}; give {SCALARS[field.kind]}{least}.")


def _number(kind: type, text: str) -> float | int | None:
    try:
        number = kind(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _never_negative(field: Field) -> bool:
    values = field.shipped if isinstance(field.shipped, tuple) else (field.shipped,)
    return all(isinstance(value, int | float) and value >= 0 for value in values)


def _walk(kind: Any, path: KeyPath, now: Any, shipped: Any, words: Mapping[KeyPath, str], groups: list[Group]) -> None:
    """Add the group of one table, then those of the tables within."""
    members = _members(kind, now)
    fields, tables = [], []
    for name, hint in members.items():
        value = now[name] if isinstance(now, dict) else getattr(now, name)
        usual = shipped.get(name) if isinstance(shipped, dict) else getattr(shipped, name, None)
        known = _scalar(hint)
        if known is not None:
            said = words.get((*path, name), "") or _attribute_words(kind, name)
            fields.append(Field((*path, name), known[0], known[1], value, usual, said))
        elif dataclasses.is_dataclass(hint) or typing.get_origin(hint) is dict:
            tables.append((hint, (*path, name), value, usual))
    if fields:
        groups.append(Group(path, words.get(path, "") or _class_words(kind), tuple(fields)))
    for hint, inner, value, usual in tables:
        _walk(hint, inner, value, usual, words, groups)


def _members(kind: Any, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return dict.fromkeys(value, typing.get_args(kind)[1])
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.name not in ELSEWHERE}


def _scalar(hint: Any) -> tuple[type, bool] | None:
    """Return the kind of a value and whether there are many, None for tables and for tuples within tuples."""
    if hint in SCALARS:
        return hint, False
    arguments = typing.get_args(hint)
    return (arguments[0], True) if typing.get_origin(hint) is tuple and arguments[0] in SCALARS else None


def _class_words(kind: Any) -> str:
    """Return what the first paragraph of a record's docstring says; "" for a plain table."""
    if not dataclasses.is_dataclass(kind) or not isinstance(kind, type):
        return ""
    return " ".join((kind.__doc__ or "").split("\n\n", maxsplit=1)[0].split())


def _attribute_words(kind: Any, name: str) -> str:
    found = re.search(rf"^\s+{name}: (.+?)\.?$", getattr(kind, "__doc__", None) or "", re.MULTILINE)
    return found[1] if found and dataclasses.is_dataclass(kind) else ""


def _shipped_words() -> dict[KeyPath, str]:
    """Return the comments beside the keys of the shipped tables, by path."""
    words: dict[KeyPath, str] = {}
    for name in SHIPPED:
        text = resources.files("resources").joinpath(f"{name}.toml").read_text("utf-8")
        _note_comments(tomlkit.parse(text), (), words)
    return words


def _note_comments(table: Mapping[str, Any], path: KeyPath, words: dict[KeyPath, str]) -> None:
    for key, item in table.items():
        trivia = getattr(item, "trivia", None)
        if trivia is not None and trivia.comment:
            words[(*path, key)] = trivia.comment.lstrip("# ").strip()
        if isinstance(item, Mapping):
            _note_comments(item, (*path, key), words)


def _put(document: Any, path: KeyPath, value: Value) -> None:
    table = document
    for name in path[:-1]:
        if name not in table:
            table[name] = tomlkit.table()
        table = table[name]
    table[path[-1]] = list(value) if isinstance(value, tuple) else value


def _forget(document: Any, path: KeyPath) -> None:
    """Remove a key, and every table that is empty without it."""
    tables = [document]
    for name in path[:-1]:
        if name not in tables[-1]:
            return
        tables.append(tables[-1][name])
    tables[-1].pop(path[-1], None)
    for name, outer, inner in zip(reversed(path[:-1]), reversed(tables[:-1]), reversed(tables[1:]), strict=True):
        if not inner:
            outer.pop(name)


def _replace(file: Path, text: str) -> None:
    """Write beside the file, then take its place in one step: a crash leaves the old or the new one, whole."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StudioError(f"{file} cannot be written ({error.strerror}); allow writing there.") from error
