"""Exact white, every pixel: the field, the halo and the frame's border; no sampling, no tolerance.

What the field is comes from the mask and from how far the file's codec can bleed (`mask.zones`); a raster that was
never encoded has no halo. The reading of near-white pixels is the articles' graded part and never a gate.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import Zone
from pipeline.mask import pieces
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading

MAX_BOXES: Final = 24
VISIBLY_OFF: Final = 250
"""Below this (of 255) an off-white halo pixel counts against a delivered file."""


@dataclass(frozen=True)
class ZoneCount:
    """One zone: its pixels, those not exactly white, those below 250, and the darkest channel (0..255)."""

    pixels: int
    off_white: int
    visibly_off: int
    min: int

    @property
    def document(self) -> dict[str, int]:
        """The zone as `verify --json` prints it."""
        return {"pixels": self.pixels, "off_white": self.off_white, "min": self.min}


@dataclass(frozen=True)
class Whiteness:
    """What the background of one raster is; `boxes` surround its off-white field and border pixels, largest first."""

    field: ZoneCount
    halo: ZoneCount
    border: ZoneCount
    graded_share: float | None
    boxes: tuple[Box, ...]


def read_whiteness(
    rgb: NDArray[np.uint8] | NDArray[np.uint16], zone: NDArray[np.uint8], *, tolerance: int
) -> Whiteness:
    """Test every pixel of `rgb` (H×W×3, full range of its dtype) for exact white.

    `zone` is H×W as `mask.zones` makes it. `graded_share` is the share of field pixels whose channels are all at
    least 255 - `tolerance` (0..1), None without a field: the background test of the articles, over every pixel.
    """
    level = 257 if rgb.dtype == np.uint16 else 1
    off = cv2.bitwise_not(_at_least(rgb, 255 * level))
    border = np.zeros(zone.shape, np.uint8)
    border[0], border[-1], border[:, 0], border[:, -1] = 255, 255, 255, 255
    field, halo = (cv2.inRange(zone, int(kind), int(kind)) for kind in (Zone.FIELD, Zone.HALO))
    counts = [_count(rgb, off, where, level) for where in (field, halo, border)]
    visible = _at_least(rgb, (255 - tolerance) * level) if counts[0].off_white else None
    graded = None
    if counts[0].pixels:
        fine = counts[0].pixels if visible is None else cv2.countNonZero(cv2.bitwise_and(visible, field))
        graded = fine / counts[0].pixels
    wrong = cv2.bitwise_and(off, cv2.bitwise_or(field, border))
    boxes = tuple(box for _, box in pieces(wrong > 0)[:MAX_BOXES]) if cv2.countNonZero(wrong) else ()
    return Whiteness(*counts, graded_share=graded, boxes=boxes)


def whiteness_readings(whiteness: Whiteness) -> tuple[Reading, ...]:
    """Return the readings of one raster: off-white pixels in field and border, and the graded share."""
    evidence = Evidence(whiteness.boxes)
    return (
        Reading("off_white_field", whiteness.field.off_white, "px", f"darkest {whiteness.field.min}", evidence),
        Reading("off_white_border", whiteness.border.off_white, "px", f"darkest {whiteness.border.min}", evidence),
        Reading("near_white_share", whiteness.graded_share, "ratio", "share of the field within the graded tolerance"),
    )


def _at_least(rgb: NDArray[np.uint8] | NDArray[np.uint16], level: int) -> NDArray[np.uint8]:
    largest = float(np.iinfo(rgb.dtype).max)
    return cv2.inRange(rgb, (float(level),) * 3, (largest,) * 3)


def _count(
    rgb: NDArray[np.uint8] | NDArray[np.uint16], off: NDArray[np.uint8], where: NDArray[np.uint8], level: int
) -> ZoneCount:
    wrong = cv2.bitwise_and(off, where)
    off_white = cv2.countNonZero(wrong)
    if not off_white:
        return ZoneCount(cv2.countNonZero(where), 0, 0, 255)
    darkest = rgb[wrong > 0].min(axis=1) // level
    return ZoneCount(
        cv2.countNonZero(where), off_white, int(np.count_nonzero(darkest < VISIBLY_OFF)), int(darkest.min())
    )
