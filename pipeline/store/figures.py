"""The figures of a studio or a batch, counted where the rows are."""

from typing import Any

from pipeline.model import Figures
from pipeline.model import Overturn
from pipeline.model import QueueAge
from pipeline.model import Tally
from pipeline.store.catalog import Catalog
from pipeline.store.known_answers import answers
from pipeline.store.listing import SECOND_LOOK

HOUR = 3600 * 10**9
STEP = 5
"""Points of the score in one bar."""

NO_KNOWN = "NOT EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = i.id)"
HERE = f"(:batch IS NULL OR i.batch = :batch) AND {NO_KNOWN}"

DONE = f"""
SELECT a.at / {HOUR} AS hour, count(*) AS count FROM attempt AS a JOIN image AS i ON i.id = a.image
WHERE a.at BETWEEN :since AND :until AND a.author IS NULL AND {HERE} GROUP BY hour ORDER BY hour
"""

DECIDED = f"""
SELECT d.at / {HOUR} AS hour, count(*) AS count FROM standing AS d JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND {HERE} GROUP BY hour ORDER BY hour
"""

# The middle one is the one with as many before it as after it.
QUEUES = f"""
SELECT state, count(*) AS count, min(since) AS oldest, max(CASE WHEN place = (many + 1) / 2 THEN since END) AS middle
FROM (
    SELECT l.state, l.since, row_number() OVER (PARTITION BY l.state ORDER BY l.since) AS place,
        count(*) OVER (PARTITION BY l.state) AS many
    FROM listing AS l JOIN image AS i ON i.id = l.image
    WHERE l.state IN ('new', 'edit', 'review', 'redo', 'audit', 'sign_off', 'failed') AND {HERE}
) GROUP BY state
"""

ALONE = f"""
SELECT count(*) AS made, coalesce(sum(v.state = 'approved'), 0) AS alone
FROM version AS v JOIN attempt AS a ON a.id = v.attempt JOIN image AS i ON i.id = v.image
WHERE a.author IS NULL AND v.created_at BETWEEN :since AND :until AND {HERE}
"""

# Accepted at once: the line's first version was approved by itself or by the first decision about it.
FIRST = f"""
SELECT count(*) AS settled, coalesce(sum(coalesce(d.action, 'approve') = 'approve'), 0) AS accepted
FROM version AS v JOIN image AS i ON i.id = v.image
LEFT JOIN standing AS d ON d.id = (SELECT min(n.id) FROM standing AS n WHERE n.version = v.id AND n.image = i.id)
WHERE v.id = (SELECT min(n.id) FROM version AS n WHERE n.image = i.id) AND v.created_at BETWEEN :since AND :until
    AND (d.id IS NOT NULL OR v.state = 'approved') AND {HERE}
"""

OVERTURNS = f"""
SELECT p.name AS person, sum(d.action IN ('reject', 'redo')) AS overturned, count(*) AS seen
FROM standing AS d JOIN person AS p ON p.id = d.person JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND {HERE} AND d.action IN ('sign_off', 'reject', 'redo') AND {SECOND_LOOK}
GROUP BY p.id ORDER BY p.name
"""

REASONS = f"""
SELECT d.reason AS name, count(*) AS count FROM standing AS d JOIN image AS i ON i.id = d.image
WHERE d.at BETWEEN :since AND :until AND d.action IN ('reject', 'redo') AND d.reason <> '' AND {HERE}
GROUP BY d.reason ORDER BY count DESC, d.reason
"""

SCORES = f"""
SELECT min(CAST(l.score / {STEP} AS INTEGER), {100 // STEP - 1}) AS step, count(*) AS count
FROM listing AS l JOIN image AS i ON i.id = l.image
WHERE l.score IS NOT NULL AND {HERE} GROUP BY step ORDER BY step
"""


def figures(catalog: Catalog, batch: int | None, since: int, until: int) -> Figures:
    """Return the figures of a batch, or of all, between two times (ns UTC, both inclusive).

    Queues and scores are as they stand now, whatever the span. Known answers count only among the answers.
    """
    values = {"batch": batch, "since": since, "until": until}
    alone, first = catalog.rows(ALONE, values)[0], catalog.rows(FIRST, values)[0]
    return Figures(
        since=since,
        until=until,
        done=_hours(catalog, DONE, values),
        decided=_hours(catalog, DECIDED, values),
        queues=tuple(QueueAge(**row) for row in catalog.rows(QUEUES, values)),
        approved_alone=alone["alone"],
        made=alone["made"],
        accepted_first=first["accepted"],
        settled=first["settled"],
        overturns=tuple(Overturn(**row) for row in catalog.rows(OVERTURNS, values)),
        reasons=tuple(Tally(**row, selection={"reason": row["name"]}) for row in catalog.rows(REASONS, values)),
        scores=tuple(_score(row["step"], row["count"]) for row in catalog.rows(SCORES, values)),
        answers=answers(catalog, batch, since, until),
    )


def _hours(catalog: Catalog, sql: str, values: dict[str, Any]) -> tuple[Tally, ...]:
    return tuple(Tally(str(row["hour"] * HOUR), row["count"]) for row in catalog.rows(sql, values))


def _score(step: int, count: int) -> Tally:
    low = step * STEP
    last = low + STEP >= 100
    # The list takes both ends; a total has two decimals at most.
    selection: dict[str, str | float | tuple[str, ...]] = {
        "score_from": float(low),
        "score_to": 100.0 if last else low + STEP - 0.001,
    }
    return Tally(f"{low}–{low + STEP}", count, selection)
