"""Known answers: images that look like all others of a batch, never leave, and show how well the reviewers see."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from pipeline.model import Answer
from pipeline.model import Outcome
from pipeline.store import chain
from pipeline.store.attempts import add_attempt
from pipeline.store.attempts import files_of
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.files import Files

# Found good by a person, every gate passed, of the same client, rather from another batch, and nothing that is in the
# sample itself: nobody must meet the same picture twice.
SOURCES = """
SELECT v.id FROM version AS v JOIN image AS i ON i.id = v.image JOIN batch AS b ON b.id = i.batch
JOIN attempt AS a ON a.id = v.attempt
JOIN standing AS d ON d.id = (SELECT max(n.id) FROM standing AS n WHERE n.image = i.id AND n.version = v.id)
WHERE d.action IN ('approve', 'sign_off') AND b.client = (SELECT client FROM batch WHERE id = :batch)
    AND v.id = (SELECT max(n.id) FROM version AS n WHERE n.image = i.id)
    AND NOT EXISTS (SELECT 1 FROM known_answer AS k WHERE k.image = i.id OR k.source = v.id)
    AND NOT EXISTS (
        SELECT 1 FROM wave_image AS m JOIN wave_state AS s ON s.wave = m.wave
        WHERE m.version = v.id AND m.sampled = 1 AND s.state = 'open'
    )
    AND NOT EXISTS (
        SELECT 1 FROM json_each(a.outcome, '$.gates') AS g WHERE NOT json_extract(g.value, '$.passed')
    )
ORDER BY i.batch = :batch, v.id DESC LIMIT :count
"""

COPY = """
INSERT INTO image (
    batch, file, sha256, bytes, width, height, sku, asin, gtin, category, tags, shoot_group, client, reference, inside,
    notes, refusal
) SELECT
    :kept_in, :file, sha256, bytes, width, height, :sku, asin, gtin, category, tags, shoot_group, client, reference,
    inside, notes, refusal
FROM image WHERE id = :image
"""

# The first answer that stands: what somebody said later had been told to them.
ANSWERS = """
SELECT p.name AS person, sum(k.defect <> '') AS seeded,
    sum(k.defect <> '' AND d.action IN ('reject', 'redo')) AS caught,
    sum(k.defect = '') AS good, sum(k.defect = '' AND d.action IN ('approve', 'sign_off')) AS cleared
FROM known_answer AS k
JOIN decision AS d ON d.id = (SELECT min(n.id) FROM standing AS n WHERE n.image = k.image)
JOIN person AS p ON p.id = d.person
WHERE d.at BETWEEN :since AND :until AND (:batch IS NULL OR k.shown = :batch)
GROUP BY p.id ORDER BY p.name
"""


@dataclass(frozen=True)
class KnownAnswer:
    """One to record: the version it was made from, the name and SKU it is shown under, and its outcome.

    `defect` names what was seeded, "" for nothing; the outcome's image is the source's.
    """

    source: int
    file: str
    sku: str
    defect: str
    outcome: Outcome


def sources(catalog: Catalog, batch: int, count: int) -> list[int]:
    """Return up to `count` versions of the batch's client that a person found good, newest first."""
    return [row["id"] for row in catalog.rows(SOURCES, {"batch": batch, "count": count})]


def add_known_answers(catalog: Catalog, files: Files, wave: int, made: Sequence[KnownAnswer]) -> None:
    """Show these in the batch of the wave, waiting for its audit; all of them or none."""
    if not made:
        return
    with catalog.writing():
        for one in made:
            for sha256 in files_of(one.outcome):
                files.path(sha256)
        at = chain.stamp(catalog)
        shown = catalog.rows("SELECT b.* FROM wave AS w JOIN batch AS b ON b.id = w.batch WHERE w.id = ?", [wave])[0]
        name = f"‹known answers of wave {wave}›"
        kept_in = catalog.add("batch", name=name, client=shown["client"], created_at=at)
        images = [_add_image(catalog, kept_in, one) for one in made]
        chain.append(catalog, "batch", kept_in, at)
        for image, one in zip(images, made, strict=True):
            _add_answer(catalog, image, one, {"wave": wave, "kept_in": kept_in, "shown": shown["id"]})


def answers(catalog: Catalog, batch: int | None, since: int, until: int) -> tuple[Answer, ...]:
    """Return what each person said about known answers in a span of time (ns UTC)."""
    rows: list[Row] = catalog.rows(ANSWERS, {"batch": batch, "since": since, "until": until})
    return tuple(Answer(**row) for row in rows)


def _add_image(catalog: Catalog, kept_in: int, one: KnownAnswer) -> int:
    values = {"kept_in": kept_in, "file": one.file, "sku": one.sku, "image": one.outcome.image}
    image = catalog.insert(COPY, values)
    catalog.add("claim", image=image, batch=kept_in, open=0)
    return image


def _add_answer(catalog: Catalog, image: int, one: KnownAnswer, where: dict[str, int]) -> None:
    at = chain.stamp(catalog)
    known = catalog.add("known_answer", image=image, source=one.source, defect=one.defect, at=at, **where)
    chain.append(catalog, "known_answer", known, at)
    add_attempt(catalog, replace(one.outcome, image=image), owner="line", token=1, author=None, parent=None)
