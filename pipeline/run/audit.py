"""The audit before a release: a sample is drawn from what may leave, and with it a few images whose answer is known."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pipeline.batch.sampling import draw_more
from pipeline.batch.sampling import draw_wave
from pipeline.batch.sampling import plausible_name
from pipeline.color import srgb_profile
from pipeline.errors import KnownError
from pipeline.framing import resample
from pipeline.model import Outcome
from pipeline.model import State
from pipeline.model import Version
from pipeline.model import Wave
from pipeline.photo_io.delivered import read_delivered
from pipeline.photo_io.encode import encode
from pipeline.photo_io.pyramid_tiff import encode_pyramid
from pipeline.run.pictures import TILES_FROM
from pipeline.run.pictures import make_thumbnail
from pipeline.run.pictures import read_mask
from pipeline.run.pictures import shrink
from pipeline.run.seeded import SEEDS
from pipeline.run.seeded import seeded
from pipeline.settings import Settings
from pipeline.store.files import Files
from pipeline.store.known_answers import KnownAnswer
from pipeline.store.store import Store


def draw_sample(store: Store, batch: str, settings: Settings, *, by: str, seed: int | None = None) -> Wave:
    """Draw the next wave of a batch and the sample that must be looked at before it leaves; both are on record.

    The sample, auto-approved images among it, waits in the audit queue from now on. Raises ConflictError while a wave
    is not ruled on or has stopped the batch, KnownError where nothing may leave yet.
    """
    earlier, number, stops = store.in_waves(batch)
    population = store.candidates(batch)
    if not population:
        raise KnownError(f"Batch “{batch}” has no further image that may leave; approve some first.")
    chosen = secrets.randbits(48) if seed is None else seed
    draw = draw_wave(population, earlier=earlier, number=number, stops=stops, rule=settings.release, seed=chosen)
    wave = store.add_wave(batch, draw, by)
    store.add_known_answers(wave, _known_answers(store, batch, len(draw.sampled), settings, chosen))
    return store.waves(batch, settings.release.not_faults)[-1]


def draw_further(store: Store, batch: str, wave: Wave, more: Mapping[str, int], settings: Settings, *, by: str) -> Wave:
    """Draw so many `more` of each stratum beyond an open wave, to be looked at and ruled on together with it.

    Raises ConflictError where the batch changed meanwhile.
    """
    chosen = secrets.randbits(48)
    draw = draw_more(store.candidates(batch), more, wave=wave, seed=chosen)
    number = store.add_wave(batch, draw, by)
    store.add_known_answers(number, _known_answers(store, batch, len(draw.sampled), settings, chosen))
    return store.waves(batch, settings.release.not_faults)[-1]


def _known_answers(store: Store, batch: str, sampled: int, settings: Settings, seed: int) -> list[KnownAnswer]:
    """Every other one with a fault, the others as good as they were; none where nobody found an image good before."""
    wanted = max(1, round(settings.release.known_share * sampled)) if settings.release.known_share else 0
    rng = np.random.default_rng(seed)
    records = [entry.record for entry in store.entries(batch)]
    taken, made = {record.file for record in records}, []
    for place, source in enumerate(store.known_sources(batch, wanted)):
        version = store.version(source)
        defect = str(rng.choice(sorted(SEEDS))) if place % 2 == 0 else ""
        outcome = _outcome(version, defect, store.files, settings, rng)
        if outcome is None:
            continue
        beside = records[int(rng.integers(len(records)))]
        name = plausible_name(beside.file, taken)
        taken.add(name)
        made.append(KnownAnswer(source, name, beside.sku, defect, outcome))
    return made


def _outcome(
    version: Version, defect: str, files: Files, settings: Settings, rng: np.random.Generator
) -> Outcome | None:
    """The outcome of a good version as the line would tell it, with a fault in its picture; None where it is purged."""
    outcome = replace(version.outcome, state=State.AUDIT, needs_sign_off=False)
    if outcome.result is None or outcome.mask is None or outcome.frame is None:
        return None
    if not files.has(outcome.result) or not files.has(outcome.mask):
        return None
    if not defect:
        return outcome
    mask = resample(read_mask(files.read(outcome.mask)), outcome.frame, outside=0.0)
    picture = seeded(defect, read_delivered(files.read(outcome.result)).rgb, mask, rng)
    tiles = None
    if max(picture.shape[:2]) > TILES_FROM:
        tiles = files.put_bytes(encode_pyramid(picture, icc=srgb_profile()))
    return replace(
        outcome,
        result=files.put_bytes(encode(picture, format="png", icc=srgb_profile())),
        thumbnail=files.put_bytes(make_thumbnail(shrink(picture, settings.ingest.thumbnail_side))),
        tiles=tiles,
    )
