"""Which images of a batch make the next wave, and which of those a person must look at: drawn by lot, by stratum."""

import math
import random
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from pipeline.batch.rollout import stricter
from pipeline.measure.statistics import allocate
from pipeline.measure.statistics import apportion
from pipeline.measure.statistics import smallest_clean
from pipeline.model import Candidate
from pipeline.model import Draw
from pipeline.model import Wave
from pipeline.settings import Release


def draw_wave(
    population: Sequence[Candidate], *, earlier: int, number: int, stops: int, rule: Release, seed: int
) -> Draw:
    """Draw the wave `number` (from 1 on) out of `population`, all that may leave and is in no wave yet.

    `earlier` images are in earlier waves already; `stops` samples of this batch stopped it before, and each of them
    halves the doubt that the next one may leave, so that trying again does not make a bad batch pass. The sample is
    the settings' share of the wave, at least so many per stratum and so many that a clean one can pass.
    """
    sizes = _count(population)
    share = rule.waves[min(number, len(rule.waves)) - 1]
    confidence = stricter(rule.confidence, stops)
    least = max(rule.least_per_batch, smallest_clean(rule.most_bad, confidence))
    wanted = math.ceil(share * (len(population) + earlier)) - earlier
    if number >= len(rule.waves):
        wanted = len(population)
    wave = _wave_sizes(sizes, wanted, rule.least_per_stratum, least)
    drawn = allocate(wave, share=rule.sample_share, least=rule.least_per_stratum, least_effective=min(least, wanted))
    drawn = _grown(drawn, wave, sizes, least)
    lot = random.Random(seed)
    images, sampled = [], []
    for stratum in sorted(sizes):
        members = sorted((one for one in population if one.stratum == stratum), key=lambda one: one.image)
        chosen = lot.sample(members, wave[stratum])
        images += chosen
        sampled += [one.image for one in lot.sample(chosen, drawn[stratum])]
    ordered = tuple(sorted(images, key=lambda one: one.image))
    return Draw(share, seed, ordered, frozenset(sampled), sizes, rule.most_bad, confidence)


def draw_more(free: Sequence[Candidate], more: Mapping[str, int], *, wave: Wave, seed: int) -> Draw:
    """Draw so many `more` of each stratum out of `free`, all of them to be looked at and ruled on with `wave`."""
    lot = random.Random(seed)
    images: list[Candidate] = []
    for stratum in sorted(more):
        members = sorted((one for one in free if one.stratum == stratum), key=lambda one: one.image)
        images += lot.sample(members, more[stratum])
    ordered = tuple(sorted(images, key=lambda one: one.image))
    about = {"population": wave.population, "limit": wave.limit, "confidence": stricter(wave.confidence)}
    return Draw(wave.share, seed, ordered, frozenset(one.image for one in images), extends=wave.id, **about)


def _wave_sizes(sizes: dict[str, int], wanted: int, least_per_stratum: int, least: int) -> dict[str, int]:
    """How many of each stratum go into the wave: its share, but enough to sample what has to be sampled."""
    fair = apportion(sizes, wanted)
    floor = allocate(sizes, share=0.0, least=least_per_stratum, least_effective=least)
    return {name: max(fair[name], floor[name]) for name in sizes}


def _grown(drawn: dict[str, int], wave: dict[str, int], population: dict[str, int], least: int) -> dict[str, int]:
    """The sample, enlarged until it counts for the population, and not only for the wave, as much as it must."""
    needed = allocate(population, share=0.0, least=0, least_effective=least)
    return {name: min(wave[name], max(drawn[name], needed[name])) for name in wave}


def plausible_name(file: str, taken: Iterable[str]) -> str:
    """Return a name like `file`, in its folder, that none of `taken` is, as of a second photo of the same thing."""
    used, number = set(taken), 1
    stem, dot, suffix = file.rpartition(".")
    while (name := f"{stem}-{(number := number + 1)}{dot}{suffix}") in used:
        pass
    return name


def _count(population: Iterable[Candidate]) -> dict[str, int]:
    return dict(Counter(one.stratum for one in population))
