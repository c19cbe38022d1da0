"""The table of `resources/settings.toml` about files that lie in a bucket."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Storage:
    """How a bucket is spoken to, and how much of it each machine keeps at hand to read.

    Attributes:
        cache_gigabytes: of files on this machine; the longest unused go first.
        cache_days: what nobody used for so long goes, too, so that what was purged does not stay for ever.
        cache_minutes: what was used a moment ago never goes, since a program may be about to open it.
        connect_seconds, answer_seconds: for how long one try waits.
        tries: of each request, with pauses that grow.
        part_megabytes: larger files travel in parts of this size.
    """

    cache_gigabytes: float
    cache_days: float
    cache_minutes: float
    connect_seconds: float
    answer_seconds: float
    tries: int
    part_megabytes: int
