"""Evidence drawn over a result: pixels that fail exact white, and the product on another ground. Runs on workers."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Frame
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import pyramid_of

Pixels = NDArray[np.uint8]
WHITE = 255
MARK_BGRA = (255, 0, 255, 255)
DIFFERENCE, GAINS = "difference ×", (4, 16)
CHECKER_SIDE = 16
CHECKER_TONES = (150, 205)
GROUNDS: dict[str, tuple[int, int, int] | None] = {
    "white": (255, 255, 255),
    "grey": (119, 119, 119),
    "black": (0, 0, 0),
    "checker": None,
    "red": (200, 0, 0),
}


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture to show instead of the result, and the sentence that explains it."""

    name: str
    pyramid: Pyramid
    sentence: str


def mask_in_result(mask: Pixels, frame: Frame) -> Pixels:
    """Return a uint8 H×W mask warped from the original's frame into the result's, uint8 h×w."""
    return _warped(mask, frame)


def _warped(pixels: Pixels, frame: Frame) -> Pixels:
    a, b, c, d, e, f = frame.matrix
    # Matrix coordinates count pixel centres at .5, cv2 counts them at 0.
    matrix = np.array([[a, b, c + (a + b - 1) / 2], [d, e, f + (d + e - 1) / 2]])
    return cv2.warpAffine(pixels, matrix, frame.size, flags=cv2.INTER_LINEAR, borderValue=0)


def off_white(result: Pixels, mask: Pixels) -> NDArray[np.bool_]:
    """Return bool h×w: background pixels (mask 0, one pixel away from the product) that are not exactly 255.

    `result` is uint8 h×w×4 BGRA, `mask` uint8 h×w in the result's frame.
    """
    ground = cv2.dilate(mask, np.ones((3, 3), np.uint8)) == 0
    white = cv2.inRange(result, (WHITE, WHITE, WHITE, 0), (WHITE, WHITE, WHITE, WHITE)) > 0
    return ground & ~white


def white_layer(result: Pyramid, mask: Pixels, frame: Frame) -> Layer:
    """Return the result with every background pixel that is not exactly white in magenta, visible at any zoom."""
    marks = off_white(result.levels[0], mask_in_result(mask, frame))
    count = int(np.count_nonzero(marks))
    sentence = f"{count:,} px not exactly white" if count else "Background exactly white"
    return Layer("white", _marked(result, marks), sentence)


def _marked(result: Pyramid, marks: NDArray[np.bool_]) -> Pyramid:
    levels = []
    for pixels in result.levels:
        marks = marks[: pixels.shape[0], : pixels.shape[1]]
        level = pixels.copy()
        level[marks] = MARK_BGRA
        level.flags.writeable = False
        levels.append(level)
        marks = _any_half(marks)
    return Pyramid(tuple(levels), result.size)


def _any_half(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return marks at half the size, set where any of the four pixels was."""
    padded = np.pad(marks, ((0, marks.shape[0] % 2), (0, marks.shape[1] % 2)))
    return padded[0::2, 0::2] | padded[1::2, 0::2] | padded[0::2, 1::2] | padded[1::2, 1::2]


def ground_layer(result: Pyramid, mask: Pixels, frame: Frame, ground: str) -> Layer:
    """Return the product on another ground: C − (1 − α)·(white − ground), which undoes compositing on white."""
    pixels = result.levels[0]
    room = WHITE - mask_in_result(mask, frame)
    wanted = _ground(ground, pixels.shape[:2])
    taken = cv2.multiply(cv2.merge([room] * 3), WHITE - wanted, scale=1 / WHITE)
    product = cv2.subtract(cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR), taken)
    return Layer(ground, pyramid_of(cv2.cvtColor(product, cv2.COLOR_BGR2BGRA)), f"Ground: {ground}")


def difference_layer(original: Pyramid, result: Pyramid, mask: Pixels, frame: Frame, gain: int) -> Layer:
    """Return how far each product pixel is from the original's, largest of R, G and B times `gain`, dark to bright.

    The background is left out: it was changed on purpose.
    """
    before = _warped(original.levels[0], frame)
    apart = cv2.absdiff(before, result.levels[0])[..., :3].max(axis=2)
    apart[mask_in_result(mask, frame) < WHITE] = 0
    shown = cv2.applyColorMap(cv2.convertScaleAbs(apart, alpha=gain), cv2.COLORMAP_INFERNO)
    sentence = f"Difference ×{gain}, at most {int(apart.max())} of 255"
    return Layer(f"{DIFFERENCE}{gain}", pyramid_of(cv2.cvtColor(shown, cv2.COLOR_BGR2BGRA)), sentence)


def _ground(name: str, shape: tuple[int, ...]) -> Pixels:
    color = GROUNDS[name]
    if color is not None:
        return np.full((*shape, 3), color[::-1], np.uint8)
    rows, columns = np.indices(shape, sparse=True)
    odd = (rows // CHECKER_SIDE + columns // CHECKER_SIDE) % 2
    tones = np.array(CHECKER_TONES, np.uint8)[odd]
    return np.repeat(tones[..., None], 3, axis=2)
