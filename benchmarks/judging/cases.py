"""Which correct results get which fault: bases from the shared test pictures, cases by seed."""

import itertools
from dataclasses import dataclass
from dataclasses import replace
from functools import cache
from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks.judging.lettering import BENCH
from pipeline.model import WorkItem
from training.defects.base import Studio
from training.defects.base import cut_base
from training.defects.base import finished_base
from training.defects.base import open_studio
from training.defects.base import read_coverage
from training.defects.base import read_rgb
from training.defects.catalog import CONTROLS
from training.defects.catalog import KINDS

SHARED = Path(__file__).resolve().parents[3] / "shared"
CLEAN = "clean"
QUICK_CUT = ("book-grey", "mug-green-hard-shadow", "ring-silver", "crate-oak-warm", "toy-red-blue-backdrop")


@dataclass(frozen=True)
class Case:
    """One image of the bench: which base, which fault (or "clean"), how strong, which seed."""

    base: str
    kind: str
    strength: float
    seed: int


def cut_names() -> list[str]:
    """Names of the frames with exact coverage."""
    return sorted(path.name.removesuffix(".alpha.png") for path in (SHARED / "shoot").glob("*.alpha.png"))


def finished_names() -> list[str]:
    """File names of the finished packshots."""
    return sorted(path.name for path in (SHARED / "abo").glob("*.jpg"))


def all_cases(*, bases_per_strength: int, clean_variants: int, cut: list[str], finished: list[str]) -> list[Case]:
    """Return every kind at every strength on so many bases, taken in turn, a rare one on all; and the clean ones."""
    cases = [Case(name, CLEAN, 0, seed) for name in (*cut, *finished) for seed in range(clean_variants)]
    for index, (kind, rules) in enumerate((KINDS | CONTROLS).items()):
        names = [*cut, *finished] if rules.finished else cut
        turn = itertools.cycle(names[index % len(names) :] + names[: index % len(names)])
        for strength in rules.strengths:
            count = max(bases_per_strength, len(names)) if rules.rare else bases_per_strength
            cases += [Case(next(turn), kind, strength, seed) for seed in range(count)]
    return cases


@cache
def studio() -> Studio:
    """The shipped settings and engines and the bench's own lettering, once a process."""
    return open_studio(BENCH)


@lru_cache(maxsize=3)
def base(name: str) -> WorkItem:
    """The correct result of a shared picture."""
    if name.endswith(".jpg"):
        return finished_base(name, read_rgb(SHARED / "abo" / name), studio())
    folder = SHARED / "shoot"
    return cut_base(name, read_rgb(folder / f"{name}.png"), read_coverage(folder / f"{name}.alpha.png"), studio())


@lru_cache(maxsize=1)
def variant(name: str, seed: int) -> WorkItem:
    """A correct result of the same picture mirrored, a little brighter or darker, with another sensor's noise."""
    if seed == 0:
        return base(name)
    rng = np.random.default_rng((3, seed))
    if name.endswith(".jpg"):
        return finished_base(name, _other(read_rgb(SHARED / "abo" / name), rng, noise=0.0), studio())
    folder = SHARED / "shoot"
    rgb = _other(read_rgb(folder / f"{name}.png"), rng, noise=1.2)
    coverage = read_coverage(folder / f"{name}.alpha.png")
    return cut_base(name, rgb, coverage[:, ::-1], studio())


def _other(rgb: np.ndarray, rng: np.random.Generator, *, noise: float) -> np.ndarray:
    light = rgb[:, ::-1].astype(np.float32) / 255
    # Exposure keeps black and white where they are, as a photographer's curve does.
    curved = light ** rng.uniform(0.9, 1.12) * 255 + rng.normal(0, 1, light.shape) * noise
    return np.clip(np.rint(curved), 0, 255).astype(np.uint8)


def without_pixels(item: WorkItem) -> WorkItem:
    """The item without its intermediate arrays, to keep a process small."""
    return replace(item, cutout=None, draft=None)
