"""Where to put a fault: points on the contour, inside the product, on the background; and soft shapes to put there."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.mask import SOLID
from pipeline.mask import Matte

Region = NDArray[np.bool_]
Generator = np.random.Generator


class NoPlaceError(BugError):
    """This product has no place for this fault: a ring without a hole cannot have it filled."""


def on_contour(mask: Matte, rng: Generator, *, inner: bool = False) -> tuple[int, int]:
    """Return a random point (x, y) of the product's outer contours, or of its holes'."""
    contours, tree = cv2.findContours((mask >= SOLID).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    wanted = [c for c, (_, _, _, parent) in zip(contours, tree[0], strict=True) if (parent >= 0) == inner]
    points = np.concatenate([c[:, 0] for c in wanted if len(c) > 60] or [np.zeros((0, 2), int)])
    if not len(points):
        raise NoPlaceError("no contour is long enough")
    x, y = points[rng.integers(len(points))]
    return int(x), int(y)


def inside(mask: Matte, depth: float, rng: Generator) -> tuple[int, int]:
    """Return a random point at least `depth` pixels inside the product."""
    return _pick(cv2.distanceTransform((mask >= 0.999).astype(np.uint8), cv2.DIST_L2, 5) >= depth, rng)


def outside(mask: Matte, near: float, far: float, rng: Generator) -> tuple[int, int]:
    """Return a random point between `near` and `far` pixels away from the product and away from the frame."""
    away = cv2.distanceTransform((mask < 0.02).astype(np.uint8), cv2.DIST_L2, 5)
    allowed = (away >= near) & (away <= far)
    margin = 12
    allowed[:margin], allowed[-margin:], allowed[:, :margin], allowed[:, -margin:] = False, False, False, False
    return _pick(allowed, rng)


def disc(shape: tuple[int, ...], center: tuple[int, int], radius: float) -> Matte:
    """Return a soft-edged disc as coverage, float32 H×W."""
    ys, xs = np.ogrid[: shape[0], : shape[1]]
    away = np.hypot(xs - center[0], ys - center[1])
    return np.clip(radius + 0.5 - away, 0, 1).astype(np.float32)


def blob(shape: tuple[int, ...], center: tuple[int, int], radius: float, rng: Generator) -> Matte:
    """Return an irregular soft-edged patch of about that radius, float32 H×W."""
    ys, xs = np.ogrid[: shape[0], : shape[1]]
    dx, dy = xs - center[0], ys - center[1]
    angle = np.arctan2(dy, dx)
    phases, sizes = rng.uniform(0, 2 * np.pi, 3), rng.uniform(0.05, 0.2, 3)
    wobble = sum(
        size * np.sin((k + 2) * angle + phase) for k, (size, phase) in enumerate(zip(sizes, phases, strict=True))
    )
    return np.clip(radius * (1 + wobble) + 0.5 - np.hypot(dx, dy), 0, 1).astype(np.float32)


def holes(mask: Matte, least: int) -> list[Region]:
    """Return the real holes of the product with at least so many pixels."""
    bare = (mask < SOLID).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(bare, connectivity=4)
    height, width = mask.shape
    found = []
    for label in range(1, count):
        x, y, w, h, area = stats[label]
        if area >= least and x > 0 and y > 0 and x + w < width and y + h < height:
            found.append(labels == label)
    return found


def _pick(allowed: Region, rng: Generator) -> tuple[int, int]:
    at = np.flatnonzero(allowed)
    if not len(at):
        raise NoPlaceError("the product leaves no room")
    y, x = divmod(int(at[rng.integers(len(at))]), allowed.shape[1])
    return x, y
