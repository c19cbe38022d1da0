"""rembg's sessions, for their mask only; weights come from this disk and are never fetched by opening an engine."""

import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.settings import Settings
from pipeline.tools.onnx_networks import compute
from pipeline.tools.onnx_networks import open_session
from pipeline.tools.segmenters import Identity
from pipeline.tools.weights import confirmed
from pipeline.tools.weights import read_confirmed


def session_class(name: str) -> Any:
    """Return rembg's session class of that name; raises NotFoundError where this rembg has none."""
    from rembg.sessions import sessions_class

    found = [kind for kind in sessions_class if kind.name() == name and kind.is_local()]
    if not found:
        raise NotFoundError(f"rembg {version('rembg')} has no network “{name}”; update rembg or choose another.")
    return found[0]


def weights_path(name: str) -> Path | None:
    """Return where the weights of `name` lie, or None where they are not installed."""
    return _from_disk(session_class(name)).found(name)


def is_confirmed(name: str) -> bool:
    """Say whether the weights of `name` are on this disk and somebody confirmed which they are."""
    path = weights_path(name)
    return path is not None and confirmed(path) != ""


def home(name: str) -> Path:
    """Return the file in which rembg looks for the weights of `name`."""
    return Path(session_class(name).model_dir()) / f"{name}.onnx"


def open_rembg(name: str, settings: Settings) -> "RembgSegmenter":
    """Open the rembg network `name`; raises KnownError naming the remedy where its weights are missing."""
    kind = _from_disk(session_class(name))
    path = kind.found(name)
    if path is None:
        raise KnownError(
            f"The weights of “{name}” are not installed; put them into {home(name)},"
            f" or give `whitepoint models install {name}`."
        )
    content, sha256 = read_confirmed(path, name)
    return RembgSegmenter(name, kind(_FirstOutput(open_session(content, path, settings), path)), sha256)


def _from_disk(kind: Any) -> Any:
    """Return a subclass of rembg's session whose constructor takes an open network, and downloads nothing."""

    class FromDisk(kind):
        def __init__(self, network: Any) -> None:
            # rembg's own would open the file by its name, whatever bytes are in it by then.
            self.model_name, self.inner_session = self.name(), network

        @classmethod
        def found(cls, name: str) -> Path | None:
            path = cls.resolve_existing(f"{name}.onnx")
            return Path(path) if path else None

    return FromDisk


class _FirstOutput:
    """A session that computes the first output alone; rembg asks for all eleven and reads one."""

    def __init__(self, session: Any, path: Path) -> None:
        self._session, self._path = session, path
        self._wanted = [session.get_outputs()[0].name]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def run(self, wanted: Any, feed: Any) -> Any:
        output = compute(self._session, self._wanted, feed, self._path)
        if output[0].ndim != 4 or min(output[0].shape) < 1:
            shape = "×".join(map(str, output[0].shape))
            raise KnownError(f"{self._path} answers with {shape}, which is no mask; install it again.")
        return output


class RembgSegmenter:
    """One of rembg's networks."""

    def __init__(self, name: str, session: Any, weights: str) -> None:
        provider = session.inner_session.get_providers()[0]
        self.identity = Identity(name=name, version=f"rembg {version('rembg')}", weights=weights, provider=provider)
        self._session = session

    def segment(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's mask at the size of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        from PIL import Image

        picture = Image.fromarray(np.rint(rgb * 255).astype(np.uint8))
        with warnings.catch_warnings():
            # A blank frame makes rembg divide by zero; its answer is then no number and means nothing was found.
            warnings.simplefilter("ignore", RuntimeWarning)
            mask = self._session.predict(picture)[0]
        return np.asarray(mask.convert("L"), np.float32) / 255
