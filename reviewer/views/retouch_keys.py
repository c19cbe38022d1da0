"""The keys of the repair mode: a table of its own, since the same keys mean other things while one reviews.

The room's commands count throughout the mode; a tool's own only while it is in hand, and two tools may share a key.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pipeline.errors import BugError
from reviewer.actions import Command
from reviewer.actions import key_text
from reviewer.actions import own_keys
from reviewer.language import translate

REPAIR = QT_TRANSLATE_NOOP("Retouch", "Repair")
STAY = ("full_screen", "keys")
"""Commands of the review that mean the same in both modes."""
ROOM_COMMANDS: tuple[Command, ...] = (
    Command("swap", QT_TRANSLATE_NOOP("Retouch", "Swap adding and erasing"), ("X",), REPAIR),
    Command("larger", QT_TRANSLATE_NOOP("Retouch", "Larger brush"), ("]",), REPAIR, repeats=True),
    Command("smaller", QT_TRANSLATE_NOOP("Retouch", "Smaller brush"), ("[",), REPAIR, repeats=True),
    Command("harder", QT_TRANSLATE_NOOP("Retouch", "Harder rim"), ("Shift+]", "}"), REPAIR, repeats=True),
    Command("softer", QT_TRANSLATE_NOOP("Retouch", "Softer rim"), ("Shift+[", "{"), REPAIR, repeats=True),
    Command(
        "rubylith", QT_TRANSLATE_NOOP("Retouch", "Red over the background, or the result on white"), ("\\",), REPAIR
    ),
    Command(
        "look", QT_TRANSLATE_NOOP("Retouch", "Next ground: white, grey, black, checker, mask, outline"), ("K",), REPAIR
    ),
    Command("alpha", QT_TRANSLATE_NOOP("Retouch", "The mask alone"), ("Q",), REPAIR),
    Command("undo_stroke", QT_TRANSLATE_NOOP("Retouch", "Undo the last step"), ("Ctrl+Z",), REPAIR, repeats=True),
    Command(
        "redo_stroke", QT_TRANSLATE_NOOP("Retouch", "Redo the step"), ("Ctrl+Shift+Z", "Ctrl+Y"), REPAIR, repeats=True
    ),
    Command("zoom", QT_TRANSLATE_NOOP("Retouch", "All of it, or 1:1 at the pointer"), ("Z",), REPAIR),
    Command("zoom_fit", QT_TRANSLATE_NOOP("Retouch", "All of it"), ("Ctrl+0",), REPAIR),
    Command("zoom_actual", QT_TRANSLATE_NOOP("Retouch", "1:1, one pixel on one pixel"), ("Ctrl+1",), REPAIR),
    Command("zoom_double", QT_TRANSLATE_NOOP("Retouch", "200%"), ("Ctrl+2",), REPAIR),
    Command("closer", QT_TRANSLATE_NOOP("Retouch", "Closer"), ("+", "="), REPAIR, repeats=True),
    Command("further", QT_TRANSLATE_NOOP("Retouch", "Further away"), ("-",), REPAIR, repeats=True),
    Command("save", QT_TRANSLATE_NOOP("Retouch", "Save as a new version"), ("Ctrl+S",), REPAIR),
    Command("leave", QT_TRANSLATE_NOOP("Retouch", "Leave; the strokes are kept"), ("Esc",), REPAIR),
)


def keys_of(known: Command) -> tuple[str, ...]:
    """Return the keys of a command of the mode: the person's own where they gave it some, else the shipped ones."""
    return own_keys().get(known.name) or known.keys


def title_of(known: Command) -> str:
    """Return what a command of the mode is called in the person's language."""
    return translate("Retouch", known.title)


def tip(known: Command) -> str:
    """Return what a button says when pointed at: its title and its keys."""
    return f"{title_of(known)}  ({key_words(known)})"


def key_words(known: Command) -> str:
    """Return the keys of a command as one reads them: "P or A"."""
    return translate("Commands", " or ").join(map(key_text, keys_of(known)))


def room_command(name: str) -> Command:
    """Return a command of the room by its name."""
    return next(known for known in ROOM_COMMANDS if known.name == name)


class KeyTip(QObject):
    """Has a widget's tool tip name the keys of its commands, below some words where there are any."""

    def __init__(self, widget: QWidget, commands: Sequence[Command], words: str = "") -> None:
        super().__init__(widget)
        self._widget, self._commands, self._words = widget, commands, words
        self.renew()

    def renew(self) -> None:
        """Name the keys that the commands have now."""
        self._widget.setToolTip("\n".join(filter(None, (self._words, *map(tip, self._commands)))))


def renew_tips(root: QWidget) -> None:
    """Have every tool tip below a widget name the keys that its commands have now."""
    for known in root.findChildren(KeyTip):
        known.renew()


def install(
    window: QWidget, commands: tuple[Command, ...], handlers: Mapping[str, Callable[[], None]]
) -> dict[str, QAction]:
    """Give the window one action per command of the mode, asleep until it is needed; returns them by name.

    Raises BugError when a command has no handler or a handler no command.
    """
    if {known.name for known in commands} != set(handlers):
        raise BugError(f"Commands and handlers differ: {sorted({known.name for known in commands} ^ set(handlers))}.")
    actions = {}
    for known in commands:
        action = QAction(title_of(known), window)
        action.setShortcuts([QKeySequence(key) for key in keys_of(known)])
        action.setAutoRepeat(known.repeats)
        action.setEnabled(False)
        action.triggered.connect(_without_checked(handlers[known.name]))
        window.addAction(action)
        actions[known.name] = action
    return actions


def _without_checked(handler: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        handler()

    return call
