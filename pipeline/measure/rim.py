"""The whole outline, point by point: what the original shows on both sides of it.

Where the mask is right, the original has an edge where the mask has its own. Where it has none there, the mask is
wrong or nothing can be told; which of the two, and in which direction, the colours on both sides say.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.measure.closeup import Closeup

OFFSETS: Final = np.arange(-9, 10)
MIN_LENGTH: Final = 12
MOST_POINTS: Final = 4000
SAME: Final = 3.0
"""CIE76 ΔE up to which a place is the backdrop itself."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Rim:
    """Attributes:

    points: float32 N×2 (x, y) in the closeup, in order along each contour; normals: N×2, outwards.
    contour: N, which contour a point belongs to.
    lab: float32 N×K×3, the original along the normal at `OFFSETS` (px; negative is inside).
    mask: float32 N×K, coverage there; backdrop: float32 N×3, the fitted backdrop at the point.
    """

    points: Numbers
    normals: Numbers
    contour: NDArray[np.intp]
    lab: Numbers
    mask: Numbers
    backdrop: Numbers

    def at(self, first: int, last: int) -> Numbers:
        """Return the mean Lab between two offsets, both included: N×3."""
        return self.lab[:, (first <= OFFSETS) & (last >= OFFSETS)].mean(axis=1)

    def covered(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return the least and the greatest coverage between two offsets: N, N."""
        part = self.mask[:, (first <= OFFSETS) & (last >= OFFSETS)]
        return part.min(axis=1), part.max(axis=1)


def read_rim(closeup: Closeup) -> Rim | None:
    """Sample all contours of coverage 0.5, evenly, at most 4,000 points; None where none is long enough."""
    solid = (closeup.mask >= SOLID).astype(np.uint8)
    contours, _ = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    long = [contour[:, 0].astype(np.float32) for contour in contours if len(contour) >= MIN_LENGTH]
    if not long:
        return None
    stride = max(1, -(-sum(map(len, long)) // MOST_POINTS))
    points = np.concatenate([contour[::stride] for contour in long])
    contour = np.concatenate([np.full(len(each[::stride]), index) for index, each in enumerate(long)])
    normals = _normals(closeup.mask, points)
    places = points[:, None] + normals[:, None] * OFFSETS[None, :, None].astype(np.float32)
    return Rim(
        points,
        normals,
        contour,
        _at(closeup.lab, places),
        _at(closeup.mask, places),
        _at(closeup.backdrop, points[:, None])[:, 0],
    )


def bare_share(rim: Rim) -> float:
    """Return the share of the outline on whose both sides the original shows nothing but the fitted backdrop, 0..1."""
    inside = np.linalg.norm(rim.at(-5, -2) - rim.backdrop, axis=1)
    outside = np.linalg.norm(rim.at(2, 5) - rim.backdrop, axis=1)
    return float(np.mean((inside <= SAME) & (outside <= SAME)))


def along(values: NDArray, contour: NDArray[np.intp], reach: int) -> Numbers:
    """Return the mean of `values` (N) over `reach` neighbours on both sides along each closed contour."""
    smooth = np.empty(len(values), np.float32)
    for index in np.unique(contour):
        at = np.flatnonzero(contour == index)
        width = min(2 * reach + 1, len(at))
        padded = np.take(values[at].astype(np.float32), np.arange(-(width // 2), len(at) + width // 2), mode="wrap")
        smooth[at] = np.convolve(padded, np.full(width, 1 / width, np.float32), "same")[
            width // 2 : width // 2 + len(at)
        ]
    return smooth


def _normals(mask: Matte, points: Numbers) -> Numbers:
    smooth = cv2.GaussianBlur(mask, (0, 0), 2.0)
    slope = np.stack([cv2.Scharr(smooth, cv2.CV_32F, 1, 0), cv2.Scharr(smooth, cv2.CV_32F, 0, 1)], axis=-1)
    inward = slope[points[:, 1].astype(int), points[:, 0].astype(int)]
    return -inward / np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-6)


def _at(image: NDArray, places: Numbers) -> Numbers:
    grid = places.astype(np.float32)
    return cv2.remap(image, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
