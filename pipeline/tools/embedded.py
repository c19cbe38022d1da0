"""The engine that needs no download: the fitted backdrop, and the small network that ships with the app."""

import hashlib
from dataclasses import replace
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
from pipeline.tools.evidence import Planes
from pipeline.tools.evidence import featureless
from pipeline.tools.evidence import look
from pipeline.tools.onnx_networks import as_mask
from pipeline.tools.onnx_networks import session_options
from pipeline.tools.onnx_networks import thread_count
from pipeline.tools.rule import log_odds
from pipeline.tools.segmenters import EMBEDDED
from pipeline.tools.segmenters import Identity
from pipeline.tools.segmenters import Segmenter
from pipeline.tools.tiling import small_size

Pixels = NDArray[np.float32]

MODEL: Final = "models/embedded.onnx"
STRIDE: Final = 32


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
        provider = network.get_providers()[0] if network is not None else ""
        self.identity = Identity(name=EMBEDDED, version="2", weights=weights, provider=provider)
        self._numbers, self._network = numbers, network

    def segment(self, rgb: Pixels) -> Pixels:
        """Return the coarse mask (float32 H×W 0..1) of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        return self.weigh(rgb, None)

    def weigh(self, rgb: Pixels, other: Pixels | None) -> Pixels:
        """Return the coarse mask of `rgb`, with another engine's mask `other` (float32 H×W 0..1) among the evidence."""
        backdrop = fit_backdrop(rgb)
        small = _small(rgb, self._numbers.side)
        planes = look(small, backdrop, self._numbers)
        if featureless(planes):
            return np.zeros(rgb.shape[:2], np.float32)
        odds = log_odds(small, planes, float(backdrop.noise.max()), self._numbers.rule)
        if self._network is not None:
            # Another engine's mask shows the outline already; the close look then only adds doubt (measured).
            sides = self._numbers.network_sides if other is None else self._numbers.network_sides[:1]
            looks = [self._by_network(rgb, backdrop, other, side) for side in sides]
            odds = sum(looks) / np.float32(len(looks)) + np.float32(self._numbers.rule_share) * odds
        odds = cv2.resize(odds, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)
        if other is not None:
            odds += np.float32(self._numbers.other_share) * _log_odds(other)
        return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))

    def _by_network(self, rgb: Pixels, backdrop: Backdrop, other: Pixels | None, side: int) -> Pixels:
        """Log-odds of product as the network sees it at that side, float32 h×w on the rule's small copy."""
        small = _small(rgb, side)
        opinion = None if other is None else _small(other, side)
        wanted = self._network.get_inputs()[0]
        planes = network_input(small, backdrop, look(small, backdrop, self._numbers), opinion)[..., : wanted.shape[1]]
        output = self._network.run(None, {wanted.name: _padded(planes).transpose(2, 0, 1)[None]})[0]
        product = as_mask(output)[: small.shape[0], : small.shape[1]]
        return cv2.resize(_log_odds(product), small_size(rgb.shape, self._numbers.side), interpolation=cv2.INTER_LINEAR)


class WeighedSegmenter:
    """Another engine, whose mask the embedded engine weighs against the backdrop."""

    def __init__(self, inner: Segmenter, judge: EmbeddedSegmenter) -> None:
        self._inner, self._judge = inner, judge
        weights = (judge.identity.weights or "rule")[:12]
        self.identity = replace(inner.identity, version=f"{inner.identity.version}, weighed by {EMBEDDED} {weights}")

    def segment(self, rgb: Pixels) -> Pixels:
        """Return the coarse mask (float32 H×W 0..1) of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        return self._judge.weigh(rgb, self._inner.segment(rgb))


def weighed(inner: Segmenter, settings: Settings) -> Segmenter:
    """Return `inner` with its masks weighed against the backdrop, where `weigh_others` asks for it."""
    return WeighedSegmenter(inner, open_embedded(settings)) if settings.tools.evidence.weigh_others else inner


def _log_odds(mask: Pixels) -> Pixels:
    product = np.clip(mask, 0.002, 0.998)
    return np.log(product / (1 - product))


def _small(rgb: Pixels, side: int) -> Pixels:
    return cv2.resize(rgb, small_size(rgb.shape, side), interpolation=cv2.INTER_AREA)


def network_input(rgb: Pixels, backdrop: Backdrop, planes: Planes, other: Pixels | None = None) -> Pixels:
    """Return what the network sees, float32 H×W×14.

    Colour (3), difference to the backdrop (3), sureness of the backdrop (1), the evidence's `planes` (5), another
    engine's mask (1) and whether there is one (1). `other` is float32 H×W 0..1 or None.
    """
    sure = backdrop.sureness(rgb.shape[1], rgb.shape[0])
    known = np.full(sure.shape, float(other is not None), np.float32)
    opinion = np.zeros_like(sure) if other is None else other
    return np.dstack([rgb, backdrop.difference(rgb), sure, planes.stacked(), opinion, known]).astype(np.float32)


def _padded(planes: Pixels) -> Pixels:
    """Repeat the last row and column until the network's stride divides both sides."""
    more = [(0, -planes.shape[0] % STRIDE), (0, -planes.shape[1] % STRIDE), (0, 0)]
    return np.pad(planes, more, mode="edge").astype(np.float32)
