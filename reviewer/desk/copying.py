"""A repair taken over to other images, one version after the other, on the lane of saving."""

from dataclasses import dataclass

from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Version
from pipeline.store.store import Store
from reviewer.desk.repair import Bench


@dataclass(frozen=True)
class Copied:
    """What came of copying to one image: its version, or the sentence why there is none."""

    entry: Entry
    version: Version | None
    trouble: str = ""


def copy_to(store: Store, line: Bench, source: int, target: Entry, by: str) -> Copied:
    """Repair one image as another one was; trouble with it costs that image only."""
    try:
        return Copied(target, line.copy(store, store.entry(source), target, by))
    except KnownError as error:
        return Copied(target, None, str(error))
