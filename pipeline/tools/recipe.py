"""Settings as the key of a cache of open engines: a task carries them, a process opens each engine once."""

from pipeline.settings import Settings


class Recipe:
    """Attributes:

    settings: what an engine is opened with; compared and hashed by their fingerprint.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and other.settings.fingerprint == self.settings.fingerprint

    def __hash__(self) -> int:
        return hash(self.settings.fingerprint)
