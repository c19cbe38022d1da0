"""What a few counted images say about many: bounds, intervals, agreement and how many to draw. Counts in, numbers out.

No rate is ever "0 %": a clean sample only bounds it. Everything is a plain function of counts.
"""

import math
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from scipy.special import betaincinv

CONFIDENCE = 0.95
LEAST_SHOWN = 0.0005


@dataclass(frozen=True)
class Interval:
    """An estimate and the ends of its interval, all in the same unit."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval leaves no doubt that there is a difference, and which sign it has."""
        return self.low > 0 or self.high < 0


def upper_bound(bad: int, looked: int, confidence: float = CONFIDENCE) -> float:
    """Return the one-sided Clopper–Pearson bound: the rate (0..1) above which so few bad ones would be rare.

    1 where nothing was looked at. Source: Clopper and Pearson, Biometrika 26 (1934); 0 of n gives 1 − (1 − c)^(1/n).
    """
    _check(bad, looked)
    if bad == looked:
        return 1.0
    return float(betaincinv(bad + 1, looked - bad, confidence))


def exact_interval(bad: int, looked: int, confidence: float = CONFIDENCE) -> Interval:
    """Return a rate (0..1) with its two-sided Clopper–Pearson interval; 0, 0 to 1 where nothing was looked at."""
    _check(bad, looked)
    tail = (1 - confidence) / 2
    low = float(betaincinv(bad, looked - bad + 1, tail)) if bad else 0.0
    return Interval(bad / looked if looked else 0.0, low, upper_bound(bad, looked, 1 - tail))


def wilson(bad: float, looked: float, confidence: float = CONFIDENCE) -> Interval:
    """Return a rate (0..1) with its score interval; counts may be fractions, as a design effect leaves them.

    Source: Wilson, JASA 22 (1927); the formula without continuity correction.
    """
    _check(bad, looked)
    if not looked:
        return Interval(0.0, 0.0, 1.0)
    z2 = _z(confidence) ** 2
    rate, spread = bad / looked, 1 + z2 / looked
    middle = (rate + z2 / (2 * looked)) / spread
    half = math.sqrt(z2 * (rate * (1 - rate) + z2 / (4 * looked)) / looked) / spread
    return Interval(rate, max(0.0, middle - half) if bad else 0.0, min(1.0, middle + half) if bad < looked else 1.0)


def difference(first: Interval, second: Interval) -> Interval:
    """Return first − second, with an interval made of both intervals (MOVER).

    Of two rates' Wilson intervals this is Newcombe's method 10 (Statistics in Medicine 17, 1998); of two differences'
    intervals it is Zou and Donner's (Statistics in Medicine 27, 2008). The two must be independent.
    """
    value = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return Interval(value, value - below, value + above)


def design_effect(clusters: Sequence[tuple[int, int]]) -> float:
    """Return by how much counts of (bad, looked) in clusters say less than as many independent ones; at least 1.

    Source: Rao and Scott, Biometrics 48 (1992): the variance of the ratio over that of a binomial rate.
    """
    filled = [(bad, looked) for bad, looked in clusters if looked]
    looked, groups = sum(size for _, size in filled), len(filled)
    rate = sum(bad for bad, _ in filled) / looked if looked else 0.0
    if groups < 2 or rate in (0.0, 1.0):
        return 1.0
    residuals = sum((bad - size * rate) ** 2 for bad, size in filled)
    variance = groups / (groups - 1) * residuals / looked**2
    return max(1.0, looked * variance / (rate * (1 - rate)))


def clustered_rate(clusters: Sequence[tuple[int, int]], confidence: float = CONFIDENCE) -> Interval:
    """Return the rate of (bad, looked) pairs with a score interval that is wider where the clusters disagree."""
    effect = design_effect(clusters)
    bad, looked = (sum(column) / effect for column in zip(*clusters, strict=True)) if clusters else (0.0, 0.0)
    return wilson(bad, looked, confidence)


def cohens_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Return the agreement beyond chance of two raters; `table[i][j]` counts who said i and j. None without any.

    Source: Cohen, Educational and Psychological Measurement 20 (1960). None where chance alone explains everything.
    """
    total, agreed, rows, columns = _margins(table)
    if not total:
        return None
    chance = sum(row * column for row, column in zip(rows, columns, strict=True)) / total**2
    return None if chance == 1 else (agreed / total - chance) / (1 - chance)


def gwets_agreement(table: Sequence[Sequence[int]]) -> float | None:
    """Return Gwet's AC1, which stays sensible where one answer is rare; None without any rating.

    Source: Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008).
    """
    total, agreed, rows, columns = _margins(table)
    if not total:
        return None
    shares = [(row + column) / (2 * total) for row, column in zip(rows, columns, strict=True)]
    chance = sum(share * (1 - share) for share in shares) / (len(shares) - 1)
    return (agreed / total - chance) / (1 - chance)


def smallest_clean(limit: float, confidence: float = CONFIDENCE) -> int:
    """Return how many must be looked at, none of them bad, until the bound is at most `limit` (0..1, exclusive)."""
    if not 0 < limit < 1:
        raise ValueError(f"a limit lies between 0 and 1, not at {limit}")
    size = max(1, math.ceil(math.log(1 - confidence) / math.log(1 - limit)))
    # The logarithms may be off by one in the last place.
    while upper_bound(0, size, confidence) > limit:
        size += 1
    return size


def smallest_passing(bad: int, limit: float, confidence: float = CONFIDENCE) -> int:
    """Return how many must be looked at, `bad` of them bad, until the bound is at most `limit` (0..1, exclusive)."""
    size = max(bad + 1, smallest_clean(limit, confidence))
    while upper_bound(bad, size, confidence) > limit:
        size += 1
    return size


def effective_size(drawn: Mapping[str, int], population: Mapping[str, int]) -> int:
    """Return as how large a simple sample a stratified one counts at least.

    The smallest n_h·N/N_h: so many remain when every stratum is thinned to its share of the population, and a
    proportional sample is never less precise than a simple one (Hoeffding, Annals of Mathematical Statistics 27, 1956).
    """
    total = sum(population.values())
    sizes = [drawn.get(name, 0) * total // size for name, size in population.items() if size]
    return min(sizes, default=0)


def allocate(population: Mapping[str, int], *, share: float, least: int, least_effective: int) -> dict[str, int]:
    """Return how many to draw from each stratum: `share` of it, at least `least`, all of it where it is smaller.

    Then more, where they count most, until the sample counts as `least_effective` (see `effective_size`) or everything
    is drawn.
    """
    drawn = {name: min(size, max(math.ceil(share * size), least)) for name, size in population.items()}
    while effective_size(drawn, population) < least_effective:
        open_ones = [name for name, size in population.items() if drawn[name] < size]
        if not open_ones:
            break
        drawn[min(open_ones, key=lambda name: (drawn[name] / population[name], name))] += 1
    return drawn


def apportion(population: Mapping[str, int], seats: int) -> dict[str, int]:
    """Return `seats` divided by the strata's sizes with the largest remainders, never more than a stratum has."""
    total = sum(population.values())
    seats = min(seats, total)
    exact = {name: seats * size / total if total else 0.0 for name, size in population.items()}
    given = {name: math.floor(share) for name, share in exact.items()}
    by_remainder = sorted(population, key=lambda name: (given[name] - exact[name], name))
    for name in by_remainder[: seats - sum(given.values())]:
        given[name] += 1
    return given


def chance_of_at_most(bad_seen: int, *, looked: int, images: int, bad: int) -> float:
    """Return how likely a simple sample of `looked` shows at most `bad_seen` of the `bad` among `images`, exactly."""
    ways = sum(_choose(bad, seen) * _choose(images - bad, looked - seen) for seen in range(bad_seen + 1))
    return ways / math.comb(images, looked)


def most_bad_allowed(looked: int, limit: float, confidence: float = CONFIDENCE) -> int:
    """Return how many bad ones a sample may have so that its bound is at most `limit`; -1 where it is too small."""
    allowed = -1
    while allowed + 1 < looked and upper_bound(allowed + 1, looked, confidence) <= limit:
        allowed += 1
    return allowed


def percent(rate: float) -> str:
    """Return a rate (0..1) in words with one decimal; a rate that is there never reads “0.0 %”."""
    return "less than 0.1 %" if 0 < rate < LEAST_SHOWN else f"{100 * rate:.1f} %"


def _choose(among: int, chosen: int) -> int:
    return math.comb(among, chosen) if 0 <= chosen <= among else 0


def _margins(table: Sequence[Sequence[int]]) -> tuple[int, int, list[int], list[int]]:
    rows = [sum(row) for row in table]
    columns: list[int] = [_total(row[place] for row in table) for place in range(len(table))]
    return sum(rows), _total(table[place][place] for place in range(len(table))), rows, columns


def _total(values: Iterable[int]) -> int:
    return sum(values)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2)


def _check(bad: float, looked: float) -> None:
    if not 0 <= bad <= looked:
        raise ValueError(f"{bad} of {looked} is no count")
