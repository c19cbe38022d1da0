"""Fills by a trained network in one ONNX file, where somebody installed one: LaMa and its like.

Suvorov et al. 2022. The file takes the picture (float32 1×3×h×w, RGB 0..1) and the hole (float32 1×1×h×w, 1 is the
hole), in this order, and answers with the picture (0..1 or 0..255). Its size may be fixed: then the hole's
surroundings are seen at that size. None of these networks takes a text; whoever fills by one says so, since what it
paints is invented.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.settings import Settings
from pipeline.tools.onnx_networks import compute
from pipeline.tools.onnx_networks import file_hash
from pipeline.tools.onnx_networks import open_session
from pipeline.tools.perceptual import place_of
from pipeline.tools.recipe import Recipe
from pipeline.tools.weights import read_confirmed

Pixels = NDArray[np.uint16]
Hole = NDArray[np.bool_]

NETWORKS: Final = ("lama", "mi-gan")
MULTIPLE: Final = 8
"""Sides of a free size are multiples of this: such networks halve three times."""
LARGEST_SIDE: Final = 8192
"""Pixels; no network that fills looks at more at once."""
WHITE: Final = 65535


def installed_networks() -> tuple[str, ...]:
    """Return the names of the networks that can fill here."""
    return tuple(name for name in NETWORKS if place_of(name).is_file())


def network_hash(name: str) -> str:
    """Return the SHA-256 of an installed network's file."""
    return file_hash(place_of(name))


def network_fill(rgb: Pixels, hole: Hole, name: str, settings: Settings) -> Pixels:
    """Return `rgb` (uint16 h×w×3) with `hole` (bool h×w) as an installed network paints it.

    Raises KnownError where its file is not the confirmed one, or does not do that.
    """
    path = place_of(name)
    if not path.is_file():
        raise KnownError(f"“{name}” is not installed; `whitepoint models install {name} --from FILE` brings it in.")
    session = _opened(path, path.stat().st_mtime_ns, name, Recipe(settings))
    picture, mask = session.get_inputs()
    size = _seen_size(picture.shape, rgb.shape)
    seen = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32) / WHITE
    there = cv2.resize(hole.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST).astype(np.float32)
    feed = {picture.name: np.ascontiguousarray(seen.transpose(2, 0, 1)[None]), mask.name: there[None, None]}
    painted = compute(session, None, feed, path)[0]
    if painted.shape != (1, 3, size[1], size[0]):
        raise KnownError(f"{path} answers with {painted.shape} for a picture of {size}; install another file of it.")
    levels = painted[0].transpose(1, 2, 0) * np.float32(WHITE / (255 if float(painted.max()) > 2 else 1))
    full = cv2.resize(np.ascontiguousarray(levels), (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_CUBIC)
    result = rgb.copy()
    result[hole] = np.rint(np.clip(full[hole], 0, WHITE)).astype(np.uint16)
    return result


def _seen_size(wanted: list[Any], shape: tuple[int, ...]) -> tuple[int, int]:
    """Width and height that the network is shown: its own where they are fixed, else the photo's in multiples."""
    height, width = wanted[2:4]
    if isinstance(height, int) and isinstance(width, int):
        return width, height
    return tuple(max(MULTIPLE, round(side / MULTIPLE) * MULTIPLE) for side in (shape[1], shape[0]))  # type: ignore[return-value]


@lru_cache(maxsize=2)
def _opened(path: Path, changed: int, name: str, recipe: Recipe) -> Any:
    content, _ = read_confirmed(path, name)
    session = open_session(content, path, recipe.settings)
    inputs = session.get_inputs()
    if len(inputs) != 2 or any(each.type != "tensor(float)" or len(each.shape) != 4 for each in inputs):
        raise KnownError(
            f"{path} does not take a picture and a hole as float32 (1×3×h×w and 1×1×h×w); install another file of it."
        )
    if any(isinstance(side, int) and not 0 < side <= LARGEST_SIDE for side in inputs[0].shape[2:]):
        raise KnownError(f"{path} wants pictures of {inputs[0].shape[2:]} pixels; install another file of it.")
    return session
