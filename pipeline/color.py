"""Colour maths: sRGB ↔ Adobe RGB (1998) ↔ CIE L*a*b* in float32, ΔE2000, and the two ICC profiles we write.

Every conversion works in short pieces, so that an image of any size needs little memory beside its result.
White (the largest value in all three channels) maps to exactly white in every direction.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import cv2
import imagecodecs
import numpy as np
from numpy.typing import NDArray

ADOBE_GAMMA: Final = 563 / 256
"""Adobe RGB (1998) Color Image Encoding, section 4.3.4.2."""

_D65: Final = (0.3127, 0.3290)
_SRGB_PRIMARIES: Final = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_ADOBE_PRIMARIES: Final = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
_D50_WHITE: Final = np.array([0.96422, 1.0, 0.82521])
_BRADFORD: Final = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_PIECE_SAMPLES: Final = 1 << 14
"""Small enough for the processor's own memory, and for the allocator to use the same buffers again: five times faster
than pieces of a megabyte, whose pages the system hands out and takes back every time."""
_BLOCK: Final = 1024
"""Pixels; cv2 raises numbers to a power in blocks of so many."""
_MARGIN: Final = 64
_CREATION_TIME: Final = slice(24, 36)

Floats = NDArray[np.float32]


def srgb8_to_adobe16(rgb: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Convert uint8 H×W×3 sRGB to uint16 H×W×3 Adobe RGB, both gamma-encoded, full range; error at most 0.51 levels."""
    return _in_pieces(rgb, np.uint16, lambda piece: _adobe_encoded(_linear(piece, _srgb_lut8()), _srgb_to_adobe()))


def srgb16_to_adobe16(rgb: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Convert uint16 H×W×3 sRGB to uint16 H×W×3 Adobe RGB, both gamma-encoded, full range; error below 0.6 levels."""
    return _in_pieces(rgb, np.uint16, lambda piece: _adobe_encoded(_linear(piece, _srgb_lut16()), _srgb_to_adobe()))


def adobe16_to_srgb8(rgb: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Convert uint16 H×W×3 Adobe RGB to uint8 H×W×3 sRGB; colours outside sRGB are clipped per channel."""
    return _in_pieces(rgb, np.uint8, _srgb8)


def adobe16_to_srgb_float(rgb: NDArray[np.uint16]) -> Floats:
    """Convert uint16 H×W×3 Adobe RGB to float32 H×W×3 gamma-encoded sRGB 0..1, clipped per channel; error < 2e-5."""
    return _in_pieces(rgb, np.float32, lambda piece: cv2.LUT(_root_coded(piece), _srgb_float_from_root()))


def adobe16_to_linear(rgb: NDArray[np.uint16]) -> Floats:
    """Convert uint16 H×W×3 (or H×W×1, N×3 …) Adobe RGB to linear light, float32 0..1, same primaries."""
    return _in_pieces(rgb, np.float32, lambda piece: _linear(piece, _adobe_lut16()))


def linear_to_adobe16(linear: Floats) -> NDArray[np.uint16]:
    """Encode linear light (float, Adobe RGB primaries, clipped to 0..1) as uint16 Adobe RGB of the same shape."""
    return _in_pieces(linear.astype(np.float32, copy=False), np.uint16, _adobe_gamma)


def adobe16_to_lab(rgb: NDArray[np.uint16]) -> Floats:
    """Convert uint16 H×W×3 Adobe RGB to CIE 1976 L*a*b*, float32 H×W×3, white point D50 (Bradford from D65).

    D50 is what ICC profiles and printed ColorChecker references speak. L* is 0..100; white is 100, 0, 0.
    """
    return _in_pieces(rgb, np.float32, _lab)


def lab_to_linear(lab: Floats) -> Floats:
    """Convert …×3 CIE 1976 L*a*b* (D50) to linear light, Adobe RGB primaries, float32; may leave 0..1 outside gamut."""
    flat = np.asarray(lab, np.float64).reshape(-1, 3)
    f_y = (flat[:, 0] + 16) / 116
    f = np.stack([f_y + flat[:, 1] / 500, f_y, f_y - flat[:, 2] / 200], axis=1)
    ratios = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29))
    back = np.linalg.inv(_adobe_to_white_ratios().astype(np.float64))
    return (ratios @ back.T).reshape(np.shape(lab)).astype(np.float32)


def delta_e_2000(lab1: Floats, lab2: Floats) -> Floats:
    """Return CIEDE2000 (Sharma, Wu, Dalal 2005; kL = kC = kH = 1) of two …×3 arrays as float32 of shape ….

    Costs about 2 s per megapixel: give it samples or at most 0.25 megapixels.
    """
    # scikit-image takes half a second to import: only those who judge colour pay for it.
    from skimage.color import deltaE_ciede2000

    return np.asarray(deltaE_ciede2000(lab1, lab2), dtype=np.float32)


@lru_cache(maxsize=1)
def adobe_profile() -> bytes:
    """Return an Adobe RGB (1998)-compatible ICC profile; the same bytes every time."""
    return _without_creation_time(imagecodecs.cms_profile("adobergb"))


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """Return an sRGB ICC profile; the same bytes every time."""
    return _without_creation_time(imagecodecs.cms_profile("srgb"))


def _without_creation_time(profile: bytes) -> bytes:
    data = bytearray(profile)
    data[_CREATION_TIME] = bytes(12)
    return bytes(data)


def _in_pieces(source: NDArray, dtype: type, convert: Callable[[NDArray], NDArray]) -> NDArray:
    """Apply `convert` to runs of pixels shaped 1×n×channels; the result has the shape of `source`.

    What becomes of a pixel depends on nothing but the pixel, wherever it lies: cv2 rounds the last pixels of a run and
    of its blocks in another way than the rest, so every run is a number of whole blocks and a margin that is dropped.
    """
    channels = source.shape[-1]
    pixels = source.reshape(1, -1, channels)
    result = np.empty(pixels.shape, dtype)
    step = max(1, _PIECE_SAMPLES // channels // _BLOCK) * _BLOCK
    run = np.zeros((1, min(step, pixels.shape[1] + _BLOCK) + _MARGIN, channels), source.dtype)
    for start in range(0, pixels.shape[1], step):
        size = min(step, pixels.shape[1] - start)
        piece = run[:, : size + -size % _BLOCK + _MARGIN]
        piece[:, :size] = pixels[:, start : start + size]
        result[:, start : start + size] = convert(piece).reshape(piece.shape)[:, :size]
    return result.reshape(source.shape)


def _linear(piece: NDArray, lut: Floats) -> Floats:
    return cv2.LUT(_flat(piece), lut).reshape(piece.shape)


def _flat(piece: NDArray) -> NDArray:
    # One channel per sample: cv2's scalars would otherwise touch only the first channel.
    return piece.reshape(piece.shape[0], -1)


def _adobe_encoded(linear: Floats, matrix: Floats) -> NDArray[np.uint16]:
    return _adobe_gamma(cv2.transform(linear, matrix))


def _adobe_gamma(linear: Floats) -> NDArray[np.uint16]:
    positive = cv2.max(_flat(linear), 0.0)
    encoded = cv2.pow(positive, 1 / ADOBE_GAMMA)
    return cv2.multiply(encoded, 65535.0, dtype=cv2.CV_16U).reshape(linear.shape)


def _srgb8(piece: NDArray[np.uint16]) -> NDArray[np.uint8]:
    # Half of a product's frame is white, and to see that takes a fiftieth of the time.
    if piece.min() == 65535:
        return np.full(piece.shape, 255, np.uint8)
    return cv2.LUT(_root_coded(piece), _srgb8_from_root())


def _root_coded(piece: NDArray[np.uint16]) -> NDArray[np.uint16]:
    # The square root spreads the dark levels, so that a table of 65,536 entries is exact enough everywhere.
    linear = cv2.transform(_linear(piece, _adobe_lut16()), _adobe_to_srgb())
    return cv2.multiply(cv2.sqrt(cv2.max(_flat(linear), 0.0)), 65535.0, dtype=cv2.CV_16U)


def _lab(piece: NDArray[np.uint16]) -> Floats:
    ratios = cv2.transform(_linear(piece, _adobe_lut16()), _adobe_to_white_ratios())
    cubes = cv2.pow(cv2.max(_flat(ratios), 0.0), 1 / 3).reshape(ratios.shape)
    dark = ratios * np.float32(841 / 108) + np.float32(4 / 29)
    f = np.where(ratios > np.float32((6 / 29) ** 3), cubes, dark)
    return cv2.transform(f, _LAB_FROM_F)


_LAB_FROM_F: Final = np.array([[0, 116, 0, -16], [500, -500, 0, 0], [0, 200, -200, 0]], np.float32)


@lru_cache(maxsize=1)
def _srgb_lut8() -> Floats:
    return _srgb_to_linear(np.arange(256) / 255)


@lru_cache(maxsize=1)
def _srgb_lut16() -> Floats:
    return _srgb_to_linear(np.arange(65536) / 65535)


@lru_cache(maxsize=1)
def _adobe_lut16() -> Floats:
    return _table((np.arange(65536) / 65535) ** ADOBE_GAMMA)


@lru_cache(maxsize=1)
def _srgb_float_from_root() -> Floats:
    linear = (np.arange(65536) / 65535) ** 2
    return _table(np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055))


@lru_cache(maxsize=1)
def _srgb8_from_root() -> NDArray[np.uint8]:
    return np.rint(_srgb_float_from_root() * 255).astype(np.uint8)


def _srgb_to_linear(encoded: NDArray[np.float64]) -> Floats:
    """IEC 61966-2-1."""
    return _table(np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4))


def _table(values: NDArray[np.float64]) -> Floats:
    return values.astype(np.float32).reshape(1, -1)


@lru_cache(maxsize=1)
def _srgb_to_adobe() -> Floats:
    return _unit_rows(np.linalg.inv(_rgb_to_xyz(_ADOBE_PRIMARIES)) @ _rgb_to_xyz(_SRGB_PRIMARIES))


@lru_cache(maxsize=1)
def _adobe_to_srgb() -> Floats:
    return _unit_rows(np.linalg.inv(_rgb_to_xyz(_SRGB_PRIMARIES)) @ _rgb_to_xyz(_ADOBE_PRIMARIES))


@lru_cache(maxsize=1)
def _adobe_to_white_ratios() -> Floats:
    """Linear Adobe RGB to X/Xn, Y/Yn, Z/Zn under D50."""
    gains = (_BRADFORD @ _D50_WHITE) / (_BRADFORD @ _white_xyz())
    adapt = np.linalg.inv(_BRADFORD) @ np.diag(gains) @ _BRADFORD
    return _unit_rows(adapt @ _rgb_to_xyz(_ADOBE_PRIMARIES) / _D50_WHITE[:, None])


def _rgb_to_xyz(primaries: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
    """Columns are the primaries' XYZ, scaled so that they add up to D65 (SMPTE RP 177-1993)."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    return columns * np.linalg.solve(columns, _white_xyz())


def _white_xyz() -> NDArray[np.float64]:
    x, y = _D65
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _unit_rows(matrix: NDArray[np.float64]) -> Floats:
    # Both ends share their white, so every row adds up to one; forcing it keeps white exactly white.
    return (matrix / matrix.sum(axis=1, keepdims=True)).astype(np.float32)
