"""The queue of a batch of 100,000 images in the real window: to open it, to scroll rows and tiles, and what it weighs.

Processor milliseconds of the whole process for opening, from the wish to the first painted rows; of the window's own
thread for frames. A part of the images has a result, a score and a thumbnail; the list shows them all.
"""

import os
import time
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject

from benchmarks.looking.clock import loop_for
from benchmarks.looking.clock import loop_until
from benchmarks.looking.clock import percentiles
from benchmarks.looking.made import LEASE_SECONDS
from benchmarks.looking.made import OWNER
from benchmarks.looking.made import Place
from benchmarks.looking.sitting import VIEWPORT
from pipeline.model import Gate
from pipeline.model import NewImage
from pipeline.model import Order
from pipeline.model import Outcome
from pipeline.model import QcScore
from pipeline.model import Selection
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.store.store import Store
from reviewer.app import open_window
from reviewer.views.window import MainWindow
from reviewer.widgets.queue_list import QueueList

IMAGES, WITH_RESULT = 100_000, 300
FOLDER = "queue"
SMALL, BIG = "a small one", "a hundred thousand"
MEBIBYTE = 2**20
GOALS = {
    "queue_open_processor": ("<=", 150.0),
    "queue_scroll_p99": ("<=", 8.0),
    "queue_grid_scroll_p99": ("<=", 8.0),
    "queue_mebibytes": ("<=", 50.0),
}


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return what opening, sorting and scrolling cost, and how much more memory the process has afterwards."""
    window = open_window(place.folder / FOLDER, SMALL, place.settings)
    window.resize(*VIEWPORT)
    window.show()
    try:
        loop_until(lambda: len(window.session.queue) > 0)
        loop_for(500)
        before = _resident()
        figures = _opening(window)
        figures |= _named("queue_scroll", _scrolling(window.queue_panel.list, 24 if quick else 200))
        window.floor.toggle_grid()
        figures |= _named("queue_grid_scroll", _scrolling(window.grid, 24 if quick else 200))
        return figures | {"queue_mebibytes": (_resident() - before) / MEBIBYTE} | _choosing(window)
    finally:
        window.close()
        window.deleteLater()


def _opening(window: MainWindow) -> dict[str, float]:
    painted = _Painted(window.queue_panel.list)
    wall, processor = time.perf_counter(), time.process_time()
    window.session.open_batch(BIG)
    loop_until(lambda: painted.rows >= IMAGES)
    return {
        "queue_open_wall": (painted.wall - wall) * 1000,
        "queue_open_processor": (painted.processor - processor) * 1000,
    }


def _choosing(window: MainWindow) -> dict[str, float]:
    """Return how long it takes until the list is sorted, and until it is searched."""
    queue = window.session.queue
    figures = {}
    for name, wanted in (("sort", Selection(order=Order.RISK)), ("search", Selection(text="0999"))):
        loop_until(lambda: queue.settled)
        begun = time.process_time()
        queue.choose(wanted)
        loop_until(lambda: queue.settled)
        figures[f"queue_{name}_processor"] = (time.process_time() - begun) * 1000
    return figures


def _scrolling(rows: QueueList, frames: int) -> dict[str, float]:
    """Scroll by two lines a frame as a wheel does, with jumps between, painting into the window's own surface.

    The quieter of two rounds counts: other programs share the processor and its memory.
    """
    rounds = [percentiles(_scrolled(rows, frames)) for _ in range(2)]
    return {share: min(one[share] for one in rounds) for share in rounds[0]}


def _scrolled(rows: QueueList, frames: int) -> list[float]:
    bar, viewport = rows.verticalScrollBar(), rows.viewport()
    times: list[float] = []
    for start in range(4):
        bar.setValue(bar.maximum() * start // 4)
        loop_for(100)
        base = bar.value()
        step = 2 * rows.line_height() // 3
        for number in range(frames // 4):
            begun = time.thread_time()
            bar.setValue(base + number * step)
            viewport.repaint()
            times.append((time.thread_time() - begun) * 1000)
            loop_for(4)
    return times


def _named(name: str, found: dict[str, float]) -> dict[str, float]:
    return {f"{name}_{share}": value for share, value in found.items()}


class _Painted(QObject):
    """When the list was painted first with all its rows."""

    def __init__(self, rows: QueueList) -> None:
        super().__init__(rows)
        self._list, self.rows, self.wall, self.processor = rows, 0, 0.0, 0.0
        rows.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.wall and self._list.window().session.queue.batch == BIG:
            self.rows = len(self._list.window().session.queue)
            if self.rows >= IMAGES:
                self.wall, self.processor = time.perf_counter(), time.process_time()
        return False


def fill_queue(folder: Path) -> None:
    """Write the studio with the batch of 100,000, unless it is there already."""
    studio = folder / FOLDER
    if studio.exists():
        return
    with Store(studio) as store:
        picture = np.full((180, 180, 3), 255, np.uint8)
        small = store.files.put_bytes(cv2.imencode(".jpg", picture)[1].tobytes())
        store.add_batch(SMALL, "", [NewImage("one.jpg", small, 1)])
        images = [
            NewImage(f"day-{number // 500:03}/IMG_{number:06}.jpg", small, 1, sku=f"SKU-{number:06}", category="shoes")
            for number in range(IMAGES)
        ]
        store.add_batch(BIG, "", images)
        for claim in store.claim(BIG, owner=OWNER, count=WITH_RESULT, lease_seconds=LEASE_SECONDS):
            total = 60.0 + claim.record.id % 40
            outcome = Outcome(
                image=claim.record.id,
                state=State.APPROVED,
                seconds=1.0,
                settings="",
                score=QcScore(25.0, 20.0, 25.0, 25.0, total, Verdict.APPROVE),
                gates=(Gate("exact_white", True, "every pixel is 255"),),
                thumbnail=small,
                original_thumbnail=small,
            )
            store.record(outcome, owner=OWNER, token=claim.token)


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
