"""What was measured and what follows from it: readings with evidence, gates, flags, the score and the route."""

from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model.kinds import Complexity
from pipeline.model.kinds import Route
from pipeline.model.kinds import Verdict

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are exclusive."""


@dataclass(frozen=True)
class Evidence:
    """Where a reading, gate or flag saw what it says, in original or result pixels.

    Attributes:
        boxes: worst first, to step through.
        space: "original" or "result", for boxes and outline alike.
        outline: (x, y) of points on the product's contour where the fault is seen, for what runs along it.
    """

    boxes: tuple[Box, ...] = ()
    space: str = "result"
    outline: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """One measured number. `value` is None where it could not be measured, and then nobody gets points for it."""

    name: str
    value: float | None
    unit: str
    detail: str = ""
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class Gate:
    """A condition that no sum can average away."""

    name: str
    passed: bool
    detail: str
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class Flag:
    """Something a person should look at; `probability` 0..1."""

    name: str
    probability: float
    detail: str
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class QcScore:
    """Four parts of 25 (None = not measured), their total scaled to 100, and the verdict."""

    background: float | None
    edge_quality: float | None
    product_fill: float | None
    color_accuracy: float | None
    total: float
    verdict: Verdict


@dataclass(frozen=True)
class Routing:
    """What classify found: how hard, whose job, why, from which readings; `engine` overrules the settings' choice."""

    complexity: Complexity
    route: Route
    reasons: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    finished: bool = False
    """The original is already a product on pure white: keep its pixels, only judge it."""
    engine: str = ""
    classes: tuple[str, ...] = ()
    """What kind of image it is: its surface ("glossy", "matte", "fabric", "transparent"), "screenshot", "scan"."""
