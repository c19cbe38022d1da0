"""The panes of the compare canvas: where they lie and what lies under the pointer, as functions of frozen data."""

from dataclasses import dataclass

from reviewer.images.gallery import Pair
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.geometry import original_to_product
from reviewer.images.pyramid import Pyramid

CAPTION_HEIGHT = 32
PANE_GAP = 2
SIDE_BY_SIDE, SPLIT = "side_by_side", "split"


@dataclass(frozen=True)
class Pane:
    """One window onto the pair: which source it shows and where."""

    source: str
    rect: Rect


@dataclass(frozen=True)
class Readout:
    """What lies under the pointer: the product point and the 8-bit sRGB values of both pictures there."""

    point: tuple[int, int]
    original: tuple[int, int, int] | None
    result: tuple[int, int, int] | None


def lay_panes(size: tuple[int, int], ratio: float, mode: str, *, both: bool) -> tuple[Pane, ...]:
    """Return the panes of a canvas of `size` device pixels; without a result (`both` false) there is only one."""
    width, height = size
    top = round(CAPTION_HEIGHT * ratio)
    whole = Rect(0, top, width, max(1, height - top))
    if not both:
        return (Pane("original", whole),)
    if mode == SPLIT:
        return (Pane("result", whole),)
    gap = round(PANE_GAP * ratio)
    side = (width - gap) // 2
    left, right = Rect(0, top, side, whole.height), Rect(width - side, top, side, whole.height)
    return (Pane("original", left), Pane("result", right))


def read_out(pair: Pair, point: Point) -> Readout:
    """Return what both pictures hold at a product point."""
    back = invert(original_to_product(pair.frame))
    return Readout(
        (int(point[0] // 1), int(point[1] // 1)), _value(pair.original, apply(back, point)), _value(pair.result, point)
    )


def _value(picture: Pyramid | None, point: Point) -> tuple[int, int, int] | None:
    return picture.value(int(point[0] // 1), int(point[1] // 1)) if picture is not None else None
