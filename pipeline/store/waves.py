"""Waves: what may go into the next one, what a sample showed, and what was ruled; rows are only ever added."""

import json
from collections.abc import Sequence

from pipeline.errors import ConflictError
from pipeline.model import Candidate
from pipeline.model import Draw
from pipeline.model import Findings
from pipeline.model import Judgement
from pipeline.model import SampleState
from pipeline.model import Wave
from pipeline.model import WaveState
from pipeline.store import chain
from pipeline.store.catalog import Catalog
from pipeline.store.catalog import Row
from pipeline.store.people import person_id

FIRST_LOOK = "json_extract(w.rule, '$.extends') IS NULL"
"""Of a wave `w`: it is no more of an earlier one, which is ruled on together with it."""

LIVE = "SELECT wave FROM wave_state WHERE batch = :batch AND state <> 'rolled_back'"

STRATUM = """
    coalesce(json_extract(a.outcome, '$.routing.classes[0]'), 'plain') || ' · '
    || coalesce(nullif(coalesce(g.name, i.shoot_group), ''), 'no group') || ' · '
    || coalesce(nullif(json_extract(a.outcome, '$.engine'), ''), 'no engine')
"""
"""Image class × light group × engine."""

CANDIDATES = f"""
SELECT s.image, s.version, {STRATUM} AS stratum
FROM settled_of_image AS s JOIN image AS i ON i.id = s.image
JOIN version AS v ON v.id = s.version JOIN attempt AS a ON a.id = v.attempt
LEFT JOIN grouped_image AS gi ON gi.image = i.id LEFT JOIN shoot_group AS g ON g.id = gi.shoot_group
WHERE s.batch = :batch AND s.state IN ('approved', 'ready')
    AND NOT EXISTS (SELECT 1 FROM in_grace AS w WHERE w.version = s.version)
    AND NOT EXISTS (SELECT 1 FROM wave_image AS m WHERE m.version = s.version AND m.wave IN ({LIVE}))
ORDER BY s.image
"""

IN_WAVES = f"SELECT count(*) AS images FROM wave_image WHERE wave IN ({LIVE})"

PLACES = f"SELECT count(*) AS waves FROM wave AS w WHERE w.id IN ({LIVE}) AND {FIRST_LOOK}"

STOPS = f"""
SELECT count(DISTINCT u.wave) AS stops FROM ruling AS u JOIN wave AS w ON w.id = u.wave
WHERE w.batch = ? AND u.action = 'stop' AND {FIRST_LOOK}
"""

# What the newest standing decision after the draw says; without one, a newer version says that this one needed work.
FINDINGS = """
SELECT m.stratum, count(*) AS images, CASE
    WHEN EXISTS (SELECT 1 FROM in_grace AS g WHERE g.decision = d.id) THEN 'waiting'
    WHEN d.action IN ('approve', 'sign_off') THEN 'good'
    WHEN d.action IN ('reject', 'redo') THEN
        CASE WHEN d.reason IN (SELECT value FROM json_each(:not_faults)) THEN 'good' ELSE 'bad' END
    WHEN m.version < (SELECT max(v.id) FROM version AS v WHERE v.image = m.image) THEN 'bad'
    ELSE 'waiting'
END AS finding
FROM wave_image AS m JOIN wave AS w ON w.id = m.wave
LEFT JOIN decision AS d ON d.id = (
    SELECT max(n.id) FROM standing AS n WHERE n.image = m.image AND n.version = m.version AND n.at > w.at
)
WHERE m.wave = :wave AND m.sampled = 1 GROUP BY m.stratum, finding
"""

KNOWN = """
SELECT count(*) AS known, coalesce(sum(NOT EXISTS (SELECT 1 FROM standing AS n WHERE n.image = k.image)), 0) AS waiting
FROM known_answer AS k WHERE k.wave = ?
"""

WAVES = """
SELECT w.*, b.name AS batch_name, p.name, s.state,
    (SELECT count(*) FROM wave_image AS m WHERE m.wave = w.id) AS images,
    coalesce((SELECT u.reason FROM ruling AS u WHERE u.wave = w.id ORDER BY u.id DESC LIMIT 1), '') AS reason
FROM wave AS w JOIN wave_state AS s ON s.wave = w.id JOIN batch AS b ON b.id = w.batch
JOIN person AS p ON p.id = w.person
"""

RELEASED = """
SELECT m.image FROM wave_image AS m JOIN wave_state AS s ON s.wave = m.wave
WHERE s.batch = ? AND s.state = 'released'
    AND m.version = (SELECT max(v.id) FROM version AS v WHERE v.image = m.image)
"""


def candidates(catalog: Catalog, batch: int) -> list[Candidate]:
    """Return what may leave by its decisions and is in no wave that stands, by image id."""
    return [Candidate(**row) for row in catalog.rows(CANDIDATES, {"batch": batch})]


def standing(catalog: Catalog, batch: int) -> tuple[int, int, int]:
    """Return how many images are in waves that stand, the next wave's place among those, and how often one stopped."""
    images = catalog.row(IN_WAVES, {"batch": batch}) or {}
    live = (catalog.row(PLACES, {"batch": batch}) or {})["waves"]
    stops = catalog.row(STOPS, [batch]) or {}
    return images["images"], live + 1, stops["stops"]


def add_wave(catalog: Catalog, batch: int, draw: Draw, person: str) -> int:
    """Record a drawn wave and return its id; its sample waits for the audit from now on.

    Raises ConflictError where the batch has an open or stopped wave, or where it changed since the draw.
    """
    with catalog.writing():
        refuse_unfinished(catalog, batch, but=draw.extends)
        may_leave = {(one.image, one.version) for one in candidates(catalog, batch)}
        if not {(one.image, one.version) for one in draw.images} <= may_leave:
            raise ConflictError("The batch changed while its sample was drawn; draw it again.")
        at, newest = chain.stamp(catalog), catalog.row("SELECT max(number) AS n FROM wave WHERE batch = ?", [batch])
        rule = {"limit": draw.limit, "confidence": draw.confidence, "population": draw.population}
        rule |= {"extends": draw.extends} if draw.extends else {}
        wave = catalog.add(
            "wave",
            batch=batch,
            number=((newest or {})["n"] or 0) + 1,
            share=draw.share,
            seed=draw.seed,
            rule=json.dumps(rule),
            person=person_id(catalog, person),
            at=at,
        )
        for one in draw.images:
            sampled = int(one.image in draw.sampled)
            values = {"image": one.image, "version": one.version, "stratum": one.stratum}
            catalog.add("wave_image", wave=wave, sampled=sampled, **values)
        chain.append(catalog, "wave", wave, at)
        return wave


def refuse_unfinished(catalog: Catalog, batch: int, *, but: int = 0) -> None:
    """Raise ConflictError where a wave of the batch stopped it or is open; the newest may be open where it is `but`."""
    row = catalog.row(f"{WAVES} WHERE w.batch = ? AND s.state IN ('open', 'stopped') ORDER BY w.id DESC", [batch])
    if row is None or (row["id"] == but and row["state"] == WaveState.OPEN):
        return
    if row["state"] == WaveState.STOPPED:
        raise ConflictError(
            f"Batch “{row['batch_name']}” is stopped ({row['reason']}); roll wave {row['number']} back first."
        )
    which = f"Wave {row['number']} of batch “{row['batch_name']}”"
    raise ConflictError(f"{which} is not ruled on yet; audit its sample and release it first.")


def waves(catalog: Catalog, where: str, values: Sequence[object], not_faults: Sequence[str]) -> list[Wave]:
    """Return the waves that the clause `where` finds, oldest first, with what their samples show now."""
    return [_wave(catalog, row, not_faults) for row in catalog.rows(f"{WAVES} {where} ORDER BY w.id", values)]


def add_ruling(catalog: Catalog, wave: Wave, judgement: Judgement, person: str, not_faults: Sequence[str]) -> None:
    """Release or stop an open wave by what its sample showed. Raises ConflictError where that changed meanwhile."""
    actions = {SampleState.PASSED: "release", SampleState.STOPPED: "stop"}
    with catalog.writing():
        now = waves(catalog, "WHERE w.id = ?", [wave.id], not_faults)
        if now != [wave] or wave.state is not WaveState.OPEN:
            raise ConflictError(f"Wave {wave.number} of batch “{wave.batch}” has changed; look at it again.")
        at = chain.stamp(catalog)
        figures = {name: getattr(judgement, name) for name in ("bad", "looked", "counts_as", "bound")}
        ruling = catalog.add(
            "ruling",
            wave=wave.id,
            action=actions[judgement.state],
            reason=judgement.sentence,
            figures=json.dumps(figures),
            person=person_id(catalog, person),
            at=at,
        )
        chain.append(catalog, "ruling", ruling, at)


def released(catalog: Catalog, batch: int) -> frozenset[int]:
    """Return the images whose current version is in a wave that was released."""
    return frozenset(row["image"] for row in catalog.rows(RELEASED, [batch]))


def _wave(catalog: Catalog, row: Row, not_faults: Sequence[str]) -> Wave:
    rule, found = json.loads(row["rule"]), _findings(catalog, row["id"], not_faults)
    known = catalog.row(KNOWN, [row["id"]]) or {}
    names = ("id", "number", "share", "images", "at", "reason")
    return Wave(
        batch=row["batch_name"],
        state=WaveState(row["state"]),
        population=rule["population"],
        limit=rule["limit"],
        confidence=rule["confidence"],
        findings=found,
        to_look=found.waiting + known["waiting"],
        drawn=sum(found.drawn.values()) + known["known"],
        extends=rule.get("extends", 0),
        person=row["name"],
        **{name: row[name] for name in names},
    )


def _findings(catalog: Catalog, wave: int, not_faults: Sequence[str]) -> Findings:
    drawn: dict[str, int] = {}
    sums = {"waiting": 0, "good": 0, "bad": 0}
    for row in catalog.rows(FINDINGS, {"wave": wave, "not_faults": json.dumps([*not_faults])}):
        drawn[row["stratum"]] = drawn.get(row["stratum"], 0) + row["images"]
        sums[row["finding"]] += row["images"]
    return Findings(drawn, **sums)
