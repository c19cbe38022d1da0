"""Closed-form matting on the pixels that are in doubt, with a coarse mask as its prior.

In every 3×3 window coverage is nearly a linear function of colour (Levin, Lischinski and Weiss, "A Closed-Form Solution
to Natural Image Matting", 2008). What departs from that costs, and so does departing from the coarse mask; the sum is a
sparse quadratic form, whose minimum conjugate gradients find. Sums are formed in a fixed order without BLAS, so the
same input gives the same mask on any number of threads.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Pixels = NDArray[np.float32]
Indices = NDArray[np.int32]

WINDOW: Final = tuple((down, across) for down in (-1, 0, 1) for across in (-1, 0, 1))
REACH: Final = 5
"""Two pixels that share a window lie in one square of this side."""
CHUNK: Final = 1 << 17
TOLERANCE: Final = 1e-3
STRIP_ROWS: Final = 64
"""What a line model needs of so many rows fits into the processor's own memory."""


@dataclass(frozen=True, eq=False)
class Prior:
    """What is believed before looking at the colours.

    Attributes:
        mask: float32 h×w 0..1, taken as it is wherever it is not in doubt.
        weight: float32 h×w above 0, what a squared departure from `mask` costs.
        doubt: bool h×w, the pixels to solve for.
    """

    mask: Pixels
    weight: Pixels
    doubt: NDArray[np.bool_]


def solve(linear: Pixels, prior: Prior, *, smooth: float, rounds: int) -> Pixels:
    """Return coverage float32 h×w (about 0..1) of `linear` (float32 h×w×3, linear light 0..1).

    `smooth` is the variance of colour (linear light) below which a window says nothing; `rounds` bounds the iterations.
    """
    rows, columns = np.nonzero(prior.doubt)
    if not len(rows):
        return prior.mask
    index = np.full(prior.doubt.shape, -1, np.int32)
    index[rows, columns] = np.arange(len(rows), dtype=np.int32)
    bands = _laplacian(linear, index, len(rows), smooth)
    weight, wish = prior.weight[rows, columns], prior.mask[rows, columns]
    matrix, known = _system(bands, index, prior.mask, rows, columns)
    result = prior.mask.copy()
    result[rows, columns] = _conjugate_gradients(matrix, weight, weight * wish - known, wish, rounds)
    return result


def line_model(linear: Pixels, coverage: Pixels, smooth: float) -> Pixels:
    """Return four smooth planes (float32 h×w×4): three weights and an offset that make colour (linear) into coverage.

    The local-linear model of He, Sun and Tang ("Guided Image Filtering", 2010), over the windows of `solve`.
    """
    planes = np.empty((*coverage.shape, 4), np.float32)
    for top in range(0, len(planes), STRIP_ROWS):
        bottom = min(top + STRIP_ROWS, len(planes))
        first = max(0, top - 1)
        rows = slice(first, bottom + 1)
        lines = _lines(linear[rows], coverage[rows], smooth)
        planes[top:bottom] = lines[top - first : bottom - first]
    return cv2.blur(planes, (3, 3))


def _lines(linear: Pixels, coverage: Pixels, smooth: float) -> Pixels:
    mean = cv2.blur(linear, (3, 3))
    level = cv2.blur(coverage, (3, 3))
    red, green, blue = cv2.split(linear)
    products = {(0, 0): red * red, (0, 1): red * green, (0, 2): red * blue}
    products |= {(1, 1): green * green, (1, 2): green * blue, (2, 2): blue * blue}
    spread = {(i, j): cv2.blur(plane, (3, 3)) - mean[..., i] * mean[..., j] for (i, j), plane in products.items()}
    together = cv2.blur(linear * coverage[..., None], (3, 3)) - mean * level[..., None]
    inverse = _inverse(spread, smooth)
    weights = np.dstack([sum(inverse[min(i, j), max(i, j)] * together[..., j] for j in range(3)) for i in range(3)])
    offset = level - (weights * mean).sum(axis=2)
    return np.dstack([weights, offset]).astype(np.float32)


def _laplacian(linear: Pixels, index: Indices, count: int, smooth: float) -> Pixels:
    """The matting Laplacian's rows, float32 25×count: what a pixel shares with each place of the square around it."""
    bands = np.zeros((REACH * REACH, count + 1), np.float32)
    centres = cv2.dilate((index >= 0).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    centres[[0, -1]] = centres[:, [0, -1]] = False
    places = np.flatnonzero(centres)
    for start in range(0, len(places), CHUNK):
        _add_windows(bands, linear, index, places[start : start + CHUNK], smooth)
    return bands[:, :count]


def _add_windows(bands: Pixels, linear: Pixels, index: Indices, places: NDArray[np.intp], smooth: float) -> None:
    flat, numbers = linear.reshape(-1, 3), index.reshape(-1)
    steps = [down * index.shape[1] + across for down, across in WINDOW]
    # The last column of the bands takes what belongs to known pixels and is dropped.
    who = [np.where(found < 0, bands.shape[1] - 1, found) for found in (numbers[places + step] for step in steps)]
    colours = np.stack([flat[places + step].T for step in steps]).astype(np.float64)
    colours -= colours.mean(axis=0)
    spread = {(i, j): (colours[:, i] * colours[:, j]).mean(axis=0) for i in range(3) for j in range(i, 3)}
    inverse = _inverse(spread, smooth)
    scaled = [[sum(inverse[min(i, j), max(i, j)] * one[j] for j in range(3)) for i in range(3)] for one in colours]
    for a, (down_a, across_a) in enumerate(WINDOW):
        for b, (down_b, across_b) in enumerate(WINDOW):
            shared = sum(scaled[a][i] * colours[b, i] for i in range(3))
            place = (down_b - down_a + 2) * REACH + across_b - across_a + 2
            bands[place][who[a]] += np.float32(a == b) - ((1 + shared) / 9).astype(np.float32)


def _inverse(spread: dict[tuple[int, int], NDArray], smooth: float) -> dict[tuple[int, int], NDArray]:
    """Inverse of symmetric 3×3 matrices, entry by entry, with `smooth` added to their diagonals."""
    xx, yy, zz = (spread[i, i].astype(np.float64) + smooth for i in range(3))
    xy, xz, yz = (spread[pair].astype(np.float64) for pair in ((0, 1), (0, 2), (1, 2)))
    first, second, third = yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy
    scale = 1 / np.maximum(xx * first + xy * second + xz * third, 1e-30)
    entries = {(0, 0): first, (0, 1): second, (0, 2): third}
    entries |= {(1, 1): xx * zz - xz * xz, (1, 2): xy * xz - xx * yz, (2, 2): xx * yy - xy * xy}
    return {pair: entry * scale for pair, entry in entries.items()}


def _system(
    bands: Pixels, index: Indices, mask: Pixels, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[csr_array, Pixels]:
    """The equations among doubtful pixels, and what their known neighbours add to each (float32 n)."""
    around = cv2.copyMakeBorder(index, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=-1)
    values = cv2.copyMakeBorder(mask, 2, 2, 2, 2, cv2.BORDER_REPLICATE)
    known = np.zeros(len(rows), np.float32)
    neighbours = np.empty(bands.shape, np.int32)
    for place in range(REACH * REACH):
        at = rows + place // REACH, columns + place % REACH
        neighbours[place] = around[at]
        known += np.where(neighbours[place] < 0, bands[place] * values[at], 0)
    inside = neighbours.T >= 0
    starts = np.concatenate([[0], np.cumsum(inside.sum(axis=1))]).astype(np.int32)
    matrix = csr_array((bands.T[inside], neighbours.T[inside], starts), shape=(len(rows), len(rows)))
    return matrix, known


def _conjugate_gradients(matrix: csr_array, weight: Pixels, right: Pixels, start: Pixels, rounds: int) -> Pixels:
    """Solve (matrix + diag(weight)) x = right by conjugate gradients with Jacobi's preconditioner, from `start`."""
    ease = 1 / (matrix.diagonal() + weight)
    x = start.copy()
    rest = right - (matrix @ x + weight * x)
    goal = TOLERANCE**2 * float(np.square(right).sum(dtype=np.float64))
    eased = ease * rest
    way, power = eased, float((rest * eased).sum(dtype=np.float64))
    for _ in range(rounds):
        if float(np.square(rest).sum(dtype=np.float64)) <= goal:
            break
        turned = matrix @ way + weight * way
        step = np.float32(power / float((way * turned).sum(dtype=np.float64)))
        x += step * way
        rest -= step * turned
        eased = ease * rest
        power, before = float((rest * eased).sum(dtype=np.float64)), power
        way = eased + np.float32(power / before) * way
    return x
