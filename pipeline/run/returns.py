"""Returns of a shop: its file taken in, and joined to the versions that were live on each day."""

import hashlib
from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path

from pipeline.batch.returns import ReturnReport
from pipeline.batch.returns import Shown
from pipeline.batch.returns import Table
from pipeline.batch.returns import compare
from pipeline.batch.returns import days_of_change
from pipeline.batch.returns import middle_day
from pipeline.batch.returns import read_sales
from pipeline.batch.tables import decoded
from pipeline.errors import KnownError
from pipeline.run.verifying import read_file
from pipeline.store.store import Store

MOST_BYTES = 256 << 20


def import_sales(store: Store, path: Path, *, columns: Mapping[str, str], format: str = "") -> Table:
    """Take a shop's table of sales and returns in; which column is what is remembered for its next file.

    Raises KnownError where it cannot be read or understood.
    """
    data = read_file(path)
    if len(data) > MOST_BYTES:
        raise KnownError(f"{path} is larger than {MOST_BYTES >> 20} MB; send it in parts.")
    remembered = store.sale_mappings()
    table = read_sales(decoded(data), name=path.name, columns=columns, remembered=remembered, format=format)
    digest = hashlib.sha256(data).hexdigest()
    store.add_sales(file=path.name, sha256=digest, mapping=table.mapping, rows=table.rows)
    return table


def return_report(store: Store) -> ReturnReport:
    """Compare the return rates of products before and after their first delivery with those never delivered."""
    shown = [
        Shown(one.sku, _day(one.since), one.category, one.engine, None if one.until is None else _day(one.until))
        for one in store.live_versions()
    ]
    products = store.sold_products()
    return compare(store.sales(days_of_change(shown), middle_day(products, shown)), shown)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at / 1e9, UTC).date()
