"""The verbs, written once: buttons, keys and tests call the same ones.

`verbs` decides and reads, `running` drives the line, `watching` feeds it from a hot folder, `pictures` brings pixels;
all of them say what changed and let views decide what to redraw.
"""

from reviewer.desk.running import Drop
from reviewer.desk.running import Eye
from reviewer.desk.running import Intake
from reviewer.desk.running import Line
from reviewer.desk.running import Progress
from reviewer.desk.verbs import Desk
from reviewer.desk.watching import WatchState

__all__ = ["Desk", "Drop", "Eye", "Intake", "Line", "Progress", "WatchState"]
