"""What the sample of a wave says: whether the wave may leave, the batch has to stop, or there is more to look at."""

from collections.abc import Mapping

from pipeline.measure.statistics import allocate
from pipeline.measure.statistics import effective_size
from pipeline.measure.statistics import percent
from pipeline.measure.statistics import smallest_passing
from pipeline.measure.statistics import upper_bound
from pipeline.model import Findings
from pipeline.model import Judgement
from pipeline.model import SampleState
from pipeline.sentences import say


def stricter(confidence: float, times: int = 1) -> float:
    """Return the confidence for another try: each halves the doubt, so that trying again passes nothing bad."""
    return 1 - (1 - confidence) / 2**times


def judge(
    findings: Findings,
    population: dict[str, int],
    *,
    limit: float,
    confidence: float,
    free: Mapping[str, int] | None = None,
) -> Judgement:
    """Judge a sample of `population` (images by stratum) by the upper bound of the share of bad images.

    It passes when the bound is at most `limit` (0..1) at `confidence`, or when nothing was left unseen; it stops as
    soon as no further clean image could bring the bound down to the limit. A stratified sample counts as large as its
    thinnest stratum allows.

    Where only the small number speaks against the images, since no larger share of the sample is bad than is allowed,
    and enough of them are `free` to be drawn, it is unsure instead: more must be looked at.
    """
    counts_as = effective_size(findings.drawn, population)
    everything = sum(findings.drawn.values()) >= sum(population.values())
    # What waits is taken for clean here: if even that is too much, looking further changes nothing.
    best = upper_bound(min(findings.bad, counts_as), counts_as, confidence)
    more = {}
    if best > limit and not everything:
        more = _more(findings, population, limit, confidence, free or {})
        state = SampleState.STOPPED if not more else SampleState.WAITING if findings.waiting else SampleState.UNSURE
    else:
        state = SampleState.WAITING if findings.waiting else SampleState.PASSED
    values = {"bad": findings.bad, "looked": findings.looked, "waiting": findings.waiting, "counts_as": counts_as}
    sentence = _sentence(findings, state, counts_as, best, limit, confidence, everything=everything)
    return Judgement(state=state, bound=best, confidence=confidence, sentence=sentence, more=more, **values)


def _more(
    findings: Findings, population: dict[str, int], limit: float, confidence: float, free: Mapping[str, int]
) -> dict[str, int]:
    """How many more of each stratum would settle it, if all of them are clean; empty where that cannot be."""
    if findings.bad > limit * sum(findings.drawn.values()):
        return {}
    wanted = smallest_passing(findings.bad, limit, stricter(confidence))
    needed = allocate(population, share=0.0, least=0, least_effective=wanted)
    more = {name: max(0, needed[name] - findings.drawn.get(name, 0)) for name in population}
    drawn = {name: more[name] + findings.drawn.get(name, 0) for name in population}
    if effective_size(drawn, population) < wanted or any(more[name] > free.get(name, 0) for name in more):
        return {}
    return more


def _sentence(
    findings: Findings,
    state: SampleState,
    counts_as: int,
    bound: float,
    limit: float,
    confidence: float,
    *,
    everything: bool,
) -> str:
    seen = {"bad": findings.bad, "looked": findings.looked}
    if state is SampleState.WAITING:
        return say("wave_waits", **seen, waiting=findings.waiting)
    if everything:
        return say("wave_seen", **seen)
    thin = "" if counts_as >= findings.looked else "_thin"
    told = {"bound": percent(bound), "sure": f"{confidence * 100:g} %", "allowed": percent(limit), "counts": counts_as}
    if state is SampleState.STOPPED:
        left = "_early" if findings.waiting else ""
        return say(f"wave_stopped{left}{thin}", **seen, **told, waiting=findings.waiting)
    good = say(f"wave_good{thin}", **seen, **told)
    return say("wave_unsure", why=good) if state is SampleState.UNSURE else good
