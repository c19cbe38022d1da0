"""Cut-out engines behind one Protocol: pixels in, a coarse mask out; the registry is a dict of name to factory."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Identity:
    """Which engine this is: name, version, and the SHA-256 of its weights where it has any."""

    name: str
    version: str
    weights: str | None = None


class Segmenter(Protocol):
    """One cut-out engine."""

    identity: Identity

    def segment(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the coarse mask (float32 H×W, 0..1) of `rgb` (float32 H×W×3, sRGB-encoded, 0..1)."""
        ...
