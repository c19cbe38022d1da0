"""What was found in a finished file, in sentences of the person's language, by its report and the rules it met."""

from typing import TYPE_CHECKING

from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import speaks_german
from reviewer.language import translate
from reviewer.titles import platform_title
from reviewer.views.finding_words import bare_words

if TYPE_CHECKING:
    from pipeline.measure.delivery_report import DeliveryReport
    from pipeline.measure.delivery_report import Failure
    from pipeline.settings import Platform


def failure_words(failure: "Failure", report: "DeliveryReport", rules: "Platform") -> str:
    """Return the sentence of a broken rule; English says what the report says."""
    if not speaks_german():
        return failure.detail
    said = translate("Findings", failure.detail)
    return (
        said
        if said != failure.detail
        else _numbered(failure.gate, report, rules) or bare_words(failure.gate) or failure.detail
    )


def _numbered(gate: str, report: "DeliveryReport", rules: "Platform") -> str:
    if gate in ("resolution", "aspect"):
        return _size_words(report, rules) if gate == "resolution" else ""
    if gate == "bytes":
        words = translate("Findings", "it has {bytes} bytes; at most {most} are allowed")
        return words.format(bytes=numeral(f"{report.bytes:,}"), most=numeral(f"{rules.max_bytes:,}"))
    if gate == "format":
        words = translate("Findings", "it is a {format}; {platform} takes {formats}")
        taken = ", ".join(rules.accepts or rules.formats)
        return (
            words.format(format=report.format, platform=platform_title(rules.title), formats=taken)
            if report.format
            else ""
        )
    if gate == "icc":
        words = translate("Findings", "its colour profile is not the {space} that {platform} needs")
        return words.format(space=rules.color_space, platform=platform_title(rules.title))
    if gate == "fill" and report.fill is not None:
        low, high = (numeral(f"{share:.0%}") for share in (rules.fill_low, rules.fill_high))
        words = translate("Findings", "the product fills {share} of the frame")
        allowed = translate("Findings", "; allowed is {low} to {high}").format(low=low, high=high)
        return words.format(share=numeral(f"{report.fill:.1%}")) + allowed
    return _white_words(gate, report)


def _size_words(report: "DeliveryReport", rules: "Platform") -> str:
    width, height = report.size
    said = translate("Findings", "it is {width} × {height} px").format(width=width, height=height)
    if max(width, height) < rules.min_longest_side:
        needed = translate("Findings", "; at least {least} px are needed")
        return said + needed.format(least=numeral(f"{rules.min_longest_side:,}"))
    if rules.max_longest_side and max(width, height) > rules.max_longest_side:
        allowed = translate("Findings", "; at most {most} px are allowed")
        return said + allowed.format(most=numeral(f"{rules.max_longest_side:,}"))
    return said


def _white_words(gate: str, report: "DeliveryReport") -> str:
    field, border = report.zones.get("field"), report.zones.get("border")
    if gate == "exact_white" and field is not None and field.off_white:
        return counted("%Ln background pixels are not 255", "", field.off_white)
    if gate == "border" and border is not None and border.off_white:
        return counted("%Ln border pixels are not 255", "", border.off_white)
    return ""
