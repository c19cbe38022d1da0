"""Backdrop that the mask took for product: filled holes inside it and pieces beside it."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.mask import VISIBLE
from pipeline.mask import joined
from pipeline.measure.closeup import Closeup
from pipeline.model import Box
from pipeline.model import Reading

SAME: Final = 3.5
"""CIE76 ΔE to the fitted backdrop up to which a patch is the backdrop itself."""
ALIKE: Final = 10.0
"""The same up to which product and backdrop may be confused."""
CONFUSED: Final = 0.12
"""Share of such product from which the product itself has the backdrop's colour, and nothing can be told."""
LEAST_PATCH: Final = 220
LEAST_HOLE: Final = 400
EDGE: Final = 9.0
SOFT_SHARE: Final = 0.15
"""All but this share of a filled hole's surroundings are at least so many ΔE from the backdrop: a highlight fades."""
EVEN: Final = 0.9
"""Largest spread (ΔE) of a patch around its own mean difference to the backdrop: backdrop is even, product seldom."""
SHADED: Final = 6.0
"""L* by which a hole may be darker than the fitted backdrop: it often lies in the product's shadow."""
LIGHTER: Final = 1.5
GREY: Final = 2.5
CALM: Final = 2.5
"""How much lighter than the backdrop such a hole may be, its largest difference of chroma and largest step of L*."""
HARD_EDGE: Final = 26.0
UNEVEN: Final = 1.0
NEARBY: Final = 31
RIM: Final = 3
FAR: Final = 0.03
"""Distance from the product, over its longest side, from which a small piece is not part of it."""
LEAST_SPECK: Final = 4
MAX_BOXES: Final = 24


def read_filled(closeup: Closeup) -> Reading:
    """Return "filled_holes": patches inside the product where the original shows nothing but backdrop, in count.

    A patch is at least 220 px of the closeup, 3 px away from the outline, within ΔE 3.5 of the fitted backdrop and
    bounded by an edge; or it lies in shadow, is as even as a backdrop and bounded by a hard edge. None where much of
    the product has the backdrop's colour and no such edge is found.
    """
    solid = (closeup.mask >= 0.98).astype(np.uint8)
    inner = cv2.erode(solid, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0
    away = np.linalg.norm(closeup.lab - closeup.backdrop, axis=2)
    same = cv2.morphologyEx((inner & (away <= SAME)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    found = [patch for patch in _patches(same, away, closeup.lab - closeup.backdrop) if patch[2] >= EDGE]
    hollow = sum(area for area, _, _ in found)
    total = max(1, int(np.count_nonzero(inner)) - hollow)
    confused = (int(np.count_nonzero(inner & (away <= ALIKE))) - hollow) / total
    framed = _framed(closeup, inner)
    found = [*framed, *(patch for patch in found if confused <= CONFUSED and not _over(patch[1], framed))]
    if confused > CONFUSED and not framed:
        return Reading("filled_holes", None, "count", f"{confused:.0%} of the product has the backdrop's colour")
    detail = f"largest {found[0][0]} px" if found else ""
    evidence = closeup.evidence([box for _, box, _ in found[:MAX_BOXES]])
    return Reading("filled_holes", float(len(found)), "count", detail, evidence)


def _patches(
    same: NDArray[np.uint8], away: NDArray[np.float32], difference: NDArray[np.float32]
) -> list[tuple[int, Box, float]]:
    """Area, box and least step at the rim of every even patch, largest first."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(same, connectivity=4)
    found = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        if area < LEAST_PATCH:
            continue
        rows, columns = slice(max(0, y - 6), y + h + 6), slice(max(0, x - 6), x + w + 6)
        patch = (labels[rows, columns] == label).astype(np.uint8)
        ring = (cv2.dilate(patch, np.ones((11, 11), np.uint8)) > 0) & (
            cv2.dilate(patch, np.ones((7, 7), np.uint8)) == 0
        )
        spread = float(np.linalg.norm(difference[rows, columns][patch > 0].std(axis=0)))
        step = float(np.quantile(away[rows, columns][ring], SOFT_SHARE)) if spread <= EVEN and ring.any() else 0.0
        found.append((area, (x, y, x + w, y + h), step))
    return sorted(found, reverse=True)


def _framed(closeup: Closeup, inner: NDArray[np.bool_]) -> list[tuple[int, Box, float]]:
    """Area, box and edge of every patch of backdrop, lit or in shadow, that a hard edge bounds, largest first."""
    difference = closeup.lab - closeup.backdrop
    lighter, chroma = difference[..., 0], np.hypot(difference[..., 1], difference[..., 2])
    step = cv2.morphologyEx(np.ascontiguousarray(closeup.lab[..., 0]), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    like = inner & (lighter <= LIGHTER) & (lighter >= -SHADED) & (chroma <= GREY) & (step <= CALM)
    opened = cv2.morphologyEx(like.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    found = []
    for label in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[label])
        if area >= LEAST_HOLE:
            window = slice(max(0, y - 8), y + h + 8), slice(max(0, x - 8), x + w + 8)
            edge, uneven = _bounded(closeup.lab[window], (labels[window] == label).astype(np.uint8))
            if edge >= HARD_EDGE and uneven <= UNEVEN:
                found.append((area, (x, y, x + w, y + h), edge))
    return sorted(found, reverse=True)


def _bounded(lab: NDArray[np.float32], patch: NDArray[np.uint8]) -> tuple[float, float]:
    """The edge around a patch (ΔE to the patch nearby, all but 15 % of it), and the RMS of its own texture."""
    ring = (cv2.dilate(patch, np.ones((13, 13), np.uint8)) > 0) & (cv2.dilate(patch, np.ones((9, 9), np.uint8)) == 0)
    if not ring.any():
        return 0.0, 0.0
    share = np.maximum(cv2.blur(patch.astype(np.float32), (NEARBY, NEARBY)), 1e-3)
    apart = np.linalg.norm(lab - cv2.blur(lab * patch[..., None], (NEARBY, NEARBY)) / share[..., None], axis=2)
    return float(np.quantile(apart[ring], SOFT_SHARE)), float(np.sqrt(np.square(apart[patch > 0]).mean()))


def _over(box: Box, others: list[tuple[int, Box, float]]) -> bool:
    left, top, right, bottom = box
    return any(left < x1 and x0 < right and top < y1 and y0 < bottom for _, (x0, y0, x1, y1), _ in others)


def read_strays(closeup: Closeup, *, speck_share: float) -> Reading:
    """Return "strays": small pieces that do not belong to the product, in count.

    A piece of less than `speck_share` of the largest is a stray where it lies away from all large ones (3 % of the
    product's longest side), or where the original shows backdrop there (ΔE up to 10): lace has pieces, and they look
    like lace.
    """
    visible = joined(closeup.mask >= VISIBLE).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(visible, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    large = areas >= speck_share * areas.max(initial=0)
    large[0] = False
    small = [label for label in range(1, count) if not large[label] and areas[label] >= LEAST_SPECK]
    if not small:
        return Reading("strays", 0.0, "count")
    gap = cv2.distanceTransform((~large[labels]).astype(np.uint8), cv2.DIST_L2, 5)
    away = np.linalg.norm(closeup.lab - closeup.backdrop, axis=2)
    found = []
    for label in small:
        x, y, w, h, _ = (int(value) for value in stats[label])
        window = slice(y, y + h), slice(x, x + w)
        piece = (labels[window] == label) & (closeup.mask[window] >= min(SOLID, float(closeup.mask[window].max())))
        if gap[window][piece].min() > FAR * closeup.longest or float(np.median(away[window][piece])) <= ALIKE:
            found.append((int(areas[label]), (x, y, x + w, y + h)))
    found.sort(reverse=True)
    detail = f"largest {found[0][0]} px" if found else ""
    return Reading(
        "strays", float(len(found)), "count", detail, closeup.evidence([box for _, box in found[:MAX_BOXES]])
    )
