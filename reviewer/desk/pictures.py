"""Pixels for the window: pairs decoded ahead, evidence layers and thumbnails, all made on workers."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.color import delta_e_2000
from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.model import Entry
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.store.files import Files
from reviewer.images.display import Display
from reviewer.images.gallery import Gallery
from reviewer.images.gallery import Pair
from reviewer.images.gallery import file_names
from reviewer.images.gallery import memory_budget
from reviewer.images.geometry import Region
from reviewer.images.layers import Layer
from reviewer.images.layers import make_layer
from reviewer.images.proof import Proof
from reviewer.images.proof import prove
from reviewer.images.pyramid import Pixels
from reviewer.images.sources import Decode
from reviewer.images.sources import here
from reviewer.images.sources import load_mask
from reviewer.images.sources import load_reduced
from reviewer.images.sources import load_samples
from reviewer.images.sources import load_small
from reviewer.images.sources import load_thumbnail
from reviewer.jobs import Jobs
from reviewer.sentences import said_words


@dataclass(frozen=True, eq=False)
class Probe:
    """What belongs to one image beside its pictures; `samples` are the original's, uint16 H×W×C, where it has them."""

    image: int
    proof: Proof
    samples: NDArray[np.uint16] | None


class Pictures(QObject):
    """Decodes what the window shows.

    Attributes:
        gallery: the pictures in memory.

    Signals:
        opened(Pair), told(str): as the desk's.
        near(Pair): the image that probably comes next is decoded.
        begun: one of the two pictures of the image that is shown is decoded, the other is not.
    """

    near = Signal(object)
    begun = Signal()
    opened = Signal(object)
    told = Signal(str)

    def __init__(self, *, files: Files, jobs: Jobs, budget: int | None = None, decode: Decode = here) -> None:
        super().__init__()
        self._files, self._jobs, self._decode = files, jobs, decode
        self.gallery = Gallery(partial(jobs.submit, "decode"), files, budget=budget or memory_budget(), decode=decode)
        self.gallery.on_ready = self._arrived
        self._current: Entry | None = None
        self._next: Entry | None = None
        self._wanted: Callable[[], None] = partial(self.gallery.want, ())
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._want)
        self._layer_turn = 0
        self._proven: tuple[tuple, Proof] | None = None

    def open(self, entry: Entry, neighbours: Sequence[Entry], *, close: bool = True) -> Pair | None:
        """Show an image: returns its pixels when they are in memory, else `opened` tells when they are.

        The neighbours are decoded ahead, the first one first; `close` says that each pixel of them will be seen.
        """
        self._current, self._next = entry, neighbours[0] if neighbours else None
        self._wanted = partial(self.gallery.want, [entry, *neighbours], close=close)
        pair = self.gallery.pair(entry)
        if pair is None:
            self._want()
        else:
            # What is there is painted first: starting workers takes longer than that.
            self._soon.start()
        return pair

    def _want(self) -> None:
        self._soon.stop()
        self._wanted()

    def show_on(self, display: Display) -> None:
        """Show everything in the colours of this monitor from now on."""
        if display != self.gallery.display:
            self.gallery.show_on(display)

    def close(self) -> None:
        """Ask for nothing any more."""
        self._soon.stop()

    def forget_trouble(self, entry: Entry) -> None:
        """Read this image's files again when it is shown next."""
        self.gallery.forget_trouble(entry)

    def layer(self, entry: Entry, name: str, region: Region, then: Callable[[Layer], None]) -> None:
        """Make a layer for what is on the screen; only the last one asked for is delivered."""
        self._layer_turn += 1
        turn = self._layer_turn
        outcome, pair = entry.version.outcome if entry.version else None, self.gallery.pair(entry)
        if outcome is None or outcome.mask is None or pair is None or not _can_prove(pair):
            return
        work = partial(self._make_layer, pair, outcome, name, region, entry.record.file)
        self._jobs.submit(
            "derive",
            work,
            then=lambda layer: then(layer) if turn == self._layer_turn else None,
            failed=self._tell,
            wanted=lambda: turn == self._layer_turn,
        )

    def probe(self, entry: Entry, then: Callable[[Probe], None]) -> None:
        """Read what the readout needs beside the pictures: mask in the result's frame, samples beyond 8 bits."""
        outcome, pair = entry.version.outcome if entry.version else None, self.gallery.pair(entry)
        if outcome is None or outcome.mask is None or pair is None or pair.result is None or not pair.result.whole:
            return
        work = partial(self._make_probe, pair, outcome, entry.record)
        self._jobs.submit("derive", work, then=then, wanted=partial(self._is_current, entry), failed=self._tell)

    def _make_probe(self, pair: Pair, outcome: Outcome, record: ImageRecord) -> Probe:
        # The readout measures colours on the window's thread: what that needs is imported here.
        delta_e_2000(np.zeros((1, 3), np.float32), np.zeros((1, 3), np.float32))
        samples = load_samples(self._files.path(record.sha256), record.file, self._decode)
        return Probe(pair.image, self._proof_of(pair, outcome, record.file), samples)

    def _is_current(self, entry: Entry) -> bool:
        return self._current is not None and self._current.record.id == entry.record.id

    def _make_layer(self, pair: Pair, outcome: Outcome, name: str, region: Region, file: str) -> Layer:
        if pair.original is None or pair.result is None or pair.frame is None:
            raise BugError("A layer was asked for before both pictures were there.")
        proof = self._proof_of(pair, outcome, file)
        figures = {reading.name: reading.value for reading in outcome.readings}
        layer = make_layer(name, pair.original, pair.result, pair.frame, proof, region, figures)
        return self.gallery.display.shown_layer(layer)

    def _proof_of(self, pair: Pair, outcome: Outcome, file: str) -> Proof:
        """Return the proof of one version; the last one is kept. Runs on the one thread of the lane "derive"."""
        if pair.result is None or pair.frame is None or outcome.mask is None:
            raise BugError("There is nothing to prove before there is a result.")
        key = (outcome.mask, outcome.result, outcome.frame)
        if self._proven is None or self._proven[0] != key:
            self._proven = None
            mask = load_mask(self._files.path(outcome.mask), file)
            lent = self.gallery.lent
            radius = lent.radius if lent is not None and lent.sha == outcome.result else None
            self._proven = key, prove(pair.result.judged[0], mask, pair.frame, radius=radius)
        return self._proven[1]

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
            return load_small(path, original, side, self._decode) if original else load_thumbnail(path, side)

        self._jobs.submit(
            "small",
            load,
            then=then,
            failed=lambda _: None,
            wanted=wanted,
            dropped=dropped,
        )

    def reduced(self, entry: Entry, side: int, *, then: Callable[[Pixels], None], wanted: Callable[[], bool]) -> None:
        """Decode a result, uint8 h×w×4 BGRA in the monitor's colours, at most `side` long, while it is `wanted`."""
        outcome = entry.version.outcome if entry.version else None
        if outcome is None or outcome.result is None:
            return
        path, display, png = self._files.path, self.gallery.display, partial(self._files.path, outcome.result)
        if outcome.tiles is not None and outcome.frame is not None:
            tiles, longest = partial(path, outcome.tiles), max(outcome.frame.size)
            load = partial(load_reduced, tiles, png, entry.record.file, longest, side)
        else:
            load = partial(_load_small_png, png, side)
        self._jobs.submit("small", lambda: display.shown_pixels(load()), then=then, failed=self._tell, wanted=wanted)

    def _arrived(self, sha: str) -> None:
        if self._next is not None and sha in file_names(self._next):
            self.tell_next()
        if self._current is None or sha not in file_names(self._current):
            return
        pair = self.gallery.pair(self._current)
        if pair is not None:
            self.opened.emit(pair)
        else:
            self.begun.emit()

    def tell_next(self) -> None:
        """Tell of the image that probably comes next, if it is decoded."""
        pair = self.gallery.pair(self._next) if self._next is not None else None
        if pair is not None and pair.exact:
            self.near.emit(pair)

    def _tell(self, error: KnownError) -> None:
        self.told.emit(said_words(str(error)))


def _load_small_png(png: Callable[[], Path], side: int) -> Pixels:
    return load_thumbnail(png(), side)


def _can_prove(pair: Pair) -> bool:
    """Say whether the result is whole, as a proof needs it, and the original more than a small copy."""
    whole = pair.result is not None and pair.result.whole
    return whole and pair.exact and pair.original is not None
