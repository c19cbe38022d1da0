"""What samples, rollbacks, exports and returns came to, in sentences of the person's language.

English shows what the pipeline says; another language writes its own from the numbers behind it.
"""

from typing import TYPE_CHECKING

from pipeline.measure.statistics import LEAST_SHOWN
from pipeline.model import Judgement
from pipeline.model import SampleState
from pipeline.model import Wave
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import speaks_german
from reviewer.language import translate
from reviewer.sentences import said_words
from reviewer.titles import platform_title
from reviewer.views.file_words import failure_words

if TYPE_CHECKING:
    from pipeline.batch.returns import Comparison
    from pipeline.measure.delivery_report import DeliveryReport
    from pipeline.run.deliver import ExportReport
    from pipeline.run.deliver import Missed
    from pipeline.run.rollback import RolledBack
    from pipeline.settings import Platform

EVERYTHING = "every image was looked at"


def share_words(rate: float) -> str:
    """Return a rate (0..1) in the person's language; one that is there never reads as none."""
    tiny = 0 < rate < LEAST_SHOWN
    number = numeral(f"{100 * (2 * LEAST_SHOWN if tiny else rate):.1f}") + "\N{NO-BREAK SPACE}%"
    return translate("Figures", "less than {share}").format(share=number) if tiny else number


def sample_words(wave: Wave, said: Judgement) -> str:
    """Return what the sample of a wave says, or said when it was ruled on."""
    english = wave.reason or said.sentence
    if not speaks_german():
        return english
    if wave.reason and wave.reason != said.sentence:
        return said_words(wave.reason)
    seen = translate("Release", "{bad} of {looked} bad").format(bad=said.bad, looked=said.looked)
    if said.state is SampleState.WAITING and not said.more:
        waits = counted("%Ln images wait for the audit", "", said.waiting)
        return f"{seen}; {waits}"
    if EVERYTHING in english:
        all_seen = translate("Release", "every image was looked at: those that were found good may leave")
        return f"{seen}; {all_seen}"
    return f"{seen}{_bound_words(wave, said)}"


def _bound_words(wave: Wave, said: Judgement) -> str:
    words = translate("Release", ": at most {bound} at {sure}, {limit} are allowed")
    if said.state is SampleState.STOPPED:
        words = translate("Release", ": up to {bound} of the batch may be at {sure}, {limit} are allowed")
    sure = numeral(f"{100 * said.confidence:g}") + "\N{NO-BREAK SPACE}%"
    told = words.format(bound=share_words(said.bound), sure=sure, limit=share_words(wave.limit))
    if not said.more:
        return told
    few = translate("Release", "so few cannot tell")
    drawn = counted("%Ln more were drawn: look at them", "", said.waiting)
    return f"{told}; {few}{f'; {drawn}' if said.state is SampleState.WAITING else ''}"


def rollback_words(done: "RolledBack") -> str:
    """Return what a rollback came to."""
    if not speaks_german():
        return " ".join((done.sentence(), *done.problems))
    parts = [
        counted("%Ln images wait again", "", done.rollback.images),
        counted("%Ln files are called back", "", len(done.rollback.recalled)),
        counted("%Ln earlier ones restored", "", len(done.restored)),
    ]
    if done.problems:
        parts.append(counted("%Ln earlier files are not in the studio; export them again", "", len(done.problems)))
    return "; ".join((*parts, str(done.folder)))


def export_words(report: "ExportReport") -> str:
    """Return the sum of an export."""
    if not speaks_german():
        return report.sentences()[-1]
    parts = [
        counted("%Ln files delivered", "", len(report.delivered)),
        counted("%Ln files not delivered", "", len(report.missed)),
    ]
    if report.returned:
        parts.append(counted("%Ln images are back in the review queue", "", len(report.returned)))
    if report.withheld:
        parts.append(counted("%Ln approved images wait for their wave", "", report.withheld))
    if report.waiting:
        parts.append(counted("%Ln images wait for a decision", "", report.waiting))
    return "; ".join(parts)


def missed_words(missed: "Missed") -> str:
    """Return why a file was not delivered."""
    if not speaks_german():
        return f"not delivered to {missed.platform}: {missed.reason}"
    title = platform_title(missed.rules.title) if missed.rules is not None else missed.platform
    why = said_words(missed.reason)
    if missed.report is not None and missed.rules is not None:
        report, rules = missed.report, missed.rules
        found = "; ".join(failure_words(failure, report, rules) for failure in report.failures)
        why = translate("Delivery", "{file} as {name}: {why}").format(file=missed.file, name=report.file, why=found)
    return translate("Delivery", "Not delivered to {platform}: {why}").format(platform=title, why=why)


def file_words(report: "DeliveryReport", rules: "Platform") -> str:
    """Return what verification says of a file that would leave."""
    if not speaks_german():
        return report.sentence()
    title = platform_title(rules.title)
    if not report.passed:
        words = translate("Listing", "{file} is not taken by {platform}: {why}")
        why = "; ".join(failure_words(failure, report, rules) for failure in report.failures)
        return words.format(file=report.file, platform=title, why=why)
    words = translate("Listing", "{file} passes for {platform}: {format}, {width} × {height} px, {bytes} bytes")
    facts = {"format": report.format.upper(), "bytes": numeral(f"{report.bytes:,}")}
    return words.format(
        file=report.file, platform=platform_title(rules.title), width=report.size[0], height=report.size[1], **facts
    )


def comparison_words(one: "Comparison") -> str:
    """Return what return rates before and after new pictures prove, or plainly do not."""
    if not speaks_german():
        return one.sentence()
    if not one.sold_before or not one.sold_after:
        return translate("Figures", "Nothing can be compared; sales before and after the new pictures are needed.")
    rates = translate("Figures", "Returned: {before} before, {after} after the new pictures.")
    told = one.net or one.change
    span = translate("Figures", "{low} to {high} points at 95 %").format(low=_points(told.low), high=_points(told.high))
    words = _proof_words(told.high < 0) if told.excludes_zero else translate("Figures", "The numbers prove nothing")
    against = (
        translate("Figures", "compared with products without new pictures")
        if one.net
        else translate("Figures", "without any product to compare with")
    )
    before, after = share_words(one.before.value), share_words(one.after.value)
    return f"{rates.format(before=before, after=after)} {words}: {span}, {against}."


def _proof_words(less: bool) -> str:
    return translate("Figures", "Less comes back") if less else translate("Figures", "More comes back")


def _points(share: float) -> str:
    return numeral(f"{100 * share:+.1f}")
