"""Background jobs: the window's only threads, in lanes, with their answers delivered on the thread of the window.

A lane is a small pool. A lane of one thread keeps that thread for good, so that what belongs to a thread (an open
Store) can live there. Workers get plain data and a bound signal; the long-lived `Jobs` owns the signal.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtCore import QRunnable
from PySide6.QtCore import Qt
from PySide6.QtCore import QThreadPool
from PySide6.QtCore import Signal

from pipeline.errors import BugError
from pipeline.errors import KnownError

Answer = TypeVar("Answer")
KEEP_THREAD = -1
PACE_STEPS = 30


@dataclass(frozen=True, eq=False)
class Order:
    """A piece of work and what to call with its answer; `wanted` is asked on the worker just before it starts."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]
    dropped: Callable[[], None]
    wanted: Callable[[], bool]


class _Job(QRunnable):
    """One order on a lane; hands what is to be called on the window's thread to the signal it was given."""

    def __init__(self, order: Order, emit: Callable[[Callable[[], None]], None], niceness: int) -> None:
        super().__init__()
        self._orders, self._emit, self._niceness = [order], emit, niceness

    def run(self) -> None:
        # Qt's wrapper of a finished job lives on; what it was given, often pictures, must not.
        order = self._orders.pop()
        give_way(self._niceness)
        if not order.wanted():
            self._emit(order.dropped)
            return
        try:
            value = order.work()
        except Exception as error:
            trouble = error
            self._emit(lambda: order.failed(trouble))
        else:
            self._emit(lambda: order.then(value))


def give_way(niceness: int) -> None:
    """Let threads of a lower number go first before this one and before all that it starts."""
    if niceness and sys.platform == "linux":
        # Only Linux gives every thread a priority of its own.
        me = threading.get_native_id()
        if os.getpriority(os.PRIO_PROCESS, me) < niceness:
            os.setpriority(os.PRIO_PROCESS, me, niceness)


class Pace:
    """How fast a long job moves, from its last steps; times in seconds of one clock."""

    def __init__(self, steps: int = PACE_STEPS) -> None:
        self._times: deque[float] = deque(maxlen=steps + 1)

    def step(self, now: float) -> None:
        """Note that one piece was done."""
        self._times.append(now)

    @property
    def rate(self) -> float | None:
        """Pieces per second over the last steps, None before there are two."""
        if len(self._times) < 2 or self._times[-1] <= self._times[0]:
            return None
        return (len(self._times) - 1) / (self._times[-1] - self._times[0])

    def remaining(self, pieces: int) -> float | None:
        """Seconds until `pieces` more are done, None while the rate is unknown."""
        rate = self.rate
        return pieces / rate if rate else None


class Jobs(QObject):
    """Lanes of worker threads.

    Attributes:
        lanes: how many threads each lane has, by name.

    `niceness` says, by lane, how far its threads stand back behind the window's own.

    Signals:
        delivered: carries a function to call on the window's thread.
    """

    delivered = Signal(object)

    def __init__(self, lanes: Mapping[str, int], niceness: Mapping[str, int] | None = None) -> None:
        super().__init__()
        self._niceness = dict(niceness or {})
        self.lanes = dict(lanes)
        self._pools: dict[str, QThreadPool] = {}
        self._closed = False
        for name, threads in lanes.items():
            pool = QThreadPool(self)
            pool.setMaxThreadCount(threads)
            pool.setExpiryTimeout(KEEP_THREAD)
            pool.setObjectName(name)
            self._pools[name] = pool
        self.delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: str,
        work: Callable[[], Answer],
        *,
        then: Callable[[Answer], None] | None = None,
        failed: Callable[[KnownError], None] | None = None,
        wanted: Callable[[], bool] | None = None,
        dropped: Callable[[], None] | None = None,
        priority: int = 0,
    ) -> None:
        """Run `work` on a lane; `then(answer)` or `failed(known error)` is called on the window's thread.

        `wanted` is asked just before the job would start, on the worker; False drops it, and `dropped()` is called.
        Jobs of higher `priority` start first. Any exception but KnownError is a bug and is raised on the window's
        thread.
        """
        if self._closed:
            raise BugError("A job was submitted after the window had closed.")
        order = Order(work, then or _ignore, _known_only(failed), dropped or _nothing, wanted or _always)
        self._pools[lane].start(_Job(order, self.delivered.emit, self._niceness.get(lane, 0)), priority)

    def post(self, call: Callable[[], None]) -> None:
        """Have `call` called on the window's thread; may be used from any thread."""
        self.delivered.emit(call)

    def close(self, *, finish: Collection[str] = ()) -> None:
        """Drop what waits, except on the lanes to `finish`, and wait for the rest; then nothing is delivered."""
        self._closed = True
        for name, pool in self._pools.items():
            if name not in finish:
                pool.clear()
        for pool in self._pools.values():
            pool.waitForDone()
        self.delivered.disconnect(self._deliver)

    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


def _ignore(_: Any) -> None:
    """Take an answer nobody waits for."""


def _nothing() -> None:
    """Take a notice nobody waits for."""


def _always() -> bool:
    return True


def _known_only(failed: Callable[[KnownError], None] | None) -> Callable[[Exception], None]:
    def handle(error: Exception) -> None:
        if failed is None or not isinstance(error, KnownError):
            raise error
        failed(error)

    return handle
