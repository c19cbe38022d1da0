"""What leftover marks say and how they are drawn: words, dates, prices and typefaces, as data.

Training has one set and the bench another, so that nothing is examined with the words it was made with.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import cv2
import numpy as np

from pipeline.mask import Matte

Face = Callable[[str, float], Matte]
"""Draws a text with capitals about so many pixels high: its coverage, float32 h×w 0..1, cut to its ink."""
FIRST_DAY: Final = datetime.date(2003, 1, 1)
DAYS: Final = 8400
PROBE: Final = 4.0


@dataclass(frozen=True)
class Lettering:
    """Attributes:

    words: of owners and agencies; dates: patterns of `strftime`; prices: with {whole} and {cents}.
    faces: the typefaces; one is drawn for each mark.
    """

    words: tuple[str, ...]
    dates: tuple[str, ...]
    prices: tuple[str, ...]
    faces: tuple[Face, ...]

    def word(self, rng: np.random.Generator) -> str:
        """Return one of the words."""
        return self.words[rng.integers(len(self.words))]

    def date(self, rng: np.random.Generator) -> str:
        """Return a day between 2003 and 2025 as a camera writes it."""
        day = FIRST_DAY + datetime.timedelta(days=int(rng.integers(DAYS)))
        return day.strftime(self.dates[rng.integers(len(self.dates))])

    def price(self, rng: np.random.Generator) -> str:
        """Return a price up to 99.99."""
        pattern = self.prices[rng.integers(len(self.prices))]
        return pattern.format(whole=int(rng.integers(1, 99)), cents=int(rng.integers(100)))

    def face(self, rng: np.random.Generator) -> Face:
        """Return one of the typefaces."""
        return self.faces[rng.integers(len(self.faces))]


def rubik(text: str, height: float, *, font: int) -> Matte:
    """Draw with one of OpenCV's own fonts (Rubik, light to bold): a `Face` once `font` is chosen."""
    # What OpenCV calls a text's size has air above it.
    return _drawn(text, PROBE * height / _drawn("H", PROBE, font).shape[0], font)


def _drawn(text: str, scale: float, font: int) -> Matte:
    (width, tall), below = cv2.getTextSize(text, font, scale, 1)
    canvas = np.zeros((2 * tall + 2 * below + 8, width + tall + 8), np.uint8)
    cv2.putText(canvas, text, (tall // 2 + 2, tall + tall // 2 + 4), font, scale, 255, 1, cv2.LINE_AA)
    return inked(canvas)


def inked(canvas: np.ndarray) -> Matte:
    """Return the part of a uint8 canvas that carries ink, as coverage."""
    x, y, width, height = cv2.boundingRect(canvas)
    return canvas[y : y + height, x : x + width].astype(np.float32) / 255


TRAINING: Final = Lettering(
    words=("SAMPLE", "PREVIEW", "STUDIO NORD", "PROOF ONLY", "(c) ARCHIV", "www.fotostock.eu", "Lindqvist", "TARANTO"),
    dates=("%d.%m.%Y", "%d %m '%y"),
    prices=("EUR {whole}.{cents:02d}", "$ {whole}.{cents:02d}", "GBP {whole}.{cents:02d}"),
    faces=(
        partial(rubik, font=cv2.FONT_HERSHEY_SIMPLEX),
        partial(rubik, font=cv2.FONT_HERSHEY_DUPLEX),
        partial(rubik, font=cv2.FONT_HERSHEY_SCRIPT_COMPLEX),
    ),
)
