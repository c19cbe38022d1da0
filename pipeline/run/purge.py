"""The purge by the studio's settings: what its clients want kept, for how long."""

from pipeline.settings import Settings
from pipeline.store.retention import Terms


def terms(settings: Settings) -> Terms:
    """Return how long files are kept: a client's own days, else those of [retention]."""

    def keep_days(client: str) -> float:
        own = settings.client(client).keep_days
        return settings.retention.keep_days if own is None else own

    return Terms(keep_days, settings.retention.viewing_days, settings.retention.orphan_hours)
