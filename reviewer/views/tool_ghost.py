"""Ghost mannequin: paint over the mannequin, choose the inside photo, lay it behind the neckline, bend it to fit."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pipeline.mask import covered_box
from pipeline.model import Box
from pipeline.model import Entry
from pipeline.strokes import EMPTY
from reviewer.actions import Command
from reviewer.desk.companions import Companions
from reviewer.desk.companions import Inside
from reviewer.desk.companions import find_companions
from reviewer.desk.companions import read_inside
from reviewer.desk.ghosting import Laid
from reviewer.desk.ghosting import first_placement
from reviewer.desk.ghosting import lay_behind
from reviewer.images.draft import Deed
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.views.retouch_keys import REPAIR
from reviewer.views.retouch_options import Slider
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Pick
from reviewer.views.retouch_tool import Room
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.place_hand import PlaceHand

if TYPE_CHECKING:
    from pipeline.run.edit import Edit
    from pipeline.tools.ghost import Placement

GROUP = QT_TRANSLATE_NOOP("Retouch", "Ghost mannequin")
PICK = Command("ghost", QT_TRANSLATE_NOOP("Retouch", "Put an inside photo in place of the mannequin"), ("G",), REPAIR)
LAY = Command(
    "lay_inside", QT_TRANSLATE_NOOP("Retouch", "Paint the place, or lay the photo in it"), ("Return", "Enter"), GROUP
)
LAYER, REGION = "ghost", "mannequin"
SIDE = 5
"""Points of the mesh on each side."""
SCALES, TURNS, FEATHER = (0.2, 3.0), 45.0, 40.0
CHOOSER_WIDTH, SLIDER_WIDTH = 150, 58
NO_MESH = tuple(((0.0, 0.0),) * SIDE for _ in range(SIDE))
START = {"turn": 0.0, "mesh": NO_MESH, "feather": 3.0, "match": 0.7, "shadow": 0.25}


class GhostHand(PlaceHand):
    """Says what a drag does."""

    def hint(self, held: Qt.KeyboardModifier) -> str:
        if self.placing:
            return translate("Retouch", "Drag: moves the inside photo. A ring bends it; arrows move by a pixel.")
        return super().hint(held)

    def drag_hint(self, adds: bool) -> str:
        if adds:
            return translate("Retouch", "Drag over the mannequin: the inside photo shows there. Enter lays it.")
        return translate("Retouch", "Drag: the product's front stays there. X swaps.")


class GhostTool(Tool):
    """Lays a second photo.

    Attributes:
        values: the placement as set, with the image it is of; None before one is laid. laid: what it comes to.
    """

    picks: ClassVar = (Pick(PICK, "ghost"),)
    commands: ClassVar = (LAY,)
    layers: ClassVar = (LAYER,)
    baked: ClassVar = (LAYER, REGION)

    def __init__(self, room: Room, parent: QObject) -> None:
        super().__init__(room, parent)
        self.hand = GhostHand(room.canvas, Brush(REGION, radius=30))
        self.hand.painted.connect(room.did)
        self.hand.moved.connect(self._move)
        self.hand.bent.connect(self._bend)
        self.hand.dropped.connect(self._drop)
        self.companions = Companions((), ())
        self._forget()
        room.changed.connect(self._region_changed)

    def handlers(self) -> dict[str, Callable[[], None]]:
        return {LAY.name: self.lay_or_paint}

    def page(self) -> QWidget:
        widget, row = bar()
        self.chooser = Chooser(
            translate("Retouch", "Inside photo"), translate("Retouch", "The photo that shows the inside"), CHOOSER_WIDTH
        )
        self.chooser.activated.connect(lambda _: self._choose())
        row.addWidget(self.chooser)
        self.lay_button = word_button(row, translate("Retouch", "Lay it"), LAY, self.lay_or_paint)
        names = {
            "scale": QT_TRANSLATE_NOOP("Retouch", "Scale"),
            "turn": QT_TRANSLATE_NOOP("Retouch", "Turn"),
            "feather": QT_TRANSLATE_NOOP("Retouch", "Feather"),
            "match": QT_TRANSLATE_NOOP("Retouch", "Match"),
            "shadow": QT_TRANSLATE_NOOP("Retouch", "Shadow"),
        }
        self.sliders = {
            name: Slider(row, translate("Retouch", words), "", lambda share, name=name: self._slide(name, share))
            for name, words in names.items()
        }
        for slider in self.sliders.values():
            slider.slider.setFixedWidth(SLIDER_WIDTH)
        self.words = sentence(row)
        self.refresh()
        return widget

    def pick(self, name: str) -> None:
        entry = self.room.entry
        if entry is None or self._asked == entry.record.id:
            return
        self._asked = entry.record.id
        self.room.desk.repair.prepare(entry, failed=self.room.tell)
        self.room.desk.repair.ask(lambda store, _: find_companions(store, entry), self._offer, failed=self.room.tell)

    def resume(self, deeds: tuple[Deed, ...]) -> None:
        self._forget()
        if deeds:
            self._go_to(deeds[-1].values["placement"])
        self.refresh()

    def close(self) -> None:
        self._forget()

    def undo(self, deed: Deed) -> Box:
        self._go_to(deed.values["before"])
        return EMPTY

    def redo(self, deed: Deed) -> Box:
        self._go_to(deed.values["placement"])
        return EMPTY

    def objection(self) -> str:
        if self.values is None or not self._touched():
            return ""
        if self._busy or self._again or self.laid is None:
            return translate("Retouch", "The inside photo is still being laid; save in a moment.")
        return ""

    def contribute(self, change: "Edit") -> "Edit":
        board = self.room.board
        if board is None or self.values is None or self.inside is None or self.laid is None or not self._touched():
            return change
        # Late: it brings the engines' imports along.
        from pipeline.run.edit_photo import Ghost

        region, placement = self._region(), _placement(self.values)
        mask = (board.mask if change.mask is None else change.mask).copy()
        patch, (height, width) = self.laid.patch, self.laid.share.shape
        there = slice(patch.top, patch.top + height), slice(patch.left, patch.left + width)
        mask[region] = 0
        mask[there] = np.maximum(mask[there], self.laid.share)
        ghost = Ghost(self.inside.sha256, self.inside.name, self.inside.cover, region, placement)
        return replace(change, mask=mask, photo=(*change.photo, ghost))

    def lay_or_paint(self) -> None:
        """Lay the chosen photo in the painted place; laid already, go on painting the place."""
        if self.hand.placing:
            self._place(placing=False)
        elif self.values is not None and self.inside is not None:
            self._place(placing=True)
        elif not self._region().any():
            self.room.tell(translate("Retouch", "Paint over the mannequin first: the inside photo shows in its place."))
        else:
            self._choose()

    def _touched(self) -> bool:
        return self.room.draft is not None and self.room.draft.touches(LAYER)

    def _forget(self) -> None:
        self.values: dict[str, Any] | None = None
        self.inside: Inside | None = None
        self.laid: Laid | None = None
        self._before: dict[str, Any] | None = None
        self._asked: int | None = None
        self._busy = self._again = self._moving = False

    def _offer(self, companions: Companions) -> None:
        self.companions = companions
        self.chooser.clear()
        for entry in companions.inside:
            self.chooser.addItem(entry.record.file, entry.record.id)
        self.chooser.updateGeometry()
        self.refresh()

    def _choose(self) -> None:
        """Bring the chosen photo, and lay it over the painted place."""
        chosen = self.chooser.currentData()
        entry = next((each for each in self.companions.inside if each.record.id == chosen), None)
        box = covered_box(self._region())
        if entry is None or box is None:
            self.refresh()
            return
        self.words.setText(translate("Retouch", "Reading {file}…").format(file=entry.record.file))

        def take(inside: Inside) -> None:
            self.inside = inside
            move, scale = first_placement(inside, box)
            self._begin()
            self.values = {"image": entry.record.id, "move": move, "scale": scale, **START}
            self._drop()
            self._place(placing=True)

        self._read(entry, take)

    def _read(self, entry: Entry, then: Callable[[Inside], None]) -> None:
        self.room.desk.repair.ask(
            lambda store, line: read_inside(entry, store.files, line), then, failed=self.room.tell
        )

    def _go_to(self, values: dict[str, Any] | None) -> None:
        """Take a placement that was set before, or none."""
        self.values = None if values is None else dict(values)
        if self.values is None:
            self._clear()
            return
        if self.inside is not None:
            self._show()
            return
        wanted = int(self.values["image"])

        def take(inside: Inside) -> None:
            self.inside = inside
            self._show()

        self.room.desk.repair.ask(
            lambda store, line: read_inside(store.entry(wanted), store.files, line), take, failed=self.room.tell
        )

    def _clear(self) -> None:
        board = self.room.board
        self.laid = None
        self._place(placing=False)
        if board is not None:
            self.room.canvas.redraw(board.lay(REGION, None))

    def _place(self, *, placing: bool) -> None:
        self.hand.placing = placing and self.values is not None
        self.hand.place(self._knobs() if self.hand.placing else ())
        self.room.canvas.tell_hint()
        self.refresh()

    def _region_changed(self, layer: str) -> None:
        if layer == REGION and self.values is not None:
            self._show()

    def _region(self) -> np.ndarray:
        board = self.room.board
        return np.zeros((1, 1), bool) if board is None else board.layer(REGION).levels[0] >= 128

    def _begin(self) -> None:
        if not self._moving:
            self._moving, self._before = True, self.values

    def _move(self, across: float, down: float) -> None:
        if self.values is not None:
            self._begin()
            x, y = self.values["move"]
            self._set(move=(x + across, y + down))

    def _bend(self, knob: int, across: float, down: float) -> None:
        if self.values is not None:
            self._begin()
            mesh = [[tuple(point) for point in row] for row in self.values["mesh"]]
            x, y = mesh[knob // SIDE][knob % SIDE]
            mesh[knob // SIDE][knob % SIDE] = x + across, y + down
            self._set(mesh=tuple(map(tuple, mesh)))

    def _slide(self, name: str, share: float) -> None:
        if self.values is None:
            return
        low, high = SCALES
        value = {
            "scale": low * (high / low) ** share,
            "turn": (2 * share - 1) * TURNS,
            "feather": share * FEATHER,
        }.get(name, share)
        self._begin()
        self._set(**{name: round(value, 4)})
        self._drop()

    def _set(self, **changes: Any) -> None:
        assert self.values is not None
        self.values = {**self.values, **changes}
        self.hand.place(self._knobs())
        self._show()
        self.refresh()

    def _drop(self) -> None:
        """A drag is over: it counts as one step."""
        if self._moving and self.values is not None:
            self._moving = False
            self.room.did(Deed(LAYER, values={"before": self._before, "placement": self.values}))
            self._show()

    def _knobs(self) -> tuple[tuple[float, float], ...]:
        if self.values is None or self.inside is None:
            return ()
        height, width = self.inside.photo.shape[:2]
        (x, y), scale, mesh = self.values["move"], self.values["scale"], self.values["mesh"]
        return tuple(
            (
                x + scale * width * column / (SIDE - 1) + mesh[row][column][0],
                y + scale * height * row / (SIDE - 1) + mesh[row][column][1],
            )
            for row in range(SIDE)
            for column in range(SIDE)
        )

    def _show(self) -> None:
        """Lay it in the background; while one is being laid only the newest wish waits."""
        entry, inside, values = self.room.entry, self.inside, self.values
        if entry is None or inside is None or values is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        region, display = self._region().copy(), self.room.desk.pictures.gallery.display

        def take(laid: Laid) -> None:
            self._busy, board = False, self.room.board
            if board is not None and inside is self.inside and self.values is not None:
                self.laid = laid
                self.room.canvas.redraw(board.lay(REGION, laid.patch))
                self.refresh()
            if self._again:
                self._show()

        self.room.desk.repair.work(
            entry,
            lambda photo: lay_behind(photo, inside, region, _placement(values), display),
            take,
            failed=self._tell,
        )

    def _tell(self, error: Exception) -> None:
        self._busy = False
        self.room.tell(error)
        self.refresh()

    def refresh(self) -> None:
        """Show the sliders where the placement has them."""
        values = self.values or {"scale": 1.0, **START}
        low, high = SCALES
        share = float(np.log(values["scale"] / low) / np.log(high / low))
        self.sliders["scale"].show(share, numeral(f"{values['scale']:.0%}"))
        self.sliders["turn"].show((values["turn"] / TURNS + 1) / 2, f"{values['turn']:+.0f}°")
        self.sliders["feather"].show(values["feather"] / FEATHER, f"{values['feather']:.0f} px")
        for name in ("match", "shadow"):
            self.sliders[name].show(values[name], numeral(f"{values[name]:.0%}"))
        for slider in self.sliders.values():
            slider.slider.setEnabled(self.values is not None)
        self.lay_button.setEnabled(self.chooser.count() > 0)
        self.chooser.setEnabled(self.chooser.count() > 0)
        self.lay_button.setText(
            translate("Retouch", "Paint on") if self.hand.placing else translate("Retouch", "Lay it")
        )
        self.words.setText("")


def _placement(values: dict[str, Any]) -> "Placement":
    from pipeline.tools.ghost import Placement

    mesh = tuple(tuple((float(x), float(y)) for x, y in row) for row in values["mesh"])
    flat = all(point == (0.0, 0.0) for row in mesh for point in row)
    x, y = values["move"]
    return Placement(
        (float(x), float(y)),
        float(values["scale"]),
        float(values["turn"]),
        () if flat else mesh,
        float(values["feather"]),
        float(values["match"]),
        float(values["shadow"]),
    )
