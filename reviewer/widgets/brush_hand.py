"""The hand that paints: the brush, strokes growing from points onto a layer of the board, and its ring."""

import math
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter

from pipeline.strokes import Stroke
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.language import translate
from reviewer.widgets.brush_paint import RING_ROOM
from reviewer.widgets.brush_paint import paint_ring
from reviewer.widgets.hand import NOTHING
from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch
from reviewer.widgets.repair_canvas import RepairCanvas

RADIUS_LOW, RADIUS_HIGH = 1.0, 1000.0
RADIUS_STEP: Final = 1.2
HARDNESS_STEP: Final = 0.25
OPACITY_LOW: Final = 0.01
SIZE_SWING: Final = 0.01
"""By this power of e the brush grows per device pixel of a drag to the right."""
HARDNESS_SWING: Final = 1 / 300


@dataclass(frozen=True)
class Brush:
    """What a drag paints with; `radius` in the original's pixels, `hardness` and `opacity` 0..1."""

    layer: str = MASK
    adds: bool = True
    radius: float = 40.0
    hardness: float = 0.8
    opacity: float = 1.0

    def sized(self, steps: float) -> "Brush":
        """Return it larger by steps, or smaller."""
        return self.with_radius(self.radius * RADIUS_STEP**steps)

    def with_radius(self, radius: float) -> "Brush":
        """Return it with that radius, within what there is."""
        return replace(self, radius=min(max(radius, RADIUS_LOW), RADIUS_HIGH))

    def harder(self, by: float) -> "Brush":
        """Return it with a harder rim, or a softer one."""
        return replace(self, hardness=min(max(self.hardness + by, 0.0), 1.0))

    def on(self, layer: str, *, adds: bool) -> "Brush":
        """Return it for another layer, or the other way."""
        return replace(self, layer=layer, adds=adds)


class Pulling:
    """One stroke while the button is down, and where the last one ended, for straight lines."""

    def __init__(self) -> None:
        self.stroke: Stroke | None = None
        self.painted = 0
        self.end: Point | None = None

    def begin(self, brush: Brush, point: Point, pressure: float, *, adds: bool, straight: bool) -> None:
        """Put the brush down; a straight line starts where the last stroke ended."""
        start = self.end if straight and self.end is not None else point
        points = ((*start, pressure),) if start == point else ((*start, pressure), (*point, pressure))
        self.stroke = Stroke(points, brush.radius, brush.hardness, adds, brush.opacity)
        self.painted, self.end = 0, point

    def go_on(self, point: Point, pressure: float) -> None:
        """Draw on to a point of the original."""
        if self.stroke is not None and point != self.end:
            self.stroke = replace(self.stroke, points=(*self.stroke.points, (*point, pressure)))
            self.end = point

    def finish(self) -> Stroke | None:
        """Lift the brush; returns what was drawn."""
        done, self.stroke = self.stroke, None
        return done


class BrushHand(Hand):
    """Paints on a layer while the button is down; Alt paints the other way, Shift straight, Alt and right sizes it.

    Attributes:
        brush: what a drag paints with.

    Signals:
        began(str): the first dab on that layer is about to be painted; painted(Deed): a stroke was painted to its end.
        brush_changed(Brush): it has another size, hardness or layer.
    """

    began = Signal(str)
    painted = Signal(object)
    brush_changed = Signal(object)

    def __init__(self, canvas: RepairCanvas, brush: Brush) -> None:
        super().__init__(canvas)
        self.canvas, self.brush = canvas, brush
        self._pulling = Pulling()
        self._spot: Touch | None = None
        self._swung: tuple[Point, Brush] | None = None

    def set_brush(self, brush: Brush) -> None:
        """Paint with this from now on."""
        self.canvas.redraw_overlay()
        self.brush = brush
        self.canvas.redraw_overlay()
        self.brush_changed.emit(brush)
        self.canvas.tell_hint()

    def set_opacity(self, opacity: float) -> None:
        """Paint with that much cover from now on."""
        self.set_brush(replace(self.brush, opacity=min(max(opacity, OPACITY_LOW), 1.0)))

    def press(self, touch: Touch) -> None:
        self._spot = touch
        if touch.button == Qt.MouseButton.RightButton:
            self._swung = (touch.screen, self.brush) if touch.alt else None
            return
        self.began.emit(self.brush.layer)
        adds = self.brush.adds != touch.alt and not touch.erases
        self._pulling.begin(self.brush, touch.point, touch.pressure, adds=adds, straight=touch.shift)
        self._paint_on()

    def move(self, touch: Touch) -> None:
        if self._swung is not None:
            self._swing(touch)
            return
        self._spot = touch
        if self._pulling.stroke is not None and not touch.shift:
            self._draw_to(touch)

    def release(self, touch: Touch) -> None:
        if self._pulling.stroke is not None and touch.shift:
            self._draw_to(touch)
        self._swung, layer = None, self.brush.layer
        done = self._pulling.finish()
        if done is not None:
            self.painted.emit(Deed(layer, done))

    def leave(self) -> None:
        self._spot = None

    def forget(self) -> None:
        self._pulling, self._spot, self._swung = Pulling(), None, None

    def key(self, event: QKeyEvent) -> bool:
        """Take a digit as the opacity: 1 is 10 %, 0 is all."""
        digit = event.key() - Qt.Key.Key_0
        if not 0 <= digit <= 9 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        self.set_opacity((digit or 10) / 10)
        return True

    def hint(self, held: Qt.KeyboardModifier) -> str:
        if self._swung is not None:
            return translate("Retouch", "To the right: a larger brush. Up: a harder rim.")
        if held & Qt.KeyboardModifier.ShiftModifier:
            return translate("Retouch", "Click: a straight line from where the last stroke ended.")
        return self.drag_hint(self.brush.adds != bool(held & Qt.KeyboardModifier.AltModifier))

    def drag_hint(self, adds: bool) -> str:
        """Return what a drag does that adds, or that erases."""
        if adds:
            return translate("Retouch", "Drag: adds to the product. Alt erases, Shift draws straight, Space moves.")
        return translate("Retouch", "Drag: erases from the product. X swaps, Shift draws straight, Space moves.")

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        if self._spot is not None:
            place = apply(to_screen, self._spot.point)
            paint_ring(painter, place, self.brush.radius * to_screen[0], self.brush.hardness, ratio)

    def area(self, to_screen: Affine, ratio: float) -> Rect:
        if self._spot is None:
            return NOTHING
        x, y = apply(to_screen, self._spot.point)
        reach = math.ceil(self.brush.radius * to_screen[0] + RING_ROOM * ratio)
        return Rect(math.floor(x) - reach, math.floor(y) - reach, 2 * reach + 1, 2 * reach + 1)

    def _draw_to(self, touch: Touch) -> None:
        self._pulling.go_on(touch.point, touch.pressure)
        self._paint_on()

    def _paint_on(self) -> None:
        pulling, board = self._pulling, self.canvas.board
        if board is not None and pulling.stroke is not None:
            shown = self.shown(pulling.stroke)
            box, pulling.painted = board.draw_deed(Deed(self.brush.layer, shown), pulling.painted)
            self.canvas.redraw(box)

    def shown(self, stroke: Stroke) -> Stroke:
        """Return the stroke as it is painted on the brush's layer."""
        return stroke

    def _swing(self, touch: Touch) -> None:
        """Size by the way to the right, hardness by the way up; the ring stays where the drag began."""
        start, brush = self._swung
        across, down = touch.screen[0] - start[0], touch.screen[1] - start[1]
        grown = brush.with_radius(brush.radius * math.exp(across * SIZE_SWING))
        self.set_brush(grown.harder(-down * HARDNESS_SWING))


class MarkHand(BrushHand):
    """Marks places on a layer of its own, whichever way the brush works: what is to be done there follows."""

    def shown(self, stroke: Stroke) -> Stroke:
        return replace(stroke, adds=True, opacity=1.0)
