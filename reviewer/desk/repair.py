"""Repair by hand, away from the window's thread: opening what is painted on, keeping it, fills, new versions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Protocol
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.mask import grown
from pipeline.model import Box
from pipeline.model import Entry
from pipeline.model import Reading
from pipeline.model import Version
from pipeline.store.files import Files
from pipeline.store.store import Store
from pipeline.strokes import LEAST_CONTEXT
from pipeline.strokes import Stroke
from pipeline.strokes import edge_aware
from pipeline.strokes import reach
from pipeline.strokes import shifted
from reviewer.images.board import Board
from reviewer.images.board import Patch
from reviewer.images.display import Display
from reviewer.images.draft import Draft
from reviewer.images.draft import Spot
from reviewer.images.draft import keep_draft
from reviewer.images.draft import kept_draft
from reviewer.images.draft import spot_of
from reviewer.images.pyramid import Pixels
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import pyramid_of
from reviewer.images.sources import Decode
from reviewer.images.sources import here
from reviewer.images.sources import load_mask
from reviewer.images.sources import load_samples
from reviewer.jobs import Jobs

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.paths import Path as ClippingPath
    from pipeline.run.edit import Edit

HAND, SAVING = "repair", "versions"
DRAFTS = "drafts"
USUAL = "best"
"""The fill to try first: smooth where the surroundings are, textured where they are not."""
HAIR_AROUND = 128
"""Pixels around a region that its hair is solved from."""
AROUND = 96
"""Pixels around a hole that its fill is judged by."""

Photo = NDArray[np.uint16]
Levels = NDArray[np.uint8]
T = TypeVar("T")
Failed = Callable[[KnownError], None]


class Bench(Protocol):
    """What repair needs of the pipeline, always on a background thread."""

    def photo(self, entry: Entry, files: Files) -> Photo:
        """Return the original as the stages see it, with earlier fills, uint16 H×W×3 Adobe RGB."""
        ...

    def fill(self, photo: Photo, hole: NDArray[np.bool_], engine: str) -> Photo:
        """Return the photo with the hole (bool H×W) painted anew."""
        ...

    def edit(self, store: Store, entry: Entry, edit: "Edit", by: str) -> Version:
        """Make a new version from what a person painted on that one; raises ConflictError where it is not the last."""
        ...

    def copy(self, store: Store, source: Entry, target: Entry, by: str) -> Version:
        """Repair another image as one was; raises KnownError where that does not fit."""
        ...


@dataclass(frozen=True, eq=False)
class Opened:
    """An image on the board, with all the strokes that were kept."""

    image: int
    draft: Draft
    board: Board


@dataclass(frozen=True, eq=False)
class Filled:
    """What an engine made of a hole: the patch to show, and the readings of it; none before it is judged."""

    image: int
    engine: str
    patch: Patch
    readings: tuple[Reading, ...] = ()


class Repair:
    """Jobs of the repair mode, on a lane of their own; saving has another one, so that nobody waits for it."""

    def __init__(
        self, *, open_store: Callable[[], Store], files: Files, line: Bench, jobs: Jobs, decode: Decode = here
    ) -> None:
        self._open_store, self._files, self._line, self._jobs, self._decode = open_store, files, line, jobs, decode
        self._folder = files.folder.parent / DRAFTS
        self._photo: tuple[int, Photo] | None = None

    def open(
        self,
        entry: Entry,
        picture: Pyramid,
        display: Display,
        then: Callable[[Opened], None],
        *,
        apart: frozenset[str],
        failed: Failed,
    ) -> None:
        """Put an image on the board, with what was kept for it and what had been filled before.

        Deeds of the layers `apart` are in the draft and not on the board: their tools know what to do with them.
        """
        self._jobs.submit(HAND, partial(self._open, entry, picture, display, apart), then=then, failed=failed)

    def samples(self, entry: Entry, then: Callable[[NDArray[np.uint16] | None], None], *, failed: Failed) -> None:
        """Read the client's file in its own 16-bit values, uint16 H×W×C; None where it has 8 bits."""
        record = entry.record
        self._jobs.submit(
            HAND,
            lambda: load_samples(self._files.path(record.sha256), record.file, self._decode),
            then=then,
            failed=failed,
        )

    def keep(self, draft: Draft, *, failed: Failed) -> None:
        """Keep the strokes."""
        self._jobs.submit(HAND, partial(keep_draft, self._folder, draft), failed=failed)

    def prepare(self, entry: Entry, *, failed: Failed) -> None:
        """Read the photo that a fill will be made from, while the hole is being painted."""
        self._jobs.submit(HAND, partial(self._read, entry), failed=failed)

    def work(self, entry: Entry, job: Callable[[Photo], T], then: Callable[[T], None], *, failed: Failed) -> None:
        """Do a tool's slow work with the photo as `prepare` reads it; `then` gets what comes of it."""
        self._jobs.submit(HAND, lambda: job(self._read(entry)), then=then, failed=failed)

    def look_up(self, path: Path, job: Callable[[Photo], T], then: Callable[[T], None], *, failed: Failed) -> None:
        """Do a tool's work with any photo of the disk, read as the line reads one."""

        def work() -> T:
            from pipeline.photo_io.decode import read_master
            from pipeline.settings import load_settings

            limits = load_settings(self._files.folder.parent).ingest
            return job(self._decode(read_master, path, name=path.name, limits=limits))

        self._jobs.submit(HAND, work, then=then, failed=failed)

    def ask(
        self, job: Callable[[Store, Bench], T], then: Callable[[T], None], *, failed: Failed, slow: bool = False
    ) -> None:
        """Do a tool's work with the catalogue, on the lane of saving where it is `slow`."""

        def work() -> T:
            with self._open_store() as store:
                return job(store, self._line)

        self._jobs.submit(SAVING if slow else HAND, work, then=then, failed=failed)

    def grow(
        self, pixels: Pixels, mask: Levels, stroke: Stroke, then: Callable[[Spot], None], *, failed: Failed
    ) -> None:
        """Have an edge-aware stroke painted on a mask (uint8 H×W); `pixels` (BGRA) show where the object ends."""
        window = _window(reach(stroke, (mask.shape[1], mask.shape[0])), round(stroke.radius) + 2 * LEAST_CONTEXT, mask)
        part, levels = pixels[window][..., :3], mask[window].copy()
        moved = shifted(stroke, -window[1].start, -window[0].start)

        def work() -> Spot:
            painted = edge_aware(cv2.cvtColor(part, cv2.COLOR_BGR2RGB), levels, moved)
            return spot_of(painted, window[1].start, window[0].start)

        self._jobs.submit(HAND, work, then=then, failed=failed)

    def solve_hair(
        self, entry: Entry, mask: Levels, region: Levels, then: Callable[[Spot], None], *, failed: Failed
    ) -> None:
        """Have the matte (uint8 H×W) solved again where `region` (uint8 H×W) is marked."""
        left, top, width, height = cv2.boundingRect(region)
        window = _window((left, top, left + width, top + height), HAIR_AROUND, mask)
        levels, there = mask[window].copy(), region[window] >= 128

        def work() -> Spot:
            from pipeline.settings import load_settings
            from pipeline.tools.hair import solve_hair

            numbers = load_settings(self._files.folder.parent).tools.hair
            solved = solve_hair(self._read(entry)[window], levels / np.float32(255), there, numbers)
            return spot_of(np.rint(solved * 255).astype(np.uint8), window[1].start, window[0].start)

        self._jobs.submit(HAND, work, then=then, failed=failed)

    def clean(
        self, entry: Entry, mask: Levels, box: Box, display: Display, then: Callable[[Patch], None], *, failed: Failed
    ) -> None:
        """Have the product's own colours in a box, without the backdrop's, to see a mask (uint8 H×W) on any ground."""
        window = _window(box, AROUND, mask)
        levels = mask[window].copy()

        def work() -> Patch:
            from pipeline.tools.foreground import foreground

            colours = foreground(self._read(entry)[window], levels / np.float32(255))
            shown = display.shown(pyramid_of(screen_pixels(colours)))
            return Patch(window[1].start, window[0].start, shown, cut_out=True)

        self._jobs.submit(HAND, work, then=then, failed=failed)

    def think(self, job: Callable[[], T], then: Callable[[T], None], *, failed: Failed) -> None:
        """Do a tool's slow work that needs no file."""
        self._jobs.submit(HAND, job, then=then, failed=failed)

    def kept_path(self, entry: Entry, then: Callable[["ClippingPath"], None], *, failed: Failed) -> None:
        """Read the clipping path that goes with a version."""

        def work() -> "ClippingPath":
            from pipeline.photo_io.svg_path import read_svg

            data = self._files.read(entry.version.outcome.path)
            return read_svg(data, (entry.record.width, entry.record.height), name=entry.record.file)

        self._jobs.submit(HAND, work, then=then, failed=failed)

    def leave(self) -> None:
        """Let go of the photo that fills were made from."""
        self._jobs.submit(HAND, partial(setattr, self, "_photo", None))

    def fill(
        self,
        entry: Entry,
        hole: NDArray[np.bool_],
        engine: str,
        display: Display,
        then: Callable[[Filled], None],
        *,
        failed: Failed,
    ) -> None:
        """Fill a hole and show it on that display; `then` is called again with its readings once it is judged."""

        def judge(answer: tuple[Filled, Photo]) -> None:
            filled, photo = answer
            then(filled)
            self._jobs.submit(HAND, partial(self._judged, filled, photo, hole), then=then, failed=failed)

        self._jobs.submit(HAND, partial(self._fill, entry, hole, engine, display), then=judge, failed=failed)

    def save(self, entry: Entry, edit: "Edit", by: str, then: Callable[[Version], None], *, failed: Failed) -> None:
        """Make a new version of what a person painted."""

        def work() -> Version:
            with self._open_store() as store:
                return self._line.edit(store, entry, edit, by)

        self._jobs.submit(SAVING, work, then=then, failed=failed)

    def _open(self, entry: Entry, picture: Pyramid, display: Display, apart: frozenset[str]) -> Opened:
        version = entry.version
        if version is not None and version.outcome.patch is not None:
            picture = display.shown(pyramid_of(screen_pixels(self._line.photo(entry, self._files))))
        draft = kept_draft(
            self._folder, entry.record.id, version.id if version else 0, version.outcome.mask if version else None
        )
        width, height = picture.size
        mask = np.zeros((height, width), np.uint8)
        if draft.base:
            mask = load_mask(self._files.path(draft.base), entry.record.file).copy()
        board = Board(picture, mask)
        for deed in draft.deeds:
            if deed.layer not in apart:
                board.draw_deed(deed)
        return Opened(entry.record.id, draft, board)

    def _fill(self, entry: Entry, hole: NDArray[np.bool_], engine: str, display: Display) -> tuple[Filled, Photo]:
        photo = self._read(entry)
        rows, columns = box = _around(hole, AROUND)
        made = self._line.fill(photo, hole, engine)[box].copy()
        return Filled(entry.record.id, engine, shown_patch(made, columns.start, rows.start, display)), made

    def _read(self, entry: Entry) -> Photo:
        """Return the photo that fills are made from; the last one is kept. Runs on the one thread of its lane."""
        if self._photo is None or self._photo[0] != entry.record.id:
            self._photo = None
            self._photo = entry.record.id, self._line.photo(entry, self._files)
        return self._photo[1]

    def _judged(self, filled: Filled, made: Photo, hole: NDArray[np.bool_]) -> Filled:
        from pipeline.measure.changed import Comparison
        from pipeline.measure.retouch import read_retouch

        box = _around(hole, AROUND)
        if self._photo is None or self._photo[0] != filled.image:
            return filled
        before, after = (pixels.astype(np.float32) / 257 for pixels in (self._photo[1][box], made))
        everywhere = np.ones(before.shape[:2], bool)
        found = Comparison(before, after, everywhere, hole[box], (box[1].start, box[0].start), 1.0, (1.0, 1.0, 1.0))
        return Filled(filled.image, filled.engine, filled.patch, read_retouch(found))


def screen_pixels(rgb: Photo) -> Pixels:
    """Return working pixels (uint16 h×w×3) as the window shows them, before the monitor's own colours."""
    from pipeline.color import adobe16_to_srgb8

    return cv2.cvtColor(adobe16_to_srgb8(rgb), cv2.COLOR_RGB2BGRA)


def shown_patch(pixels: Photo, left: int, top: int, display: Display) -> Patch:
    """Return working pixels as a patch that lies over the picture from that place on."""
    return Patch(left, top, display.shown(pyramid_of(screen_pixels(pixels))))


def _window(box: Box, by: int, mask: Levels) -> tuple[slice, slice]:
    return grown(box, by, (mask.shape[1], mask.shape[0]))


def _around(hole: NDArray[np.bool_], by: int) -> tuple[slice, slice]:
    left, top, width, height = cv2.boundingRect(np.ascontiguousarray(hole).view(np.uint8))
    rows, columns = hole.shape
    return (
        slice(max(0, top - by), min(rows, top + height + by)),
        slice(max(0, left - by), min(columns, left + width + by)),
    )


def engines() -> tuple[str, ...]:
    """Return the names of the fills there are, the one to try first in front."""
    from pipeline.tools.fill import engines as known

    return tuple(sorted(known(), key=lambda name: name != USUAL))
