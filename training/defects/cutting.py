"""Faults of the cut-out: each comes with the mask that makes it, and the line's own stages make the result from it."""

import cv2
import numpy as np

from pipeline.color import adobe16_to_srgb_float
from pipeline.color import srgb8_to_adobe16
from pipeline.framing import resample
from pipeline.mask import SOLID
from pipeline.mask import VISIBLE
from pipeline.mask import Matte
from pipeline.measure.leftover import fit_on_proxy
from pipeline.model import WorkItem
from training.defects.base import Studio
from training.defects.base import with_mask
from training.defects.base import with_photo
from training.defects.base import with_result
from training.defects.places import Generator
from training.defects.places import NoPlaceError
from training.defects.places import Region
from training.defects.places import blob
from training.defects.places import holes
from training.defects.places import inside
from training.defects.places import on_contour
from training.defects.places import outside

Made = tuple[WorkItem, Region]
"""The faulty item and, in its result's coordinates, where the fault is."""

LIGHT_RING = (196, 238)
DARK_RING = (40, 120)
SHADOW_SEEN = 0.03
"""Share of the backdrop's light from which a cut-out that keeps shadows keeps this one."""


def fringe(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The mask is so many pixels too large all around: a ring of backdrop."""
    return _halo(item, strength, studio, None)


def light_halo(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A pale grey ring of so many pixels."""
    return _halo(item, strength, studio, int(rng.integers(*LIGHT_RING)))


def dark_halo(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A dark ring of so many pixels."""
    return _halo(item, strength, studio, int(rng.integers(*DARK_RING)))


def bite(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A bite of that radius is missing at the outline."""
    mask = _mask(item)
    return _remade(item, mask * (1 - blob(mask.shape, on_contour(mask, rng), strength, rng)), studio)


def island(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A piece of backdrop of that radius was left beside the product."""
    mask = _mask(item)
    center = outside(mask, strength + 8, strength + 90, rng)
    return _remade(item, np.maximum(mask, blob(mask.shape, center, strength, rng)), studio)


def lost_inside(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A hole of that radius inside the product, where white shows."""
    mask = _mask(item)
    center = inside(mask, strength + 5, rng)
    return _remade(item, mask * (1 - blob(mask.shape, center, strength, rng)), studio)


def filled_hole(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A real hole (a ring's, a handle's) is filled with backdrop; `strength` is its least radius."""
    mask = _mask(item)
    found = holes(mask, int(np.pi * strength**2))
    if not found:
        raise NoPlaceError("there is no hole to fill")
    chosen = found[rng.integers(len(found))].astype(np.uint8)
    cover = cv2.dilate(chosen, np.ones((7, 7), np.uint8)) > 0
    return _remade(item, np.where(cover, np.float32(1), mask), studio)


def soft_edge(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The outline is blurred with that standard deviation."""
    changed = with_mask(item, cv2.GaussianBlur(_mask(item), (0, 0), strength), studio, keep_frame=True)
    return changed, _outline(item)


def jagged_edge(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The outline is a staircase with steps of that many pixels."""
    mask, step = _mask(item), round(strength)
    small = mask[step // 2 :: step, step // 2 :: step] >= SOLID
    steps = np.kron(small, np.ones((step, step)))[: mask.shape[0], : mask.shape[1]]
    stairs = np.zeros_like(mask)
    stairs[: steps.shape[0], : steps.shape[1]] = steps
    return with_mask(item, stairs, studio, keep_frame=True), _outline(item)


def bleeding(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The backdrop's colour, by that share, in the product's outermost three pixels."""
    assert item.frame is not None
    assert item.result is not None
    assert item.result_mask is not None
    size = item.photo.size
    surface = np.rint(fit_on_proxy(item.photo.rgb).at(*size) * 255).astype(np.uint8)
    backdrop = resample(srgb8_to_adobe16(surface), item.frame, outside=65535).astype(np.float32)
    depth = cv2.distanceTransform((item.result_mask >= SOLID).astype(np.uint8), cv2.DIST_L2, 5)
    rim = (item.result_mask > VISIBLE) & (depth <= 3)
    share = (strength * item.result_mask * rim)[..., None]
    stained = item.result * (1 - share) + backdrop * share
    return with_result(item, np.rint(stained).astype(np.uint16)), rim


def shadow(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A shadow that takes that share of the light fell on the backdrop and was kept with the product."""
    mask = _mask(item)
    dim = _cast_shadow(mask, strength, rng)
    bare = (1 - dim)[..., None] + dim[..., None] * mask[..., None]
    # The code's power law makes a share of the light a share of the code (gamma 563/256).
    rgb = np.rint(item.photo.rgb * bare.astype(np.float32) ** np.float32(256 / 563)).astype(np.uint16)
    kept = cv2.GaussianBlur(((dim > SHADOW_SEEN) & (mask < 1)).astype(np.float32), (0, 0), 1.0)
    return _remade(with_photo(item, rgb), np.maximum(mask, kept), studio)


def backdrop_seen(item: WorkItem) -> np.ndarray:
    """The photo as sRGB float 0..1; for those who look at what was seeded."""
    return adobe16_to_srgb_float(item.photo.rgb)


def _mask(item: WorkItem) -> Matte:
    assert item.mask is not None
    return item.mask


def _remade(item: WorkItem, mask: Matte, studio: Studio) -> Made:
    changed = with_mask(item, mask, studio)
    assert changed.frame is not None
    place = (np.abs(mask - _mask(item)) > 0.25).astype(np.float32)
    return changed, resample(place, changed.frame, outside=0.0) > 0.5


def _halo(item: WorkItem, width: float, studio: Studio, grey: int | None) -> Made:
    mask = _mask(item)
    side = 2 * int(np.ceil(width)) + 1
    grown = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    changed, place = _remade(item, grown, studio)
    if grey is None:
        return changed, place
    assert changed.frame is not None
    assert changed.result is not None
    assert changed.result_mask is not None
    true = resample(mask, changed.frame, outside=0.0)
    code = float(srgb8_to_adobe16(np.full((1, 1, 3), grey, np.uint8))[0, 0, 0])
    ring = np.clip(changed.result_mask - true, 0, 1)[..., None]
    cover = np.maximum(changed.result_mask, 1e-3)[..., None]
    product = (changed.result - 65535.0 * (1 - cover)) / cover
    painted = np.clip(product, 0, 65535) * true[..., None] + code * ring + 65535 * (1 - cover)
    result = np.where(ring > 0, np.clip(np.rint(painted), 0, 65535), changed.result).astype(np.uint16)
    result[changed.result_mask == 0] = 65535
    return with_result(changed, result), place


def _outline(item: WorkItem) -> Region:
    assert item.result_mask is not None
    solid = (item.result_mask >= SOLID).astype(np.uint8)
    return cv2.morphologyEx(solid, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0


def _cast_shadow(mask: Matte, strength: float, rng: Generator) -> Matte:
    """A soft shadow: the lower half of the product's shape, moved aside and down, blurred."""
    box = cv2.boundingRect((mask >= SOLID).astype(np.uint8))
    size = max(box[2:])
    move = np.array([[1, 0, rng.uniform(-0.12, 0.12) * size], [0, 1, rng.uniform(0.02, 0.08) * size]])
    lower = mask.copy()
    lower[: box[1] + round(box[3] * rng.uniform(0.4, 0.7))] = 0
    thrown = cv2.warpAffine(lower, move, mask.shape[::-1])
    blur = cv2.GaussianBlur(thrown, (0, 0), rng.uniform(0.008, 0.03) * size)
    return (strength * blur).astype(np.float32)
