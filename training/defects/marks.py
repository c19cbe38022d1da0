"""Leftover marks: date stamps, watermarks, price tags; they are in the original, and nobody took them out."""

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

STAMPS = ((255, 120, 30), (255, 210, 60), (250, 70, 40))
WORDS = ("SAMPLE", "PREVIEW", "STUDIO NORD", "PROOF ONLY", "(c) ARCHIV", "www.fotostock.eu")
FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_COMPLEX)


def date_stamp(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A camera's glowing date, letters that many pixels high, half beside the product and half on it."""
    text = f"{rng.integers(1, 29):02d}.{rng.integers(1, 13):02d}.{rng.integers(2005, 2027)}"
    ink = _written(item, text, strength, rng)
    color = np.array(STAMPS[rng.integers(len(STAMPS))], np.float32)
    return _inked(item, ink, color, 0.95, studio, kept=ink)


def watermark(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A word across the product, of that opacity; what lay beside the product went with the backdrop."""
    assert item.mask is not None
    word = WORDS[rng.integers(len(WORDS))]
    box = cv2.boundingRect((item.mask >= SOLID).astype(np.uint8))
    font = FONTS[rng.integers(len(FONTS))]
    (width, _), _ = cv2.getTextSize(word, font, 1.0, 2)
    scale = max(0.8, rng.uniform(0.9, 1.5) * box[2] / width)
    ink = np.zeros(item.mask.shape, np.uint8)
    thick = max(2, round(2.2 * scale))
    (width, height), _ = cv2.getTextSize(word, font, scale, thick)
    middle = box[0] + box[2] // 2, box[1] + box[3] // 2
    cv2.putText(ink, word, (middle[0] - width // 2, middle[1] + height // 2), font, scale, 255, thick, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D(middle, float(rng.uniform(-35, 35)), 1.0)
    ink = cv2.warpAffine(ink, turn, ink.shape[::-1])
    inner = ink[item.mask >= 0.999]
    bright = item.photo.rgb[(item.mask >= 0.999) & (ink > 128)].mean() > 40000 if (inner > 128).any() else False
    color = np.full(3, 0 if bright else 255, np.float32)
    return _inked(item, ink.astype(np.float32) / 255, color, strength, studio, kept=None)


def price_tag(item: WorkItem, strength: float, rng: Generator, studio: Studio) -> Made:
    """A white or yellow label with a price, that many pixels wide, on the product or hanging over its outline."""
    assert item.mask is not None
    center = inside(item.mask, 6, rng)
    width, height = round(strength), round(strength * rng.uniform(0.4, 0.6))
    label = np.full((height, width, 3), (255, 225, 60) if rng.random() < 0.4 else (250, 250, 246), np.uint8)
    text = f"{rng.choice(['EUR', '$', 'GBP'])} {rng.integers(1, 99)}.{rng.integers(0, 99):02d}"
    (across, up), _ = cv2.getTextSize(text, FONTS[0], 1.0, 2)
    scale = 0.82 * width / across
    at = (round(0.09 * width), (height + round(up * scale)) // 2)
    cv2.putText(label, text, at, FONTS[0], scale, (20, 20, 20), max(1, round(2 * scale)), cv2.LINE_AA)
    cv2.rectangle(label, (0, 0), (width - 1, height - 1), (90, 90, 90), 1)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-20, 20)), 1.0)
    turn[:, 2] += center[0] - width / 2, center[1] - height / 2
    size = item.photo.size
    cover = cv2.warpAffine(np.ones((height, width), np.float32), turn, size)
    if cover[0].any() or cover[-1].any() or cover[:, 0].any() or cover[:, -1].any():
        raise NoPlaceError("the label would leave the photo")
    color = cv2.warpAffine(label, turn, size, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    return _inked(item, cover, color, 1.0, studio, kept=cover)


def _written(item: WorkItem, text: str, height: float, rng: Generator) -> Matte:
    """Coverage of a line of digits somewhere low in the photo, right or left, on the product or beside it."""
    assert item.mask is not None
    font = cv2.FONT_HERSHEY_PLAIN
    scale, thick = height / 10, max(1, round(height / 9))
    (width, _), _ = cv2.getTextSize(text, font, scale, thick)
    frame_width, frame_height = item.photo.size
    if rng.random() < 0.5:
        x, y = frame_width - width - 24, frame_height - 30
    else:
        x, y = inside(item.mask, height / 2, rng)
        x, y = int(np.clip(x - width // 2, 12, max(12, frame_width - width - 12))), y + round(height / 2)
    ink = np.zeros(item.mask.shape, np.uint8)
    cv2.putText(ink, text, (x, y), font, scale, 255, thick, cv2.LINE_AA)
    return ink.astype(np.float32) / 255


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
    if np.count_nonzero(seen > 0.5) < 30:
        raise NoPlaceError("nothing of the mark is left in the result")
    return changed, resample(seen.astype(np.float32), changed.frame, outside=0.0) > 0.5
