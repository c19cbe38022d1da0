"""Marks that somebody left on the picture: date stamps, watermarks, price tags; the product's own print is none.

What is written on a product is told from what was put over it by reading it: a date, a price, a photographer's or an
agency's words; or by where it stands: a word that goes on beside the product was never printed on it.
"""

import re
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import VISIBLE
from pipeline.measure.closeup import Closeup
from pipeline.measure.ink import Ink
from pipeline.measure.labels import cut_label
from pipeline.measure.labels import find_labels
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading
from pipeline.tools.text_reader import Words
from pipeline.tools.text_reader import find_words
from pipeline.tools.text_reader import read_words

LABELS: Final = 10
"""Labels that are read; a page of small ones is print."""
SURE: Final = 0.55
BESIDE: Final = 0.1
"""Least share of a line beside the product for a word that was put over both: nobody prints on a backdrop."""
INKED: Final = 18.0
"""Levels by which the letters there stand out (standard deviation): a gap between the product's own parts is plain."""
MARGIN: Final = 0.25
"""Letter heights at each end of a found line that hold no letter."""
LETTER: Final = 90
"""Level from which ink is a letter to point at."""
LEAST_INK: Final = 40
"""Pixels of ink below which nothing can be written."""
DOTS: Final = 60
MAX_BOXES: Final = 12
BREAK: Final = r"[\s.,:/'’-]{1,3}"
DATE: Final = re.compile(
    rf"\d{{1,4}}{BREAK}\d{{1,2}}{BREAK}\d{{2,4}}|\b[0-3]?\d{BREAK}(19|20)\d\d\b|[0-3]\d[01]\d(19|20)\d\d"
    rf"|\b[0-3]\d[01]\d\s?['’]\s?\d\d\b|\b[0-3]\d\s[01]\d[0-2]\d\b|['’]\d\d\s?[01]\d\s?[0-3]\d\b"
)
PRICE: Final = re.compile(
    r"(EUR|USD|GBP|CHF|[€$£¥])\s?\d|\d\s?(EUR|USD|GBP|CHF|[€$£¥])|\b\d{1,4}[.,]\d{2}\b", re.IGNORECASE
)
OWNER: Final = re.compile(
    r"sample|preview|proof|copyright|watermark|©|\(c\)|www\.?|\.(com|net|org|eu|de)\b|stock|archiv|photo|foto|studio",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """One line: what it says, whether it was put over the picture, its box and its letters on the product there."""

    words: Words
    is_foreign: bool
    box: Box
    letters: tuple[tuple[int, int], ...] = ()

    @property
    def is_legible(self) -> bool:
        """Whether it surely says something."""
        letters = {letter for letter in self.words.text if letter.isalnum()}
        return self.words.confidence >= SURE and (len(letters) >= 3 or _says_so(self.words))


def read_marks(closeup: Closeup, ink: Ink | None) -> tuple[Reading, Reading]:
    """Return "writing": lines that say a date, a price or an owner, or go on beside the product; and "text_lines".

    Both in count, with evidence in the original; the second counts the product's own print too. The detail says what
    was read, the product's own print apart.
    """
    lines = [*_on_labels(closeup), *(_in_ink(ink) if ink else [])]
    legible = [line for line in lines if line.is_legible]
    marks = [line for line in legible if line.is_foreign]
    said = ", ".join(f"“{each.words.text}”" for each in marks[:3])
    own = len(legible) - len(marks)
    detail = "; ".join(filter(None, (said, f"the product's own print: {own} lines" if own else "")))
    return (
        Reading("writing", float(len(marks)), "count", detail, _evidence(marks)),
        Reading("text_lines", float(len(legible)), "count", "", _evidence(legible)),
    )


def _evidence(lines: list[Mark]) -> Evidence:
    dots = tuple(dot for line in lines for dot in line.letters)
    return Evidence(tuple(line.box for line in lines[:MAX_BOXES]), "original", dots)


def _says_so(words: Words) -> bool:
    return any(pattern.search(words.text) for pattern in (DATE, PRICE, OWNER))


def _on_labels(closeup: Closeup) -> list[Mark]:
    labels = find_labels(closeup)[:LABELS]
    words = read_words([cut_label(closeup, label) for label in labels])
    boxes = closeup.evidence([label.box for label in labels]).boxes
    return [Mark(said, _says_so(said), box) for said, box in zip(words, boxes, strict=True)]


def _in_ink(ink: Ink) -> list[Mark]:
    """The lines that reach onto the product: what lies wholly beside it is gone with the backdrop."""
    found: list[Mark] = []
    if np.count_nonzero(ink.picture >= LETTER) < LEAST_INK:
        return found
    for line in find_words(cv2.merge([ink.picture] * 3)):
        strip = _strip(line.corners)
        kept = _at(ink.mask, strip) > VISIBLE
        if kept.any():
            foreign = _says_so(line.words) or _goes_on_beside(ink, strip)
            letters = strip[kept & (_at(ink.picture, strip) >= LETTER)]
            dots = ink.points(letters[:: max(1, len(letters) // DOTS)])
            found.append(Mark(line.words, foreign, ink.box(strip.reshape(-1, 2)), dots))
    return found


def _goes_on_beside(ink: Ink, strip: NDArray[np.float32]) -> bool:
    bare = _at(ink.bare.astype(np.uint8), strip) > 0
    return float(bare.mean()) >= BESIDE and float(_at(ink.picture, strip)[bare].std()) >= INKED


def _strip(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Places (h×w×2) in a line that its letters take, without the air that is found around them."""
    across, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = float(np.linalg.norm(across)), float(np.linalg.norm(down))
    inset = min(0.3, MARGIN * height / max(length, 1.0))
    along = np.linspace(inset, 1 - inset, max(2, round(length)), dtype=np.float32)[None, :, None]
    below = np.linspace(0.18, 0.82, max(2, round(height / 2)), dtype=np.float32)[:, None, None]
    return corners[0] + along * across + below * down


def _at(plane: NDArray, places: NDArray[np.float32]) -> NDArray:
    """The plane's values at places (h×w×2); nothing lies beyond its border."""
    return cv2.remap(plane, places[..., 0], places[..., 1], cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT)
