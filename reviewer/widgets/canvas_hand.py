"""The hand on the compare canvas: where the pointer is and what a press took hold of, as a small state of its own."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QWheelEvent

from reviewer.images.geometry import Point

WHEEL_STEP = 120


class Hold(Enum):
    """What the pressed button moves."""

    NOTHING = "nothing"
    PICTURE = "picture"
    SPLIT = "split"
    MINIMAP = "minimap"


class Hand:
    """Pointer and held thing; points are device pixels of the canvas.

    Attributes:
        pointer: where the pointer is, None outside.
        holds: what a drag moves.
        panning_key: the key for dragging is held.
    """

    def __init__(self) -> None:
        self.pointer: Point | None = None
        self.holds = Hold.NOTHING
        self.panning_key = False

    def move(self, event: QMouseEvent | QWheelEvent, ratio: float) -> Point:
        """Note where the pointer is now; returns how far it came."""
        before = self.pointer
        self.pointer = event.position().x() * ratio, event.position().y() * ratio
        return (self.pointer[0] - before[0], self.pointer[1] - before[1]) if before else (0.0, 0.0)

    def cursor(self, *, near_split: bool) -> Qt.CursorShape:
        """Return what the pointer looks like."""
        if self.holds is Hold.PICTURE:
            return Qt.CursorShape.ClosedHandCursor
        if self.panning_key:
            return Qt.CursorShape.OpenHandCursor
        if self.holds is Hold.SPLIT or near_split:
            return Qt.CursorShape.SplitHCursor
        return Qt.CursorShape.CrossCursor


def wheel_steps(event: QWheelEvent) -> float:
    """Return notches away from the person; with Alt the platform turns them sideways."""
    return (event.angleDelta().y() or event.angleDelta().x()) / WHEEL_STEP
