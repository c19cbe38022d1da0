"""Delivering from the window: how a listing will look, how files will be called, and the export itself, in the back."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Change
from pipeline.store.store import Store
from reviewer.desk.pictures import Pictures
from reviewer.desk.running import Line
from reviewer.images.pyramid import Pixels
from reviewer.jobs import Jobs

if TYPE_CHECKING:
    from pipeline.batch.names import NameRow
    from pipeline.run.deliver import ExportReport
    from pipeline.run.listing import Listing

LANE = "aside"
SHIP = "ship"


@dataclass(frozen=True)
class Parcels:
    """What shall leave: a batch, for these platforms, into that folder, as ZIPs or folders."""

    batch: str
    platforms: tuple[str, ...]
    to: Path
    archive: bool = False


@dataclass(frozen=True, eq=False)
class Shown:
    """A listing ready to be painted: uint8 h×w×4 BGRA in the monitor's colours, `pixels` of the whole file."""

    listing: "Listing"
    pixels: Pixels
    beside: tuple[tuple[str, Pixels], ...]


class Shipping(QObject):
    """The verbs of delivery.

    Signals:
        moved(int, int, str): so many of so many images are packed; the next one's file.
        changed(Change): images left, came back to review or are called otherwise.
    """

    moved = Signal(int, int, str)
    changed = Signal(object)

    def __init__(self, *, open_store: Callable[[], Store], line: Line, jobs: Jobs, pictures: Pictures) -> None:
        super().__init__()
        self._open_store, self._line, self._jobs, self._pictures = open_store, line, jobs, pictures

    def listing(
        self,
        image: int,
        platform: str,
        then: Callable[[Shown], None],
        *,
        failed: Callable[[KnownError], None],
        wanted: Callable[[], bool],
    ) -> None:
        """Make the file of an image for a platform, while it is still `wanted`; nothing is recorded."""
        self._jobs.submit(LANE, partial(self._listed, image, platform), then=then, failed=failed, wanted=wanted)

    def names(
        self,
        batch: str,
        platform: str,
        then: Callable[[list["NameRow"]], None],
        *,
        failed: Callable[[KnownError], None],
    ) -> None:
        """Say how the images of a batch will be called."""
        self._jobs.submit(LANE, partial(self._named, batch, platform), then=then, failed=failed)

    def rename(
        self, batch: str, image: int, values: Mapping[str, str], by: str, *, failed: Callable[[KnownError], None]
    ) -> None:
        """Correct a code ("sku", "asin", "gtin") or the "angle" of an image; who did stands on record."""
        given = dict(values)

        def work() -> None:
            with self._open_store() as store:
                store.name_image(image, person=by, **given)

        changed = Change(batch, (image,), "names")
        self._jobs.submit(LANE, work, then=lambda _: self.changed.emit(changed), failed=failed)

    def deliver(
        self, parcels: Parcels, then: Callable[["ExportReport"], None], *, failed: Callable[[KnownError], None]
    ) -> None:
        """Export a batch; `moved` tells how far it is."""

        def done(report: "ExportReport") -> None:
            self.changed.emit(Change(parcels.batch, (), "delivery"))
            then(report)

        self._jobs.submit(SHIP, partial(self._delivered, parcels), then=done, failed=failed)

    def _listed(self, image: int, platform: str) -> Shown:
        with self._open_store() as store:
            listing = self._line.listing(store, image, platform)
        beside = tuple((offer.title, self._painted(offer.rgb)) for offer in listing.neighbours)
        return Shown(listing, self._painted(listing.offer.rgb, listing.alpha), beside)

    def _painted(self, rgb: Pixels, alpha: Pixels | None = None) -> Pixels:
        bgra = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA)
        shown = self._pictures.gallery.display.shown_pixels(bgra)
        if alpha is None:
            return shown
        # The file was decoded on black, which is what Qt calls premultiplied.
        return np.ascontiguousarray(np.dstack([shown[..., :3], alpha]))

    def _named(self, batch: str, platform: str) -> list["NameRow"]:
        with self._open_store() as store:
            return self._line.names(store, batch, platform)

    def _delivered(self, parcels: Parcels) -> "ExportReport":
        def told(done: int, total: int, file: str) -> None:
            self._jobs.post(lambda: self.moved.emit(done, total, file))

        with self._open_store() as store:
            return self._line.deliver(store, parcels, told)
