"""LPIPS as a network in one ONNX file: how different two pictures look to a trained eye; only where it is installed.

Zhang, Isola, Efros, Shechtman and Wang 2018. The file takes two pictures, float32 n×3×64×64 (or of free sizes) in
-1..1, and answers with n distances, as the authors' own package exports it.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import Final

import numpy as np
import platformdirs
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.settings import Settings
from pipeline.tools.onnx_networks import compute
from pipeline.tools.onnx_networks import open_session
from pipeline.tools.recipe import Recipe
from pipeline.tools.weights import read_confirmed

NAME: Final = "lpips"
ENVIRONMENT: Final = "WHITEPOINT_NETWORKS"
TILE: Final = 64
"""Pixels a side of the tiles that are compared: AlexNet's first layers see no smaller ones."""

Tiles = NDArray[np.float32]


def place_of(name: str) -> Path:
    """Return where a network that does not cut out lies: $WHITEPOINT_NETWORKS, else in the account's data folder."""
    home = os.environ.get(ENVIRONMENT) or platformdirs.user_data_path("whitepoint", appauthor=False) / "networks"
    return Path(home) / f"{name}.onnx"


@dataclass(frozen=True, eq=False)
class Perceptual:
    """An open network; `sha256` names its file for the record."""

    session: Any
    sha256: str

    def distances(self, one: Tiles, other: Tiles) -> NDArray[np.float32]:
        """Return the distance (0 is alike) of each pair of tiles, float32 n×64×64×3 in 0..1: n."""
        names = [each.name for each in self.session.get_inputs()]
        found = [self._one(names, first, second) for first, second in zip(one, other, strict=True)]
        return np.array(found, np.float32)

    def _one(self, names: list[str], first: Tiles, second: Tiles) -> float:
        pair = (np.ascontiguousarray(2 * tile.transpose(2, 0, 1)[None] - 1) for tile in (first, second))
        answer = np.ravel(compute(self.session, None, dict(zip(names, pair, strict=True)), place_of(NAME))[0])
        if answer.size != 1:
            raise KnownError(f"{place_of(NAME)} answers with {answer.size} numbers for one pair; install it again.")
        return float(answer[0])


def open_perceptual(settings: Settings) -> Perceptual | None:
    """Return the installed network, opened once a process; None where there is none.

    Raises KnownError where its file is not the confirmed one or does not compare two pictures.
    """
    path = place_of(NAME)
    if not path.is_file():
        return None
    about = path.stat()
    return _opened(path, about.st_mtime_ns, Recipe(settings))


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int, recipe: Recipe) -> Perceptual:
    content, sha256 = read_confirmed(path, NAME)
    session = open_session(content, path, recipe.settings)
    if len(session.get_inputs()) != 2:
        raise KnownError(
            f"{path} does not compare two pictures; export LPIPS with both as inputs and install it again."
        )
    return Perceptual(session, sha256)
