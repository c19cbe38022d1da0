"""Work ahead comes in order, bounded, and stops with whoever asks."""

import threading

import pytest

from pipeline.run.ahead import ahead


def test_everything_comes_in_order_and_no_more_than_the_threads_early() -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        return item * item

    taken = []
    for item, made in ahead(work, range(20), threads=3):
        taken.append((item, made))
        assert len(begun) <= len(taken) + 3
    assert taken == [(item, item * item) for item in range(20)]


def test_two_items_are_worked_on_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=30)
    made = list(ahead(lambda _: both.wait(), range(4), threads=2))
    assert sorted(number for _, number in made) == [0, 0, 1, 1]


def test_what_fails_fails_in_its_turn_and_nothing_is_begun_after_it() -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 2:
            raise ValueError(f"item {item}")
        return item

    making = ahead(work, range(50), threads=2)
    assert [next(making)[0], next(making)[0]] == [0, 1]
    with pytest.raises(ValueError, match="item 2"):
        next(making)
    assert len(begun) <= 5


def test_whoever_stops_asking_leaves_no_thread_behind() -> None:
    making = ahead(lambda item: item, range(1000), threads=2)
    assert next(making) == (0, 0)
    making.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
