"""Which pictures are in memory: decodes the current image and its neighbours ahead, within a budget of bytes.

The current image and the next one are kept whole; farther neighbours lose their full-size pixels first when memory
runs short, and are shown as a proxy until they are decoded again.
"""

import os
from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.store.files import Files
from reviewer.images.geometry import Size
from reviewer.images.pyramid import Pyramid
from reviewer.images.sources import load_original
from reviewer.images.sources import load_result

MIB = 1024 * 1024
BUDGET_LOW, BUDGET_HIGH, BUDGET_SHARE = 512 * MIB, 640 * MIB, 0.25
NEAR = 2


@dataclass(frozen=True, eq=False)
class Pair:
    """What the panes show: pixels of one image's original and of one version's result.

    Attributes:
        image, version: ids of what is shown; `version` is None where there is no result.
        exact: the pixels are those of the files, not a small stand-in; only then a decision may be made.
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
    """Return how many bytes of pixels to keep: a quarter of the memory, between 512 and 640 MiB."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return BUDGET_LOW
    return int(min(max(memory * BUDGET_SHARE, BUDGET_LOW), BUDGET_HIGH))


class Gallery:
    """Pictures by the SHA-256 of their file; lives on the window's thread, decoding happens on workers.

    Attributes:
        on_ready: called with the ids of files when pictures arrive or turn out unreadable.
    """

    def __init__(self, submit: Submit, files: Files, *, budget: int) -> None:
        self._submit, self._files, self._budget = submit, files, budget
        self._pictures: OrderedDict[str, Pyramid] = OrderedDict()
        self._troubles: dict[str, str] = {}
        self._running: set[str] = set()
        self._entries: tuple[Entry, ...] = ()
        self._wanted: tuple[str, ...] = ()
        self._wanted_set: frozenset[str] = frozenset()
        self.on_ready: Callable[[str], None] = _nothing

    @property
    def bytes(self) -> int:
        """Memory held by all pictures."""
        return sum(picture.bytes for picture in self._pictures.values())

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
            exact=trouble is None and all(self._pictures[sha].whole for sha in files),
            trouble=trouble,
        )

    def want(self, entries: Sequence[Entry]) -> None:
        """Decode these images, the first one first; what waits for other images is dropped."""
        self._entries = tuple(entries)
        order = list(dict.fromkeys(sha for entry in entries for sha in file_names(entry)))
        self._wanted, self._wanted_set = tuple(order), frozenset(order)
        for rank, entry in enumerate(entries):
            for sha in file_names(entry):
                if rank >= NEAR and sha in self._pictures:
                    continue
                load = load_original if sha == entry.record.sha256 else load_result
                self._request(sha, partial(self._load, load, sha, entry.record.file), priority=-rank)

    def forget_trouble(self, entry: Entry) -> None:
        """Try again to read this image's files when it is wanted next."""
        for sha in file_names(entry):
            self._troubles.pop(sha, None)

    def _load(self, load: Callable[..., Pyramid], sha: str, name: str) -> Pyramid:
        return load(self._files.path(sha), name)

    def _request(self, sha: str, work: Callable[[], Pyramid], *, priority: int) -> None:
        here = sha in self._pictures and self._pictures[sha].whole
        if here or sha in self._troubles or sha in self._running:
            return
        self._running.add(sha)
        self._submit(
            work,
            then=partial(self._arrived, sha),
            failed=partial(self._failed, sha),
            wanted=partial(self._still_wanted, sha),
            dropped=partial(self._dropped, sha),
            priority=priority,
        )

    def _still_wanted(self, sha: str) -> bool:
        # Called on the worker: the set is replaced, never changed, so that reading it needs no lock.
        return sha in self._wanted_set

    def _dropped(self, sha: str) -> None:
        self._running.discard(sha)
        if sha in self._wanted_set:
            self.want(self._entries)

    def _arrived(self, sha: str, picture: Pyramid) -> None:
        self._running.discard(sha)
        self._pictures[sha] = picture
        self._evict()
        self.on_ready(sha)

    def _failed(self, sha: str, error: KnownError) -> None:
        self._running.discard(sha)
        self._troubles[sha] = str(error)
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
            if self.bytes > self._budget and sha not in near:
                self._pictures[sha] = self._pictures[sha].halved()
        for sha in farthest:
            if self.bytes > self._budget:
                self._pictures.pop(sha)


def file_names(entry: Entry) -> Iterable[str]:
    """Return the SHA-256 of the pictures that show this image: the original, then the result."""
    result = entry.version.outcome.result if entry.version else None
    return (entry.record.sha256, result) if result else (entry.record.sha256,)


def _nothing(_: str) -> None:
    """Take a notice nobody waits for."""
