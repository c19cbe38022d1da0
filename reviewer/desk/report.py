"""What the line's panel tells of a batch: where its images stand, how long each stage takes, and what failed why."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.model import Entry
from pipeline.model import Order
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store.store import Store

TIMED_AT_MOST, LISTED_AT_MOST = 50, 100


@dataclass(frozen=True)
class RunReport:
    """One look at a batch.

    Attributes:
        stages: median seconds of each stage by its name, in the line's order, over the `timed` last images.
        failures: the first hundred that failed or were refused, each with its sentence; `failed` are all of them.
    """

    batch: str
    counts: Mapping[State, int]
    stages: Mapping[str, float]
    timed: int
    failures: tuple[Entry, ...]
    failed: int


def report(store: Store, batch: str, recent: Sequence[int]) -> RunReport:
    """Look at a batch.

    `recent` are the images that the line finished last; where it has none, the newest of the batch are timed.
    """
    counts = store.counts(batch)
    # Longest waiting first, so the last ones are those that came to stand where they do most recently.
    newest = recent or store.image_ids(batch, Selection(order=Order.AGE))
    entries = [store.entry(image) for image in newest[-TIMED_AT_MOST:]]
    timed = [entry for entry in entries if entry.version is not None and entry.version.outcome.steps]
    troubled = [
        entry for state in (State.FAILED, State.REJECTED) for entry in store.entries(batch, state=state) if entry.error
    ]
    return RunReport(batch, counts, stage_seconds(timed), len(timed), tuple(troubled[:LISTED_AT_MOST]), len(troubled))


def stage_seconds(entries: Sequence[Entry]) -> dict[str, float]:
    """Return the median of the seconds that each stage took per image, in the order of the stages."""
    seconds: dict[str, list[float]] = {}
    for entry in entries:
        steps = entry.version.outcome.steps if entry.version else ()
        mine: dict[str, float] = {}
        for step in steps:
            mine[step.stage] = mine.get(step.stage, 0.0) + step.seconds
        for stage, spent in mine.items():
            seconds.setdefault(stage, []).append(spent)
    return {stage: median(spent) for stage, spent in seconds.items()}
