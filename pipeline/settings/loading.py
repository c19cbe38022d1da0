"""How settings are read: shipped tables, the studio's own overrides, and a sentence for whatever does not fit."""

import dataclasses
import json
import tomllib
import types
import typing
from importlib import resources
from pathlib import Path
from typing import Any
from typing import Final

from pipeline.errors import SettingsError
from pipeline.settings.clients import checked_client
from pipeline.settings.effective import Settings
from pipeline.settings.effective import nearest
from pipeline.settings.platforms import check_platform
from pipeline.settings.sections import Client
from pipeline.settings.sections import Platform

MOST: Final = 1e300
"""No number of the settings is larger; infinity and what is not a number are neither."""


def load_settings(studio: Path | None = None, *, instead: str | None = None) -> Settings:
    """Read the shipped settings and, where `studio/settings.toml` exists, its overrides.

    A client has a table [clients.NAME] there or a file `studio/clients/NAME.toml`. `instead` is read in place of the
    studio's settings.toml, to try a text before it is written. Raises SettingsError with the file and the key for
    anything unknown, missing or of the wrong type.
    """
    shipped = resources.files("resources")
    tables = _parse(shipped.joinpath("settings.toml").read_text("utf-8"), "settings.toml")
    for file in ("platforms", "categories", "reasons", "tools"):
        tables |= _parse(shipped.joinpath(f"{file}.toml").read_text("utf-8"), f"{file}.toml")
    sources = ["shipped"]
    own = studio / "settings.toml" if studio else None
    if own and (instead is not None or own.is_file()):
        overrides = _parse(_read(own) if instead is None else instead, str(own))
        _check_names(Settings, overrides, str(own))
        tables = _merge(tables, overrides)
        sources.append(str(own))
    shared = tables["platforms"]
    tables["clients"] = {
        name: _with_platforms(table, shared) if isinstance(table, dict) else table
        for name, table in tables.get("clients", {}).items()
    }
    settings = _build(Settings, tables, sources[-1])
    for name, platform in settings.platforms.items():
        check_platform(name, platform, sources[-1])
    clients = {name: checked_client(name, client, studio, sources[-1]) for name, client in settings.clients.items()}
    for path in sorted((studio / "clients").glob("*.toml")) if studio else ():
        client = _build(Client, _with_platforms(_parse(_read(path), str(path)), shared), str(path))
        clients[path.stem] = checked_client(path.stem, client, path.parent, str(path))
        sources.append(str(path))
    return dataclasses.replace(settings, clients=clients, sources=tuple(sources))


def _with_platforms(client: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Complete what a client says of places of sale by what is said for everybody."""
    own = client.get("platforms")
    if not isinstance(own, dict):
        return client
    return client | {"platforms": {name: _merge(shared.get(name, {}), table) for name, table in own.items()}}


def settings_from_text(text: str, name: str) -> Settings:
    """Return settings that were stored as `Settings.text`; `name` says where, for the sentence of a SettingsError.

    Keys that a newer or older Whitepoint stored are refused with their name.
    """
    return dataclasses.replace(_build(Settings, json.loads(text), name), sources=(name,))


def platform_from_table(table: dict[str, Any], where: str) -> Platform:
    """Return a platform's rules that stand elsewhere, as in the manifest of a package; `where` is for the sentence.

    Raises SettingsError for what is unknown, missing or makes no sense.
    """
    if not isinstance(table, dict):
        raise SettingsError(f"{where} must be a table, but is {table!r}; correct it.")
    rules = _build(Platform, table, where)
    check_platform(rules.title, rules, where)
    return rules


def _read(own: Path) -> str:
    try:
        return own.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{own} is not in UTF-8; save it as UTF-8 or remove the file.") from error
    except OSError as error:
        raise SettingsError(f"{own} cannot be read ({error.strerror}); allow reading it or remove it.") from error


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{file} is not valid TOML: {error}; correct that line or remove the file.") from error


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _merge(base[key], value) if both else value
    return merged


def _check_names(record: type, table: dict[str, Any], where: str) -> None:
    known = {field.name for field in dataclasses.fields(record) if field.name != "sources"}
    for key in table:
        if key not in known:
            raise SettingsError(f"{where}: unknown key “{key}”{nearest(key, known)}.")


def _build(record: type, table: dict[str, Any], where: str) -> Any:
    _check_names(record, table, where)
    hints = typing.get_type_hints(record)
    values = {}
    for field in dataclasses.fields(record):
        if field.name in table:
            values[field.name] = _typed(hints[field.name], table[field.name], f"{where}: {field.name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise SettingsError(f"{where}: the key “{field.name}” is missing; add it or remove your override.")
    return record(**values)


def _typed(kind: Any, value: Any, where: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(value, int | float) and not abs(value) <= MOST:
        raise SettingsError(f"{where} must be a number that can be worked with; correct the value.")
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _build(typing.cast(type, kind), value, where)
    if origin is dict and isinstance(value, dict):
        return {str(key): _typed(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(arguments[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    if value is None and type(None) in arguments:
        return None
    if origin is types.UnionType:
        return _typed(arguments[0], value, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and origin is None and type(value) is kind:
        return value
    name = getattr(kind, "__name__", str(kind))
    raise SettingsError(f"{where} must be {name}, but is {value!r}; correct the value.")
