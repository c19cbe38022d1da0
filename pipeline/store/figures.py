"""The figures of a studio or a batch, counted where the rows are."""

import time
from typing import Any

from pipeline.model import Behind
from pipeline.model import Figure
from pipeline.model import Figures
from pipeline.model import Overturn
from pipeline.model import QueueAge
from pipeline.model import Tally
from pipeline.store.behind import IMAGES
from pipeline.store.behind import NO_KNOWN
from pipeline.store.behind import SECOND_LOOK
from pipeline.store.behind import values_of
from pipeline.store.catalog import Catalog
from pipeline.store.known_answers import answers
from pipeline.store.listing import AT_WORK

HOUR = 3600 * 10**9
STEP = 5
"""Points of the score in one bar."""
COUNTED = (Figure.FINISHED, Figure.DECIDED, Figure.MADE, Figure.ALONE, Figure.SETTLED, Figure.ACCEPTED)

HERE = f"(:batch IS NULL OR i.batch = :batch) AND {NO_KNOWN}"
LISTED = "(:batch IS NULL OR l.batch = :batch)"
"""A known answer that waits stands in the list as all others do, so it counts with what the list shows."""

COUNT = "SELECT count(*) AS images FROM image AS i WHERE (:batch IS NULL OR i.batch = :batch) AND i.id IN ({images})"

DONE = f"""
SELECT a.at / {HOUR} AS hour, count(DISTINCT a.image) AS count FROM attempt AS a JOIN image AS i ON i.id = a.image
WHERE a.at BETWEEN :since AND :until AND a.author IS NULL AND {HERE} GROUP BY hour ORDER BY hour
"""

DECIDED = f"""
SELECT d.at / {HOUR} AS hour, count(DISTINCT d.image) AS count FROM standing AS d JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND {HERE} GROUP BY hour ORDER BY hour
"""

# The middle one is the one with as many before it as after it.
QUEUES = f"""
SELECT state, count(*) AS count, min(since) AS oldest, max(CASE WHEN place = (many + 1) / 2 THEN since END) AS middle
FROM (
    SELECT l.state, l.since, row_number() OVER (PARTITION BY l.state ORDER BY l.since) AS place,
        count(*) OVER (PARTITION BY l.state) AS many
    FROM listing AS l WHERE l.state IN ('new', 'edit', 'review', 'redo', 'audit', 'sign_off', 'failed') AND {LISTED}
        AND NOT (l.error IS NULL AND l.image IN ({AT_WORK}))
) AS q GROUP BY state
"""

OVERTURNS = f"""
SELECT p.name AS person, count(DISTINCT CASE WHEN d.action IN ('reject', 'redo') THEN d.image END) AS overturned,
    count(DISTINCT d.image) AS seen
FROM standing AS d JOIN person AS p ON p.id = d.person JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND {HERE} AND d.action IN ('sign_off', 'reject', 'redo') AND {SECOND_LOOK}
GROUP BY p.id, p.name ORDER BY p.name
"""

REASONS = f"""
SELECT d.reason AS name, count(DISTINCT d.image) AS count FROM standing AS d JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND d.action IN ('reject', 'redo') AND d.reason <> '' AND {HERE}
GROUP BY d.reason ORDER BY count DESC, d.reason
"""

SCORES = f"""
SELECT min(CAST(l.score / {STEP} AS INTEGER), {100 // STEP - 1}) AS step, count(*) AS count
FROM listing AS l WHERE l.score IS NOT NULL AND {LISTED} GROUP BY step ORDER BY step
"""


def figures(catalog: Catalog, batch: int | None, since: int, until: int) -> Figures:
    """Return the figures of a batch, or of all, between two times (ns UTC, both inclusive).

    Queues and scores are as they stand now, whatever the span. Known answers count among the answers, and while they
    wait among what the lists show.
    """
    values = {"batch": batch, "since": since, "until": until, "now": time.time_ns()}
    counts = {figure: _count(catalog, batch, Behind(figure, since, until)) for figure in COUNTED}
    return Figures(
        since=since,
        until=until,
        finished=counts[Figure.FINISHED],
        judged=counts[Figure.DECIDED],
        done=_hours(catalog, DONE, values, Figure.FINISHED),
        decided=_hours(catalog, DECIDED, values, Figure.DECIDED),
        queues=tuple(QueueAge(**row) for row in catalog.rows(QUEUES, values)),
        approved_alone=counts[Figure.ALONE],
        made=counts[Figure.MADE],
        accepted_first=counts[Figure.ACCEPTED],
        settled=counts[Figure.SETTLED],
        overturns=tuple(Overturn(**row) for row in catalog.rows(OVERTURNS, values)),
        reasons=tuple(_reason(row["name"], row["count"], since, until) for row in catalog.rows(REASONS, values)),
        scores=tuple(_score(row["step"], row["count"]) for row in catalog.rows(SCORES, values)),
        answers=answers(catalog, batch, since, until),
    )


def _count(catalog: Catalog, batch: int | None, behind: Behind) -> int:
    sql = COUNT.format(images=IMAGES[behind.figure])
    return catalog.rows(sql, {"batch": batch} | values_of(behind))[0]["images"]


def _hours(catalog: Catalog, sql: str, values: dict[str, Any], figure: Figure) -> tuple[Tally, ...]:
    tallies = []
    for row in catalog.rows(sql, values):
        begins = row["hour"] * HOUR
        behind = Behind(figure, max(begins, values["since"]), min(begins + HOUR - 1, values["until"]))
        tallies.append(Tally(str(begins), row["count"], {"behind": behind}))
    return tuple(tallies)


def _reason(code: str, count: int, since: int, until: int) -> Tally:
    return Tally(code, count, {"behind": Behind(Figure.REASON, since, until, code)})


def _score(step: int, count: int) -> Tally:
    low = step * STEP
    last = low + STEP >= 100
    # The list takes both ends; a total has two decimals at most.
    selection: dict[str, str | float | Behind] = {
        "score_from": float(low),
        "score_to": 100.0 if last else low + STEP - 0.001,
    }
    return Tally(f"{low}–{low + STEP}", count, selection)
