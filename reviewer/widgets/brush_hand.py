"""The hand that paints: brush, what a press will do, and strokes growing from points, without a widget."""

from dataclasses import dataclass
from dataclasses import replace
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pipeline.strokes import Stroke
from reviewer.images.draft import MASK
from reviewer.images.draft import Pull

RADIUS_LOW, RADIUS_HIGH = 1.0, 1000.0
RADIUS_STEP: Final = 1.2
HARDNESS_STEP: Final = 0.25
SIZE_SWING: Final = 0.01
"""By this power of e the brush grows per device pixel of a drag to the right."""
HARDNESS_SWING: Final = 1 / 300


@dataclass(frozen=True)
class Brush:
    """What a drag paints with; `radius` in the original's pixels, `hardness` 0..1."""

    layer: str = MASK
    adds: bool = True
    radius: float = 40.0
    hardness: float = 0.8

    def sized(self, steps: float) -> "Brush":
        """Return it larger by steps, or smaller."""
        return self.with_radius(self.radius * RADIUS_STEP**steps)

    def with_radius(self, radius: float) -> "Brush":
        """Return it with that radius, within what there is."""
        return replace(self, radius=min(max(radius, RADIUS_LOW), RADIUS_HIGH))

    def harder(self, by: float) -> "Brush":
        """Return it with a harder rim, or a softer one."""
        return replace(self, hardness=min(max(self.hardness + by, 0.0), 1.0))


class Intent(Enum):
    """What a press of the button will do."""

    ADD = "add"
    ERASE = "erase"
    HOLE = "hole"
    UNHOLE = "unhole"
    LINE = "line"
    PAN = "pan"
    SIZE = "size"


class Pulling:
    """One stroke while the button is down, and where the last one ended, for straight lines."""

    def __init__(self) -> None:
        self.pull: Pull | None = None
        self.painted = 0
        self.end: tuple[float, float] | None = None

    def begin(self, brush: Brush, point: tuple[float, float], pressure: float, *, adds: bool, straight: bool) -> None:
        """Put the brush down; a straight line starts where the last stroke ended."""
        start = self.end if straight and self.end is not None else point
        points = ((*start, pressure),) if start == point else ((*start, pressure), (*point, pressure))
        self.pull = Pull(brush.layer, Stroke(points, brush.radius, brush.hardness, adds))
        self.painted, self.end = 0, point

    def go_on(self, point: tuple[float, float], pressure: float) -> None:
        """Draw on to a point of the original."""
        if self.pull is not None and point != self.end:
            stroke = self.pull.stroke
            self.pull = replace(self.pull, stroke=replace(stroke, points=(*stroke.points, (*point, pressure))))
            self.end = point

    def finish(self) -> Pull | None:
        """Lift the brush; returns what was drawn."""
        done, self.pull = self.pull, None
        return done


def with_key(event: QKeyEvent, *, down: bool) -> Qt.KeyboardModifier:
    """Return the modifiers after this key; platforms differ in whether the event holds them already."""
    held = event.modifiers()
    for key, modifier in (
        (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
    ):
        if event.key() == key:
            held = held | modifier if down else held & ~modifier
    return held
