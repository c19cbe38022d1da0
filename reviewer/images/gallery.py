"""Which pictures are in memory: decodes the current image and its neighbours ahead, within a budget of bytes.

The current image and the next one are kept whole; farther neighbours are decoded as far as a fitted view needs. What
decodes quickly comes first: the halves of a result from its tiles, a smaller copy of an original.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.model import Outcome
from pipeline.store.files import Files
from reviewer.images.display import Display
from reviewer.images.geometry import Size
from reviewer.images.pyramid import Pyramid
from reviewer.images.sources import SCREEN_SIDE
from reviewer.images.sources import Decode
from reviewer.images.sources import here
from reviewer.images.sources import load_delivered
from reviewer.images.sources import load_original
from reviewer.images.sources import load_proxy
from reviewer.images.sources import load_result
from reviewer.images.sources import load_tiles_first
from reviewer.images.sources import load_whole_result
from reviewer.sentences import said_words

MIB = 1024 * 1024
BUDGET_LOW, BUDGET_HIGH, BUDGET_SHARE = 384 * MIB, 480 * MIB, 0.25
NEAR = 2
FIRST, WHOLE = 0, 1
STEPS = 3
"""In this order for each image: what comes first, what is quick even whole, the rest."""


@dataclass(frozen=True)
class Picture:
    """How one picture of an entry is decoded: at first, where there is a way, and whole; `quick`: even whole.

    Both are in the colours of the monitor they are given.
    """

    sha: str
    first: Callable[[Display], Pyramid] | None
    whole: Callable[[Display], Pyramid]
    quick: bool = False


@dataclass(frozen=True)
class Lent:
    """A finished file that is shown in the place of a result; `radius` is how far its codec may stray from white."""

    sha: str
    name: str
    data: bytes
    radius: int


@dataclass(frozen=True, eq=False)
class Pair:
    """What the panes show: pixels of one image's original and of one version's result.

    Attributes:
        image, version: ids of what is shown; `version` is None where there is no result.
        exact: the pixels are those of the files, not of small copies; only then a decision may be made.
        trouble: the sentence when a picture cannot be shown.
    """

    image: int
    version: int | None
    original: Pyramid | None
    result: Pyramid | None
    frame: Frame | None
    exact: bool = True
    trouble: str | None = None

    @property
    def size(self) -> Size:
        """Width and height of the product coordinates."""
        if self.frame is not None:
            return self.frame.size
        shown = self.result or self.original
        return shown.size if shown is not None else (1, 1)


class Submit(Protocol):
    """How decoding gets onto a worker; see `Jobs.submit`."""

    def __call__(
        self,
        work: Callable[[], Pyramid],
        *,
        then: Callable[[Pyramid], None],
        failed: Callable[[KnownError], None],
        wanted: Callable[[], bool],
        dropped: Callable[[], None],
        priority: int,
    ) -> None:
        """Run `work`, then call back on the window's thread."""


def memory_budget() -> int:
    """Return how many bytes of pixels to keep: a quarter of the memory, between 384 and 480 MiB."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return BUDGET_LOW
    return int(min(max(memory * BUDGET_SHARE, BUDGET_LOW), BUDGET_HIGH))


class Gallery:
    """Pictures by the SHA-256 of their file; lives on the window's thread, decoding happens on workers.

    Attributes:
        display: the monitor in whose colours pictures are decoded.
        side: pixels of the longest side there is to show a whole picture on; what comes first is decoded as far.
        lent: the finished file that is looked at, None for none.
        on_ready: called with the ids of files when pictures arrive or turn out unreadable.
    """

    def __init__(self, submit: Submit, files: Files, *, budget: int, decode: Decode = here) -> None:
        self._submit, self._files, self._budget, self._decode = submit, files, budget, decode
        self._pictures: OrderedDict[str, Pyramid] = OrderedDict()
        self._troubles: dict[str, str] = {}
        self._running: set[tuple[str, int]] = set()
        self._entries: tuple[Entry, ...] = ()
        self._close = True
        self._wanted: tuple[str, ...] = ()
        self._wanted_set: frozenset[str] = frozenset()
        self.display, self.side = Display(), SCREEN_SIDE
        self.lent: Lent | None = None
        self.on_ready: Callable[[str], None] = _nothing

    @property
    def bytes(self) -> int:
        """Memory held by all pictures."""
        return sum(picture.bytes for picture in self._pictures.values())

    @property
    def rests(self) -> bool:
        """Say whether nothing is being decoded."""
        return not self._running

    def picture(self, sha: str | None) -> Pyramid | None:
        """Return what is in memory of a file."""
        return self._pictures.get(sha) if sha else None

    def pair(self, entry: Entry) -> Pair | None:
        """Return the pair of an image, None while a picture of it is still missing."""
        files = file_names(entry)
        if any(sha not in self._pictures and sha not in self._troubles for sha in files):
            return None
        for sha in files:
            if sha in self._pictures:
                self._pictures.move_to_end(sha)
        outcome = entry.version.outcome if entry.version else None
        trouble = next((self._troubles[sha] for sha in files if sha in self._troubles), None)
        return Pair(
            image=entry.record.id,
            version=entry.version.id if entry.version else None,
            original=self._pictures.get(entry.record.sha256),
            result=self._pictures.get(outcome.result) if outcome and outcome.result else None,
            frame=outcome.frame if outcome else None,
            exact=trouble is None and not any(self._pictures[sha].proxy for sha in files),
            trouble=trouble,
        )

    def want(self, entries: Sequence[Entry], *, close: bool = True) -> None:
        """Decode these images, the first one first; what waits for other images is dropped.

        Unless they are looked at `close`, the next result is spared its full size, which comes quickly once it is
        the current one.
        """
        self._entries, self._close = tuple(entries), close
        order = list(dict.fromkeys(sha for entry in entries for sha in file_names(entry)))
        self._wanted, self._wanted_set = tuple(order), frozenset(order)
        for rank, entry in enumerate(entries):
            for picture in self._plan(entry):
                self._ask(picture, rank, close)

    def forget_trouble(self, entry: Entry) -> None:
        """Try again to read this image's files when it is wanted next."""
        for sha in file_names(entry):
            self._troubles.pop(sha, None)

    def show_on(self, display: Display) -> None:
        """Decode everything anew in the colours of a monitor."""
        self.display = display
        self.forget()
        if self._entries:
            self.want(self._entries, close=self._close)

    def forget(self) -> None:
        """Drop all pictures; what is wanted next is decoded again."""
        self._pictures.clear()

    def _plan(self, entry: Entry) -> Iterable[Picture]:
        """Yield the result first: it is what a person judges, and its tiles are decoded before any other copy."""
        if entry.version is not None and entry.version.outcome.result is not None:
            yield self._result(entry.record.file, entry.version.outcome, entry.version.outcome.result)
        record, path = entry.record, self._path
        small = entry.version.outcome.original_proxy if entry.version else None
        size = (record.width, record.height)
        yield Picture(
            record.sha256,
            (lambda display: display.shown(load_proxy(path(small), record.file, size))) if small else None,
            lambda display: load_original(path(record.sha256), record.file, display, self._decode),
        )

    def _result(self, file: str, outcome: Outcome, result: str) -> Picture:
        path, tiles, lent = self._path, outcome.tiles, self.lent
        if lent is not None and lent.sha == result:
            return Picture(result, None, lambda display: load_delivered(lent.data, lent.name, display))
        if tiles is None:
            return Picture(result, None, lambda display: display.shown(load_result(path(result), file)))
        longest, side = max(outcome.frame.size) if outcome.frame else 0, self.side
        return Picture(
            result,
            lambda display: display.shown(load_tiles_first(path(tiles), file, longest, side)),
            lambda display: display.shown(load_whole_result(lambda: path(tiles), lambda: path(result), file)),
            quick=True,
        )

    def _path(self, sha: str) -> Path:
        return self._files.path(sha)

    def _ask(self, picture: Picture, rank: int, close: bool) -> None:
        """Have what is missing decoded: for far neighbours only what comes quickly, if anything does."""
        here = self._pictures.get(picture.sha)
        if here is None and picture.first is not None:
            self._request(picture.sha, picture.first, FIRST, priority=-STEPS * rank)
        near = rank < (NEAR if close or not picture.quick else 1)
        if (here is None and picture.first is None) or (near and not (here and here.whole)):
            self._request(picture.sha, picture.whole, WHOLE, priority=-STEPS * rank - (1 if picture.quick else 2))

    def _request(self, sha: str, work: Callable[[Display], Pyramid], stage: int, *, priority: int) -> None:
        if sha in self._troubles or (sha, stage) in self._running:
            return
        self._running.add((sha, stage))
        display = self.display
        self._submit(
            lambda: work(display),
            then=partial(self._arrived, sha, stage, display),
            failed=partial(self._failed, sha, stage),
            wanted=partial(self._still_wanted, sha),
            dropped=partial(self._dropped, sha, stage),
            priority=priority,
        )

    def _still_wanted(self, sha: str) -> bool:
        # Called on the worker: the set is replaced, never changed, so that reading it needs no lock.
        return sha in self._wanted_set

    def _dropped(self, sha: str, stage: int) -> None:
        self._running.discard((sha, stage))
        if sha in self._wanted_set:
            self.want(self._entries, close=self._close)

    def _arrived(self, sha: str, stage: int, display: Display, picture: Pyramid) -> None:
        self._running.discard((sha, stage))
        if display != self.display:
            self._dropped(sha, stage)
            return
        here = self._pictures.get(sha)
        if here is not None and (here.whole or stage == FIRST):
            return
        self._pictures[sha] = picture
        self._evict()
        self.on_ready(sha)

    def _failed(self, sha: str, stage: int, error: KnownError) -> None:
        self._running.discard((sha, stage))
        if stage == FIRST:
            # The quick copy is a convenience; the file itself decides whether there is trouble.
            return
        self._troubles[sha] = said_words(str(error))
        self.on_ready(sha)

    def _evict(self) -> None:
        """Drop what nobody wants, then the far neighbours' full size, then neighbours; never the current image."""
        strangers = [sha for sha in self._pictures if sha not in self._wanted_set]
        own = {sha for entry in self._entries[:1] for sha in file_names(entry)}
        near = {sha for entry in self._entries[:NEAR] for sha in file_names(entry)}
        farthest = [sha for sha in reversed(self._wanted) if sha in self._pictures and sha not in own]
        for sha in strangers:
            if self.bytes > self._budget:
                self._pictures.pop(sha)
        for sha in farthest:
            if self.bytes > self._budget and self._pictures[sha].whole and not (self._close and sha in near):
                self._pictures[sha] = self._pictures[sha].halved()
        for sha in farthest:
            if self.bytes > self._budget and (sha not in near or not self._close):
                self._pictures.pop(sha)


def file_names(entry: Entry) -> Iterable[str]:
    """Return the SHA-256 of the pictures that show this image: the original, then the result."""
    result = entry.version.outcome.result if entry.version else None
    return (entry.record.sha256, result) if result else (entry.record.sha256,)


def _nothing(_: str) -> None:
    """Take a notice nobody waits for."""
