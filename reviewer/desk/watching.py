"""The hot folder in the window: looks for drops in the background while it is switched on, and has them processed."""

from collections.abc import Callable
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtCore import QTimer
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.store.store import Store
from reviewer.desk.running import Eye
from reviewer.desk.running import Intake
from reviewer.desk.running import Line
from reviewer.desk.running import Runner
from reviewer.jobs import Jobs
from reviewer.sentences import said_words

if TYPE_CHECKING:
    from pipeline.run.watch import Taken

LANE = "watch"


@dataclass(frozen=True)
class WatchState:
    """Which folder is watched, None while it is off, and how many images came since it was switched on."""

    folder: Path | None = None
    images: int = 0


class Watcher(QObject):
    """Watches one folder at a time; off at the start.

    Attributes:
        state: what was told last.

    Signals:
        changed(WatchState): it was switched, or something came.
        arrived(Intake): a drop became a batch, or could not.
        told(str): one sentence the person should read.
    """

    changed = Signal(object)
    arrived = Signal(object)
    told = Signal(str)

    def __init__(self, *, open_store: Callable[[], Store], line: Line, jobs: Jobs, runner: Runner) -> None:
        super().__init__()
        self.state = WatchState()
        self._open_store, self._line, self._jobs, self._runner = open_store, line, jobs, runner
        self._eye: Eye | None = None
        self._held = ExitStack()
        self._looking, self._stop = False, Event()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def start(self, folder: Path) -> None:
        """Watch a folder, instead of the one before."""
        self.stop()
        self._stop = Event()
        self._tell(WatchState(folder))
        self._jobs.submit(
            LANE,
            partial(self._open, folder, self._stop.is_set),
            then=partial(self._opened, folder),
            failed=self._give_up,
        )

    def stop(self) -> None:
        """Watch no more; what was taken is processed to its end."""
        if self.state.folder is not None:
            self._timer.stop()
            self._stop.set()
            self._jobs.submit(LANE, self._shut)
            self._tell(WatchState())

    def close(self) -> None:
        """Switch off for good, before the jobs are closed."""
        self.stop()

    def _open(self, folder: Path, stop: Callable[[], bool]) -> list[str]:
        store = self._held.enter_context(self._open_store())
        self._eye = self._line.watch(store, folder, stop)
        return self._eye.unfinished()

    def _shut(self) -> None:
        self._eye = None
        self._held.close()

    def _opened(self, folder: Path, unfinished: Sequence[str]) -> None:
        if self.state.folder == folder:
            self._looking = False
            self._timer.start(self._line.look_milliseconds)
            self._runner.run_each(unfinished)

    def _look(self) -> None:
        if not self._looking:
            self._looking = True
            self._jobs.submit(LANE, self._take, then=self._taken, failed=self._give_up)

    def _take(self) -> list["Taken"]:
        return self._eye.take() if self._eye else []

    def _taken(self, drops: Sequence["Taken"]) -> None:
        self._looking = False
        if self.state.folder is not None and any(drop.images for drop in drops):
            self._tell(replace(self.state, images=self.state.images + sum(drop.images for drop in drops)))
        for drop in (each for each in drops if each.batch or each.problems):
            self.arrived.emit(Intake(drop.batch, drop.images, drop.problems))
        self._runner.run_each([drop.batch for drop in drops if drop.batch])

    def _give_up(self, error: KnownError) -> None:
        self.stop()
        self.told.emit(said_words(str(error)))

    def _tell(self, state: WatchState) -> None:
        self.state = state
        self.changed.emit(state)
