"""The mask's side of a repair: painted, drawn as a path, solved again in hair; kept so that it can be made again."""

import time
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.model import Outcome
from pipeline.model import Step
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.paths import Path
from pipeline.paths import coverage
from pipeline.photo_io.svg_path import read_svg
from pipeline.photo_io.svg_path import write_svg
from pipeline.run.pictures import encode_mask
from pipeline.run.pictures import read_mask
from pipeline.settings import Settings
from pipeline.stages.cut_out import cut_out
from pipeline.stages.cut_out import take_mask
from pipeline.store.files import Files
from pipeline.strokes import Stroke
from pipeline.tools.hair import solve_hair
from pipeline.tools.toolbox import Toolbox

BRUSH, PEN = "brush", "pen"
"""The tools of a mask that a person drew."""
AROUND_HOLE: Final = 4
"""Pixels around a fill within which the product is looked for again; farther away the mask stays as it is."""
PATH_NAME: Final = "the version's clipping path"


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a person did to the mask, in the original's frame; every part may be missing.

    Attributes:
        mask: uint8 H×W, 255 product.
        path: the clipping path; it is the mask where there is no other, and goes with the version in any case.
        hair: bool H×W, where the matte is solved again, after all else.
        strokes: how the mask was painted; only their number is kept.
    """

    mask: NDArray[np.uint8] | None = None
    path: Path | None = None
    hair: NDArray[np.bool_] | None = None
    strokes: tuple[Stroke, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was done to the mask."""
        return self.mask is None and self.path is None and self.hair is None


def check_drawing(drawing: Drawing, file: str, size: tuple[int, int]) -> None:
    """Raise KnownError with a sentence where a drawing does not fit a photo of `size` (width, height)."""
    for name, plane in (("mask", drawing.mask), ("hair", drawing.hair)):
        if plane is not None and plane.shape != size[::-1]:
            raise KnownError(
                f"{file}: the {name} has {plane.shape[1]} × {plane.shape[0]} pixels but the photo {size[0]} × "
                f"{size[1]}; draw it on the original."
            )
    if drawing.hair is not None and not drawing.hair.any():
        raise KnownError(f"{file}: no hair is marked; paint it white on black.")
    if drawing.path is not None and not coverage(drawing.path, size).any():
        raise KnownError(f"{file}: the path goes around nothing of the photo; draw it over the product.")


def masked(
    item: WorkItem,
    base: Version | None,
    drawing: Drawing,
    painted: NDArray[np.bool_] | None,
    *,
    by: str,
    files: Files,
    toolbox: Toolbox,
    settings: Settings,
) -> WorkItem:
    """Return the item with the person's mask, or the one it had but for what a fill (`painted`) laid bare.

    Hair is not solved yet (`with_hair`).
    """
    started = time.perf_counter()
    drawn = _drawn(item, drawing)
    if drawn is not None:
        mask, (tool, detail) = drawn, (BRUSH, f"{len(drawing.strokes)} strokes")
        if drawing.mask is None and drawing.path is not None:
            tool, detail = PEN, f"{drawing.path.nodes} nodes"
    elif base is None or base.outcome.mask is None:
        return cut_out(item, toolbox, settings)
    else:
        mask, tool = _refilled(item, base, painted, files, toolbox, settings), base.outcome.engine
        detail = "looked for again around the fill" if painted is not None else "as it was"
    return take_mask(item, mask, _step("cut_out", tool, detail, by, started, settings), settings)


def with_hair(item: WorkItem, drawing: Drawing, *, by: str, settings: Settings) -> WorkItem:
    """Return the item with its matte solved again where the person painted hair."""
    if drawing.hair is None or item.mask is None:
        return item
    started = time.perf_counter()
    mask = solve_hair(item.photo.rgb, item.mask, drawing.hair, settings.tools.hair)
    detail = f"{np.count_nonzero(drawing.hair):,} pixels"
    return item.after(_step("hair", "closed form", detail, by, started, settings), mask=mask)


def store_drawing(
    drawing: Drawing, unsolved: Matte | None, size: tuple[int, int], base: Version | None, files: Files
) -> dict[str, str]:
    """Write what a mask was made from; returns the fields `path`, `drawn` and `hair` of Outcome that apply.

    `unsolved` is the mask before its hair was solved. A path stays with its mask: it goes on while nobody draws anew.
    """
    fields = {}
    if drawing.path is not None:
        fields["path"] = files.put_bytes(write_svg(drawing.path, size))
    elif drawing.empty and base is not None and base.outcome.path is not None:
        fields["path"] = base.outcome.path
    if drawing.hair is not None and unsolved is not None:
        fields["drawn"] = files.put_bytes(encode_mask(unsolved))
        fields["hair"] = files.put_bytes(encode_mask(drawing.hair.astype(np.float32)))
    return fields


def mask_again(item: WorkItem, outcome: Outcome, files: Files, settings: Settings) -> Matte:
    """Return the mask of a version that a person made, made once more from what its record holds.

    `item` is prepared, with its photo as repaired. A painted mask is its own record and is read.
    """
    if outcome.hair is not None and outcome.drawn is not None:
        region = read_mask(files.read(outcome.hair)) > 0
        return solve_hair(item.photo.rgb, read_mask(files.read(outcome.drawn)), region, settings.tools.hair)
    if outcome.engine == PEN and outcome.path is not None:
        return quantize(coverage(kept_path(outcome, item.photo.size, files), item.photo.size) / np.float32(255))
    if outcome.mask is None:
        raise BugError("A version without a mask cannot be made again.")
    return read_mask(files.read(outcome.mask))


def kept_path(outcome: Outcome, size: tuple[int, int], files: Files) -> Path:
    """Return the clipping path that goes with a version of a photo of `size` (width, height); an empty one for none."""
    return Path() if outcome.path is None else read_svg(files.read(outcome.path), size, name=PATH_NAME)


def old_mask(base: Version | None, files: Files) -> Matte | None:
    """Return the mask that a version has."""
    return None if base is None or base.outcome.mask is None else read_mask(files.read(base.outcome.mask))


def _drawn(item: WorkItem, drawing: Drawing) -> Matte | None:
    if drawing.mask is not None:
        return drawing.mask / np.float32(255)
    if drawing.path is not None:
        # As it will be read again, so that the same path gives the same mask.
        size = item.photo.size
        path = read_svg(write_svg(drawing.path, size), size, name=PATH_NAME)
        return coverage(path, size) / np.float32(255)
    return None


def _step(stage: str, tool: str, detail: str, by: str, started: float, settings: Settings) -> Step:
    seconds = time.perf_counter() - started
    return Step(stage, tool, "1", settings=settings.fingerprint, actor=by, seconds=seconds, detail=detail)


def _refilled(
    item: WorkItem,
    base: Version,
    painted: NDArray[np.bool_] | None,
    files: Files,
    toolbox: Toolbox,
    settings: Settings,
) -> Matte:
    """The mask as it was, looked for again around a fill unless a person had drawn it."""
    old = old_mask(base, files)
    by_hand = base.outcome.engine in (BRUSH, PEN)
    anew = None if by_hand or painted is None else cut_out(item, toolbox, settings).mask
    if old is None:
        raise BugError("There is no mask to look for the product again.")
    if anew is None or painted is None:
        return old
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * AROUND_HOLE + 1,) * 2)
    return np.where(cv2.dilate(painted.astype(np.uint8), reach) > 0, anew, old)
