"""What the dashboard's figures are called, what they say, and where a click on them leads."""

from dataclasses import dataclass
from datetime import UTC
from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.measure.statistics import exact_interval
from pipeline.model import Behind
from pipeline.model import Figure
from pipeline.model import Figures
from pipeline.model import QueueAge
from pipeline.model import Selection
from pipeline.model import Tally
from reviewer.desk.release import DayBook
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.views.shipping_words import share_words
from reviewer.views.words import duration

NANOSECONDS = 10**9
HOUR = 3600 * NANOSECONDS
MOST_HOURS = 72
"""Longer spans show only the hours in which something was done."""
SPANS = (
    (QT_TRANSLATE_NOOP("Figures", "Today"), 0),
    (QT_TRANSLATE_NOOP("Figures", "7 days"), 7),
    (QT_TRANSLATE_NOOP("Figures", "30 days"), 30),
    (QT_TRANSLATE_NOOP("Figures", "Always"), -1),
)
"""Days back from the end of today; 0 since midnight, -1 everything."""


@dataclass(frozen=True)
class Tile:
    """One figure: its title, its value, a sentence that says how sure it is, and the images behind it, if any."""

    title: str
    value: str
    words: str
    selection: Selection | None = None


def tiles(figures: Figures) -> tuple[Tile, ...]:
    """Return the figures at a glance."""
    seen = sum(one.seen for one in figures.overturns)
    overturned = sum(one.overturned for one in figures.overturns)
    return (
        _number("Finished by the line", figures.finished, behind(figures, Figure.FINISHED)),
        _number("Decided by people", figures.judged, behind(figures, Figure.DECIDED)),
        _share("Approved without a person", figures.approved_alone, figures.made, behind(figures, Figure.ALONE)),
        _share("Accepted at once", figures.accepted_first, figures.settled, behind(figures, Figure.ACCEPTED)),
        _share("Overturned by seniors", overturned, seen, behind(figures, Figure.OVERTURNED)),
        answer_tile(figures),
    )


def behind(figures: Figures, figure: Figure, name: str = "") -> Selection:
    """Return what selects exactly the images that a figure of this span counts."""
    return Selection(behind=Behind(figure, figures.since, figures.until, name))


def answer_tile(figures: Figures) -> Tile:
    """Return how many seeded faults the reviewers caught; the images behind it are nobody's to see."""
    caught, seeded = (sum(getattr(one, name) for one in figures.answers) for name in ("caught", "seeded"))
    return _share("Known faults seen", caught, seeded)


def _number(title: str, count: int, selection: Selection) -> Tile:
    return Tile(translate("Figures", title), numeral(f"{count:,}"), "", selection if count else None)


def _share(title: str, part: int, whole: int, selection: Selection | None = None) -> Tile:
    named = translate("Figures", title)
    if not whole:
        return Tile(named, "–", translate("Figures", "nothing to count yet"))
    sure = exact_interval(part, whole)
    words = translate("Figures", "{part} of {whole}; {low} to {high} at 95 %")
    told = words.format(
        part=numeral(f"{part:,}"), whole=numeral(f"{whole:,}"), low=share_words(sure.low), high=share_words(sure.high)
    )
    return Tile(named, f"{100 * sure.value:.0f} %", told, selection if part else None)


TITLES = (
    QT_TRANSLATE_NOOP("Figures", "Finished by the line"),
    QT_TRANSLATE_NOOP("Figures", "Decided by people"),
    QT_TRANSLATE_NOOP("Figures", "Approved without a person"),
    QT_TRANSLATE_NOOP("Figures", "Accepted at once"),
    QT_TRANSLATE_NOOP("Figures", "Overturned by seniors"),
    QT_TRANSLATE_NOOP("Figures", "Known faults seen"),
)


def sold_in(monday: str) -> Behind:
    """Return the images of the products with new pictures that were sold in the week of that Monday."""
    begins = int(datetime.fromisoformat(monday).replace(tzinfo=UTC).timestamp()) * NANOSECONDS
    return Behind(Figure.SOLD, begins, begins + 7 * 24 * HOUR - 1)


def hour_name(hour: str) -> str:
    """Return the hour that a tally of an hour is of, as a clock shows it."""
    return datetime.fromtimestamp(int(hour) / NANOSECONDS).strftime("%H:00")


def waiting_since(at: int, now: int) -> str:
    """Return for how long something has waited, in words."""
    return duration(max(0, now - at) / NANOSECONDS)


def span_of(days: int, now: datetime) -> tuple[int, int]:
    """Return the two times (ns) of a span of days back from `now`; 0 is since midnight, below it everything."""
    until = int(now.timestamp()) * NANOSECONDS + NANOSECONDS
    if days < 0:
        return 0, until
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return (int(midnight.timestamp()) - days * 24 * 3600) * NANOSECONDS, until


def queue_tile(title: str, age: QueueAge, now: int) -> tuple[str, str]:
    """Return what a queue says of itself, and what it says when pointed at."""
    words = translate("Figures", "{queue} {count} · oldest {age}")
    told = words.format(queue=title, count=numeral(f"{age.count:,}"), age=waiting_since(age.oldest, now))
    tip = translate("Figures", "Half of them wait longer than {age}; press to see them")
    return told, tip.format(age=waiting_since(age.middle, now))


def people_sentences(figures: Figures) -> list[tuple[str, Selection | None]]:
    """Return what is known of single people, with the images behind it: who overturns how much, who sees known faults.

    Nobody shall learn which images have known faults.
    """
    lines: list[tuple[str, Selection | None]] = []
    for one in figures.overturns:
        words = translate("Figures", "{person} overturned {part} of {whole} approvals.")
        told = words.format(person=one.person, part=one.overturned, whole=one.seen)
        lines.append((told, behind(figures, Figure.OVERTURNED, one.person) if one.overturned else None))
    for answer in figures.answers:
        sure = exact_interval(answer.caught, answer.seeded)
        words = translate("Figures", "{person} saw {part} of {whole} known faults (at least {low} at 95 %)")
        told = words.format(person=answer.person, part=answer.caught, whole=answer.seeded, low=share_words(sure.low))
        cleared = translate("Figures", "and approved {part} of {whole} good images.")
        lines.append((f"{told} {cleared.format(part=answer.cleared, whole=answer.good)}", None))
    return lines


def hours_between(figures: Figures) -> tuple[list[str], tuple[Tally, ...], tuple[Tally, ...]]:
    """Return every hour from the first to the last with something in it, and what was finished and decided in each."""
    done, decided = ({int(hour.name): hour for hour in hours} for hours in (figures.done, figures.decided))
    known = sorted({*done, *decided})
    hours = list(range(known[0], known[-1] + 1, HOUR)) if known and known[-1] - known[0] <= MOST_HOURS * HOUR else known
    names = [hour_name(str(hour)) for hour in hours]
    return (
        names,
        tuple(done.get(hour, Tally(str(hour), 0)) for hour in hours),
        tuple(decided.get(hour, Tally(str(hour), 0)) for hour in hours),
    )


def figure_table(book: DayBook) -> bytes:
    """Return every figure as CSV: what it is, of whom or when, the number, and of how many."""
    from pipeline.run.spreadsheet import csv_table

    figures, rows = book.figures, []
    for name, hours in (("finished", figures.done), ("decided", figures.decided)):
        rows += [
            (name, datetime.fromtimestamp(int(hour.name) / NANOSECONDS).isoformat(), hour.count, "") for hour in hours
        ]
    rows += [(f"waiting in {queue.state}", "", queue.count, "") for queue in figures.queues]
    rows.append(("approved without a person", "", figures.approved_alone, figures.made))
    rows.append(("accepted at once", "", figures.accepted_first, figures.settled))
    rows += [("overturned", one.person, one.overturned, one.seen) for one in figures.overturns]
    rows += [("reason", tally.name, tally.count, "") for tally in figures.reasons]
    rows += [("score", tally.name, tally.count, "") for tally in figures.scores]
    for answer in figures.answers:
        rows.append(("known faults seen", answer.person, answer.caught, answer.seeded))
        rows.append(("good images approved", answer.person, answer.cleared, answer.good))
    weeks = book.returns.weeks if book.returns else ()
    rows += [("returned", week.monday, week.returned, week.sold) for week in weeks]
    return csv_table(("figure", "of", "number", "of how many"), rows)
