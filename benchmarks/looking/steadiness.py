"""A person at work while the line runs flat out: how soon the next image appears, how long the window was away, and how
much memory it holds.

The mix is what editors do: next image, 1:1, panning, blink, split, every layer, the walk through places, fit.
"""

import os
import time
from itertools import cycle

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from benchmarks.looking.clock import Gaps
from benchmarks.looking.clock import loop_for
from benchmarks.looking.clock import percentiles
from benchmarks.looking.made import Place
from benchmarks.looking.moving import flips
from benchmarks.looking.moving import named
from benchmarks.looking.sitting import busy_line
from benchmarks.looking.sitting import neighbour
from benchmarks.looking.sitting import opened
from benchmarks.looking.sitting import press_towards
from reviewer.images.geometry import ViewState
from reviewer.views.window import MainWindow

QUICK_SECONDS, SECONDS, FULL_SECONDS = 2.5, 40.0, 600.0
QUICK_IMAGES, IMAGES, FULL_IMAGES = 8, 100, 2000
QUICK_TURNS, TURNS = 6, 100
WARM_IMAGES = 12
"""Until every cache is full the memory grows, which is no leak."""
KEYS = (Qt.Key.Key_Period, Qt.Key.Key_W, Qt.Key.Key_V, Qt.Key.Key_V, Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_Z)
MEBI = 2**20
GOALS = {
    "next_busy_wall_p95": ("<=", 100.0),
    "ui_gap_busy_max": ("<=", 50.0),
    "resident_megabytes": ("<=", 1200.0),
    "resident_growth_megabytes": ("<=", 60.0),
}


def measure(place: Place, *, quick: bool, full: bool = False) -> dict[str, float]:
    """Return the gaps of the event loop in milliseconds beyond its ticks, and the memory of this process.

    `coreless` is the part of the longest gap in which the window was ready but other programs had all cores.
    """
    seconds = FULL_SECONDS if full else QUICK_SECONDS if quick else SECONDS
    images = FULL_IMAGES if full else QUICK_IMAGES if quick else IMAGES
    with opened(place) as window:
        with Gaps() as idle:
            _work(window, seconds / 4)
        window.compare.canvas.fit()
        with busy_line(window):
            figures = named("next_busy_wall", flips(window, QUICK_TURNS if quick else TURNS))
            with Gaps() as busy:
                _work(window, seconds)
        window.compare.canvas.fit()
        _walk(window, WARM_IMAGES)
        held = _walk(window, images)
    figures |= {"ui_gap_idle_max": max(idle.found), "ui_gap_busy_max": max(busy.found)}
    figures["ui_gap_busy_max_coreless"] = busy.coreless_in_longest
    figures |= {f"ui_gap_busy_{share}": value for share, value in percentiles(busy.found).items()}
    half = len(held) // 2
    figures["resident_megabytes"] = max(held)
    figures["resident_growth_megabytes"] = max(held[half:]) - max(held[:half])
    return figures


def _work(window: MainWindow, seconds: float) -> None:
    canvas, end = window.compare.canvas, time.monotonic() + seconds
    for key in cycle(KEYS):
        if time.monotonic() > end:
            return
        QTest.keyClick(window, key)
        loop_for(60)
        for number in range(8):
            canvas._look(ViewState((2500.0 + 40 * number, 2000.0 + 9 * number), 1.0, fit=False))
            loop_for(16)
        canvas.set_blink(True)
        loop_for(30)
        canvas.set_blink(False)
        if key in (Qt.Key.Key_Z, Qt.Key.Key_K):
            press_towards(window, neighbour(window))
            loop_for(250)


def _walk(window: MainWindow, images: int) -> list[float]:
    held = []
    for _ in range(images):
        press_towards(window, neighbour(window))
        loop_for(120)
        held.append(resident_megabytes())
    return held


def resident_megabytes() -> float:
    """Return the memory this process holds now; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MEBI
    except (OSError, AttributeError):
        return 0.0
