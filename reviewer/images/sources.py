"""Decoding for the screen: an original through photo_io, our own files byte for byte. Runs on workers.

Decoders are imported by the worker that first needs them: the list shall be there before.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from reviewer.images.display import Display
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import build_pyramid
from reviewer.images.pyramid import pyramid_of
from reviewer.images.pyramid import stand_in

Pixels = NDArray[np.uint8]
SCREEN_SIDE = 2048
"""Few panes are longer; where nobody says how long they are, a sharp fit needs no more."""


class Decode(Protocol):
    """Where a stranger's file is decoded."""

    def __call__(self, read: Callable[..., Any], path: Path, *, name: str, **more: Any) -> Any:
        """Return what `read(path, name=name, **more)` returns."""
        ...


def here(read: Callable[..., Any], path: Path, *, name: str, **more: Any) -> Any:
    """Decode in this process, which a broken decoder would take along: for tests, and for files of our own."""
    return read(path, name=name, **more)


def load_original(path: Path, name: str, display: Display, decode: Decode = here) -> Pyramid:
    """Return the client's file in the monitor's colours; `values` are its 8-bit sRGB where those are others.

    Raises BadImageError with its sentence.
    """
    from pipeline.photo_io import read_display
    from pipeline.photo_io import read_wide

    wide = decode(read_wide, path, name=name) if display.converts else None
    if wide is None:
        return display.shown(build_pyramid(decode(read_display, path, name=name)))
    shown = pyramid_of(display.in_colors(wide, adobe_profile()))
    return replace(shown, values=build_pyramid(adobe16_to_srgb8(wide)).levels)


def load_whole_result(tiles: Callable[[], Path], png: Callable[[], Path], name: str) -> Pyramid:
    """Return a result from its viewing copy, or from the PNG where that copy is gone or damaged; the same pixels."""
    try:
        return load_tiles(tiles(), name)
    except KnownError:
        return load_result(png(), name)


def load_result(path: Path, name: str) -> Pyramid:
    """Return a stored 8-bit sRGB PNG with exactly the values in the file."""
    return pyramid_of(cv2.cvtColor(_decoded(path, cv2.IMREAD_COLOR, name), cv2.COLOR_BGR2BGRA))


def load_delivered(data: bytes, name: str, display: Display) -> Pyramid:
    """Return a finished file in the monitor's colours; `values` are its own numbers where those are others."""
    from pipeline.photo_io.delivered import read_delivered

    delivered = read_delivered(data)
    if delivered.orientation != 1:
        raise BadImageError(f"{name} carries orientation tag {delivered.orientation}; it is shown once it has none.")
    rgb = delivered.rgb if delivered.rgb.dtype == np.uint8 else cv2.convertScaleAbs(delivered.rgb, alpha=1 / 257)
    own = build_pyramid(np.ascontiguousarray(rgb))
    if not delivered.icc or "srgb" in delivered.icc_name.lower().replace(" ", ""):
        return display.shown(own)
    return replace(own, levels=pyramid_of(display.in_colors(rgb, delivered.icc)).levels, values=own.levels)


def load_tiles(path: Path, name: str, *, finest: int = 0) -> Pyramid:
    """Return a result from its viewing copy, exactly its pixels; without the full size where `finest` is above 0."""
    from pipeline.photo_io.pyramid_tiff import read_pyramid

    pixels, size = read_pyramid(path, finest=finest, name=name)
    return pyramid_of(pixels, size)


def load_tiles_first(path: Path, name: str, longest: int, side: int = SCREEN_SIDE) -> Pyramid:
    """Return as much of a viewing copy as `side` pixels of a screen need to show all of a picture `longest` long."""
    return load_tiles(path, name, finest=max(0, (longest // max(1, side)).bit_length() - 1))


def load_proxy(path: Path, name: str, size: tuple[int, int]) -> Pyramid:
    """Return the smaller JPEG of an original whose full size is `size`, as a stand-in."""
    import simplejpeg

    data = path.read_bytes()
    try:
        return stand_in(simplejpeg.decode_jpeg(data, "BGRA"), size)
    except ValueError as error:
        raise BadImageError(f"The small copy of {name} is damaged; process the image again.") from error


def load_samples(path: Path, name: str, decode: Decode = here) -> NDArray[np.uint16] | None:
    """Return the 16-bit samples of the client's file as it codes them, uint16 H×W×C; None where it has 8 bits."""
    from pipeline.photo_io import read_samples

    return decode(read_samples, path, name=name)


def load_mask(path: Path, name: str) -> Pixels:
    """Return a stored 8-bit grey PNG, uint8 H×W, in the original's frame."""
    return _decoded(path, cv2.IMREAD_GRAYSCALE, name)


def load_thumbnail(path: Path, side: int) -> Pixels:
    """Return a small stored picture as uint8 h×w×4 BGRA whose longest side is at most `side` pixels."""
    return cv2.cvtColor(_shrunk(_decoded(path, cv2.IMREAD_COLOR, "this image"), side), cv2.COLOR_BGR2BGRA)


def load_reduced(tiles: Callable[[], Path], png: Callable[[], Path], name: str, longest: int, side: int) -> Pixels:
    """Return a result that is `longest` pixels long as uint8 h×w×4 BGRA, longest side at most `side`.

    It comes from its viewing copy, or from the PNG where that copy is gone or damaged.
    """
    try:
        return _shrunk(load_tiles_first(tiles(), name, longest, side).levels[0], side)
    except KnownError:
        return load_thumbnail(png(), side)


def _shrunk(pixels: Pixels, side: int) -> Pixels:
    scale = side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def load_small(path: Path, name: str, side: int, decode: Decode = here) -> Pixels:
    """Return the client's file as uint8 h×w×4 BGRA whose longest side is at most `side` pixels."""
    from pipeline.photo_io import read_preview

    return cv2.cvtColor(decode(read_preview, path, name=name, side=side), cv2.COLOR_RGB2BGRA)


def _decoded(path: Path, mode: int, name: str) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), mode)
    if pixels is None:
        raise BadImageError(f"The stored picture of {name} is damaged and cannot be shown; process the image again.")
    return pixels
