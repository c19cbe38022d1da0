"""The engine that needs no download: the fitted backdrop, and the small network that ships with the app."""

import hashlib
from functools import lru_cache
from importlib import resources
from typing import Any
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.settings import Evidence
from pipeline.settings import Settings
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.evidence import look
from pipeline.tools.onnx_networks import as_mask
from pipeline.tools.onnx_networks import session_options
from pipeline.tools.onnx_networks import thread_count
from pipeline.tools.rule import log_odds
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.segmenters import Identity
from pipeline.tools.tiling import small_size

Pixels = NDArray[np.float32]

MODEL: Final = "models/embedded.onnx"
STRIDE: Final = 32
WITH_SURENESS: Final = 7
"""Input channels of a network that sees colour, difference to the backdrop and its sureness; with planes, 12."""


def open_embedded(settings: Settings) -> "EmbeddedSegmenter":
    """Return the embedded engine, with its network where one is shipped."""
    weights = resources.files("resources").joinpath(MODEL)
    if not weights.is_file():
        return EmbeddedSegmenter(settings.tools.evidence, None, None)
    content = weights.read_bytes()
    network = _session(content, thread_count(settings))
    return EmbeddedSegmenter(settings.tools.evidence, network, hashlib.sha256(content).hexdigest())


@lru_cache(maxsize=1)
def _session(content: bytes, threads: int) -> Any:
    import onnxruntime

    return onnxruntime.InferenceSession(content, session_options(threads), providers=["CPUExecutionProvider"])


class EmbeddedSegmenter:
    """Backdrop evidence weighed by the shipped network, or by rule where there is none."""

    def __init__(self, numbers: Evidence, network: Any, weights: str | None) -> None:
        self.identity = Identity(name=EMBEDDED, version="1", weights=weights)
        self._numbers, self._network = numbers, network

    def segment(self, rgb: Pixels) -> Pixels:
        """Return the coarse mask (float32 H×W 0..1) of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        backdrop = fit_backdrop(rgb)
        odds = self._by_rule(rgb, backdrop)
        if self._network is not None:
            product = np.clip(self._by_network(rgb, backdrop), 0.002, 0.998)
            product = cv2.resize(product, (odds.shape[1], odds.shape[0]), interpolation=cv2.INTER_LINEAR)
            odds = np.log(product / (1 - product)) + np.float32(self._numbers.rule_share) * odds
        coarse = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        return cv2.resize(coarse, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)

    def _by_rule(self, rgb: Pixels, backdrop: Backdrop) -> Pixels:
        """Log-odds of product, float32 h×w on a small copy."""
        small = _small(rgb, self._numbers.side)
        noise = float(backdrop.noise.max())
        return log_odds(small, look(small, backdrop, self._numbers), noise, self._numbers.rule)

    def _by_network(self, rgb: Pixels, backdrop: Backdrop) -> Pixels:
        """Probability of product, float32 h×w on a small copy."""
        small = _small(rgb, self._numbers.network_side)
        wanted = self._network.get_inputs()[0]
        planes = network_input(small, backdrop)
        if wanted.shape[1] > WITH_SURENESS:
            planes = np.dstack([planes, look(small, backdrop, self._numbers).stacked()])
        output = self._network.run(None, {wanted.name: _padded(planes).transpose(2, 0, 1)[None]})[0]
        return as_mask(output)[: small.shape[0], : small.shape[1]]


def _small(rgb: Pixels, side: int) -> Pixels:
    return cv2.resize(rgb, small_size(rgb.shape, side), interpolation=cv2.INTER_AREA)


def network_input(rgb: Pixels, backdrop: Backdrop) -> Pixels:
    """Return what the network sees, float32 H×W×7: colour, difference to the backdrop, sureness of the backdrop."""
    sure = backdrop.sureness(rgb.shape[1], rgb.shape[0])
    return np.dstack([rgb, backdrop.difference(rgb), sure])


def _padded(planes: Pixels) -> Pixels:
    """Repeat the last row and column until the network's stride divides both sides."""
    more = [(0, -planes.shape[0] % STRIDE), (0, -planes.shape[1] % STRIDE), (0, 0)]
    return np.pad(planes, more, mode="edge").astype(np.float32)
