"""What the queue reads of the database: ids in order, counts, and the few cards and entries that are looked at."""

from array import array
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Protocol
from typing import TypeVar

from pipeline.model import Card
from pipeline.model import Entry
from pipeline.model import Facets
from pipeline.model import Selection
from pipeline.model import State
from pipeline.store.store import Store

Answer = TypeVar("Answer")


class Ask(Protocol):
    """How a question reaches the database; see `Desk.ask`."""

    def __call__(self, question: Callable[[Store], Answer], then: Callable[[Answer], None]) -> None:
        """Answer on the database's thread, then call back on the window's."""


@dataclass(frozen=True, eq=False)
class Listed:
    """One list of a batch, or of all, as it stands.

    Attributes:
        choice: which of the selections asked for was taken, the first that finds an image.
        ids: the images in their order, int64.
        counts: how many stand where among those that the selection finds whatever their state.
        states: how many of the whole batch stand where.
        cards, entries: the first rows, ready to be shown.
    """

    batch: str
    choice: int
    selection: Selection
    ids: array
    counts: dict[State, int]
    states: dict[State, int]
    cards: list[Card]
    entries: list[Entry]


class Lists:
    """Questions of the queue, answered on the database's thread; its cards name no flag that is only good to know."""

    def __init__(self, ask: Ask, advisory: Callable[[], Collection[str]] = tuple) -> None:
        self._ask, self._advisory = ask, advisory

    def open(
        self, batch: str, choices: Sequence[Selection], *, cards: int, entries: int, then: Callable[[Listed], None]
    ) -> None:
        """Read the list of the first of these selections that finds an image, else of the last one."""
        self._ask(lambda store: self._told(_listed(store, batch, choices, cards, entries)), then)

    def cards(self, images: Sequence[int], then: Callable[[list[Card]], None]) -> None:
        """Read what rows show of these images."""
        self._ask(lambda store: self._pointed(store.cards(images)), then)

    def entries(self, images: Sequence[int], then: Callable[[list[Entry]], None]) -> None:
        """Read all about these images."""
        self._ask(lambda store: store.some(images), then)

    def facets(self, batch: str, then: Callable[[Facets], None]) -> None:
        """Read what the images of the batch can be selected by."""
        self._ask(lambda store: store.facets(batch), then)

    def _told(self, listed: Listed) -> Listed:
        return replace(listed, cards=self._pointed(listed.cards))

    def _pointed(self, cards: list[Card]) -> list[Card]:
        quiet = self._advisory()
        return [replace(card, flags=tuple(name for name in card.flags if name not in quiet)) for card in cards]


def _listed(store: Store, batch: str, choices: Sequence[Selection], cards: int, entries: int) -> Listed:
    states = store.counts(batch)
    finds = [any(states[state] for state in one.states or State) for one in choices]
    choice = finds.index(True) if any(finds) else len(choices) - 1
    selection = choices[choice]
    plain = selection == Selection(selection.states, order=selection.order)
    counts = states if plain else store.tally(batch, selection)
    ids = store.image_ids(batch, selection)
    first_cards, first = store.cards(ids[:cards].tolist()), store.some(ids[:entries].tolist())
    return Listed(batch, choice, selection, ids, counts, states, first_cards, first)
