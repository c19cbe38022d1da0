"""Small pictures by the SHA-256 of their file: the newest few hundred in memory, the visible ones first."""

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.model import Card
from reviewer.images.pyramid import Pixels

KEPT = 384
SIDE = 256


class Fetch(Protocol):
    """How a thumbnail is decoded on a worker; see `Desk.thumbnail`."""

    def __call__(
        self,
        sha: str,
        side: int,
        *,
        original: str | None,
        then: Callable[[Pixels], None],
        wanted: Callable[[], bool],
        dropped: Callable[[], None],
    ) -> None:
        """Decode, then call back on the window's thread."""


class Thumbnails(QObject):
    """A cache of decoded thumbnails.

    Signals:
        arrived: at least one more picture can be drawn.
    """

    arrived = Signal()

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._pictures: OrderedDict[str, Pixels] = OrderedDict()
        self._asked: set[str] = set()
        self._wanted: dict[str, str | None] = {}

    def picture(self, sha: str | None) -> Pixels | None:
        """Return uint8 h×w×4 BGRA, at most 256 px wide and high; None while it is not there."""
        if sha is None or sha not in self._pictures:
            return None
        self._pictures.move_to_end(sha)
        return self._pictures[sha]

    def want(self, cards: Iterable[Card]) -> None:
        """Decode the thumbnails of these images; what was asked for others and has not begun is dropped."""
        names = {sha: _client_name(card, sha) for card in cards for sha in thumbnail_names(card)}
        self._wanted = names
        for sha in names:
            self._request(sha)

    def _request(self, sha: str) -> None:
        if sha in self._pictures or sha in self._asked:
            return
        self._asked.add(sha)
        self._fetch(
            sha,
            SIDE,
            original=self._wanted[sha],
            then=partial(self._take, sha),
            wanted=lambda: sha in self._wanted,
            dropped=partial(self._dropped, sha),
        )

    def _dropped(self, sha: str) -> None:
        self._asked.discard(sha)
        if sha in self._wanted:
            self._request(sha)

    def _take(self, sha: str, pixels: Pixels) -> None:
        self._asked.discard(sha)
        self._pictures[sha] = pixels
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.arrived.emit()


def thumbnail_names(card: Card) -> tuple[str, ...]:
    """Return the names of an image's thumbnails: the result's, then the original's; else the client's file itself."""
    if card.version is None:
        return (card.sha256,) if card.sha256 else ()
    return tuple(sha for sha in (card.thumbnail, card.original_thumbnail) if sha)


def _client_name(card: Card, sha: str) -> str | None:
    """Return the name of the client's file when there is no thumbnail yet and it has to be shrunk itself."""
    return card.file if sha == card.sha256 else None
