"""A membrane over a hole: the smoothest surface that meets the hole's border, by a cascade from coarse to fine.

It solves Laplace's equation inside the hole with the known pixels around it as its border (and nothing pulling where
the photo ends), each level of the cascade starting from the one below (Bornemann and Deuflhard, "The cascadic
multigrid method for elliptic problems", 1996). A difference of two photos laid over a hole this way is what Poisson
image editing (Pérez, Gangnet and Blake 2003) adds to a patch so that no seam shows.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import covered_box
from pipeline.mask import grown

Values = NDArray[np.float32]
Hole = NDArray[np.bool_]

ROUNDS: Final = 30
"""Relaxations a level; twice as many change no pixel by half a level of 255."""
MANY: Final = 1 << 18
FEWER: Final = 4
"""A level of more pixels than that is relaxed so many times less: its start is right but for the border's own grain."""
MARGIN: Final = 16
"""What lies farther from the hole counts for nothing."""
CROSS: Final = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4


def membrane(values: Values, hole: Hole, *, rounds: int = ROUNDS) -> Values:
    """Return `values` (float32 h×w×c) with `hole` (bool h×w) spanned by a membrane; the rest is unchanged.

    A hole that leaves nothing known becomes 0.
    """
    box = covered_box(hole)
    if box is None:
        return values.astype(np.float32)
    window = grown(box, MARGIN, (hole.shape[1], hole.shape[0]))
    result = values.astype(np.float32)
    result[window] = _relaxed(result[window], np.ascontiguousarray(hole[window]), rounds)
    return result


def _relaxed(values: Values, hole: Hole, rounds: int) -> Values:
    levels = [(np.where(hole[..., None], np.float32(0), values).astype(np.float32), hole)]
    while levels[-1][1].any() and min(levels[-1][1].shape) > 2:
        levels.append(_coarser(*levels[-1]))
    surface, unknown = levels[-1]
    if unknown.any() and not unknown.all():
        surface[unknown] = surface[~unknown].mean(axis=0)
    for finer, unknown in reversed(levels[:-1]):
        size = finer.shape[1], finer.shape[0]
        start = cv2.resize(surface, size, interpolation=cv2.INTER_LINEAR).reshape(finer.shape)
        np.copyto(finer, start, where=unknown[..., None])
        for _ in range(rounds if unknown.size <= MANY else -(-rounds // FEWER)):
            mean = cv2.filter2D(finer, -1, CROSS, borderType=cv2.BORDER_REPLICATE).reshape(finer.shape)
            np.copyto(finer, mean, where=unknown[..., None])
        surface = finer
    return surface


def _coarser(values: Values, hole: Hole) -> tuple[Values, Hole]:
    """Half the size: the mean of what is known; unknown only where nothing is."""
    size = (values.shape[1] + 1) // 2, (values.shape[0] + 1) // 2
    known = (~hole).astype(np.float32)
    weight = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    total = cv2.resize(values * known[..., None], size, interpolation=cv2.INTER_AREA).reshape(*size[::-1], -1)
    return total / np.maximum(weight, 1e-6)[..., None], weight < 1e-6
