"""The panes of the compare canvas: where they lie and what lies under the pointer, as functions of frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.color import srgb8_to_adobe16
from reviewer.images.gallery import Pair
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.geometry import original_to_product
from reviewer.images.pyramid import Pyramid

CAPTION_HEIGHT = 32
PANE_GAP = 2
SIDE_BY_SIDE, SPLIT, ONION = "side_by_side", "split", "onion"
WHITE_LAB = (100.0, 0.0, 0.0)
MODES = (SIDE_BY_SIDE, SPLIT, ONION)


@dataclass(frozen=True)
class Pane:
    """One window onto the pair: which source it shows and where."""

    source: str
    rect: Rect


@dataclass(frozen=True)
class Readout:
    """What lies under the pointer, from the files.

    Attributes:
        point: the product pixel; original, result: 8-bit sRGB there, None beyond a picture or in a small copy.
        samples: what the original's file holds there in its own colours, where it has 16 bits: 0..65535 each.
        lab: CIE L*a*b* (D50) of the result there; white: its distance ΔE00 from white, once the mask is known too.
        mask: coverage 0..255 of the product, None while unknown.
    """

    point: tuple[int, int]
    original: tuple[int, int, int] | None
    result: tuple[int, int, int] | None
    lab: tuple[float, float, float] | None = None
    white: float | None = None
    mask: int | None = None
    samples: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Look:
    """How a person likes to look, kept from one sitting to the next; the place is relative to the product, 0..1."""

    mode: str = SIDE_BY_SIDE
    fit: bool = True
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    carries: bool = True
    minimap: bool = True
    onion: float = 0.5

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> "Look":
        """Return what was kept, and the usual for what is missing or makes no sense."""
        usual = cls()
        values = {
            field.name: kept[field.name]
            for field in fields(cls)
            if type(kept.get(field.name)) is type(getattr(usual, field.name))
        }
        look = cls(**values)  # type: ignore[arg-type]
        return look if look.mode in MODES else replace(look, mode=SIDE_BY_SIDE)


def lay_panes(size: tuple[int, int], ratio: float, mode: str, *, both: bool) -> tuple[Pane, ...]:
    """Return the panes of a canvas of `size` device pixels; without a result (`both` false) there is only one."""
    width, height = size
    top = round(CAPTION_HEIGHT * ratio)
    whole = Rect(0, top, width, max(1, height - top))
    if not both:
        return (Pane("original", whole),)
    if mode in (SPLIT, ONION):
        return (Pane("result", whole),)
    gap = round(PANE_GAP * ratio)
    side = (width - gap) // 2
    left, right = Rect(0, top, side, whole.height), Rect(width - side, top, side, whole.height)
    return (Pane("original", left), Pane("result", right))


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
