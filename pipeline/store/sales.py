"""Sales and returns as a shop's files told them, and which of our files were live when."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Sale
from pipeline.store import chain
from pipeline.store.catalog import Catalog

ADD = "INSERT INTO sale (sale_import, row, sku, day, sold, returned) VALUES (?, ?, ?, ?, ?, ?)"

# Of a product and day the newest file counts; a file may hold several rows of them, which add up.
SALES = """
SELECT s.sku, s.day, sum(s.sold) AS sold, sum(s.returned) AS returned FROM sale AS s
WHERE s.sale_import = (SELECT max(n.sale_import) FROM sale AS n WHERE n.sku = s.sku AND n.day = s.day)
GROUP BY s.sku, s.day ORDER BY s.sku, s.day
"""

MAPPINGS = "SELECT mapping FROM sale_import ORDER BY id DESC"

LIVE = """
SELECT i.sku, i.category, coalesce(json_extract(a.outcome, '$.engine'), '') AS engine,
    min(e.created_at) AS since, max(c.at) AS recalled, count(*) - count(c.id) AS standing
FROM delivery AS e JOIN version AS v ON v.id = e.version JOIN attempt AS a ON a.id = v.attempt
JOIN image AS i ON i.id = v.image LEFT JOIN recall AS c ON c.delivery = e.id
WHERE i.sku <> '' GROUP BY i.sku, v.id ORDER BY i.sku, since
"""


@dataclass(frozen=True)
class Live:
    """A version that a shop showed for a product: from when to when (ns UTC; None: still)."""

    sku: str
    category: str
    engine: str
    since: int
    until: int | None


def add_sales(catalog: Catalog, *, file: str, sha256: str, mapping: dict[str, str], rows: Sequence[Sale]) -> None:
    """Keep what a file told; the newest file counts for each product and day."""
    with catalog.writing():
        at = chain.stamp(catalog)
        number = catalog.add("sale_import", file=file, sha256=sha256, mapping=json.dumps(mapping), at=at)
        values = [(number, place, row.sku, row.day, row.sold, row.returned) for place, row in enumerate(rows)]
        catalog.db.conn.executemany(ADD, values)
        chain.append(catalog, "sale_import", number, at)


def sales(catalog: Catalog) -> list[Sale]:
    """Return all sales, by product and day."""
    return [Sale(**row) for row in catalog.rows(SALES)]


def mappings(catalog: Catalog) -> list[dict[str, str]]:
    """Return the columns of every imported file, newest first: what is meant to the file's own name for it."""
    return [json.loads(row["mapping"]) for row in catalog.rows(MAPPINGS)]


def live_versions(catalog: Catalog) -> list[Live]:
    """Return which version of each product was delivered when, by product and time; a later one takes its place."""
    found: list[Live] = []
    for row in catalog.rows(LIVE):
        until = None if row["standing"] else row["recalled"]
        one = Live(row["sku"], row["category"], row["engine"], row["since"], until)
        if found and found[-1].sku == one.sku and (found[-1].until is None or found[-1].until > one.since):
            found[-1] = Live(one.sku, found[-1].category, found[-1].engine, found[-1].since, one.since)
        found.append(one)
    return found
