"""The spot brush: heals dust, clones from a chosen place, softens reflections; and steps through what it found."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pipeline.model import Box
from pipeline.strokes import Stroke
from reviewer.actions import Command
from reviewer.desk.touching import find_specks
from reviewer.desk.touching import speck_stroke
from reviewer.images.draft import Deed
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.views.pixel_tool import PixelTool
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import BrushSliders
from reviewer.views.retouch_options import Slider
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.widgets.spot_hand import SpotHand

if TYPE_CHECKING:
    from pipeline.run.edit_photo import Touch

GROUP = QT_TRANSLATE_NOOP("Retouch", "Heal")
HEAL = Command("spot_heal", QT_TRANSLATE_NOOP("Retouch", "Spot brush that heals dust and scratches"), ("S",), REPAIR)
CLONE = Command("spot_clone", QT_TRANSLATE_NOOP("Retouch", "Clone from another place"), ("Shift+S",), REPAIR)
SOFTEN = Command("soften_light", QT_TRANSLATE_NOOP("Retouch", "Soften a reflection"), ("O",), REPAIR)
FIND = Command("find_dust", QT_TRANSLATE_NOOP("Retouch", "Look for dust and scratches"), ("D",), GROUP)
NEXT = Command("next_speck", QT_TRANSLATE_NOOP("Retouch", "Next speck"), (".",), GROUP, repeats=True)
BACK = Command("previous_speck", QT_TRANSLATE_NOOP("Retouch", "Speck before"), (",",), GROUP, repeats=True)
MEND = Command("heal_speck", QT_TRANSLATE_NOOP("Retouch", "Heal this speck, next one"), ("Return", "Enter"), GROUP)
KINDS = {HEAL.name: "heal", CLONE.name: "clone", SOFTEN.name: "soften"}
LAYER = "spots"
AROUND = 160
"""Pixels around a speck that are shown with it."""


class HealHand(SpotHand):
    """Says what a stroke does."""

    kind = HEAL.name

    def hint(self, held: Qt.KeyboardModifier) -> str:
        if held & Qt.KeyboardModifier.AltModifier and self.kind != SOFTEN.name:
            return translate("Retouch", "Click: pixels come from here.")
        return super().hint(held)

    def drag_hint(self, adds: bool) -> str:
        if self.kind == SOFTEN.name:
            return translate("Retouch", "Drag over a reflection: its light sinks towards the metal around it.")
        if self.kind == CLONE.name and self.source is None:
            return translate("Retouch", "Alt+click: where pixels come from. Then drag.")
        if self.kind == CLONE.name:
            return translate("Retouch", "Drag: copies from the cross. Alt+click moves it.")
        return translate("Retouch", "Drag over a spot: it is healed from beside it. Alt+click chooses the source.")


class HealTool(PixelTool):
    """Heals, clones, softens.

    Attributes:
        strength: 0..1, how far a reflection is softened.
    """

    picks: ClassVar = (Pick(HEAL, "heal"), Pick(CLONE, "clone"), Pick(SOFTEN, "soften"))
    commands: ClassVar = (FIND, NEXT, BACK, MEND)
    layer: ClassVar = LAYER
    layers: ClassVar = (LAYER,)
    baked: ClassVar = (LAYER,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = HealHand(room.canvas)
        self.hand.drawn.connect(self._mend)
        self.hand.sourced.connect(room.canvas.tell_hint)
        self.strength = 0.7

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {
            FIND.name: self.find,
            NEXT.name: partial(self._step, 1),
            BACK.name: partial(self._step, -1),
            MEND.name: self._mend_speck,
        }

    def page(self) -> QWidget:
        widget, row = bar()
        self.sliders = BrushSliders(row, self.hand, opacity=False)
        words = translate("Retouch", "Strength")
        self.slider = Slider(row, words, translate("Retouch", "How far a reflection is softened"), self._set_strength)
        self._set_strength(self.strength)
        row.addSpacing(4)
        self.find_button = word_button(row, translate("Retouch", "Find dust"), FIND, self.find)
        self.back_button = word_button(row, "‹", BACK, partial(self._step, -1))
        self.next_button = word_button(row, "›", NEXT, partial(self._step, 1))
        self.mend_button = word_button(row, translate("Retouch", "Heal it"), MEND, self._mend_speck)
        self.words = sentence(row)
        self.refresh()
        return widget

    def pick(self, name: str) -> None:
        self.hand.kind = name
        if self.room.entry is not None:
            self.room.desk.repair.prepare(self.room.entry, failed=self.room.tell)
        self.refresh()
        self.room.canvas.tell_hint()

    def picked(self) -> str:
        return self.hand.kind

    def change_of(self, deed: Deed) -> "Touch":
        # Late: it brings the engines' imports along.
        from pipeline.run.edit_photo import Touch

        source = deed.values["source"]
        where = None if source is None else (int(source[0]), int(source[1]))
        return Touch(str(deed.values["kind"]), deed.stroke, where, float(deed.values["strength"]))

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        self.hand.show_boxes((), -1)
        super().resume(deeds)

    def find(self) -> None:
        """Look for dust and scratches in the background."""
        board, entry = self.room.board, self.room.entry
        if board is None or entry is None:
            return
        mask = board.mask.copy()
        self.words.setText(translate("Retouch", "Looking for dust…"))
        self.room.desk.repair.work(entry, lambda photo: find_specks(photo, mask), self._offer, failed=self.room.tell)

    def _offer(self, boxes: tuple[Box, ...]) -> None:
        self.hand.show_boxes(boxes, -1)
        self._step(1)

    def _step(self, by: int) -> None:
        boxes = self.hand.boxes
        if boxes:
            at = (self.hand.at + by) % len(boxes) if self.hand.at >= 0 or by < 0 else 0
            self.hand.show_boxes(boxes, at)
            left, top, right, bottom = boxes[at]
            self.room.canvas.show_place((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND))
        self.refresh()

    def _mend_speck(self) -> None:
        """Heal the speck that is looked at, whatever the brush would do, and go to the next."""
        if not 0 <= self.hand.at < len(self.hand.boxes):
            self.find()
            return
        at, boxes = self.hand.at, self.hand.boxes
        points, radius = speck_stroke(boxes[at])
        stroke = Stroke(points, radius, 0.7)
        self.begin(Deed(LAYER, stroke, values={"kind": KINDS[HEAL.name], "source": None, "strength": self.strength}))
        self.hand.show_boxes(boxes[:at] + boxes[at + 1 :], at - 1)
        self._step(1)

    def _mend(self, stroke: Stroke) -> None:
        kind = KINDS[self.hand.kind]
        source = self.hand.aligned
        if kind == "clone" and source is None:
            self.room.tell(translate("Retouch", "Alt+click first where the pixels shall come from."))
            return
        source = None if kind == "soften" or source is None else [int(step) for step in source]
        self.begin(Deed(LAYER, stroke, values={"kind": kind, "source": source, "strength": self.strength}))

    def _set_strength(self, strength: float) -> None:
        self.strength = strength
        self.slider.show(strength, numeral(f"{strength:.0%}"))

    def refresh(self) -> None:
        """Say what was found, and what can be done with it."""
        found = len(self.hand.boxes)
        for button in (self.back_button, self.next_button, self.mend_button):
            button.setEnabled(found > 0)
        self.slider.slider.setEnabled(self.hand.kind == SOFTEN.name)
        words = ""
        if found:
            words = translate("Retouch", "{at} of {count} places").format(at=self.hand.at + 1, count=found)
        self.words.setText(words)
