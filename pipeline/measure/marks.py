"""Writing on the product: date stamps, watermarks, price tags. A row of like pieces of one ink is writing.

Only a person (or a reader of text) can tell a price from a brand, so this asks for a look and never decides.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from pipeline.measure.closeup import Closeup
from pipeline.model import Box
from pipeline.model import Reading

SCALES: Final = (1.0, 0.35)
STROKE: Final = 13
"""Pixels: kernel of the top-hat, a little more than the widest stroke."""
INK: Final = 9.0
"""Least difference of ink and ground in one of L*, a*, b*."""
HEIGHTS: Final = (6, 70)
LETTERS: Final = 5
ALIKE: Final = 1.7
"""Largest ratio of neighbouring letters' heights."""
NEAR: Final = 1.6
"""Largest gap between neighbouring letters, in letter heights."""
STRAIGHT: Final = 0.35
"""Largest RMS distance of letters from their line, in letter heights."""
ONE_INK: Final = 8.0
"""Largest spread (ΔE) of a line's letters."""
UNEVEN: Final = 0.7
"""Largest spread of the distances between letters over their mean."""
READABLE: Final = 0.1
"""Least share of the pieces that stand in lines; a weave has many pieces and few lines."""
UNEQUAL: Final = 0.35
"""Largest interquartile range of the letters' heights over their middle one: full stops are small."""
MOST: Final = 1500
"""More pieces than this are a texture."""
INSET: Final = 3
MAX_BOXES: Final = 12

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class _Letters:
    """Pieces that could be letters: boxes N×4 (x, y, w, h), centres N×2, heights N, inks N×3 (Lab)."""

    boxes: Floats
    centers: Floats
    heights: Floats
    inks: Floats


def read_marks(closeup: Closeup) -> Reading:
    """Return "writing": lines of at least five letters on the product, in count.

    Letters are what a top-hat finds in L*, a* or b* at two scales: 6 to 70 px high there, upright or tilted; neighbours
    of like height whose centres lie on one straight line and whose ink is one colour.
    """
    # Only inside the product: links of a chain are no letters, and a word beside it is a stray piece.
    inset = np.ones((2 * INSET + 1, 2 * INSET + 1), np.uint8)
    cover = cv2.erode((closeup.mask >= 0.5).astype(np.uint8), inset)
    found: list[Box] = []
    for scale in SCALES:
        lab = (
            closeup.lab
            if scale == 1
            else cv2.resize(closeup.lab, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        )
        here = cv2.resize(cover, (lab.shape[1], lab.shape[0]), interpolation=cv2.INTER_NEAREST)
        for channel in range(3):
            plane = np.ascontiguousarray(lab[..., channel])
            for kind in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
                raised = cv2.morphologyEx(plane, kind, np.ones((STROKE, STROKE), np.uint8))
                letters = _letters((raised >= INK).astype(np.uint8) & here, lab)
                found += [_enlarged(box, scale) for box in _lines(letters)]
    found = _merged(found)
    return Reading("writing", float(len(found)), "count", "", closeup.evidence(found[:MAX_BOXES]))


def _letters(ink: NDArray[np.uint8], lab: Floats) -> _Letters:
    count, labels, stats, centers = cv2.connectedComponentsWithStats(ink, connectivity=8)
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    low, high = HEIGHTS
    extent = np.maximum(w, h)
    fitting = (extent >= low) & (extent <= high) & (np.minimum(w, h) >= 2) & (area >= 0.12 * w * h) & (area >= 8)
    fitting &= extent <= 6 * np.minimum(w, h)
    fitting[0] = False
    chosen = np.flatnonzero(fitting)
    if len(chosen) < LETTERS or len(chosen) > MOST:
        return _Letters(
            *(np.zeros((0, n), np.float32) for n in (4, 2)), np.zeros(0, np.float32), np.zeros((0, 3), np.float32)
        )
    sizes = np.bincount(labels.ravel(), minlength=count)[:, None]
    inks = np.stack([np.bincount(labels.ravel(), lab[..., c].ravel(), count) for c in range(3)], axis=1) / sizes
    boxes = stats[chosen, :4].astype(np.float32)
    return _Letters(
        boxes, centers[chosen].astype(np.float32), extent[chosen].astype(np.float32), inks[chosen].astype(np.float32)
    )


def _lines(letters: _Letters) -> list[Box]:
    """Boxes of the straight rows of like letters."""
    number = len(letters.heights)
    if number < LETTERS:
        return []
    taller = np.maximum(letters.heights[:, None], letters.heights[None])
    shorter = np.minimum(letters.heights[:, None], letters.heights[None])
    away = np.linalg.norm(letters.centers[:, None] - letters.centers[None], axis=2)
    inks = np.linalg.norm(letters.inks[:, None] - letters.inks[None], axis=2)
    linked = (taller <= ALIKE * shorter) & (away <= NEAR * taller) & (inks <= ONE_INK)
    lines = [group for group in _groups(linked) if len(group) >= LETTERS and _is_line(letters, group)]
    if sum(map(len, lines)) < READABLE * number:
        return []
    found = []
    for group in lines:
        left, top = letters.boxes[group, :2].min(axis=0)
        right, bottom = (letters.boxes[group, :2] + letters.boxes[group, 2:]).max(axis=0)
        found.append((int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom))))
    return found


def _groups(linked: NDArray[np.bool_]) -> list[NDArray[np.intp]]:

    count, owner = connected_components(csr_matrix(linked), directed=False)
    return [np.flatnonzero(owner == index) for index in range(count)]


def _is_line(letters: _Letters, group: NDArray[np.intp]) -> bool:
    centers, height = letters.centers[group], float(np.median(letters.heights[group]))
    centred = centers - centers.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    along, across = centred @ axes[0], centred @ axes[1]
    spread = float(np.linalg.norm(letters.inks[group] - letters.inks[group].mean(axis=0), axis=1).mean())
    gaps = np.diff(np.sort(along))
    regular = float(gaps.std()) <= UNEVEN * float(gaps.mean())
    # Letters stand side by side: pieces of a texture lie over each other.
    beside = float(np.mean(gaps >= 0.25 * height)) >= 0.7
    low, high = np.percentile(letters.heights[group], (25, 75))
    even = float(high - low) <= UNEQUAL * height
    return even and float(np.sqrt((across**2).mean())) <= STRAIGHT * height and spread <= ONE_INK and beside and regular


def _enlarged(box: Box, scale: float) -> Box:
    left, top, right, bottom = (round(value / scale) for value in box)
    return left, top, right, bottom


def _merged(boxes: list[Box]) -> list[Box]:
    """Boxes that overlap as one, largest first."""
    merged: list[Box] = []
    for box in sorted(boxes, key=lambda each: -(each[2] - each[0]) * (each[3] - each[1])):
        for index, other in enumerate(merged):
            if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]:
                merged[index] = (
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                )
                break
        else:
            merged.append(box)
    return merged
