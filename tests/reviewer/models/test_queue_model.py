"""The queue model filters, searches and counts like a plain reading of the entries would."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import State
from reviewer.models.queue import FILTERS
from reviewer.models.queue import QueueModel


def entry(number: int, state: State) -> Entry:
    record = ImageRecord(number, "b", f"day/item-{number:05}.jpg", f"{number}", 1, 9, 9, sku=f"SKU-{number}")
    return Entry(record, state, None, None)


states = st.lists(st.sampled_from(list(State)), max_size=60)


@given(states, st.sampled_from(FILTERS))
def test_every_filter_shows_and_counts_what_it_takes(found, chosen) -> None:
    model = QueueModel()
    model.replace_all(entry(number, state) for number, state in enumerate(found, 1))
    model.set_filter(chosen.name)
    expected = [number for number, state in enumerate(found, 1) if chosen.takes(state)]
    assert [row.record.id for row in model.rows] == expected
    assert model.counts[chosen.name] == len(expected)
    assert all(model.position(number) == row for row, number in enumerate(expected))


@given(states, st.data())
def test_changed_entries_move_between_lists(found, data) -> None:
    model = QueueModel()
    entries = [entry(number, state) for number, state in enumerate(found, 1)]
    model.replace_all(entries)
    changed = [replace(one, state=data.draw(st.sampled_from(list(State)))) for one in entries[::3]]
    model.update_some([*changed, entry(9999, State.REVIEW)])
    newest = {one.record.id: one for one in [*entries, *changed]}
    assert model.total == len(entries)
    for known in FILTERS:
        assert model.counts[known.name] == sum(known.takes(one.state) for one in newest.values())


def test_every_state_but_the_unfinished_has_a_list_of_its_own() -> None:
    own = [state for state in State if any(known.states and known.takes(state) for known in FILTERS)]
    assert set(State) - set(own) == {State.NEW, State.PROCESSING}


def test_a_search_needs_every_word_in_file_sku_or_category() -> None:
    model = QueueModel()
    model.replace_all(entry(number, State.REVIEW) for number in range(1, 30))
    model.set_search("ITEM sku-7")
    assert [row.record.id for row in model.rows] == [7]
    model.set_search("  ")
    assert len(model) == 29


def test_neighbours_come_next_first() -> None:
    model = QueueModel()
    model.replace_all(entry(number, State.REVIEW) for number in range(1, 10))
    assert [one.record.id for one in model.around(4, 2, 1)] == [6, 7, 4]
    assert [one.record.id for one in model.around(0, 2, 1)] == [2, 3]
    assert [one.record.id for one in model.around(8, 2, 1)] == [8]
