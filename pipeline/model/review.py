"""What the review window reads of a studio beside its images: rows of lists, who has what open, who works here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipeline.model.kinds import Role
from pipeline.model.kinds import State


class Figure(StrEnum):
    """What a figure of the dashboard counts images by.

    What the line finished and what people decided about; what the line made a version of, and approved by itself; what
    was settled at its first version, and accepted there; what seniors looked at a second time, and overturned; what was
    sent back for a reason; what was sold of products with new pictures.
    """

    FINISHED = "finished"
    DECIDED = "decided"
    MADE = "made"
    ALONE = "alone"
    SETTLED = "settled"
    ACCEPTED = "accepted"
    SEEN = "seen"
    OVERTURNED = "overturned"
    REASON = "reason"
    SOLD = "sold"


class Behind(NamedTuple):
    """The images behind a figure: it happened between two times (ns UTC, both inclusive).

    `name`: of the person who overturned ("" for all), or the code of the reason.
    """

    figure: Figure
    since: int
    until: int
    name: str = ""


class Order(StrEnum):
    """How a list is sorted: as ingested, lowest score first, waiting longest first, most at risk first."""

    FILE = "file"
    SCORE = "score"
    AGE = "age"
    RISK = "risk"


@dataclass(frozen=True)
class Selection:
    """Which images of a batch, or of all, a list shows, and in which order; what is empty or None excludes nothing.

    Attributes:
        states: where they stand, one of these; state: exactly there.
        text: words which file, SKU, category or shoot group must contain, each of them.
        group, client, category: exactly that shoot group, client or category.
        flag: a flag or failed gate of that name was found.
        person: who made the current version or decided about it last.
        reason: the code that the standing decision was given.
        score_from, score_to: total of the score, 0..100, both inclusive.
        behind: exactly the images that this figure counts.
    """

    states: frozenset[State] = frozenset()
    state: str = ""
    text: str = ""
    group: str = ""
    client: str = ""
    category: str = ""
    flag: str = ""
    person: str = ""
    reason: str = ""
    score_from: float | None = None
    score_to: float | None = None
    behind: Behind | None = None
    order: Order = Order.FILE


@dataclass(frozen=True)
class Facets:
    """What the images of a list can be selected by: every value that occurs, sorted."""

    states: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """One image as a row of a list shows it.

    Attributes:
        score: 0..100, None while there is none.
        risk: 0..1; 1 where a gate failed, else the likeliest flag's probability.
        failed: names of the failed gates, as the score found them.
        flags: names of the flags, likewise.
        since: since when it stands there, nanoseconds UTC.
        thumbnail, original_thumbnail: SHA-256 of small pictures, None before there is a version.
        sha256: of the client's file.
        opened_by: who has it open in a window right now, "" for nobody.
        batch: the name of its batch.
    """

    image: int
    file: str
    sku: str
    category: str
    sha256: str
    state: State
    score: float | None
    risk: float
    failed: tuple[str, ...]
    since: int
    version: int | None
    thumbnail: str | None
    original_thumbnail: str | None
    opened_by: str = ""
    batch: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameChange:
    """A correction of what an image is called by: its "sku", "asin", "gtin" or "angle"; time in nanoseconds UTC."""

    image: int
    field: str
    was: str
    became: str
    person: str
    at: int


@dataclass(frozen=True)
class Hold:
    """Who has an image open: a lease that ends by itself unless it is renewed; times in nanoseconds UTC.

    `sitting` names one window.
    """

    image: int
    person: str
    sitting: str
    since: int
    until: int


@dataclass(frozen=True)
class Member:
    """Somebody who works in this studio; `has_pin` says whether they sign in with one."""

    name: str
    role: Role
    has_pin: bool
