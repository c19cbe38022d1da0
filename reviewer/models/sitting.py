"""Who sits here and how: remembered in the studio's own folder, never in the system's settings."""

import getpass
import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtCore import QSettings

from pipeline.model import Role

FILE = "reviewer.ini"


class Sitting:
    """The person, their role and the window's place, kept in `reviewer.ini` of the studio."""

    def __init__(self, studio: Path) -> None:
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
    def geometry(self) -> QByteArray:
        """Where the window was; empty the first time."""
        value = self._kept.value("window/geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._kept.setValue("window/geometry", geometry)
        self._kept.sync()


def _system_user() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return "editor"
