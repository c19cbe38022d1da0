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
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import speaks_german
from reviewer.language import translate
from reviewer.models.findings import Finding
from reviewer.theme import PALETTE
from reviewer.titles import finding_title
from reviewer.titles import gate_title
from reviewer.titles import problem_title
from reviewer.views.finding_words import finding_sentence
from reviewer.views.finding_words import why_by_hand
from reviewer.views.layering import BEHIND
from reviewer.views.words import complexity_words
from reviewer.widgets.fact_list import Fact

SHARES = ("share",)


def title_of(finding: Finding) -> str:
    """Return what a finding is called in the window."""
    return gate_title(finding.name) if isinstance(finding.found, Gate) else finding_title(finding.name)


def fact_of(finding: Finding, outcome: Outcome, settings: Settings) -> Fact:
    """Return the row of a finding of `outcome`."""
    found, places, hint = finding.found, len(finding.evidence.boxes), _hint(finding)
    said = finding_sentence(found, outcome, settings)
    seen = {"places": places, "opens": finding.name in BEHIND or bool(finding.evidence.outline)}
    title = title_of(finding)
    if isinstance(found, Gate):
        mark, color = ("✓", PALETTE.good) if found.passed else ("✕", PALETTE.bad)
        detail = "" if found.passed else said
        return Fact(title, mark, color, detail=detail, tip=_tip(said, hint), **seen)
    if isinstance(found, Flag):
        advisory = found.name in settings.routing.advisory_flags
        mark, color = ("i", PALETTE.soft) if advisory else ("!", PALETTE.wait)
        figure = "" if found.probability >= 1 else numeral(f"{found.probability:.0%}")
        kind = (
            translate("Window", "Good to know; it keeps nothing from being approved")
            if advisory
            else translate("Window", "A person has to look at this")
        )
        return Fact(title, mark, color, figure, said, tip=_tip(kind, hint), **seen)
    return Fact(title, figure=figure_of(found), tip=_tip(said, hint), **seen)


def _hint(finding: Finding) -> str:
    if finding.evidence.boxes:
        return translate("Window", "Click to see where; . and , go through all places")
    if finding.evidence.outline:
        return translate("Window", "Click to see where along the outline")
    return translate("Window", "Click to see what it was measured on") if finding.name in BEHIND else ""


def figure_of(reading: Reading) -> str:
    """Return a reading's value with its unit; shares as per cent, ratios with a times sign."""
    value = reading.value
    if value is None:
        return translate("Window", "not measured")
    if reading.unit in SHARES:
        return numeral(f"{value:.1%}")
    number = numeral(f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}")
    if reading.unit == "count":
        return number
    return f"{number}×" if reading.unit == "ratio" else f"{number} {reading.unit}".strip()


def why_here(entry: Entry, settings: Settings) -> str:
    """Return why an image waits for a person, in one sentence; "" when it does not or nobody knows."""
    outcome = entry.version.outcome if entry.version else None
    if outcome is None:
        return ""
    if entry.state is State.EDIT and outcome.routing is not None and outcome.routing.route is Route.HUMAN:
        why = why_by_hand(outcome, entry.record, settings)
        return (
            translate("Window", "Made by hand from this draft: {why}").format(why=why)
            if why
            else translate("Window", "Made by hand from this draft")
        )
    if entry.state is State.SIGN_OFF:
        return translate("Window", "Approved once; a senior who did not approve it signs it off")
    if entry.state in (State.REVIEW, State.REDO):
        return _listed(translate("Window", "Needs your eyes: "), _doubts(outcome, settings))
    return ""


def _doubts(outcome: Outcome, settings: Settings) -> list[str]:
    failed = sum(not gate.passed for gate in outcome.gates)
    doubts = [counted("%Ln gates failed", "", failed)] if failed else []
    score = outcome.score
    if score is not None and score.verdict is not Verdict.APPROVE and not failed:
        doubts.append(translate("Window", "the score is {score}").format(score=f"{score.total:.0f}"))
    if score is not None and None in (
        score.background,
        score.edge_quality,
        score.product_fill,
        score.color_accuracy,
    ):
        doubts.append(translate("Window", "a part could not be measured"))
    if outcome.routing is not None and outcome.routing.complexity.value != "simple":
        doubts.append(complexity_words(outcome.routing.complexity))
    flags = [flag.name for flag in outcome.flags if flag.name not in settings.routing.advisory_flags]
    return doubts + [_within_a_sentence(problem_title(name)) for name in flags]


def _within_a_sentence(title: str) -> str:
    """German writes nouns with a capital wherever they stand."""
    return title if speaks_german() else title[:1].lower() + title[1:]


def _listed(start: str, parts: Sequence[str]) -> str:
    return start + ", ".join(parts) if parts else ""


def _tip(*sentences: str) -> str:
    return "\n".join(sentence for sentence in sentences if sentence)
