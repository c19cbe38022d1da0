"""Returns: what a shop's table says, and whether new pictures changed how much comes back. Counts in, intervals out."""

import csv
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import lru_cache
from statistics import median_low
from typing import Final

from pipeline.batch.tables import column_name
from pipeline.batch.tables import printable
from pipeline.batch.tables import records
from pipeline.errors import KnownError
from pipeline.measure.statistics import Interval
from pipeline.measure.statistics import clustered_rate
from pipeline.measure.statistics import difference
from pipeline.measure.statistics import percent
from pipeline.model import Sale

WANTED: Final = ("sku", "date", "sold", "returned")
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "sku": ("sku", "article", "artikel", "artikelnummer", "item", "product", "seller_sku"),
    "date": ("date", "day", "datum", "order_date", "tag", "bestelldatum"),
    "sold": ("sold", "units", "units_sold", "quantity", "qty", "verkauft", "menge", "orders"),
    "returned": ("returned", "returns", "units_returned", "retouren", "retourniert", "zurück"),
}
"""Headings by which shops call what we want, tried where nobody named a column."""
FORMATS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")
MOST_PROBLEMS: Final = 20
MOST_WORDS: Final = 300
"""Letters of headings that fit into a sentence."""


@dataclass(frozen=True)
class Table:
    """A shop's file as it was understood: its rows, which column is what, and sentences about skipped rows."""

    rows: tuple[Sale, ...]
    mapping: dict[str, str]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """Which version a shop showed for a product, from the day `since` to the day `until` (None: still)."""

    sku: str
    since: date
    category: str
    engine: str
    until: date | None = None


@dataclass(frozen=True)
class _Placed:
    """A sale, whether it came after new pictures, and the version it stands for."""

    sale: Sale
    after: bool
    by: Shown


_NOBODY: Final = Shown("", date.min, "", "")


@dataclass(frozen=True)
class Comparison:
    """Return rates of some products before and after their new pictures, and against products without any.

    All rates and differences are shares of what was sold, 0..1, at 95 %; `net` is the change beyond the controls',
    None without controls.
    """

    name: str
    products: int
    sold_before: int
    sold_after: int
    before: Interval
    after: Interval
    change: Interval
    net: Interval | None

    def sentence(self) -> str:
        """Say what the numbers prove, plainly also where that is nothing."""
        if not self.sold_before or not self.sold_after:
            return f"{self.name}: nothing can be compared; sales before and after the new pictures are needed."
        rates = f"{percent(self.before.value)} before, {percent(self.after.value)} after"
        told = self.net or self.change
        span = f"{_points(told.low)} to {_points(told.high)} points at 95 %"
        against = "beyond products without new pictures" if self.net else "without any product to compare with"
        if not told.excludes_zero:
            return f"{self.name}: {rates}. The numbers prove nothing: {span} {against} is as good as no change."
        way = "Less comes back" if told.high < 0 else "More comes back"
        proven = "" if self.net else "; what else changed meanwhile is in this, too"
        return f"{self.name}: {rates}. {way}: {span} {against}{proven}."


@dataclass(frozen=True)
class Week:
    """What was sold in a week (its Monday) of products with new pictures, and the share that came back."""

    monday: str
    sold: int
    returned: int
    rate: Interval


@dataclass(frozen=True)
class ReturnReport:
    """Everything together, by category, by engine and by week; `controls` are products without new pictures."""

    everything: Comparison
    categories: tuple[Comparison, ...]
    engines: tuple[Comparison, ...]
    weeks: tuple[Week, ...]
    controls: int

    def sentences(self) -> list[str]:
        """Return one sentence for each comparison."""
        return [one.sentence() for one in (self.everything, *self.categories, *self.engines)]


def read_sales(
    text: str, *, name: str, columns: Mapping[str, str], remembered: Sequence[Mapping[str, str]], format: str = ""
) -> Table:
    """Read a table of sales; `columns` names some of its columns, `remembered` are mappings of earlier files.

    Raises KnownError where a column cannot be found or days could mean two things; a row that cannot be used is said.
    """
    named = {what: column_name(column) for what, column in columns.items()}
    hints = {one for names in NAMES.values() for one in names} | set(named.values())
    hints |= {column for mapping in remembered for column in mapping.values()}
    lines = records(text, hints.__contains__)
    try:
        header = [column_name(cell) for cell in next(lines, (1, []))[1]]
        mapping = _mapping(name, header, named, remembered)
        places = {what: header.index(mapping[what]) for what in WANTED}
        raw = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise KnownError(f"{name} cannot be read as CSV ({error}); save it again as CSV.") from error
    format = (
        format or mapping.get("format", "") or _day_format(name, [_cell(cells, places["date"]) for _, cells in raw])
    )
    rows, problems = _rows(name, raw, places, format)
    if not rows:
        raise KnownError(f"{name} has no row that can be used{': ' + problems[0] if problems else ''}.")
    return Table(tuple(rows), {**mapping, "format": format}, tuple(problems))


def compare(sales: Sequence[Sale], shown: Sequence[Shown]) -> ReturnReport:
    """Compare return rates before and after each product's first new picture with products that got none.

    A sale belongs to the version that was live on its day; days on which that changed count for neither side. Controls
    are split at the middle of the products' first days. Products disagree more than chance, so intervals are widened
    by Rao and Scott's design effect; before and after are taken for independent, which is on the safe side for the
    same products.
    """
    live, middle = _by_product(shown), middle_day({sale.sku for sale in sales}, shown)
    treated: list[_Placed] = []
    controls: list[_Placed] = []
    for sale in sales:
        if sale.sku not in live:
            day = _date(sale.day)
            controls += [_Placed(sale, middle is None or day > middle, _NOBODY)] if day != middle else []
        elif placed := _placed(sale, live[sale.sku]):
            treated.append(placed)
    control = _sides(controls)

    def grouped(field: str) -> tuple[Comparison, ...]:
        members: dict[str, list[_Placed]] = {}
        for placed in treated:
            members.setdefault(getattr(placed.by, field), []).append(placed)
        return tuple(_comparison(value or f"no {field}", members[value], control) for value in sorted(members))

    everything = _comparison("All products", treated, control)
    skus = {sale.sku for sale in sales if sale.sku not in live}
    return ReturnReport(everything, grouped("category"), grouped("engine"), _weeks(treated), len(skus))


def days_of_change(shown: Sequence[Shown]) -> dict[str, set[date]]:
    """Return the days on which a product's pictures came or went: what was sold before and after is not one."""
    days: dict[str, set[date]] = {}
    for one in shown:
        days.setdefault(one.sku, set()).update({one.since, one.until or one.since})
    return days


def middle_day(products: Collection[str], shown: Sequence[Shown]) -> date | None:
    """Return the middle of the first days of new pictures among these products, None where none has any."""
    first = [one[0].since.toordinal() for sku, one in _by_product(shown).items() if sku in products]
    return date.fromordinal(median_low(first)) if first else None


def _by_product(shown: Sequence[Shown]) -> dict[str, list[Shown]]:
    live: dict[str, list[Shown]] = {}
    for one in sorted(shown, key=lambda one: one.since):
        live.setdefault(one.sku, []).append(one)
    return live


def _placed(sale: Sale, live: Sequence[Shown]) -> "_Placed | None":
    """The sale with the version that it was shown by, or would be; None on a day that says nothing."""
    day = _date(sale.day)
    if day < live[0].since:
        return _Placed(sale, False, live[0])
    for one in live:
        if one.since < day and (one.until is None or day < one.until):
            return _Placed(sale, True, one)
    return None


def _mapping(
    name: str, header: list[str], named: Mapping[str, str], remembered: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    for what, column in named.items():
        if column not in header:
            raise KnownError(f"{name} has no column “{column}” for {what}; it has {', '.join(header)[:MOST_WORDS]}.")
    for earlier in remembered:
        if all(earlier.get(what) in header for what in WANTED):
            return {**earlier, **named}
    found = {what: next((one for one in names if one in header), "") for what, names in NAMES.items()} | dict(named)
    missing = [what for what in WANTED if not found[what]]
    if missing:
        there = ", ".join(header)[:MOST_WORDS] or "none"
        raise KnownError(
            f"{name}: which column is {missing[0]}? It has {there}; say --column {missing[0]}=NAME, "
            "which is remembered."
        )
    return found


def _day_format(name: str, days: Sequence[str]) -> str:
    fitting = [format for format in FORMATS if all(_day(day, format) for day in days if day)]
    if len(fitting) > 1 and any(days):
        raise KnownError(f"{name}: days like {max(days)} could begin with the day or the month; say --days dmy or mdy.")
    if not fitting:
        # One bad day among good ones is a bad row.
        fitting = [max(FORMATS, key=lambda format: sum(_day(day, format) is not None for day in days))]
    return fitting[0]


def _rows(
    name: str, raw: Sequence[tuple[int, list[str]]], places: Mapping[str, int], format: str
) -> tuple[list[Sale], list[str]]:
    rows, problems = [], []
    for line, cells in raw:
        sku, day = printable(_cell(cells, places["sku"])), _day(_cell(cells, places["date"]), format)
        counts = [_count(_cell(cells, places[what])) for what in ("sold", "returned")]
        if not sku or day is None or None in counts:
            what = "product" if not sku else "day" if day is None else "number"
            problems.append(f"{name} line {line} names no {what} that can be read; row skipped.")
        else:
            rows.append(Sale(sku, day.isoformat(), counts[0] or 0, counts[1] or 0))
    return rows, problems[:MOST_PROBLEMS]


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _day(text: str, format: str) -> date | None:
    try:
        return datetime.strptime(text[:10] if format == FORMATS[0] else text, format).date()
    except ValueError:
        return None


def _count(text: str) -> int | None:
    clean = text.removesuffix(".0")
    return int(clean) if clean.isascii() and clean.isdigit() and len(clean) < 10 else None


@lru_cache(maxsize=10_000)
def _date(day: str) -> date:
    return date.fromisoformat(day)


def _sides(placed: Iterable[_Placed]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Returned and sold by product, before and after."""
    sides: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for one in placed:
        counts = sides[one.after].setdefault(one.sale.sku, [0, 0])
        counts[0] += one.sale.returned
        counts[1] += one.sale.sold
    return sides


def _comparison(
    name: str, placed: Sequence[_Placed], control: tuple[dict[str, list[int]], dict[str, list[int]]]
) -> Comparison:
    sides = _sides(placed)
    before, after = (_rate(side) for side in sides)
    change = difference(after, before)
    has_control = all(sum(sold for _, sold in side.values()) for side in control)
    net = difference(change, difference(_rate(control[1]), _rate(control[0]))) if has_control else None
    sold = [sum(count for _, count in side.values()) for side in sides]
    return Comparison(name, len({one.sale.sku for one in placed}), sold[0], sold[1], before, after, change, net)


def _rate(side: Mapping[str, Sequence[int]]) -> Interval:
    # What came back of earlier sales can exceed a short period's own.
    return clustered_rate([(min(returned, sold), sold) for returned, sold in side.values()])


def _weeks(placed: Iterable[_Placed]) -> tuple[Week, ...]:
    weeks: dict[date, dict[str, list[int]]] = {}
    for sale in (one.sale for one in placed):
        day = _date(sale.day)
        monday = date.fromordinal(day.toordinal() - day.weekday())
        counts = weeks.setdefault(monday, {}).setdefault(sale.sku, [0, 0])
        counts[0] += sale.returned
        counts[1] += sale.sold
    made = []
    for monday in sorted(weeks):
        returned, sold = (sum(column) for column in zip(*weeks[monday].values(), strict=True))
        made.append(Week(monday.isoformat(), sold, returned, _rate(weeks[monday])))
    return tuple(made)


def _points(share: float) -> str:
    return f"{share * 100:+.1f}"
