"""From a key to a decision: bound to the image that is really on the screen, with its reason where one is needed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtCore import QObject
from PySide6.QtCore import Signal
from PySide6.QtCore import SignalInstance

from pipeline.model import Action
from pipeline.model import Entry
from pipeline.model import Role
from pipeline.model import State
from pipeline.settings import Settings
from reviewer.actions import first_key
from reviewer.desk import Desk
from reviewer.language import translate
from reviewer.models.queue import QueueModel
from reviewer.views.words import reason_title
from reviewer.widgets.canvas import CompareCanvas
from reviewer.widgets.reason_bar import ReasonBar

MILLISECONDS = 1000
CLIENT = "client"
"""The reason of a redo that is nobody's fault: the client wants something else now."""
HELD = QT_TRANSLATE_NOOP("Window", "{name} has this image open; wait for them, or a senior takes it over ({keys}).")
ONLY_PROXY = QT_TRANSLATE_NOOP(
    "Window", "Only a small copy is on the screen yet; decide when the file's own pixels are there."
)


@dataclass(frozen=True)
class Aim:
    """What a decision is about: a version that was seen, and for how many seconds."""

    image: int
    version: int
    seconds: float


class Stage(Protocol):
    """Where images are painted that can be decided: the canvas, or the survey."""

    appeared: SignalInstance
    painted: tuple[int, int | None] | None

    @property
    def pair(self) -> Any:
        """What is shown, with `image`, `version` and `exact`, None while there is nothing."""
        ...

    def isVisible(self) -> bool: ...

    def setFocus(self) -> None: ...


class Deciding(QObject):
    """Takes the commands of the group "Decide".

    Signals:
        decided(int): a decision about this image is on its way; the next image may come.
        outdated(str): a sentence that was told is not true any more.
    """

    decided = Signal(int)
    outdated = Signal(str)

    def __init__(
        self,
        desk: Desk,
        queue: QueueModel,
        canvas: CompareCanvas,
        reasons: ReasonBar,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._queue, self._reasons, self._settings = desk, queue, reasons, settings
        self._canvas: Stage = canvas
        self._clock = clock
        self._appeared_at = 0.0
        self._armed: tuple[Action, Aim] | None = None
        canvas.appeared.connect(self._note_appearance)
        self._watched: list[Stage] = [canvas]
        reasons.chosen.connect(self._reason_given)
        reasons.cancelled.connect(self.disarm)

    def look_at(self, stage: "Stage") -> None:
        """Decide about what is painted there from now on."""
        self.disarm()
        if stage not in self._watched:
            self._watched.append(stage)
            stage.appeared.connect(self._note_appearance)
        self._canvas = stage
        self._note_appearance()

    def aim(self) -> Aim | None:
        """Return what a decision would be about now, None while nothing has been seen long enough to decide it."""
        painted, pair = self._canvas.painted, self._canvas.pair
        if painted is None or pair is None or painted != (pair.image, pair.version) or not self._canvas.isVisible():
            return None
        seen = self._clock() - self._appeared_at
        image, version = painted
        if version is None or seen * MILLISECONDS < self._settings.review.settle_milliseconds:
            return None
        return Aim(image, version, seen)

    def _take_aim(self) -> Aim | None:
        """Return the aim of a decision; says why where the person can see a picture but not decide it."""
        aim, pair = self.aim(), self._canvas.pair
        if aim is None and pair is not None and not pair.exact:
            self._desk.told.emit(translate("Window", ONLY_PROXY))
        other = self._desk.seat.refuses(aim.image) if aim is not None else ""
        if other:
            self._desk.told.emit(translate("Window", HELD).format(name=other, keys=first_key("take_over")))
            return None
        return aim

    def approve(self) -> None:
        """Approve what is on the screen; what was approved already and waits for a second person is signed off."""
        aim = self._take_aim()
        entry = self._queue.entry(aim.image) if aim else None
        if aim is None or entry is None:
            return
        if entry.state is not State.SIGN_OFF:
            self._desk.approve(aim.image, aim.version, seconds=aim.seconds)
            self._went(aim, Action.APPROVE)
        elif self._desk.role is Role.SENIOR:
            self.sign_off()
        else:
            self._desk.told.emit(translate("Window", "This image waits for a senior to sign it off."))

    def sign_off(self) -> None:
        """Sign off what is on the screen."""
        aim = self._take_aim()
        if aim is not None:
            self._desk.sign_off(aim.image, aim.version, seconds=aim.seconds)
            self._went(aim, Action.SIGN_OFF)

    def reject(self) -> None:
        """Ask why it cannot be used."""
        self._ask(Action.REJECT, translate("Window", "Reject because"))

    def redo(self) -> None:
        """Ask what has to be mended."""
        self._ask(Action.REDO, translate("Window", "Redo because"))

    def client_changed(self) -> None:
        """Send it back because the client wants something else now, which is nobody's fault."""
        aim = self._take_aim()
        if aim is not None:
            self._desk.redo(aim.image, aim.version, reason=CLIENT, seconds=aim.seconds)
            self._went(aim, Action.REDO)

    def clear(self) -> None:
        """Take back what this person decided about what is on the screen, and stay with it."""
        aim = self._take_aim()
        if aim is not None:
            self.disarm()
            self._desk.clear(aim.image)

    def disarm(self) -> None:
        """Forget the decision that waits for its reason."""
        self._armed = None
        self.outdated.emit(translate("Window", ONLY_PROXY))
        if self._reasons.isVisible():
            self._reasons.hide()
        self._canvas.setFocus()

    def _ask(self, action: Action, title: str) -> None:
        aim = self._take_aim()
        if aim is None:
            return
        self._armed = (action, aim)
        known = self._settings.reasons.items()
        fitting = [(code, why) for code, why in known if action.value in why.actions and code != CLIENT]
        self._reasons.ask(title, [(code, reason_title(why), why.key) for code, why in fitting])

    def _reason_given(self, code: str, note: str) -> None:
        armed, self._armed = self._armed, None
        self._canvas.setFocus()
        if armed is None:
            return
        action, aim = armed
        verb = self._desk.reject if action is Action.REJECT else self._desk.redo
        verb(aim.image, aim.version, reason=code, note=note, seconds=aim.seconds)
        self._went(aim, action)

    def _went(self, aim: Aim, action: Action) -> None:
        """Let the next image come, unless it is plain already that the database refuses."""
        entry = self._queue.entry(aim.image)
        self.disarm()
        if entry is None or self._desk.takes(entry.state, action):
            self.decided.emit(aim.image)

    def _note_appearance(self) -> None:
        self._appeared_at = self._clock()
        self.outdated.emit(translate("Window", ONLY_PROXY))


def may_decide(entry: Entry | None) -> bool:
    """Say whether there is a version that a person can decide about."""
    return entry is not None and entry.version is not None and entry.state not in (State.PROCESSING, State.NEW)
