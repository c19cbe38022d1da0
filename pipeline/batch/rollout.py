"""What the sample of a wave says: whether the wave may leave, the batch has to stop, or there is more to look at."""

from pipeline.measure.statistics import effective_size
from pipeline.measure.statistics import percent
from pipeline.measure.statistics import upper_bound
from pipeline.model import Findings
from pipeline.model import Judgement
from pipeline.model import SampleState


def judge(findings: Findings, population: dict[str, int], *, limit: float, confidence: float) -> Judgement:
    """Judge a sample of `population` (images by stratum) by the upper bound of the share of bad images.

    It passes when the bound is at most `limit` (0..1) at `confidence`, or when nothing was left unseen; it stops as
    soon as no further clean image could bring the bound down to the limit. A stratified sample counts as large as its
    thinnest stratum allows.
    """
    counts_as = effective_size(findings.drawn, population)
    everything = sum(findings.drawn.values()) >= sum(population.values())
    # What waits is taken for clean here: if even that is too much, looking further changes nothing.
    best = upper_bound(min(findings.bad, counts_as), counts_as, confidence)
    if best > limit and not everything:
        state = SampleState.STOPPED
    else:
        state = SampleState.WAITING if findings.waiting else SampleState.PASSED
    values = {"bad": findings.bad, "looked": findings.looked, "waiting": findings.waiting, "counts_as": counts_as}
    sentence = _sentence(findings, state, counts_as, best, limit, confidence, everything=everything)
    return Judgement(state=state, bound=best, sentence=sentence, **values)


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
    seen = f"{findings.bad} of {findings.looked} bad"
    sure = f"{confidence * 100:g} %"
    if state is SampleState.WAITING:
        return f"{seen} so far, {findings.waiting} wait for the audit"
    if everything:
        return f"{seen}, and every image was looked at: those that were found good may leave"
    thin = "" if counts_as >= findings.looked else f" (the sample counts as {counts_as}: small groups are drawn fully)"
    if state is SampleState.STOPPED:
        left = f", {findings.waiting} not looked at" if findings.waiting else ""
        return f"{seen}{left}: up to {percent(bound)} of the batch may be at {sure}{thin}, {percent(limit)} are allowed"
    return f"{seen}: at most {percent(bound)} at {sure}{thin}, {percent(limit)} are allowed"
