"""The client's `sheet.csv`: one row of metadata per photo; what is wrong with a row is said by its line number."""

import csv
import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline.batch.codes import is_asin
from pipeline.batch.codes import is_gtin
from pipeline.batch.tables import column_name
from pipeline.batch.tables import decoded
from pipeline.batch.tables import printable
from pipeline.batch.tables import records
from pipeline.sentences import say

NAME: Final = "sheet.csv"
COLUMNS: Final = ("file", "sku", "asin", "gtin", "category", "tags", "shoot", "client", "reference", "inside")

_MAX_BYTES: Final = 32 << 20
_TAG_SEPARATORS: Final = re.compile(r"[,;|]")


class _RowError(ValueError):
    """What is wrong with one row, as the end of a sentence."""


@dataclass(frozen=True)
class Row:
    """One row: known columns by name, normalised; `notes` holds the cells of all others by their column."""

    line: int
    file: str
    values: dict[str, str]
    tags: tuple[str, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read: its good rows, and a sentence for everything that was skipped."""

    path: Path
    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """Rows by the file they describe, and a sentence for every row that describes none or one that has a row.

    `missing` are those of the sentences that say that there is no such photo.
    """

    rows: Mapping[str, Row]
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """Read a sheet in UTF-8 (with or without BOM), UTF-16 or Windows-1252, split by comma, semicolon or tab.

    A row is skipped, and said so, where it names no file or one that an earlier row named, has more cells than the
    sheet has columns, or holds an ASIN or GTIN that cannot be one.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            return Sheet(path, (), (say("sheet_large", sheet=path.name),))
        text = decoded(path.read_bytes())
    except OSError as error:
        return Sheet(path, (), (say("sheet_closed", sheet=path.name, reason=error.strerror),))
    lines = records(text, COLUMNS.__contains__)
    header = next(lines, (1, []))[1]
    columns = [column_name(cell) for cell in header]
    if "file" not in columns:
        return Sheet(path, (), (say("sheet_bare", sheet=path.name),))
    return _read_rows(path, columns, lines)


def match_rows(sheet: Sheet, files: Iterable[str]) -> Matched:
    """Give each row its file: by path below the sheet's folder, else by name, else by name without extension.

    `files` are the paths below the sheet's folder, with `/`. Capitals only tell files apart that share a name without
    them; a name that fits several files fits none.
    """
    known = list(files)
    keys = [_index(known, key) for key in (str, _key, _name_key, _stem_key)]
    rows: dict[str, Row] = {}
    problems, missing = [], []
    for row in sheet.rows:
        wanted = (row.file, _key(row.file), _name_key(row.file), _key(row.file))
        found = next((index[key] for index, key in zip(keys, wanted, strict=True) if key in index), None)
        if found is None:
            missing.append(say("row_without", sheet=sheet.path.name, line=row.line, file=row.file))
            problems.append(missing[-1])
        elif found in rows:
            lines = {"line": row.line, "earlier": rows[found].line}
            problems.append(say("row_twice", sheet=sheet.path.name, file=found, **lines))
        else:
            rows[found] = row
    return Matched(rows, tuple(problems), tuple(missing))


def normalised_tag(text: str) -> str:
    """Return a category or tag as the settings spell it: lower case, words joined by underscores."""
    return re.sub(r"[\s\-]+", "_", text.strip().lower())


def _read_rows(path: Path, columns: list[str], lines: Iterator[tuple[int, list[str]]]) -> Sheet:
    rows: list[Row] = []
    problems: list[str] = []
    try:
        for line, cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                rows.append(_row(line, columns, cells))
            except _RowError as error:
                problems.append(say("row_wrong", sheet=path.name, line=line, why=error))
    except csv.Error as error:
        last = rows[-1].line if rows else 1
        problems.append(say("sheet_end", sheet=path.name, line=last, error=error))
    return Sheet(path, tuple(rows), tuple(problems))


def _row(line: int, columns: list[str], cells: list[str]) -> Row:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        raise _RowError(say("row_cells", cells=len(cells), columns=len(columns)))
    named = {column: printable(cell) for column, cell in zip(columns, cells, strict=False) if column}
    file = named.get("file", "").replace("\\", "/").removeprefix("./")
    if not file:
        raise _RowError(say("row_no_file"))
    values = {column: named[column] for column in COLUMNS if named.get(column) and column not in ("file", "tags")}
    if "asin" in values:
        values["asin"] = _checked_asin(values["asin"])
    if "gtin" in values:
        values["gtin"] = _checked_gtin(values["gtin"])
    if "category" in values:
        values["category"] = normalised_tag(values["category"])
    tags = tuple(tag for part in _TAG_SEPARATORS.split(named.get("tags", "")) if (tag := normalised_tag(part)))
    notes = {column: cell for column, cell in named.items() if column not in COLUMNS and cell}
    return Row(line, file, values, tuple(dict.fromkeys(tags)), notes)


def _checked_asin(text: str) -> str:
    asin = text.upper()
    if not is_asin(asin):
        raise _RowError(say("row_asin", text=text))
    return asin


def _checked_gtin(text: str) -> str:
    gtin = re.sub(r"[\s\-]", "", text)
    if not is_gtin(gtin):
        raise _RowError(say("row_gtin", text=text))
    return gtin


def _index(files: list[str], key: Callable[[str], str]) -> dict[str, str]:
    """Map keys to files, leaving out every key that several files share."""
    groups: dict[str, list[str]] = {}
    for file in files:
        groups.setdefault(key(file), []).append(file)
    return {each: members[0] for each, members in groups.items() if len(members) == 1}


def _key(file: str) -> str:
    return unicodedata.normalize("NFC", file).casefold()


def _name_key(file: str) -> str:
    return _key(file).rsplit("/", 1)[-1]


def _stem_key(file: str) -> str:
    return _key(file).rsplit(".", 1)[0]
