"""Times of the window: wall and processor milliseconds, waiting in a real event loop, percentiles and gaps."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtCore import QTimer
from PySide6.QtCore import SignalInstance

TICK_MILLISECONDS = 4
PATIENCE_MILLISECONDS = 60_000


def loop_until(done: Callable[[], bool], *, patience: int = PATIENCE_MILLISECONDS) -> None:
    """Run the event loop until `done()`; raises TimeoutError after `patience` milliseconds."""
    if done():
        return
    loop, deadline = QEventLoop(), time.monotonic() + patience / 1000
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > deadline else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not done():
        raise TimeoutError("The window did not come to where it should within a minute.")


def loop_for(milliseconds: int) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Answer:
    """How long from a call until a signal: wall milliseconds, and processor milliseconds of all threads."""

    def __init__(self, call: Callable[[], None], signal: SignalInstance, wanted: Callable[[], bool]) -> None:
        loop = QEventLoop()
        self.wall = self.processor = 0.0
        wall, processor = time.perf_counter(), time.process_time()

        def note() -> None:
            if not self.wall and wanted():
                self.wall = (time.perf_counter() - wall) * 1000
                self.processor = (time.process_time() - processor) * 1000
                loop.quit()

        signal.connect(note)
        QTimer.singleShot(PATIENCE_MILLISECONDS, loop.quit)
        call()
        if not self.wall:
            loop.exec()
        signal.disconnect(note)
        if not self.wall:
            raise TimeoutError("The picture did not appear within a minute.")


def frame_milliseconds(move: Callable[[int], None], paint: Callable[[], None], frames: int) -> dict[str, float]:
    """Return p50, p95 and p99 of the processor time of this thread per frame, after two to warm up."""
    times = []
    for number in range(frames + 2):
        move(number)
        started = time.thread_time()
        paint()
        times.append((time.thread_time() - started) * 1000)
    return percentiles(times[2:])


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50, p95 and p99."""
    return {f"p{share}": float(np.percentile(values, share)) for share in (50, 95, 99)}


class Gaps(AbstractContextManager):
    """How long the event loop was away, in milliseconds beyond the ticks of its timer.

    Attributes:
        found: every gap.
        coreless: for each, how long of it this thread was ready to go on but was given no core; 0 where the system does
            not say.
    """

    def __init__(self) -> None:
        self.found: list[float] = []
        self.coreless: list[float] = []
        self._timer = QTimer(interval=TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)
        self._last = self._coreless = 0.0

    @property
    def coreless_in_longest(self) -> float:
        """How long of the longest gap this thread had no core."""
        return self.coreless[self.found.index(max(self.found))]

    def _tick(self) -> None:
        now, coreless = time.perf_counter(), _coreless_milliseconds()
        self.found.append((now - self._last) * 1000 - TICK_MILLISECONDS)
        self.coreless.append(coreless - self._coreless)
        self._last, self._coreless = now, coreless

    def __enter__(self) -> "Gaps":
        self._last, self._coreless = time.perf_counter(), _coreless_milliseconds()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.stop()


def _coreless_milliseconds() -> float:
    """Return how long this thread has waited for a core since it began."""
    try:
        with open("/proc/thread-self/schedstat", encoding="ascii") as file:
            return int(file.read().split()[1]) / 1e6
    except OSError:
        return 0.0
