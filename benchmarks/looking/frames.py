"""One frame of the compare canvas at 1920 × 1080: processor milliseconds of the window's thread.

A frame is mostly memory that is copied, and other programs on the machine share its bandwidth: every case is measured
in several rounds, turn by turn with the others, and the quietest round counts.
"""

import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from benchmarks.looking.clock import frame_milliseconds
from benchmarks.looking.clock import loop_until
from benchmarks.looking.made import HEIGHT
from benchmarks.looking.made import WIDTH
from benchmarks.looking.made import Place
from benchmarks.looking.made import on_white
from benchmarks.looking.made import original_pixels
from benchmarks.looking.made import product_mask
from pipeline.model import Frame
from reviewer.images.gallery import Pair
from reviewer.images.geometry import ViewState
from reviewer.images.pyramid import build_pyramid
from reviewer.widgets.canvas import CompareCanvas
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT

VIEWPORT = (1920, 1080)
LARGE = (12000, 8000)
ROUNDS = 4
GOALS = {
    "pan_frame_p50": ("<=", 2.0),
    "pan_96mp_times": ("<=", 1.3),
    "zoom_frame_p50": ("<=", 8.0),
    "blink_frame_p50": ("<=", 2.0),
    "split_frame_p50": ("<=", 2.0),
    "side_by_side_frame_p50": ("<=", 2.0),
    "fit_frame_p50": ("<=", 2.0),
}


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return milliseconds per frame at 24 megapixels, and how many times as long a pan takes at 96."""
    frames = 20 if quick else 100
    canvas, large = shown_canvas(whole_pair((WIDTH, HEIGHT))), shown_canvas(whole_pair(LARGE))
    cases: dict[str, tuple[str, Callable[[CompareCanvas, int], None]]] = {
        "pan": (SIDE_BY_SIDE, _pan),
        "side_by_side": (SIDE_BY_SIDE, partial(_pan, down=1)),
        "split": (SPLIT, _pan),
        "zoom": (SIDE_BY_SIDE, _zoom),
        "blink": (SIDE_BY_SIDE, _blink),
        "fit": (SIDE_BY_SIDE, lambda canvas, _: canvas.fit()),
    }
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in cases}
    for _ in range(ROUNDS):
        for name, (mode, move) in cases.items():
            canvas.set_mode(mode)
            canvas.zoom_to(1.0)
            rounds[name].append(frame_milliseconds(partial(move, canvas), canvas.repaint, frames))
    figures = {
        f"{name}_frame_{share}": min(one[share] for one in found)
        for name, found in rounds.items()
        for share in ("p50", "p95", "p99")
    }
    figures["pan_96mp_times"] = _times_as_long(large, canvas, ROUNDS * frames)
    canvas.close()
    large.close()
    return figures


def _times_as_long(large: CompareCanvas, canvas: CompareCanvas, frames: int) -> float:
    """Return how many times as long a pan takes in `large`; frame by frame in turn, so that both meet one machine."""
    times: dict[CompareCanvas, list[float]] = {large: [], canvas: []}
    for shown in times:
        shown.set_mode(SIDE_BY_SIDE)
        shown.zoom_to(1.0)
    for number in range(frames):
        for shown, spent in times.items():
            _pan(shown, number)
            started = time.thread_time()
            shown.repaint()
            spent.append(time.thread_time() - started)
    return float(np.median(times[large]) / np.median(times[canvas]))


def shown_canvas(pair: Pair) -> CompareCanvas:
    """Return the canvas on the screen with a pair."""
    canvas = CompareCanvas()
    canvas.resize(*VIEWPORT)
    canvas.show()
    canvas.show_pair(pair)
    loop_until(lambda: canvas.painted is not None)
    return canvas


def whole_pair(size: tuple[int, int]) -> Pair:
    """Return an original and its result, whole, one frame of the same size."""
    rgb = original_pixels(0, (WIDTH, HEIGHT))
    both = rgb, on_white(rgb, product_mask((WIDTH, HEIGHT)))
    if size != (WIDTH, HEIGHT):
        both = tuple(cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST) for picture in both)
    original, result = (build_pyramid(picture) for picture in both)
    return Pair(1, 1, original, result, Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), size))


def _pan(canvas: CompareCanvas, number: int, down: int = 0) -> None:
    canvas._look(ViewState((2000.0 + 7 * number, 1500.0 + (3 + down) * number), 1.0, fit=False))


def _zoom(canvas: CompareCanvas, number: int) -> None:
    canvas._look(ViewState((3000.0, 2000.0), 0.23 * 1.013 ** (number % 100), fit=False))


def _blink(canvas: CompareCanvas, number: int) -> None:
    canvas.set_blink(number % 2 == 1)
