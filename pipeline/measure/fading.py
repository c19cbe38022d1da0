"""A cut-out that ends in nothing: along a part of its outline the original fades into backdrop, as a shadow does."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.measure.closeup import Closeup
from pipeline.measure.rim import Numbers
from pipeline.measure.rim import Rim
from pipeline.measure.rim import along
from pipeline.model import Reading

EDGELESS: Final = 5.0
"""Largest step (CIE76 ΔE) across the outline where there is no edge."""
BACKDROP: Final = 8.0
CHROMA: Final = 5.0
"""Largest difference to the fitted backdrop just outside, and of chroma just inside: a shadow has no colour."""
NEIGHBOURS: Final = 6
MOSTLY: Final = 0.8
ALL_AROUND: Final = 0.6
"""From this share of the outline on it is the product that has the backdrop's colour."""
CLEAR: Final = 15.0
"""Least median step along the rest of the outline: only beside a clear product does an edgeless part say something."""
DARKER: Final = 0.12
"""Least median by which the edgeless part gets darker inwards (L*): a white product on white does not."""
SPACING: Final = 4


def read_fading(closeup: Closeup, rim: Rim | None) -> Reading:
    """Return "fading": the longest edgeless part of the outline over the product's longest side; evidence there.

    Edgeless is where the original's step from 3 to 6 px inside to 2 to 5 px outside is no more than ΔE 5, outside is
    backdrop and inside is backdrop or darker, without colour of its own. 0 where that cannot be a shadow: all around,
    beside a product that has no clear edge anywhere, or where nothing gets darker inwards.
    """
    if rim is None:
        return Reading("fading", None, "ratio", "the product has no contour long enough")
    inside, outside = rim.at(-6, -3), rim.at(2, 5)
    step = np.linalg.norm(inside - outside, axis=1)
    own = inside - rim.backdrop
    edgeless = (step <= EDGELESS) & (np.linalg.norm(outside - rim.backdrop, axis=1) <= BACKDROP)
    edgeless &= (np.hypot(own[:, 1], own[:, 2]) <= CHROMA) & (own[:, 0] <= 1)
    fades = along(edgeless.astype(np.float32), rim.contour, NEIGHBOURS) >= MOSTLY
    if not _is_shadow(fades, step, outside[:, 0] - inside[:, 0]):
        return Reading("fading", 0.0, "ratio", f"{fades.mean():.0%} of the outline has no edge")
    value = _longest(fades, rim) / closeup.longest
    evidence = closeup.evidence(points=rim.points[fades][::SPACING])
    return Reading("fading", value, "ratio", f"{fades.mean():.0%} of the outline has no edge", evidence)


def _is_shadow(fades: NDArray[np.bool_], step: Numbers, darker: Numbers) -> bool:
    if not fades.any() or fades.mean() > ALL_AROUND:
        return False
    return float(np.median(step[~fades])) >= CLEAR and float(np.median(darker[fades])) >= DARKER


def _longest(fades: NDArray[np.bool_], rim: Rim) -> float:
    """Length of the longest run along one closed contour, px."""
    spacing = max(1.0, float(np.median(np.linalg.norm(np.diff(rim.points, axis=0), axis=1))))
    best = 0
    for index in np.unique(rim.contour):
        part = fades[rim.contour == index]
        ends = np.flatnonzero(~part)
        around = np.diff(np.append(ends, ends[0] + len(part))) - 1 if len(ends) else np.array([len(part)])
        best = max(best, int(around.max()))
    return best * spacing
