"""Numbers and records in the words of the window."""

from datetime import datetime

from pipeline.model import Action
from pipeline.model import Decision
from pipeline.model import Entry
from pipeline.settings import Settings
from reviewer.desk import Intake
from reviewer.desk import Progress

MINUTE, HOUR = 60, 3600
NANOSECONDS = 1_000_000_000
DONE_WORDS = {
    Action.APPROVE: "Approved",
    Action.REJECT: "Rejected",
    Action.REDO: "Sent back",
    Action.SIGN_OFF: "Signed off",
    Action.RETRACT: "Taken back",
}


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
    return f"{rate * MINUTE:.0f} per minute" if rate * MINUTE >= 1 else f"{rate * HOUR:.0f} per hour"


def progress_words(progress: Progress) -> str:
    """Return one line about how far the line is."""
    if progress.phase == "reading":
        return f"Reading {progress.done:,} of {progress.total:,} files" if progress.total else "Reading the folder"
    if progress.phase == "stopping":
        return "Stopping after the images at work"
    if progress.total == 0:
        return "Starting the line"
    parts = [f"{progress.done:,} of {progress.total:,}"]
    if progress.rate is not None:
        parts.append(pace(progress.rate))
    if progress.remaining is not None and progress.done < progress.total:
        parts.append(f"{duration(progress.remaining)} left")
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    return "   ".join(parts)


def arrival_words(intake: Intake) -> str:
    """Return what came through the hot folder, and the first thing that was wrong with it."""
    count = f"{intake.images:,} image{'' if intake.images == 1 else 's'}"
    words = f"“{intake.batch}” arrived with {count}; it is in the list of batches." if intake.batch else ""
    more = f" And {len(intake.problems) - 1:,} more." if len(intake.problems) > 1 else ""
    return " ".join((words, *intake.problems[:1])).strip() + more


def decision_words(decision: Decision, settings: Settings) -> str:
    """Return what somebody decided, why and when, in local time."""
    at = datetime.fromtimestamp(decision.at / NANOSECONDS).strftime("%d %b %H:%M")
    words = f"{DONE_WORDS[decision.action]} by {decision.person}, {at}"
    if decision.reason:
        known = settings.reasons.get(decision.reason)
        words += f": {known.title if known else decision.reason}"
    return words + (f" – {decision.note}" if decision.note else "")


def provenance_words(entry: Entry) -> str:
    """Return who made the current version, with what, how long it took, and under which settings."""
    if entry.version is None:
        return "Not processed yet"
    outcome = entry.version.outcome
    engine = outcome.engine or "unknown engine"
    maker = "the line" if entry.version.actor == "line" else entry.version.actor
    return (
        f"{engine}, by {maker} in {outcome.seconds:.1f} s, version {entry.version.id}, settings {outcome.settings[:8]}"
    )


def kind_words(entry: Entry) -> str:
    """Return category, complexity and route of an image, as far as they are known."""
    routing = entry.version.outcome.routing if entry.version else None
    parts = [entry.record.category.replace("_", " ")]
    if routing is not None:
        parts += [routing.complexity.value, "by hand" if routing.route.value == "human" else "automatic"]
    return " · ".join(part for part in parts if part)
