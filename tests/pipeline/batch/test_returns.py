"""Returns: a shop's table in its own words, and what its numbers prove, or plainly do not."""

import random
from dataclasses import replace
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.batch.returns import Shown
from pipeline.batch.returns import compare
from pipeline.batch.returns import days_of_change
from pipeline.batch.returns import middle_day
from pipeline.batch.returns import read_sales
from pipeline.errors import KnownError
from pipeline.measure.statistics import difference
from pipeline.measure.statistics import wilson
from pipeline.model import Sale
from pipeline.store.store import Store

SWITCH = date(2026, 6, 1)


def read(text: str, **more: object):
    return read_sales(text, **{"name": "shop.csv", "columns": {}, "remembered": [], **more})


def sold(sku: str, rate: float, after: float, rng: random.Random, days: int = 60) -> list[Sale]:
    """Twenty a day, for so many days on both sides of the switch."""
    rows = []
    for step in range(-days, days + 1):
        chance = after if step > 0 else rate
        back = sum(rng.random() < chance for _ in range(20))
        rows.append(Sale(sku, (SWITCH + timedelta(step)).isoformat(), 20, back))
    return rows


@pytest.mark.parametrize(
    "text",
    [
        "sku,date,sold,returned\nA,2026-06-01,10,2\n",
        "Artikelnummer;Datum;Menge;Retouren\nA;01.06.2026;10;2\n",
        "SKU\tOrder date\tUnits sold\tReturns\nA\t2026-06-01T10:00\t10.0\t2\n",
    ],
)
def test_shops_call_their_columns_what_they_like(text: str) -> None:
    assert read(text).rows == (Sale("A", "2026-06-01", 10, 2),)


def test_columns_that_were_named_once_are_remembered() -> None:
    text = "Nr;Tag;raus;rein\nA;1.6.2026;10;2\n"
    with pytest.raises(KnownError, match="which column is sku"):
        read(text)
    named = {"sku": "Nr", "date": "Tag", "sold": "raus", "returned": "rein"}
    first = read(text, columns=named)
    again = read(text.replace("A;", "B;"), remembered=[first.mapping])
    assert again.rows == (Sale("B", "2026-06-01", 10, 2),)
    with pytest.raises(KnownError, match="no column “code” for sku"):
        read(text, columns={"sku": "code"})


def test_days_that_could_mean_two_things_are_asked_about() -> None:
    text = "sku,date,sold,returned\nA,03/04/2026,1,0\n"
    with pytest.raises(KnownError, match="--days"):
        read(text)
    assert read(text, format="%m/%d/%Y").rows[0].day == "2026-03-04"
    assert read(text + "A,25/04/2026,1,0\n").rows[0].day == "2026-04-03"


def test_a_row_that_cannot_be_used_is_said_and_costs_nothing_else() -> None:
    table = read("sku,date,sold,returned\nA,2026-06-01,10,2\n,2026-06-01,1,1\nB,soon,1,1\nC,2026-06-01,-4,1\n")
    assert [row.sku for row in table.rows] == ["A"]
    assert [problem.split(";")[0] for problem in table.problems] == [
        "shop.csv line 3 names no product that can be read",
        "shop.csv line 4 names no day that can be read",
        "shop.csv line 5 names no number that can be read",
    ]


def test_fewer_returns_than_at_the_controls_are_proven() -> None:
    rng = random.Random(1)
    treated = [f"T{n}" for n in range(10)]
    sales = [row for sku in treated for row in sold(sku, 0.20, 0.10, rng)]
    sales += [row for n in range(10) for row in sold(f"C{n}", 0.15, 0.15, rng)]
    shown = [Shown(sku, SWITCH, "mugs" if sku < "T5" else "books", "embedded") for sku in treated]
    report = compare(sales, shown)
    told = report.everything
    assert (told.products, report.controls) == (10, 10)
    assert told.sold_before == told.sold_after == 10 * 60 * 20
    assert told.net is not None
    assert told.net.low < -0.10 < told.net.high < 0
    assert "Less comes back" in told.sentence()
    assert [one.name for one in report.categories] == ["books", "mugs"]
    assert report.weeks[0].rate.value > report.weeks[-1].rate.value


def test_a_fall_that_the_controls_share_proves_nothing() -> None:
    rng = random.Random(2)
    sales = [row for n in range(8) for row in sold(f"T{n}", 0.20, 0.10, rng)]
    sales += [row for n in range(8) for row in sold(f"C{n}", 0.20, 0.10, rng)]
    told = compare(sales, [Shown(f"T{n}", SWITCH, "", "") for n in range(8)]).everything
    assert told.change.high < 0
    assert not told.net.excludes_zero
    assert "The numbers prove nothing" in told.sentence()


def test_a_few_sales_prove_nothing_and_none_compare_nothing() -> None:
    few = [Sale("A", "2026-05-01", 10, 2), Sale("A", "2026-07-01", 10, 0)]
    assert "prove nothing" in compare(few, [Shown("A", SWITCH, "", "")]).everything.sentence()
    assert "nothing can be compared" in compare(few[:1], [Shown("A", SWITCH, "", "")]).everything.sentence()
    assert "nothing can be compared" in compare([], []).everything.sentence()


def test_one_product_alone_is_newcombes_interval() -> None:
    sales = [Sale("A", "2026-05-01", 70, 56), Sale("A", "2026-07-01", 80, 48)]
    change = compare(sales, [Shown("A", SWITCH, "", "")]).everything.change
    assert change == difference(wilson(48, 80), wilson(56, 70))


def test_each_sale_belongs_to_the_version_that_was_live_that_day() -> None:
    shown = [
        Shown("A", date(2026, 6, 1), "", "first", date(2026, 7, 1)),
        Shown("A", date(2026, 7, 1), "", "second", date(2026, 8, 1)),
    ]
    days = {"2026-05-05": 1, "2026-06-01": 2, "2026-06-10": 4, "2026-07-01": 8, "2026-07-10": 16, "2026-09-01": 32}
    report = compare([Sale("A", day, count, 0) for day, count in days.items()], shown)
    engines = {one.name: (one.sold_before, one.sold_after) for one in report.engines}
    assert engines == {"first": (1, 4), "second": (0, 16)}


def test_weeks_that_the_studio_adds_up_say_the_same_as_every_single_day(tmp_path: Path) -> None:
    rng = random.Random(7)
    skus = [f"{number} a" for number in range(12)]
    rows = [row for sku in skus for row in sold(sku, rng.random() / 3, rng.random() / 3, rng, days=25)]
    shown = []
    for sku in skus[:8]:
        first, later = sorted(rng.randint(-20, 20) for _ in range(2))
        since, until = SWITCH + timedelta(first), rng.choice([None, SWITCH + timedelta(later)])
        shown += [Shown(sku, since, sku[0], "one", until), Shown(sku, SWITCH + timedelta(later), "", "two")]
    with Store(tmp_path / "studio") as store:
        doubled = [replace(row, returned=0) for row in rows[:600]]
        for number, told in enumerate((doubled, rows)):
            store.add_sales(file="shop.csv", sha256=str(number) * 64, mapping={}, rows=told)
        assert store.sold_products() == sorted(skus)
        added_up = store.sales(days_of_change(shown), middle_day(skus, shown))
    assert len(added_up) < len(rows) / 2
    assert compare(added_up, shown) == compare(rows, shown)


def test_a_table_without_a_row_is_one_sentence() -> None:
    with pytest.raises(KnownError, match="no row that can be used"):
        read("sku,date,sold,returned\n")
    with pytest.raises(KnownError, match=r"which column is sku\? It has none"):
        read("")
