"""What was found about an image and where: gates, flags and readings as rows one can point at, worst first."""

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.model import Box
from pipeline.model import Entry
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import Reading

Found: TypeAlias = Gate | Flag | Reading
GATE, FLAG, WHY, READING = "gate", "flag", "why", "reading"
WHOLE_SHARE = 0.1


@dataclass(frozen=True)
class Finding:
    """One row: a gate, a flag, a reading of the result, or a reading that says why the image is hard."""

    group: str
    found: Found

    @property
    def name(self) -> str:
        """The name of the gate, flag or reading."""
        return self.found.name

    @property
    def evidence(self) -> Evidence:
        """Where it was seen."""
        return self.found.evidence

    @property
    def failed(self) -> bool:
        """Say whether it is a gate that failed."""
        return isinstance(self.found, Gate) and not self.found.passed


@dataclass(frozen=True)
class Place:
    """One box of a finding: its number `index` of `of`, in pixels of "original" or "result"."""

    finding: Finding
    index: int
    of: int
    box: Box
    space: str


def findings(entry: Entry, advisory: Collection[str]) -> tuple[Finding, ...]:
    """Return everything found about the current version: failed gates, flags, passed gates, why, readings.

    Flags whose names are `advisory` come after those that somebody has to look at.
    """
    outcome = entry.version.outcome if entry.version else None
    if outcome is None:
        return ()
    gates = sorted((Finding(GATE, gate) for gate in outcome.gates), key=lambda finding: not finding.failed)
    failed = [finding for finding in gates if finding.failed]
    flags = sorted(outcome.flags, key=lambda flag: (flag.name in advisory, -flag.probability))
    why = outcome.routing.readings if outcome.routing else ()
    return (
        *failed,
        *(Finding(FLAG, flag) for flag in flags),
        *gates[len(failed) :],
        *(Finding(WHY, reading) for reading in why),
        *(Finding(READING, reading) for reading in outcome.readings),
    )


def places(found: Iterable[Finding], sizes: dict[str, tuple[int, int]]) -> tuple[Place, ...]:
    """Return the boxes to step through, in the order of the findings, each spot once.

    `sizes` are width and height of "original" and "result". Of readings and passed gates, a box that covers a tenth
    of its picture or more is left out: it says "all of it", which is no place to look at.
    """
    seen: set[tuple[str, Box]] = set()
    steps = []
    for finding in found:
        evidence = finding.evidence
        pointed = finding.failed or finding.group == FLAG
        for index, box in enumerate(evidence.boxes):
            known = (evidence.space, box) in seen
            if not known and (pointed or _share(box, sizes.get(evidence.space)) < WHOLE_SHARE):
                seen.add((evidence.space, box))
                steps.append(Place(finding, index, len(evidence.boxes), box, evidence.space))
    return tuple(steps)


def next_place(steps: Sequence[Place], at: Place | None, chosen: Finding | None, by: int) -> Place | None:
    """Return the place `by` steps from `at`; from nowhere, the first of the chosen finding, else the first (or last).

    Stops at both ends.
    """
    if not steps:
        return None
    if at in steps:
        return steps[min(max(steps.index(at) + by, 0), len(steps) - 1)]
    own = [place for place in steps if place.finding == chosen] or steps
    return own[0] if by > 0 else own[-1]


def _share(box: Box, size: tuple[int, int] | None) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top) / max(size[0] * size[1], 1) if size else 0.0
