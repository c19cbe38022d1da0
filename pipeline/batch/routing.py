"""Who an image waits for after it was scored: the decision about many that needs no person."""

from pipeline.model import Complexity
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import QcScore
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import Settings


def destination(
    *, routing: Routing, score: QcScore, gates: tuple[Gate, ...], flags: tuple[Flag, ...], settings: Settings
) -> State:
    """Return where a scored image goes: approved, edit, review or redo.

    Only a simple image on the automatic route, with a verdict of approve, every gate passed, every part measured and
    no flag but advisory ones is approved without a person.
    """
    if routing.route is Route.HUMAN:
        return State.EDIT
    if score.verdict is Verdict.REDO:
        return State.REDO
    parts = (score.background, score.edge_quality, score.product_fill, score.color_accuracy)
    clean = (
        score.verdict is Verdict.APPROVE
        and routing.complexity is Complexity.SIMPLE
        and None not in parts
        and all(gate.passed for gate in gates)
        and all(flag.name in settings.routing.advisory_flags for flag in flags)
    )
    return State.APPROVED if clean else State.REVIEW
