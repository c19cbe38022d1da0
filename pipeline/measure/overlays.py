"""Where something was put over a photo: date stamps, captions, tags, handwriting, watermarks; as masks to be filled.

Text is looked for by RapidOCR in the photo and, for what is faint, in the backdrop's own contrast. Around each line the
ink is what differs from the ground right beside it; where a plain piece carries the line, all of it is a tag. What is
on the product is told apart: its own print must stay, and a mark on it is for a person to decide about.
"""

import re
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe16_to_srgb_float
from pipeline.mask import Matte
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.mask import without_specks
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.marks import DATE
from pipeline.measure.marks import OWNER
from pipeline.measure.marks import PRICE
from pipeline.model import Box
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.text_reader import Found
from pipeline.tools.text_reader import find_words

Pixels = NDArray[np.uint16]
Region = NDArray[np.bool_]
Floats = NDArray[np.float32]

KINDS: Final[dict[str, re.Pattern[str]]] = {"date": DATE, "price": PRICE, "owner": OWNER}
WORDS, TAG = "words", "tag"
SIDE: Final = 1600
"""Longest side of the copy on which ink is told from its ground, in pixels."""
LEGIBLE: Final = 0.5
LETTERS: Final = 3
"""Confidence and different letters from which a line surely says something: a shadow's edge reads as one letter."""
FAINT_GAIN: Final = 10.0
"""Contrast at which faint marks on the backdrop are looked for, as levels per level."""
WIDER: Final = 16.0
"""Standard deviation of what is taken off before, in pixels of the copy."""
AROUND: Final = 0.7
"""Letter heights around a line within which its ink may reach."""
INK: Final = (4.0, 4.0)
"""Least difference (ΔE76) of ink to its ground: this many, or this many times the ground's own noise."""
TAG_SHARE: Final = 0.55
"""Of a tag's box that it fills at least, with its writing."""
TAG_SIZE: Final = 5.0
"""How many times larger than its line's box a tag is at most."""
LETTER: Final = 0.6
"""Share of a piece of ink within its line from which it is a letter."""
RIM: Final = 0.09
"""What a fill takes beyond the ink, as a share of the letters' height; at least two pixels."""
ZERO: Final = np.array([0, 128, 128], np.float32)
"""What makes L*, a* and b* bytes."""
PRODUCT: Final = 0.02
"""Cover from which a pixel counts as the product's."""
OVER: Final = 0.35
"""Share of a line on the product from which it is on the product."""
TAGS: Final = 0.3
"""A separate piece of the mask below this share of its largest may be a tag, where it says a date, price or owner."""
SPECK: Final = 0.05
"""A piece of the mask smaller than this share of its largest may be the mark itself."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """One thing that lies over the photo.

    Attributes:
        kind: "date", "price", "owner", "tag" or "words".
        text: what it says; "" where that is not legible.
        box: where, in the original's pixels.
        hole: bool h×w of the box, the pixels to fill.
        on_product: it touches the product, so that only a person may take it away.
    """

    kind: str
    text: str
    box: Box
    hole: Region
    on_product: bool


@dataclass(frozen=True, eq=False)
class _View:
    """The photo on a copy: Lab, which pixels are product, what differs from the backdrop (levels of 100).

    `pieces` numbers the product's separate pieces, `doubtful` says of each number whether it may be a tag.
    """

    lab: Floats
    product: Region
    apart: Floats
    pieces: NDArray[np.int32]
    doubtful: Region

    def without(self, cover: Region) -> "_View":
        """The view without the doubtful piece of the mask that a line stands on: a tag that was cut out, too."""
        under = np.bincount(self.pieces[cover], minlength=len(self.doubtful))
        under[0] = 0
        piece = int(under.argmax())
        if not self.doubtful[piece] or under[piece] < OVER * np.count_nonzero(cover):
            return self
        return replace(self, product=self.product & (self.pieces != piece))


def find_overlays(rgb: Pixels, mask: Matte) -> tuple[Overlay, ...]:
    """Return what was put over `rgb` (uint16 H×W×3 Adobe RGB), beside the product first; its own print is left out.

    `mask` (float32 H×W 0..1) is the product, as well as it is known.
    """
    protected = without_specks(mask, share=SPECK)
    backdrop = fit_on_proxy(rgb)
    view = _look(rgb, protected, backdrop)
    found = [overlay for line in _lines(rgb, view, backdrop) if (overlay := _overlay(line, view, mask.shape))]
    return tuple(sorted(_apart(found), key=lambda each: (each.on_product, each.box)))


def overlay_hole(overlays: tuple[Overlay, ...], size: tuple[int, int]) -> Region:
    """Return all pixels of `overlays` as one hole, bool H×W of a photo of `size` (width, height)."""
    hole = np.zeros(size[::-1], bool)
    for overlay in overlays:
        hole[grown(overlay.box, 0, size)] |= overlay.hole
    return hole


def _look(rgb: Pixels, product: Matte, backdrop: Backdrop) -> _View:
    height, width = product.shape
    step = max(1.0, max(height, width) / SIDE)
    size = round(width / step), round(height / step)
    small = rgb if step == 1 else cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    cover = product if step == 1 else cv2.resize(product, size, interpolation=cv2.INTER_AREA)
    difference = backdrop.difference(adobe16_to_srgb_float(small))
    found = (cover > PRODUCT).astype(np.uint8)
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    areas = stats[:, 4]
    doubtful = areas < TAGS * areas[1:].max(initial=0)
    doubtful[0] = False
    return _View(adobe16_to_lab(small), found > 0, np.abs(difference).max(axis=2) * 100, pieces, doubtful)


def _lines(rgb: Pixels, view: _View, backdrop: Backdrop) -> list[Found]:
    """Lines of text on the view's grid: as the photo shows them, then what only the backdrop's contrast shows."""
    size = view.product.shape[1], view.product.shape[0]
    plain = adobe16_to_srgb8(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    difference = backdrop.difference(plain.astype(np.float32) / 255).mean(axis=2)
    difference[view.product] = 0
    # What the fit misses, as a shadow, is wider than any letter.
    difference -= cv2.GaussianBlur(difference, (0, 0), WIDER)
    faint = np.clip(128 + FAINT_GAIN * 255 * cv2.GaussianBlur(difference, (0, 0), 1.0), 0, 255).astype(np.uint8)
    return [*find_words(plain), *find_words(cv2.merge([faint] * 3))]


def _overlay(line: Found, view: _View, shape: tuple[int, ...]) -> Overlay | None:
    """What a line of text is, in the original's pixels; None for the product's own print, and for nothing."""
    cover = np.zeros(view.product.shape, np.uint8)
    cv2.fillPoly(cover, [np.rint(line.corners).astype(np.int32)], 1)
    total = int(cover.sum())
    if not total:
        return None
    text = line.words.text
    letters = {letter for letter in text if letter.isalnum()}
    if line.words.confidence < LEGIBLE or len(letters) < LETTERS:
        return None
    kind = next((name for name, pattern in KINDS.items() if pattern.search(text)), WORDS)
    view = view.without(cover > 0) if kind != WORDS else view
    on_product = float(cover[view.product].sum()) / total >= OVER
    if on_product and kind == WORDS:
        return None
    height = _height(line)
    piece = None if on_product else _tag(cover > 0, view)
    ink = _ink(cover > 0, view, height) if piece is None else piece
    if not on_product:
        ink &= ~cv2.dilate(view.product.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    if not ink.any():
        return None
    rim = max(2, round(RIM * height))
    ink = cv2.dilate(ink.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * rim + 1,) * 2))
    if not on_product:
        ink[view.product] = 0
    return _full_size(ink > 0, TAG if piece is not None else kind, text, on_product, shape)


def _height(line: Found) -> float:
    sides = np.linalg.norm(np.roll(line.corners, -1, axis=0) - line.corners, axis=1)
    return float(min(sides[0] + sides[2], sides[1] + sides[3]) / 2)


def _tag(cover: Region, view: _View) -> Region | None:
    """The piece in another colour than the backdrop that carries the line; None where it stands on the backdrop."""
    differs = ((view.apart >= INK[0]) & ~view.product).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(differs, connectivity=4)
    under = np.bincount(labels[cover], minlength=count)
    under[0] = 0
    label = int(under.argmax())
    w, h, area = (int(value) for value in stats[label, 2:])
    line = covered_box(cover)
    if not label or line is None or under[label] < 0.4 * np.count_nonzero(cover):
        return None
    longest = max(line[2] - line[0], line[3] - line[1])
    if area < TAG_SHARE * w * h or max(w, h) > TAG_SIZE * longest:
        return None
    solid = np.zeros_like(differs)
    contours, _ = cv2.findContours((labels == label).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(solid, contours, -1, 1, -1) > 0


def _ink(cover: Region, view: _View, height: float) -> Region:
    """What differs from the ground beside it within and right around a line."""
    box = covered_box(cover)
    assert box is not None
    reach = max(3, round(AROUND * height))
    window = grown(box, 2 * reach, (cover.shape[1], cover.shape[0]))
    near = cv2.dilate(cover[window].astype(np.uint8), np.ones((2 * reach + 1,) * 2, np.uint8)) > 0
    lab = view.lab[window]
    kernel = min(255, 2 * round(1.2 * height) + 1)
    levels = np.clip(lab + ZERO, 0, 255).astype(np.uint8)
    ground = cv2.medianBlur(np.ascontiguousarray(levels), kernel).astype(np.float32) - ZERO
    difference = np.linalg.norm(lab - ground, axis=2).astype(np.float32)
    beside = difference[~near] if (~near).any() else difference
    limit = max(INK[0], INK[1] * 1.4826 * float(np.median(beside)))
    differs = ((difference >= limit) & near).astype(np.uint8)
    # A shadow that only touches the line is none of its letters.
    letters = cv2.dilate(cover[window].astype(np.uint8), np.ones((2 * max(2, reach // 3) + 1,) * 2, np.uint8)) > 0
    count, labels = cv2.connectedComponents(differs, connectivity=8)
    share = np.bincount(labels[letters], minlength=count) / np.maximum(np.bincount(labels.ravel(), minlength=count), 1)
    share[0] = 0
    result = np.zeros(cover.shape, bool)
    result[window] = (share >= LETTER)[labels]
    return result


def _full_size(ink: Region, kind: str, text: str, on_product: bool, shape: tuple[int, ...]) -> Overlay | None:
    whole = cv2.resize(ink.astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    box = covered_box(whole)
    if box is None:
        return None
    return Overlay(kind, text, box, whole[grown(box, 0, (shape[1], shape[0]))].copy(), on_product)


def _apart(found: list[Overlay]) -> list[Overlay]:
    """Of two that lie mostly over each other, as both looks show them, the larger one."""
    kept: list[Overlay] = []
    for overlay in sorted(found, key=lambda each: -np.count_nonzero(each.hole)):
        if not any(_shared(overlay.box, other.box) > 0.5 for other in kept):
            kept.append(overlay)
    return kept


def _shared(first: Box, second: Box) -> float:
    """Share of the first box that lies in the second."""
    wide = min(first[2], second[2]) - max(first[0], second[0])
    high = min(first[3], second[3]) - max(first[1], second[1])
    return max(0, wide) * max(0, high) / max(1, (first[2] - first[0]) * (first[3] - first[1]))
