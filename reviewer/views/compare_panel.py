"""The middle: a toolbar, the pictures or a page of words in their place, and what lies under the pointer."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.actions import first_key
from reviewer.actions import tooltip
from reviewer.images.geometry import ViewState
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.header import tool
from reviewer.views.pixel_words import readout_words
from reviewer.widgets.canvas import CompareCanvas
from reviewer.widgets.fitting_label import FittingLabel
from reviewer.widgets.notice import NoticePage
from reviewer.widgets.notice import Toast
from reviewer.widgets.panes import MODES
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Look
from reviewer.widgets.pixel_readout import Readout
from reviewer.widgets.reason_bar import ReasonBar

TOOLBAR_HEIGHT = 40
READOUT_HEIGHT = 28
TOOLS = (
    (SIDE_BY_SIDE, "side-by-side", "", True),
    (SPLIT, "split", "", True),
    (ONION, "onion", "", True),
    ("fit", "fit", "", False),
    ("actual", "", "1:1", False),
    ("carry", "carry", "", True),
    ("minimap", "minimap", "", True),
    ("white", "white", "", True),
    ("ground", "ground", "", True),
    ("difference", "difference", "", True),
    ("edges", "edges", "", True),
    ("next_place", "", QT_TRANSLATE_NOOP("Window", "Places"), False),
    ("repair", "brush", "", False),
)
GROUPS_END = (ONION, "minimap", "edges")


class ComparePanel(QWidget):
    """Layout of the middle.

    Attributes:
        tools: the toolbar's buttons by the name of their command.
        pictures: what is shown when there are pictures: the canvas, or what stands in its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.canvas, self.page = CompareCanvas(), NoticePage()
        self.pictures: QWidget = self.canvas
        self.stack = QStackedWidget()
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.stack, 1)
        column.addWidget(self._readout())
        self.toast = Toast(self.stack)
        self.reasons = ReasonBar(self.stack)
        self.stack.installEventFilter(self)
        self.canvas.pointed.connect(self.show_readout)
        self.canvas.viewed.connect(self.show_zoom)
        self.show_look(Look())
        self.bar.setEnabled(False)

    def _toolbar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setFixedHeight(TOOLBAR_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(GRID, 0, 2 * GRID, 0)
        row.setSpacing(4)
        self.tools: dict[str, QToolButton] = {}
        for name, icon, text, checkable in TOOLS:
            button = tool(icon, tooltip(name)) if icon else _word_tool(translate("Window", text), tooltip(name))
            button.setCheckable(checkable)
            self.tools[name] = button
            row.addWidget(button)
            if name in GROUPS_END:
                row.addSpacing(2 * GRID)
        row.addStretch(1)
        self.zoom = QLabel()
        self.zoom.setObjectName("soft")
        row.addWidget(self.zoom)
        self.bar = bar
        return bar

    def _readout(self) -> QWidget:
        line = QWidget()
        line.setObjectName("readout")
        line.setFixedHeight(READOUT_HEIGHT)
        row = QHBoxLayout(line)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self.readout = QLabel()
        self.readout.setObjectName("small")
        # Long values are cut rather than widen the window.
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.readout, 3)
        # Below the pictures, since the tools leave a small screen no room for its name.
        self.place = FittingLabel()
        self.place.hide()
        row.addWidget(self.place, 2)
        self.hint = QLabel()
        self._say_hint()
        self.hint.setObjectName("smallFaint")
        row.addWidget(self.hint)
        self.display = QLabel()
        self.display.setObjectName("display")
        row.addSpacing(2 * GRID)
        row.addWidget(self.display)
        return line

    def say_place(self, words: str, short: str = "") -> None:
        """Name the finding that is outlined; the hint gives its room to it."""
        self.place.say(words, short)
        self.place.setVisible(bool(words))
        self.hint.setVisible(not words and not self.readout.text())

    def say_keys(self) -> None:
        """Name the keys as they are now."""
        for name, button in self.tools.items():
            button.setToolTip(tooltip(name))
        self._say_hint()

    def _say_hint(self) -> None:
        words = translate("Window", "Hold {blink} for the original, {zoom} for 1:1, {place} for the next place")
        places = {"blink": "blink", "zoom": "toggle_zoom", "place": "next_place"}
        self.hint.setText(
            words.format_map({word: first_key(name) for word, name in places.items()})
            + translate("Window", ", {keys} for all keys").format(keys=first_key("keys"))
        )

    def show_page(self, icon: str, headline: str, sentence: str = "", button: str = "", tip: str = "") -> None:
        """Show words instead of pictures."""
        self.page.say(icon, headline, sentence, button, tip)
        if self.stack.currentWidget() is not self.page:
            had_keyboard = self.pictures.hasFocus()
            self.stack.setCurrentWidget(self.page)
            if had_keyboard:
                self.page.setFocus()
        self.bar.setEnabled(False)
        self.readout.clear()
        self.zoom.clear()

    def show_pictures(self) -> None:
        """Show the canvas again, or what stands in its place."""
        if self.stack.currentWidget() is not self.pictures:
            self.stack.setCurrentWidget(self.pictures)
            self.pictures.setFocus()
        self.bar.setEnabled(self.pictures is self.canvas)

    def show_look(self, look: Look) -> None:
        """Mark the mode the canvas is in, and what stays."""
        for name in MODES:
            self.tools[name].setChecked(name == look.mode)
        self.tools["carry"].setChecked(look.carries)
        self.tools["minimap"].setChecked(look.minimap)

    def show_zoom(self, view: ViewState) -> None:
        """Say how large the result is shown."""
        if self.stack.currentWidget() is not self.canvas:
            self.zoom.clear()
            return
        zoom = numeral(f"{view.zoom:.0%}")
        self.zoom.setText(translate("Window", "Fit, {zoom}").format(zoom=zoom) if view.fit else zoom)

    def show_display(self, *, managed: bool, name: str) -> None:
        """Say whether the monitor's profile is known; where it is not, everybody shall see it."""
        self.display.setText("" if managed else translate("Window", "Display not managed"))
        self.display.setVisible(not managed)
        why = translate(
            "Window",
            "The system names no colour profile for this monitor; sRGB is assumed and colours may look different.",
        )
        self.display.setToolTip(
            translate("Window", "Colours are converted for {name}").format(name=name) if managed else why
        )

    def show_readout(self, readout: Readout | None) -> None:
        """Say what lies under the pointer; the hint gives its room to the values."""
        self.hint.setVisible(readout is None and not self.place.text())
        if readout is None:
            self.readout.clear()
            return
        self.readout.setText(readout_words(readout))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.stack and isinstance(event, QResizeEvent):
            self.reasons.place()
            self.toast.place()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 360)


def _word_tool(text: str, tip: str) -> QToolButton:
    button = tool("fit", tip, text)
    button.setIcon(button.icon().__class__())
    return button
