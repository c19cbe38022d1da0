"""Findings in the words of the window: titles an editor knows, figures in units an editor reads."""

from collections.abc import Sequence

from pipeline.model import Entry
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import Outcome
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import Settings
from reviewer.models.findings import Finding
from reviewer.theme import PALETTE
from reviewer.widgets.fact_list import Fact

TITLES = {
    "backdrop_brightness": "Backdrop brightness",
    "backdrop_left": "Backdrop left over",
    "backdrop_range": "Backdrop unevenness",
    "backdrop_spread": "Backdrop grain",
    "cast_after": "Colour cast now",
    "cast_before": "Colour cast of the original",
    "centring": "Off centre",
    "chopped": "Cut off by the photo",
    "color_shift": "Colour change",
    "edge_complexity": "Length of the outline",
    "edge_contrast_middle": "Typical edge contrast",
    "edge_contrast_worst": "Faintest edge",
    "edge_disorder": "Tangled edges",
    "edge_width": "Softness of the edge",
    "fill": "Fills the frame",
    "fine_structure": "Hair and fine parts",
    "gain_blue": "White balance, blue",
    "gain_green": "White balance, green",
    "gain_red": "White balance, red",
    "hole_share": "Area of holes",
    "jaggedness": "Jagged edge",
    "near_white_share": "Background almost white",
    "off_white_border": "Border not white",
    "off_white_field": "Background not white",
    "product_changed": "Product changed",
    "strays": "Pieces that do not belong",
    "lost_parts": "Product cut away",
    "filled_holes": "Holes not opened",
    "fringe": "Cut-out too large or small",
    "fringe_share": "Outline off its edge",
    "writing": "Writing on the product",
    "unasked_shift": "Colour moved unasked",
    "grain_changed": "Pixels changed all over",
    "ssim_unlike": "Structure changed",
    "ssim_worst": "Least likeness",
    "burnt": "Burnt-out highlights",
    "blockiness": "Coding blocks",
    "smear": "Smeared fill",
    "repeats": "Repeated fill",
    "seam": "Visible seam",
    "off_center": "Off centre",
    "resolution": "Longest side",
    "shadow_left": "Shadow left over",
    "shadow_strength": "Strength of the shadow",
    "small_holes": "Small holes",
    "specular_clutter": "Highlights and reflections",
    "subject_share": "Product in the photo",
    "touching": "Touches the frame",
    "translucency": "See-through parts",
    "undecided": "Unsure outline",
    "wisps": "Faint remains",
    "assumed_profile": "No colour profile",
    "exact_white": "Background exactly white",
    "border": "Border exactly white",
    "subjects": "Number of products",
}
GATE_TITLES = {"touching": "Free of the frame's edge", "resolution": "Large enough"}
SHARES = ("share",)


def title_of(finding: Finding) -> str:
    """Return what a finding is called in the window."""
    plain = finding.name.replace("_", " ").capitalize()
    known = TITLES.get(finding.name, plain)
    return GATE_TITLES.get(finding.name, known) if isinstance(finding.found, Gate) else known


def fact_of(finding: Finding, settings: Settings) -> Fact:
    """Return the row of a finding."""
    found, places = finding.found, len(finding.evidence.boxes)
    title, hint = title_of(finding), "Click to see where; . and , go through all places" if places else ""
    if isinstance(found, Gate):
        mark, color = ("✓", PALETTE.good) if found.passed else ("✕", PALETTE.bad)
        detail = "" if found.passed else found.detail
        return Fact(title, mark, color, detail=detail, places=places, tip=_tip(found.detail, hint))
    if isinstance(found, Flag):
        advisory = found.name in settings.routing.advisory_flags
        mark, color = ("i", PALETTE.soft) if advisory else ("!", PALETTE.wait)
        figure = "" if found.probability >= 1 else f"{found.probability:.0%}"
        kind = "Good to know; it keeps nothing from being approved" if advisory else "A person has to look at this"
        return Fact(title, mark, color, figure, found.detail, places, _tip(kind, hint))
    return Fact(title, figure=figure_of(found), places=places, tip=_tip(found.detail, hint))


def figure_of(reading: Reading) -> str:
    """Return a reading's value with its unit; shares as per cent, ratios with a times sign."""
    value = reading.value
    if value is None:
        return "not measured"
    if reading.unit in SHARES:
        return f"{value:.1%}"
    number = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    if reading.unit == "count":
        return number
    return f"{number}×" if reading.unit == "ratio" else f"{number} {reading.unit}".strip()


def why_here(entry: Entry, settings: Settings) -> str:
    """Return why an image waits for a person, in one sentence; "" when it does not or nobody knows."""
    outcome = entry.version.outcome if entry.version else None
    if outcome is None:
        return ""
    if entry.state is State.EDIT and outcome.routing is not None and outcome.routing.route is Route.HUMAN:
        why = "; ".join(outcome.routing.reasons)
        return f"Made by hand from this draft: {why}" if why else "Made by hand from this draft"
    if entry.state is State.SIGN_OFF:
        return "Approved once; a senior who did not approve it signs it off"
    if entry.state in (State.REVIEW, State.REDO):
        return _listed("Needs your eyes: ", _doubts(outcome, settings))
    return ""


def _doubts(outcome: Outcome, settings: Settings) -> list[str]:
    failed = sum(not gate.passed for gate in outcome.gates)
    doubts = [f"{failed} gate{'s' if failed > 1 else ''} failed"] if failed else []
    score = outcome.score
    if score is not None and score.verdict is not Verdict.APPROVE and not failed:
        doubts.append(f"the score is {score.total:.0f}")
    if score is not None and None in (
        score.background,
        score.edge_quality,
        score.product_fill,
        score.color_accuracy,
    ):
        doubts.append("a part could not be measured")
    if outcome.routing is not None and outcome.routing.complexity.value != "simple":
        doubts.append(f"a {outcome.routing.complexity.value} product")
    flags = [flag.name for flag in outcome.flags if flag.name not in settings.routing.advisory_flags]
    return doubts + [TITLES.get(name, name.replace("_", " ")).lower() for name in flags]


def _listed(start: str, parts: Sequence[str]) -> str:
    return start + ", ".join(parts) if parts else ""


def _tip(*sentences: str) -> str:
    return "\n".join(sentence for sentence in sentences if sentence)
