"""Pixels for the window: pairs decoded ahead, evidence layers and thumbnails, all made on workers."""

from collections.abc import Callable
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import Frame
from pipeline.store.files import Files
from reviewer.images.gallery import Gallery
from reviewer.images.gallery import Pair
from reviewer.images.gallery import file_names
from reviewer.images.gallery import memory_budget
from reviewer.images.layers import DIFFERENCE
from reviewer.images.layers import Layer
from reviewer.images.layers import difference_layer
from reviewer.images.layers import ground_layer
from reviewer.images.layers import white_layer
from reviewer.images.pyramid import Pixels
from reviewer.images.sources import load_mask
from reviewer.images.sources import load_small
from reviewer.images.sources import load_thumbnail
from reviewer.jobs import Jobs


class Pictures(QObject):
    """Decodes what the window shows.

    Attributes:
        gallery: the pictures in memory.

    Signals:
        opened(Pair), told(str): as the desk's.
    """

    opened = Signal(object)
    told = Signal(str)

    def __init__(self, *, files: Files, jobs: Jobs, budget: int | None = None) -> None:
        super().__init__()
        self._files, self._jobs = files, jobs
        self.gallery = Gallery(partial(jobs.submit, "decode"), files, budget=budget or memory_budget())
        self.gallery.on_ready = self._arrived
        self._current: Entry | None = None
        self._layer_turn = 0

    def open(self, entry: Entry, neighbours: Sequence[Entry]) -> Pair | None:
        """Show an image: returns its pixels when they are in memory, else `opened` tells when they are.

        The neighbours are decoded ahead, the first one first.
        """
        self._current = entry
        self.gallery.want([entry, *neighbours])
        return self.gallery.pair(entry)

    def forget_trouble(self, entry: Entry) -> None:
        """Read this image's files again when it is shown next."""
        self.gallery.forget_trouble(entry)

    def layer(self, entry: Entry, name: str, then: Callable[[Layer], None]) -> None:
        """Make the layer "white", a difference or a ground for the result; only the last one asked for is delivered."""
        self._layer_turn += 1
        turn = self._layer_turn
        outcome, pair = entry.version.outcome if entry.version else None, self.gallery.pair(entry)
        if outcome is None or outcome.mask is None or outcome.frame is None:
            return
        if pair is None or not pair.exact or pair.result is None:
            return
        work = partial(_make_layer, self._files, outcome.mask, outcome.frame, pair, name, entry.record.file)
        self._jobs.submit(
            "derive",
            work,
            then=lambda layer: then(layer) if turn == self._layer_turn else None,
            failed=self._tell,
            wanted=lambda: turn == self._layer_turn,
        )

    def thumbnail(
        self,
        sha: str,
        side: int,
        *,
        original: str | None,
        then: Callable[[Pixels], None],
        wanted: Callable[[], bool],
        dropped: Callable[[], None],
    ) -> None:
        """Decode a small copy, uint8 h×w×4 BGRA, while it is `wanted`: of a stored picture, or of the client's file.

        `original` is the name of the client's file where the SHA-256 is that file's.
        """

        def load() -> Pixels:
            path = self._files.path(sha)
            return load_small(path, original, side) if original else load_thumbnail(path, side)

        self._jobs.submit(
            "small",
            load,
            then=then,
            failed=lambda _: None,
            wanted=wanted,
            dropped=dropped,
        )

    def _arrived(self, sha: str) -> None:
        if self._current is None or sha not in file_names(self._current):
            return
        pair = self.gallery.pair(self._current)
        if pair is not None:
            self.opened.emit(pair)

    def _tell(self, error: KnownError) -> None:
        self.told.emit(str(error))


def _make_layer(files: Files, mask: str, frame: Frame, pair: Pair, name: str, file: str) -> Layer:
    if pair.original is None or pair.result is None:
        raise BugError("A layer was asked for before both pictures were there.")
    matte = load_mask(files.path(mask), file)
    if name == "white":
        return white_layer(pair.result, matte, frame)
    if name.startswith(DIFFERENCE):
        return difference_layer(pair.original, pair.result, matte, frame, int(name.removeprefix(DIFFERENCE)))
    return ground_layer(pair.result, matte, frame, name)
