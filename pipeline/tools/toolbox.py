"""The Toolbox: everything made by others, opened when first used, as plain data that travels to worker processes."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pipeline.settings import Settings
from pipeline.tools.perceptual import Perceptual
from pipeline.tools.perceptual import open_perceptual
from pipeline.tools.recipe import Recipe
from pipeline.tools.segmenters import Segmenter
from pipeline.tools.segmenters import is_installed
from pipeline.tools.segmenters import open_segmenter

_OPENING: Final = threading.Lock()


@dataclass(frozen=True)
class Toolbox:
    """A recipe for tools: pickles as its settings; each process opens each engine once."""

    settings: Settings
    own_models: Path | None = None
    """The folder of the models that the studio refitted for itself; None where there is no studio."""

    def segmenter(self, name: str) -> Segmenter:
        """Return the engine of that name, opened on first use; raises KnownError or NotFoundError with a sentence."""
        # Two threads that ask at once must not load the same weights twice.
        with _OPENING:
            return _opened(name, Recipe(self.settings))

    def perceptual(self) -> Perceptual | None:
        """Return the network that compares pictures as an eye does, opened on first use; None where none is."""
        with _OPENING:
            return open_perceptual(self.settings)

    def alternatives(self, name: str) -> tuple[str, ...]:
        """Return the engines to try after `name`, in the settings' order: only those whose weights are installed."""
        others = (other for other in self.settings.tools.alternatives if other != name)
        return tuple(other for other in others if is_installed(other, self.settings))


def open_toolbox(settings: Settings, studio: Path | None = None) -> Toolbox:
    """Return the Toolbox of these settings, with the own models of the studio in that folder.

    Nothing is loaded before it is used.
    """
    return Toolbox(settings, studio / "models" if studio else None)


@lru_cache(maxsize=4)
def _opened(name: str, recipe: Recipe) -> Segmenter:
    # Weights are hundreds of megabytes and a task carries only the recipe: one session per process and engine.
    return open_segmenter(name, recipe.settings)
