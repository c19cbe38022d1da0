"""Who sits here and how: remembered in the studio's own folder, never in the system's settings."""

import getpass
import hashlib
import json
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QSettings

from pipeline.model import Behind
from pipeline.model import Order
from pipeline.model import Role
from pipeline.model import Selection

FILE = "reviewer.ini"


class Sitting:
    """The person, their role and the window's place, kept in `reviewer.ini` of the studio."""

    def __init__(self, studio: Path) -> None:
        self.studio = studio
        self._kept = QSettings(str(studio / FILE), QSettings.Format.IniFormat)

    @property
    def person(self) -> str:
        """The name that stands with decisions; the system's user until somebody gives theirs."""
        return str(self._kept.value("person/name", "")) or _system_user()

    @property
    def role(self) -> Role:
        """The role this person works in."""
        return Role(str(self._kept.value("person/role", Role.EDITOR.value)))

    def remember_person(self, name: str, role: Role) -> None:
        """Keep name and role for the next time."""
        self._kept.setValue("person/name", name)
        self._kept.setValue("person/role", role.value)
        self._kept.sync()

    @property
    def look(self) -> dict[str, object]:
        """How this person looks at pictures: mode, zoom, place and what stays; empty the first time."""
        try:
            kept = json.loads(str(self._kept.value("look/canvas", "{}")))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def remember_look(self, look: Mapping[str, object]) -> None:
        """Keep how this person looks."""
        self._kept.setValue("look/canvas", json.dumps(dict(look)))
        self._kept.sync()

    @property
    def theme(self) -> str:
        """Name of the theme; "dark" the first time."""
        return str(self._kept.value("look/theme", "dark"))

    @property
    def language(self) -> str:
        """The language chosen, "system" for the system's own."""
        return str(self._kept.value("look/language", "system"))

    @property
    def calm(self) -> bool:
        """Whether nothing shall move by itself."""
        return str(self._kept.value("look/calm", "false")) == "true"

    def remember_surroundings(self, *, theme: str, language: str, calm: bool) -> None:
        """Keep theme, language and whether nothing shall move."""
        for name, value in (("theme", theme), ("language", language), ("calm", "true" if calm else "false")):
            self._kept.setValue(f"look/{name}", value)
        self._kept.sync()

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys this person gave to commands, by the command's name; others keep the shipped ones."""
        try:
            kept = json.loads(str(self._kept.value("keys/own", "{}")))
        except ValueError:
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(name): tuple(map(str, keys)) for name, keys in kept.items() if isinstance(keys, list)}

    def remember_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Keep the person's own keys."""
        self._kept.setValue("keys/own", json.dumps({name: list(own) for name, own in keys.items()}))
        self._kept.sync()

    @property
    def toured(self) -> bool:
        """Whether the tour was seen or skipped."""
        return str(self._kept.value("help/toured", "false")) == "true"

    def remember_tour(self) -> None:
        """Do not start the tour by itself again."""
        self._kept.setValue("help/toured", "true")
        self._kept.sync()

    def filters(self, person: str) -> dict[str, Selection]:
        """The filters that a person kept in this studio, by name."""
        try:
            kept = json.loads(str(self._kept.value(f"filters/{_key(person)}", "{}")))
            return {str(name): _selection(values) for name, values in kept.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def remember_filters(self, person: str, filters: Mapping[str, Selection]) -> None:
        """Keep a person's filters."""
        values = {name: {k: v for k, v in vars(kept).items() if k != "states"} for name, kept in filters.items()}
        self._kept.setValue(f"filters/{_key(person)}", json.dumps(values))
        self._kept.sync()

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty the first time."""
        value = self._kept.value("window/geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._kept.setValue("window/geometry", geometry)
        self._kept.sync()


def _key(person: str) -> str:
    return hashlib.sha256(person.casefold().encode()).hexdigest()[:16]


def _selection(values: Mapping[str, Any]) -> Selection:
    known = {name: value for name, value in values.items() if name in Selection.__dataclass_fields__}
    behind = Behind(*known["behind"]) if known.get("behind") else None
    return Selection(**{**known, "behind": behind, "order": Order(values.get("order", Order.FILE.value))})


def _system_user() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return "editor"
