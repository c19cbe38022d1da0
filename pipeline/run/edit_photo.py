"""The photo's side of a repair: fills, spots, a second photo's pixels; each new inside a region, nothing else changes.

Every change is a frozen record of what a person asked for. `repainted` makes them in their order; `run.patch` keeps the
pixels that come of it, so that a version shows the same photo again without any engine.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace
from typing import Any
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.photo_io import read_photo
from pipeline.run.patch import filled
from pipeline.settings import Settings
from pipeline.store.files import Files
from pipeline.strokes import Stroke
from pipeline.strokes import coverage
from pipeline.strokes import reach
from pipeline.tools.fill import MOST_AROUND
from pipeline.tools.fill import engine_version
from pipeline.tools.fill import engine_weights
from pipeline.tools.fill import fill
from pipeline.tools.ghost import Placement
from pipeline.tools.ghost import laid_behind
from pipeline.tools.heal import clone
from pipeline.tools.heal import farthest_source
from pipeline.tools.heal import heal
from pipeline.tools.heal import nearby_source
from pipeline.tools.heal import soften

Pixels = NDArray[np.uint16]
Hole = NDArray[np.bool_]

STAGES: Final = ("fill", "heal", "ghost")
"""The steps of a version that changed its photo."""
HEAL, CLONE, SOFTEN = "heal", "clone", "soften"
TOUCHES: Final = (HEAL, CLONE, SOFTEN)
SPARE: Final = 8
"""Pixels around a stroke and its source that are read with them."""


@dataclass(frozen=True, eq=False)
class Fill:
    """A hole (bool H×W) filled anew by an engine of `pipeline.tools.fill.FILLERS`; `why` it was, for the record."""

    hole: Hole
    engine: str = "best"
    why: str = ""


@dataclass(frozen=True)
class Touch:
    """One stroke of the spot brush.

    Attributes:
        kind: one of `TOUCHES`.
        source: offset (x, y) in pixels of the place that pixels come from; None lets the machine choose it (heal).
        strength: 0..1, of softening.
    """

    kind: str
    stroke: Stroke
    source: tuple[int, int] | None = None
    strength: float = 0.7


@dataclass(frozen=True, eq=False)
class Ghost:
    """A second photo laid behind the product, where the mannequin was.

    Attributes:
        inside: SHA-256 of that photo's file in the studio; `name` is the file's own.
        cover: float32 h×w 0..1 of the second photo, what of it is shown.
        region: bool H×W of the first photo, where it may show.
    """

    inside: str
    name: str
    cover: NDArray[np.float32]
    region: Hole
    placement: Placement


Repaint = Fill | Touch | Ghost


def repainted(item: WorkItem, changes: tuple[Repaint, ...], *, by: str, files: Files, settings: Settings) -> WorkItem:
    """Return the item with its photo changed in their order, a Step each, and where, on record.

    Raises KnownError where a change does not fit the photo or has nothing to take pixels from.
    """
    for change in changes:
        started = time.perf_counter()
        make = MAKERS.get(type(change))
        if make is None:
            raise BugError(f"Nobody knows how to repaint by {type(change).__name__}.")
        item, step = make(item, change, files, settings)
        seconds = time.perf_counter() - started
        item = item.after(Step(**step, settings=settings.fingerprint, actor=by, seconds=seconds))
    return item


def check_repaint(change: Repaint, file: str, size: tuple[int, int]) -> None:
    """Raise KnownError with a sentence where a change does not fit a photo of `size` (width, height)."""
    hole = change.hole if isinstance(change, Fill) else change.region if isinstance(change, Ghost) else None
    if hole is not None and hole.shape != size[::-1]:
        raise KnownError(
            f"{file}: the hole has {hole.shape[1]} × {hole.shape[0]} pixels but the photo {size[0]} × {size[1]}; "
            "draw it on the original."
        )
    if hole is not None and not hole.any():
        raise KnownError(f"{file}: there is no hole to fill; paint it white on black.")
    if isinstance(change, Touch) and change.kind not in TOUCHES:
        raise BugError(f"There is no spot brush “{change.kind}”.")


def filled_hole(changes: tuple[Repaint, ...]) -> Hole | None:
    """Return all that was filled anew (bool H×W), where the product may have to be looked for again; None without."""
    holes = [change.hole for change in changes if isinstance(change, Fill)]
    return np.logical_or.reduce(holes) if holes else None


def repaint_window(change: Repaint, size: tuple[int, int]) -> tuple[slice, slice] | None:
    """Return the rows and columns of a photo of `size` that a stroke or fill reads and writes; None for none."""
    if isinstance(change, Fill):
        box = covered_box(change.hole)
        return None if box is None else grown(box, MOST_AROUND, size)
    if not isinstance(change, Touch):
        raise BugError(f"{type(change).__name__} has no window.")
    box = reach(change.stroke, size)
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    longest = max(box[2] - box[0], box[3] - box[1])
    far = max(map(abs, change.source)) if change.source is not None else farthest_source(longest)
    return grown(box, longest if change.kind == SOFTEN else far + SPARE, size)


def repainted_cut(cut: Pixels, change: Repaint, origin: tuple[int, int]) -> tuple[Pixels, Hole]:
    """Return the cut of `repaint_window` (uint16 h×w×3) after the change, and where it changed (bool h×w).

    `origin` is the cut's left and top in the photo. Raises KnownError where there is nothing to take pixels from.
    """
    left, top = origin
    if isinstance(change, Fill):
        hole = change.hole[top : top + cut.shape[0], left : left + cut.shape[1]]
        return fill(cut, hole, change.engine), hole
    if not isinstance(change, Touch):
        raise BugError(f"{type(change).__name__} is not made in a cut.")
    moved = tuple((x - left, y - top, pressure) for x, y, pressure in change.stroke.points)
    cover = coverage(replace(change.stroke, points=moved), (cut.shape[1], cut.shape[0])) / np.float32(255)
    if change.kind == SOFTEN:
        made = soften(cut, cover, strength=change.strength)
    else:
        offset = nearby_source(cut, cover) if change.source is None else change.source
        made = (heal if change.kind == HEAL else clone)(cut, cover, offset)
    return made, (made != cut).any(axis=2)


def ghosted(rgb: Pixels, inside: Pixels, change: Ghost) -> tuple[Pixels, NDArray[np.float32]]:
    """Return the photo with the second one (uint16 h×w×3) behind the product, and how much of it shows (0..1)."""
    return laid_behind(rgb, inside, change.cover, change.region, change.placement)


def _fill(item: WorkItem, change: Fill, files: Files, settings: Settings) -> tuple[WorkItem, dict[str, Any]]:
    rgb = fill(item.photo.rgb, change.hole, change.engine, settings)
    detail = f"{np.count_nonzero(change.hole):,} pixels" + (f", {change.why}" if change.why else "")
    step = {
        "stage": "fill",
        "tool": change.engine,
        "version": engine_version(change.engine),
        "weights": engine_weights(change.engine),
        "detail": detail,
    }
    return filled(item, rgb, change.hole), step


def _touch(item: WorkItem, change: Touch, files: Files, settings: Settings) -> tuple[WorkItem, dict[str, Any]]:
    window = repaint_window(change, item.photo.size)
    step = {"stage": "heal", "tool": change.kind, "version": "1", "detail": "0 pixels"}
    if window is None:
        return item, step
    made, changed = repainted_cut(item.photo.rgb[window], change, (window[1].start, window[0].start))
    rgb, where = item.photo.rgb.copy(), np.zeros(item.photo.rgb.shape[:2], bool)
    rgb[window], where[window] = made, changed
    step["detail"] = f"{np.count_nonzero(changed):,} pixels"
    return (filled(item, rgb, where) if changed.any() else item), step


def _ghost(item: WorkItem, change: Ghost, files: Files, settings: Settings) -> tuple[WorkItem, dict[str, Any]]:
    inside = read_photo(files.path(change.inside), name=change.name, limits=settings.ingest).rgb
    if inside.shape[:2] != change.cover.shape:
        raise KnownError(f"{change.name}: what shall be shown of it has another size than the photo; choose it again.")
    rgb, share = ghosted(item.photo.rgb, inside, change)
    step = {
        "stage": "ghost",
        "tool": "opencv",
        "version": cv2.__version__,
        "detail": f"{np.count_nonzero(share):,} pixels of {change.name}, SHA-256 {change.inside}",
    }
    sources = item.sources if change.inside in item.sources else (*item.sources, change.inside)
    item = filled(item, rgb, share > 0) if share.any() else item
    return replace(item, sources=sources), step


MAKERS: Final[dict[type, Callable[[WorkItem, Any, Files, Settings], tuple[WorkItem, dict[str, Any]]]]] = {
    Fill: _fill,
    Touch: _touch,
    Ghost: _ghost,
}
