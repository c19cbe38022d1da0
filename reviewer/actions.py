"""The table of commands and their keys: menus, buttons, tooltips and the keyboard sheet all read it."""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from pipeline.errors import BugError
from reviewer.language import translate


@dataclass(frozen=True)
class Command:
    """Something the person can do.

    Attributes:
        keys: portable key sequences, the first one is shown first.
        repeats: whether a held key goes on doing it; never for decisions.
        held: works while the key is down, handled by the window itself; a sign counts wherever the keyboard has it.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    repeats: bool = False
    held: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("approve", QT_TRANSLATE_NOOP("Commands", "Approve, next image"), ("P", "A"), "Decide"),
    Command("reject", QT_TRANSLATE_NOOP("Commands", "Reject, then a reason"), ("X",), "Decide"),
    Command("redo", QT_TRANSLATE_NOOP("Commands", "Redo, then a reason"), ("R",), "Decide"),
    Command("client_changed", QT_TRANSLATE_NOOP("Commands", "Client changed their mind, next image"), ("C",), "Decide"),
    Command("sign_off", QT_TRANSLATE_NOOP("Commands", "Sign off"), ("Ctrl+Return", "Ctrl+Enter"), "Decide"),
    Command("clear", QT_TRANSLATE_NOOP("Commands", "Take back your decision about this image"), ("U",), "Decide"),
    Command("undo", QT_TRANSLATE_NOOP("Commands", "Undo the last decision"), ("Ctrl+Z",), "Decide"),
    Command("redo_decision", QT_TRANSLATE_NOOP("Commands", "Redo the decision"), ("Ctrl+Shift+Z", "Ctrl+Y"), "Decide"),
    Command("take_over", QT_TRANSLATE_NOOP("Commands", "Take over what somebody else has open"), ("Ctrl+T",), "Decide"),
    Command(
        "close_batch",
        QT_TRANSLATE_NOOP("Commands", "Close the batch: its decisions count now"),
        ("Ctrl+Shift+B",),
        "Decide",
    ),
    Command("stay", QT_TRANSLATE_NOOP("Commands", "Stay after a decision, or go on"), ("Shift+P",), "Decide"),
    Command("next", QT_TRANSLATE_NOOP("Commands", "Next image"), ("Right", "Down"), "Move", repeats=True),
    Command("previous", QT_TRANSLATE_NOOP("Commands", "Previous image"), ("Left", "Up"), "Move", repeats=True),
    Command("first", QT_TRANSLATE_NOOP("Commands", "First image"), ("Home",), "Move"),
    Command("last", QT_TRANSLATE_NOOP("Commands", "Last image"), ("End",), "Move"),
    Command("go_to", QT_TRANSLATE_NOOP("Commands", "Go to an image by place, SKU or name"), ("Ctrl+G",), "Move"),
    Command("find", QT_TRANSLATE_NOOP("Commands", "Find a file or SKU"), ("Ctrl+F", "/"), "Move"),
    Command("filter", QT_TRANSLATE_NOOP("Commands", "Filter and sort the list"), ("Ctrl+Shift+F",), "Move"),
    Command("grid", QT_TRANSLATE_NOOP("Commands", "The whole list as a grid, or back"), ("G",), "Move"),
    Command("survey", QT_TRANSLATE_NOOP("Commands", "Twelve images at once, or one"), ("S",), "Move"),
    Command("filter_review", QT_TRANSLATE_NOOP("Commands", "Show the review queue"), ("Alt+1",), "Move"),
    Command("filter_all", QT_TRANSLATE_NOOP("Commands", "Show all images"), ("Alt+8",), "Move"),
    Command("toggle_zoom", QT_TRANSLATE_NOOP("Commands", "Fit or 1:1 at the pointer"), ("Z",), "Look"),
    Command("fit", QT_TRANSLATE_NOOP("Commands", "Fit"), ("Ctrl+0",), "Look"),
    Command("actual", QT_TRANSLATE_NOOP("Commands", "1:1, one pixel on one pixel"), ("Ctrl+1",), "Look"),
    Command("double", QT_TRANSLATE_NOOP("Commands", "200%"), ("Ctrl+2",), "Look"),
    Command("zoom_in", QT_TRANSLATE_NOOP("Commands", "Closer"), ("+", "="), "Look", repeats=True),
    Command("zoom_out", QT_TRANSLATE_NOOP("Commands", "Further away"), ("-",), "Look", repeats=True),
    Command(
        "carry", QT_TRANSLATE_NOOP("Commands", "Keep zoom and place for the next image, or fit it"), ("L",), "Look"
    ),
    Command("minimap", QT_TRANSLATE_NOOP("Commands", "Minimap"), ("N",), "Look"),
    Command("pan", QT_TRANSLATE_NOOP("Commands", "Drag the picture"), ("Space",), "Look", held=True),
    Command("blink", QT_TRANSLATE_NOOP("Commands", "Show the original"), ("\\",), "Look", held=True),
    Command("auto_blink", QT_TRANSLATE_NOOP("Commands", "Original and result in turns"), ("Shift+B",), "Look"),
    Command("side_by_side", QT_TRANSLATE_NOOP("Commands", "Side by side"), ("Y",), "Look"),
    Command("split", QT_TRANSLATE_NOOP("Commands", "Split"), ("Shift+Y",), "Look"),
    Command("onion", QT_TRANSLATE_NOOP("Commands", "Original through the result"), ("O",), "Look"),
    Command(
        "onion_more",
        QT_TRANSLATE_NOOP("Commands", "More of the original shining through"),
        ("]",),
        "Look",
        repeats=True,
    ),
    Command(
        "onion_less",
        QT_TRANSLATE_NOOP("Commands", "Less of the original shining through"),
        ("[",),
        "Look",
        repeats=True,
    ),
    Command("white", QT_TRANSLATE_NOOP("Commands", "Mark what is not exactly white"), ("W",), "Look"),
    Command(
        "ground", QT_TRANSLATE_NOOP("Commands", "Next ground: grey, black, checker, red, mask, off"), ("K",), "Look"
    ),
    Command(
        "difference",
        QT_TRANSLATE_NOOP("Commands", "Difference to the original: ×1, ×4, ×16, ΔE00, SSIM, off"),
        ("V",),
        "Look",
    ),
    Command("edges", QT_TRANSLATE_NOOP("Commands", "Outline: halo ring, edges, off"), ("E",), "Look"),
    Command("mask", QT_TRANSLATE_NOOP("Commands", "The mask alone"), ("M",), "Look"),
    Command("clipping", QT_TRANSLATE_NOOP("Commands", "Mark what is burnt out or black"), ("J",), "Look"),
    Command("next_place", QT_TRANSLATE_NOOP("Commands", "Next marked place at 1:1"), (".",), "Look"),
    Command("previous_place", QT_TRANSLATE_NOOP("Commands", "Previous marked place"), (",",), "Look"),
    Command("repair", QT_TRANSLATE_NOOP("Commands", "Repair by hand: brush and fill"), ("B",), "Window"),
    Command("open", QT_TRANSLATE_NOOP("Commands", "Open a folder of photos"), ("Ctrl+O",), "Window"),
    Command("retry", QT_TRANSLATE_NOOP("Commands", "Try a failed image again"), ("Ctrl+R",), "Window"),
    Command("sign_in", QT_TRANSLATE_NOOP("Commands", "Sign in"), ("Ctrl+Shift+S",), "Window"),
    Command("sign_out", QT_TRANSLATE_NOOP("Commands", "Sign out"), ("Ctrl+Shift+O",), "Window"),
    Command("full_screen", QT_TRANSLATE_NOOP("Commands", "Full screen"), ("F",), "Window"),
    Command("panels", QT_TRANSLATE_NOOP("Commands", "Pictures alone, without panels"), ("Shift+F",), "Window"),
    Command("run_panel", QT_TRANSLATE_NOOP("Commands", "The line: times and failures"), ("Ctrl+L",), "Window"),
    Command("listing", QT_TRANSLATE_NOOP("Commands", "As a shopper sees it"), ("I",), "Window"),
    Command("deliver", QT_TRANSLATE_NOOP("Commands", "Deliver the batch"), ("Ctrl+E",), "Window"),
    Command("release", QT_TRANSLATE_NOOP("Commands", "Release in waves, or call back"), ("Ctrl+Shift+E",), "Window"),
    Command("dashboard", QT_TRANSLATE_NOOP("Commands", "The figures"), ("Ctrl+D",), "Window"),
    Command("check_files", QT_TRANSLATE_NOOP("Commands", "Check finished files"), ("Ctrl+Shift+D",), "Window"),
    Command("settings", QT_TRANSLATE_NOOP("Commands", "Settings"), ("Ctrl+,",), "Window"),
    Command("logs", QT_TRANSLATE_NOOP("Commands", "Show the log folder"), ("Ctrl+Shift+L",), "Window"),
    Command("tour", QT_TRANSLATE_NOOP("Commands", "Tour of two minutes"), ("Ctrl+F1",), "Window"),
    Command("keys", QT_TRANSLATE_NOOP("Commands", "This sheet"), ("?", "F1"), "Window"),
)


_OWN_KEYS: dict[str, tuple[str, ...]] = {}


def command(name: str) -> Command:
    """Return the command of that name."""
    for known in COMMANDS:
        if known.name == name:
            return known
    raise BugError(f"There is no command “{name}”.")


def key_text(key: str) -> str:
    """Return a key sequence as this platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys of a command: the person's own where they gave it some, else the shipped ones."""
    return _OWN_KEYS.get(name) or command(name).keys


def use_keys(own: Mapping[str, Sequence[str]]) -> None:
    """Give these keys to the commands of these names, and the shipped ones to all others, those of a repair included.

    As the keyboard's layout, this belongs to the whole application: tooltips and the sheet read it.
    """
    _OWN_KEYS.clear()
    _OWN_KEYS.update({name: tuple(keys) for name, keys in own.items() if keys})


def own_keys() -> dict[str, tuple[str, ...]]:
    """Return the keys that differ from the shipped ones, by the command's name."""
    return dict(_OWN_KEYS)


def first_key(name: str) -> str:
    """Return the first key of a command, as one reads it."""
    return key_text(keys_of(name)[0])


def held_command(event: QKeyEvent) -> str:
    """Return the command that works while this key is down, "" for none.

    A sign counts wherever the keyboard has it, with whatever modifiers it is typed there.
    """
    typed = QKeySequence(event.keyCombination())
    for known in COMMANDS:
        if known.held and any(event.text() == key or typed == QKeySequence(key) for key in keys_of(known.name)):
            return known.name
    return ""


def conflict(name: str, key: str, reserved: Mapping[str, str]) -> str:
    """Return the title of what `key` would do already, beside the command `name`; "" when the key is free.

    `reserved` are keys that no command may have, with what they do.
    """
    wanted = _normal(key)
    for taken, title in reserved.items():
        if _normal(taken) == wanted:
            return title
    for known in COMMANDS:
        if known.name != name and wanted in map(_normal, keys_of(known.name)):
            return title_of(known)
    return ""


def title_of(known: Command) -> str:
    """Return what a command is called in the person's language."""
    return translate("Commands", known.title)


def _normal(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def tooltip(name: str, title: str = "") -> str:
    """Return what a button says when pointed at: its title and its keys."""
    return f"{title or title_of(command(name))}  ({key_words(name)})"


def key_words(name: str) -> str:
    """Return the keys of a command as one reads them: "P or A"."""
    words = [key_text(key) for key in keys_of(name)]
    return translate("Commands", " or ").join(words)


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
        action = QAction(title_of(known), window)
        action.setShortcuts([QKeySequence(key) for key in keys_of(known.name)])
        action.setAutoRepeat(known.repeats)
        action.triggered.connect(_without_checked(handlers[known.name]))
        window.addAction(action)
        actions[known.name] = action
    return actions


def _without_checked(handler: Callable[[], None]) -> Callable[[], None]:
    def call() -> None:
        handler()

    return call


def renew_keys(actions: Mapping[str, QAction]) -> None:
    """Give installed actions the keys that their commands have now."""
    for name, action in actions.items():
        action.setShortcuts([QKeySequence(key) for key in keys_of(name)])
