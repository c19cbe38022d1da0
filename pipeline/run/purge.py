"""The purge by the studio's settings: what its clients want kept, for how long."""

from pipeline.settings import Settings
from pipeline.store.retention import Terms


def terms(settings: Settings, *, over_limit: bool = False) -> Terms:
    """Return how long files are kept: a client's own days, else those of [retention].

    `over_limit`: a person means it, however much goes.
    """

    def keep_days(client: str) -> float:
        own = settings.client(client).keep_days
        return settings.retention.keep_days if own is None else own

    kept, share = settings.retention, 1.0 if over_limit else settings.retention.most_share
    return Terms(keep_days, kept.viewing_days, kept.orphan_hours, share)
