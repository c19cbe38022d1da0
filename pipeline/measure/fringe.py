"""A mask that is too large or too small all around: where the original's edge lies beside the mask's own."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.measure.closeup import Closeup
from pipeline.measure.rim import OFFSETS
from pipeline.measure.rim import Numbers
from pipeline.measure.rim import Rim
from pipeline.measure.rim import along
from pipeline.model import Reading

CONTRAST: Final = 8.0
"""CIE76 ΔE of inside and outside from which the edge's place can be told."""
LEAST_POINTS: Final = 40
NEIGHBOURS: Final = 8
SEEN: Final = 0.6
"""Pixels of the closeup by which a smoothed edge must be off to be shown as evidence."""
SPACING: Final = 6
SCATTER: Final = 2.5
"""Largest interquartile range (px) of the edge's place: a mask that is too large is so everywhere."""


def read_fringe(closeup: Closeup, rim: Rim | None) -> tuple[Reading, Reading]:
    """Return "fringe" and "fringe_share": by how much the mask is too large (px; negative: too small), and where.

    At every clear point of the outline the original runs from the product's colour (5 to 7 px inside) to the backdrop's
    (5 to 7 px outside); its edge is where it is half-way there for the last time on the way out. The fringe is the
    median distance of that place from the mask's own edge, less a quarter of the edge's width beyond 2 px: an edge out
    of focus has no sharper place. It is 0 where places scatter. The share is that of points whose edge, averaged along
    the outline, lies more than 0.6 px inside the mask's.
    """
    offsets = None if rim is None else _offsets(rim)
    if rim is None or offsets is None:
        why = "too few places where product and backdrop differ"
        return Reading("fringe", None, "px", why), Reading("fringe_share", None, "ratio", why)
    place, usable, width = offsets
    slack = max(0.0, (width - 2) / 4)
    low, middle, high = np.percentile(place[usable], (25, 50, 75))
    even = high - low <= SCATTER + slack
    value = -np.sign(middle) * max(0.0, abs(middle) - slack) if even else 0.0
    weight = along(usable.astype(np.float32), rim.contour, NEIGHBOURS)
    smooth = along(np.where(usable, place, 0), rim.contour, NEIGHBOURS) / np.maximum(weight, 0.05)
    off = usable & (smooth < -SEEN - slack)
    share = float(np.count_nonzero(off)) / max(1, int(np.count_nonzero(usable)))
    evidence = closeup.evidence(points=rim.points[off][::SPACING])
    detail = f"edge width {width:.1f} px, {share:.0%} of the outline"
    return (
        Reading("fringe", float(value), "px", detail, evidence),
        Reading("fringe_share", share, "ratio", detail, evidence),
    )


def _offsets(rim: Rim) -> tuple[Numbers, NDArray[np.bool_], float] | None:
    """Where the original's edge lies (N, px, positive outside), which points can be used, median edge width in px."""
    inside, outside = rim.at(-7, -5), rim.at(5, 7)
    least, _ = rim.covered(-7, -3)
    _, most = rim.covered(3, 7)
    way = outside - inside
    square = np.maximum((way**2).sum(axis=1), 1e-3)
    part = np.einsum("nkc,nc->nk", rim.lab - inside[:, None], way) / square[:, None]
    near = (OFFSETS >= -7) & (OFFSETS <= 7)
    last = np.where(part[:, near] < 0.5, OFFSETS[None, near], -99).max(axis=1)
    usable = (least >= 0.9) & (most <= 0.1) & (square >= CONTRAST**2) & (last > -99) & (last < 7)
    if np.count_nonzero(usable) < LEAST_POINTS:
        return None
    rows, index = np.arange(len(last)), np.clip(last - OFFSETS[0], 0, len(OFFSETS) - 2)
    before, after = part[rows, index], part[rows, index + 1]
    place = last + np.where(after > before, (0.5 - before) / np.maximum(after - before, 1e-3), 0)
    slope = np.abs(part[:, 2:] - part[:, :-2]).max(axis=1) / 2
    return place.astype(np.float32), usable, float(np.median(1 / np.maximum(slope[usable], 0.05)))
