"""The staged rollout: which images may leave now, and the ruling on a wave whose sample was looked at."""

from dataclasses import replace

from pipeline.batch.rollout import judge
from pipeline.errors import KnownError
from pipeline.model import Judgement
from pipeline.model import SampleState
from pipeline.model import Wave
from pipeline.model import WaveState
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


def judgement(wave: Wave) -> Judgement:
    """Return what the audit of a wave says now."""
    said = judge(wave.findings, wave.population, limit=wave.limit, confidence=wave.confidence)
    if said.state is SampleState.STOPPED or not wave.to_look:
        return said
    # Known answers are part of the audit: whoever left them to the last would learn which they are.
    sentence = f"{said.bad} of {said.looked} bad so far, {wave.to_look} wait for the audit"
    return replace(said, state=SampleState.WAITING, waiting=wave.to_look, sentence=sentence)


def rule(store: Store, batch: str, settings: Settings, *, by: str) -> tuple[Wave, Judgement]:
    """Release the open wave of a batch or stop the batch, as its sample says; returns the wave as it stands now.

    While images of the sample wait, nothing is ruled. Raises KnownError where no wave is open, ConflictError where
    somebody else ruled meanwhile.
    """
    not_faults = settings.release.not_faults
    waves = store.waves(batch, not_faults)
    if waves and waves[-1].state is WaveState.STOPPED:
        raise KnownError(_stop_sentence(waves[-1]))
    if not waves or waves[-1].state is not WaveState.OPEN:
        raise KnownError(f"Batch “{batch}” has no wave that waits for a ruling; draw its sample with audit first.")
    wave = waves[-1]
    said = judgement(wave)
    if said.state is SampleState.WAITING:
        return wave, said
    store.add_ruling(wave, said, by, not_faults)
    return store.waves(batch, not_faults)[-1], said


def _stop_sentence(wave: Wave) -> str:
    return (
        f"Batch “{wave.batch}” is stopped since wave {wave.number}: {wave.reason}; "
        f"roll back the wave, or the whole batch, so that its images are looked at again."
    )
