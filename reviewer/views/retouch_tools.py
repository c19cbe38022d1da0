"""The row of tools: every tool of the repair room, and all commands that follow from them."""

from reviewer.actions import Command
from reviewer.views.retouch_keys import ROOM_COMMANDS
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

TOOLS: tuple[type[Tool], ...] = (BrushTool, HairTool, PenTool, FillTool, HealTool, CleanUpTool, ColourTool, GhostTool, CopyTool)
"""In the order of their buttons."""


def pick_commands() -> tuple[Command, ...]:
    """Return the commands that take up a tool; they count throughout the mode."""
    return tuple(pick.command for kind in TOOLS for pick in kind.picks)


def all_commands() -> tuple[Command, ...]:
    """Return every command of the mode: taking up a tool, the room's, and each tool's own."""
    return (*pick_commands(), *ROOM_COMMANDS, *(known for kind in TOOLS for known in kind.commands))
