"""The images behind each figure: one statement counts them and lists them, so that both always agree."""

from datetime import UTC
from datetime import datetime
from typing import Any

from pipeline.model import Behind
from pipeline.model import Figure
from pipeline.store.people import name_key

NO_KNOWN = "NOT EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = i.id)"

SPAN = "BETWEEN :behind_since AND :behind_until"

SECOND_LOOK = """(SELECT m.role FROM member AS m WHERE m.person = d.person ORDER BY m.id DESC LIMIT 1) = 'senior'
    AND EXISTS (
        SELECT 1 FROM standing AS n WHERE n.image = d.image AND n.version = d.version AND n.id < d.id
            AND n.action = 'approve' AND n.person <> d.person
    )"""
"""The decision `d` is what a senior said about what another person had approved."""

MADE = f"""
SELECT v.image FROM version AS v JOIN attempt AS a ON a.id = v.attempt JOIN image AS i ON i.id = v.image
WHERE a.author IS NULL AND v.created_at {SPAN} AND {NO_KNOWN}
"""

# What the first decision about the line's first version says; what the line approved and nobody looked at stands.
SETTLED = f"""
SELECT v.image FROM version AS v JOIN image AS i ON i.id = v.image
LEFT JOIN standing AS d ON d.id = (SELECT min(n.id) FROM standing AS n WHERE n.version = v.id AND n.image = i.id)
WHERE v.id = (SELECT min(n.id) FROM version AS n WHERE n.image = i.id) AND v.created_at {SPAN}
    AND (d.id IS NOT NULL OR v.state = 'approved') AND {NO_KNOWN}
"""

SEEN = f"""
SELECT d.image FROM standing AS d JOIN image AS i ON i.id = d.image JOIN person AS p ON p.id = d.person
WHERE d.at {SPAN} AND d.action IN ('sign_off', 'reject', 'redo') AND {SECOND_LOOK} AND {NO_KNOWN}
    AND (:behind_key = '' OR p.key = :behind_key)
"""

IMAGES = {
    Figure.FINISHED: f"""
        SELECT a.image FROM attempt AS a JOIN image AS i ON i.id = a.image
        WHERE a.at {SPAN} AND a.author IS NULL AND {NO_KNOWN}
    """,
    Figure.DECIDED: f"""
        SELECT d.image FROM standing AS d JOIN image AS i ON i.id = d.image WHERE d.at {SPAN} AND {NO_KNOWN}
    """,
    Figure.MADE: MADE,
    Figure.ALONE: f"{MADE} AND v.state = 'approved'",
    Figure.SETTLED: SETTLED,
    Figure.ACCEPTED: f"{SETTLED} AND coalesce(d.action, 'approve') = 'approve'",
    Figure.SEEN: SEEN,
    Figure.OVERTURNED: f"{SEEN} AND d.action IN ('reject', 'redo')",
    Figure.REASON: f"""
        SELECT d.image FROM standing AS d JOIN image AS i ON i.id = d.image
        WHERE d.at {SPAN} AND d.action IN ('reject', 'redo') AND d.reason = :behind_name AND {NO_KNOWN}
    """,
    Figure.SOLD: """
        SELECT v.image FROM delivery AS e JOIN version AS v ON v.id = e.version JOIN image AS i ON i.id = v.image
        WHERE i.sku <> ''
            AND i.sku IN (SELECT s.sku FROM sale AS s WHERE s.day BETWEEN :behind_first AND :behind_last)
    """,
}
"""What selects the images of each figure, some of them more than once."""


def values_of(behind: Behind) -> dict[str, Any]:
    """Return what the statements of `IMAGES` are bound to."""
    first, last = (datetime.fromtimestamp(at // 10**9, UTC).date().isoformat() for at in (behind.since, behind.until))
    return {
        "behind_since": behind.since,
        "behind_until": behind.until,
        "behind_name": behind.name,
        "behind_key": name_key(behind.name) if behind.name else "",
        "behind_first": first,
        "behind_last": last,
    }
