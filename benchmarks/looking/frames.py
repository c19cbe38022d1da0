"""One frame of the compare canvas at 1920 × 1080: processor milliseconds of the window's thread."""

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
    frames = 40 if quick else 300
    figures: dict[str, float] = {}
    canvas = shown_canvas(whole_pair((WIDTH, HEIGHT)))
    cases: dict[str, tuple[str, Callable[[CompareCanvas, int], None]]] = {
        "pan": (SIDE_BY_SIDE, _pan),
        "side_by_side": (SIDE_BY_SIDE, partial(_pan, down=1)),
        "split": (SPLIT, _pan),
        "zoom": (SIDE_BY_SIDE, _zoom),
        "blink": (SIDE_BY_SIDE, _blink),
        "fit": (SIDE_BY_SIDE, lambda canvas, _: canvas.fit()),
    }
    for name, (mode, move) in cases.items():
        canvas.set_mode(mode)
        canvas.zoom_to(1.0)
        figures |= _named(f"{name}_frame", frame_milliseconds(partial(move, canvas), canvas.repaint, frames))
    canvas.close()
    canvas = shown_canvas(whole_pair(LARGE))
    canvas.zoom_to(1.0)
    large = frame_milliseconds(partial(_pan, canvas), canvas.repaint, frames)
    canvas.close()
    figures["pan_96mp_frame_p50"] = large["p50"]
    figures["pan_96mp_times"] = large["p50"] / figures["pan_frame_p50"]
    return figures


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
    if size != (WIDTH, HEIGHT):
        rgb = np.ascontiguousarray(cv2.resize(rgb, size, interpolation=cv2.INTER_NEAREST))
    frame = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), size)
    result = build_pyramid(on_white(rgb, product_mask(size)))
    return Pair(1, 1, build_pyramid(rgb), result, frame)


def _pan(canvas: CompareCanvas, number: int, down: int = 0) -> None:
    canvas._look(ViewState((2000.0 + 7 * number, 1500.0 + (3 + down) * number), 1.0, fit=False))


def _zoom(canvas: CompareCanvas, number: int) -> None:
    canvas._look(ViewState((3000.0, 2000.0), 0.23 * 1.013 ** (number % 100), fit=False))


def _blink(canvas: CompareCanvas, number: int) -> None:
    canvas.set_blink(number % 2 == 1)


def _named(name: str, values: dict[str, float]) -> dict[str, float]:
    return {f"{name}_{share}": value for share, value in values.items()}
