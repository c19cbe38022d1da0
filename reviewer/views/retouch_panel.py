"""The repair mode's place in the window: tools and their options above, the picture in an orange frame, the status."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QToolButton
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.actions import Command
from reviewer.images.board import LOOKS
from reviewer.language import counted
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import GRID
from reviewer.views.header import tool as tool_button
from reviewer.views.retouch_keys import KeyTip
from reviewer.views.retouch_keys import room_command
from reviewer.views.retouch_keys import title_of
from reviewer.views.retouch_options import BAR_HEIGHT
from reviewer.views.retouch_options import bar
from reviewer.views.retouch_options import sentence
from reviewer.views.retouch_options import word_button
from reviewer.views.retouch_tool import Tool
from reviewer.widgets.chooser import Chooser
from reviewer.widgets.notice import Toast
from reviewer.widgets.repair_canvas import RepairCanvas

STATUS_HEIGHT, CHOOSER_WIDTH = 28, 160
FRAME = 3
JOINED = QT_TRANSLATE_NOOP(
    "Retouch",
    "Each tool works on the photo as it was opened. Saving applies them one after the other: fill, spots, clean-up, "
    "inside photo, colours.",
)
LOOK_WORDS = {
    "rubylith": QT_TRANSLATE_NOOP("Retouch", "Red background"),
    "white": QT_TRANSLATE_NOOP("Retouch", "On white"),
    "grey": QT_TRANSLATE_NOOP("Retouch", "On grey"),
    "black": QT_TRANSLATE_NOOP("Retouch", "On black"),
    "checker": QT_TRANSLATE_NOOP("Retouch", "On checker"),
    "alpha": QT_TRANSLATE_NOOP("Retouch", "Mask alone"),
    "outline": QT_TRANSLATE_NOOP("Retouch", "Outline"),
}


class RetouchPanel(QWidget):
    """Layout of the mode.

    Attributes:
        canvas: the picture; tools: buttons by the name of their command; pages: the tools' options, one is shown.
        looks: how the mask is shown; hint: what a drag will do; readout: the pixel under the pointer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retouch")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas, self.pages = RepairCanvas(), QStackedWidget()
        self.tools: dict[str, QToolButton] = {}
        self.pages.setFixedHeight(BAR_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        column.addWidget(self.pages)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._status())
        self.toast = Toast(self.canvas)
        self.canvas.hinted.connect(self.hint.setText)
        # Long sentences are cut on a small screen, where the pixel's figures need their room.
        self.canvas.hinted.connect(self.hint.setToolTip)
        self.canvas.viewed.connect(lambda view: self.zoom.setText(numeral(f"{view.zoom:.0%}")))

    def _toolbar(self) -> QWidget:
        widget, row = bar()
        self._row_of_tools = QHBoxLayout()
        self._row_of_tools.setSpacing(4)
        row.addLayout(self._row_of_tools)
        row.addStretch(1)
        self.looks = Chooser(translate("Retouch", "How the mask is shown"), "", CHOOSER_WIDTH)
        KeyTip(self.looks, (room_command("look"), room_command("rubylith")))
        for look in LOOKS:
            self.looks.addItem(translate("Retouch", LOOK_WORDS[look]), look)
        row.addWidget(self.looks)
        row.addSpacing(GRID)
        for name, icon in (("undo_stroke", "undo"), ("redo_stroke", "redo")):
            row.addWidget(self._icon_button(icon, room_command(name)))
        row.addSpacing(GRID)
        self.tools["save"] = word_button(row, translate("Retouch", "Save"), room_command("save"))
        row.addWidget(self._icon_button("close", room_command("leave")))
        return widget

    def _icon_button(self, icon: str, known: Command) -> QToolButton:
        button = self.tools[known.name] = tool_button(icon, "")
        button.setAccessibleName(title_of(known))
        KeyTip(button, (known,))
        return button

    def _status(self) -> QWidget:
        widget, row = bar("readout", STATUS_HEIGHT)
        self.hint = sentence(row)
        self.hint.setObjectName("small")
        self.readout, self.steps, self.zoom = QLabel(), QLabel(), QLabel()
        for label, name in ((self.readout, "small"), (self.steps, "smallFaint"), (self.zoom, "smallFaint")):
            label.setObjectName(name)
            row.addSpacing(GRID)
            row.addWidget(label)
        return widget

    def add_tools(self, tools: Sequence[Tool]) -> None:
        """Give every tool its buttons and its page."""
        for each in tools:
            for pick in each.picks:
                button = self._icon_button(pick.icon, pick.command)
                button.setCheckable(True)
                self._row_of_tools.addWidget(button)
            self.pages.addWidget(each.page() or bar()[0])

    def show_page(self, index: int) -> None:
        """Show the options of one tool, counted as they were added."""
        self.pages.setCurrentIndex(index)

    def check(self, name: str) -> None:
        """Press the button of a tool down, and no other."""
        for command, button in self.tools.items():
            if button.isCheckable():
                button.setChecked(command == name)

    def show_look(self, look: str) -> None:
        """Name how the mask is shown."""
        self.looks.setCurrentIndex(self.looks.findData(look))

    def show_steps(self, done: int, undone: int, *, together: bool = False) -> None:
        """Say how many steps there are, and enable what can be done with them.

        `together` says that several tools changed the photo, none of which has seen what the others did.
        """
        said = counted("%Ln step(s)", "steps of a repair by a person", done)
        joined = translate("Retouch", "saving joins them")
        self.steps.setText(f"{said}, {joined}" if together else said)
        self.steps.setToolTip(translate("Retouch", JOINED) if together else "")
        self.tools["undo_stroke"].setEnabled(done > 0)
        self.tools["redo_stroke"].setEnabled(undone > 0)
        self.tools["save"].setEnabled(done > 0)
