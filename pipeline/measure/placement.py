"""Where the product sits: fill, centring, contact with the frame, separate pieces, resolution."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.framing import fill_of
from pipeline.mask import SOLID
from pipeline.mask import VISIBLE
from pipeline.mask import Matte
from pipeline.mask import joined
from pipeline.mask import pieces
from pipeline.mask import subject_box
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading

REACH: Final = 0.012
MIN_REACH: Final = 4.0
MIN_HOLE: Final = 8
MIN_SPECK: Final = 4
"""Pixels from which a separate piece can be seen at 1:1; finished JPEGs are full of smaller ones."""
MAX_BOXES: Final = 24


def read_fill(mask: Matte) -> Reading:
    """Longest side of the product's box over the canvas side: max(box_w / W, box_h / H), 0..1.

    An area ratio could never reach 0.85 for a round product (0.57) or a pen (0.06).
    """
    box = subject_box(mask)
    if box is None:
        return Reading("fill", None, "ratio", "no product was found")
    return Reading("fill", fill_of(box, _size(mask)), "ratio", evidence=Evidence((box,)))


def read_centring(mask: Matte) -> Reading:
    """Distance of the box's centre from the canvas centre over the canvas side, the worse direction, 0..0.5."""
    box = subject_box(mask)
    if box is None:
        return Reading("centring", None, "ratio", "no product was found")
    width, height = _size(mask)
    off_x, off_y = (box[0] + box[2] - width) / 2 / width, (box[1] + box[3] - height) / 2 / height
    return Reading("centring", max(abs(off_x), abs(off_y)), "ratio", f"{off_x:+.3f}, {off_y:+.3f}", Evidence((box,)))


def read_contact(mask: Matte, *, name: str = "touching", space: str = "result") -> Reading:
    """Visible product pixels in the outermost rows and columns of `mask`, px.

    In the result that is a product touching the frame; in the original's space (`name` "chopped") a product that the
    photographer cut off.
    """
    visible = mask >= VISIBLE
    height, width = mask.shape
    sides = {
        "left": (visible[:, 0], lambda first, last: (0, first, 1, last)),
        "right": (visible[:, -1], lambda first, last: (width - 1, first, width, last)),
        "top": (visible[0], lambda first, last: (first, 0, last, 1)),
        "bottom": (visible[-1], lambda first, last: (first, height - 1, last, height)),
    }
    found: list[tuple[int, str, Box]] = []
    for side, (line, box) in sides.items():
        at = np.flatnonzero(line)
        if len(at):
            found.append((len(at), side, box(int(at[0]), int(at[-1]) + 1)))
    found.sort(reverse=True)
    detail = ", ".join(f"{side} {count} px" for count, side, _ in found)
    boxes = tuple(box for _, _, box in found)
    return Reading(name, float(sum(count for count, _, _ in found)), "px", detail, Evidence(boxes, space))


def read_pieces(mask: Matte, *, speck_share: float) -> tuple[Reading, Reading]:
    """Return separate products and specks of a mask: pieces of what is visible, more than 4 px apart.

    "pieces" counts those of at least `speck_share` of the largest piece's pixels, "specks" the smaller ones that can
    be seen at all (4 px).
    """
    found = pieces(joined(mask >= VISIBLE))
    limit = found[0][0] * speck_share if found else 0
    large = [piece for piece in found if piece[0] >= limit]
    small = [piece for piece in found if MIN_SPECK <= piece[0] < limit]
    return _piece_reading("pieces", large), _piece_reading("specks", small)


def read_small_holes(mask: Matte, *, hole_share: float) -> Reading:
    """Number of holes inside the product (8 px or more, less than `hole_share` of it); the result's coordinates.

    A handle or a ring is a large hole; small ones are print or highlights that were taken for backdrop.
    """
    solid = mask >= SOLID
    outside = pieces(~solid)
    height, width = mask.shape
    limit = hole_share * max(1, int(np.count_nonzero(solid)))
    small = [
        (area, box)
        for area, box in outside
        if MIN_HOLE <= area < limit and box[0] > 0 and box[1] > 0 and box[2] < width and box[3] < height
    ]
    return _piece_reading("small_holes", small)


def read_wisps(mask: Matte) -> Reading:
    """Share of faint pixels (visible, coverage below 0.5) far from the solid product, over its area, 0..1.

    Far is 1.2 % of the product's longest side, at least 4 px. Hair reaches that far; else it is shadow or backdrop.
    """
    solid = (mask >= SOLID).astype(np.uint8)
    area = int(np.count_nonzero(solid))
    if not area:
        return Reading("wisps", None, "ratio", "no product was found")
    _, _, width, height = cv2.boundingRect(solid)
    away = cv2.distanceTransform(1 - solid, cv2.DIST_L2, 3)
    far = (mask >= VISIBLE) & (solid == 0) & (away > max(MIN_REACH, REACH * max(width, height)))
    boxes = tuple(box for _, box in pieces(joined(far))[:MAX_BOXES]) if far.any() else ()
    return Reading("wisps", float(np.count_nonzero(far)) / area, "ratio", f"{len(boxes)} places", Evidence(boxes))


def read_resolution(size: tuple[int, int]) -> Reading:
    """Longest side of the result in pixels, after the crop."""
    return Reading("resolution", float(max(size)), "px", f"{size[0]} × {size[1]} px")


def _piece_reading(name: str, found: list[tuple[int, Box]]) -> Reading:
    detail = f"largest {found[0][0]} px" if found else ""
    return Reading(name, float(len(found)), "count", detail, Evidence(tuple(box for _, box in found[:MAX_BOXES])))


def _size(mask: NDArray[np.float32]) -> tuple[int, int]:
    return mask.shape[1], mask.shape[0]
