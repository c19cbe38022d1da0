"""Colour by hand, of the product only: white balance picker, exposure, single hues, a reference, ΔE00 live."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from pipeline.model import Box
from pipeline.model import Grade
from pipeline.model import HueShift
from pipeline.strokes import EMPTY
from reviewer.actions import Command
from reviewer.desk.colouring import Graded
from reviewer.desk.colouring import Lab
from reviewer.desk.colouring import Palette
from reviewer.desk.colouring import difference
from reviewer.desk.colouring import grade_of
from reviewer.desk.colouring import grade_values
from reviewer.desk.colouring import graded
from reviewer.desk.colouring import lay_out
from reviewer.desk.colouring import screen_color
from reviewer.desk.colouring import white_at
from reviewer.images.draft import Deed
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import Slider
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.views.tool_colour_reference import ReferenceDialog
from reviewer.views.tool_colour_reference import lab_words
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.pick_hand import PickHand
from reviewer.widgets.pick_hand import Swatch

if TYPE_CHECKING:
    from pipeline.run.edit import Edit

GROUP = QT_TRANSLATE_NOOP("Retouch", "Colour")
PICK = Command("colour", QT_TRANSLATE_NOOP("Retouch", "Colours of the product"), ("U",), REPAIR)
LIGHTER = Command("lighter", QT_TRANSLATE_NOOP("Retouch", "Lighter"), ("Up",), GROUP, repeats=True)
DARKER = Command("darker", QT_TRANSLATE_NOOP("Retouch", "Darker"), ("Down",), GROUP, repeats=True)
RESET = Command("reset_colour", QT_TRANSLATE_NOOP("Retouch", "The photo's own colours"), ("0",), GROUP)
LAYER = "colour"
STEADY_MILLISECONDS = 400
"""A slider that has not moved for so long has come to where the person wants it."""
STOPS, TURN, LIGHTNESS, EXPOSURE_STEP = 1.5, 30.0, 20.0, 0.05
HUES = {
    30.0: QT_TRANSLATE_NOOP("Retouch", "Reds"),
    65.0: QT_TRANSLATE_NOOP("Retouch", "Oranges"),
    100.0: QT_TRANSLATE_NOOP("Retouch", "Yellows"),
    150.0: QT_TRANSLATE_NOOP("Retouch", "Greens"),
    210.0: QT_TRANSLATE_NOOP("Retouch", "Cyans"),
    280.0: QT_TRANSLATE_NOOP("Retouch", "Blues"),
    325.0: QT_TRANSLATE_NOOP("Retouch", "Purples"),
}
CHOOSER_WIDTH, LAB_WIDTH, SLIDER_WIDTH = 104, 116, 58


class PickerHand(PickHand):
    """Says what a click does, and shows the product's colour beside the reference."""

    def hint(self, held: Qt.KeyboardModifier) -> str:
        return translate("Retouch", "Click something that is grey or white in truth: the product's light follows it.")


class ColourTool(Tool):
    """Sets a grade.

    Attributes:
        grade: the colours as set; reference: Lab that they are held against, None for none; `reference_name` is the
            photo's that it was taken from, "" where it was typed.
    """

    picks: ClassVar = (Pick(PICK, "colour"),)
    commands: ClassVar = (LIGHTER, DARKER, RESET)
    layers: ClassVar = (LAYER,)
    recolours: ClassVar = (LAYER,)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = PickerHand(room.canvas)
        self.hand.picked.connect(self._pick_white)
        self.grade, self.reference, self.reference_name = Grade(), None, ""
        self.dialog: ReferenceDialog | None = None
        self.shown: Graded | None = None
        self._palette: Palette | None = None
        self._asked = self._busy = False
        self._steady = QTimer(self, interval=STEADY_MILLISECONDS, singleShot=True)
        self._steady.timeout.connect(self._settle)
        room.changed.connect(self._mask_changed)

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {
            LIGHTER.name: lambda: self._expose(self.grade.exposure + EXPOSURE_STEP),
            DARKER.name: lambda: self._expose(self.grade.exposure - EXPOSURE_STEP),
            RESET.name: lambda: self.set_grade(Grade()),
        }

    def page(self) -> QWidget:
        widget, row = bar()
        self.exposure = Slider(
            row,
            translate("Retouch", "Exposure"),
            (DARKER, LIGHTER),
            lambda share: self._slide("exposure", share),
        )
        self.hues = Chooser(
            translate("Retouch", "Hue"), translate("Retouch", "Which colours are turned"), CHOOSER_WIDTH
        )
        for hue, title in HUES.items():
            self.hues.addItem(translate("Retouch", title), hue)
        self.hues.activated.connect(lambda _: self.refresh())
        row.addWidget(self.hues)
        names = {
            "turn": QT_TRANSLATE_NOOP("Retouch", "Turn"),
            "chroma": QT_TRANSLATE_NOOP("Retouch", "Saturation"),
            "lightness": QT_TRANSLATE_NOOP("Retouch", "Lightness"),
        }
        self.sliders = {
            name: Slider(row, translate("Retouch", words), "", lambda share, name=name: self._slide(name, share))
            for name, words in names.items()
        }
        self.reset_button = word_button(row, translate("Retouch", "Reset"), RESET, lambda: self.set_grade(Grade()))
        self.lab = QLineEdit()
        self.lab.setPlaceholderText(translate("Retouch", "Reference L a b"))
        self.lab.setAccessibleName(translate("Retouch", "Reference L*a*b*"))
        self.lab.setFixedWidth(LAB_WIDTH)
        self.lab.editingFinished.connect(self._take_reference)
        row.addWidget(self.lab)
        tip = translate("Retouch", "Take the reference from a place of another photo")
        self.reference_button = word_button(row, translate("Retouch", "Photo…"), tip, self.choose_reference)
        for slider in (self.exposure, *self.sliders.values()):
            slider.slider.setFixedWidth(SLIDER_WIDTH)
        row.addStretch(1)
        self.refresh()
        return widget

    def pick(self, name: str) -> None:
        if self._palette is None:
            self._lay_out()

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        entry = self.room.entry
        own = entry.version.outcome.grade if entry is not None and entry.version is not None else None
        self.grade = grade_of(deeds[-1].values["grade"]) if deeds else own or Grade()
        self._palette, self.shown = None, None
        if deeds:
            self._lay_out()
        self.refresh()

    def close(self) -> None:
        self._steady.stop()
        self._palette, self.shown, self.grade = None, None, Grade()

    def undo(self, deed: Deed) -> Box:
        self._go_to(grade_of(deed.values["before"]))
        return EMPTY

    def redo(self, deed: Deed) -> Box:
        self._go_to(grade_of(deed.values["grade"]))
        return EMPTY

    def contribute(self, change: "Edit") -> "Edit":
        draft = self.room.draft
        return replace(change, grade=self.grade) if draft is not None and draft.touches(LAYER) else change

    def set_grade(self, grade: Grade) -> None:
        """Set these colours, as one step."""
        if grade != self.grade:
            before, self.grade = self.grade, grade
            self._note(before)
            self._show()

    def _go_to(self, grade: Grade) -> None:
        self._steady.stop()
        self.grade = grade
        self._show()

    def _note(self, before: Grade) -> None:
        values = {"before": grade_values(before), "grade": grade_values(self.grade)}
        self.room.did(Deed(LAYER, values=values))

    def _slide(self, name: str, share: float) -> None:
        """A slider moves: show it at once, note it once it rests."""
        if not self._steady.isActive():
            self._before = self.grade
        if name == "exposure":
            self.grade = replace(self.grade, exposure=round((2 * share - 1) * STOPS, 3))
        else:
            hue = self._hue()
            value = {"turn": (2 * share - 1) * TURN, "chroma": 2 * share, "lightness": (2 * share - 1) * LIGHTNESS}[
                name
            ]
            hue = replace(hue, **{name: round(value, 3)})
            others = tuple(each for each in self.grade.hues if each.hue != hue.hue)
            self.grade = replace(self.grade, hues=tuple(sorted((*others, hue), key=lambda each: each.hue)))
        self._steady.start()
        self._show()

    def _settle(self) -> None:
        if self.grade != self._before:
            self._note(self._before)

    def _expose(self, stops: float) -> None:
        self.set_grade(replace(self.grade, exposure=round(min(max(stops, -STOPS), STOPS), 3)))

    def _hue(self) -> HueShift:
        hue = float(self.hues.currentData() or next(iter(HUES)))
        return next((each for each in self.grade.hues if each.hue == hue), HueShift(hue))

    def _pick_white(self, x: float, y: float) -> None:
        entry = self.room.entry
        if entry is not None:
            self.room.desk.repair.work(
                entry,
                lambda photo: white_at(photo, x, y),
                lambda white: self.set_grade(replace(self.grade, white=white)),
                failed=self.room.tell,
            )

    def _mask_changed(self, layer: str) -> None:
        if layer == "mask":
            self._palette = None

    def _lay_out(self) -> None:
        board, entry = self.room.board, self.room.entry
        if board is None or entry is None:
            return
        mask = board.mask.copy()

        def take(palette: Palette) -> None:
            self._palette = palette
            self._show()

        self.room.desk.repair.work(entry, lambda photo: lay_out(photo, mask), take, failed=self.room.tell)

    def _show(self) -> None:
        """Grade the small copy in the background; while one is being made only the newest wish waits."""
        self.refresh()
        entry, palette, grade = self.room.entry, self._palette, self.grade
        if entry is None or palette is None:
            return
        if self._busy:
            self._asked = True
            return
        self._busy, self._asked = True, False
        display = self.room.desk.pictures.gallery.display
        self.room.desk.repair.work(
            entry,
            lambda _: graded(palette, grade, display),
            lambda made: self._take(palette, grade, made),
            failed=self._tell,
        )

    def _take(self, palette: Palette, grade: Grade, made: Graded) -> None:
        self._busy, board = False, self.room.board
        if board is not None and palette is self._palette:
            self.shown = made
            self.room.canvas.redraw(board.lay(LAYER, made.patch if grade != Grade() else None))
            self.refresh()
        if self._asked:
            self._show()

    def _tell(self, error: Exception) -> None:
        self._busy = False
        self.room.tell(error)

    def _take_reference(self) -> None:
        numbers = self.lab.text().replace(";", " ").replace(",", " ").split()
        try:
            light, a, b = (float(number) for number in numbers)
        except ValueError:
            self.reference, self.reference_name = None, ""
            if numbers:
                self.room.tell(translate("Retouch", "Give three numbers: L* a* b*, for example 52 18 -6."))
        else:
            self._refer((light, a, b))
        self.refresh()

    def choose_reference(self) -> None:
        """Show other photos, and hold the product against the colour that is picked there."""
        entry = self.room.entry
        if entry is None:
            return
        product = None if self.shown is None else self.shown.after
        self.dialog = ReferenceDialog(self.room.desk, entry, product, self.room.canvas.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.chosen.connect(self._refer)
        self.dialog.open()

    def _refer(self, lab: Lab, name: str = "") -> None:
        written = "{:.1f} {:.1f} {:.1f}".format(*lab)
        if not name and self.reference is not None and written == "{:.1f} {:.1f} {:.1f}".format(*self.reference):
            return
        self.reference, self.reference_name = (lab[0], lab[1], lab[2]), name
        if name:
            self.lab.setText(written)
        self.refresh()

    def refresh(self) -> None:
        """Show the sliders where the grade has them, and what the product measures."""
        stops, hue = self.grade.exposure, self._hue()
        self.exposure.show((stops / STOPS + 1) / 2, numeral(f"{stops:+.2f}"))
        self.sliders["turn"].show((hue.turn / TURN + 1) / 2, f"{hue.turn:+.0f}°")
        self.sliders["chroma"].show(min(hue.chroma / 2, 1.0), numeral(f"{hue.chroma:.0%}"))
        self.sliders["lightness"].show((hue.lightness / LIGHTNESS + 1) / 2, f"{hue.lightness:+.0f}")
        self.reset_button.setEnabled(self.grade != Grade())
        if self.shown is None:
            self.hand.show_swatches(())
        else:
            self.hand.show_swatches(self._swatches(self.shown))

    def _swatches(self, shown: Graded) -> tuple[Swatch, ...]:
        """The product's colour and what it is held against: the reference, or the photo's own."""
        beside = self.reference or shown.before
        title = translate("Retouch", "Reference") if self.reference else translate("Retouch", "In the photo")
        title = f"{title} {self.reference_name}".rstrip()
        apart = translate("Retouch", "ΔE00 {value}").format(value=numeral(f"{difference(shown.after, beside):.1f}"))
        return (
            Swatch(screen_color(shown.after), translate("Retouch", "Product"), lab_words(shown.after)),
            Swatch(screen_color(beside), f"{title}   {apart}", lab_words(beside)),
        )
