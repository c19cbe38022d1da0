"""Colours set by hand: white balance and exposure as gains of linear light, single hues in CIE L*C*h.

A grade is a frozen record (`pipeline.model.Grade`); the same one gives the same pixels again.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_linear
from pipeline.color import lab_to_linear
from pipeline.color import linear_to_adobe16
from pipeline.model import Grade
from pipeline.model import HueShift

Pixels = NDArray[np.uint16]
Floats = NDArray[np.float32]
Gains = tuple[float, float, float]

LUMINANCE: Final = (0.29734, 0.62736, 0.07529)
"""Y of linear Adobe RGB (1998) Color Image Encoding, section 4.3.5.3."""
REACH: Final = 45.0
"""Degrees of hue over which a correction fades out to both sides."""
GREY: Final = (4.0, 16.0)
"""C* between which a colour begins to have a hue, and has one."""
FAINTEST: Final = 1 / 16
"""Cover below which a pixel of the soft edge is too little product to have a hue of its own."""


def hand_gains(grade: Grade) -> Gains:
    """Return the gains of linear light (Adobe RGB primaries) for a grade's white point and exposure.

    The white point's own luminance is kept: what shall be grey gets no lighter by becoming so.
    """
    gains = np.ones(3)
    if grade.white is not None:
        point = np.maximum(np.array([grade.white[0], 1.0, grade.white[1]]), 1e-6)
        gains = float(point @ LUMINANCE) / point
    red, green, blue = (float(gain) for gain in gains * 2.0**grade.exposure)
    return red, green, blue


def picked_white(rgb: Pixels) -> tuple[float, float]:
    """Return red/green and blue/green in linear light of pixels (uint16 …×3) that shall be grey."""
    red, green, blue = adobe16_to_linear(rgb.reshape(1, -1, 3))[0].mean(axis=0).astype(float)
    return red / max(green, 1e-6), blue / max(green, 1e-6)


def with_hues(rgb: Pixels, hues: tuple[HueShift, ...]) -> Pixels:
    """Return `rgb` (uint16 h×w×3 Adobe RGB) with the corrections of single hues; greys stay bit for bit."""
    if not any(_matters(hue) for hue in hues):
        return rgb
    lab = adobe16_to_lab(rgb)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    light, new_chroma, new_hue = lab[..., 0].copy(), chroma.copy(), hue.copy()
    low, high = GREY
    coloured = np.clip((chroma - low) / (high - low), 0, 1)
    for shift in hues:
        apart = np.abs((hue - shift.hue + 180) % 360 - 180)
        share = np.where(apart < REACH, 0.5 + 0.5 * np.cos(np.pi * apart / REACH), 0) * coloured
        new_hue += share * np.float32(shift.turn)
        new_chroma *= 1 + share * np.float32(shift.chroma - 1)
        light += share * np.float32(shift.lightness)
    changed = (new_hue != hue) | (new_chroma != chroma) | (light != lab[..., 0])
    turned = np.radians(new_hue)
    made = np.stack([np.clip(light, 0, 100), new_chroma * np.cos(turned), new_chroma * np.sin(turned)], axis=-1)
    return np.where(changed[..., None], linear_to_adobe16(lab_to_linear(made.astype(np.float32))), rgb)


def product_with_hues(result: Pixels, mask: Floats, hues: tuple[HueShift, ...]) -> Pixels:
    """Return `result` (uint16 h×w×3 on white) with hues corrected in the product's own share of each pixel.

    `mask` is float32 h×w 0..1; where it is 0 nothing changes.
    """
    if not any(_matters(hue) for hue in hues):
        return result
    share = np.maximum(mask, np.float32(FAINTEST))[..., None]
    white = np.float32(65535) * (1 - share)
    own = np.rint(np.clip((result - white) / share, 0, 65535)).astype(np.uint16)
    graded = with_hues(own, hues)
    composed = np.rint(np.clip(graded * share + white, 0, 65535)).astype(np.uint16)
    return np.where((graded != own).any(axis=2, keepdims=True) & (mask > 0)[..., None], composed, result)


def by_hand(rgb: Pixels, grade: Grade) -> Pixels:
    """Return `rgb` (uint16 h×w×3 Adobe RGB) in the colours of a grade alone, before any other correction."""
    gains = hand_gains(grade)
    if gains != (1.0, 1.0, 1.0):
        rgb = linear_to_adobe16(adobe16_to_linear(rgb) * np.float32(gains))
    return with_hues(rgb, grade.hues)


def _matters(hue: HueShift) -> bool:
    return bool(hue.turn or hue.lightness) or hue.chroma != 1
