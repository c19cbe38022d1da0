"""What lies over the result, for one viewport of 1920 × 1080 at 1:1: processor milliseconds away from the window."""

import time
from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.looking.made import HEIGHT
from benchmarks.looking.made import WIDTH
from benchmarks.looking.made import Place
from benchmarks.looking.made import on_white
from benchmarks.looking.made import original_pixels
from benchmarks.looking.made import product_mask
from pipeline.model import Frame
from reviewer.images.geometry import Region
from reviewer.images.layers import DELTA_E
from reviewer.images.layers import DIFFERENCE
from reviewer.images.layers import EDGES
from reviewer.images.layers import RING
from reviewer.images.layers import SSIM
from reviewer.images.layers import WHITE_LAYER
from reviewer.images.layers import make_layer
from reviewer.images.proof import prove
from reviewer.images.pyramid import build_pyramid

VIEWPORT = Region(2000, 1400, 3920, 2480)
SAME = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (WIDTH, HEIGHT))
SCALED = Frame((0.83, 0.0, 31.4, 0.0, 0.83, 12.7), (WIDTH, HEIGHT))
NAMES = {
    "white_overlay": WHITE_LAYER,
    "difference": f"{DIFFERENCE}4",
    "ssim": SSIM,
    "delta_e": DELTA_E,
    "ring": RING,
    "edges": EDGES,
}
GOALS = {"white_overlay": ("<=", 3.0), "difference": ("<=", 15.0)}


def measure(place: Place, *, quick: bool) -> dict[str, float]:
    """Return the best of several turns per layer; `prove` is done once per image, before the first of them."""
    turns = 3 if quick else 15
    rgb = original_pixels(0, (WIDTH, HEIGHT))
    matte = product_mask((WIDTH, HEIGHT))
    white = on_white(rgb, matte)
    white[::50, ::50] = 254
    original, result, mask = build_pyramid(rgb), build_pyramid(white), np.rint(matte * 255).astype(np.uint8)
    figures = {"prove": _best(lambda: prove(result.levels[0], mask, SAME), 1)}
    proof = prove(result.levels[0], mask, SAME)
    for name, layer in NAMES.items():
        few = 1 if name == "delta_e" else turns
        figures[name] = _best(lambda layer=layer: make_layer(layer, original, result, SAME, proof, VIEWPORT, {}), few)
    figures["difference_scaled"] = _best(
        lambda: make_layer(NAMES["difference"], original, result, SCALED, proof, VIEWPORT, {}), turns
    )
    return figures


def _best(work: Callable[[], object], turns: int) -> float:
    cv2.setNumThreads(1)
    best = float("inf")
    for _ in range(turns + 1):
        started = time.process_time()
        work()
        best = min(best, (time.process_time() - started) * 1000)
    cv2.setNumThreads(-1)
    return best
