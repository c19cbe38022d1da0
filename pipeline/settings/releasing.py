"""The tables of `resources/settings.toml` about how a batch leaves and how long its files are kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Release:
    """The staged rollout: which samples are looked at, and when a wave may leave. Shares are 0..1.

    Attributes:
        staged: no batch leaves without waves; else only those for which an audit was begun.
        waves: of the batch, each with all before it; the last one takes what is left, as often as needed.
        sample_share: of a wave, at least `least_per_stratum` of each kind and `least_per_batch`.
        most_bad: the bound of the share of bad images, at `confidence`, up to which a wave is released.
        known_share: of the sample, so many known answers come on top.
        not_faults: reasons for sending back that say nothing against the image.
    """

    staged: bool
    waves: tuple[float, ...]
    sample_share: float
    least_per_stratum: int
    least_per_batch: int
    most_bad: float
    confidence: float
    known_share: float
    not_faults: tuple[str, ...]


@dataclass(frozen=True)
class Retention:
    """For how many days after a batch's last delivery its originals and edits are kept, and its viewing copies.

    `orphan_hours`: how old a file must be that belongs to no image, before it may go. `most_share` (0..1): of the bytes
    of all files, so many a purge removes without being told that it is meant.
    """

    keep_days: float
    viewing_days: float
    orphan_hours: float
    most_share: float
