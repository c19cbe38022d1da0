"""What the bench writes on pictures is never what training wrote on them, nor what the reader of marks looks for."""

import numpy as np
import pytest

from benchmarks.judging.lettering import BENCH
from pipeline.measure.marks import DATE
from pipeline.measure.marks import OWNER
from pipeline.measure.marks import PRICE
from training.defects.lettering import TRAINING


def test_training_and_bench_share_no_word_date_or_price() -> None:
    assert not {word.lower() for word in TRAINING.words} & {word.lower() for word in BENCH.words}
    assert not set(TRAINING.dates) & set(BENCH.dates)
    assert not set(TRAINING.prices) & set(BENCH.prices)


def test_few_of_the_benchs_words_are_among_those_that_every_owner_writes() -> None:
    assert sum(bool(OWNER.search(word)) for word in BENCH.words) <= 1


@pytest.mark.parametrize("lettering", [TRAINING, BENCH])
def test_every_date_and_price_is_one_that_the_reader_knows(lettering) -> None:
    rng = np.random.default_rng(4)
    assert all(DATE.search(lettering.date(rng)) for _ in range(50))
    assert all(PRICE.search(lettering.price(rng)) for _ in range(50))


@pytest.mark.parametrize("lettering", [TRAINING, BENCH])
def test_a_typeface_draws_capitals_as_high_as_it_is_asked_to(lettering) -> None:
    for face in lettering.faces:
        letters = face("HH", 30.0)
        assert letters.shape[0] == pytest.approx(30, abs=4)
        assert letters.max() == 1
        assert letters.shape[1] > 30
