"""What the editors' decisions say about how hard images really were: labels to refit the difficulty model with.

The rule, for each image that the line cut out and a person decided about (retracted decisions do not count):

* Sent back or rejected for a fault of the cut-out, or mended by hand: it was **one class harder** than judged.
* Approved or signed off as the line made it, on the automatic route: it was **as judged**.
* The same on the human route, at once, with no decision against it: it was **one class easier** than judged.
* Where a senior decided differently about the same version, the senior's word counts and the overruled one does not.
* Anything else (out of focus, wrong product, colour, crop) says nothing about the cut-out.

No label goes below what category and tags say; where they alone say as much, the image teaches nothing about pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Action
from pipeline.model import Complexity
from pipeline.model import Decision
from pipeline.model import ImageRecord
from pipeline.model import Reading
from pipeline.model import Role
from pipeline.model import Route
from pipeline.model import Version
from pipeline.settings import Settings

ORDER = (Complexity.SIMPLE, Complexity.MEDIUM, Complexity.COMPLEX)
LINE = "line"


@dataclass(frozen=True)
class Lesson:
    """One decided image: its readings, how hard it turned out, and the product it shows (views of one share it)."""

    image: int
    product: str
    readings: tuple[Reading, ...]
    label: Complexity


def floor_of(record: ImageRecord, settings: Settings) -> Complexity:
    """Return the least that category and tags say, simple where they say nothing."""
    rules = [settings.categories.get(record.category.lower().strip())]
    rules += [settings.tags.get(tag.lower().strip()) for tag in record.tags]
    return max((Complexity(rule.complexity) for rule in rules if rule), key=ORDER.index, default=Complexity.SIMPLE)


def lesson_of(
    record: ImageRecord, versions: Sequence[Version], decisions: Sequence[Decision], settings: Settings
) -> Lesson | None:
    """Return what one image teaches, None when that is nothing; versions and decisions are oldest first."""
    routing = versions[0].outcome.routing if versions else None
    if routing is None or routing.finished or not routing.readings:
        return None
    upheld = _standing(decisions)
    gone = {overruled.id for overruled, _ in overrules(decisions)}
    upheld = [each for each in upheld if each.id not in gone]
    turned_out = _turned_out(routing.complexity, routing.route, versions, upheld, settings)
    floor = floor_of(record, settings)
    if turned_out is None or (floor is not Complexity.SIMPLE and ORDER.index(turned_out) <= ORDER.index(floor)):
        return None
    product = record.sku or f"image {record.id}"
    return Lesson(record.id, product, routing.readings, turned_out)


def overrules(decisions: Sequence[Decision]) -> list[tuple[Decision, Decision]]:
    """Return each decision that a senior overruled, with the senior's: another verdict on the same version, later.

    `decisions` are of one image, oldest first. A sign-off agrees with an approval; redo and reject both say no.
    """
    standing = _standing(decisions)
    found = []
    for place, first in enumerate(standing):
        for later in standing[place + 1 :]:
            by_another_senior = later.role is Role.SENIOR and later.person != first.person
            if by_another_senior and later.version == first.version and _is_for(later) != _is_for(first):
                found.append((first, later))
                break
    return found


def _is_for(decision: Decision) -> bool:
    return decision.action in (Action.APPROVE, Action.SIGN_OFF)


def _standing(decisions: Sequence[Decision]) -> list[Decision]:
    retracted = {decision.retracts for decision in decisions}
    return [each for each in decisions if each.action is not Action.RETRACT and each.id not in retracted]


def _turned_out(
    judged: Complexity, route: Route, versions: Sequence[Version], decisions: Sequence[Decision], settings: Settings
) -> Complexity | None:
    if not decisions:
        return None
    against = [each for each in decisions if each.action in (Action.REDO, Action.REJECT)]
    mended = any(version.actor != LINE for version in versions)
    if mended or any(each.reason in settings.training.cut_out_reasons for each in against):
        return ORDER[min(ORDER.index(judged) + 1, len(ORDER) - 1)]
    if decisions[-1].action not in (Action.APPROVE, Action.SIGN_OFF):
        return None
    if route is Route.AUTOMATIC:
        return judged
    at_once = len(versions) == 1 and not against
    return ORDER[max(ORDER.index(judged) - 1, 0)] if at_once else None
