"""Letting a batch leave from the window: samples, rulings, rollbacks and the figures of the day, all in the back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import Signal

from pipeline.errors import KnownError
from pipeline.model import Change
from pipeline.model import Figures
from pipeline.model import Judgement
from pipeline.model import Wave
from pipeline.settings import Settings
from pipeline.store.store import Store
from reviewer.jobs import Jobs

if TYPE_CHECKING:
    from pipeline.batch.returns import ReturnReport
    from pipeline.run.rollback import RolledBack

Answer = TypeVar("Answer")
Failed = Callable[[KnownError], None]
LANE = "aside"


@dataclass(frozen=True)
class Rollout:
    """The waves of a batch, oldest first, and what the sample of each says."""

    batch: str
    waves: tuple[Wave, ...]
    said: tuple[Judgement, ...]


@dataclass(frozen=True)
class DayBook:
    """The figures of a span, for one batch or "" for all, and what the shops' returns say; None without any."""

    batch: str
    figures: Figures
    returns: "ReturnReport | None"


class Releasing(QObject):
    """The verbs of the staged rollout.

    Signals:
        changed(Change): images wait for their audit, may leave, or were called back.
    """

    changed = Signal(object)

    def __init__(self, *, open_store: Callable[[], Store], jobs: Jobs, settings: Callable[[], Settings]) -> None:
        super().__init__()
        self._open_store, self._jobs, self._settings = open_store, jobs, settings

    def look(self, batch: str, then: Callable[[Rollout], None], *, failed: Failed) -> None:
        """Say how the waves of a batch stand."""
        self._ask(lambda store: _rollout(store, batch, self._settings()), then, failed)

    def draw(self, batch: str, by: str, then: Callable[[Wave], None], *, failed: Failed) -> None:
        """Draw the next wave and its sample, which waits for the audit from then on."""

        def work(store: Store) -> Wave:
            from pipeline.run.audit import draw_sample

            return draw_sample(store, batch, self._settings(), by=by)

        self._change(batch, work, then, failed)

    def rule(self, batch: str, by: str, then: Callable[[tuple[Wave, Judgement]], None], *, failed: Failed) -> None:
        """Let the audited wave leave, stop the batch, or draw more, as its sample says."""

        def work(store: Store) -> tuple[Wave, Judgement]:
            from pipeline.run.release import rule

            return rule(store, batch, self._settings(), by=by)

        self._change(batch, work, then, failed)

    def roll_back(
        self,
        batch: str,
        wave: int | None,
        *,
        by: str,
        reason: str,
        then: Callable[["RolledBack"], None],
        failed: Failed,
    ) -> None:
        """Call a wave (its number) or the batch back, with the earlier files and the recall list."""

        def work(store: Store) -> "RolledBack":
            from pipeline.run.rollback import roll_back

            return roll_back(store, batch, wave=wave, by=by, reason=reason)

        self._change(batch, work, then, failed)

    def day_book(self, batch: str, since: int, until: int, then: Callable[[DayBook], None], *, failed: Failed) -> None:
        """Count what was done between two times (ns UTC), and compare the shops' returns."""
        self._ask(partial(_day_book, batch, since, until), then, failed)

    def _ask(self, work: Callable[[Store], Answer], then: Callable[[Answer], None], failed: Failed) -> None:
        def answer() -> Answer:
            with self._open_store() as store:
                return work(store)

        self._jobs.submit(LANE, answer, then=then, failed=failed)

    def _change(
        self, batch: str, work: Callable[[Store], Answer], then: Callable[[Answer], None], failed: Failed
    ) -> None:
        def done(answer: Answer) -> None:
            self.changed.emit(Change(batch, (), "release"))
            then(answer)

        self._ask(work, done, failed)


def _rollout(store: Store, batch: str, settings: Settings) -> Rollout:
    from pipeline.run.release import judgements

    told = judgements(store, batch, settings)
    return Rollout(batch, tuple(wave for wave, _ in told), tuple(said for _, said in told))


def _day_book(batch: str, since: int, until: int, store: Store) -> DayBook:
    from pipeline.run.returns import return_report

    figures = store.figures(batch, since=since, until=until)
    return DayBook(batch, figures, return_report(store) if store.sale_mappings() else None)
