"""Names of deliveries: settled for the whole batch, safe, without collisions."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from pipeline.batch.codes import is_asin
from pipeline.batch.codes import is_isbn
from pipeline.batch.names import plan_names
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from pipeline.settings import Platform
from pipeline.settings import load_settings

SETTINGS = load_settings()
PLATFORMS, NAMING = SETTINGS.platforms, SETTINGS.naming
AMAZON, SHOPIFY, WALMART = (PLATFORMS[name] for name in ("amazon_main", "shopify", "walmart"))


def entry(number: int, *, state: State = State.APPROVED, **codes: str) -> Entry:
    record = ImageRecord(number, "b", f"photo-{number}.jpg", "0" * 64, 1, 1200, 1200, **codes)
    return Entry(record, state, None, None)


def names(entries: list[Entry], platform: Platform = AMAZON) -> dict[int, str]:
    return plan_names(entries, platform, naming=NAMING, extension="jpg").names


def test_asin_comes_before_gtin_before_sku() -> None:
    entries = [
        entry(1, asin="B0TEST0001", gtin="4006381333931", sku="X1"),
        entry(2, gtin="4006381333931", sku="X2"),
        entry(3, sku="X3"),
    ]
    assert names(entries, PLATFORMS["ebay"]) == {1: "B0TEST0001-1", 2: "4006381333931-1", 3: "X3-1"}
    assert names(entries) == {1: "B0TEST0001.MAIN", 2: "4006381333931.MAIN"}, "Amazon knows no SKU"


def test_several_images_of_a_product_are_main_and_parts_in_order() -> None:
    entries = [entry(1, asin="B0TEST0001"), entry(2, asin="B0TEST0002"), entry(3, asin="B0TEST0001")]
    assert names(entries) == {1: "B0TEST0001.MAIN", 2: "B0TEST0002.MAIN", 3: "B0TEST0001.PT01"}


def test_a_name_does_not_depend_on_what_is_approved_already() -> None:
    waiting = [entry(1, asin="B0TEST0001", state=State.REVIEW), entry(2, asin="B0TEST0001")]
    assert names(waiting)[2] == "B0TEST0001.PT01"
    rejected = [entry(1, asin="B0TEST0001", state=State.REJECTED), entry(2, asin="B0TEST0001")]
    assert names(rejected) == {2: "B0TEST0001.MAIN"}


def test_a_missing_code_is_said_with_its_remedy() -> None:
    plan = plan_names([entry(7)], AMAZON, naming=NAMING, extension="jpg")
    assert plan.names == {}
    assert plan.problems == {
        7: "photo-7.jpg has no ASIN or GTIN, so Amazon, main image cannot name it; "
        "add it to sheet.csv and ingest again."
    }


@pytest.mark.parametrize(
    "sku", ["MUG", "M" * 300, "MUG-01", "MUG 01", "a/b", "../x", "MUG_1", "größe", "a.b", "=1+1", "\u202egpj"]
)
def test_codes_that_amazon_refuses_are_refused_in_words(sku: str) -> None:
    own = replace(AMAZON, codes=("asin", "gtin", "sku"))
    plan = plan_names([entry(1, sku=sku)], own, naming=NAMING, extension="jpg")
    assert plan.names == {}
    assert "photo-1.jpg would be named" in plan.problems[1]
    assert plan.problems[1].isprintable()
    assert len(plan.problems[1]) < 200


def test_walmart_takes_gtins_with_fourteen_digits() -> None:
    plan = plan_names(
        [entry(1, gtin="4006381333931"), entry(2, asin="B0TEST0001")], WALMART, naming=NAMING, extension="jpg"
    )
    assert plan.names == {1: "04006381333931_1"}
    assert "no GTIN" in plan.problems[2]


def test_a_pattern_without_a_number_collides_and_says_with_whom() -> None:
    plain = replace(SHOPIFY, name_pattern="{product}")
    plan = plan_names([entry(1, sku="MUG"), entry(2, sku="mug")], plain, naming=NAMING, extension="jpg")
    assert plan.names == {1: "MUG"}
    assert "like photo-1.jpg" in plan.problems[2]


def test_the_front_is_the_main_image_wherever_it_stands_in_the_batch() -> None:
    files = {1: "mug_back.jpg", 2: "mug-2.jpg", 3: "mug_FRONT-01.jpg", 4: "mug.jpg"}
    entries = [entry(number, asin="B0TEST0001") for number in files]
    shot = [replace(each, record=replace(each.record, file=files[each.record.id])) for each in entries]
    shot[3] = replace(shot[3], record=replace(shot[3].record, notes={"angle": "Left"}))
    assert names(shot) == {3: "B0TEST0001.MAIN", 1: "B0TEST0001.PT01", 4: "B0TEST0001.PT02", 2: "B0TEST0001.PT03"}
    mapped = replace(AMAZON, variants={"back": "BACK"})
    assert names(shot, mapped)[1] == "B0TEST0001.BACK"
    assert names(shot, mapped)[4] == "B0TEST0001.PT01"


def test_a_pattern_may_use_every_code_and_says_which_is_missing_or_wrong() -> None:
    own = replace(SHOPIFY, name_pattern="{gtin}_{handle}_{angle}", name_regex=".*")
    good = entry(1, sku="Große Tasse/7", gtin="4006381333931", tags=("top",))
    assert names([good], own) == {1: "4006381333931_grosse-tasse-7_top"}
    plan = plan_names([entry(1, sku="A"), entry(2, sku="B", gtin="4006381333932")], own, naming=NAMING, extension="jpg")
    assert "has no GTIN" in plan.problems[1]
    assert "“4006381333932” is none" in plan.problems[2]


# Printed on books: the ISBN-10 and its ISBN-13; GS1's own example of a GTIN-13 and a GTIN-14.
@pytest.mark.parametrize("code", ["0306406152", "080442957X", "9780306406157"])
def test_an_isbn_is_told_by_its_check_digit(code: str) -> None:
    assert is_isbn(code)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert not is_isbn(wrong)
    assert is_asin(code) == (len(code) == 10)


@pytest.mark.parametrize("code", ["6291041500213", "10614141000415", "B0TEST000", "b0test0001", "B0TEST00_1", ""])
def test_what_is_no_asin_is_told_by_its_shape(code: str) -> None:
    assert not is_asin(code)
    assert is_asin("B0TEST0001")


codes = st.one_of(st.text(max_size=12), st.sampled_from(["MUG", "mug", "CON", "-x", ".x", "a" * 200, "B0TEST0001"]))


@budget(max_examples=200, deadline=None)
@given(skus=st.lists(codes, max_size=12), platform=st.sampled_from(sorted(PLATFORMS)))
def test_every_image_gets_a_safe_and_unique_name_or_a_sentence(skus: list[str], platform: str) -> None:
    entries = [entry(number, sku=sku) for number, sku in enumerate(skus, 1)]
    plan = plan_names(entries, PLATFORMS[platform], naming=NAMING, extension="jpg")
    assert set(plan.names) | set(plan.problems) == set(range(1, len(skus) + 1))
    assert not set(plan.names) & set(plan.problems)
    assert len({name.casefold() for name in plan.names.values()}) == len(plan.names)
    for name in plan.names.values():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name)
        assert len(name) <= 120
        assert name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    for sentence in plan.problems.values():
        assert sentence.endswith(".")
        assert sentence.startswith("photo-")
