"""Leftover marks: date stamps, watermarks, price tags; they are in the original, and nobody took them out."""

from typing import Final

import cv2
import numpy as np

from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb8_to_adobe16
from pipeline.framing import resample
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.model import WorkItem
from training.defects.base import Studio
from training.defects.base import with_mask
from training.defects.base import with_photo
from training.defects.places import Generator
from training.defects.places import NoPlaceError
from training.defects.places import Region
from training.defects.places import inside

Made = tuple[WorkItem, Region]

STAMPS: Final = ((255, 120, 30), (255, 210, 60), (250, 70, 40))
REPEATED: Final = 0.4
"""Share of the watermarks that are repeated all over the photo; the others are one word across the product."""
TURN: Final = 35.0
TILT: Final = 20.0
LEAST_INK: Final = 30


def date_stamp(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A camera's glowing date, letters that many pixels high, half beside the product and half on it."""
    assert item.mask is not None
    stamp = studio.lettering.face(rng)(studio.lettering.date(rng), strength)
    height, width = stamp.shape
    frame_width, frame_height = item.photo.size
    if rng.random() < 0.5:
        middle = frame_width - width / 2 - 24, frame_height - height / 2 - 30
    else:
        x, y = inside(item.mask, strength / 2, rng)
        middle = float(np.clip(x, width / 2 + 12, max(width / 2 + 12, frame_width - width / 2 - 12))), float(y)
    ink = _placed(stamp, middle, 0.0, item.photo.size)
    color = np.array(STAMPS[rng.integers(len(STAMPS))], np.float32)
    return _inked(item, ink, color, 0.95, studio, kept=ink)


def watermark(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """An owner's word of that opacity, across the product or all over the photo, tilted, light or dark.

    What lay beside the product went with the backdrop.
    """
    assert item.mask is not None
    word, face = studio.lettering.word(rng), studio.lettering.face(rng)
    left, top, across, down = cv2.boundingRect((item.mask >= SOLID).astype(np.uint8))
    middle, angle = (left + across / 2, top + down / 2), float(rng.uniform(-TURN, TURN))
    if rng.random() < REPEATED:
        letters = face(word, float(rng.uniform(0.022, 0.045)) * max(item.photo.size))
        ink = _placed(_sheet(letters, item.photo.size), middle, angle, item.photo.size)
    else:
        probe = face(word, 40.0)
        size = 40.0 * max(28.0, rng.uniform(0.9, 1.5) * across) / probe.shape[1]
        ink = _placed(face(word, max(14.0, size)), middle, angle, item.photo.size)
    on_product = (item.mask >= 0.999) & (ink > 0.5)
    bright = bool(on_product.any()) and item.photo.rgb[on_product].mean() > 40000
    return _inked(item, ink, np.full(3, 0 if bright else 255, np.float32), strength, studio, kept=None)


def price_tag(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A white or yellow label with a price, that many pixels wide, on the product or hanging over its outline."""
    assert item.mask is not None
    center = inside(item.mask, 6, rng)
    width, height = round(strength), round(strength * rng.uniform(0.4, 0.6))
    label = np.full((height, width, 3), (255, 225, 60) if rng.random() < 0.4 else (250, 250, 246), np.float32)
    letters = _fitting(studio.lettering.price(rng), studio, rng, width, height)
    down, across = (height - letters.shape[0]) // 2, (width - letters.shape[1]) // 2
    part = label[down : down + letters.shape[0], across : across + letters.shape[1]]
    part += letters[..., None] * (20 - part)
    cv2.rectangle(label, (0, 0), (width - 1, height - 1), (90, 90, 90), 1)
    turn, size = float(rng.uniform(-TILT, TILT)), item.photo.size
    cover = _placed(np.ones((height, width), np.float32), center, turn, size)
    if cover[0].any() or cover[-1].any() or cover[:, 0].any() or cover[:, -1].any():
        raise NoPlaceError("the label would leave the photo")
    color = _placed(label, center, turn, size, border=cv2.BORDER_REPLICATE)
    return _inked(item, cover, color, 1.0, studio, kept=cover)


def _fitting(text: str, studio: Studio, rng: Generator, width: int, height: int) -> Matte:
    """The text as large as fits on a label of that size with a margin."""
    face = studio.lettering.face(rng)
    probe = face(text, 40.0)
    size = 40.0 * min(0.84 * width / probe.shape[1], 0.7 * height / probe.shape[0])
    letters = face(text, size)
    return letters[: height - 2, : width - 2]


def _sheet(letters: Matte, size: tuple[int, int]) -> Matte:
    """A word repeated in staggered rows, large enough to cover a photo of that size however it is turned."""
    height, width = letters.shape
    cell = np.zeros((round(6.5 * height), width + 3 * height), np.float32)
    cell[:height, :width] = letters
    staggered = np.roll(letters_row := np.pad(letters, ((0, 0), (0, 3 * height))), letters_row.shape[1] // 2, axis=1)
    cell[round(3.25 * height) : round(3.25 * height) + height] = staggered
    times = [-(-round(1.5 * max(size)) // side) for side in cell.shape]
    return np.tile(cell, times)


def _placed(
    stamp: np.ndarray,
    middle: tuple[float, float],
    angle: float,
    size: tuple[int, int],
    border: int = cv2.BORDER_CONSTANT,
) -> np.ndarray:
    """The stamp (float32 h×w or h×w×3) turned by that angle about its middle, which lies there in a photo."""
    height, width = stamp.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += middle[0] - width / 2, middle[1] - height / 2
    return cv2.warpAffine(stamp, turn, size, borderMode=border)


def _inked(
    item: WorkItem, ink: Matte, color: np.ndarray, opacity: float, studio: Studio, *, kept: Matte | None
) -> Made:
    """The item whose photo carries the mark; the mask keeps it where `kept` says so."""
    assert item.mask is not None
    share = (ink * opacity)[..., None]
    srgb = adobe16_to_srgb8(item.photo.rgb) * (1 - share) + color * share
    marked = with_photo(item, srgb8_to_adobe16(np.rint(srgb).astype(np.uint8)))
    mask = item.mask if kept is None else np.maximum(item.mask, kept)
    changed = with_mask(marked, mask, studio)
    assert changed.frame is not None
    seen = ink * (mask > SOLID)
    if np.count_nonzero(seen > 0.5) < LEAST_INK:
        raise NoPlaceError("nothing of the mark is left in the result")
    return changed, resample(seen.astype(np.float32), changed.frame, outside=0.0) > 0.5
