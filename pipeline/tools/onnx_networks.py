"""Networks as ONNX files: one session per process and file, only the output that is needed, float32 in."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.settings import OnnxModel
from pipeline.settings import Settings
from pipeline.tools.segmenters import Identity
from pipeline.tools.weights import read_network

CPU: Final = "CPUExecutionProvider"
LARGEST_ANSWER: Final = 2**26
"""Numbers in a network's answer, 11 masks of 6 megapixels: more is no mask."""
WORDS: Final = 200
"""Letters of what onnxruntime says that stand in a sentence."""


def thread_count(settings: Settings) -> int:
    """Return how many threads one engine may use: as set, else cores divided by workers, at least 1."""
    cores = os.cpu_count() or 1
    return settings.tools.threads or max(1, cores // (settings.line.workers or cores))


def session_options(threads: int) -> Any:
    """Return onnxruntime's options for `threads` threads that sleep when idle (other workers need the cores)."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The pattern would reserve the whole working memory a second time from the second run on (0.8 GB with ISNet).
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0" if threads > 1 else "1")
    return options


def providers(settings: Settings) -> list[str]:
    """Return the execution providers that this machine has, in the settings' order; the CPU is always last."""
    import onnxruntime

    present = onnxruntime.get_available_providers()
    return [*(name for name in settings.tools.providers if name in present and name != CPU), CPU]


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; read again only when the file has changed."""
    about = path.stat()
    return _hashed(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=16)
def _hashed(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_session(content: bytes, path: Path, settings: Settings) -> Any:
    """Open the network whose file at `path` holds `content`; raises KnownError where that is not a network."""
    import onnxruntime

    options = session_options(thread_count(settings))
    try:
        return onnxruntime.InferenceSession(content, options, providers=providers(settings))
    except Exception as error:
        # onnxruntime raises its own family of C++ errors without a common public base.
        raise KnownError(f"{path} is not a network that can be opened ({_words(error)}); install it again.") from error


def compute(session: Any, wanted: list[str] | None, feed: dict[str, NDArray[Any]], path: Path) -> list[NDArray[Any]]:
    """Run the network whose file lies at `path`; raises KnownError where it cannot take or do that."""
    try:
        return session.run(wanted, feed)
    except Exception as error:
        # As above; what it says may be long and in several lines.
        raise KnownError(f"{path} cannot compute with a photo ({_words(error)}); use another network.") from error


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:WORDS].rstrip(".")


def open_onnx(name: str, settings: Settings) -> "OnnxSegmenter":
    """Open the local network `name` as `tools.toml` or the studio's settings declare it; raises KnownError."""
    model = settings.tools.onnx[name]
    path = Path(model.path).expanduser()
    if not path.is_file():
        raise KnownError(f"The weights of “{name}” are not at {path}; put the file there or correct its path.")
    content, found = read_network(path)
    if not model.sha256:
        raise KnownError(
            f'Nobody has confirmed the weights at {path}; add sha256 = "{found}" to [tools.onnx.{name}] if that is '
            "the right file."
        )
    if found != model.sha256.lower():
        raise KnownError(f"{path} has the SHA-256 {found}, but {model.sha256} is declared; fetch the file again.")
    session = open_session(content, path, settings)
    _refuse_other_ends(session, path)
    return OnnxSegmenter(name, model, session, found)


def _refuse_other_ends(session: Any, path: Path) -> None:
    """Raise KnownError unless a network takes one picture and answers with something."""
    ends = session.get_inputs()
    if len(ends) != 1 or ends[0].type != "tensor(float)" or len(ends[0].shape) != 4 or not session.get_outputs():
        raise KnownError(f"{path} does not take one picture as float32 (1×3×h×w); declare another file.")


class OnnxSegmenter:
    """A network that takes 1×3×H×W and whose first output is a mask or its logits."""

    def __init__(self, name: str, model: OnnxModel, session: Any, weights: str) -> None:
        self.identity = Identity(name=name, version="onnx", weights=weights, provider=session.get_providers()[0])
        self._model, self._session = model, session

    def segment(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the network's mask at the size of `rgb` (float32 H×W×3, sRGB-encoded 0..1)."""
        size = self._model.width, self._model.height
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        normal = (small - np.asarray(self._model.mean, np.float32)) / np.asarray(self._model.std, np.float32)
        feed = {self._session.get_inputs()[0].name: normal.transpose(2, 0, 1)[None].astype(np.float32)}
        path = Path(self._model.path).expanduser()
        output = compute(self._session, [self._session.get_outputs()[0].name], feed, path)[0]
        if output.ndim < 2 or output.dtype.kind != "f" or min(output.shape[-2:]) < 1 or output.size > LARGEST_ANSWER:
            shape = "×".join(map(str, output.shape))
            raise KnownError(f"{path} answers with {output.dtype} {shape}, which is no mask; declare another file.")
        return cv2.resize(as_mask(output), (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR)


def as_mask(output: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an output (…×H×W) as a mask float32 H×W 0..1: logits go through the logistic function, NaN becomes 0."""
    mask = np.nan_to_num(np.asarray(output, np.float32).reshape(-1, *output.shape[-2:])[0])
    if mask.min() < 0 or mask.max() > 1:
        mask = 1 / (1 + np.exp(-np.clip(mask, -60, 60)))
    return np.ascontiguousarray(mask, np.float32)
