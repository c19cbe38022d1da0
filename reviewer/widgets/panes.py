"""The panes of the compare canvas: where they lie and how a person looks at them, as functions of frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace

from reviewer.images.geometry import Rect

CAPTION_HEIGHT = 32
PANE_GAP = 2
SIDE_BY_SIDE, SPLIT, ONION = "side_by_side", "split", "onion"
MODES = (SIDE_BY_SIDE, SPLIT, ONION)


@dataclass(frozen=True)
class Pane:
    """One window onto the pair: which source it shows and where."""

    source: str
    rect: Rect


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
    pane = whole_pane(size, ratio)
    if not both:
        return (Pane("original", pane.rect),)
    if mode in (SPLIT, ONION):
        return (pane,)
    width, gap = size[0], round(PANE_GAP * ratio)
    side, top, tall = (width - gap) // 2, pane.rect.y, pane.rect.height
    left, right = Rect(0, top, side, tall), Rect(width - side, top, side, tall)
    return (Pane("original", left), Pane("result", right))


def whole_pane(size: tuple[int, int], ratio: float) -> Pane:
    """Return the only pane of a canvas of `size` device pixels, below its caption."""
    width, height = size
    top = round(CAPTION_HEIGHT * ratio)
    return Pane("result", Rect(0, top, width, max(1, height - top)))
