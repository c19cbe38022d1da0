"""What lies under the pointer, from the files: the same figures wherever somebody points at a picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.color import srgb8_to_adobe16
from reviewer.images.board import Board
from reviewer.images.gallery import Pair
from reviewer.images.geometry import Point
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.geometry import original_to_product
from reviewer.images.pyramid import Pyramid

WHITE_LAB = (100.0, 0.0, 0.0)


@dataclass(frozen=True)
class Readout:
    """What lies under the pointer, from the files.

    Attributes:
        point: the product pixel; original, result: 8-bit sRGB there, None beyond a picture or in a small copy.
        samples: what the original's file holds there in its own colours, where it has 16 bits: 0..65535 each.
        lab: CIE L*a*b* (D50) of the result there, of the original while there is none; white: the result's distance
            ΔE00 from white, once the mask is known too.
        mask: coverage 0..255 of the product, None while unknown.
    """

    point: tuple[int, int]
    original: tuple[int, int, int] | None
    result: tuple[int, int, int] | None
    lab: tuple[float, float, float] | None = None
    white: float | None = None
    mask: int | None = None
    samples: tuple[int, ...] | None = None


def read_out(
    pair: Pair, point: Point, cover: NDArray[np.uint8] | None = None, samples: NDArray[np.uint16] | None = None
) -> Readout:
    """Return what both pictures hold at a product point.

    `cover` is the mask in the result's frame, uint8 h×w; `samples` are the original's own, uint16 H×W×C.
    """
    back = invert(original_to_product(pair.frame))
    x, y = int(point[0] // 1), int(point[1] // 1)
    result = pair.result.value(x, y) if pair.result is not None else None
    lab = _lab(result) if result is not None else None
    inside = cover is not None and 0 <= y < cover.shape[0] and 0 <= x < cover.shape[1]
    return Readout(
        point=(x, y),
        original=_value(pair.original, apply(back, point)),
        result=result,
        lab=lab,
        white=_to_white(lab) if lab is not None and cover is not None else None,
        mask=int(cover[y, x]) if cover is not None and inside else None,
        samples=_samples(samples, apply(back, point)) if samples is not None else None,
    )


def read_board(board: Board, point: Point, samples: NDArray[np.uint16] | None = None) -> Readout | None:
    """Return what the original holds at one of its points, and its product's mask as painted; None beside it.

    Where something was painted anew, that is the result. `samples` are the original's own, uint16 H×W×C.
    """
    x, y = int(point[0] // 1), int(point[1] // 1)
    original = board.picture.value(x, y)
    if original is None:
        return None
    result = board.repainted(x, y)
    deep = _samples(samples, point) if samples is not None else None
    lab = _lab(result or original)
    return Readout((x, y), original, result, lab, mask=board.cover_at(x, y), samples=deep)


def _lab(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    pixel = np.array([[rgb]], np.uint8)
    lightness, a, b = (float(value) for value in adobe16_to_lab(srgb8_to_adobe16(pixel))[0, 0])
    return lightness, a, b


def _to_white(lab: tuple[float, float, float]) -> float:
    return float(delta_e_2000(np.array([lab], np.float32), np.array([WHITE_LAB], np.float32))[0])


def _samples(samples: NDArray[np.uint16], point: Point) -> tuple[int, ...] | None:
    x, y = int(point[0] // 1), int(point[1] // 1)
    inside = 0 <= y < samples.shape[0] and 0 <= x < samples.shape[1]
    return tuple(int(value) for value in samples[y, x]) if inside else None


def _value(picture: Pyramid | None, point: Point) -> tuple[int, int, int] | None:
    return picture.value(int(point[0] // 1), int(point[1] // 1)) if picture is not None else None
