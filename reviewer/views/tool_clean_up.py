"""Clean-up: what was put over the photo is proposed as outlines; each is taken away or left, by one key."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reviewer.actions import Command
from reviewer.images.draft import Deed
from reviewer.images.draft import spot_of
from reviewer.language import quoted
from reviewer.language import translate
from reviewer.views.pixel_tool import PixelTool
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.widgets.box_hand import BoxHand

if TYPE_CHECKING:
    from pipeline.measure.overlays import Overlay
    from pipeline.run.edit_photo import Fill

GROUP = QT_TRANSLATE_NOOP("Retouch", "Clean up")
PICK = Command("clean_up", QT_TRANSLATE_NOOP("Retouch", "Take away stamps, tags and watermarks"), ("T",), REPAIR)
NEXT = Command("next_overlay", QT_TRANSLATE_NOOP("Retouch", "Next place"), (".",), GROUP, repeats=True)
BACK = Command("previous_overlay", QT_TRANSLATE_NOOP("Retouch", "Place before"), (",",), GROUP, repeats=True)
TAKE = Command("take_away", QT_TRANSLATE_NOOP("Retouch", "Take it away, next place"), ("Return", "Enter"), GROUP)
LEAVE = Command("leave_it", QT_TRANSLATE_NOOP("Retouch", "Leave it, next place"), ("Backspace", "Del"), GROUP)
LAYER = "overlays"
AROUND = 120
KINDS = {
    "date": QT_TRANSLATE_NOOP("Retouch", "date stamp"),
    "price": QT_TRANSLATE_NOOP("Retouch", "price"),
    "owner": QT_TRANSLATE_NOOP("Retouch", "watermark"),
    "tag": QT_TRANSLATE_NOOP("Retouch", "tag"),
    "words": QT_TRANSLATE_NOOP("Retouch", "writing"),
}


class ChooseHand(BoxHand):
    """Says what a click does."""

    def hint(self, held: Qt.KeyboardModifier) -> str:
        if not self.boxes:
            return translate("Retouch", "Nothing was found to take away; paint it with the fill (J).")
        return translate("Retouch", "Enter takes the outlined place away, Backspace leaves it, . and , step.")


class CleanUpTool(PixelTool):
    """Proposes and fills.

    Attributes:
        found: what was put over the photo, beside the product first; left: the indices that stay.
    """

    picks: ClassVar = (Pick(PICK, "clean-up"),)
    commands: ClassVar = (NEXT, BACK, TAKE, LEAVE)
    layer: ClassVar = LAYER
    layers: ClassVar = (LAYER,)
    baked: ClassVar = (LAYER,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = ChooseHand(room.canvas)
        self.hand.chosen.connect(self._go_to)
        self.found: tuple[Overlay, ...] = ()
        self.left: frozenset[int] = frozenset()
        self._looked: int | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {
            NEXT.name: partial(self._step, 1),
            BACK.name: partial(self._step, -1),
            TAKE.name: self.take_away,
            LEAVE.name: self.leave_it,
        }

    def page(self) -> QWidget:
        widget, row = bar()
        self.back_button = word_button(row, "‹", BACK, partial(self._step, -1))
        self.next_button = word_button(row, "›", NEXT, partial(self._step, 1))
        self.take_button = word_button(row, translate("Retouch", "Take away"), TAKE, self.take_away)
        self.leave_button = word_button(row, translate("Retouch", "Leave"), LEAVE, self.leave_it)
        row.addSpacing(4)
        self.words = sentence(row)
        self.refresh()
        return widget

    def pick(self, name: str) -> None:
        board, entry = self.room.board, self.room.entry
        if board is None or entry is None or self._looked == entry.record.id:
            return
        self._looked = entry.record.id
        mask, image = board.mask.copy(), entry.record.id
        self.words.setText(translate("Retouch", "Looking for stamps, tags and watermarks…"))
        self.room.desk.repair.work(
            entry,
            lambda photo: _find(photo, mask),
            lambda found: self._offer(found) if self._looked == image else None,
            failed=self._tell,
        )

    def change_of(self, deed: Deed) -> "Fill":
        # Late: it brings the engines' imports along.
        from pipeline.run.edit_photo import Fill

        hole = np.zeros((deed.values["height"], deed.values["width"]), bool)
        left, top, right, bottom = deed.spot.box
        hole[top:bottom, left:right] = deed.spot.levels > 0
        return Fill(hole, str(deed.values["engine"]), str(deed.values["why"]))

    def close(self) -> None:
        super().close()
        self._looked, self.found, self.left = None, (), frozenset()

    def take_away(self) -> None:
        """Fill the place that is outlined, and go to the next."""
        at, board = self.hand.at, self.room.board
        if board is None or not 0 <= at < len(self.found):
            return
        overlay = self.found[at]
        width, height = board.size
        why = f"{overlay.kind} “{overlay.text}”" if overlay.text else overlay.kind
        spot = spot_of(overlay.hole.astype(np.uint8) * 255, *overlay.box[:2])
        values = {"width": width, "height": height, "engine": "best", "why": why}
        self.begin(Deed(LAYER, spot=spot, values=values))
        self.found = self.found[:at] + self.found[at + 1 :]
        self.left = frozenset(index - (index > at) for index in self.left if index != at)
        self._go_to(min(at, len(self.found) - 1))

    def leave_it(self) -> None:
        """Leave the place as it is, and go to the next."""
        if 0 <= self.hand.at < len(self.found):
            self.left |= {self.hand.at}
            self._step(1)

    def _offer(self, found: "tuple[Overlay, ...]") -> None:
        self.found, self.left = found, frozenset(index for index, each in enumerate(found) if each.on_product)
        self._go_to(0 if found else -1)

    def _step(self, by: int) -> None:
        if self.found:
            self._go_to((self.hand.at + by) % len(self.found))

    def _go_to(self, at: int) -> None:
        self.hand.show_boxes(tuple(overlay.box for overlay in self.found), at, self.left)
        if at >= 0:
            left, top, right, bottom = self.found[at].box
            self.room.canvas.show_place((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND))
        self.room.canvas.tell_hint()
        self.refresh()

    def refresh(self) -> None:
        """Say what is outlined, and what can be done with it."""
        at = self.hand.at
        there = 0 <= at < len(self.found)
        for button in (self.back_button, self.next_button, self.take_button, self.leave_button):
            button.setEnabled(there)
        self.words.setText(self._said(at) if there else self._rest())

    def _said(self, at: int) -> str:
        overlay = self.found[at]
        kind = translate("Retouch", KINDS[overlay.kind])
        said = f"{kind} {quoted(overlay.text)}" if overlay.text else kind
        place = translate("Retouch", "{at} of {count}: {what}").format(at=at + 1, count=len(self.found), what=said)
        warned = translate("Retouch", "On the product: only if it is none of its own print.")
        stays = translate("Retouch", "Stays")
        more = warned if overlay.on_product else stays if at in self.left else ""
        return f"{place}   {more}".rstrip()

    def _rest(self) -> str:
        return translate("Retouch", "{count} places taken away").format(count=self.shown) if self.shown else ""


def _find(photo: NDArray[np.uint16], mask: NDArray[np.uint8]) -> "tuple[Overlay, ...]":
    from pipeline.measure.overlays import find_overlays

    return find_overlays(photo, mask / np.float32(255))
