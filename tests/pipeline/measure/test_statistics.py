"""Bounds and intervals: against printed tables and against scipy's own."""

import math

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from scipy.stats import hypergeom

from pipeline.measure.statistics import Interval
from pipeline.measure.statistics import allocate
from pipeline.measure.statistics import apportion
from pipeline.measure.statistics import chance_of_at_most
from pipeline.measure.statistics import clustered_rate
from pipeline.measure.statistics import cohens_kappa
from pipeline.measure.statistics import design_effect
from pipeline.measure.statistics import difference
from pipeline.measure.statistics import effective_size
from pipeline.measure.statistics import exact_interval
from pipeline.measure.statistics import gwets_agreement
from pipeline.measure.statistics import most_bad_allowed
from pipeline.measure.statistics import percent
from pipeline.measure.statistics import smallest_clean
from pipeline.measure.statistics import upper_bound
from pipeline.measure.statistics import wilson


def near(low: float, high: float) -> tuple:
    return pytest.approx(low, abs=5.1e-5), pytest.approx(high, abs=5.1e-5)


def ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


def test_a_clean_sample_only_bounds_the_rate() -> None:
    assert percent(upper_bound(0, 50)) == "5.8 %"
    assert percent(upper_bound(0, 10_000)) == "less than 0.1 %"
    assert upper_bound(0, 50) == pytest.approx(1 - 0.05 ** (1 / 50))
    assert upper_bound(0, 598) <= 0.005 < upper_bound(0, 597)
    assert smallest_clean(0.005) == 598
    assert smallest_clean(0.06) == 49
    assert upper_bound(0, 0) == upper_bound(7, 7) == 1.0


@pytest.mark.parametrize(
    ("bad", "looked", "exact", "score"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, methods 5 and 3
        (81, 263, (0.2527, 0.3676), (0.2553, 0.3662)),
        (15, 148, (0.0578, 0.1617), (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1684), (0.0, 0.1611)),
        (1, 29, (0.0009, 0.1776), (0.0061, 0.1718)),
    ],
)
def test_intervals_of_one_rate_are_the_printed_ones(bad: int, looked: int, exact: tuple, score: tuple) -> None:
    assert ends(exact_interval(bad, looked)) == near(*exact)
    assert ends(wilson(bad, looked)) == near(*score)


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.0582, 0.8062)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_the_difference_of_two_rates_is_the_printed_one(first: tuple, second: tuple, printed: tuple) -> None:
    assert ends(difference(wilson(*first), wilson(*second))) == near(*printed)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.6, 0.999))
def test_intervals_are_those_of_scipy(counts: tuple[int, int], confidence: float) -> None:
    bad, looked = counts
    test = binomtest(bad, looked)
    exact = test.proportion_ci(confidence, "exact")
    score = test.proportion_ci(confidence, "wilson")
    assert ends(exact_interval(bad, looked, confidence)) == pytest.approx((exact.low, exact.high), abs=1e-9)
    assert ends(wilson(bad, looked, confidence)) == pytest.approx((score.low, score.high), abs=1e-9)
    one_sided = binomtest(bad, looked, alternative="less").proportion_ci(confidence, "exact")
    assert upper_bound(bad, looked, confidence) == pytest.approx(one_sided.high, abs=1e-9)


def test_agreement_is_the_printed_one() -> None:
    assert cohens_kappa([[20, 5], [10, 15]]) == pytest.approx(0.4)
    # Gwet (2008): kappa is below zero although the raters agree on 118 of 125.
    rare = [[118, 5], [2, 0]]
    assert cohens_kappa(rare) == pytest.approx(-0.0234, abs=5e-5)
    assert gwets_agreement(rare) == pytest.approx(0.9408, abs=5e-5)
    assert cohens_kappa([[0, 0], [0, 0]]) is gwets_agreement([[0, 0], [0, 0]]) is None
    assert cohens_kappa([[9, 0], [0, 0]]) is None
    assert gwets_agreement([[9, 0], [0, 0]]) == 1.0


def test_clusters_that_disagree_say_less() -> None:
    agreeing, apart = [(5, 100)] * 20, [(0, 100)] * 10 + [(10, 100)] * 10
    assert design_effect(agreeing) == 1.0
    # By hand: rate 0.05, residuals 20 · 25, variance 20/19 · 500 / 2000², binomial 0.0475 / 2000.
    assert design_effect(apart) == pytest.approx(20 / 19 * 500 / 2000**2 * 2000 / 0.0475)
    assert clustered_rate(agreeing) == wilson(100, 2000)
    assert clustered_rate(apart).high > wilson(100, 2000).high
    assert clustered_rate(apart).value == pytest.approx(0.05)
    assert clustered_rate([]) == Interval(0.0, 0.0, 1.0)


def test_the_chance_to_see_so_few_is_exact() -> None:
    for seen in (0, 1, 5):
        expected = hypergeom.cdf(seen, 500, 45, 50)
        assert chance_of_at_most(seen, looked=50, images=500, bad=45) == pytest.approx(expected)
    assert chance_of_at_most(0, looked=3, images=3, bad=1) == 0


def test_more_bad_ones_are_allowed_only_in_larger_samples() -> None:
    assert [most_bad_allowed(size, 0.06) for size in (48, 49, 77, 78, 200)] == [-1, 0, 0, 1, 6]
    for size in (49, 78, 200):
        allowed = most_bad_allowed(size, 0.06)
        assert upper_bound(allowed, size) <= 0.06 < upper_bound(allowed + 1, size)


populations = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 400), min_size=1)


@settings(max_examples=100, deadline=None)
@given(populations, st.floats(0.01, 1), st.integers(0, 8), st.integers(0, 120))
def test_an_allocation_keeps_every_promise(
    population: dict[str, int], share: float, least: int, least_effective: int
) -> None:
    drawn = allocate(population, share=share, least=least, least_effective=least_effective)
    for name, size in population.items():
        assert min(size, max(least, math.ceil(share * size))) <= drawn[name] <= size
    everything = drawn == population
    assert everything or effective_size(drawn, population) >= least_effective


@settings(max_examples=100, deadline=None)
@given(populations, st.integers(0, 2000))
def test_seats_are_shared_fairly(population: dict[str, int], seats: int) -> None:
    given_seats, total = apportion(population, seats), sum(population.values())
    assert sum(given_seats.values()) == min(seats, total)
    for name, size in population.items():
        assert given_seats[name] <= size
        assert not total or abs(given_seats[name] - min(seats, total) * size / total) < 1


def test_a_stratified_sample_counts_as_its_thinnest_part() -> None:
    assert effective_size({"a": 45, "b": 5}, {"a": 450, "b": 50}) == 50
    assert effective_size({"a": 45, "b": 50}, {"a": 450, "b": 50}) == 50
    assert effective_size({"a": 45, "b": 0}, {"a": 450, "b": 50}) == 0
    assert effective_size({}, {}) == 0


def test_nonsense_is_refused() -> None:
    for call in (lambda: upper_bound(3, 2), lambda: wilson(-1, 2), lambda: smallest_clean(0.0)):
        with pytest.raises(ValueError, match=r"is no count|between 0 and 1"):
            call()
