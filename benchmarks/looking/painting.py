"""The brush on a 24-megapixel original: milliseconds from the pointer's event to the painted pixels, radius 200.

Each turn sends a real mouse event and paints at once what it made dirty; `processor` is the window's thread alone,
`wall` what a person waits. Undo, and drawing all of the canvas anew, are measured beside it.
"""

import math
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtCore import QPointF
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from benchmarks.looking.clock import loop_until
from benchmarks.looking.clock import percentiles
from benchmarks.looking.made import HEIGHT
from benchmarks.looking.made import WIDTH
from benchmarks.looking.made import Place
from benchmarks.looking.made import original_pixels
from benchmarks.looking.made import product_mask
from reviewer.images.board import Board
from reviewer.images.board import Painted
from reviewer.images.draft import MASK
from reviewer.images.pyramid import build_pyramid
from reviewer.widgets.brush_hand import Brush
from reviewer.widgets.brush_hand import BrushHand
from reviewer.widgets.repair_canvas import RepairCanvas

RADIUS = 200.0
VIEWPORT = 1920, 1080
STRIDE = 24
"""Pixels between two events: a quick hand, 3,000 pixels per second at 125 events."""
GOALS = {
    "brush_processor_p95": ("<=", 16.0),
    "brush_fit_processor_p95": ("<=", 16.0),
    "brush_undo_processor": ("<=", 50.0),
    "brush_history_mb_at_100": ("<=", 200.0),
}


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return how long a move of the brush takes at 1:1 and fitted, an undo, a whole redraw, and the history's size."""
    canvas = _canvas()
    turns = 60 if quick else 400
    figures = {}
    for name, look in (("brush", lambda: canvas.zoom_to(1.0, canvas.room().center)), ("brush_fit", canvas.fit)):
        look()
        canvas.repaint()
        walls, processors = _stroke(canvas, turns)
        figures |= {f"{name}_wall_{share}": value for share, value in percentiles(walls).items()}
        figures |= {f"{name}_processor_{share}": value for share, value in percentiles(processors).items()}
    painted = canvas.board.layers[MASK]
    figures["brush_undo_processor"] = _undo(canvas, painted)
    canvas.zoom_to(1.0, canvas.room().center)
    figures["brush_redraw_processor"] = _timed(lambda: (canvas.redraw(), canvas.repaint()))
    strokes, before = (12 if quick else 100), painted.history.bytes
    for _ in range(strokes):
        _stroke(canvas, 40)
    figures["brush_history_mb_at_100"] = (painted.history.bytes - before) / strokes * 100 / 1e6
    canvas.hide()
    canvas.deleteLater()
    return figures


def _canvas() -> RepairCanvas:
    size = WIDTH, HEIGHT
    mask = np.rint(product_mask(size) * 255).astype(np.uint8)
    canvas = RepairCanvas()
    canvas.resize(*VIEWPORT)
    canvas.show()
    loop_until(lambda: canvas.windowHandle().isExposed())
    canvas.show_board(Board(build_pyramid(original_pixels(0, size)), mask))
    canvas.take(BrushHand(canvas, Brush(MASK, radius=RADIUS)))
    return canvas


def _stroke(canvas: RepairCanvas, turns: int) -> tuple[list[float], list[float]]:
    """Draw one stroke around the middle; returns wall and processor milliseconds per move."""
    walls, processors = [], []
    middle, reach = canvas.rect().center(), canvas.height() / 2 - 60
    _send(canvas, QEvent.Type.MouseButtonPress, QPointF(middle.x() + reach, middle.y()))
    for turn in range(1, turns + 1):
        angle = turn * STRIDE / reach
        spot = QPointF(middle.x() + reach * math.cos(angle), middle.y() + reach * math.sin(angle))
        wall, processor = time.perf_counter(), time.thread_time()
        _send(canvas, QEvent.Type.MouseMove, spot)
        QApplication.sendPostedEvents()
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((time.thread_time() - processor) * 1000)
    _send(canvas, QEvent.Type.MouseButtonRelease, spot)
    return walls, processors


def _send(canvas: RepairCanvas, kind: QEvent.Type, spot: QPointF) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind is QEvent.Type.MouseMove else left
    held = none if kind is QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(kind, spot, canvas.mapToGlobal(spot), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def _undo(canvas: RepairCanvas, painted: Painted) -> float:
    return _timed(lambda: canvas.redraw(painted.travel(back=True)))


def _timed(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000
