"""The light a photo was taken in, read from its backdrop: white point, brightness, key to fill, and grey cards."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.tools.backdrop import fit_backdrop

SIDE: Final = 256
SURE: Final = 0.3
BLOWN: Final = 0.985
CHART_NEUTRALS: Final = slice(19, 23)
"""Patches 20 to 23 of a 24-patch ColorChecker; white and black are left out as too bright or too dark."""
CHART: Final = (
    *("735244", "c29682", "627a9d", "576c43", "8580b1", "67bdaa"),
    *("d67e2c", "505ba6", "c15a63", "5e3c6c", "9dbc40", "e0a32e"),
    *("383d96", "469449", "af363c", "e7c71f", "bb5695", "0885a1"),
    *("f3f3f2", "c8c8c8", "a0a0a0", "7a7a79", "555555", "343434"),
)
"""sRGB of the 24 patches (X-Rite ColorChecker Classic, published averages)."""
CHART_LIKENESS: Final = 0.9
"""Least correlation of found and published patches per channel: a chequered cushion is no chart."""


@dataclass(frozen=True)
class Light:
    """What the backdrop says of the light.

    Attributes:
        red, blue: linear-light red/green and blue/green of the backdrop; 1 = neutral.
        lab: CIE L*a*b* of the backdrop's middle.
        key_to_fill: brightest over darkest twentieth of the backdrop in linear light, ≥ 1.
        blown: share of the backdrop at full scale, 0..1; a blown backdrop tells no white point.
        card: linear-light red/green and blue/green of a grey card or ColorChecker in the photo, if there is one.
    """

    red: float
    blue: float
    lab: tuple[float, float, float]
    key_to_fill: float
    blown: float
    card: tuple[float, float] | None = None

    def is_neutral(self, *, chroma_limit: float) -> bool:
        """Whether the backdrop is grey or white enough to tell a cast from a coloured paper."""
        return float(np.hypot(self.lab[1], self.lab[2])) <= chroma_limit and self.blown < 0.9


def read_light(rgb: NDArray[np.float32], *, cards: bool = True) -> Light:
    """Measure `rgb` (float32 H×W×3, sRGB-encoded 0..1; a preview is enough); looking for cards takes most of it."""
    scale = min(1.0, SIDE / max(rgb.shape[:2]))
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    backdrop = fit_backdrop(small)
    sure = backdrop.sureness(*size) > SURE
    seen = small[sure] if sure.any() else small.reshape(-1, 3)
    blown = float((seen.max(axis=1) >= BLOWN).mean())
    exposed = seen[seen.max(axis=1) < BLOWN] if blown < 0.98 else seen
    linear = to_linear(exposed)
    red, green, blue = (float(value) for value in np.median(linear, axis=0) + 1e-6)
    middle = np.median(exposed, axis=0).astype(np.float32).reshape(1, 1, 3)
    lab = cv2.cvtColor(middle, cv2.COLOR_RGB2Lab).ravel()
    low, high = np.quantile(linear[:, 1], (0.05, 0.95))
    return Light(
        red=red / green,
        blue=blue / green,
        lab=(float(lab[0]), float(lab[1]), float(lab[2])),
        key_to_fill=float((high + 1e-3) / (low + 1e-3)),
        blown=blown,
        card=find_card(rgb) if cards else None,
    )


def find_card(rgb: NDArray[np.float32]) -> tuple[float, float] | None:
    """Return linear red/green and blue/green of the neutral patches of a 24-patch ColorChecker, or None without one."""
    detector = cv2.mcc.CCheckerDetector.create()
    detector.setColorChartType(cv2.mcc.MCC24)
    picture = cv2.cvtColor(np.rint(rgb * 255).astype(np.uint8), cv2.COLOR_RGB2BGR)
    if not detector.process(picture, 1):
        return None
    found = to_linear(detector.getBestColorChecker().getChartsRGB(False).reshape(-1, 3) / 255)
    published = to_linear(np.array([list(bytes.fromhex(patch)) for patch in CHART]) / 255)
    if found.shape != published.shape:
        return None
    likeness = [np.corrcoef(found[:, channel], published[:, channel])[0, 1] for channel in range(3)]
    if not min(likeness) >= CHART_LIKENESS:
        return None
    red, green, blue = found[CHART_NEUTRALS].mean(axis=0)
    return float(red / green), float(blue / green)


def to_linear(encoded: NDArray) -> NDArray:
    """Return sRGB-encoded 0..1 values in linear light (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
