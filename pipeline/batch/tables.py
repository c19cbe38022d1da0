"""Tables that people send as CSV, in whatever encoding and with whatever separator their program writes."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterator
from typing import Final

DELIMITERS: Final = ",;\t"
MAX_CELL: Final = 2000
"""Letters; what is longer is cut."""


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without byte order mark), UTF-16 or Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def records(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number where each record begins (a quoted cell may hold line breaks), and its cells.

    The separator is the one by which most columns of the first line are known. Raises csv.Error in the midst of it.
    """
    first = text.partition("\n")[0]
    cells_of = {mark: [column_name(cell.strip('"')) for cell in first.split(mark)] for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: sum(map(is_known, cells_of[mark])))
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def column_name(cell: str) -> str:
    """Return a heading as columns are compared: lower case, words joined by underscores."""
    return re.sub(r"\s+", "_", printable(cell).lower())


def printable(cell: str) -> str:
    """Return a cell's text composed, without what cannot be shown, at most `MAX_CELL` letters."""
    clean = "".join(letter if letter.isprintable() else " " for letter in cell)
    return unicodedata.normalize("NFC", clean).strip()[:MAX_CELL]
