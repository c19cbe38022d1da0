"""A repair copied to another image of the same camera position: moved with the camera's drift, fitted to its own edges.

What a person drew or had filled is carried over; the photo it comes to decides where its edges are. Each copy is a
version of its own, which somebody has to confirm.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb_float
from pipeline.errors import KnownError
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.mask import without_specks
from pipeline.model import Entry
from pipeline.model import Version
from pipeline.run.edit import Edit
from pipeline.run.edit import edit
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.settings import Matting
from pipeline.settings import Settings
from pipeline.stages.prepare import prepare
from pipeline.store.store import Store
from pipeline.tools.matting import matte
from pipeline.tools.tiling import small_size
from pipeline.tools.toolbox import Toolbox

Pixels = NDArray[np.uint16]
Hole = NDArray[np.bool_]

SIDE: Final = 720
"""Longest side of the copies that are laid over each other, in pixels."""
FARTHEST: Final = 0.04
"""Share of a side that a tripod may have moved; more is another camera position."""
ROUNDS: Final = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)
BETTER: Final = 0.002
"""How much more alike the backdrops must become for a drift to be believed."""
LEAST: Final = 0.02
"""Least spread of a backdrop's detail by which a drift can be seen, sRGB 0..1 after its slope is taken off."""
DOUBT: Final = 6.0
"""Pixels of the copy on both sides of a carried outline within which the other photo's edges decide."""


@dataclass(frozen=True)
class Drift:
    """How the second photo lies to the first.

    Attributes:
        matrix: a, b, c, d, e, f from the first one's pixels to the second's.
        sure: whether the backdrops showed it; else the camera is taken to have stood still.
    """

    matrix: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    sure: bool = False


def find_drift(first: Pixels, second: Pixels, product: Matte) -> Drift:
    """Return how the camera moved between two photos of one size (uint16 H×W×3), told by what is not `product`.

    Normalised correlation over every whole step gives the first guess, enhanced correlation the rest, with its turn
    (Evangelidis and Psarakis 2008). A plain backdrop shows no drift, and then there is none.
    """
    size = small_size(first.shape, SIDE)
    one, other = (_detail(cv2.resize(photo, size, interpolation=cv2.INTER_AREA)) for photo in (first, second))
    cover = cv2.resize(product, size, interpolation=cv2.INTER_AREA)
    bare = cv2.dilate((cover > 0.02).astype(np.uint8), np.ones((25, 25), np.uint8)) == 0
    if np.count_nonzero(bare) < 0.05 * bare.size or float(one[bare].std()) < LEAST:
        return Drift()
    across, down = _whole_drift(one, other, bare)
    guess = np.array([[1, 0, across], [0, 1, down]], np.float32)
    still = _alike(one, other, np.eye(2, 3, dtype=np.float32), bare)
    try:
        _, found = cv2.findTransformECC(one, other, guess, cv2.MOTION_EUCLIDEAN, ROUNDS, bare.astype(np.uint8) * 255, 5)
    except cv2.error:
        # It says so where the two do not come together at all.
        return Drift()
    moved = abs(found[:, 2] + found[:, :2] @ (size[0] / 2, size[1] / 2) - (size[0] / 2, size[1] / 2)).max()
    if moved > FARTHEST * SIDE or _alike(one, other, found, bare) < still + BETTER:
        return Drift()
    scale = first.shape[1] / size[0], first.shape[0] / size[1]
    a, b, c, d, e, f = (float(value) for value in found.ravel())
    return Drift((a, b * scale[0] / scale[1], c * scale[0], d * scale[1] / scale[0], e, f * scale[1]), sure=True)


def carried_mask(mask: Matte, drift: Drift, photo: Pixels, numbers: Matting) -> Matte:
    """Return a mask (float32 H×W 0..1) as it lies on another photo (uint16 H×W×3), fitted to that one's edges."""
    moved = _warped(mask, drift, cv2.INTER_LINEAR)
    size = small_size(photo.shape, SIDE)
    coarse = cv2.resize(moved, size, interpolation=cv2.INTER_AREA)
    # A soft outline says where to look; a sharp one would be believed as it lies.
    soft = cv2.GaussianBlur(coarse, (0, 0), DOUBT / 2)
    return without_specks(matte(photo, quantize(soft), numbers), share=numbers.speck_share)


def carried_hole(hole: Hole, drift: Drift) -> Hole:
    """Return a hole (bool H×W) where it lies on the other photo, a pixel wider where it was moved."""
    if not drift.sure:
        return hole
    moved = _warped(hole.astype(np.float32), drift, cv2.INTER_LINEAR) > 0
    return cv2.dilate(moved.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0


def copy_repair(
    store: Store, source: Entry, target: Entry, *, by: str, settings: Settings, toolbox: Toolbox
) -> Version:
    """Repair the image of `target` as that of `source` was, as a version that waits for somebody to confirm it.

    Raises KnownError where there is no repair to copy, or where the two photos differ in size.
    """
    repair = source.version
    if repair is None or repair.actor == "line":
        raise KnownError(f"{source.record.file} was not repaired by anybody; repair it first.")
    first, second = source.record, target.record
    if (first.width, first.height) != (second.width, second.height):
        raise KnownError(
            f"{second.file} has {second.width} × {second.height} pixels and {first.file} {first.width} × "
            f"{first.height}; a repair is copied between photos of one size."
        )
    change = carried_edit(store, source, target, settings)
    version = target.version.id if target.version else None
    return edit(store, second.id, change, by=by, settings=settings, toolbox=toolbox, version=version)


def carried_edit(store: Store, source: Entry, target: Entry, settings: Settings) -> Edit:
    """Return what the repair of `source` comes to on the photo of `target`: mask, hole and colours."""
    repair = source.version
    assert repair is not None
    outcome, files = repair.outcome, store.files
    one = prepare(source.record, files.path(source.record.sha256), settings)
    other = prepare(target.record, files.path(target.record.sha256), settings)
    if target.version is not None:
        other = patched(other, target.version.outcome, files)
    mask = read_mask(files.read(outcome.mask)) if outcome.mask else None
    empty = np.zeros(one.photo.rgb.shape[:2], np.float32)
    drift = find_drift(one.photo.rgb, other.photo.rgb, empty if mask is None else mask)
    drawn = any(step.stage == "cut_out" and step.actor != "line" for step in outcome.steps)
    hole = carried_hole(read_mask(files.read(outcome.hole)) > 0, drift) if outcome.hole else None
    levels = None
    if drawn and mask is not None:
        levels = _levels(carried_mask(mask, drift, other.photo.rgb, settings.tools.matting))
    return Edit(mask=levels, hole=hole, grade=outcome.grade, copied=True)


def _levels(mask: Matte) -> NDArray[np.uint8]:
    return np.rint(mask * 255).astype(np.uint8)


def _detail(small: Pixels) -> NDArray[np.float32]:
    """Brightness without its slope, which another product's shade changes."""
    grey = adobe16_to_srgb_float(small).mean(axis=2)
    return (grey - cv2.GaussianBlur(grey, (0, 0), 12)).astype(np.float32)


def _whole_drift(one: NDArray, other: NDArray, bare: Hole) -> tuple[int, int]:
    """The whole steps (x, y) by which the first's backdrop is found in the second."""
    margin = max(1, round(FARTHEST * min(one.shape)))
    inner = slice(margin, -margin), slice(margin, -margin)
    weight = bare[inner].astype(np.float32)
    found = cv2.matchTemplate(other, np.ascontiguousarray(one[inner]), cv2.TM_CCORR_NORMED, mask=weight)
    _, _, _, (x, y) = cv2.minMaxLoc(np.nan_to_num(found, nan=-1, posinf=-1, neginf=-1))
    return x - margin, y - margin


def _alike(one: NDArray, other: NDArray, matrix: NDArray, where: Hole) -> float:
    """Correlation of the first with the second as the matrix lays it back, where both show the backdrop."""
    back = cv2.warpAffine(other, matrix, (one.shape[1], one.shape[0]), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return float(np.corrcoef(one[where], back[where])[0, 1])


def _warped(plane: Matte, drift: Drift, how: int) -> Matte:
    if not drift.sure:
        return plane
    matrix = np.array(drift.matrix, np.float64).reshape(2, 3)
    # cv2 has pixel centres on whole numbers; a turn around the corner is not one around the first centre.
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    return cv2.warpAffine(plane, matrix, (plane.shape[1], plane.shape[0]), flags=how)
