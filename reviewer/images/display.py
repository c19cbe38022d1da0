"""From the files' colours to the monitor's: pixels through the display profile, on workers, white stays white."""

import hashlib
from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import srgb_profile
from reviewer.images.layers import Layer
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import pyramid_of

Pixels = NDArray[np.uint8]
STRIP_ROWS: Final = 64
SAME_LEVELS: Final = 1
"""A monitor whose colours differ from sRGB by no more than this (of 255) needs no conversion."""


@dataclass(frozen=True)
class Display:
    """A monitor as it is known: its ICC profile, None where the system names none; then sRGB is assumed."""

    icc: bytes | None = None

    @property
    def managed(self) -> bool:
        """Say whether the monitor's profile is known."""
        return self.icc is not None

    @property
    def fingerprint(self) -> str:
        """Return the beginning of the profile's SHA-256, "" where it is unknown."""
        return hashlib.sha256(self.icc).hexdigest()[:16] if self.icc is not None else ""

    @cached_property
    def converts(self) -> bool:
        """Say whether this monitor shows sRGB numbers as other colours."""
        if self.icc is None:
            return False
        steps = np.linspace(0, 255, 9).astype(np.uint8)
        probe = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(9, -1, 3)
        return int(np.abs(self._transformed(probe, srgb_profile()).astype(int) - probe).max()) > SAME_LEVELS

    def shown(self, picture: Pyramid) -> Pyramid:
        """Return the picture in the monitor's colours; what the file holds stays beside it in `values`."""
        if not self.converts:
            return picture
        levels = pyramid_of(self._converted(picture.levels[0]), picture.size).levels
        return replace(picture, levels=levels, values=picture.values or picture.levels)

    def shown_pixels(self, bgra: Pixels) -> Pixels:
        """Return uint8 h×w×4 BGRA of sRGB in the monitor's colours."""
        return self._converted(bgra) if self.converts else bgra

    def shown_layer(self, layer: Layer) -> Layer:
        """Return a layer in the monitor's colours."""
        return replace(layer, patch=self.shown(layer.patch)) if self.converts else layer

    def in_colors(self, rgb: NDArray[np.uint8] | NDArray[np.uint16], source: bytes) -> Pixels:
        """Return uint8 or uint16 H×W×3 RGB of a source profile in the colours of this monitor, uint8 H×W×4 BGRA.

        Colours that sRGB lacks come through where the monitor has them. An unknown monitor is taken for sRGB.
        """
        out = np.empty((*rgb.shape[:2], 4), np.uint8)
        white = np.iinfo(rgb.dtype).max
        for top in range(0, len(rgb), STRIP_ROWS):
            strip = rgb[top : top + STRIP_ROWS]
            out[top : top + STRIP_ROWS] = cv2.cvtColor(self._transformed(strip, source), cv2.COLOR_RGB2BGRA)
            # A rounding beside white would hide what the exact-white gate is about, or invent it.
            out[top : top + STRIP_ROWS][(strip == white).all(axis=2)] = 255
        return out

    def _converted(self, bgra: Pixels) -> Pixels:
        return self.in_colors(cv2.cvtColor(bgra, cv2.COLOR_BGRA2RGB), srgb_profile())

    def _transformed(self, rgb: NDArray[np.uint8] | NDArray[np.uint16], source: bytes) -> Pixels:
        # Late: a monitor that is sRGB never needs it.
        import imagecodecs

        return imagecodecs.cms_transform(
            np.ascontiguousarray(rgb),
            source,
            self.icc or srgb_profile(),
            colorspace="rgb",
            outcolorspace="rgb",
            outdtype=np.uint8,
            intent=imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC,
            flags=imagecodecs.CMS.FLAGS.BLACKPOINTCOMPENSATION,
        )
