"""The mask brush: adds to the product and erases from it."""

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reviewer.actions import Command
from reviewer.images.draft import MASK
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import BrushSliders
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

ADD = Command("mask_add", QT_TRANSLATE_NOOP("Retouch", "Brush that adds to the product"), ("B",), REPAIR)
ERASE = Command("mask_erase", QT_TRANSLATE_NOOP("Retouch", "Brush that erases from the product"), ("E",), REPAIR)


class BrushTool(Tool):
    """Paints the mask."""

    picks: ClassVar = (Pick(ADD, "brush"), Pick(ERASE, "eraser"))

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = BrushHand(room.canvas, Brush(MASK))
        self.hand.painted.connect(room.did)
        self.hand.brush_changed.connect(lambda _: room.show_tool())

    def page(self) -> QWidget:
        widget, row = bar()
        self.sliders = BrushSliders(row, self.hand)
        row.addStretch(1)
        return widget

    def pick(self, name: str) -> None:
        self.hand.set_brush(self.hand.brush.on(MASK, adds=name == ADD.name))

    def picked(self) -> str:
        return ADD.name if self.hand.brush.adds else ERASE.name

    def contribute(self, change: "Edit") -> "Edit":
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None or not draft.touches(MASK):
            return change
        strokes = tuple(deed.stroke for deed in draft.deeds if deed.layer == MASK and deed.stroke is not None)
        return replace(change, mask=board.mask, strokes=strokes)
