"""Fills for a painted hole, from its surroundings or by a network where one is installed; nothing else changes."""

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.errors import NotFoundError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.mask import pieces
from pipeline.model import Box
from pipeline.settings import Settings
from pipeline.tools.best_fill import best
from pipeline.tools.best_fill import span
from pipeline.tools.onnx_fill import installed_networks
from pipeline.tools.onnx_fill import network_fill
from pipeline.tools.onnx_fill import network_hash
from pipeline.tools.patches import texture

Pixels = NDArray[np.uint16]
Hole = NDArray[np.bool_]
Filler = Callable[[Pixels, Hole], Pixels]

REACH: Final = 3
"""Radius that cv2's fills look around a pixel, in pixels."""
LEAST_AROUND: Final = 48
MOST_AROUND: Final = 256
"""Surroundings that a fill may take from, at least and at most, in pixels on each side; else half the hole's side."""
PATCHES: Final = ("patchmatch", "best")
"""Fills that look for patches."""


def fill(rgb: Pixels, hole: Hole, engine: str, settings: Settings | None = None) -> Pixels:
    """Return `rgb` (uint16 H×W×3) with `hole` (bool H×W) filled by an engine of `engines()`.

    A network that somebody installed needs the `settings` of the machine it runs on.

    Outside the hole every pixel is the same, all 16 bits of it. The same input gives the same fill. Raises
    NotFoundError for an unknown engine, KnownError where the hole leaves nothing to fill it from.
    """
    if engine not in engines() or (engine not in FILLERS and settings is None):
        raise NotFoundError(f"There is no fill “{engine}”; choose one of {', '.join(engines())}.")
    filler = FILLERS.get(engine) or partial(network_fill, name=engine, settings=settings)
    result = rgb.copy()
    size = rgb.shape[1], rgb.shape[0]
    for box, around in _places(hole):
        window = grown(box, around, size)
        there = hole[window]
        if there.all():
            raise KnownError("The hole leaves no photo around it to fill it from; paint a smaller hole.")
        own = np.zeros_like(there)
        own[_inside(box, window)] = there[_inside(box, window)]
        result[window][own] = filler(np.ascontiguousarray(rgb[window]), there)[own]
    return result


def engines() -> tuple[str, ...]:
    """Return the names of the fills there are: those of `FILLERS`, and the installed networks."""
    return (*FILLERS, *installed_networks())


def engine_weights(engine: str) -> str | None:
    """Return the SHA-256 of the network behind a fill, None for one that was not trained."""
    return None if engine in FILLERS else network_hash(engine)


def engine_version(engine: str) -> str:
    """Return the version of the library behind a fill of `engines()`."""
    if engine not in FILLERS:
        return version("onnxruntime")
    return version("pypatchmatch") if engine in PATCHES else cv2.__version__


def _places(hole: Hole) -> list[tuple[Box, int]]:
    """The holes' boxes and how far each may look around; holes that see each other are filled together."""
    whole = covered_box(hole)
    if whole is None:
        return []
    left, top, right, bottom = whole
    found = [box for _, box in pieces(hole[top:bottom, left:right])]
    boxes = [(box[0] + left, box[1] + top, box[2] + left, box[3] + top) for box in found]
    places = [(box, _around(box)) for box in boxes]
    done: list[tuple[Box, int]] = []
    while places:
        box, around = places.pop()
        near = next((place for place in done if _touch(box, place[0], max(around, place[1]))), None)
        if near is None:
            done.append((box, around))
        else:
            done.remove(near)
            both = _joined(box, near[0])
            places.append((both, _around(both)))
    return done


def _around(box: Box) -> int:
    side = max(box[2] - box[0], box[3] - box[1])
    return int(np.clip(side // 2, LEAST_AROUND, MOST_AROUND))


def _touch(first: Box, second: Box, reach: int) -> bool:
    return all(first[axis] - reach < second[axis + 2] and second[axis] - reach < first[axis + 2] for axis in (0, 1))


def _joined(first: Box, second: Box) -> Box:
    return (*map(min, first[:2], second[:2]), *map(max, first[2:], second[2:]))  # type: ignore[return-value]


def _inside(box: Box, window: tuple[slice, slice]) -> tuple[slice, slice]:
    rows, columns = window
    return slice(box[1] - rows.start, box[3] - rows.start), slice(box[0] - columns.start, box[2] - columns.start)


def _cv2(method: int) -> Filler:
    def filler(rgb: Pixels, hole: Hole) -> Pixels:
        levels = hole.astype(np.uint8)
        # cv2 fills 16 bits only one channel at a time.
        return np.dstack([cv2.inpaint(np.ascontiguousarray(plane), levels, REACH, method) for plane in cv2.split(rgb)])

    return filler


FILLERS: Final[dict[str, Filler]] = {
    "telea": _cv2(cv2.INPAINT_TELEA),
    "navier-stokes": _cv2(cv2.INPAINT_NS),
    "membrane": span,
    "patchmatch": texture,
    "best": best,
}
"""Every fill by name."""
