"""What all tools share that change the photo's pixels: deeds made in the background, one on the other, and shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from PySide6.QtCore import QObject

from pipeline.errors import KnownError
from pipeline.model import Box
from pipeline.strokes import EMPTY
from reviewer.desk.touching import Touched
from reviewer.desk.touching import Touches
from reviewer.images.draft import Deed
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool

if TYPE_CHECKING:
    from pipeline.run.edit import Edit
    from pipeline.run.edit_photo import Repaint


class PixelTool(Tool):
    """Keeps the deeds of one layer as patches over the picture.

    Attributes:
        layer: the layer of its deeds; shown: how many of them lie over the picture.
    """

    layer: ClassVar[str] = ""

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.shown = 0
        self._touches = Touches()

    def change_of(self, deed: Deed) -> "Repaint":
        """Return what a deed asks of the photo; called on any thread."""
        raise NotImplementedError

    def refresh(self) -> None:
        """What lies over the picture has changed, or could not be made: show it in the options."""

    def begin(self, deed: Deed) -> None:
        """Do it in the background; it counts once it is there, since not everything can be done."""
        self._make(deed, self.room.did)

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        self._touches, self.shown = Touches(), 0
        self.refresh()
        for deed in deeds:
            self._make(deed, lambda _: None)

    def close(self) -> None:
        self._touches, self.shown = Touches(), 0

    def undo(self, deed: Deed) -> Box:
        board, entry = self.room.board, self.room.entry
        if board is None or entry is None or not self.shown:
            return EMPTY
        touches = self._touches
        self.room.desk.repair.work(entry, lambda _: touches.back(), lambda _: None, failed=self.room.tell)
        self.shown -= 1
        return board.lay(f"{self.layer} {self.shown}", None)

    def redo(self, deed: Deed) -> Box:
        self._make(deed, lambda _: None)
        return EMPTY

    def contribute(self, change: "Edit") -> "Edit":
        deeds = self.deeds()
        return replace(change, photo=(*change.photo, *map(self.change_of, deeds))) if deeds else change

    def deeds(self) -> tuple[Deed, ...]:
        """Return what was done, oldest first."""
        draft = self.room.draft
        return () if draft is None else tuple(deed for deed in draft.deeds if deed.layer == self.layer)

    def _make(self, deed: Deed, then: Callable[[Deed], Any]) -> None:
        entry, touches = self.room.entry, self._touches
        display = self.room.desk.pictures.gallery.display

        def take(made: Touched | None) -> None:
            board = self.room.board
            if board is None or touches is not self._touches or made is None:
                return
            self.room.canvas.redraw(board.lay(f"{self.layer} {self.shown}", made.patch))
            self.shown += 1
            then(deed)
            self.refresh()

        if entry is not None:
            self.room.desk.repair.work(
                entry, lambda photo: touches.add(photo, self.change_of(deed), display), take, failed=self._tell
            )

    def _tell(self, error: KnownError) -> None:
        self.room.tell(error)
        self.refresh()
