"""Parts of the product that the mask leaves out: bites at the outline and holes inside it."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.measure.closeup import Closeup
from pipeline.measure.rim import Rim
from pipeline.model import Box
from pipeline.model import Reading

REACH: Final = 26
"""Pixels of the closeup: radius of the widest bite that is looked for; a handle's opening is wider."""
LEAST_PIXELS: Final = 8
LEAST_POINTS: Final = 2
BARE: Final = 0.1
"""Coverage up to which the mask says that nothing is there: hair that it half covers is not lost."""
AWAY: Final = 6.0
"""CIE76 ΔE from the fitted backdrop below which a gap may well show backdrop."""
STEP: Final = 0.5
MEAN_STEP: Final = 0.45
"""Largest step across the mask's edge, as a share of that distance, where the product simply goes on."""
EVEN_STEP: Final = 0.2
EVEN_POINTS: Final = 8
"""Over so many points a texture's own steps average out: then the mean step alone says that the product goes on."""
FOREIGN: Final = 10.0
PATIENCE: Final = 1.5
"""ΔE of chroma, or of more light, that neither backdrop nor shadow explains; steps may then be so much larger."""
MAX_BOXES: Final = 24


@dataclass(frozen=True)
class Gap:
    """A concavity or hole of the mask: pixels and box in the closeup, and what the original shows there.

    `away`: the gap's colour from the backdrop's; `step`: median step across the mask's edge; `mean_step`: length of the
    colours' mean difference there (texture averages out); `foreign`: what no shadow explains; all CIE76 ΔE.
    """

    area: int
    box: Box
    points: int
    away: float
    step: float
    mean_step: float
    foreign: float

    @property
    def is_lost(self) -> bool:
        """Whether the original goes on where the mask stops."""
        if self.points < LEAST_POINTS or self.away < AWAY:
            return False
        limit = self.away * (PATIENCE if self.foreign >= FOREIGN else 1.0)
        goes_on = self.step <= STEP * limit and self.mean_step <= MEAN_STEP * limit
        return goes_on or (self.points >= EVEN_POINTS and self.mean_step <= EVEN_STEP * self.away)


def read_lost(closeup: Closeup, rim: Rim | None) -> Reading:
    """Return "lost_parts": how many gaps of the mask show more product, largest first; evidence in the original.

    A gap is what a closing with a disc of 26 px (of a product 1,200 px long) fills. It is lost product where its
    colour is not the fitted backdrop's and the original has no edge where the mask has one.
    """
    if rim is None:
        return Reading("lost_parts", None, "count", "the product has no contour long enough")
    lost = sorted((gap for gap in find_gaps(closeup, rim) if gap.is_lost), key=lambda gap: -gap.area)
    detail = f"largest {lost[0].area} px" if lost else ""
    evidence = closeup.evidence([gap.box for gap in lost[:MAX_BOXES]])
    return Reading("lost_parts", float(len(lost)), "count", detail, evidence)


def find_gaps(closeup: Closeup, rim: Rim) -> list[Gap]:
    """Return what is not backdrop in every concavity and small hole of the mask, with its surroundings."""
    away = np.linalg.norm(closeup.lab - closeup.backdrop, axis=2)
    other = cv2.morphologyEx(
        (_gaps(closeup.mask >= SOLID) & (closeup.mask <= BARE) & (away >= AWAY)).astype(np.uint8),
        cv2.MORPH_OPEN,
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)),
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(other, connectivity=4)
    ahead = rim.points + 1.5 * rim.normals
    x = np.clip(np.rint(ahead[:, 0]).astype(int), 0, labels.shape[1] - 1)
    y = np.clip(np.rint(ahead[:, 1]).astype(int), 0, labels.shape[0] - 1)
    owner = labels[y, x]
    step = rim.at(1, 2) - rim.at(-3, -2)
    found = []
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        at = owner == label
        if area < LEAST_PIXELS or not at.any():
            continue
        window = slice(top, top + height), slice(left, left + width)
        found.append(
            Gap(
                area,
                (left, top, left + width, top + height),
                int(at.sum()),
                float(np.median(away[window][labels[window] == label])),
                float(np.median(np.linalg.norm(step[at], axis=1))),
                float(np.linalg.norm(step[at].mean(axis=0))),
                _foreign((closeup.lab[window] - closeup.backdrop[window])[labels[window] == label]),
            )
        )
    return found


def _gaps(solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What a closing with a disc adds; by distances, since a wide disc is slow to slide over an image."""
    padded = np.pad(solid, REACH + 2)
    near = cv2.distanceTransform((~padded).astype(np.uint8), cv2.DIST_L2, 5) <= REACH
    closed = cv2.distanceTransform(near.astype(np.uint8), cv2.DIST_L2, 5) > REACH
    return (closed & ~padded)[REACH + 2 : -REACH - 2, REACH + 2 : -REACH - 2]


def _foreign(differences: NDArray[np.float32]) -> float:
    """Median chroma difference to the backdrop, or extra lightness, of N×3 Lab differences."""
    lighter, green_red, blue_yellow = np.median(differences, axis=0)
    return float(max(np.hypot(green_red, blue_yellow), lighter))
