"""Choosing the colour that a product is held against: a place of another photo, of the batch or of the disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QDialogButtonBox
from PySide6.QtWidgets import QFileDialog
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from pipeline.errors import KnownError
from pipeline.model import Box
from pipeline.model import Entry
from reviewer.desk import Desk
from reviewer.desk.colouring import Lab
from reviewer.desk.colouring import Reference
from reviewer.desk.colouring import difference
from reviewer.desk.colouring import lab_within
from reviewer.desk.colouring import reference_of
from reviewer.desk.colouring import screen_color
from reviewer.desk.companions import find_references
from reviewer.images.board import PLAIN
from reviewer.images.board import Board
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.widgets.alive import while_alive
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.pick_box_hand import PickBoxHand
from reviewer.widgets.pick_hand import Swatch
from reviewer.widgets.repair_canvas import RepairCanvas

SIZE: Final = (920, 660)
CHOOSER_WIDTH: Final = 320


class ReferenceDialog(QDialog):
    """Shows a photo and takes the mean colour under a click or a box.

    Attributes:
        canvas: the photo; photos: those of the batch; lab: the colour picked, None for none yet.

    Signals:
        chosen(Lab, str): that colour, of the photo of that name.
    """

    chosen = Signal(tuple, str)

    def __init__(self, desk: Desk, entry: Entry, product: Lab | None, parent: QWidget | None = None) -> None:
        """`product` is the colour of what is repaired, to be seen beside it."""
        super().__init__(parent)
        self._desk, self._entry, self._product = desk, entry, product
        self._reference: Reference | None = None
        self._entries: dict[int, Entry] = {}
        self._turn = 0
        self.lab: Lab | None = None
        self.setObjectName("sheet")
        self.setWindowTitle(translate("Retouch", "Reference colour"))
        self.resize(*SIZE)
        self.canvas, self.words = RepairCanvas(), QLabel()
        self.canvas.show_look(PLAIN)
        self.hand = PickBoxHand(self.canvas)
        self.hand.boxed.connect(self._pick)
        self.canvas.hinted.connect(self.words.setText)
        self._lay_out()
        desk.repair.ask(
            lambda store, _: find_references(store, entry), while_alive(self, self._offer), failed=self._tell
        )

    def _lay_out(self) -> None:
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        tip = translate("Retouch", "A photo of this batch whose colour is right")
        self.photos = Chooser(translate("Retouch", "Photo of this batch"), tip, CHOOSER_WIDTH)
        self.photos.activated.connect(lambda _: self._show_chosen())
        file = QPushButton(translate("Retouch", "Other file…"))
        file.setAutoDefault(False)
        file.clicked.connect(self._choose_file)
        head.setSpacing(GRID)
        head.addWidget(self.photos)
        head.addWidget(file)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        self.words.setObjectName("soft")
        self.words.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use_button = buttons.addButton(translate("Retouch", "Use it"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.use_button.setEnabled(False)
        buttons.accepted.connect(self._use)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(buttons)
        column.addLayout(foot)

    def show_file(self, path: Path) -> None:
        """Show a photo of the disk."""
        display = self._desk.pictures.gallery.display
        self._desk.repair.look_up(
            path, lambda photo: reference_of(path.name, photo, display), self._taking(path.name), failed=self._tell
        )

    def _offer(self, entries: tuple[Entry, ...]) -> None:
        self._entries = {each.record.id: each for each in entries}
        for each in entries:
            self.photos.addItem(each.record.file, each.record.id)
        self.photos.updateGeometry()
        self.photos.setEnabled(bool(entries))
        if entries and not self._turn:
            self._show_chosen()
        elif not self._turn:
            self.words.setText(translate("Retouch", "This batch has no other photo; choose a file."))

    def _show_chosen(self) -> None:
        chosen = self._entries[self.photos.currentData()]
        display, file = self._desk.pictures.gallery.display, chosen.record.file
        grade = chosen.version.outcome.grade if chosen.version is not None else None
        self._desk.repair.ask(
            lambda store, line: reference_of(file, line.photo(chosen, store.files), display, grade),
            self._taking(file),
            failed=self._tell,
        )

    def _choose_file(self) -> None:
        title = translate("Retouch", "A photo whose colour is right")
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            self.show_file(Path(name))

    def _taking(self, name: str) -> Callable[[Reference], None]:
        """Return what takes the photo that is being read now; an earlier one comes too late."""
        self._turn += 1
        turn = self._turn
        self.words.setText(translate("Retouch", "Reading {file}…").format(file=name))
        return while_alive(self, lambda reference: self._take(reference) if turn == self._turn else None)

    def _take(self, reference: Reference) -> None:
        self._reference, self.lab = reference, None
        width, height = reference.picture.size
        self.canvas.show_board(Board(reference.picture, np.zeros((height, width), np.uint8)))
        self.canvas.take(self.hand)
        self.words.setText(self.hand.hint(Qt.KeyboardModifier.NoModifier))
        self.use_button.setEnabled(False)

    def _pick(self, box: Box) -> None:
        if self._reference is None:
            return
        self.lab = lab_within(self._reference.photo, box)
        beside = (self._swatch(translate("Retouch", "Product"), self._product),) if self._product is not None else ()
        apart = ""
        if self._product is not None:
            figure = numeral(f"{difference(self._product, self.lab):.1f}")
            apart = "   " + translate("Retouch", "ΔE00 {value}").format(value=figure)
        self.hand.show_swatches((self._swatch(translate("Retouch", "Reference") + apart, self.lab), *beside))
        self.use_button.setEnabled(True)

    def _swatch(self, title: str, lab: Lab) -> Swatch:
        return Swatch(screen_color(lab), title, lab_words(lab))

    def _use(self) -> None:
        if self.lab is not None and self._reference is not None:
            self.chosen.emit(self.lab, self._reference.name)
            self.accept()

    def _tell(self, error: KnownError) -> None:
        while_alive(self, self.words.setText)(str(error))


def lab_words(lab: Lab) -> str:
    """Return a colour as a person reads it."""
    return "L* {:.1f}  a* {:.1f}  b* {:.1f}".format(*lab).replace("-", "−")
