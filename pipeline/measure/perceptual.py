"""How different the result looks: LPIPS where its network is installed, gradients in any case; readings say which."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.changed import Comparison
from pipeline.measure.similarity import gradient_deviation
from pipeline.model import Evidence
from pipeline.model import Reading
from pipeline.tools.perceptual import TILE
from pipeline.tools.perceptual import Perceptual

MOST_TILES: Final = 48
"""Tiles that the network compares: those that differ most; the others are alike."""
INSIDE: Final = 0.6
"""Least share of a tile that is product."""


def read_perceptual(found: Comparison | None, network: Perceptual | None) -> tuple[Reading, Reading]:
    """Return "gradient_deviation" (GMSD over unedited product) and "lpips_worst", the largest LPIPS of a tile; ratio.

    The second is None where the network is not installed, and the first one's detail says that it stands alone. Inside
    an edited region the network looks too: a fill may differ, and the reading says how much.
    """
    if found is None:
        why = "the product has no solid inside"
        return Reading("gradient_deviation", None, "ratio", why), Reading("lpips_worst", None, "ratio", why)
    value = gradient_deviation(found.expected[..., 1], found.result[..., 1], found.inside & ~found.edited)
    said = "GMSD" if network else "GMSD; LPIPS is not installed"
    gradients = Reading(
        "gradient_deviation", value, "ratio", said if value is not None else "the product is too thin for gradients"
    )
    return gradients, _lpips(found, network)


def _lpips(found: Comparison, network: Perceptual | None) -> Reading:
    if network is None:
        return Reading("lpips_worst", None, "ratio", "LPIPS is not installed")
    corners = _tiles(found)
    if not corners:
        return Reading("lpips_worst", None, "ratio", f"the product is smaller than a tile of {TILE} px")
    windows = [(slice(y, y + TILE), slice(x, x + TILE)) for x, y in corners]
    # Outside the product the backdrop went, as it should: there both are the same.
    result = np.where(found.inside[..., None], found.result, found.expected)
    pairs = (np.stack([image[window] for window in windows]) / 255 for image in (found.expected, result))
    distances = network.distances(*(np.clip(pair, 0, 1).astype(np.float32) for pair in pairs))
    order = np.argsort(distances)[::-1]
    edited = np.array([bool(found.edited[window].any()) for window in windows])
    parts = [
        f"{name} {float(distances[chosen].max()):.3f}"
        for name, chosen in (("outside the edit", ~edited), ("inside", edited))
        if chosen.any()
    ]
    boxes = [(1, (x, y, x + TILE, y + TILE)) for x, y in (corners[index] for index in order[:12])]
    detail = f"{', '.join(parts)}; weights {network.sha256[:12]}"
    return Reading("lpips_worst", float(distances.max()), "ratio", detail, Evidence(found.boxes(boxes)))


def _tiles(found: Comparison) -> list[tuple[int, int]]:
    """Corners (x, y) of the tiles of the product that differ most."""
    height, width = found.inside.shape
    if min(height, width) < TILE:
        return []
    difference: NDArray[np.float32] = np.abs(found.result - found.expected).mean(axis=2)
    corners = [(x, y) for y in range(0, height - TILE + 1, TILE) for x in range(0, width - TILE + 1, TILE)]
    cover = cv2.integral(found.inside.astype(np.uint8))
    amount = cv2.integral(np.where(found.inside, difference, np.float32(0)))
    inside = [corner for corner in corners if _sum(cover, corner) >= INSIDE * TILE**2]
    return sorted(inside, key=lambda corner: -_sum(amount, corner))[:MOST_TILES]


def _sum(integral: NDArray, corner: tuple[int, int]) -> float:
    x, y = corner
    return float(integral[y + TILE, x + TILE] - integral[y, x + TILE] - integral[y + TILE, x] + integral[y, x])
