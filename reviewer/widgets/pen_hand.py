"""The hand that draws a clipping path: nodes and handles placed, moved, converted and deleted, and how they look."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter

from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Point
from pipeline.paths import editing
from pipeline.paths.editing import CURVE
from pipeline.paths.editing import NODE
from pipeline.paths.editing import Hit
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Rect
from reviewer.language import translate
from reviewer.widgets.hand import NOTHING
from reviewer.widgets.hand import Hand
from reviewer.widgets.hand import Touch
from reviewer.widgets.pen_paint import paint_path
from reviewer.widgets.repair_canvas import RepairCanvas

GRAB = 7.0
"""Device-independent pixels around a node or a line within which a press means it, at any zoom."""
SNAP = 12.0
NUDGES = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
NUDGE_FAR = 10.0


class Drag(Enum):
    """What a drag of the pen moves."""

    NODE = "node"
    HANDLE = "handle"
    PULL = "pull"
    SUBPATH = "subpath"


@dataclass(frozen=True)
class Chosen:
    """The node that keys mean; `drag` is what the button moves while it is down, from where."""

    subpath: int
    node: int
    part: str = NODE
    drag: Drag | None = None
    start: Point = (0.0, 0.0)


class PenHand(Hand):
    """Draws and edits one path.

    Attributes:
        path: as it is now; chosen: the node in hand; snaps: whether nodes go to the nearest edge of the photo.

    Signals:
        drawn: a step is done, as far as one undo goes back.
    """

    drawn = Signal()

    def __init__(self, canvas: RepairCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.path, self.chosen, self.snaps = Path(), None, False
        self._before = self.path
        self._over: Hit | None = None
        self._at: Touch | None = None

    def show_path(self, path: Path) -> None:
        """Go on with another path."""
        self.path = self._before = path
        self.chosen = self._over = None
        self.canvas.update()
        self.canvas.tell_hint()

    def press(self, touch: Touch) -> None:
        if touch.button != Qt.MouseButton.LeftButton:
            return
        self._before = self.path
        found = self._hit(touch)
        if found is None:
            self._place(touch)
        elif found.part == NODE:
            self._press_node(found, touch)
        elif found.part == CURVE:
            self._press_curve(found, touch)
        else:
            self.chosen = Chosen(found.subpath, found.node, found.part, Drag.HANDLE)

    def move(self, touch: Touch) -> None:
        self._at = touch
        if self.chosen is None or self.chosen.drag is None or touch.button != Qt.MouseButton.LeftButton:
            self._over = self._hit(touch)
            return
        chosen, to = self.chosen, touch.point
        index, place = chosen.subpath, chosen.node
        if chosen.drag is Drag.NODE:
            self.path = editing.node_moved(self.path, index, place, self._snapped(touch))
        elif chosen.drag is Drag.HANDLE:
            self.path = editing.handle_moved(self.path, index, place, chosen.part, to, breaks=touch.alt)
        elif chosen.drag is Drag.PULL:
            self.path = editing.drawn_out(self.path, index, place, to)
        else:
            across, down = to[0] - chosen.start[0], to[1] - chosen.start[1]
            self.path = editing.subpath_moved(self._before, index, across, down)

    def release(self, touch: Touch) -> None:
        if self.chosen is not None:
            self.chosen = Chosen(self.chosen.subpath, self.chosen.node)
        self._done()

    def leave(self) -> None:
        self._over = self._at = None

    def forget(self) -> None:
        self.show_path(Path())

    def key(self, event: QKeyEvent) -> bool:
        """Move the chosen node by the arrows, far with Shift."""
        if self.chosen is None or event.key() not in NUDGES:
            return False
        far = NUDGE_FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        across, down = NUDGES[event.key()]
        at = self._node().at
        to = at[0] + far * across, at[1] + far * down
        self._change(editing.node_moved(self.path, self.chosen.subpath, self.chosen.node, to))
        return True

    def delete(self) -> None:
        """Take the chosen node away."""
        if self.chosen is not None:
            index, place = self.chosen.subpath, self.chosen.node
            fewer = editing.deleted(self.path, index, place)
            left = len(fewer.subpaths) == len(self.path.subpaths)
            self.chosen = Chosen(index, max(0, place - 1)) if left else None
            self._change(fewer)

    def delete_subpath(self) -> None:
        """Take the whole line of the chosen node away."""
        if self.chosen is not None:
            index, self.chosen = self.chosen.subpath, None
            self._change(self.path.with_subpath(index, None))

    def convert(self) -> None:
        """Make a corner of the chosen node, or round it."""
        if self.chosen is not None:
            self._change(editing.converted(self.path, self.chosen.subpath, self.chosen.node))

    def join(self) -> None:
        """Bring the chosen node's handles into one line, or let go of each other."""
        if self.chosen is not None:
            self._change(editing.joined(self.path, self.chosen.subpath, self.chosen.node))

    def close_line(self) -> None:
        """Close the line of the chosen node, or open it."""
        if self.chosen is not None:
            shut = self.path.subpaths[self.chosen.subpath].closed
            self._change(editing.closed(self.path, self.chosen.subpath, closes=not shut))

    def hint(self, held: Qt.KeyboardModifier) -> str:
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        if self._over is None:
            if self._growing() is not None:
                return translate("Retouch", "Click: next node. Drag: rounds it. On the first node: closes the line.")
            return translate("Retouch", "Click: starts a line. Drag: rounds its first node.")
        if self._over.part == NODE:
            if self._closes(self._over):
                return translate("Retouch", "Click: closes the line.")
            if alt:
                return translate("Retouch", "Click: corner or round. Drag: draws handles out.")
            return translate("Retouch", "Drag: moves the node. Alt makes it a corner, or round.")
        if self._over.part == CURVE:
            if held & Qt.KeyboardModifier.ShiftModifier:
                return translate("Retouch", "Drag: moves the whole line.")
            return translate("Retouch", "Click: adds a node here. Shift moves the whole line.")
        return translate("Retouch", "Drag: bends the line. Alt moves this handle alone.")

    def paint(self, painter: QPainter, to_screen: Affine, ratio: float) -> None:
        chosen = None if self.chosen is None else (self.chosen.subpath, self.chosen.node)
        grows = self._growing() is not None and self._over is None and self._at is not None
        paint_path(painter, self.path, chosen, self._at.point if grows else None, to_screen, ratio)

    def area(self, to_screen: Affine, ratio: float) -> Rect | None:
        return None if self.path.subpaths else NOTHING

    def _press_node(self, found: Hit, touch: Touch) -> None:
        if self._closes(found):
            self.path = editing.closed(self.path, found.subpath)
            self.chosen = Chosen(found.subpath, 0)
        elif touch.alt:
            self.path = editing.converted(self.path, found.subpath, found.node)
            self.chosen = Chosen(found.subpath, found.node, drag=Drag.PULL)
        else:
            self.chosen = Chosen(found.subpath, found.node, drag=Drag.NODE)

    def _press_curve(self, found: Hit, touch: Touch) -> None:
        if touch.shift:
            self.chosen = Chosen(found.subpath, found.node, drag=Drag.SUBPATH, start=touch.point)
        else:
            self.path = editing.added(self.path, found)
            self.chosen = Chosen(found.subpath, found.node + 1, drag=Drag.NODE)

    def _place(self, touch: Touch) -> None:
        """Put a node down: the next of the line that grows, else the first of a new one."""
        at, index = self._snapped(touch), self._growing()
        self.path = editing.started(self.path, at) if index is None else editing.appended(self.path, index, at)
        index = len(self.path.subpaths) - 1 if index is None else index
        self.chosen = Chosen(index, len(self.path.subpaths[index].nodes) - 1, drag=Drag.PULL)

    def _growing(self) -> int | None:
        """The open line whose last node is in hand."""
        if self.chosen is None or self.chosen.subpath >= len(self.path.subpaths):
            return None
        subpath = self.path.subpaths[self.chosen.subpath]
        grows = not subpath.closed and self.chosen.node == len(subpath.nodes) - 1
        return self.chosen.subpath if grows else None

    def _closes(self, found: Hit) -> bool:
        index = self._growing()
        return index == found.subpath and found.node == 0 and len(self.path.subpaths[index].nodes) > 1

    def _hit(self, touch: Touch) -> Hit | None:
        handles = None if self.chosen is None else (self.chosen.subpath, self.chosen.node)
        return editing.hit(self.path, touch.point, self._reach(GRAB, touch), handles_of=handles)

    def _snapped(self, touch: Touch) -> Point:
        board = self.canvas.board
        if not self.snaps or board is None:
            return touch.point
        return editing.snapped(board.picture.levels[0][..., :3], touch.point, self._reach(SNAP, touch))

    def _reach(self, pixels: float, touch: Touch) -> float:
        return pixels * self.canvas.devicePixelRatioF() / touch.zoom

    def _node(self) -> Node:
        return self.path.subpaths[self.chosen.subpath].nodes[self.chosen.node]

    def _change(self, path: Path) -> None:
        self._before, self.path = self.path, path
        self._done()
        self.canvas.update()

    def _done(self) -> None:
        if self.path != self._before:
            self._before = self.path
            self.drawn.emit()
