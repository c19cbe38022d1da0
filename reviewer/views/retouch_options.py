"""Parts that the tools' pages of options are made of: a bar, sliders, buttons with a word, the sliders of a brush."""

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QSlider
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QWidget

from reviewer.actions import Command
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.retouch_keys import KeyTip
from reviewer.views.retouch_keys import room_command
from reviewer.widgets.brush_hand import RADIUS_HIGH
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand

BAR_HEIGHT = 40
SLIDER_WIDTH, FIGURE_WIDTH = 88, 44
STEPS = 100


def bar(name: str = "toolbar", height: int = BAR_HEIGHT) -> tuple[QWidget, QHBoxLayout]:
    """Return a bar over the whole width, and the row in it."""
    widget = QWidget()
    widget.setObjectName(name)
    widget.setFixedHeight(height)
    row = QHBoxLayout(widget)
    row.setContentsMargins(GRID, 0, GRID, 0)
    row.setSpacing(4)
    return widget, row


def word_button(
    row: QHBoxLayout, words: str, tip: str | Command, then: Callable[[], None] | None = None
) -> QToolButton:
    """Add a button with a word to a row; it leaves the keyboard where it is when clicked.

    `tip` is what it says when pointed at: words, or a command's title and its keys.
    """
    button = QToolButton()
    button.setText(words)
    button.setObjectName("word")
    if isinstance(tip, Command):
        KeyTip(button, (tip,))
    else:
        button.setToolTip(tip)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if then is not None:
        button.clicked.connect(lambda: then())
    row.addWidget(button)
    return button


def sentence(row: QHBoxLayout) -> QLabel:
    """Add a label that takes the room that is left, cut where there is not enough."""
    label = QLabel()
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    row.addWidget(label, 1)
    return label


class Slider:
    """A slider of 101 steps with its name before it and its figure behind.

    Attributes:
        slider, figure: the widgets.
    """

    def __init__(
        self, row: QHBoxLayout, name: str, tip: str | tuple[Command, ...], moved: Callable[[float], None]
    ) -> None:
        """`moved` is called with 0..1 when the person moves it; `tip` says what it does, or which keys do it, too."""
        self.slider, self.figure = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.slider.setRange(0, STEPS)
        self.slider.setFixedWidth(SLIDER_WIDTH)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(name)
        if isinstance(tip, str):
            self.slider.setToolTip(f"{name}\n{tip}".rstrip())
        else:
            KeyTip(self.slider, tip, name)
        self.figure.setObjectName("small")
        self.figure.setFixedWidth(FIGURE_WIDTH)
        title = QLabel(name)
        title.setObjectName("small")
        for widget in (title, self.slider, self.figure):
            row.addWidget(widget)
        self.slider.valueChanged.connect(lambda value: moved(value / STEPS))

    def show(self, share: float, words: str) -> None:
        """Put it at 0..1 without a call, and say what that is."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(STEPS * share))
        self.slider.blockSignals(False)
        self.figure.setText(words)


class BrushSliders:
    """Size, and where asked for hardness and opacity, of a brush; they follow it as it follows them."""

    def __init__(self, row: QHBoxLayout, hand: BrushHand, *, hardness: bool = True, opacity: bool = True) -> None:
        self._hand = hand
        keys = room_command("smaller"), room_command("larger")
        self.size = Slider(row, translate("Retouch", "Size"), keys, self._set_size)
        self.hardness = self.opacity = None
        if hardness:
            keys = room_command("softer"), room_command("harder")
            self.hardness = Slider(row, translate("Retouch", "Hardness"), keys, self._set_hardness)
        if opacity:
            tip = translate("Retouch", "How much the brush covers  (1 to 9, 0 for all)")
            self.opacity = Slider(row, translate("Retouch", "Opacity"), tip, hand.set_opacity)
        hand.brush_changed.connect(self.show)
        self.show(hand.brush)

    def show(self, brush: Brush) -> None:
        """Show what the brush is like."""
        self.size.show(math.log(brush.radius) / math.log(RADIUS_HIGH), f"{brush.radius:.0f} px")
        if self.hardness is not None:
            self.hardness.show(brush.hardness, numeral(f"{brush.hardness:.0%}"))
        if self.opacity is not None:
            self.opacity.show(brush.opacity, numeral(f"{brush.opacity:.0%}"))

    def _set_size(self, share: float) -> None:
        self._hand.set_brush(self._hand.brush.with_radius(RADIUS_HIGH**share))

    def _set_hardness(self, share: float) -> None:
        self._hand.set_brush(self._hand.brush.harder(share - self._hand.brush.hardness))
