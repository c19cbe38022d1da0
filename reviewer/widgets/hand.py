"""What a tool does with the pointer: the canvas turns mouse, pen and keys into touches of the original, a hand acts."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter

from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect

NOTHING = Rect(0, 0, 0, 0)
"""The area of an overlay that draws nothing."""


@dataclass(frozen=True)
class Touch:
    """Where the pointer is, and how it is held.

    Attributes:
        point: in the original's pixels, pixel centres at .5; may lie beyond the picture.
        screen: the same place in the canvas's device pixels; zoom: device pixels per pixel of the original.
        held: the modifier keys; button: the one that is pressed or released, on a move the one that is down.
        pressure: of a pen, 0..1; erases: the pen's other end is used; clicks: 2 for a double click.
    """

    point: Point
    screen: Point
    zoom: float
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    button: Qt.MouseButton = Qt.MouseButton.NoButton
    pressure: float = 1.0
    erases: bool = False
    clicks: int = 1

    @property
    def alt(self) -> bool:
        """Whether Alt is held."""
        return bool(self.held & Qt.KeyboardModifier.AltModifier)

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return bool(self.held & Qt.KeyboardModifier.ShiftModifier)

    @property
    def control(self) -> bool:
        """Whether Ctrl is held (Command on a Mac)."""
        return bool(self.held & Qt.KeyboardModifier.ControlModifier)


class Hand(QObject):
    """Base of all hands: does nothing, draws nothing; a tool overrides what it needs.

    Space, the wheel, the middle button and Tab never come here: the canvas pans, zooms and shows the original alone.
    Before and after every call the canvas draws `area` anew, so a hand only draws by itself what a job brings.
    """

    cursor = Qt.CursorShape.CrossCursor

    def press(self, touch: Touch) -> None:
        """The left or right button, or a pen, goes down."""

    def move(self, touch: Touch) -> None:
        """The pointer moves, whether or not a button is down."""

    def release(self, touch: Touch) -> None:
        """The button goes up."""

    def leave(self) -> None:
        """The pointer has left the canvas, or moves the picture: what is drawn under it goes."""

    def forget(self) -> None:
        """The picture goes: forget what is half done, and where."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key that no command has (arrows, Delete …); return whether it meant something."""
        return False

    def hint(self, held: Qt.KeyboardModifier) -> str:
        """Return in the person's language what a drag will do now, with these modifiers held."""
        return ""

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        """Draw over the picture in device pixels; `to_screen` maps the original there, `ratio` is of the screen."""

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        """Return the device pixels that `paint` would touch now, None for all of them."""
        return NOTHING
