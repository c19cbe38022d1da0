"""Pixels ready for the screen: BGRA buffers with halves below them, made on workers and only read afterwards."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.halving import halves
from pipeline.model import freeze

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Pyramid:
    """One picture in sizes that halve.

    Attributes:
        levels: uint8 H×W×4 B, G, R, 255, C-contiguous and read-only, each about half as wide as the one before.
        size: width and height of the full picture in pixels; its finest level may be smaller than that.
        proxy: the pixels are those of a small copy, not of the file; nothing may be decided from them.
        values: the same levels with what the file holds, where `levels` are in the monitor's colours; else empty.
    """

    levels: tuple[Pixels, ...]
    size: tuple[int, int]
    proxy: bool = False
    values: tuple[Pixels, ...] = ()

    @property
    def bytes(self) -> int:
        """Memory held by all levels."""
        return sum(level.nbytes for level in self.levels + self.values)

    @property
    def judged(self) -> tuple[Pixels, ...]:
        """The levels in the file's own values, for everything that measures."""
        return self.values or self.levels

    @property
    def whole(self) -> bool:
        """Say whether the full-size pixels are here."""
        height, width = self.levels[0].shape[:2]
        return (width, height) == self.size and not self.proxy

    def serves(self, scale: float) -> bool:
        """Say whether what is drawn at `scale` screen pixels per full pixel comes from the file and is not enlarged."""
        return self.whole or (not self.proxy and self.size[0] * scale <= self.levels[0].shape[1])

    def halved(self) -> "Pyramid":
        """Return the picture without its full-size pixels, which need three quarters of the memory."""
        if len(self.levels) == 1:
            return self
        return Pyramid(self.levels[1:], self.size, self.proxy, self.values[1:])

    def level_for(self, scale: float) -> int:
        """Return the level to draw at `scale` screen pixels per full pixel: shrunk by less than half, if there is."""
        wanted = self.size[0] * scale
        level = 0
        while level + 1 < len(self.levels) and self.levels[level].shape[1] >= 2 * wanted:
            level += 1
        return level

    def level_of(self, step: int) -> Pixels:
        """Return the file's values `step` (1, 2, 4 …) times smaller than the full picture; they must be here."""
        width = -(-self.size[0] // step)
        return next(level for level in self.judged if level.shape[1] == width)

    def step_for(self, scale: float) -> int:
        """Return how many times smaller the level drawn at `scale` is: 1, 2, 4 …"""
        return 1 << max(0, round(math.log2(self.size[0] / self.levels[self.level_for(scale)].shape[1])))

    def value(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Return the 8-bit RGB value of one full-size pixel, None outside or in a stand-in."""
        if not self.whole or not (0 <= x < self.size[0] and 0 <= y < self.size[1]):
            return None
        blue, green, red, _ = (int(channel) for channel in self.judged[0][y, x])
        return red, green, blue


def build_pyramid(rgb: Pixels) -> Pyramid:
    """Return the pyramid of a uint8 H×W×3 sRGB picture; the picture itself is not kept."""
    return pyramid_of(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA))


def pyramid_of(bgra: Pixels, size: tuple[int, int] | None = None) -> Pyramid:
    """Return the pyramid over a uint8 H×W×4 BGRA buffer, which becomes read-only.

    `size` is that of the full picture where the buffer is only one of its halves.
    """
    levels = tuple(freeze(level) for level in halves(np.ascontiguousarray(bgra)))
    return Pyramid(levels, size or (bgra.shape[1], bgra.shape[0]))


def stand_in(small: Pixels, size: tuple[int, int]) -> Pyramid:
    """Return a small BGRA copy that is drawn as large as the full picture until that one is decoded."""
    return Pyramid(pyramid_of(small).levels, size, proxy=True)
