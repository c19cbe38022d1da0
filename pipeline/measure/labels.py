"""Plain tilted rectangles on the product: where a label could be stuck, before anybody reads it."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.closeup import Closeup
from pipeline.model import Box

STROKE: Final = 11
"""Pixels: kernel that closes dark letters on a light label."""
FLAT: Final = 4.0
"""Largest step of L* and of b* within a label without its letters."""
SIDES: Final = (16, 260)
ASPECT: Final = (1.2, 4.0)
FULL: Final = 0.82
"""Least share of its own rectangle that a label fills."""
LIGHT: Final = 60.0
INKED: Final = 0.02
"""Least share of a label's row that is ink where a text stands."""
TALL: Final = 48
"""Pixels to which a line is enlarged before it is read."""


@dataclass(frozen=True)
class Label:
    """Attributes:

    box: where it lies in the closeup; center (x, y), length along its longer side and height across, px.
    angle: of its longer side, degrees.
    """

    box: Box
    center: tuple[float, float]
    length: float
    height: float
    angle: float


def find_labels(closeup: Closeup) -> list[Label]:
    """Return light plain rectangles on the product, largest first."""
    # Dark letters are neither light nor yellow: closing takes them out of both planes.
    light, yellow = (
        cv2.morphologyEx(np.ascontiguousarray(closeup.lab[..., c]), cv2.MORPH_CLOSE, np.ones((STROKE, STROKE)))
        for c in (0, 2)
    )
    step = np.maximum(*(cv2.morphologyEx(p, cv2.MORPH_GRADIENT, np.ones((3, 3))) for p in (light, yellow)))
    flat = (step <= FLAT) & (light >= LIGHT) & (closeup.mask >= 0.5)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(flat.astype(np.uint8), connectivity=4)
    low, high = SIDES
    found = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        if area < low**2 or max(w, h) > 1.5 * high:
            continue
        piece = (labels[y : y + h, x : x + w] == label).astype(np.uint8)
        contours, _ = cv2.findContours(piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        outer = max(contours, key=cv2.contourArea)
        center, (across, down), angle = cv2.minAreaRect(outer)
        longer, shorter = max(across, down), max(1.0, min(across, down))
        fits = low <= shorter and longer <= high and ASPECT[0] <= longer / shorter <= ASPECT[1]
        if fits and cv2.contourArea(outer) >= FULL * longer * shorter:
            turn = _upright(angle if across >= down else angle + 90)
            found.append((area, Label((x, y, x + w, y + h), (center[0] + x, center[1] + y), longer, shorter, turn)))
    return [label for _, label in sorted(found, key=lambda each: -each[0])]


def _upright(angle: float) -> float:
    """The same direction within ±90°: nobody sticks a label on upside down."""
    return (angle + 90) % 180 - 90


def cut_label(closeup: Closeup, label: Label) -> NDArray[np.uint8]:
    """Return a label's ink and a little around it, upright and enlarged: uint8 h×w×3."""
    size = max(8, round(label.length)), max(6, round(0.92 * label.height))
    turn = cv2.getRotationMatrix2D(label.center, label.angle, 1.0)
    turn[:, 2] += np.array(size) / 2 - label.center
    plane = cv2.warpAffine(closeup.lab[..., 0], turn, size, borderMode=cv2.BORDER_REPLICATE)
    low, high = np.percentile(plane, (2, 98))
    level = np.clip((plane - low) / max(float(high - low), 1.0), 0, 1)
    cut = cv2.merge([np.rint(255 * level).astype(np.uint8)] * 3)
    rows = np.flatnonzero((cut[2:-2, 4:-4, 0] < 128).mean(axis=1) > INKED)
    if len(rows) < 4:
        return cut
    air = round(0.35 * (rows[-1] - rows[0])) + 1
    cut = cut[max(0, rows[0] + 2 - air) : rows[-1] + 3 + air]
    return cv2.resize(cut, None, fx=TALL / len(cut), fy=TALL / len(cut), interpolation=cv2.INTER_CUBIC)
