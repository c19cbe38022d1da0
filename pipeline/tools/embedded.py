"""The engine that needs no download: the fitted backdrop, and a small network's opinion where it is shipped."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.settings import Evidence
from pipeline.settings import Settings
from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.evidence import cut
from pipeline.tools.evidence import evidence_for_product
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.segmenters import Identity
from pipeline.tools.tiling import small_size

Pixels = NDArray[np.float32]


def open_embedded(settings: Settings) -> "EmbeddedSegmenter":
    """Return the embedded engine."""
    return EmbeddedSegmenter(settings.tools.evidence, None, None)


class EmbeddedSegmenter:
    """Backdrop evidence and a cut along edges; `network` is an onnxruntime session or None."""

    def __init__(self, numbers: Evidence, network: Any, weights: str | None) -> None:
        self.identity = Identity(name=EMBEDDED, version="1", weights=weights)
        self._numbers, self._network = numbers, network

    def segment(self, rgb: Pixels) -> Pixels:
        """Return the coarse mask (float32 H×W 0..1) of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        backdrop = fit_backdrop(rgb)
        small = cv2.resize(rgb, small_size(rgb.shape, self._numbers.side), interpolation=cv2.INTER_AREA)
        evidence = evidence_for_product(small, backdrop, self._numbers)
        coarse = cut(evidence, small, backdrop.noise)
        return cv2.resize(coarse, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
