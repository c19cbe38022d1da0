"""Faults seeded into good results, to learn who sees them: a small set of its own, each plain once one has seen it."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import SOLID
from pipeline.mask import Matte

Picture = NDArray[np.uint8]
Seed = Callable[[Picture, Matte, np.random.Generator], Picture]

GREYS: Final = (200, 232)
DIRT: Final = (232, 246)
NEAR: Final = 12
"""Pixels beside the outline that a piece of dirt keeps clear of."""


def halo(picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Leave a pale grey ring along a part of the outline, about a four-hundredth of the side wide."""
    width = max(2, round(max(mask.shape) / 400))
    grown = cv2.dilate(mask, _disc(width))
    ys, xs = np.nonzero(mask >= SOLID)
    angles = np.arctan2(
        *(axis - middle for axis, middle in zip(np.indices(mask.shape), (ys.mean(), xs.mean()), strict=True))
    )
    part = np.cos(angles - rng.uniform(0, 2 * np.pi)) > rng.uniform(-1, 0)
    cover = np.where(part, np.maximum(grown - mask, 0), 0)
    return _painted(picture, cover, int(rng.integers(*GREYS)))


def bite(picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Take a bite out of the product at its outline."""
    rim = cv2.morphologyEx((mask >= SOLID).astype(np.uint8), cv2.MORPH_GRADIENT, _disc(1))
    return _painted(
        picture, _blob(mask.shape, _pick(rim > 0, rng), max(mask.shape) * rng.uniform(0.02, 0.035), rng), 255
    )


def spot(picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Put a dark blotch on the product."""
    radius = max(mask.shape) * rng.uniform(0.008, 0.016)
    inside = cv2.erode((mask >= SOLID).astype(np.uint8), _disc(round(radius))) > 0
    place = _pick(inside if inside.any() else mask >= SOLID, rng)
    cover = 0.7 * _blob(mask.shape, place, radius, rng)
    return _painted(picture, cover, 20)


def residue(picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Leave a pale piece of backdrop beside the product."""
    radius = max(mask.shape) * rng.uniform(0.015, 0.03)
    reach = round(radius) + NEAR
    beside = (cv2.dilate((mask > 0).astype(np.uint8), _disc(3 * reach)) > 0) & (
        cv2.dilate((mask > 0).astype(np.uint8), _disc(reach)) == 0
    )
    place = _pick(beside if beside.any() else mask == 0, rng)
    cover = _blob(mask.shape, place, radius, rng) * (mask == 0)
    return _painted(picture, cover, int(rng.integers(*DIRT)))


def cast(picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Tint the product, warm or cold."""
    gains = np.array([1.12, 1.0, 0.86] if rng.random() < 0.5 else [0.87, 0.99, 1.13])
    tinted = picture * (1 - (1 - gains) * mask[..., None])
    return np.clip(np.rint(tinted), 0, 255).astype(np.uint8)


SEEDS: Final[dict[str, Seed]] = {"halo": halo, "bite": bite, "spot": spot, "residue": residue, "cast": cast}


def seeded(name: str, picture: Picture, mask: Matte, rng: np.random.Generator) -> Picture:
    """Return a result (uint8 H×W×3 sRGB) with the fault of that name; `mask` is its float32 H×W cover, 0..1."""
    return SEEDS[name](picture, mask, rng)


def _painted(picture: Picture, cover: Matte, grey: int) -> Picture:
    share = cover[..., None]
    return np.rint(picture * (1 - share) + grey * share).astype(np.uint8)


def _blob(shape: tuple[int, ...], place: tuple[int, int], radius: float, rng: np.random.Generator) -> Matte:
    """A rounded shape with soft edges, float32 H×W 0..1."""
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = radius * (1 + 0.2 * np.sin(turns * rng.integers(2, 5) + rng.uniform(0, 6)))
    points = np.stack([place[0] + reach * np.cos(turns), place[1] + reach * np.sin(turns)], axis=1)
    drawn = np.zeros(shape, np.uint8)
    cv2.fillPoly(drawn, [np.rint(points * 16).astype(np.int32)], 255, cv2.LINE_AA, shift=4)
    return cv2.GaussianBlur(drawn, (0, 0), max(0.6, radius / 12)).astype(np.float32) / 255


def _pick(where: NDArray[np.bool_], rng: np.random.Generator) -> tuple[int, int]:
    """A pixel of those, as x, y."""
    ys, xs = np.nonzero(where)
    chosen = int(rng.integers(len(xs)))
    return int(xs[chosen]), int(ys[chosen])


def _disc(radius: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1,) * 2)
