"""Lists of a hundred thousand images: ids in order, counts and the few rows on the screen, from one narrow table."""

import json
from array import array
from collections.abc import Sequence
from typing import Any

from pipeline.model import Card
from pipeline.model import Facets
from pipeline.model import Order
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store.behind import IMAGES
from pipeline.store.behind import values_of
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import name_key

AT_WORK = "SELECT image FROM claim WHERE owner IS NOT NULL AND lease_until > :now"
"""What the line, or a hand, has under way right now; never more than a few."""

ORDERS = {
    Order.FILE: "l.image",
    Order.SCORE: "l.score IS NULL, l.score, l.image",
    Order.AGE: "l.since, l.image",
    Order.RISK: "l.risk DESC, l.score IS NOT NULL, l.score, l.image",
}

HIDDEN = {
    "l.image": """coalesce((
        SELECT n.id + 0.5 FROM known_answer AS k JOIN image AS o ON o.id = k.image
        JOIN image AS n ON n.batch = k.shown AND n.file < o.file
        WHERE k.image = l.image ORDER BY n.file DESC LIMIT 1
    ), l.image)""",
    "l.since": """coalesce((
        SELECT w.at FROM known_answer AS k JOIN wave AS w ON w.id = k.wave WHERE k.image = l.image
    ), l.since)""",
}
"""Where a known answer stands: behind the image that is called nearly as it is, and since the wave was drawn."""

GROUP = """coalesce((
    SELECT g.name FROM grouped_image AS gi JOIN shoot_group AS g ON g.id = gi.shoot_group WHERE gi.image = l.image
), i.shoot_group)"""

SEARCHED = f"(i.file || char(10) || i.sku || char(10) || i.category || char(10) || {GROUP})"

CARDS = f"""
SELECT l.image, i.file, i.sku, i.category, i.sha256, l.score, l.risk, l.failed, l.flags, l.since, l.version,
    l.thumbnail, l.original_thumbnail, coalesce(p.name, '') AS opened_by, b.name AS batch,
    CASE WHEN l.error IS NULL AND l.image IN ({AT_WORK}) THEN 'processing' ELSE l.state END AS state
FROM listing AS l JOIN image AS i ON i.id = l.image JOIN batch AS b ON b.id = l.batch
LEFT JOIN hold AS h ON h.image = l.image AND h.until > :now
LEFT JOIN person AS p ON p.id = h.person
WHERE l.image IN (SELECT CAST(value AS INTEGER) FROM json_each(:images))
"""

AUTHOR = "SELECT a.author FROM version AS v JOIN attempt AS a ON a.id = v.attempt WHERE v.id = l.version"

FACETS = {
    "states": "SELECT DISTINCT l.state AS name FROM listing AS l {where}",
    "groups": f"SELECT DISTINCT {GROUP} AS name FROM listing AS l JOIN image AS i ON i.id = l.image {{where}}",
    "clients": "SELECT DISTINCT l.client AS name FROM image AS l {where}",
    "categories": "SELECT DISTINCT l.category AS name FROM image AS l {where}",
    "flags": "SELECT DISTINCT l.flags || l.failed AS name FROM listing AS l {where}",
    "people": """
        SELECT DISTINCT p.name FROM decision AS d JOIN image AS l ON l.id = d.image
        JOIN person AS p ON p.id = d.person {where}
    """,
    "reasons": "SELECT DISTINCT reason AS name FROM decision AS d JOIN image AS l ON l.id = d.image {where}",
}


def image_ids(catalog: Catalog, batch: int | None, selection: Selection) -> array:
    """Return the ids of the selected images in their order, as an array of int64; of every batch for None."""
    where, values = _clause(batch, selection, catalog.now())
    sql = f"SELECT l.image FROM listing AS l {where} ORDER BY {_order(catalog, selection.order)}"
    return array("q", catalog.column(sql, values))


def _order(catalog: Catalog, order: Order) -> str:
    """The order by which known answers, which came last, do not stand last; it costs a look-up for every row."""
    sql = ORDERS[order]
    if catalog.row("SELECT 1 AS yes FROM known_answer AS k JOIN listing AS l ON l.image = k.image LIMIT 1"):
        for column, hidden in HIDDEN.items():
            sql = sql.replace(column, hidden)
    return sql


def tally(catalog: Catalog, batch: int | None, selection: Selection) -> dict[State, int]:
    """Return how many of the selected images stand where, whatever states it asks for; every state is there."""
    where, values = _clause(batch, selection, catalog.now(), with_states=False)
    sql = f"SELECT l.state, count(*) AS images FROM listing AS l {where} GROUP BY l.state"
    counts = dict.fromkeys(State, 0) | {State(row["state"]): row["images"] for row in catalog.rows(sql, values)}
    busy = f"{where} AND l.error IS NULL AND l.image IN ({AT_WORK})"
    for row in catalog.rows(f"SELECT l.state, count(*) AS images FROM listing AS l {busy} GROUP BY l.state", values):
        counts[State(row["state"])] -= row["images"]
        counts[State.PROCESSING] += row["images"]
    return counts


def load_cards(catalog: Catalog, images: Sequence[int]) -> list[Card]:
    """Return the cards of these images in the order given; unknown ids are left out."""
    values = {"images": json.dumps(list(images)), "now": catalog.now()}
    found = {row["image"]: _card(row) for row in catalog.rows(CARDS, values)}
    return [found[image] for image in images if image in found]


def facets(catalog: Catalog, batch: int | None) -> Facets:
    """Return every state, shoot group, client, category, flag, person and reason that occurs in the batch, or in all.

    What the line has in hand right now counts as where it stood before.
    """
    where, values = ("", []) if batch is None else ("WHERE l.batch = ?", [batch])
    asked = {name: catalog.rows(sql.format(where=where), values) for name, sql in FACETS.items()}
    found = {name: {row["name"] for row in rows} for name, rows in asked.items()}
    found["flags"] = {word for words in found["flags"] for word in words.split()}
    return Facets(**{name: tuple(sorted(values - {""}, key=str.casefold)) for name, values in found.items()})


SOMEONE = "(SELECT id FROM person WHERE key = :person)"

CONDITIONS = {
    "state": f"CASE WHEN l.error IS NULL AND l.image IN ({AT_WORK}) THEN 'processing' ELSE l.state END = :state",
    "group": f"{GROUP} = :group",
    "client": "i.client = :client",
    "category": "i.category = :category",
    "flag": "(instr(l.flags, ' ' || :flag || ' ') > 0 OR instr(l.failed, ' ' || :flag || ' ') > 0)",
    "score_from": "l.score >= :score_from",
    "score_to": "l.score <= :score_to",
    "person": f"((SELECT d.person FROM decision AS d WHERE d.id = l.decision) = {SOMEONE} OR ({AUTHOR}) = {SOMEONE})",
    "reason": "(SELECT d.reason FROM decision AS d WHERE d.id = l.decision) = :reason",
}
"""What each field of a Selection asks of an image, where it is given."""

_BINDINGS = {"person": name_key}


def _clause(
    batch: int | None, selection: Selection, now: int, *, with_states: bool = True
) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {"batch": batch, "now": now}
    parts = ["l.batch = :batch"] if batch is not None else ["true"]
    if with_states and selection.states:
        parts.append(_states(selection.states, values))
    for name, sql in CONDITIONS.items():
        value = getattr(selection, name)
        if value is not None and value != "":
            parts.append(sql)
            values[name] = _BINDINGS[name](value) if name in _BINDINGS else value
    if selection.behind is not None:
        parts.append(f"l.image IN ({IMAGES[selection.behind.figure]})")
        values |= values_of(selection.behind)
    parts += _words(selection.text, values)
    join = "JOIN image AS i ON i.id = l.image " if any(" i." in f" {part}".replace("(", " ") for part in parts) else ""
    return f"{join}WHERE {' AND '.join(parts)}", values


def _states(states: frozenset[State], values: dict[str, Any]) -> str:
    values["states"] = json.dumps(sorted(state.value for state in states))
    at_work = f"(l.error IS NULL AND l.image IN ({AT_WORK}))"
    settled = f"(l.state IN (SELECT value FROM json_each(:states)) AND NOT {at_work})"
    return f"({settled} OR {at_work})" if State.PROCESSING in states else settled


def _words(text: str, values: dict[str, Any]) -> list[str]:
    """LIKE ignores the case of ASCII letters only, so other words are looked for in their usual spellings, too."""
    parts = []
    for place, word in enumerate(text.split()):
        spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.title()}
        tests = []
        for turn, spelling in enumerate(sorted(spellings)):
            name = f"word_{place}_{turn}"
            values[name] = f"%{_literal(spelling)}%"
            tests.append(rf"{SEARCHED} LIKE :{name} ESCAPE '\'")
        parts.append(f"({' OR '.join(tests)})")
    return parts


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _card(row: Row) -> Card:
    names = {column: tuple(row[column].split()) for column in ("failed", "flags")}
    return Card(**row | names | {"state": State(row["state"])})
