"""Sales and returns as a shop's files told them, and which of our files were live when."""

import json
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline.model import Sale
from pipeline.store import chain
from pipeline.store.catalog import Catalog

FIRST_DAY: Final = 1_721_426
"""The Julian day of 0001-01-01, which Python counts as 1."""

ADD = "INSERT INTO sale (sale_import, row, sku, day, sold, returned) VALUES (?, ?, ?, ?, ?, ?)"

# Of a product and day the newest file counts; a file may hold several rows of them, which add up. julianday begins at
# noon, and its first day was a Monday.
SALES = """
SELECT sku, min(day) AS day, sum(sold) AS sold, sum(returned) AS returned FROM (
    SELECT s.sku, s.day, s.sold, s.returned, CAST(julianday(s.day) + 0.5 AS INTEGER) / 7 AS week FROM sale AS s
    WHERE s.sale_import = (SELECT max(n.sale_import) FROM sale AS n WHERE n.sku = s.sku AND n.day = s.day)
) AS newest GROUP BY sku, week, CASE
    WHEN week = :parted OR sku || ' ' || week IN (SELECT value FROM json_each(:own)) THEN day ELSE ''
END ORDER BY sku, day
"""

PRODUCTS = "SELECT DISTINCT sku FROM sale ORDER BY sku"

MAPPINGS = "SELECT mapping FROM sale_import ORDER BY id DESC"

LIVE = """
SELECT i.sku, i.category, coalesce(json_extract(a.outcome, '$.engine'), '') AS engine,
    min(e.created_at) AS since, max(c.at) AS recalled, count(*) - count(c.id) AS standing
FROM delivery AS e JOIN version AS v ON v.id = e.version JOIN attempt AS a ON a.id = v.attempt
JOIN image AS i ON i.id = v.image LEFT JOIN recall AS c ON c.delivery = e.id
WHERE i.sku <> '' GROUP BY i.sku, i.category, v.id, a.outcome ORDER BY i.sku, since
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
        catalog.run_many(ADD, values)
        chain.append(catalog, "sale_import", number, at)


def sales(catalog: Catalog, days: Mapping[str, Collection[date]], parted: date | None = None) -> list[Sale]:
    """Return all sales by product and week, each under its first day, by product and day.

    Weeks (from Monday on) of a product that hold one of its `days`, and of all products that of `parted`, are told day
    by day: what is added up lies on one side of each of these days. A million rows would not fit into a report.
    """
    own = [f"{sku} {_week(day)}" for sku, ends in days.items() for day in ends]
    values = {"own": json.dumps(own), "parted": _week(parted) if parted else -1}
    return [Sale(**row) for row in catalog.rows(SALES, values)]


def products(catalog: Catalog) -> list[str]:
    """Return every product that was sold, sorted."""
    return [row["sku"] for row in catalog.rows(PRODUCTS)]


def _week(day: date) -> int:
    return (day.toordinal() - 1 + FIRST_DAY) // 7


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
