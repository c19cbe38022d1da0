"""Faults of the pixels: off-white, casts, holes, coding, and bad fills; the mask stays what it was."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_srgb8
from pipeline.color import delta_e_2000
from pipeline.color import srgb8_to_adobe16
from pipeline.framing import to_result
from pipeline.model import WorkItem
from pipeline.model import freeze
from training.defects.base import Studio
from training.defects.base import with_result
from training.defects.places import Generator
from training.defects.places import NoPlaceError
from training.defects.places import Region
from training.defects.places import blob
from training.defects.places import inside
from training.defects.places import outside

Made = tuple[WorkItem, Region]
LEVEL: Final = 257
SAMPLES: Final = 4000


def off_white(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A patch of the background has that level (of 255)."""
    result, mask = _pixels(item)
    size = float(rng.uniform(5, 60))
    where = (blob(mask.shape, outside(mask, 20, 400, rng), size, rng) > 0.5) & (mask == 0)
    changed = result.copy()
    changed[where] = round(strength * LEVEL)
    return with_result(item, changed), where


def off_white_ramp(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The background falls from white at one side to that level (of 255) at the other."""
    result, mask = _pixels(item)
    ramp = np.linspace(255, strength, mask.shape[1])
    if rng.random() < 0.5:
        ramp = ramp[::-1]
    levels = np.broadcast_to(np.rint(ramp)[None] * LEVEL, mask.shape).astype(np.uint16)
    where = (mask == 0) & (levels < 65535)
    return with_result(item, np.where(where[..., None], levels[..., None], result)), where


def cast(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product's colours are moved by that ΔE00 on the mean, by gains per channel."""
    result, mask = _pixels(item)
    direction = rng.normal(size=3)
    direction -= direction.mean()
    direction /= np.abs(direction).max()
    low, high = 0.0, 0.9
    for _ in range(14):
        middle = (low + high) / 2
        if _mean_shift(result, mask, np.exp(direction * middle)) < strength:
            low = middle
        else:
            high = middle
    return with_result(item, _gained(result, mask, np.exp(direction * high))), mask > 0.5


def dark_spot(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A black hole of that radius in the product."""
    result, mask = _pixels(item)
    cover = blob(mask.shape, inside(mask, strength + 3, rng), strength, rng)[..., None]
    return with_result(item, np.rint(result * (1 - cover)).astype(np.uint16)), cover[..., 0] > 0.5


def clipped(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product is so many times too bright (linear light), so that its highlights burn out."""
    result, mask = _pixels(item)
    bright = _gained(result, mask, np.full(3, strength ** (256 / 563)))
    return with_result(item, bright), (bright.max(axis=2) >= 65000) & (mask > 0.9) & (result.max(axis=2) < 65000)


def jpeg(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """The product went through a JPEG of that quality; the background was made white again."""
    result, mask = _pixels(item)
    _, data = cv2.imencode(".jpg", adobe16_to_srgb8(result)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, round(strength)])
    coded = srgb8_to_adobe16(np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]))
    coded[mask == 0] = 65535
    return with_result(item, coded), mask > 0.5


def smear(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """An inpainted patch of that radius, smeared in from its rim."""
    result, mask = _pixels(item)
    cover = blob(mask.shape, inside(mask, strength + 4, rng), strength, rng) > 0.5
    filled = cv2.inpaint(adobe16_to_srgb8(result), cover.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    return _filled(item, srgb8_to_adobe16(filled), cover)


def repeated(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """An inpainted patch of that radius that repeats one small piece of its surroundings."""
    result, mask = _pixels(item)
    reach = strength * 1.8
    x, y = inside(mask, reach, rng)
    cover = blob(mask.shape, (x, y), strength, rng) > 0.5
    tile = max(6, round(strength * 0.5))
    source = y - tile // 2, x - round(strength * 1.35) - tile // 2
    if source[1] < 0:
        raise NoPlaceError("no room beside the patch")
    piece = result[source[0] : source[0] + tile, source[1] : source[1] + tile]
    times = [-(-side // tile) for side in mask.shape]
    sheet = np.tile(piece, (times[0], times[1], 1))[: mask.shape[0], : mask.shape[1]]
    return _filled(item, sheet, cover)


def seam(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """An inpainted patch whose texture is right and whose brightness is off by so many levels of 255."""
    result, mask = _pixels(item)
    radius = float(rng.uniform(12, 40))
    cover = blob(mask.shape, inside(mask, radius + 4, rng), radius, rng) > 0.5
    sign = -1 if result[cover].mean() > 32768 else 1
    return _filled(item, np.clip(result + float(sign * strength * LEVEL), 0, 65535).astype(np.uint16), cover)


def good_fill(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """No fault: a patch of that radius is said to be inpainted, and its pixels are right."""
    result, mask = _pixels(item)
    cover = blob(mask.shape, inside(mask, strength + 4, rng), strength, rng) > 0.5
    return _filled(item, result, cover)


def _pixels(item: WorkItem) -> tuple[np.ndarray, np.ndarray]:
    assert item.result is not None
    assert item.result_mask is not None
    return item.result, item.result_mask


def _filled(item: WorkItem, source: np.ndarray, cover: Region) -> Made:
    """The item with `source` where `cover` is, and that place declared as edited in the original's frame."""
    assert item.result is not None
    assert item.frame is not None
    result = np.where(cover[..., None], source, item.result)
    width, height = item.photo.size
    grid = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1)
    back = _to_result_index(item, grid.reshape(-1, 2)).reshape(height, width, 2)
    edited = cv2.remap(cover.astype(np.uint8), back[..., 0], back[..., 1], cv2.INTER_NEAREST) > 0
    return replace(with_result(item, result), edited=freeze(edited)), cover


def _to_result_index(item: WorkItem, points: np.ndarray) -> np.ndarray:
    assert item.frame is not None
    return (to_result(item.frame, points) - 0.5).astype(np.float32)


def _mean_shift(result: np.ndarray, mask: np.ndarray, gains: np.ndarray) -> float:
    at = np.flatnonzero(mask > 0.99)
    at = at[:: max(1, len(at) // SAMPLES)]
    colors = result.reshape(-1, 3)[at].reshape(-1, 1, 3)
    there = np.clip(np.rint(colors * gains), 0, 65535).astype(np.uint16)
    return float(delta_e_2000(adobe16_to_lab(colors), adobe16_to_lab(there)).mean())


def _gained(result: np.ndarray, mask: np.ndarray, gains: np.ndarray) -> np.ndarray:
    cover = mask[..., None]
    product = result - 65535.0 * (1 - cover)
    moved = np.clip(product * gains, 0, 65535 * cover) + 65535 * (1 - cover)
    return np.clip(np.rint(moved), 0, 65535).astype(np.uint16)
