"""Rows of like pieces of one ink: where something could be written, before anybody reads it."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from pipeline.measure.closeup import Closeup
from pipeline.model import Box

SCALES: Final = (1.0, 0.35, 0.15)
STROKE: Final = 13
"""Pixels: kernel of the top-hat, a little more than the widest stroke."""
INK: Final = 9.0
"""Least difference of ink and ground in one of L*, a*, b*."""
HEIGHTS: Final = (6, 70)
LETTERS: Final = 4
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

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Line:
    """Attributes:

    box: where it stands in the closeup; letters: how many pieces it has; beside: how many of them beside the product.
    start, end: centres (x, y) of its first and last piece from left to right; height: of a letter, px.
    channel: in which plane of the closeup's Lab its ink stands out; dark: whether the ink is the lesser value there.
    """

    box: Box
    letters: int
    beside: int
    start: tuple[float, float]
    end: tuple[float, float]
    height: float
    channel: int
    dark: bool

    @property
    def rows(self) -> slice:
        """Its box's rows."""
        return slice(self.box[1], self.box[3])

    @property
    def columns(self) -> slice:
        """Its box's columns."""
        return slice(self.box[0], self.box[2])


@dataclass(frozen=True, eq=False)
class _Letters:
    """Pieces that could be letters: boxes N×4 (x, y, w, h), centres N×2, heights N, inks N×3 (Lab)."""

    boxes: Floats
    centers: Floats
    heights: Floats
    inks: Floats


def find_lines(closeup: Closeup) -> list[Line]:
    """Return the lines of at least four letters that reach onto the product, longest first, none over another.

    Letters are what a top-hat finds in L*, a* or b* at three scales: 6 to 70 px high there, upright or tilted;
    neighbours of like height whose centres lie on one straight line and whose ink is one colour.
    """
    # Not along the outline, where every product has thin dark and light pieces.
    band = np.ones((2 * INSET + 1, 2 * INSET + 1), np.uint8)
    product = (closeup.mask >= 0.5).astype(np.uint8)
    bare = (cv2.dilate((closeup.mask > 0.02).astype(np.uint8), band) == 0).astype(np.uint8)
    cover = cv2.erode(product, band) | bare
    found: list[Line] = []
    for scale in SCALES:
        lab = closeup.lab if scale == 1 else _smaller(closeup.lab, scale)
        here = cv2.resize(cover, (lab.shape[1], lab.shape[0]), interpolation=cv2.INTER_NEAREST)
        for channel in range(3):
            plane = np.ascontiguousarray(lab[..., channel])
            for dark in (False, True):
                kind = cv2.MORPH_BLACKHAT if dark else cv2.MORPH_TOPHAT
                raised = cv2.morphologyEx(plane, kind, np.ones((STROKE, STROKE), np.uint8))
                letters = _letters((raised >= INK).astype(np.uint8) & here, lab)
                found += [_line(letters, group, scale, channel, dark, bare) for group in _lines(letters)]
    return _apart([line for line in found if product[line.rows, line.columns].any()])


def _smaller(lab: Floats, scale: float) -> Floats:
    return cv2.resize(lab, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


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
        return _Letters(*(np.zeros(shape, np.float32) for shape in ((0, 4), (0, 2), 0, (0, 3))))
    sizes = np.bincount(labels.ravel(), minlength=count)[:, None]
    inks = np.stack([np.bincount(labels.ravel(), lab[..., c].ravel(), count) for c in range(3)], axis=1) / sizes
    picked = stats[chosen, :4], centers[chosen], extent[chosen], inks[chosen]
    return _Letters(*(each.astype(np.float32) for each in picked))


def _lines(letters: _Letters) -> list[NDArray[np.intp]]:
    """The straight rows of like letters, as indices."""
    number = len(letters.heights)
    if number < LETTERS:
        return []
    taller = np.maximum(letters.heights[:, None], letters.heights[None])
    shorter = np.minimum(letters.heights[:, None], letters.heights[None])
    away = np.linalg.norm(letters.centers[:, None] - letters.centers[None], axis=2)
    inks = np.linalg.norm(letters.inks[:, None] - letters.inks[None], axis=2)
    linked = (taller <= ALIKE * shorter) & (away <= NEAR * taller) & (inks <= ONE_INK)
    lines = [group for group in _groups(linked) if len(group) >= LETTERS and _is_line(letters, group)]
    return lines if sum(map(len, lines)) >= READABLE * number else []


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


def _line(
    letters: _Letters, group: NDArray[np.intp], scale: float, channel: int, dark: bool, bare: NDArray[np.uint8]
) -> Line:
    boxes, centers = letters.boxes[group] / scale, letters.centers[group] / scale
    left, top = np.floor(boxes[:, :2].min(axis=0))
    right, bottom = np.ceil((boxes[:, :2] + boxes[:, 2:]).max(axis=0))
    middle, at = centers.mean(axis=0), np.rint(centers).astype(int)
    height, width = bare.shape
    beside = int(bare[np.clip(at[:, 1], 0, height - 1), np.clip(at[:, 0], 0, width - 1)].sum())
    _, _, axes = np.linalg.svd(centers - middle, full_matrices=False)
    way = axes[0] * (1 if axes[0][0] >= 0 else -1)
    along = (centers - middle) @ way
    start, end = middle + along.min() * way, middle + along.max() * way
    return Line(
        (int(left), int(top), int(right), int(bottom)),
        len(group),
        beside,
        (float(start[0]), float(start[1])),
        (float(end[0]), float(end[1])),
        float(np.median(letters.heights[group])) / scale,
        channel,
        dark,
    )


def _apart(lines: list[Line]) -> list[Line]:
    """Of lines over each other, as several planes show them, the one with most letters."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda each: -each.letters):
        left, top, right, bottom = line.box
        if not any(left < x1 and x0 < right and top < y1 and y0 < bottom for x0, y0, x1, y1 in (o.box for o in kept)):
            kept.append(line)
    return kept
