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
from pipeline.mask import pieces
from pipeline.mask import subject_box
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Frame
from pipeline.model import Reading

MAX_PIXELS: Final = 250_000
"""CIEDE2000 costs 2 s per megapixel; area averages of this many cells still see a change of a few pixels."""
INSIDE: Final = 0.999
"""Mean coverage of a cell that is surely product: the soft edge's colours are new by intent."""
MIN_CELLS: Final = 12
MIN_CHANGED_CELLS: Final = 4
MAX_BOXES: Final = 24


@dataclass(frozen=True, eq=False)
class _Cells:
    """The product on one grid: original and result uint16 h×w×3, which cells count, original pixels per cell."""

    original: NDArray[np.uint16]
    result: NDArray[np.uint16]
    inside: NDArray[np.bool_]
    origin: tuple[int, int]
    step: tuple[float, float]


def read_color_shift(
    original: NDArray[np.uint16],
    result: NDArray[np.uint16],
    mask: Matte,
    frame: Frame,
    *,
    changed_delta_e: float,
) -> tuple[Reading, Reading]:
    """Return "color_shift" (mean ΔE00 over the product) and "product_changed" (share of product cells, ratio).

    `original` and `mask` are in the original's frame, `result` in `frame`'s size; both uint16 Adobe RGB. Both are
    averaged over at most 0.25 million cells of the product's box, so every pixel takes part. A cell has changed where
    its ΔE00 lies more than `changed_delta_e` above the median shift: a hole, a smear, a paste; its pieces are the
    evidence, in the original's space. CIEDE2000 after Sharma, Wu and Dalal 2005.
    """
    cells = _cells(original, result, mask, frame)
    if cells is None:
        why = "the product has no solid inside"
        return Reading("color_shift", None, "ΔE00", why), Reading("product_changed", None, "ratio", why)
    shift = delta_e_2000(adobe16_to_lab(cells.original), adobe16_to_lab(cells.result))
    inside = shift[cells.inside]
    changed = (shift > np.median(inside) + changed_delta_e) & cells.inside
    found = [piece for piece in pieces(changed) if piece[0] >= MIN_CHANGED_CELLS]
    boxes = tuple(_in_original(box, cells) for _, box in found[:MAX_BOXES])
    share = sum(count for count, _ in found) / len(inside)
    worst = f"worst {float(inside.max()):.1f}, 95 % below {float(np.percentile(inside, 95)):.1f}"
    return (
        Reading("color_shift", float(inside.mean()), "ΔE00", worst),
        Reading("product_changed", share, "ratio", f"{len(found)} places", Evidence(boxes, "original")),
    )


def _cells(original: NDArray[np.uint16], result: NDArray[np.uint16], mask: Matte, frame: Frame) -> _Cells | None:
    box = subject_box(mask)
    if box is None:
        return None
    window = grown(box, 0, (mask.shape[1], mask.shape[0]))
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    scale = min(1.0, (MAX_PIXELS / (width * height)) ** 0.5)
    grid = max(1, round(width * scale)), max(1, round(height * scale))
    step = width / grid[0], height / grid[1]
    inside = cv2.resize(mask[window], grid, interpolation=cv2.INTER_AREA) >= INSIDE
    if not is_whole_move(frame):
        # Resampling mixes neighbours, so cells beside the soft edge are no longer only product.
        inside = cv2.erode(inside.view(np.uint8), np.ones((3, 3), np.uint8), borderValue=0) > 0
    if np.count_nonzero(inside) < MIN_CELLS:
        return None
    before = cv2.resize(original[window], grid, interpolation=cv2.INTER_AREA)
    after = _result_cells(result, frame, box, grid)
    return _Cells(before, after, inside, (left, top), step)


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


def _in_original(box: Box, cells: _Cells) -> Box:
    (left, top), (step_x, step_y) = cells.origin, cells.step
    return (
        left + int(box[0] * step_x),
        top + int(box[1] * step_y),
        left + int(np.ceil(box[2] * step_x)),
        top + int(np.ceil(box[3] * step_y)),
    )
