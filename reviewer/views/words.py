"""Numbers and records in the words of the window."""

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Action
from pipeline.model import Complexity
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.settings import Reason
from pipeline.settings import Settings
from reviewer.desk import Intake
from reviewer.desk import Progress
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.sentences import said_words
from reviewer.titles import category_title

MINUTE, HOUR = 60, 3600
NANOSECONDS = 1_000_000_000
DONE_WORDS = {
    Action.APPROVE: QT_TRANSLATE_NOOP("Window", "Approved"),
    Action.REJECT: QT_TRANSLATE_NOOP("Window", "Rejected"),
    Action.REDO: QT_TRANSLATE_NOOP("Window", "Sent back"),
    Action.SIGN_OFF: QT_TRANSLATE_NOOP("Window", "Signed off"),
    Action.RETRACT: QT_TRANSLATE_NOOP("Window", "Taken back"),
}

COMPLEXITY = {
    Complexity.SIMPLE: QT_TRANSLATE_NOOP("Window", "simple"),
    Complexity.MEDIUM: QT_TRANSLATE_NOOP("Window", "medium"),
    Complexity.COMPLEX: QT_TRANSLATE_NOOP("Window", "complex"),
}
PRODUCTS = {
    Complexity.SIMPLE: QT_TRANSLATE_NOOP("Window", "a simple product"),
    Complexity.MEDIUM: QT_TRANSLATE_NOOP("Window", "a medium product"),
    Complexity.COMPLEX: QT_TRANSLATE_NOOP("Window", "a complex product"),
}

CLASSES = {
    "glossy": QT_TRANSLATE_NOOP("Window", "glossy"),
    "matte": QT_TRANSLATE_NOOP("Window", "matte"),
    "fabric": QT_TRANSLATE_NOOP("Window", "fabric"),
    "transparent": QT_TRANSLATE_NOOP("Window", "see-through"),
    "screenshot": QT_TRANSLATE_NOOP("Window", "a screenshot"),
    "scan": QT_TRANSLATE_NOOP("Window", "a scan"),
}
"""What a photo shows, as far as the pixels say it."""
SHIPPED_REASONS = (
    QT_TRANSLATE_NOOP("Reasons", "Halo or fringe"),
    QT_TRANSLATE_NOOP("Reasons", "Background left over"),
    QT_TRANSLATE_NOOP("Reasons", "Product bitten off"),
    QT_TRANSLATE_NOOP("Reasons", "Colour wrong"),
    QT_TRANSLATE_NOOP("Reasons", "Crop or centring"),
    QT_TRANSLATE_NOOP("Reasons", "Artifact"),
    QT_TRANSLATE_NOOP("Reasons", "Out of focus"),
    QT_TRANSLATE_NOOP("Reasons", "Wrong product"),
    QT_TRANSLATE_NOOP("Reasons", "Other"),
    QT_TRANSLATE_NOOP("Reasons", "Client changed their mind"),
)
"""The titles in reasons.toml; a studio's own titles are shown as the studio wrote them."""


def reason_title(reason: Reason) -> str:
    """Return a reason in the person's language, where it is one of the shipped ones."""
    return translate("Reasons", reason.title)


def complexity_words(complexity: Complexity) -> str:
    """Return what kind of product the machine takes it for."""
    return translate("Window", PRODUCTS[complexity])


def duration(seconds: float) -> str:
    """Return a length of time as one would say it: "40 s", "12 min", "1 h 05 min"."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < HOUR:
        return f"{round(seconds / MINUTE)} min"
    hours, rest = divmod(round(seconds / MINUTE), MINUTE)
    return f"{hours} h {rest:02} min"


def pace(rate: float) -> str:
    """Return images per second as a figure one can compare: per minute, or per hour when slow."""
    if rate * MINUTE >= 1:
        return translate("Window", "{rate} per minute").format(rate=f"{rate * MINUTE:.0f}")
    return translate("Window", "{rate} per hour").format(rate=f"{rate * HOUR:.0f}")


def progress_words(progress: Progress) -> str:
    """Return one line about how far the line is."""
    done, total = numeral(f"{progress.done:,}"), numeral(f"{progress.total:,}")
    if progress.phase == "reading":
        words = translate("Window", "Reading {done} of {total} files").format(done=done, total=total)
        return words if progress.total else translate("Window", "Reading the folder")
    if progress.phase == "stopping":
        return translate("Window", "Stopping after the images at work")
    if progress.total == 0:
        return translate("Window", "Starting the line")
    parts = [translate("Window", "{done} of {total}").format(done=done, total=total)]
    if progress.rate is not None:
        parts.append(pace(progress.rate))
    if progress.remaining is not None and progress.done < progress.total:
        parts.append(translate("Window", "{time} left").format(time=duration(progress.remaining)))
    if progress.failed:
        parts.append(counted("%Ln failed", "", progress.failed))
    return "   ".join(parts)


def arrival_words(intake: Intake) -> str:
    """Return what came through the hot folder, and the first thing that was wrong with it."""
    words = counted("“{batch}” arrived with %Ln images; it is in the list of batches.", "", intake.images)
    words = words.format(batch=intake.batch) if intake.batch else ""
    more = " " + counted("And %Ln more.", "", len(intake.problems) - 1) if len(intake.problems) > 1 else ""
    return " ".join((words, *map(said_words, intake.problems[:1]))).strip() + more


def decision_words(decision: Decision, settings: Settings) -> str:
    """Return what somebody decided, why and when, in local time."""
    at = datetime.fromtimestamp(decision.at / NANOSECONDS).strftime("%d %b %H:%M")
    done = translate("Window", DONE_WORDS[decision.action])
    words = translate("Window", "{done} by {person}, {at}").format(done=done, person=decision.person, at=at)
    if decision.reason:
        known = settings.reasons.get(decision.reason)
        words += f": {reason_title(known) if known else decision.reason}"
    return words + (f" – {decision.note}" if decision.note else "")


def provenance_words(entry: Entry) -> str:
    """Return who made the current version, with what, how long it took, and under which settings."""
    if entry.version is None:
        return translate("Window", "Not processed yet")
    outcome = entry.version.outcome
    engine = outcome.engine or translate("Window", "unknown engine")
    maker = translate("Window", "the line") if entry.version.actor == "line" else entry.version.actor
    words = translate("Window", "{engine}, by {maker} in {seconds} s, version {version}, settings {settings}")
    return words.format(
        engine=engine,
        maker=maker,
        seconds=numeral(f"{outcome.seconds:.1f}"),
        version=entry.version.id,
        settings=outcome.settings[:8],
    )


def kind_words(entry: Entry) -> str:
    """Return category, complexity, route and kind of surface of an image, as far as they are known."""
    routing = entry.version.outcome.routing if entry.version else None
    parts = [category_title(entry.record.category)]
    if routing is not None:
        by_hand = routing.route.value == "human"
        route = translate("Window", "by hand") if by_hand else translate("Window", "automatic")
        parts += [translate("Window", COMPLEXITY[routing.complexity]), route]
        parts += [translate("Window", CLASSES.get(name, name.replace("_", " "))) for name in routing.classes]
    if entry.version is not None and entry.version.outcome.shadow is not None:
        parts.append(translate("Window", "shadow as a layer of its own"))
    return " · ".join(part for part in parts if part)
