"""The colours a product has, and how far they are from the colours its client wants, in CIE L*a*b* under D50."""

from dataclasses import dataclass
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_linear
from pipeline.color import adobe16_to_srgb8
from pipeline.color import delta_e_2000
from pipeline.color import lab_to_linear
from pipeline.color import linear_to_adobe16
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.mask import flood_background
from pipeline.model import Photo
from pipeline.photo_io import read_photo
from pipeline.settings import Client
from pipeline.settings import Color
from pipeline.settings import Ingest

Values = NDArray[np.float64]

MOST_SAMPLES: Final = 40_000
COLORS: Final = 4
ROUNDS: Final = 12
EDGE: Final = 5
"""Pixels from the outline inwards that may still be mixed with white."""


@dataclass(frozen=True, eq=False)
class Match:
    """Colours of the product that are near wanted ones.

    Attributes:
        found: n×3 mean linear light (Adobe RGB primaries) of the product's pixels near each wanted colour.
        wanted: n×3 L*a*b* of those colours; weight: n, share of the product's pixels.
        of: how many colours are wanted in all.
    """

    found: Values
    wanted: Values
    weight: Values
    of: int

    def distance(self, gains: Values) -> float:
        """Return the mean ΔE00 to the wanted colours with `gains` (3, linear light), weighted by area."""
        return float(np.average(delta_e_2000(_lab(self.found * gains), self.wanted), weights=self.weight))


def wanted_colors(client: Client, limits: Ingest) -> tuple[tuple[float, float, float], ...]:
    """Return the client's reference as L*a*b* triples, from its patches or its photo on white; empty without one.

    Raises KnownError where the photo cannot be read: that is nobody's photo that came in, so it rejects none.
    """
    if client.reference_image:
        return _of_photo(Path(client.reference_image), client.reference_sha256, limits)
    return tuple((float(patch[0]), float(patch[1]), float(patch[2])) for patch in client.reference)


def match_colors(
    rgb: NDArray[np.uint16], mask: NDArray[np.float32], wanted: tuple[tuple[float, float, float], ...], limits: Color
) -> Match | None:
    """Return which of the `wanted` colours the product shows, or None where it shows none.

    `rgb` is uint16 H×W×3 Adobe RGB, `mask` float32 H×W. A pixel speaks for the nearest wanted colour, where that is
    within `limits.reference_reach` ΔE76; a colour counts from `limits.reference_share` of the product's area on.
    """
    pixels = _samples(rgb, mask)
    if not len(pixels) or not wanted:
        return None
    lab = adobe16_to_lab(pixels[None])[0]
    targets = np.asarray(wanted, np.float64)
    apart = np.linalg.norm(lab[:, None] - targets[None], axis=2)
    nearest, near = apart.argmin(axis=1), apart.min(axis=1) <= limits.reference_reach
    light = adobe16_to_linear(pixels[None])[0].astype(np.float64)
    shares = np.array([float((near & (nearest == index)).mean()) for index in range(len(targets))])
    counted = np.flatnonzero(shares >= limits.reference_share)
    if not len(counted):
        return None
    found = np.stack([light[near & (nearest == index)].mean(axis=0) for index in counted])
    return Match(found, targets[counted], shares[counted], len(targets))


def matching_gains(match: Match, *, limit: float) -> Values:
    """Return gains per channel of linear light that bring the found colours nearest to the wanted ones.

    One set of gains for the whole product (least squares of log light, weighted by area), so that its colours keep
    their relations; weakened until no found colour moves more than `limit` ΔE00.
    """
    target = lab_to_linear(match.wanted.astype(np.float32)).astype(np.float64)
    logs = np.log(np.maximum(target, 1e-4)) - np.log(np.maximum(match.found, 1e-4))
    full = np.exp(np.average(logs, axis=0, weights=match.weight))
    before, strength = _lab(match.found), 1.0
    while strength > 0.05:
        gains = full**strength
        if float(delta_e_2000(before, _lab(match.found * gains)).max()) <= limit:
            return gains
        strength *= 0.9
    return np.ones(3)


def palette(photo: Photo) -> tuple[tuple[float, float, float], ...]:
    """Return up to four L*a*b* colours of the product on `photo` (its alpha, else what is not white from the rim)."""
    if photo.alpha is not None and float(photo.alpha.min()) < 0.5:
        mask = photo.alpha
    else:
        mask = (~flood_background(adobe16_to_srgb8(photo.rgb))).astype(np.float32)
    pixels = _samples(photo.rgb, mask)
    if not len(pixels):
        return ()
    return tuple((float(mean[0]), float(mean[1]), float(mean[2])) for mean in _means(adobe16_to_lab(pixels[None])[0]))


@lru_cache(maxsize=8)
def _of_photo(path: Path, sha256: str, limits: Ingest) -> tuple[tuple[float, float, float], ...]:
    try:
        return palette(read_photo(path, name=path.name, limits=replace(limits, min_longest_side=1)))
    except (BadImageError, OSError) as error:
        raise KnownError(f"The client's reference photo {path} cannot be used: {error}") from error


def _means(lab: NDArray[np.float32]) -> Values:
    """Means of up to four clusters (Lloyd 1982), started at the lightness quantiles: the same answer every time."""
    order = lab[lab[:, 0].argsort()]
    means = order[np.linspace(0, len(order) - 1, 2 * COLORS + 1).astype(int)[1::2]].astype(np.float64)
    for _ in range(ROUNDS):
        nearest = np.linalg.norm(lab[:, None] - means[None], axis=2).argmin(axis=1)
        means = np.stack([lab[nearest == index].mean(axis=0) for index in np.unique(nearest)])
    return means


def _samples(rgb: NDArray[np.uint16], mask: NDArray[np.float32]) -> NDArray[np.uint16]:
    """At most 40,000 pixels (n×3) well inside the product, evenly spread; all of it where it is thinner than that."""
    solid = (mask >= 1).astype(np.uint8)
    inner = cv2.erode(solid, np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8))
    chosen = np.flatnonzero(inner if inner.any() else solid)
    step = max(1, len(chosen) // MOST_SAMPLES)
    return rgb.reshape(-1, 3)[chosen[::step]]


def _lab(light: Values) -> NDArray[np.float32]:
    return adobe16_to_lab(linear_to_adobe16(light.astype(np.float32)[None]))[0]
