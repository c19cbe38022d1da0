"""The queue model shows what the studio says, reads only what is looked at, and takes no older list for a newer."""

from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Card
from pipeline.model import Facets
from pipeline.model import Order
from pipeline.model import Selection
from pipeline.model import State
from reviewer.desk.lists import Lists
from reviewer.models.queue import FILTERS
from reviewer.models.queue import PAGE
from reviewer.models.queue import QueueModel


def card(image: int, state: State) -> Card:
    return Card(image, f"{image}.jpg", "", "", "", state, None, 0.0, (), 0, None, None, None)


class Studio:
    """Answers as the store does, when `answer` is called: so a test decides what comes first."""

    def __init__(self, states: list[State]) -> None:
        self.states = dict(enumerate(states, 1))
        self.waiting: list[Callable[[], None]] = []
        self.asked: list[int] = []

    def ask(self, question, then) -> None:
        self.waiting.append(lambda: then(question(self)))

    def answer(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def counts(self, batch) -> dict[State, int]:
        return {state: list(self.states.values()).count(state) for state in State}

    def tally(self, batch, selection) -> dict[State, int]:
        return self.counts(batch)

    def image_ids(self, batch, selection):
        takes = selection.states or frozenset(State)
        ids = [image for image, state in self.states.items() if state in takes]
        return array("q", sorted(ids, reverse=selection.order is Order.RISK))

    def cards(self, images) -> list[Card]:
        self.asked += images
        return [card(image, self.states[image]) for image in images]

    def some(self, images) -> list:
        return []

    def facets(self, batch) -> Facets:
        return Facets(groups=("g 10", "g 9"))


def opened(states: list[State]) -> tuple[Studio, QueueModel]:
    studio = Studio(states)
    model = QueueModel(Lists(studio.ask))
    model.open("b")
    studio.answer()
    return studio, model


@given(st.lists(st.sampled_from(list(State)), max_size=40), st.sampled_from(FILTERS))
def test_every_filter_shows_and_counts_what_it_takes(found, chosen) -> None:
    studio, model = opened(found)
    model.set_filter(chosen.name)
    studio.answer()
    expected = [number for number, state in enumerate(found, 1) if chosen.takes(state)]
    assert list(model.ids) == expected
    assert model.counts[chosen.name] == len(expected)
    assert model.total == len(found)
    assert all(model.position(number) == row for row, number in enumerate(expected))
    assert model.position(9999) is None


def test_every_state_but_the_unfinished_has_a_list_of_its_own() -> None:
    own = [state for state in State if any(known.states and known.takes(state) for known in FILTERS)]
    assert set(State) - set(own) == {State.NEW, State.PROCESSING}


@pytest.mark.parametrize(
    ("states", "name"),
    [
        ([State.APPROVED, State.REVIEW, State.EDIT], "review"),
        ([State.APPROVED, State.SIGN_OFF, State.REDO], "redo"),
        ([State.APPROVED, State.NEW], "all"),
        ([], "all"),
    ],
)
def test_a_batch_opens_where_somebody_is_waited_for(states, name) -> None:
    assert opened(states)[1].filter.name == name


def test_the_last_wish_wins_however_late_the_answers_come() -> None:
    studio, model = opened([State.REVIEW, State.EDIT, State.FAILED])
    for name in ("edit", "all", "failed"):
        model.set_filter(name)
    studio.answer()
    assert list(model.ids) == [3]
    model.choose(Selection(order=Order.RISK))
    model.set_filter("all")
    studio.answer()
    assert list(model.ids) == [3, 2, 1]
    assert model.settled


def test_an_answer_about_another_batch_is_dropped() -> None:
    studio, model = opened([State.REVIEW])
    model.reload()
    studio.states = {7: State.REVIEW}
    model.open("other")
    studio.answer()
    assert (model.batch, list(model.ids)) == ("other", [7])


def test_only_what_is_looked_at_is_read() -> None:
    studio, model = opened([State.REVIEW] * 5000)
    studio.asked.clear()
    assert model.card(4000) is None
    model.want_cards(range(4000, 4010))
    model.want_cards(range(4000, 4010))
    studio.answer()
    assert model.card(4005).image == 4006
    assert len(studio.asked) <= PAGE


def test_a_changed_image_is_read_again() -> None:
    studio, model = opened([State.REVIEW, State.REVIEW])
    studio.states[1] = State.APPROVED
    model.refresh([1])
    studio.answer()
    assert list(model.ids) == [2]
    assert model.counts["approved"] == 1
    model.set_filter("all")
    studio.answer()
    assert model.card(0).state is State.APPROVED


def test_neighbours_come_next_first() -> None:
    _, model = opened([State.REVIEW] * 9)
    assert list(model.around(4, 2, 1)) == [6, 7, 4]
    assert list(model.around(0, 2, 1)) == [2, 3]
    assert list(model.around(8, 2, 1)) == [8]


def test_shoot_groups_stand_in_natural_order() -> None:
    assert opened([State.NEW])[1].groups == ("g 9", "g 10")
