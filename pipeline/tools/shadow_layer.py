"""A product's shadow as a layer of its own: how much of the ground's light is missing, never a colour.

A layer is float32 h×w 0..1 on a small copy of the original's frame: 0 is bare ground, 1 would be black. It lies under
the product, so what stands in the product's own place only shows through its soft edge.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_linear
from pipeline.color import adobe16_to_srgb_float
from pipeline.color import linear_to_adobe16
from pipeline.framing import resample
from pipeline.mask import Matte
from pipeline.mask import quantize
from pipeline.mask import subject_box
from pipeline.model import Frame
from pipeline.settings import Shadow
from pipeline.tools.backdrop import fit_backdrop
from pipeline.tools.evidence import linear
from pipeline.tools.tiling import small_size

Layer = NDArray[np.float32]

STRAY: Final = 0.25
"""How far the light may stray from the backdrop's chromaticity, as a share of it, before half of it counts."""
LIFTED: Final = 0.12
"""An outline this share of the product's longest side above its lowest point stands on nothing (a handle, a spout)."""
ROW_SHARE: Final = 0.35
"""A shadow leaves at least this share of each row's bare ground."""
CORE: Final = 0.12
"""Share of the light that the darkest place of a shadow lacks at least."""
FREE_EDGE: Final = 2
"""Outermost result pixels that a layer never reaches."""


def natural_shadow(rgb: NDArray[np.uint16], mask: Matte, numbers: Shadow, *, side: int) -> Layer:
    """Return the photo's own shadow: backdrop, darker, of the same chromaticity, that hangs together with the product.

    `rgb` is uint16 H×W×3 Adobe RGB, `mask` float32 H×W 0..1; the layer's longest side is at most `side` pixels. Light
    over the fitted backdrop's light (Horprasert, Harwood and Davis 1999: same chromaticity, less brightness).
    """
    size = small_size(mask.shape, side)
    small = adobe16_to_srgb_float(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    cover = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    light, ground = linear(small), linear(fit_backdrop(small).at(*size))
    power = np.square(ground).sum(axis=2) + 1e-6
    share = (light * ground).sum(axis=2) / power
    stray = np.sqrt(np.square(light - share[..., None] * ground).sum(axis=2) / power)
    alike = 1 / (1 + np.square(stray / (STRAY * np.clip(share, 0.05, 1))))
    reach = 2 * numbers.clearance + 1
    near = cv2.dilate((cover > 0).astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    share /= 1 - _sweep(1 - share, near > 0)
    dark = np.clip((1 - share - numbers.faint) / (1 - numbers.faint), 0, 1)
    known = (alike * (near == 0)).astype(np.float32)
    kept = (dark * _shadows(dark * known, near > 0, numbers.faint)).astype(np.float32)
    filled = _filled(kept, known, near > 0, numbers.clearance)
    return quantize(cv2.GaussianBlur(filled, (0, 0), numbers.softness))


def contact_shadow(mask: Matte, numbers: Shadow, *, side: int) -> Layer:
    """Return a synthetic soft shadow along the product's footing: the lowest outline, fading where it rises."""
    size = small_size(mask.shape, side)
    cover = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    box = subject_box(cover)
    ground = np.zeros(cover.shape, np.float32)
    if box is None:
        return ground
    length = max(box[2] - box[0], box[3] - box[1])
    solid = cover >= 0.5
    columns = np.flatnonzero(solid.any(axis=0))
    bottoms = cover.shape[0] - 1 - solid[::-1, columns].argmax(axis=0)
    rise = (bottoms.max() - bottoms) / max(1.0, LIFTED * length)
    below = np.minimum(bottoms + max(1, round(numbers.contact_core * length / 2)), cover.shape[0] - 1)
    ground[below, columns] = np.exp(-np.square(rise))
    core = _spread(ground, numbers.contact_core * length)
    wide = _spread(ground, numbers.contact_spread * length)
    return quantize(numbers.contact * np.maximum(core, 0.5 * wide))


def placed(layer: Layer, shape: tuple[int, int], frame: Frame, numbers: Shadow) -> Matte:
    """Return `layer` at the result's pixels (float32, 255 levels): `shape` is the original's height and width.

    It ends in nothing before the frame, however far the shadow falls.
    """
    whole = cv2.resize(layer, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    seen = resample(whole, frame, outside=0.0)
    fade = max(frame.size) * numbers.frame_fade
    across, down = (_ramp(length, fade) for length in frame.size)
    return quantize(seen * across[None, :] * down[:, None])


def under(result: NDArray[np.uint16], mask: Matte, shadow: Matte) -> NDArray[np.uint16]:
    """Return `result` (uint16 H×W×3 Adobe RGB, the product on white) with `shadow` on the white below the product.

    What the product covers wholly stays bit for bit; where neither is, pixels stay exactly white.
    """
    missing = (1 - mask) * shadow
    where = missing > 0
    darkened = result.copy()
    if where.any():
        light = adobe16_to_linear(result[where][None]) - missing[where][None, :, None]
        darkened[where] = linear_to_adobe16(np.clip(light, 0, 1))[0]
    return darkened


def _sweep(dark: Layer, near: NDArray[np.bool_]) -> Layer:
    """How much darker than fitted each row is all along, float32 h×1: where a sweep bends, not where a shadow lies."""
    rows = np.where(near, np.nan, dark)
    rows[np.isnan(rows).all(axis=1)] = 0
    level = np.clip(np.nanquantile(rows, ROW_SHARE, axis=1), 0, 0.5).astype(np.float32)
    return cv2.GaussianBlur(level[:, None], (0, 0), sigmaX=1, sigmaY=2)


def _filled(dark: Layer, known: Layer, near: NDArray[np.bool_], clearance: int) -> Layer:
    """Fill what lies near and below the product from around it (normalised convolution, Knutsson and Westin 1993)."""
    total, weight = np.zeros_like(dark), np.zeros_like(dark)
    for scale, share in ((1.0, 1.0), (4.0, 1e-3), (16.0, 1e-6)):
        sigma = scale * clearance
        weight += share * _blur(known, sigma)
        total += share * _blur(dark * known, sigma)
    return np.where(near, total / (weight + 1e-12), dark * known).astype(np.float32)


def _blur(plane: Layer, sigma: float) -> Layer:
    """Gaussian of any width in little time: a wide one is smooth enough to be found on a smaller copy."""
    by = max(1, int(sigma // 3))
    size = max(1, plane.shape[1] // by), max(1, plane.shape[0] // by)
    small = cv2.GaussianBlur(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / by)
    return cv2.resize(small, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_LINEAR)


def _shadows(dark: Layer, near: NDArray[np.bool_], faint: float) -> Layer:
    """1 for dark patches at the product with a core that is surely shadow, 0 for the backdrop's own unevenness."""
    count, labels = cv2.connectedComponents(((dark > faint / 2) & ~near).astype(np.uint8), connectivity=8)
    beside = cv2.dilate(near.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    kept = np.zeros(count, np.float32)
    kept[np.intersect1d(labels[beside], labels[dark > CORE])] = 1
    kept[0] = 0
    return kept[labels]


def _spread(line: Layer, sigma: float) -> Layer:
    """Blur a line of footing flat along the ground, at most 1."""
    blurred = cv2.GaussianBlur(line, (0, 0), sigmaX=max(0.5, 2 * sigma), sigmaY=max(0.5, sigma))
    return blurred / max(float(blurred.max()), 1e-6)


def _ramp(length: int, fade: float) -> NDArray[np.float32]:
    """A smooth rise from exactly 0 at both ends of `length` pixels to 1 after `fade` pixels."""
    from_end = np.minimum(np.arange(length), np.arange(length)[::-1])
    rise = np.clip((from_end - FREE_EDGE + 1) / max(1.0, fade), 0, 1)
    return (rise * rise * (3 - 2 * rise)).astype(np.float32)
