"""How far did we move the product's colours: result against original, the same product points, CIEDE2000."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.framing import is_whole_move
from pipeline.framing import resample
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.mask import subject_box
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Frame
from pipeline.model import Reading

MAX_PIXELS: Final = 250_000
MAX_COLORS: Final = 20_000
"""CIEDE2000 costs 2 s per megapixel; a mean over so many cells is exact to a hundredth."""
INSIDE: Final = 0.999
"""Mean coverage of a cell that is surely product: the soft edge's colours are new by intent."""
MIN_CELLS: Final = 12


@dataclass(frozen=True, eq=False)
class _Cells:
    """The product on one grid: original and result uint16 h×w×3, which cells count."""

    original: NDArray[np.uint16]
    result: NDArray[np.uint16]
    inside: NDArray[np.bool_]


def read_color_shift(
    original: NDArray[np.uint16],
    result: NDArray[np.uint16],
    mask: Matte,
    frame: Frame,
) -> Reading:
    """Return "color_shift": mean ΔE00 over the product.

    `original` and `mask` are in the original's frame, `result` in `frame`'s size; both uint16 Adobe RGB. Both are
    averaged over at most 0.25 million cells of the product's box, so every pixel takes part. CIEDE2000 after Sharma, Wu
    and Dalal 2005.
    """
    cells = _cells(original, result, mask, frame)
    if cells is None:
        return Reading("color_shift", None, "ΔE00", "the product has no solid inside")
    at = np.flatnonzero(cells.inside)
    at = at[:: max(1, len(at) // MAX_COLORS)]
    before, after = (adobe16_to_lab(image.reshape(-1, 1, 3)[at]) for image in (cells.original, cells.result))
    shift = delta_e_2000(before, after)
    worst = f"worst {float(shift.max()):.1f}, 95 % below {float(np.percentile(shift, 95)):.1f}"
    box = subject_box(mask)
    return Reading("color_shift", float(shift.mean()), "ΔE00", worst, Evidence((box,) if box else (), "original"))


def _cells(original: NDArray[np.uint16], result: NDArray[np.uint16], mask: Matte, frame: Frame) -> _Cells | None:
    box = subject_box(mask)
    if box is None:
        return None
    window = grown(box, 0, (mask.shape[1], mask.shape[0]))
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    scale = min(1.0, (MAX_PIXELS / (width * height)) ** 0.5)
    grid = max(1, round(width * scale)), max(1, round(height * scale))
    inside = cv2.resize(mask[window], grid, interpolation=cv2.INTER_AREA) >= INSIDE
    if not is_whole_move(frame):
        # Resampling mixes neighbours, so cells beside the soft edge are no longer only product.
        inside = cv2.erode(inside.view(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) > 0
    if np.count_nonzero(inside) < MIN_CELLS:
        return None
    before = cv2.resize(original[window], grid, interpolation=cv2.INTER_AREA)
    after = _result_cells(result, frame, box, grid)
    return _Cells(before, after, inside)


def _result_cells(result: NDArray[np.uint16], frame: Frame, box: Box, grid: tuple[int, int]) -> NDArray[np.uint16]:
    """Bring the product's box of the original out of the result, onto `grid`."""
    left, top, right, bottom = box
    back = cv2.invertAffineTransform(np.array(frame.matrix, np.float64).reshape(2, 3))
    back[:, 2] -= left, top
    if is_whole_move(frame):
        crop = resample(
            result, Frame((1, 0, back[0, 2], 0, 1, back[1, 2]), (right - left, bottom - top)), outside=65535
        )
        return cv2.resize(crop, grid, interpolation=cv2.INTER_AREA)
    back *= np.array([[grid[0] / (right - left)], [grid[1] / (bottom - top)]])
    return resample(result, Frame(tuple(back.ravel().tolist()), grid), outside=65535)
