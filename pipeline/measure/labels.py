"""Plain tilted rectangles on the product: where a label could be stuck, before anybody reads it."""

from typing import Final

import cv2
import numpy as np

from pipeline.measure.closeup import Closeup
from pipeline.measure.letters import Line

STROKE: Final = 11
"""Pixels: kernel that closes dark letters on a light label."""
FLAT: Final = 4.0
"""Largest step of L* within a label without its letters."""
SIDES: Final = (16, 260)
ASPECT: Final = (1.2, 4.0)
FULL: Final = 0.82
"""Least share of its own rectangle that a label fills."""
LIGHT: Final = 60.0
TEXT_HEIGHT: Final = 0.3
"""Height of a label's line of text over the label's, about."""


def find_labels(closeup: Closeup) -> list[Line]:
    """Return light plain rectangles on the product, as lines along their longer side, largest first."""
    light = np.ascontiguousarray(closeup.lab[..., 0])
    kernel = np.ones((STROKE, STROKE), np.uint8)
    plain = cv2.morphologyEx(light, cv2.MORPH_CLOSE, kernel)
    step = cv2.morphologyEx(plain, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    flat = (step <= FLAT) & (plain >= LIGHT) & (closeup.mask >= 0.5)
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
            turn = np.radians(angle if across >= down else angle + 90)
            found.append((area, _line((x, y, x + w, y + h), (center[0] + x, center[1] + y), longer, shorter, turn)))
    return [line for _, line in sorted(found, key=lambda each: -each[0])]


def _line(
    box: tuple[int, int, int, int], center: tuple[float, float], longer: float, shorter: float, turn: float
) -> Line:
    way = np.array([np.cos(turn), np.sin(turn)])
    way *= longer / 2 * (1 if way[0] >= 0 else -1)
    start, end = np.array(center) - way, np.array(center) + way
    height = TEXT_HEIGHT * shorter
    return Line(box, 1, 0, (float(start[0]), float(start[1])), (float(end[0]), float(end[1])), height, 0, True)
