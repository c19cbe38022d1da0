"""The fill: a hole is painted, filled from its surroundings by an engine, judged, and accepted or tried again."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from reviewer.actions import Command
from reviewer.desk.repair import Filled
from reviewer.desk.repair import engines
from reviewer.images.draft import HOLE
from reviewer.images.draft import Deed
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import BrushSliders
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.views.retouch_words import engine_title
from reviewer.views.retouch_words import fill_words
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.chooser import Chooser

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

PAINT = Command("hole", QT_TRANSLATE_NOOP("Retouch", "Paint what a fill shall replace"), ("J",), REPAIR)
GROUP = QT_TRANSLATE_NOOP("Retouch", "Fill")
FILL = Command("fill", QT_TRANSLATE_NOOP("Retouch", "Fill the hole, then accept the fill"), ("Return", "Enter"), GROUP)
NEXT = Command("next_engine", QT_TRANSLATE_NOOP("Retouch", "Fill again with the next engine"), ("R",), GROUP)
COMPARE = Command("compare", QT_TRANSLATE_NOOP("Retouch", "Show the fill, or the original under it"), ("C",), GROUP)
ENGINE_WIDTH = 220


class HoleHand(BrushHand):
    """Paints what is replaced."""

    def drag_hint(self, adds: bool) -> str:
        if adds:
            return translate("Retouch", "Drag: marks what the fill replaces. Alt unmarks; Enter fills it.")
        return translate("Retouch", "Drag: unmarks what the fill replaces. X swaps; Enter fills it.")


class FillTool(Tool):
    """Fills what is painted.

    Attributes:
        filled: what the engine made of the hole, None while there is no fill.
    """

    picks: ClassVar = (Pick(PAINT, "fill"),)
    commands: ClassVar = (FILL, NEXT, COMPARE)
    baked: ClassVar = (HOLE,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.filled: Filled | None = None
        self.hand = HoleHand(room.canvas, Brush(HOLE))
        self.hand.began.connect(self._forget)
        self.hand.painted.connect(room.did)
        room.changed.connect(self._forget)

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {"fill": self.fill_or_accept, "next_engine": self._next_engine, "compare": self._compare}

    def page(self) -> QWidget:
        widget, row = bar()
        self.sliders = BrushSliders(row, self.hand, hardness=False, opacity=False)
        self.engines = Chooser(
            translate("Retouch", "Engine"), translate("Retouch", "How the hole is filled"), ENGINE_WIDTH
        )
        self.engines.activated.connect(lambda _: self._fill())
        row.addWidget(self.engines)
        self.fill_button = word_button(row, translate("Retouch", "Fill"), FILL, self.fill_or_accept)
        row.addSpacing(4)
        self.readings = sentence(row)
        self.compare_button = word_button(row, translate("Retouch", "Compare"), COMPARE, self._compare)
        self.next_button = word_button(row, translate("Retouch", "Try another"), NEXT, self._next_engine)
        self._show()
        return widget

    def pick(self, name: str) -> None:
        self.hand.set_brush(self.hand.brush.on(HOLE, adds=True))
        self._offer_engines()
        if self.room.entry is not None:
            self.room.desk.repair.prepare(self.room.entry, failed=self.room.tell)

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        """Show once more what was accepted before the image was left."""
        self.filled = None
        self._show()
        draft = self.room.draft
        if draft is None or not draft.engine:
            return
        self._offer_engines()
        place = self.engines.findData(draft.engine)
        if place >= 0:
            self.engines.setCurrentIndex(place)
            self._fill(accepted=draft.engine)

    def close(self) -> None:
        self.filled = None
        self.room.desk.repair.leave()

    def objection(self) -> str:
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None or draft.engine or not (draft.touches(HOLE) and board.hole.any()):
            return ""
        return translate(
            "Retouch", "The hole is not filled yet: Enter fills it and Enter again accepts it, or undo it."
        )

    def contribute(self, change: "Edit") -> "Edit":
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None or not (draft.touches(HOLE) and board.hole.any()):
            return change
        return replace(change, hole=board.hole, engine=draft.engine)

    def fill_or_accept(self) -> None:
        """Fill the hole; filled already, take the fill into the next version."""
        draft, board = self.room.draft, self.room.board
        if draft is None or board is None:
            return
        if self.filled is not None and not self.filled.readings:
            # Nothing is accepted before it is judged; the words beside the button say that this goes on.
            return
        if self.filled is not None:
            self.room.canvas.redraw(board.lay(HOLE, self.filled.patch))
            self.room.put_draft(replace(draft, engine=self.filled.engine))
            self._show()
        elif not board.hole.any():
            self.room.tell(translate("Retouch", "Paint over what the fill shall replace first (J)."))
        else:
            self._fill()

    def _offer_engines(self) -> None:
        if not self.engines.count():
            for name in engines():
                self.engines.addItem(engine_title(name), name)

    def _forget(self, layer: str) -> None:
        """A fill belongs to the hole it was made for."""
        board = self.room.board
        if layer != HOLE or board is None:
            return
        self.room.canvas.redraw(board.lay(HOLE, None))
        self.filled = None
        self._show()

    def _fill(self, *, accepted: str = "") -> None:
        board, entry, draft = self.room.board, self.room.entry, self.room.draft
        if board is None or entry is None or draft is None or not board.hole.any():
            return
        self.filled = None
        draft = replace(draft, engine=accepted)
        self.room.put_draft(draft)
        self.room.canvas.redraw(board.lay(HOLE, None))
        self._show(translate("Retouch", "Filling…"))
        engine, display = self.engines.currentData(), self.room.desk.pictures.gallery.display

        def take(filled: Filled) -> None:
            # A stroke painted meanwhile has made another hole.
            now = self.room.draft
            if now is not None and now.deeds == draft.deeds and filled.image == draft.image:
                self._take(filled)

        self.room.desk.repair.fill(entry, board.hole, engine, display, take, failed=self._tell_unfilled)

    def _take(self, filled: Filled) -> None:
        board = self.room.board
        if board is None or filled.engine != self.engines.currentData():
            return
        if self.filled is None or self.filled.patch is not filled.patch:
            self.room.canvas.redraw(board.lay(HOLE, filled.patch))
        self.filled = filled
        self._show()

    def _show(self, words: str | None = None) -> None:
        """Say what the fill came to, and what can be done with it."""
        accepted = self.room.draft is not None and bool(self.room.draft.engine)
        self.readings.setText(fill_words(self.filled, accepted=accepted) if words is None else words)
        done = self.filled is not None
        self.fill_button.setText(
            translate("Retouch", "Accept") if done and not accepted else translate("Retouch", "Fill")
        )
        self.fill_button.setEnabled(not accepted)
        self.compare_button.setEnabled(done)
        self.next_button.setEnabled(done)

    def _next_engine(self) -> None:
        self.engines.setCurrentIndex((self.engines.currentIndex() + 1) % self.engines.count())
        self._fill()

    def _compare(self) -> None:
        board = self.room.board
        if board is not None and self.filled is not None:
            self.room.canvas.redraw(board.lay(HOLE, None if HOLE in board.patches else self.filled.patch))

    def _tell_unfilled(self, error: KnownError) -> None:
        self.room.tell(error)
        self._show()
