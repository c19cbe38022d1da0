"""The table of commands and their keys: menus, buttons, tooltips and the keyboard sheet all read it."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pipeline.errors import BugError


@dataclass(frozen=True)
class Command:
    """Something the person can do.

    Attributes:
        keys: portable key sequences, the first one is shown first.
        repeats: whether a held key goes on doing it; never for decisions.
        held: works while the key is down, handled by the window itself.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    repeats: bool = False
    held: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("approve", "Approve, next image", ("P", "A"), "Decide"),
    Command("reject", "Reject, then a reason", ("X",), "Decide"),
    Command("redo", "Redo, then a reason", ("R",), "Decide"),
    Command("sign_off", "Sign off", ("Ctrl+Return", "Ctrl+Enter"), "Decide"),
    Command("undo", "Undo the last decision", ("Ctrl+Z",), "Decide"),
    Command("redo_decision", "Redo the decision", ("Ctrl+Shift+Z", "Ctrl+Y"), "Decide"),
    Command("next", "Next image", ("Right", "Down"), "Move", repeats=True),
    Command("previous", "Previous image", ("Left", "Up"), "Move", repeats=True),
    Command("first", "First image", ("Home",), "Move"),
    Command("last", "Last image", ("End",), "Move"),
    Command("find", "Find a file or SKU", ("Ctrl+F", "/"), "Move"),
    Command("filter_review", "Show the review queue", ("Alt+1",), "Move"),
    Command("filter_all", "Show all images", ("Alt+8",), "Move"),
    Command("toggle_zoom", "Fit or 1:1 at the pointer", ("Z",), "Look"),
    Command("fit", "Fit", ("Ctrl+0",), "Look"),
    Command("actual", "1:1, one pixel on one pixel", ("Ctrl+1",), "Look"),
    Command("double", "200%", ("Ctrl+2",), "Look"),
    Command("zoom_in", "Closer", ("+", "="), "Look", repeats=True),
    Command("zoom_out", "Further away", ("-",), "Look", repeats=True),
    Command("carry", "Keep zoom and place for the next image, or fit it", ("L",), "Look"),
    Command("minimap", "Minimap", ("N",), "Look"),
    Command("pan", "Drag the picture", ("Space",), "Look", held=True),
    Command("blink", "Show the original", ("\\",), "Look", held=True),
    Command("side_by_side", "Side by side", ("Y",), "Look"),
    Command("split", "Split", ("Shift+Y",), "Look"),
    Command("onion", "Original through the result", ("O",), "Look"),
    Command("onion_more", "More of the original shining through", ("]",), "Look", repeats=True),
    Command("onion_less", "Less of the original shining through", ("[",), "Look", repeats=True),
    Command("white", "Mark what is not exactly white", ("W",), "Look"),
    Command("ground", "Next ground: grey, black, checker, red, mask, off", ("K",), "Look"),
    Command("difference", "Difference to the original: ×1, ×4, ×16, ΔE00, SSIM, off", ("V",), "Look"),
    Command("edges", "Outline: halo ring, edges, off", ("E",), "Look"),
    Command("next_place", "Next marked place at 1:1", (".",), "Look"),
    Command("previous_place", "Previous marked place", (",",), "Look"),
    Command("open", "Open a folder of photos", ("Ctrl+O",), "Window"),
    Command("retry", "Try a failed image again", ("Ctrl+R",), "Window"),
    Command("full_screen", "Full screen", ("F",), "Window"),
    Command("run_panel", "The line: times and failures", ("Ctrl+L",), "Window"),
    Command("settings", "Settings", ("Ctrl+,",), "Window"),
    Command("logs", "Show the log folder", ("Ctrl+Shift+L",), "Window"),
    Command("keys", "This sheet", ("?", "F1"), "Window"),
)


def command(name: str) -> Command:
    """Return the command of that name."""
    for known in COMMANDS:
        if known.name == name:
            return known
    raise BugError(f"There is no command “{name}”.")


def key_text(key: str) -> str:
    """Return a key sequence as this platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def tooltip(name: str, title: str = "") -> str:
    """Return what a button says when pointed at: its title and its keys."""
    known = command(name)
    return f"{title or known.title}  ({' or '.join(key_text(key) for key in known.keys)})"


def install(window: QWidget, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Give the window one action per command, with its keys; returns them by name.

    Raises BugError when a command has no handler or a handler no command.
    """
    names = {known.name for known in COMMANDS if not known.held}
    if names != set(handlers):
        raise BugError(f"Commands and handlers differ: {sorted(names ^ set(handlers))}.")
    actions = {}
    for known in COMMANDS:
        if known.held:
            continue
        action = QAction(known.title, window)
        action.setShortcuts([QKeySequence(key) for key in known.keys])
        action.setAutoRepeat(known.repeats)
        action.triggered.connect(_without_checked(handlers[known.name]))
        window.addAction(action)
        actions[known.name] = action
    return actions


def _without_checked(handler: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        handler()

    return call
