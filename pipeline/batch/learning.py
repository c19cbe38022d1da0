"""What the editors' decisions say about images: labels to refit the difficulty and the artifact model with.

How hard it really was, for each image that the line cut out and a person decided about (what was retracted does not
count):

* Sent back or rejected for a fault of the cut-out, or mended by hand: it was **one class harder** than judged.
* Approved or signed off as the line made it, on the automatic route: it was **as judged**.
* The same on the human route, at once, with no decision against it: it was **one class easier** than judged.
* Where a senior decided differently about the same version, the senior's word counts and the overruled one does not.
* Anything else (out of focus, wrong product, colour, crop) says nothing about the cut-out.

No label goes below what category and tags say; where they alone say as much, the image teaches nothing about pixels.

Whether a result of the line had an artifact: it had one where it was sent back or rejected for a fault of the cut-out,
or mended by hand; it had none where it was approved or signed off as the line made it, with no decision against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic
from typing import TypeVar

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
Label = TypeVar("Label")


@dataclass(frozen=True)
class Lesson(Generic[Label]):
    """One decided image: its readings, what it turned out to be, and the product it shows (views of one share it)."""

    image: int
    product: str
    readings: tuple[Reading, ...]
    label: Label


def floor_of(record: ImageRecord, settings: Settings) -> Complexity:
    """Return the least that category and tags say, simple where they say nothing."""
    rules = [settings.categories.get(record.category.lower().strip())]
    rules += [settings.tags.get(tag.lower().strip()) for tag in record.tags]
    return max((Complexity(rule.complexity) for rule in rules if rule), key=ORDER.index, default=Complexity.SIMPLE)


def lesson_of(
    record: ImageRecord, versions: Sequence[Version], decisions: Sequence[Decision], settings: Settings
) -> Lesson[Complexity] | None:
    """Return what one image teaches about difficulty, None when that is nothing; all are oldest first."""
    routing = versions[0].outcome.routing if versions else None
    if routing is None or routing.finished or not routing.readings:
        return None
    turned_out = _turned_out(routing.complexity, routing.route, versions, _upheld(decisions), settings)
    floor = floor_of(record, settings)
    if turned_out is None or (floor is not Complexity.SIMPLE and ORDER.index(turned_out) <= ORDER.index(floor)):
        return None
    return Lesson(record.id, _product(record), routing.readings, turned_out)


def artifact_lesson_of(
    record: ImageRecord, versions: Sequence[Version], decisions: Sequence[Decision], settings: Settings
) -> Lesson[bool] | None:
    """Return whether a result of the line had an artifact, None when nobody said so; all are oldest first."""
    made = {version.id: version for version in versions if version.actor == LINE and version.outcome.readings}
    standing = _upheld(decisions)
    against = [each for each in standing if each.action in (Action.REDO, Action.REJECT)]
    blamed = [each for each in against if each.reason in settings.training.cut_out_reasons and each.version in made]
    mended = [version.parent for version in versions if version.actor != LINE and version.parent in made]
    accepted = standing[-1:] if standing and not against and _is_for(standing[-1]) else []
    if blamed or mended:
        spoilt = blamed[0].version if blamed else mended[0]
        return Lesson(record.id, _product(record), made[spoilt].outcome.readings, True)
    if accepted and accepted[0].version in made:
        return Lesson(record.id, _product(record), made[accepted[0].version].outcome.readings, False)
    return None


def _product(record: ImageRecord) -> str:
    return record.sku or f"image {record.id}"


def _upheld(decisions: Sequence[Decision]) -> list[Decision]:
    gone = {overruled.id for overruled, _ in overrules(decisions)}
    return [each for each in _standing(decisions) if each.id not in gone]


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
