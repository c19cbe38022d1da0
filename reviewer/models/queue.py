"""The queue as the lists show it: ids in order and live counts of any batch, and only the rows that are looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.batch.folders import natural
from pipeline.errors import BugError
from pipeline.model import Card
from pipeline.model import Entry
from pipeline.model import Facets
from pipeline.model import Selection
from pipeline.model import State
from reviewer.desk.lists import Listed
from reviewer.desk.lists import Lists

PAGE = 120
KEPT_CARDS, KEPT_ENTRIES = 2400, 48
FIRST_ENTRIES = 4


@dataclass(frozen=True)
class Filter:
    """One list of the queue; no states means every image."""

    name: str
    title: str
    states: frozenset[State] = frozenset()

    def takes(self, state: State) -> bool:
        """Say whether an image in this state belongs to the list."""
        return not self.states or state in self.states


FILTERS: tuple[Filter, ...] = (
    Filter("review", QT_TRANSLATE_NOOP("Lists", "Review"), frozenset({State.REVIEW, State.AUDIT})),
    Filter("edit", QT_TRANSLATE_NOOP("Lists", "Edit"), frozenset({State.EDIT})),
    Filter("redo", QT_TRANSLATE_NOOP("Lists", "Redo"), frozenset({State.REDO})),
    Filter("sign_off", QT_TRANSLATE_NOOP("Lists", "Sign-off"), frozenset({State.SIGN_OFF})),
    Filter(
        "approved", QT_TRANSLATE_NOOP("Lists", "Approved"), frozenset({State.APPROVED, State.READY, State.DELIVERED})
    ),
    Filter("rejected", QT_TRANSLATE_NOOP("Lists", "Rejected"), frozenset({State.REJECTED, State.RECALLED})),
    Filter("failed", QT_TRANSLATE_NOOP("Lists", "Failed"), frozenset({State.FAILED})),
    Filter("all", QT_TRANSLATE_NOOP("Lists", "All")),
)
FIRST_LOOK = ("review", "edit", "redo", "sign_off", "all")


class QueueModel(QObject):
    """The list of one batch, or of all; everything is read on the database's thread and arrives a moment later.

    Attributes:
        batch: its name, "" for every batch of the studio.
        ids: the images of the list in their order, int64.
        selection: what the list was asked for; filter: its states' button.
        counts: how many images each filter has within the selection, by the filter's name.
        facets: what can be selected by.
        opened: whether a batch, or all of them, was asked for at all.
        person: says who sits at this window.
        settled: whether the list is the one that was asked for last.

    Signals:
        changed: ids or counts are different.
        arrived: cards came that may be on the screen.
        entered: entries came.
    """

    changed = Signal()
    arrived = Signal()
    entered = Signal()

    def __init__(self, lists: Lists, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists = lists
        self.batch, self.filter, self.selection = "", filter_named("review"), _selection_of(filter_named("review"))
        self.person: Callable[[], str] = str
        self.ids: array = array("q")
        self.counts: dict[str, int] = {known.name: 0 for known in FILTERS}
        self.facets = Facets()
        self._states: dict[State, int] = {}
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._awaited: set[int] = set()
        self.opened = self._reading = self._again = False
        self._turn = 0

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def total(self) -> int:
        """How many images the batch has, or all of them."""
        return sum(self._states.values())

    @property
    def settled(self) -> bool:
        """Whether what is shown is what was asked for last."""
        return not self._reading

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the batch's shoot groups."""
        return tuple(sorted(self.facets.groups, key=natural))

    @property
    def group(self) -> str:
        """The chosen shoot group, "" for all."""
        return self.selection.group

    @property
    def search(self) -> str:
        """The words looked for."""
        return self.selection.text

    def open(self, batch: str) -> None:
        """Show a batch, every batch for "": the first list in which somebody is waited for."""
        self.opened = True
        self.batch, self.ids, self._states = batch, array("q"), {}
        self._cards.clear()
        self._entries.clear()
        self._turn += 1
        choices = [_selection_of(filter_named(name)) for name in FIRST_LOOK]
        self._ask(choices)
        self._read_facets()

    def reload(self) -> None:
        """Read the list anew; several wishes at once are one."""
        if self._reading:
            self._again = True
        elif self.opened:
            self._ask([self.selection])

    def refresh(self, images: Iterable[int], *, with_facets: bool = True) -> None:
        """Something about these images changed; none means that anything may have."""
        changed = set(images)
        known = [image for image in self._entries if not changed or image in changed]
        cards = [image for image in self._cards if not changed or image in changed]
        self._read_entries(known)
        if cards:
            self._lists.cards(cards[-PAGE:], self._take_cards)
            for image in cards[:-PAGE]:
                self._cards.pop(image, None)
        if not changed and with_facets:
            self._read_facets()
        self.reload()

    def choose(self, selection: Selection) -> None:
        """Show what the selection finds, in the filter's states."""
        self.selection = replace(selection, states=self.filter.states)
        self.reload()

    def set_filter(self, name: str) -> None:
        """Show another list."""
        self.filter = filter_named(name)
        self.choose(self.selection)

    def set_search(self, text: str) -> None:
        """Show only images whose file, SKU, category or shoot group contains every word of `text`."""
        self.choose(replace(self.selection, text=text.strip()))

    def set_group(self, name: str) -> None:
        """Show only one shoot group, or all of them for ""."""
        self.choose(replace(self.selection, group=name))

    def count_states(self, states: Collection[State]) -> int:
        """Return how many images of the batch are in one of these states."""
        return sum(self._states.get(state, 0) for state in states)

    def image_at(self, row: int) -> int:
        """Return the image in a row; negative rows count from the end."""
        return self.ids[row]

    def position(self, image: int) -> int | None:
        """Return the row of an image, None when the list does not show it."""
        found = np.flatnonzero(np.frombuffer(self.ids, np.int64) == image) if self.ids else ()
        return int(found[0]) if len(found) else None

    def card(self, row: int) -> Card | None:
        """Return what a row shows, None while it is not there; what this person has open themselves is no news."""
        card = self._cards.get(self.ids[row])
        return replace(card, opened_by="") if card is not None and card.opened_by == self.person() else card

    def want_cards(self, rows: range) -> None:
        """Read the cards of these rows and those around them, unless they are here or on their way.

        Several views share the cards, and one may push another's out: each asks for what it shows whenever it paints.
        """
        if any(self._lacks(self.ids[row]) for row in rows):
            middle = (rows.start + rows.stop) // 2
            first = max(0, min(middle - PAGE // 2, rows.start))
            images = self.ids[first : max(first + PAGE, rows.stop)].tolist()
            self._awaited.update(images)
            self._lists.cards(images, self._take_cards)

    def _lacks(self, image: int) -> bool:
        return image not in self._cards and image not in self._awaited

    def entry(self, image: int) -> Entry | None:
        """Return all about an image, None while it is not here; see `want_entries`."""
        return self._entries.get(image)

    def want_entries(self, images: Iterable[int]) -> None:
        """Read all about these images, unless it is here or on its way."""
        self._read_entries([image for image in images if image not in self._entries])

    def around(self, row: int, ahead: int, behind: int) -> Sequence[int]:
        """Return the neighbours to decode ahead: the next ones, then the previous ones, nearest first."""
        following = self.ids[row + 1 : row + 1 + ahead]
        return [*following, *reversed(self.ids[max(0, row - behind) : row])]

    def _ask(self, choices: Sequence[Selection]) -> None:
        self._reading, self._again = True, False
        turn = self._turn
        self._lists.open(
            self.batch, choices, cards=PAGE, entries=FIRST_ENTRIES, then=lambda found: self._take(found, turn, choices)
        )

    def _take(self, found: Listed, turn: int, choices: Sequence[Selection]) -> None:
        if turn != self._turn:
            return
        self._reading = False
        if len(choices) > 1:
            self.filter = filter_named(FIRST_LOOK[found.choice])
            self.selection = found.selection
        self._states = found.states
        self.counts = {
            known.name: sum(count for state, count in found.counts.items() if known.takes(state)) for known in FILTERS
        }
        stale = self._again or (len(choices) == 1 and found.selection != self.selection)
        self.ids = found.ids
        self._awaited.clear()
        self._keep_cards(found.cards)
        self._keep_entries(found.entries)
        if stale:
            self.reload()
        self.changed.emit()

    def _read_facets(self) -> None:
        batch = self.batch
        self._lists.facets(batch, lambda found: self._take_facets(batch, found))

    def _take_facets(self, batch: str, found: Facets) -> None:
        if batch != self.batch or found == self.facets:
            return
        self.facets = found
        if self.selection.group and self.selection.group not in found.groups:
            self.set_group("")
        self.changed.emit()

    def _take_cards(self, cards: Sequence[Card]) -> None:
        self._keep_cards(cards)
        self.arrived.emit()

    def _keep_cards(self, cards: Iterable[Card]) -> None:
        for card in cards:
            self._awaited.discard(card.image)
            self._cards[card.image] = card
            self._cards.move_to_end(card.image)
        while len(self._cards) > KEPT_CARDS:
            self._cards.popitem(last=False)

    def _read_entries(self, images: Iterable[int]) -> None:
        wanted = list(images)
        if wanted:
            batch = self.batch
            self._lists.entries(wanted, lambda entries: self._take_entries(batch, entries))

    def _take_entries(self, batch: str, entries: Sequence[Entry]) -> None:
        if batch == self.batch and entries:
            self._keep_entries(entries)
            self.entered.emit()

    def _keep_entries(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._entries[entry.record.id] = entry
            self._entries.move_to_end(entry.record.id)
        while len(self._entries) > KEPT_ENTRIES:
            self._entries.popitem(last=False)


def filter_named(name: str) -> Filter:
    """Return the filter of that name."""
    for known in FILTERS:
        if known.name == name:
            return known
    raise BugError(f"There is no filter “{name}”.")


def _selection_of(known: Filter) -> Selection:
    return Selection(states=known.states)
