"""The queue as the list shows it: entries by id, filtered and searched, with counts that stay live."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.batch.folders import natural
from pipeline.errors import BugError
from pipeline.model import Entry
from pipeline.model import State


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
    Filter("review", "Review", frozenset({State.REVIEW, State.AUDIT})),
    Filter("edit", "Edit", frozenset({State.EDIT})),
    Filter("redo", "Redo", frozenset({State.REDO})),
    Filter("sign_off", "Sign-off", frozenset({State.SIGN_OFF})),
    Filter("approved", "Approved", frozenset({State.APPROVED, State.READY, State.DELIVERED})),
    Filter("rejected", "Rejected", frozenset({State.REJECTED, State.RECALLED})),
    Filter("failed", "Failed", frozenset({State.FAILED})),
    Filter("all", "All"),
)


class QueueModel(QObject):
    """Entries of one batch.

    Attributes:
        rows: the entries of the chosen filter and shoot group that match the search, by id.
        counts: how many entries of the group each filter has, by name, whatever the search.
        groups: names of the batch's shoot groups; group: the chosen one, "" for all.

    Signals:
        changed: rows or counts are different; the ids may be, too.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter, self.search, self.group = filter_named("review"), "", ""
        self.groups: tuple[str, ...] = ()
        self.rows: list[Entry] = []
        self.counts: dict[str, int] = {known.name: 0 for known in FILTERS}
        self._entries: dict[int, Entry] = {}
        self._states: dict[State, int] = {}
        self._position: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        """How many images the batch has."""
        return len(self._entries)

    def replace_all(self, entries: Iterable[Entry]) -> None:
        """Show another batch, or this one read anew."""
        self._entries = {entry.record.id: entry for entry in entries}
        self._rebuild()

    def update_some(self, entries: Iterable[Entry]) -> None:
        """Take newer entries of images that are here."""
        for entry in entries:
            if entry.record.id in self._entries:
                self._entries[entry.record.id] = entry
        self._rebuild()

    def set_filter(self, name: str) -> None:
        """Show another list."""
        self.filter = filter_named(name)
        self._rebuild()

    def set_search(self, text: str) -> None:
        """Show only images whose file, SKU, category or shoot group contains every word of `text`."""
        self.search = text.strip()
        self._rebuild()

    def set_group(self, name: str) -> None:
        """Show only one shoot group, or all of them for ""."""
        self.group = name
        self._rebuild()

    def count_states(self, states: Collection[State]) -> int:
        """Return how many images of the batch are in one of these states."""
        return sum(self._states.get(state, 0) for state in states)

    def entry(self, image: int) -> Entry | None:
        """Return an image of the batch, None when it has no such image."""
        return self._entries.get(image)

    def position(self, image: int) -> int | None:
        """Return the row of an image, None when the list does not show it."""
        return self._position.get(image)

    def around(self, row: int, ahead: int, behind: int) -> Sequence[Entry]:
        """Return the neighbours to decode ahead: the next ones, then the previous ones, nearest first."""
        following = self.rows[row + 1 : row + 1 + ahead]
        return [*following, *reversed(self.rows[max(0, row - behind) : row])]

    def _rebuild(self) -> None:
        entries = list(self._entries.values())
        self._states = states = dict(Counter(entry.state for entry in entries))
        self.groups = tuple(sorted({entry.record.shoot_group for entry in entries} - {""}, key=natural))
        if self.group in self.groups:
            entries = [entry for entry in entries if entry.record.shoot_group == self.group]
            states = dict(Counter(entry.state for entry in entries))
        else:
            self.group = ""
        self.counts = {
            known.name: sum(count for state, count in states.items() if known.takes(state)) for known in FILTERS
        }
        words = self.search.casefold().split()
        self.rows = [entry for entry in entries if self.filter.takes(entry.state) and _matches(entry, words)]
        self._position = {entry.record.id: row for row, entry in enumerate(self.rows)}
        self.changed.emit()


def filter_named(name: str) -> Filter:
    """Return the filter of that name."""
    for known in FILTERS:
        if known.name == name:
            return known
    raise BugError(f"There is no filter “{name}”.")


def _matches(entry: Entry, words: Sequence[str]) -> bool:
    if not words:
        return True
    record = entry.record
    text = f"{record.file} {record.sku} {record.category} {record.shoot_group}".casefold()
    return all(word in text for word in words)
