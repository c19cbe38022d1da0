"""The pen: a clipping path drawn or fitted to the mask, kept as a vector; the mask is cut along it."""

from collections.abc import Callable
from dataclasses import asdict
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pipeline.mask import covered_box
from pipeline.model import Box
from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Subpath
from pipeline.paths import coverage
from pipeline.paths.curves import EVEN_ODD
from pipeline.paths.curves import NONZERO
from pipeline.strokes import EMPTY
from reviewer.actions import Command
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.draft import Spot
from reviewer.images.draft import spot_of
from reviewer.language import counted
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.pen_hand import PenHand

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

GROUP = QT_TRANSLATE_NOOP("Retouch", "Pen")
DRAW = Command("pen", QT_TRANSLATE_NOOP("Retouch", "Pen: a clipping path"), ("P",), REPAIR)
FIT = Command("fit_path", QT_TRANSLATE_NOOP("Retouch", "A path around the mask as it is"), ("W",), GROUP)
CUT = Command("cut_along", QT_TRANSLATE_NOOP("Retouch", "Cut the mask along the path"), ("Return", "Enter"), GROUP)
SNAP = Command("snap", QT_TRANSLATE_NOOP("Retouch", "Nodes go to the nearest edge, or not"), ("A",), GROUP)
CONVERT = Command("convert_node", QT_TRANSLATE_NOOP("Retouch", "Make the node a corner, or round"), ("C",), GROUP)
JOIN = Command("join_handles", QT_TRANSLATE_NOOP("Retouch", "Break the node's handles, or join them"), ("M",), GROUP)
CLOSE = Command("close_line", QT_TRANSLATE_NOOP("Retouch", "Close the line, or open it"), ("L",), GROUP)
DELETE = Command("delete_node", QT_TRANSLATE_NOOP("Retouch", "Delete the node"), ("Del", "Backspace"), GROUP)
DELETE_LINE = Command("delete_line", QT_TRANSLATE_NOOP("Retouch", "Delete the whole line"), ("Shift+Del",), GROUP)
RULE = Command("path_rule", QT_TRANSLATE_NOOP("Retouch", "Lines inside others are holes, or not"), ("V",), GROUP)
PATH = "path"
TOLERANCE = 1.0
"""Pixels that the path around a mask may stray from it: fewer nodes are sooner mended."""


class PenTool(Tool):
    """Draws the path."""

    picks: ClassVar = (Pick(DRAW, "pen"),)
    commands: ClassVar = (FIT, CUT, SNAP, CONVERT, JOIN, CLOSE, DELETE, DELETE_LINE, RULE)
    layers: ClassVar = (PATH,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = PenHand(room.canvas)
        self.hand.drawn.connect(self._take)
        self._first = Path()

    def handlers(self) -> dict[str, Callable[[], None]]:
        hand = self.hand
        return {
            FIT.name: self._fit,
            CUT.name: self._cut,
            SNAP.name: self._toggle_snap,
            CONVERT.name: hand.convert,
            JOIN.name: hand.join,
            CLOSE.name: hand.close_line,
            DELETE.name: hand.delete,
            DELETE_LINE.name: hand.delete_subpath,
            RULE.name: self._toggle_rule,
        }

    def page(self) -> QWidget:
        widget, row = bar()
        word_button(row, translate("Retouch", "Around the mask"), FIT, self._fit)
        self.cut_button = word_button(row, translate("Retouch", "Cut along it"), CUT, self._cut)
        row.addSpacing(8)
        self.snap = word_button(row, translate("Retouch", "To edges"), SNAP, self._toggle_snap)
        self.holes = word_button(row, translate("Retouch", "Inner lines are holes"), RULE, self._toggle_rule)
        for button in (self.snap, self.holes):
            button.setCheckable(True)
        row.addSpacing(8)
        self.words = sentence(row)
        word_button(row, translate("Retouch", "Corner or round"), CONVERT, self.hand.convert)
        word_button(row, translate("Retouch", "Delete node"), DELETE, self.hand.delete)
        self._show()
        return widget

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        """Go on with the path that was kept, else with the version's own."""
        self._first = Path()
        self.hand.show_path(unpacked(deeds[-1].values) if deeds else self._first)
        self._show()
        entry = self.room.entry
        if entry is not None and entry.version is not None and entry.version.outcome.path is not None:
            self.room.desk.repair.kept_path(entry, self._take_first, failed=self.room.tell)

    def undo(self, deed: Deed) -> Box:
        self.hand.show_path(self._last())
        self._show()
        return EMPTY

    def redo(self, deed: Deed) -> Box:
        return self.undo(deed)

    def objection(self) -> str:
        draft = self.room.draft
        if draft is None or not draft.touches(PATH) or not draft.touches(MASK) or self._is_cut():
            return ""
        return translate("Retouch", "The mask is not cut along the path yet; cut it, or undo the path.")

    def contribute(self, change: "Edit") -> "Edit":
        draft = self.room.draft
        if draft is None or not draft.touches(PATH) or not self.hand.path.subpaths:
            return change
        return replace(change, path=self.hand.path)

    def _last(self) -> Path:
        deeds = [deed for deed in self.room.draft.deeds if deed.layer == PATH] if self.room.draft is not None else []
        return unpacked(deeds[-1].values) if deeds else self._first

    def _take_first(self, path: Path) -> None:
        self._first = path
        if self.room.draft is not None and not self.room.draft.touches(PATH):
            self.hand.show_path(path)
            self._show()

    def _take(self) -> None:
        self.room.did(Deed(PATH, values=packed(self.hand.path)))
        self._show()

    def _draw(self, path: Path) -> None:
        if path != self.hand.path:
            self.hand.show_path(path)
            self._take()

    def _fit(self) -> None:
        board = self.room.board
        if board is None:
            return
        self.words.setText(translate("Retouch", "Drawing a path around the mask…"))
        mask = board.mask.copy()

        def work() -> Path:
            # Late: it brings scikit-image along.
            from pipeline.paths.fit import fitted

            return fitted(mask, TOLERANCE)

        def take(path: Path) -> None:
            if self.room.board is board:
                self._draw(path)
                self._show()

        self.room.desk.repair.think(work, take, failed=self.room.tell)

    def _cut(self) -> None:
        """Make the mask what the path goes around."""
        board, draft, path = self.room.board, self.room.draft, self.hand.path
        if board is None or draft is None or not path.subpaths:
            self.room.tell(translate("Retouch", "Draw a path first, or have one drawn around the mask."))
            return
        mask = board.mask.copy()

        def take(spot: Spot) -> None:
            if self.room.board is not board or self.room.draft is None:
                return
            if self.room.draft.deeds != draft.deeds:
                # Mask or path have changed meanwhile.
                self._cut()
                return
            done = Deed(MASK, spot=spot, values={PATH: True})
            self.room.canvas.redraw(board.draw_deed(done)[0])
            self.room.did(done)

        self.room.desk.repair.think(lambda: cut(mask, path), take, failed=self.room.tell)

    def _is_cut(self) -> bool:
        """Whether the mask was cut along the path as it is now."""
        deeds = self.room.draft.deeds if self.room.draft is not None else ()
        drawn = max((place for place, deed in enumerate(deeds) if deed.layer == PATH), default=-1)
        return any(deed.values.get(PATH) for deed in deeds[drawn + 1 :])

    def _toggle_snap(self) -> None:
        self.hand.snaps = not self.hand.snaps
        self.snap.setChecked(self.hand.snaps)

    def _toggle_rule(self) -> None:
        path = self.hand.path
        self._draw(replace(path, rule=NONZERO if path.rule == EVEN_ODD else EVEN_ODD))
        self._show()

    def _show(self) -> None:
        path = self.hand.path
        self.words.setText(counted("%Ln node(s)", "nodes of a clipping path", path.nodes) if path.subpaths else "")
        self.holes.setChecked(path.rule == EVEN_ODD)


def cut(mask: NDArray[np.uint8], path: Path) -> Spot:
    """Return where and how a mask (uint8 H×W) becomes what a path goes around; one pixel where nothing changes."""
    levels = coverage(path, (mask.shape[1], mask.shape[0]))
    left, top, right, bottom = covered_box(levels != mask) or (0, 0, 1, 1)
    return spot_of(levels[top:bottom, left:right], left, top)


def packed(path: Path) -> dict[str, Any]:
    """Return a path as JSON material."""
    return asdict(path)


def unpacked(values: Any) -> Path:
    """Return the path again; raises KeyError, TypeError or ValueError for other material."""
    return Path(tuple(_subpath(each) for each in values["subpaths"]), str(values["rule"]))


def _subpath(values: Any) -> Subpath:
    nodes = (
        Node(*(tuple(map(float, node[name])) for name in ("at", "before", "after")), bool(node["joined"]))
        for node in values["nodes"]
    )
    return Subpath(tuple(nodes), bool(values["closed"]))
