"""All settings of a studio as one value with a fingerprint, which is stored with each result that they made."""

import dataclasses
import difflib
import hashlib
import json
import typing
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import NotFoundError
from pipeline.settings.photo_sections import CleanUp
from pipeline.settings.photo_sections import Shadow
from pipeline.settings.releasing import Release
from pipeline.settings.releasing import Retention
from pipeline.settings.sections import Category
from pipeline.settings.sections import Classify
from pipeline.settings.sections import Client
from pipeline.settings.sections import Color
from pipeline.settings.sections import Framing
from pipeline.settings.sections import Grouping
from pipeline.settings.sections import Ingest
from pipeline.settings.sections import Line
from pipeline.settings.sections import Naming
from pipeline.settings.sections import Platform
from pipeline.settings.sections import Reason
from pipeline.settings.sections import Review
from pipeline.settings.sections import Routing
from pipeline.settings.sections import Scoring
from pipeline.settings.sections import Tools
from pipeline.settings.sections import Training
from pipeline.settings.sections import Watch
from pipeline.settings.storing import Storage


@dataclass(frozen=True)
class Settings:
    """All settings of this studio, typed."""

    ingest: Ingest
    line: Line
    watch: Watch
    training: Training
    grouping: Grouping
    classify: Classify
    framing: Framing
    color: Color
    scoring: Scoring
    routing: Routing
    release: Release
    retention: Retention
    storage: Storage
    review: Review
    tools: Tools
    platforms: dict[str, Platform]
    naming: Naming
    categories: dict[str, Category]
    tags: dict[str, Category]
    reasons: dict[str, Reason]
    shadow: Shadow
    clean_up: CleanUp = dataclasses.field(default_factory=CleanUp)
    clients: dict[str, Client] = dataclasses.field(default_factory=dict)
    sources: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    @cached_property
    def text(self) -> str:
        """All values (not where they came from) as JSON; `settings_from_text` reads it back."""
        values = {name: value for name, value in dataclasses.asdict(self).items() if name != "sources"}
        return json.dumps(values, sort_keys=True)

    @cached_property
    def fingerprint(self) -> str:
        """First 16 hex digits of the SHA-256 of `text`."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def client(self, name: str) -> Client:
        """Return what the client of that name wants (upper and lower case alike); the usual for an unknown one."""
        wanted = name.strip().casefold()
        return next((client for known, client in self.clients.items() if known.casefold() == wanted), Client())

    def platform(self, name: str, client: str = "") -> Platform:
        """Return the platform profile of that name, with `client`'s own rules where it has some.

        Raises NotFoundError naming the nearest known one.
        """
        known = self.platforms | self.client(client).platforms
        if name not in known:
            raise NotFoundError(f"There is no platform “{name}”{nearest(name, known)}.")
        return known[name]

    def check_platform(self, name: str) -> None:
        """Raise NotFoundError, naming the nearest one, unless some client or all have a platform of that name."""
        known = {*self.platforms, *(own for client in self.clients.values() for own in client.platforms)}
        if name not in known:
            raise NotFoundError(f"There is no platform “{name}”{nearest(name, known)}.")


def nearest(name: str, known: typing.Iterable[str]) -> str:
    """Return the end of a sentence: the known name nearest to `name`, or all of them when none is near."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"; the nearest known name is “{close[0]}”" if close else f"; known are {', '.join(names)}"
