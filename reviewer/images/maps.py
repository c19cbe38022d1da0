"""Maps of where two pictures differ and where edges lie: pixels in, pixels and a few numbers out. Runs on workers."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.color import srgb8_to_adobe16
from pipeline.measure.similarity import WINDOW
from pipeline.measure.similarity import similarity_map

Pixels = NDArray[np.uint8]
WHITE, HALF = 255, 127
MAX_CELLS = 250_000
"""CIEDE2000 costs 2 s per megapixel; cells average their pixels."""
FULL_DELTA_E = 10.0
"""The map is brightest from here on."""
RING_PIXELS = 3
GREY = 119
GREEN_BGRA = (80, 220, 80, 255)
EDGE_GAIN = 0.5


@dataclass(frozen=True, eq=False)
class Found:
    """A map, uint8 h×w (brighter is worse), its mean over the product and its worst value, in the map's own unit."""

    shown: Pixels
    mean: float
    worst: float


def absolute_difference(before: Pixels, after: Pixels) -> Pixels:
    """Return the largest difference of B, G and R, uint8 h×w, of two uint8 h×w×4 pictures."""
    blue, green, red, _ = cv2.split(cv2.absdiff(before, after))
    return cv2.max(cv2.max(blue, green), red)


def glowing(strength: Pixels) -> Pixels:
    """Return uint8 h×w as BGRA from dark over red to bright yellow."""
    return cv2.cvtColor(cv2.applyColorMap(strength, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2BGRA)


def delta_e_map(before: Pixels, after: Pixels, cover: Pixels) -> Found:
    """CIEDE2000 between two uint8 h×w×4 BGRA pictures on the product, over at most 0.25 million cells."""
    rows, columns = cover.shape
    scale = min(1.0, (MAX_CELLS / (rows * columns)) ** 0.5)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    labs = [_lab(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)) for picture in (before, after)]
    inside = cv2.resize(cover, size, interpolation=cv2.INTER_AREA) == WHITE
    apart = np.where(inside, delta_e_2000(*labs), 0)
    shown = cv2.convertScaleAbs(apart, alpha=WHITE / FULL_DELTA_E)
    large = cv2.resize(shown, (columns, rows), interpolation=cv2.INTER_NEAREST)
    there = apart[inside]
    return Found(large, float(there.mean()) if there.size else 0.0, float(there.max(initial=0)))


def ssim_map(before: Pixels, after: Pixels, cover: Pixels) -> Found:
    """Structural similarity of lightness on the product, as the line measures it (`similarity_map`)."""
    one, two = (cv2.cvtColor(picture, cv2.COLOR_BGRA2GRAY).astype(np.float32) for picture in (before, after))
    likeness = similarity_map(one, two, data_range=WHITE)
    inside = cv2.erode(cover, np.ones((WINDOW, WINDOW), np.uint8)) == WHITE
    there = likeness[inside]
    shown = np.where(inside, np.clip((1 - likeness) * WHITE, 0, WHITE), 0).astype(np.uint8)
    return Found(shown, float(there.mean()) if there.size else 1.0, float(there.min(initial=1.0)))


def ring(after: Pixels, cover: Pixels, step: int) -> Pixels:
    """Return the picture with everything grey but the ring of 3 picture pixels on both sides of the outline."""
    reach = max(1, round(RING_PIXELS / step))
    solid = cv2.compare(cover, HALF, cv2.CMP_GT)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    band = cv2.subtract(cv2.dilate(solid, kernel), cv2.erode(solid, kernel))
    shown = np.full_like(after, GREY)
    shown[..., 3] = WHITE
    return cv2.copyTo(after, band, shown)


def edge_map(after: Pixels, cover: Pixels) -> Pixels:
    """Return how steep the lightness is, bright on dark, with the outline of the mask in green."""
    grey = cv2.cvtColor(after, cv2.COLOR_BGRA2GRAY)
    across, down = (
        cv2.convertScaleAbs(cv2.Scharr(grey, cv2.CV_16S, *way), alpha=EDGE_GAIN) for way in ((1, 0), (0, 1))
    )
    shown = cv2.cvtColor(cv2.max(across, down), cv2.COLOR_GRAY2BGRA)
    solid = cv2.compare(cover, HALF, cv2.CMP_GT)
    outline = cv2.subtract(solid, cv2.erode(solid, np.ones((3, 3), np.uint8)))
    shown[outline > 0] = GREEN_BGRA
    return shown


def _lab(bgra: Pixels) -> NDArray[np.float32]:
    return adobe16_to_lab(srgb8_to_adobe16(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB)))
