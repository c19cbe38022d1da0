"""What a tool of the repair room is, and what the room gives it.

A tool is a small object: buttons that pick it up (each with a key), a hand (`reviewer.widgets.hand.Hand`: what press,
move, release and keys do on the canvas, in the original's pixels; its hint; what it draws over the picture), a page of
options below the row of tools, and commands of its own, whose keys count only while the tool is in hand.

How a tool works with the room:

* It changes nothing that cannot be taken back. What a person did is a `Deed` (`reviewer.images.draft`): a layer, and a
  stroke, levels or JSON values. `room.did(deed)` adds it to the draft, which is kept on the disk by itself.
* Deeds of painted layers (the mask, the hole, any layer that only a `BrushHand` paints) are undone by the room, and
  painted again when the image is opened later. Deeds of the layers that a tool names in `layers` come to its `undo` and
  `redo` instead, and after the image is opened again to its `resume`, in their order.
* After every change of a layer, by whom and in which direction ever, the room emits `changed(layer)`.
* Slow work runs through `room.desk.repair`; a tool never waits for it.
* When the person saves, every tool adds its fields to the `Edit` (`contribute`), or says why it cannot yet
  (`objection`).
* Layers whose deeds become part of the version's photo stand in `baked`: after saving them a new draft starts.

A new tool is added to `TOOLS` in `reviewer.views.retouch_tools`; buttons, keys, sheet and settings follow from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import ClassVar
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Box
from pipeline.model import Entry
from pipeline.strokes import EMPTY
from reviewer.actions import Command
from reviewer.desk import Desk
from reviewer.images.board import Board
from reviewer.images.draft import Deed
from reviewer.images.draft import Draft
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.hand import Hand
from reviewer.widgets.repair_canvas import RepairCanvas

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.run.edit import Edit


class Room(Protocol):
    """What a tool may use.

    Attributes:
        canvas: where the picture is; desk: the verbs; draft and entry: what is repaired, None outside the mode.
        changed: a Signal(str) of the room, emitted after a layer changed.
    """

    canvas: RepairCanvas
    desk: Desk
    draft: Draft | None
    entry: Entry | None
    changed: SignalInstance

    @property
    def board(self) -> Board | None:
        """The picture with its layers, None outside the mode."""
        ...

    def did(self, deed: Deed) -> None:
        """Take a deed into the draft, after it was done to the board."""
        ...

    def put_draft(self, draft: Draft) -> None:
        """Take another draft that differs in no deed, and keep it."""
        ...

    def pick(self, name: str) -> None:
        """Take up the tool of that command, as its button does."""
        ...

    def show_tool(self) -> None:
        """Check the button of the tool in hand again: it is used another way now."""
        ...

    def tell(self, trouble: str | KnownError) -> None:
        """Show a sentence over the picture."""
        ...


@dataclass(frozen=True)
class Pick:
    """A button that takes up a tool: its command (title and key) and the name of its icon."""

    command: Command
    icon: str


class Tool(QObject):
    """Base of all tools; a tool gives `picks` and its hand, and overrides what it needs.

    Attributes:
        picks: the buttons that take it up; commands: what can be done while it is in hand.
        layers: names of the layers whose deeds only this tool can undo.
        baked: names of the layers whose deeds become part of the version's photo; recolours: of those that leave the
            photo and change its colours. Other tools work on the photo without either, until the version is made.
        hand: what the pointer does; brush: that hand where it is a brush, for the keys of size and hardness.
    """

    picks: ClassVar[tuple[Pick, ...]] = ()
    commands: ClassVar[tuple[Command, ...]] = ()
    layers: ClassVar[tuple[str, ...]] = ()
    baked: ClassVar[tuple[str, ...]] = ()
    recolours: ClassVar[tuple[str, ...]] = ()
    hand: Hand

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(parent)
        self.room = room

    @property
    def brush(self) -> BrushHand | None:
        return self.hand if isinstance(self.hand, BrushHand) else None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what `commands` do, by name."""
        return {}

    def page(self) -> QWidget | None:
        """Return the options, made once; they are shown while the tool is in hand."""
        return None

    def pick(self, name: str) -> None:
        """The tool is taken up by the command `name`."""

    def picked(self) -> str:
        """Return the name of the command whose button is down while the tool is in hand."""
        return self.picks[0].command.name

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        """An image was opened, with what was kept of this tool's layers."""

    def settle(self) -> None:
        """Something else is about to happen (undo, another tool, saving): end what is only shown for a moment."""

    def close(self) -> None:
        """The image is left; let go of what belongs to it."""

    def undo(self, deed: Deed) -> Box:
        """Take a deed back, of this tool's layers; returns what changed of the picture. The draft has it no more."""
        return EMPTY

    def redo(self, deed: Deed) -> Box:
        """Do a deed again; returns what changed of the picture. The draft has it again."""
        return EMPTY

    def objection(self) -> str:
        """Return why the repair cannot be saved yet, as a sentence with the remedy; "" when nothing speaks against."""
        return ""

    def contribute(self, change: "Edit") -> "Edit":
        """Return the edit with what this tool adds to it."""
        return change
