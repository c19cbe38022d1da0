"""Two modes, so that one key never means two things: while somebody paints, the keys and panels of the review sleep."""

from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from reviewer.desk import Desk
from reviewer.views.retouch import Retouch
from reviewer.views.retouch_keys import ROOM_COMMANDS
from reviewer.views.retouch_keys import STAY
from reviewer.views.retouch_keys import install
from reviewer.views.retouch_keys import keys_of
from reviewer.views.retouch_keys import renew_tips
from reviewer.views.retouch_tools import all_commands
from reviewer.views.retouch_tools import pick_commands


class RetouchMode(QObject):
    """Switches a window between reviewing and repairing.

    Attributes:
        actions: the commands of the repair mode by name.
    """

    def __init__(
        self, window: QWidget, retouch: Retouch, desk: Desk, review: Mapping[str, QAction], panels: Sequence[QWidget]
    ) -> None:
        super().__init__(window)
        self._retouch, self._review, self._panels = retouch, review, panels
        self._slept: list[QAction] = []
        self._hidden: list[QWidget] = []
        picks = {known.name: partial(retouch.pick, known.name) for known in pick_commands()}
        self._room = install(window, (*pick_commands(), *ROOM_COMMANDS), picks | retouch.handlers())
        self._own = {tool: install(window, tool.commands, tool.handlers()) for tool in retouch.tools}
        self.actions = {name: action for table in (self._room, *self._own.values()) for name, action in table.items()}
        for name, button in retouch.panel.tools.items():
            button.clicked.connect(self.actions[name].trigger)
        retouch.picked.connect(self._wake)
        retouch.entered.connect(self._enter)
        retouch.left.connect(self._leave)
        desk.told.connect(self._say)

    def take_up_keys(self) -> None:
        """Have the commands, and what points at them says, with the keys that they have now."""
        for known in all_commands():
            self.actions[known.name].setShortcuts([QKeySequence(key) for key in keys_of(known)])
        renew_tips(self._retouch.panel)

    def _enter(self) -> None:
        self._slept = [action for name, action in self._review.items() if name not in STAY and action.isEnabled()]
        for action in self._slept:
            action.setEnabled(False)
        self._wake()
        self._hidden = [panel for panel in self._panels if not panel.isHidden()]
        for panel in self._hidden:
            panel.hide()
        self._retouch.panel.show()

    def _wake(self) -> None:
        """Let the keys of the room and of the tool in hand count, and no other tool's; none outside the mode."""
        active = self._retouch.active
        for action in self._room.values():
            action.setEnabled(active)
        for tool, table in self._own.items():
            for action in table.values():
                action.setEnabled(active and tool is self._retouch.tool)

    def _leave(self) -> None:
        self._wake()
        for action in self._slept:
            action.setEnabled(True)
        self._retouch.panel.hide()
        for panel in self._hidden:
            panel.show()
        if self._hidden:
            self._hidden[0].setFocus()

    def _say(self, sentence: str) -> None:
        if self._retouch.active:
            self._retouch.panel.toast.say(sentence)
