"""What the numbers of a file mean as colours, decided in a fixed order, and their way into Adobe RGB.

Order: embedded ICC, EXIF (sRGB, or Adobe RGB by its interoperability index), PNG chunks and HEIC's coded colours, and
else sRGB is assumed and said so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from typing import Final

import cv2
import imagecodecs
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe_profile
from pipeline.color import linear_to_adobe16
from pipeline.color import srgb8_to_adobe16
from pipeline.color import srgb16_to_adobe16
from pipeline.photo_io.header import PhotoHeader

ASSUMED: Final = "assumed sRGB"
EMBEDDED: Final = "embedded ICC"

_NO_OPTIMISATION: Final = 0x100
"""lcms' default tables are up to ΔE 1.3 wrong at 16 bits; without them it is right (and slow)."""
_SIGNATURES: Final = {"rgb": b"RGB ", "palette": b"RGB ", "gray": b"GRAY", "cmyk": b"CMYK"}
_SAME: Final = 0.1
"""ΔE76, a third of an 8-bit level: a profile that differs from sRGB or Adobe RGB by less is taken as that one."""
_MODEL_ERROR: Final = 0.02
_LCMS_PIXELS: Final = 1 << 18
_MODEL_PIXELS: Final = 1 << 13
"""As in color: short pieces stay in the processor's own memory; lcms prepares itself anew for each, so longer ones."""

Convert = Callable[[NDArray[Any]], NDArray[np.uint16]]


@dataclass(frozen=True)
class Source:
    """The decision: a label for `Photo.profile_source`, and the profile it means (None = sRGB)."""

    label: str
    icc: bytes | None = None
    notes: tuple[str, ...] = ()


def decide(header: PhotoHeader) -> Source:
    """Return which colours the file's numbers mean, by the fixed order of facts."""
    notes: tuple[str, ...] = ()
    if header.icc:
        if _fits(header.icc, header.space):
            return Source(EMBEDDED, header.icc)
        notes = ("its embedded ICC profile is damaged or of another colour space",)
    if header.hint == "EXIF Adobe RGB":
        return Source(header.hint, adobe_profile(), notes)
    if header.hint:
        return Source(header.hint, header.hinted, notes)
    return Source(ASSUMED, None, notes)


def to_adobe(color: NDArray[Any], source: Source) -> NDArray[np.uint16]:
    """Convert uint8 or uint16 H×W×1 grey, H×W×3 RGB or H×W×4 CMYK to uint16 H×W×3 Adobe RGB."""
    channels = color.shape[2]
    if channels == 1:
        return cv2.merge([cv2.LUT(_levels(color), _gray_table(source.icc))] * 3)
    if channels == 4:
        return _by_lcms(color, source.icc or b"", "cmyk")
    return _rgb_conversion(source.icc)(color)


def is_srgb(source: Source) -> bool:
    """Say whether the file's numbers already are sRGB, so that a screen may show them as they are."""
    return source.icc is None or (
        source.icc[16:20] == _SIGNATURES["rgb"] and _conversion_of(source.icc) is _srgb_to_adobe
    )


def _fits(icc: bytes, space: str) -> bool:
    if len(icc) < 132 or icc[36:40] != b"acsp" or icc[16:20] != _SIGNATURES[space]:
        return False
    coding, channels = ("rgb", 3) if space == "palette" else (space, {"gray": 1, "rgb": 3, "cmyk": 4}[space])
    try:
        _lcms(np.zeros((1, 1, channels), np.uint8), icc, coding)
    except (RuntimeError, ValueError):
        return False
    return True


def _levels(gray: NDArray[Any]) -> NDArray[np.uint16]:
    plane = gray[..., 0]
    return plane if plane.dtype == np.uint16 else plane.astype(np.uint16) * np.uint16(257)


@lru_cache(maxsize=8)
def _gray_table(icc: bytes | None) -> NDArray[np.uint16]:
    ramp = np.arange(65536, dtype=np.uint16).reshape(1, -1, 1)
    if icc is None:
        return srgb16_to_adobe16(np.repeat(ramp, 3, axis=2))[..., 1]
    if icc == adobe_profile():
        return ramp[..., 0]
    return _pinned(np.ascontiguousarray(_lcms(ramp, icc, "gray")[..., 1]))


def _pinned(table: NDArray[np.uint16]) -> NDArray[np.uint16]:
    # lcms' 15-bit fixed-point white comes out as 65,534 of 65,535 and would no longer be exactly white.
    return np.where(table >= 65534, np.uint16(65535), table)


def _rgb_conversion(icc: bytes | None) -> Convert:
    return _srgb_to_adobe if icc is None else _conversion_of(icc)


@lru_cache(maxsize=8)
def _conversion_of(icc: bytes) -> Convert:
    """Choose the cheapest conversion that agrees with lcms over a grid of probe colours."""
    probe = _probe()
    truth = adobe16_to_lab(_lcms(probe, icc, "rgb"))
    if _distance(_same(probe), truth) <= _SAME:
        return _same
    if _distance(_srgb_to_adobe(probe), truth) <= _SAME:
        return _srgb_to_adobe
    model = _matrix_model(icc)
    if _distance(model(probe), truth) <= _MODEL_ERROR:
        return model
    return lambda color: _by_lcms(color, icc, "rgb")


def _distance(rgb: NDArray[np.uint16], truth: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(adobe16_to_lab(rgb) - truth, axis=-1).max())


def _same(color: NDArray[Any]) -> NDArray[np.uint16]:
    return color if color.dtype == np.uint16 else color.astype(np.uint16) * np.uint16(257)


def _srgb_to_adobe(color: NDArray[Any]) -> NDArray[np.uint16]:
    return srgb16_to_adobe16(color) if color.dtype == np.uint16 else srgb8_to_adobe16(color)


def _probe() -> NDArray[np.uint16]:
    steps = np.rint(np.linspace(0, 1, 13) ** 1.5 * 65535).astype(np.uint16)
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(13, -1, 3)


def _matrix_model(icc: bytes) -> Convert:
    """Fit three curves and a 3×3 matrix to what lcms does with single channels; most RGB profiles are just that."""
    linear = adobe_linear_profile()
    full = _to_linear(np.eye(3, dtype=np.uint16)[None] * np.uint16(65535), icc, linear)[0].T
    ramp = np.arange(65536, dtype=np.uint16)
    curves = np.empty((1, 65536, 3), np.float32)
    for channel in range(3):
        color = np.zeros((1, 65536, 3), np.uint16)
        color[..., channel] = ramp
        strongest = int(np.argmax(full[:, channel]))
        curves[..., channel] = _to_linear(color, icc, linear)[..., strongest] / full[strongest, channel]
    matrix = (full / full.sum(axis=1, keepdims=True)).astype(np.float32)

    def convert(color: NDArray[Any]) -> NDArray[np.uint16]:
        table = curves if color.dtype == np.uint16 else np.ascontiguousarray(curves[:, ::257])
        return _in_pieces(color, _MODEL_PIXELS, lambda piece: _modelled(piece, table, matrix))

    return convert


def _modelled(piece: NDArray[Any], table: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.uint16]:
    return linear_to_adobe16(cv2.transform(cv2.LUT(piece, table), matrix))


@lru_cache(maxsize=1)
def adobe_linear_profile() -> bytes:
    """Return an ICC profile with Adobe RGB's primaries and no gamma, for probing other profiles."""
    primaries = (0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
    return bytes(imagecodecs.cms_profile("rgb", whitepoint=(0.3127, 0.3290), primaries=primaries, gamma=1.0))


def _to_linear(color: NDArray[np.uint16], icc: bytes, linear: bytes) -> NDArray[np.float32]:
    return imagecodecs.cms_transform(
        color, icc, linear, colorspace="rgb", outcolorspace="rgb", outdtype="float32", flags=_NO_OPTIMISATION
    )


def _by_lcms(color: NDArray[Any], icc: bytes, space: str) -> NDArray[np.uint16]:
    return _pinned(_in_pieces(color, _LCMS_PIXELS, lambda piece: _lcms(piece, icc, space)))


def _lcms(color: NDArray[Any], icc: bytes, space: str) -> NDArray[np.uint16]:
    return imagecodecs.cms_transform(
        color,
        icc,
        adobe_profile(),
        colorspace=space,
        outcolorspace="rgb",
        outdtype="uint16",
        flags=_NO_OPTIMISATION,
    )


def _in_pieces(color: NDArray[Any], size: int, convert: Convert) -> NDArray[np.uint16]:
    pixels = color.reshape(1, -1, color.shape[2])
    result = np.empty((1, pixels.shape[1], 3), np.uint16)
    for start in range(0, pixels.shape[1], size):
        result[:, start : start + size] = convert(pixels[:, start : start + size])
    return result.reshape(*color.shape[:2], 3)
