"""How the images of a batch will be called at a platform: one row each, before anything is rendered."""

from pipeline.batch.names import NameRow
from pipeline.batch.names import angle_of
from pipeline.batch.names import plan_names
from pipeline.model import State
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.settings import Settings
from pipeline.store.store import Store

GONE = (State.REJECTED, State.FAILED)
READY = (State.APPROVED, State.READY, State.DELIVERED)


def name_rows(store: Store, batch: str, platform: str, settings: Settings) -> list[NameRow]:
    """Return a row for every image that is not rejected or failed, in the batch's order.

    Images of several clients are named by their own client's rules, each client for itself, as an export does it.
    """
    entries = [entry for entry in store.entries(batch) if entry.state not in GONE]
    plans = {}
    for client in dict.fromkeys(entry.record.client for entry in entries):
        rules = settings.platform(platform, client)
        own = [entry for entry in entries if entry.record.client == client]
        extension = EXTENSIONS[rules.formats[0]]
        plans[client] = (extension, plan_names(own, rules, naming=settings.naming, extension=extension))
    rows = []
    for entry in entries:
        record, (extension, plan) = entry.record, plans[entry.record.client]
        name = plan.names.get(record.id)
        rows.append(
            NameRow(
                record.id,
                record.file,
                record.sku,
                record.asin,
                record.gtin,
                angle_of(record, settings.naming),
                f"{name}.{extension}" if name else "",
                plan.problems.get(record.id, ""),
                entry.state not in READY,
            )
        )
    return rows
