"""Hair and fur: what is painted over is solved again from the photo's own colours."""

from collections.abc import Callable
from functools import reduce
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.strokes import Stroke
from pipeline.strokes import coverage
from pipeline.strokes import union
from reviewer.actions import Command
from reviewer.images.board import Patch
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.draft import Spot
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import BrushSliders
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import MarkHand
from reviewer.widgets.hand import Touch

GROUP = QT_TRANSLATE_NOOP("Retouch", "Hair")
PAINT = Command("hair", QT_TRANSLATE_NOOP("Retouch", "Hair and fur, solved where you paint"), ("H",), REPAIR)
COMPARE = Command("compare_hair", QT_TRANSLATE_NOOP("Retouch", "Before the last hair, and after it"), ("C",), GROUP)
HAIR = "hair"
WIDE = 60.0


class HairHand(MarkHand):
    """Marks hair."""

    def __init__(self, tool: "HairTool") -> None:
        super().__init__(tool.room.canvas, Brush(HAIR, radius=WIDE, hardness=1.0))
        self._tool = tool

    def press(self, touch: Touch) -> None:
        self._tool.settle()
        super().press(touch)

    def hint(self, held: Qt.KeyboardModifier) -> str:
        if self._tool.before:
            return translate("Retouch", "This is the matte before the last hair.")
        return super().hint(held)

    def drag_hint(self, adds: bool) -> str:
        return translate("Retouch", "Drag over hair, from the body to beyond its tips: it is cut out again.")


class HairTool(Tool):
    """Solves hair.

    Attributes:
        before: whether the matte is shown as it was before the last hair.
    """

    picks: ClassVar = (Pick(PAINT, "hair"),)
    commands: ClassVar = (COMPARE,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.before = False
        self.hand = HairHand(self)
        self.hand.painted.connect(self._take)
        room.changed.connect(self._clean)

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {COMPARE.name: self._compare}

    def page(self) -> QWidget:
        widget, row = bar()
        self.sliders = BrushSliders(row, self.hand, hardness=False, opacity=False)
        row.addSpacing(8)
        self.words = sentence(row)
        word_button(row, translate("Retouch", "Before and after"), COMPARE, self._compare)
        return widget

    def pick(self, name: str) -> None:
        if self.room.entry is not None:
            self.room.desk.repair.prepare(self.room.entry, failed=self.room.tell)

    def settle(self) -> None:
        if self.before:
            self._compare()

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        self._clean(MASK)

    def close(self) -> None:
        self.before = False
        self.words.setText("")

    def _take(self, deed: Deed) -> None:
        if deed.stroke is not None:
            self._solve(deed.stroke)

    def _solve(self, stroke: Stroke) -> None:
        board, draft, entry = self.room.board, self.room.draft, self.room.entry
        if board is None or draft is None or entry is None:
            return
        self.words.setText(translate("Retouch", "Solving the hair…"))

        def take(spot: Spot) -> None:
            if self.room.board is not board or self.room.draft is None:
                return
            if self.room.draft.deeds != draft.deeds:
                # The mask has changed meanwhile, and with it what is known around the hair.
                self._solve(stroke)
                return
            self.room.canvas.redraw(board.drop(HAIR))
            done = Deed(MASK, stroke, spot, {"hair": True})
            self.room.canvas.redraw(board.draw_deed(done)[0])
            self.room.did(done)
            self.words.setText(translate("Retouch", "The hair is cut out again."))

        region = coverage(stroke, board.size)
        self.room.desk.repair.solve_hair(entry, board.mask, region, take, failed=self._tell)

    def _clean(self, layer: str) -> None:
        """Show hair in its own colours on other grounds, as the version will have it."""
        board, draft, entry = self.room.board, self.room.draft, self.room.entry
        if layer != MASK or board is None or draft is None or entry is None:
            return
        self.room.canvas.redraw(board.lay(HAIR, None))
        boxes = [deed.spot.box for deed in draft.deeds if deed.values.get("hair") and deed.spot is not None]
        if not boxes:
            return

        def take(patch: Patch) -> None:
            if self.room.draft is not None and self.room.draft.deeds == draft.deeds and not self.before:
                self.room.canvas.redraw(board.lay(HAIR, patch))

        display = self.room.desk.pictures.gallery.display
        box = reduce(union, boxes)
        self.room.desk.repair.clean(entry, board.mask, box, display, take, failed=self.room.tell)

    def _compare(self) -> None:
        """Show the matte without its last step for a moment, if that was hair."""
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None or not draft.deeds or not draft.deeds[-1].values.get("hair"):
            return
        self.before = not self.before
        self.room.canvas.redraw(board.travel(MASK, back=self.before))
        if self.before:
            self.room.canvas.redraw(board.lay(HAIR, None))
        else:
            self._clean(MASK)
        self.room.canvas.tell_hint()

    def _tell(self, error: KnownError) -> None:
        self.words.setText("")
        if self.room.board is not None:
            self.room.canvas.redraw(self.room.board.drop(HAIR))
        self.room.tell(error)
