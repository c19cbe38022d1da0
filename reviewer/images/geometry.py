"""Where a pixel of the original or the result lies on the screen: affines, zoom and pan, as functions of frozen data.

Product coordinates are the result's pixels (the original's where there is no result yet); a pane shows any source
through its own affine into product coordinates, so both panes stay locked through crop, scale and rotation.
Affines are (a, b, c, d, e, f) with x' = a·x + b·y + c, y' = d·x + e·y + f; screen lengths are device pixels.
"""

import math
from dataclasses import dataclass
from dataclasses import replace

from pipeline.model import Frame

Affine = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Size = tuple[float, float]

IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
ZOOM_LOW, ZOOM_HIGH = 0.01, 32.0
ZOOM_STEP = 1.25
FIT_MARGIN = 0.02
WHOLE = 1e-6


@dataclass(frozen=True)
class Rect:
    """A pane on the screen in whole device pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def center(self) -> Point:
        """The middle of the pane."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, point: Point) -> bool:
        """Say whether a screen point lies in the pane."""
        return self.x <= point[0] < self.x + self.width and self.y <= point[1] < self.y + self.height


@dataclass(frozen=True)
class ViewState:
    """What all panes show: the product point in their middle, and device pixels per product pixel.

    `fit` means that zoom and centre follow from the pane and the product, also after a resize or the next image.
    """

    center: Point = (0.0, 0.0)
    zoom: float = 1.0
    fit: bool = True


def compose(outer: Affine, inner: Affine) -> Affine:
    """Return the affine that applies `inner` first and `outer` after it."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f)


def invert(affine: Affine) -> Affine:
    """Return the inverse affine; raises ZeroDivisionError for a singular one."""
    a, b, c, d, e, f = affine
    determinant = a * e - b * d
    p, q, s, t = e / determinant, -b / determinant, -d / determinant, a / determinant
    return (p, q, -(p * c + q * f), s, t, -(s * c + t * f))


def apply(affine: Affine, point: Point) -> Point:
    """Return the image of a point."""
    a, b, c, d, e, f = affine
    return a * point[0] + b * point[1] + c, d * point[0] + e * point[1] + f


def scale_of(affine: Affine) -> float:
    """Return the length scale of an affine: the square root of its determinant."""
    a, b, _, d, e, _ = affine
    return math.sqrt(abs(a * e - b * d))


def original_to_product(frame: Frame | None) -> Affine:
    """Return the original's affine into product coordinates."""
    return frame.matrix if frame is not None else IDENTITY


def product_to_screen(view: ViewState, pane: Rect) -> Affine:
    """Return product → screen, moved to whole device pixels so that panes of one size round alike."""
    x = round(pane.width / 2 - view.zoom * view.center[0]) + pane.x
    y = round(pane.height / 2 - view.zoom * view.center[1]) + pane.y
    return (view.zoom, 0.0, float(x), 0.0, view.zoom, float(y))


def source_to_screen(view: ViewState, pane: Rect, source: Affine) -> Affine:
    """Return source pixels → screen for a pane; a source shown at a whole scale starts on a whole device pixel.

    The rounding moves a pane by at most half a device pixel and spares 1:1 from being resampled.
    """
    affine = compose(product_to_screen(view, pane), source)
    a, b, c, d, e, f = affine
    if is_upright(affine) and abs(a - round(a)) < WHOLE and round(a) >= 1:
        whole = float(round(a))
        return (whole, 0.0, float(round(c)), 0.0, whole, float(round(f)))
    return (a, b, c, d, e, f)


def is_upright(affine: Affine) -> bool:
    """Say whether an affine only scales (alike in both directions) and moves."""
    a, b, _, d, e, _ = affine
    return abs(b) < WHOLE and abs(d) < WHOLE and abs(a - e) < WHOLE


def screen_to_product(view: ViewState, pane: Rect, point: Point) -> Point:
    """Return the product point under a screen point of that pane."""
    return apply(invert(product_to_screen(view, pane)), point)


def fit_view(product: Size, pane: Rect) -> ViewState:
    """Return the view that shows the whole product in the pane with a small margin."""
    room = 1 - 2 * FIT_MARGIN
    zoom = min(pane.width * room / max(product[0], 1), pane.height * room / max(product[1], 1))
    return ViewState((product[0] / 2, product[1] / 2), clamp_zoom(zoom), fit=True)


def clamp_zoom(zoom: float) -> float:
    """Return the zoom within what the window offers."""
    return min(ZOOM_HIGH, max(ZOOM_LOW, zoom))


def zoomed_at(view: ViewState, pane: Rect, point: Point, zoom: float) -> ViewState:
    """Return the view at another zoom, with the product point under `point` staying where it is."""
    held = screen_to_product(view, pane, point)
    zoom = clamp_zoom(zoom)
    middle = pane.center
    center = (held[0] - (point[0] - middle[0]) / zoom, held[1] - (point[1] - middle[1]) / zoom)
    return ViewState(center, zoom, fit=False)


def panned(view: ViewState, moved: Point, product: Size) -> ViewState:
    """Return the view dragged by device pixels; its middle stays on the product."""
    x = view.center[0] - moved[0] / view.zoom
    y = view.center[1] - moved[1] / view.zoom
    center = (min(max(x, 0.0), product[0]), min(max(y, 0.0), product[1]))
    return replace(view, center=center, fit=False)


def next_zoom(zoom: float, steps: float) -> float:
    """Return the zoom `steps` steps further, stopping at 100 % when it would be passed."""
    target = zoom * ZOOM_STEP**steps
    crosses = (zoom < 1 - WHOLE and target > 1) or (zoom > 1 + WHOLE and target < 1)
    return 1.0 if crosses else clamp_zoom(target)


def carried(view: ViewState, before: Size, after: Size) -> ViewState:
    """Return the view for the next image: same zoom, same place relative to the product."""
    x, y = view.center[0] / max(before[0], 1), view.center[1] / max(before[1], 1)
    return replace(view, center=(x * after[0], y * after[1]))


@dataclass(frozen=True)
class Region:
    """A part of the product on a grid of `step` product pixels (1, 2, 4 …): what a layer is computed for.

    Edges are product pixels, multiples of `step`; right and bottom are exclusive and may pass the product's end.
    """

    left: int
    top: int
    right: int
    bottom: int
    step: int = 1

    @property
    def grid(self) -> tuple[slice, slice]:
        """Rows and columns of the region in the level of a pyramid that is `step` times smaller."""
        step = self.step
        return slice(self.top // step, self.bottom // step), slice(self.left // step, self.right // step)

    @property
    def affine(self) -> Affine:
        """Return grid cells → product coordinates."""
        return (float(self.step), 0.0, float(self.left), 0.0, float(self.step), float(self.top))


def visible_region(view: ViewState, pane: Rect, product: Size, step: int) -> Region | None:
    """Return the part of a product that a pane shows, None where it shows nothing of it."""
    left, top = screen_to_product(view, pane, (pane.x, pane.y))
    right, bottom = screen_to_product(view, pane, (pane.x + pane.width, pane.y + pane.height))
    low = [max(0, math.floor(value / step)) * step for value in (left, top)]
    high = [math.ceil(min(value, end) / step) * step for value, end in ((right, product[0]), (bottom, product[1]))]
    return Region(*low, *high, step) if low[0] < high[0] and low[1] < high[1] else None
