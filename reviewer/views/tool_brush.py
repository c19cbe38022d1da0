"""The mask brush: adds to the product and erases from it, up to the object's edge where asked; inverts and clears."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pipeline.strokes import Stroke
from reviewer.actions import Command
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.draft import Spot
from reviewer.images.draft import spot_of
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import BrushSliders
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

GROUP = QT_TRANSLATE_NOOP("Retouch", "Brush")
ADD = Command("mask_add", QT_TRANSLATE_NOOP("Retouch", "Brush that adds to the product"), ("B",), REPAIR)
ERASE = Command("mask_erase", QT_TRANSLATE_NOOP("Retouch", "Brush that erases from the product"), ("E",), REPAIR)
EDGES = Command("edge_aware", QT_TRANSLATE_NOOP("Retouch", "Strokes stop at the object's edge, or not"), ("A",), GROUP)
INVERT = Command("invert_mask", QT_TRANSLATE_NOOP("Retouch", "Swap product and background"), ("Ctrl+I",), GROUP)
CLEAR = Command("clear_mask", QT_TRANSLATE_NOOP("Retouch", "Empty the mask"), ("Ctrl+D",), GROUP)
EDGE = "edge"
"""The layer that shows an edge-aware stroke until it is solved."""


class MaskHand(BrushHand):
    """Paints the mask; an edge-aware stroke is only marked while it is drawn."""

    def shown(self, stroke: Stroke) -> Stroke:
        return stroke if self.brush.layer == MASK else replace(stroke, adds=True, opacity=1.0)

    def drag_hint(self, adds: bool) -> str:
        if self.brush.layer == MASK:
            return super().drag_hint(adds)
        if adds:
            return translate("Retouch", "Drag roughly over the object: it is added up to its edge.")
        return translate("Retouch", "Drag roughly over what is too much: it is erased up to its edge.")


class BrushTool(Tool):
    """Paints the mask."""

    picks: ClassVar = (Pick(ADD, "brush"), Pick(ERASE, "eraser"))
    commands: ClassVar = (EDGES, INVERT, CLEAR)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = MaskHand(room.canvas, Brush(MASK))
        self.hand.painted.connect(self._take)
        self.hand.brush_changed.connect(lambda _: room.show_tool())

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {"edge_aware": self._toggle_edges, "invert_mask": self._invert, "clear_mask": self._clear}

    def page(self) -> QWidget:
        widget, row = bar()
        self.sliders = BrushSliders(row, self.hand)
        row.addSpacing(8)
        self.edges = word_button(row, translate("Retouch", "Up to the edge"), EDGES, self._toggle_edges)
        self.edges.setCheckable(True)
        row.addStretch(1)
        word_button(row, translate("Retouch", "Invert"), INVERT, self._invert)
        word_button(row, translate("Retouch", "Clear"), CLEAR, self._clear)
        return widget

    def pick(self, name: str) -> None:
        self.hand.set_brush(self.hand.brush.on(self.hand.brush.layer, adds=name == ADD.name))

    def picked(self) -> str:
        return ADD.name if self.hand.brush.adds else ERASE.name

    def contribute(self, change: "Edit") -> "Edit":
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None or not draft.touches(MASK):
            return change
        strokes = tuple(deed.stroke for deed in draft.deeds if deed.layer == MASK and deed.stroke is not None)
        return replace(change, mask=board.mask, strokes=strokes)

    def _toggle_edges(self) -> None:
        brush = self.hand.brush
        self.hand.set_brush(brush.on(MASK if brush.layer == EDGE else EDGE, adds=brush.adds))
        self.edges.setChecked(self.hand.brush.layer == EDGE)

    def _take(self, deed: Deed) -> None:
        if deed.layer == MASK:
            self.room.did(deed)
        elif deed.stroke is not None:
            self._grow(deed.stroke)

    def _grow(self, stroke: Stroke) -> None:
        board, draft = self.room.board, self.room.draft
        if board is None or draft is None:
            return

        def take(spot: Spot) -> None:
            if self.room.board is not board or self.room.draft is None:
                return
            if self.room.draft.deeds != draft.deeds:
                # The mask has changed meanwhile, and with it what the stroke comes to.
                self._grow(stroke)
                return
            self.room.canvas.redraw(board.drop(EDGE))
            self._do(Deed(MASK, stroke, spot))

        pixels = board.picture.levels[0]
        self.room.desk.repair.grow(pixels, board.mask, stroke, take, failed=self.room.tell)

    def _invert(self) -> None:
        if self.room.board is not None:
            self._do(Deed(MASK, spot=spot_of(255 - self.room.board.mask, 0, 0)))

    def _clear(self) -> None:
        if self.room.board is not None:
            self._do(Deed(MASK, spot=spot_of(np.zeros_like(self.room.board.mask), 0, 0)))

    def _do(self, deed: Deed) -> None:
        if self.room.board is not None:
            self.room.canvas.redraw(self.room.board.draw_deed(deed)[0])
            self.room.did(deed)
