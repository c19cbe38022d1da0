"""The four parts of 25 points: readings graded by the settings; a part that was not measured has no points."""

from typing import Final

from pipeline.model import QcScore
from pipeline.model import Reading
from pipeline.model import Verdict
from pipeline.settings import Ramp
from pipeline.settings import Scoring

PART_POINTS: Final = 25.0


def fall(value: float, ramp: Ramp) -> float:
    """Return 1 up to `ramp.full`, 0 from `ramp.none` on, and a straight line between."""
    return min(1.0, max(0.0, (ramp.none - value) / (ramp.none - ramp.full)))


def background_points(readings: dict[str, Reading], scoring: Scoring) -> float | None:
    """25 × the share of field pixels that are white within the graded tolerance (the articles' background part).

    Backdrop and shadow that were taken for product are background too, and not white: their shares of the product
    count against it from the level on at which they are flagged.
    """
    share = readings["near_white_share"].value
    if share is None:
        return None
    for name, flagged in (("backdrop_left", scoring.backdrop_share), ("shadow_left", scoring.shadow_share)):
        left = readings[name].value or 0.0
        share *= 1 - left if left >= flagged else 1
    return PART_POINTS * share


def edge_points(readings: dict[str, Reading], scoring: Scoring) -> float | None:
    """25 × the worst of edge width, halo and jaggedness on their ramps; a good mean must not hide one bad fault."""
    grades = []
    for name, ramp in (("edge_width", scoring.edge_width), ("halo", scoring.halo), ("jaggedness", scoring.jaggedness)):
        value = readings[name].value
        if value is None:
            return None
        grades.append(fall(value, ramp))
    return PART_POINTS * min(grades)


def fill_points(readings: dict[str, Reading], scoring: Scoring) -> float | None:
    """25 within the fill range; below it in proportion to the fill, above it falling to 0 at a full frame.

    Where no product was found, nothing fills the frame: 0.
    """
    fill = readings["fill"].value or 0.0
    if fill > scoring.fill_high:
        return PART_POINTS * max(0.0, (1 - fill) / (1 - scoring.fill_high))
    return PART_POINTS * min(1.0, fill / scoring.fill_low)


def color_points(readings: dict[str, Reading], scoring: Scoring) -> float | None:
    """25 up to the ΔE00 that nobody sees, none from the one that everybody sees, a straight line between."""
    shift = readings["color_shift"].value
    ramp = Ramp(scoring.color_full_points_delta_e, scoring.color_no_points_delta_e)
    return None if shift is None else PART_POINTS * fall(shift, ramp)


def add_up(readings: dict[str, Reading], scoring: Scoring, *, gates_pass: bool) -> QcScore:
    """Return the four parts, their total scaled to 100 over the measured ones, and the verdict.

    Approve needs `scoring.approve_from` points, every part measured and every gate passed; below
    `scoring.review_from` the result goes back.
    """
    parts = (
        background_points(readings, scoring),
        edge_points(readings, scoring),
        fill_points(readings, scoring),
        color_points(readings, scoring),
    )
    measured = [points for points in parts if points is not None]
    total = round(100 * sum(measured) / (PART_POINTS * len(measured)), 1) if measured else 0.0
    complete = gates_pass and len(measured) == len(parts)
    rounded = [None if points is None else round(points, 2) for points in parts]
    return QcScore(*rounded, total=total, verdict=_verdict(total, scoring, complete=complete))


def _verdict(total: float, scoring: Scoring, *, complete: bool) -> Verdict:
    if total < scoring.review_from:
        return Verdict.REDO
    return Verdict.APPROVE if complete and total >= scoring.approve_from else Verdict.REVIEW
