"""What the fitted backdrop says about every pixel, as planes that a rule or a network can weigh.

Backdrop shows its surface within the noise, or a share of its light with the same chromaticity (shadow, reflection).
And it is smooth: from the border one reaches any of it without a sharp step, while a product has an outline. That
outline is the barrier: the smallest step that every path from sure backdrop must take (a minimax path, as in the
flooding of a watershed), found by connected components at rising levels.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.settings import Evidence
from pipeline.tools.backdrop import BLOWN
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import widest

Pixels = NDArray[np.float32]

LEVELS: Final = tuple(float(level) for level in np.geomspace(0.006, 0.25, 16))
UNREACHED: Final = 0.375


@dataclass(frozen=True, eq=False)
class Planes:
    """What is seen per pixel (all float32 H×W, of one small copy).

    Attributes:
        near: squared distance to the bare backdrop in units of its noise, summed over channels, 0 up.
        share: light as a share of the backdrop's light, 0 up; a shadow is below 1.
        stray: squared distance to the backdrop's chromaticity in units of what shadows show, 0 up.
        barrier: sRGB-encoded step that separates the pixel from the border's backdrop, 0.006 to 0.375.
        blown: 1 where photo and backdrop are both blown out, so that sameness says nothing.
    """

    near: Pixels
    share: Pixels
    stray: Pixels
    barrier: Pixels
    blown: Pixels

    def stacked(self) -> Pixels:
        """Return the planes as float32 H×W×5, each scaled to about 0..1, for a network."""
        low, high = float(np.log(LEVELS[0])), float(np.log(UNREACHED))
        return np.dstack(
            [
                1 / (1 + self.near / 9),
                np.clip(self.share, 0, 2) / 2,
                1 / (1 + self.stray / 9),
                np.clip((np.log(self.barrier) - low) / (high - low), 0, 1),
                self.blown,
            ]
        ).astype(np.float32)


def look(rgb: Pixels, backdrop: Backdrop, numbers: Evidence) -> Planes:
    """Return the planes of `rgb` (float32 H×W×3, sRGB-encoded 0..1; a small copy, 256 to 512 px); deterministic."""
    height, width = rgb.shape[:2]
    surface = backdrop.at(width, height)
    sigma = np.sqrt(np.square(backdrop.noise) / 4 + np.square(backdrop.spread) + numbers.faint**2)
    near = np.square((rgb - surface) / sigma).sum(axis=2)
    light, full = linear(rgb), linear(surface)
    power = np.square(full).sum(axis=2)
    share = (light * full).sum(axis=2) / (power + 1e-6)
    rest = np.square(light - share[..., None] * full).sum(axis=2)
    allowed = np.square(numbers.shadow_chroma) * power * np.clip(share, 0.05, 1) + 2e-5
    sure = (near < 9) & (cv2.resize(backdrop.sure, (width, height)) > 0.3)
    return Planes(
        near=near.astype(np.float32),
        share=share.astype(np.float32),
        stray=(rest / allowed).astype(np.float32),
        barrier=barrier(rgb, sure, float(backdrop.noise.max())),
        blown=((rgb.min(axis=2) >= BLOWN) & (surface.min(axis=2) >= BLOWN - 0.01)).astype(np.float32),
    )


def featureless(planes: Planes) -> bool:
    """Say whether the frame has no step at all, and so shows nothing whatever an engine makes of it."""
    return bool((planes.barrier <= LEVELS[0]).all())


def barrier(rgb: Pixels, sure: NDArray[np.bool_], noise: float) -> Pixels:
    """Return the smallest step that every path from `sure` (bool H×W) must take, float32 H×W.

    A step is the range over a pixel's four neighbours and itself, the widest of the channels, less the noise.
    """
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    step = widest(cv2.morphologyEx(rgb, cv2.MORPH_GRADIENT, cross)) - np.float32(1.25 * noise)
    result = np.full(step.shape, UNREACHED, np.float32)
    for level in reversed(LEVELS):
        count, labels = cv2.connectedComponents((step < level).astype(np.uint8), connectivity=4)
        reached = np.bincount(labels[sure], minlength=count) > 0
        reached[0] = False
        result[reached[labels]] = level
    return result


def linear(rgb: Pixels) -> Pixels:
    """Return linear light 0..1 of sRGB-encoded 0..1, by the 2.2 approximation (evidence needs no more)."""
    return cv2.pow(np.ascontiguousarray(rgb), 2.2)
