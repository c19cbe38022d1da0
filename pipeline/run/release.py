"""The staged rollout: which images may leave now, and the ruling on a wave whose sample was looked at."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace

from pipeline.batch.rollout import judge
from pipeline.errors import KnownError
from pipeline.model import Findings
from pipeline.model import Judgement
from pipeline.model import SampleState
from pipeline.model import Wave
from pipeline.model import WaveState
from pipeline.run.audit import draw_further
from pipeline.settings import Settings
from pipeline.store.store import Store


def released(store: Store, batch: str, settings: Settings) -> frozenset[int] | None:
    """Return the ids of the images that may leave now; None where the batch leaves without waves.

    A batch leaves in waves when the settings say so or once an audit was begun for it. Raises KnownError where a
    sample stopped it: then nothing leaves.
    """
    waves = store.waves(batch, settings.release.not_faults)
    if not waves and not settings.release.staged:
        return None
    stopped = [wave for wave in waves if wave.state is WaveState.STOPPED]
    if stopped:
        raise KnownError(_stop_sentence(stopped[-1]))
    return store.released_images(batch)


def judgements(store: Store, batch: str, settings: Settings) -> list[tuple[Wave, Judgement]]:
    """Return the waves of a batch, oldest first, with what their samples say now; more of one is judged with it."""
    waves = store.waves(batch, settings.release.not_faults)
    free = _free(store, batch) if waves and waves[-1].state is WaveState.OPEN else {}
    said: dict[int, Judgement] = {}
    for place in range(len(waves)):
        together = _together(waves[: place + 1])
        # What is more of a wave speaks for that one, too.
        said |= dict.fromkeys((one.id for one in together), _judgement(together, free))
    return [(wave, said[wave.id]) for wave in waves]


def rule(store: Store, batch: str, settings: Settings, *, by: str) -> tuple[Wave, Judgement]:
    """Release the open wave of a batch or stop the batch, as its sample says; returns the wave as it stands now.

    While images of the sample wait, nothing is ruled; where so few cannot tell, more are drawn, which wait then. Raises
    KnownError where no wave is open, ConflictError where somebody else ruled meanwhile.
    """
    not_faults = settings.release.not_faults
    waves = store.waves(batch, not_faults)
    if waves and waves[-1].state is WaveState.STOPPED:
        raise KnownError(_stop_sentence(waves[-1]))
    if not waves or waves[-1].state is not WaveState.OPEN:
        raise KnownError(f"Batch “{batch}” has no wave that waits for a ruling; draw its sample with audit first.")
    wave, together = waves[-1], _together(waves)
    said = _judgement(together, _free(store, batch))
    if said.state is SampleState.WAITING:
        return wave, said
    if said.state is SampleState.UNSURE:
        more = draw_further(store, batch, wave, said.more, settings, by=by)
        sentence = f"{said.sentence}, so {more.to_look} more were drawn: look at them"
        return more, replace(said, state=SampleState.WAITING, waiting=more.to_look, sentence=sentence)
    for one in reversed(together):
        if one.state is WaveState.OPEN:
            store.add_ruling(one, said, by, not_faults)
    return store.waves(batch, not_faults)[-1], said


def _free(store: Store, batch: str) -> Counter[str]:
    return Counter(one.stratum for one in store.candidates(batch))


def _together(waves: Sequence[Wave]) -> list[Wave]:
    """The last of these waves, and those before it that it is more of, oldest first."""
    together = [waves[-1]]
    while together[0].extends:
        together.insert(0, next(wave for wave in waves if wave.id == together[0].extends))
    return together


def _judgement(together: Sequence[Wave], free: Mapping[str, int]) -> Judgement:
    """What the audit of these waves says now; `free`: what could be drawn beyond them, by stratum."""
    last, to_look = together[-1], sum(wave.to_look for wave in together)
    said = judge(_merged(together), last.population, limit=last.limit, confidence=last.confidence, free=free)
    if said.state is SampleState.STOPPED or not to_look:
        return said
    # Known answers are part of the audit: whoever left them to the last would learn which they are.
    sentence = f"{said.bad} of {said.looked} bad so far, {to_look} wait for the audit"
    return replace(said, state=SampleState.WAITING, waiting=to_look, sentence=sentence)


def _merged(waves: Sequence[Wave]) -> Findings:
    found = [wave.findings for wave in waves]
    drawn: Counter[str] = Counter()
    for one in found:
        drawn.update(one.drawn)
    return Findings(dict(drawn), *(sum(getattr(one, name) for one in found) for name in ("waiting", "good", "bad")))


def _stop_sentence(wave: Wave) -> str:
    return (
        f"Batch “{wave.batch}” is stopped since wave {wave.number}: {wave.reason}; "
        f"roll back the wave, or the whole batch, so that its images are looked at again."
    )
