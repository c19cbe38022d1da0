"""Cut-out engines behind one Protocol: pixels in, a coarse mask out; the registry is a dict of name to factory."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import NotFoundError
from pipeline.settings import Settings
from pipeline.settings import nearest


@dataclass(frozen=True)
class Identity:
    """Which engine this is: name, version, the SHA-256 of its weights where it has any, and what computes it.

    `provider` is onnxruntime's name of the hardware that a network really runs on; "" where there is no network.
    """

    name: str
    version: str
    weights: str | None = None
    provider: str = ""


class Segmenter(Protocol):
    """One cut-out engine."""

    identity: Identity

    def segment(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the coarse mask (float32 H×W, 0..1) of `rgb` (float32 H×W×3, sRGB-encoded, 0..1)."""
        ...


Factory = Callable[[str, Settings], Segmenter]

EMBEDDED: Final = "embedded"
FINISHED: Final = "finished"

REMBG_NETWORKS: Final = (
    "birefnet-cod",
    "birefnet-dis",
    "birefnet-general",
    "birefnet-general-fp16",
    "birefnet-general-lite",
    "birefnet-hrsod",
    "birefnet-massive",
    "birefnet-portrait",
    "bria-rmbg",
    "isnet-anime",
    "isnet-general-use",
    "silueta",
    "u2net",
    "u2net_human_seg",
    "u2netp",
)
"""rembg's sessions that cut out on this machine; left out: its remote services, `sam` (wants prompts) and
`u2net_cloth_seg` (answers with kinds of clothes) and `*_custom` (declare such a file under `[tools.onnx]`)."""


def _embedded(name: str, settings: Settings) -> Segmenter:
    from pipeline.tools.embedded import open_embedded

    return open_embedded(settings)


def _finished(name: str, settings: Settings) -> Segmenter:
    from pipeline.tools.finished import FinishedSegmenter

    return FinishedSegmenter(tolerance=settings.tools.finished_tolerance)


def _rembg(name: str, settings: Settings) -> Segmenter:
    from pipeline.tools.embedded import weighed
    from pipeline.tools.rembg_networks import open_rembg

    return weighed(open_rembg(name, settings), settings)


def _onnx(name: str, settings: Settings) -> Segmenter:
    from pipeline.tools.embedded import weighed
    from pipeline.tools.onnx_networks import open_onnx

    return weighed(open_onnx(name, settings), settings)


SEGMENTERS: Final = MappingProxyType[str, Factory](
    {EMBEDDED: _embedded, FINISHED: _finished} | dict.fromkeys(REMBG_NETWORKS, _rembg)
)


def segmenter_names(settings: Settings) -> tuple[str, ...]:
    """Return the names of all engines of this studio, installed or not."""
    return (*SEGMENTERS, *sorted(settings.tools.onnx))


def open_segmenter(name: str, settings: Settings) -> Segmenter:
    """Open the engine of that name.

    Raises NotFoundError for an unknown name and KnownError where its weights are not on this disk; never downloads.
    """
    if name in settings.tools.onnx:
        return _onnx(name, settings)
    if name not in SEGMENTERS:
        near = nearest(name, segmenter_names(settings))
        raise NotFoundError(f"There is no cut-out engine “{name}”{near}.")
    return SEGMENTERS[name](name, settings)


def is_installed(name: str, settings: Settings) -> bool:
    """Say whether an engine can be opened on this machine without bringing anything in."""
    if name in settings.tools.onnx:
        return Path(settings.tools.onnx[name].path).is_file()
    if name in REMBG_NETWORKS:
        from pipeline.tools.rembg_networks import is_confirmed

        return is_confirmed(name)
    return name in SEGMENTERS
