"""Profiles across the product's contour: short runs of consecutive points, spread evenly over all contours.

At every point a profile is sampled along the normal, from inside to outside, in the result, its mask and, through the
frame, in the original.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.framing import to_original
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.mask import support_box
from pipeline.model import Frame

RUNS: Final = 160
RUN_POINTS: Final = 21
REACH: Final = 6.0
STEP: Final = 0.5
OFFSETS: Final = np.arange(-REACH, REACH + STEP / 2, STEP)
INNER: Final = (OFFSETS >= -5) & (OFFSETS <= -3)
OUTER: Final = (OFFSETS >= 3) & (OFFSETS <= 5)
SPACING: Final = 6
"""Contour pixels between the points that stand for a run's part of the outline."""

Samples = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Profiles:
    """Profiles across the edge of the result, one row per contour point, one column per offset of `OFFSETS`.

    Attributes:
        points: N×2, the contour points in result coordinates; normals: N×2, unit length, outwards.
        run: N, which run of consecutive points a point belongs to.
        result, original: N×K×3 encoded Adobe RGB 0..1, the same places.
        mask: N×K coverage 0..1.
        parts: for each run, points M×2 (x, y) along the contour up to where the next run starts.
        stretch: pixels per unit of `OFFSETS`.
    """

    points: Samples
    normals: Samples
    run: NDArray[np.intp]
    result: Samples
    original: Samples
    mask: Samples
    parts: tuple[Samples, ...]
    stretch: float = 1.0

    @property
    def clear(self) -> NDArray[np.bool_]:
        """N, whether a profile runs from solid product to empty background."""
        return (self.mask[:, INNER].min(axis=1) >= 0.9) & (self.mask[:, OUTER].max(axis=1) <= 0.1)


def sample_profiles(
    original: NDArray[np.uint16], result: NDArray[np.uint16], result_mask: Matte, frame: Frame, stretch: float = 1.0
) -> Profiles | None:
    """Sample `RUNS` runs of `RUN_POINTS` points each, spread over the contours of coverage 0.5; None without any.

    Profiles reach 6 px times `stretch` to both sides.
    """
    found = _runs(result_mask)
    if found is None:
        return None
    points, normals, run, parts = found
    places = points[:, None] + normals[:, None] * OFFSETS[None, :, None] * stretch
    through = to_original(frame, places.reshape(-1, 2)).reshape(places.shape)
    return Profiles(
        points,
        normals,
        run,
        at_places(result, places) / 65535,
        at_places(original, through) / 65535,
        at_places(result_mask, places),
        parts,
        stretch,
    )


def _runs(mask: Matte) -> tuple[Samples, Samples, NDArray[np.intp], tuple[Samples, ...]] | None:
    """Contour points (pixel centres), outward normals, run numbers, and every run's part of the outline."""
    box = support_box(mask)
    if box is None:
        return None
    rows, columns = grown(box, 2, (mask.shape[1], mask.shape[0]))
    solid = np.ascontiguousarray(mask[rows, columns] >= SOLID).view(np.uint8)
    contours, _ = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    long = [contour[:, 0].astype(np.float64) for contour in contours if len(contour) >= RUN_POINTS]
    if not long:
        return None
    spacing = max(RUN_POINTS, sum(len(contour) for contour in long) // RUNS)
    points, tangents, runs, parts = [], [], [], []
    corner = np.array([columns.start + 0.5, rows.start + 0.5])
    for contour in long:
        for start in range(0, max(1, len(contour) - RUN_POINTS + 1), spacing):
            piece = contour[start : start + RUN_POINTS]
            points.append(piece + corner)
            parts.append(contour[start : start + spacing : SPACING] + corner)
            tangents.append(np.tile(_direction(piece), (len(piece), 1)))
            runs.append(np.full(len(piece), len(runs)))
    joined, tangent = np.concatenate(points), np.concatenate(tangents)
    return joined, _outwards(mask, joined, tangent), np.concatenate(runs), tuple(parts)


def _direction(piece: Samples) -> Samples:
    # One direction for the whole run: jaggedness must not hide in normals that follow the jags.
    _, _, axes = np.linalg.svd(piece - piece.mean(axis=0), full_matrices=False)
    return axes[0]


def _outwards(mask: Matte, points: Samples, tangents: Samples) -> Samples:
    normals = np.stack([-tangents[:, 1], tangents[:, 0]], axis=1)
    ahead = at_places(mask, (points + 2 * normals)[:, None])[:, 0]
    behind = at_places(mask, (points - 2 * normals)[:, None])[:, 0]
    return np.where((ahead > behind)[:, None], -normals, normals)


def at_places(image: NDArray, places: Samples) -> Samples:
    """Sample bilinearly at N×K×2 places (pixel centres at .5); beyond the edge the nearest pixel goes on."""
    grid = (places - 0.5).astype(np.float32)
    found = cv2.remap(image, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return found.astype(np.float64)
