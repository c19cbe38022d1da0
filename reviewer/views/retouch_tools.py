"""The row of tools: every tool of the repair room, and all commands that follow from them."""

from PySide6.QtGui import QKeySequence

from reviewer.actions import Command
from reviewer.actions import command
from reviewer.actions import title_of as commands_title
from reviewer.views.retouch_keys import ROOM_COMMANDS
from reviewer.views.retouch_keys import STAY
from reviewer.views.retouch_keys import keys_of
from reviewer.views.retouch_keys import title_of
from reviewer.views.retouch_tool import Tool
from reviewer.views.tool_brush import BrushTool
from reviewer.views.tool_clean_up import CleanUpTool
from reviewer.views.tool_colour import ColourTool
from reviewer.views.tool_copy import CopyTool
from reviewer.views.tool_fill import FillTool
from reviewer.views.tool_ghost import GhostTool
from reviewer.views.tool_hair import HairTool
from reviewer.views.tool_heal import HealTool
from reviewer.views.tool_pen import PenTool

TOOLS: tuple[type[Tool], ...] = (
    BrushTool,
    HairTool,
    PenTool,
    FillTool,
    HealTool,
    CleanUpTool,
    ColourTool,
    GhostTool,
    CopyTool,
)
"""In the order of their buttons."""


def pick_commands() -> tuple[Command, ...]:
    """Return the commands that take up a tool; they count throughout the mode."""
    return tuple(pick.command for kind in TOOLS for pick in kind.picks)


def all_commands() -> tuple[Command, ...]:
    """Return every command of the mode: taking up a tool, the room's, and each tool's own."""
    return (*pick_commands(), *ROOM_COMMANDS, *(known for kind in TOOLS for known in kind.commands))


def conflict_in_repair(chosen: Command, key: str) -> str:
    """Return the title of what `key` would do already while somebody repairs, beside `chosen`; "" when it is free.

    Two tools may share a key, since only the one in hand listens; the room's keys, and those of the review that mean
    the same in both modes, are taken for all.
    """
    wanted = QKeySequence(key)
    always = (*pick_commands(), *ROOM_COMMANDS)
    if chosen in always or chosen.name in STAY:
        rivals = all_commands()
    else:
        rivals = (*always, *next(kind.commands for kind in TOOLS if chosen in kind.commands))
    for known in (*rivals, *(command(name) for name in STAY)):
        if known.name != chosen.name and wanted in map(QKeySequence, keys_of(known)):
            return commands_title(known) if known.name in STAY else title_of(known)
    return ""
