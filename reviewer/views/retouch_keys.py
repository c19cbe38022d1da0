"""The keys of the repair mode: a table of its own, since the same keys mean other things while one reviews."""

from collections.abc import Callable
from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pipeline.errors import BugError
from reviewer.actions import Command
from reviewer.actions import key_text
from reviewer.language import translate

REPAIR = "Repair"
COMMANDS: tuple[Command, ...] = (
    Command("mask_add", QT_TRANSLATE_NOOP("Retouch", "Brush that adds to the product"), ("B",), REPAIR),
    Command("mask_erase", QT_TRANSLATE_NOOP("Retouch", "Brush that erases from the product"), ("E",), REPAIR),
    Command("hole", QT_TRANSLATE_NOOP("Retouch", "Paint what a fill shall replace"), ("J",), REPAIR),
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
    Command("undo_stroke", QT_TRANSLATE_NOOP("Retouch", "Undo the last stroke"), ("Ctrl+Z",), REPAIR, repeats=True),
    Command(
        "redo_stroke", QT_TRANSLATE_NOOP("Retouch", "Redo the stroke"), ("Ctrl+Shift+Z", "Ctrl+Y"), REPAIR, repeats=True
    ),
    Command("fill", QT_TRANSLATE_NOOP("Retouch", "Fill the hole, then accept the fill"), ("Return", "Enter"), REPAIR),
    Command("next_engine", QT_TRANSLATE_NOOP("Retouch", "Fill again with the next engine"), ("R",), REPAIR),
    Command("compare", QT_TRANSLATE_NOOP("Retouch", "Show the fill, or the original under it"), ("C",), REPAIR),
    Command("zoom", QT_TRANSLATE_NOOP("Retouch", "All of it, or 1:1 at the pointer"), ("Z",), REPAIR),
    Command("fit", QT_TRANSLATE_NOOP("Retouch", "All of it"), ("Ctrl+0",), REPAIR),
    Command("actual", QT_TRANSLATE_NOOP("Retouch", "1:1, one pixel on one pixel"), ("Ctrl+1",), REPAIR),
    Command("double", QT_TRANSLATE_NOOP("Retouch", "200%"), ("Ctrl+2",), REPAIR),
    Command("zoom_in", QT_TRANSLATE_NOOP("Retouch", "Closer"), ("+", "="), REPAIR, repeats=True),
    Command("zoom_out", QT_TRANSLATE_NOOP("Retouch", "Further away"), ("-",), REPAIR, repeats=True),
    Command("save", QT_TRANSLATE_NOOP("Retouch", "Save as a new version"), ("Ctrl+S",), REPAIR),
    Command("leave", QT_TRANSLATE_NOOP("Retouch", "Leave; the strokes are kept"), ("Esc",), REPAIR),
)


def tip(name: str) -> str:
    """Return what a button says when pointed at: its title and its keys."""
    known = next(each for each in COMMANDS if each.name == name)
    keys = translate("Commands", " or ").join(key_text(key) for key in known.keys)
    return f"{translate('Retouch', known.title)}  ({keys})"


def install(window: QWidget, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Give the window one action per command of the mode, asleep until the mode is entered; returns them by name."""
    if {known.name for known in COMMANDS} != set(handlers):
        raise BugError(f"Commands and handlers differ: {sorted({known.name for known in COMMANDS} ^ set(handlers))}.")
    actions = {}
    for known in COMMANDS:
        action = QAction(translate("Retouch", known.title), window)
        action.setShortcuts([QKeySequence(key) for key in known.keys])
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
