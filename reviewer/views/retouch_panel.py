"""The repair mode's place in the window: tools above, the picture in an orange frame, the fill and the status below."""

import math

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QSlider
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.images.board import LOOKS
from reviewer.images.draft import HOLE
from reviewer.language import counted
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.header import tool
from reviewer.views.retouch_keys import tip
from reviewer.widgets.brush_canvas import BrushCanvas
from reviewer.widgets.brush_hand import RADIUS_HIGH
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import Intent
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.notice import Toast

TOOLBAR_HEIGHT, STATUS_HEIGHT = 40, 28
SLIDER_WIDTH, FIGURE_WIDTH, CHOOSER_WIDTH, ENGINE_WIDTH = 96, 44, 160, 220
SLIDER_STEPS = 100
FRAME = 3
LOOK_WORDS = {
    "rubylith": QT_TRANSLATE_NOOP("Retouch", "Red background"),
    "white": QT_TRANSLATE_NOOP("Retouch", "On white"),
    "grey": QT_TRANSLATE_NOOP("Retouch", "On grey"),
    "black": QT_TRANSLATE_NOOP("Retouch", "On black"),
    "checker": QT_TRANSLATE_NOOP("Retouch", "On checker"),
    "alpha": QT_TRANSLATE_NOOP("Retouch", "Mask alone"),
    "outline": QT_TRANSLATE_NOOP("Retouch", "Outline"),
}
INTENTS = {
    Intent.ADD: QT_TRANSLATE_NOOP(
        "Retouch", "Drag: adds to the product. Alt erases, Shift draws straight, Space moves."
    ),
    Intent.ERASE: QT_TRANSLATE_NOOP(
        "Retouch", "Drag: erases from the product. X swaps, Shift draws straight, Space moves."
    ),
    Intent.HOLE: QT_TRANSLATE_NOOP("Retouch", "Drag: marks what the fill replaces. Alt unmarks; Enter fills it."),
    Intent.UNHOLE: QT_TRANSLATE_NOOP("Retouch", "Drag: unmarks what the fill replaces. X swaps; Enter fills it."),
    Intent.LINE: QT_TRANSLATE_NOOP("Retouch", "Click: a straight line from where the last stroke ended."),
    Intent.PAN: QT_TRANSLATE_NOOP("Retouch", "Drag: moves the picture. The wheel zooms."),
    Intent.SIZE: QT_TRANSLATE_NOOP("Retouch", "To the right: a larger brush. Up: a harder rim."),
}


class RetouchPanel(QWidget):
    """Layout of the mode.

    Attributes:
        tools: buttons by the name of their command; engines: which fill is used; looks: how the mask is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retouch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = BrushCanvas()
        self.tools: dict[str, QToolButton | QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.canvas, 1)
        self.fill_bar = self._fill_bar()
        column.addWidget(self.fill_bar)
        column.addWidget(self._status())
        self.toast = Toast(self.canvas)
        self.canvas.intended.connect(self.show_intent)
        self.canvas.brush_changed.connect(self.show_brush)
        self.canvas.viewed.connect(lambda view: self.zoom.setText(f"{view.zoom:.0%}"))
        self.size.valueChanged.connect(self._size_moved)
        self.hardness.valueChanged.connect(self._hardness_moved)
        self.show_brush(self.canvas.brush)
        self.show_intent(Intent.ADD)

    def _toolbar(self) -> QWidget:
        bar, row = _bar("toolbar", TOOLBAR_HEIGHT)
        for name, icon in (("mask_add", "brush"), ("mask_erase", "eraser"), ("hole", "fill")):
            self._add_tool(row, name, icon).setCheckable(True)
        row.addSpacing(GRID)
        self.size, self.size_words = _slider(row, translate("Retouch", "Size"), f"{tip('smaller')}\n{tip('larger')}")
        self.hardness, self.hardness_words = _slider(
            row, translate("Retouch", "Hardness"), f"{tip('softer')}\n{tip('harder')}"
        )
        self.looks = Chooser(
            translate("Retouch", "How the mask is shown"), f"{tip('look')}\n{tip('rubylith')}", CHOOSER_WIDTH
        )
        for look in LOOKS:
            self.looks.addItem(translate("Retouch", LOOK_WORDS[look]), look)
        row.addWidget(self.looks)
        row.addStretch(1)
        self._add_tool(row, "undo_stroke", "undo")
        self._add_tool(row, "redo_stroke", "redo")
        row.addSpacing(GRID)
        self._add_button(row, "save", translate("Retouch", "Save"))
        self._add_tool(row, "leave", "close")
        return bar

    def _fill_bar(self) -> QWidget:
        bar, row = _bar("toolbar", TOOLBAR_HEIGHT)
        self.engines = Chooser(
            translate("Retouch", "Engine"), translate("Retouch", "How the hole is filled"), ENGINE_WIDTH
        )
        row.addWidget(self.engines)
        self._add_button(row, "fill", translate("Retouch", "Fill"))
        self.readings = QLabel()
        self.readings.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addSpacing(GRID)
        row.addWidget(self.readings, 1)
        self._add_button(row, "compare", translate("Retouch", "Compare"))
        self._add_button(row, "next_engine", translate("Retouch", "Try another"))
        bar.hide()
        return bar

    def _status(self) -> QWidget:
        bar, row = _bar("readout", STATUS_HEIGHT)
        self.hint = QLabel()
        self.hint.setObjectName("small")
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.hint, 1)
        self.strokes, self.zoom = QLabel(), QLabel()
        for label in (self.strokes, self.zoom):
            label.setObjectName("smallFaint")
            row.addSpacing(GRID)
            row.addWidget(label)
        return bar

    def _add_tool(self, row: QHBoxLayout, name: str, icon: str) -> QToolButton:
        self.tools[name] = button = tool(icon, tip(name))
        row.addWidget(button)
        return button

    def _add_button(self, row: QHBoxLayout, name: str, text: str) -> None:
        self.tools[name] = button = QToolButton()
        button.setText(text)
        button.setObjectName("word")
        button.setToolTip(tip(name))
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(button)

    def show_brush(self, brush: Brush) -> None:
        """Say what is painted with."""
        for slider, value in (
            (self.size, round(SLIDER_STEPS * math.log(brush.radius) / math.log(RADIUS_HIGH))),
            (self.hardness, round(SLIDER_STEPS * brush.hardness)),
        ):
            slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(False)
        self.size_words.setText(f"{brush.radius:.0f} px")
        self.hardness_words.setText(f"{brush.hardness:.0%}")
        filling = brush.layer == HOLE
        self.tools["mask_add"].setChecked(not filling and brush.adds)
        self.tools["mask_erase"].setChecked(not filling and not brush.adds)
        self.tools["hole"].setChecked(filling)
        self.fill_bar.setVisible(filling)

    def show_intent(self, intent: Intent) -> None:
        """Say what a drag will do."""
        self.hint.setText(translate("Retouch", INTENTS[intent]))

    def show_look(self, look: str) -> None:
        """Name how the mask is shown."""
        self.looks.setCurrentIndex(self.looks.findData(look))

    def show_strokes(self, drawn: int, undone: int) -> None:
        """Say how many strokes there are, and enable what can be done with them."""
        self.strokes.setText(counted("%Ln stroke(s)", "strokes painted by a person", drawn))
        self.tools["undo_stroke"].setEnabled(drawn > 0)
        self.tools["redo_stroke"].setEnabled(undone > 0)
        self.tools["save"].setEnabled(drawn > 0)

    def show_fill(self, words: str, *, filled: bool, accepted: bool) -> None:
        """Say what a fill came to, and what can be done with it."""
        self.readings.setText(words)
        self.tools["fill"].setText(
            translate("Retouch", "Accept") if filled and not accepted else translate("Retouch", "Fill")
        )
        self.tools["fill"].setEnabled(not accepted)
        self.tools["compare"].setEnabled(filled)
        self.tools["next_engine"].setEnabled(filled)

    def _size_moved(self, value: int) -> None:
        self.canvas.set_brush(self.canvas.brush.with_radius(RADIUS_HIGH ** (value / SLIDER_STEPS)))

    def _hardness_moved(self, value: int) -> None:
        self.canvas.set_brush(self.canvas.brush.harder(value / SLIDER_STEPS - self.canvas.brush.hardness))


def _bar(name: str, height: int) -> tuple[QWidget, QHBoxLayout]:
    bar = QWidget()
    bar.setObjectName(name)
    bar.setFixedHeight(height)
    row = QHBoxLayout(bar)
    row.setContentsMargins(GRID, 0, GRID, 0)
    row.setSpacing(4)
    return bar, row


def _slider(row: QHBoxLayout, name: str, words: str) -> tuple[QSlider, QLabel]:
    slider, figure = QSlider(Qt.Orientation.Horizontal), QLabel()
    slider.setRange(0, SLIDER_STEPS)
    slider.setFixedWidth(SLIDER_WIDTH)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    slider.setAccessibleName(name)
    slider.setToolTip(f"{name}\n{words}")
    figure.setObjectName("small")
    figure.setFixedWidth(FIGURE_WIDTH)
    title = QLabel(name)
    title.setObjectName("small")
    for widget in (title, slider, figure):
        row.addWidget(widget)
    return slider, figure
