"""The repair room as a whole: its panel in the window, what is done in it, and the mode that switches to it."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout
from PySide6.QtWidgets import QWidget

from reviewer.desk import Desk
from reviewer.views.retouch import Retouch
from reviewer.views.retouch_mode import RetouchMode
from reviewer.views.retouch_panel import RetouchPanel
from reviewer.views.session import Session


@dataclass(frozen=True, eq=False)
class RepairRoom:
    """What belongs together there."""

    panel: RetouchPanel
    retouch: Retouch
    mode: RetouchMode


def furnish(
    window: QWidget, place: QBoxLayout, session: Session, desk: Desk, review: Mapping[str, QAction]
) -> RepairRoom:
    """Return the room, its panel hidden at the end of `place`; `review` are the commands that sleep meanwhile."""
    panel = RetouchPanel(place.parentWidget())
    panel.hide()
    place.addWidget(panel, 1)
    retouch = Retouch(session, desk, panel)
    hidden: Sequence[QWidget] = (session.compare, session.bar, session.score)
    return RepairRoom(panel, retouch, RetouchMode(window, retouch, desk, review, hidden))
