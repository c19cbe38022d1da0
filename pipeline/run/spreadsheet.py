"""Tables for people: CSV that a spreadsheet opens as it is meant, whatever clients call their files."""

import csv
import io
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Final

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([plain_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def plain_cell(value: object) -> str:
    """Return a value as text that a spreadsheet shows; numbers stay what they are."""
    text = str(value)
    # A name that a spreadsheet would calculate is data; the apostrophe says so and is not shown.
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text
