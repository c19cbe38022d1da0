"""How a batch leaves and what came of it: waves, what their samples showed, recalls, holds, and the day's figures."""

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum

from pipeline.model.review import Behind


class WaveState(StrEnum):
    """Where a wave stands; a view over its rulings, never a stored field."""

    OPEN = "open"
    RELEASED = "released"
    STOPPED = "stopped"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True)
class Candidate:
    """An image that may leave by its decisions and is in no wave yet; `stratum` is what its sample is drawn by."""

    image: int
    version: int
    stratum: str


@dataclass(frozen=True)
class Draw:
    """A wave as it was drawn, before it is recorded.

    Attributes:
        share: of the batch, together with all waves before it.
        sampled: those of `images` that a person must look at.
        population: how many images it was drawn from, by stratum.
        limit: the bound of the share of bad images (0..1) up to which it is released; confidence: of that bound.
        extends: the id of the wave whose sample said too little, and which is ruled on together with this one; 0: none.
    """

    share: float
    seed: int
    images: tuple[Candidate, ...]
    sampled: frozenset[int]
    population: dict[str, int]
    limit: float
    confidence: float
    extends: int = 0


@dataclass(frozen=True)
class Findings:
    """What the sample of a wave showed so far, by stratum; `bad` images were sent back, rejected or repaired."""

    drawn: dict[str, int]
    waiting: int
    good: int
    bad: int

    @property
    def looked(self) -> int:
        """How many were looked at."""
        return self.good + self.bad


@dataclass(frozen=True)
class Wave:
    """A recorded wave; `images` counts all in it, `reason` is the sentence of its newest ruling; time in ns UTC.

    `to_look` counts what an audit of it still has to look at, and `drawn` all of that. `extends`: see `Draw`.
    """

    id: int
    batch: str
    number: int
    share: float
    state: WaveState
    images: int
    population: dict[str, int]
    limit: float
    confidence: float
    findings: Findings
    to_look: int
    drawn: int
    person: str
    at: int
    reason: str = ""
    extends: int = 0


class SampleState(StrEnum):
    """What a sample says about its wave."""

    WAITING = "waiting"
    PASSED = "passed"
    STOPPED = "stopped"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Judgement:
    """What follows from a sample: the bound (0..1) at that confidence, and the sentence that says so.

    `counts_as`: as how large a simple sample the stratified one counts. `more`: how many more of each stratum must be
    looked at where so few cannot tell ("unsure").
    """

    state: SampleState
    bad: int
    looked: int
    waiting: int
    counts_as: int
    bound: float
    confidence: float
    sentence: str
    more: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Recalled:
    """One file that had left and was called back; `restored` is the SHA-256 of the earlier file, "" for none."""

    image: int
    file: str
    platform: str
    name: str
    sha256: str
    restored: str
    reason: str


@dataclass(frozen=True)
class Rollback:
    """A wave or batch that was called back: where its images wait now, and what had left."""

    id: int
    batch: str
    wave: int | None
    images: int
    recalled: tuple[Recalled, ...]
    reason: str


@dataclass(frozen=True)
class Answer:
    """What one person said about known answers: `caught` of `seeded` defects, `cleared` of `good` images."""

    person: str
    seeded: int
    caught: int
    good: int
    cleared: int


@dataclass(frozen=True)
class Expired:
    """A file that may be purged: whose it was (0 for nobody's), how large, and why it may go."""

    sha256: str
    image: int
    bytes: int
    reason: str


@dataclass(frozen=True)
class Sale:
    """What a shop sold of a product on one day ("2026-11-22"), and how much of that came back."""

    sku: str
    day: str
    sold: int
    returned: int


@dataclass(frozen=True)
class Tally:
    """A named count in a figure, and how the images behind it are selected: field of a Selection to value."""

    name: str
    count: int
    selection: dict[str, str | float | Behind] = field(default_factory=dict)


@dataclass(frozen=True)
class QueueAge:
    """How many wait in a queue, and since when (ns UTC) the oldest and the middle one."""

    state: str
    count: int
    oldest: int
    middle: int


@dataclass(frozen=True)
class Overturn:
    """How many images a senior sent back or rejected that somebody else had approved, and how many were looked at."""

    person: str
    overturned: int
    seen: int


@dataclass(frozen=True)
class Figures:
    """The figures of a studio or a batch over a span of time.

    Attributes:
        finished, judged: images that the line finished and that people decided about; an image counts once.
        done, decided: the same by hour (ns UTC of its beginning).
        queues: what waits now, whatever the span.
        approved_alone, made: images of which the line made a version, those that it approved by itself, and all.
        accepted_first, settled: images whose first version was accepted, and all that were accepted or sent back.
        reasons: why images were sent back or rejected.
        scores: images by total of the score, in steps of five points from 0 on.
    """

    since: int
    until: int
    finished: int
    judged: int
    done: tuple[Tally, ...]
    decided: tuple[Tally, ...]
    queues: tuple[QueueAge, ...]
    approved_alone: int
    made: int
    accepted_first: int
    settled: int
    overturns: tuple[Overturn, ...]
    reasons: tuple[Tally, ...]
    scores: tuple[Tally, ...]
    answers: tuple[Answer, ...]
