"""The product at a size at which faults of the cut-out are looked for: photo, mask and backdrop in CIE Lab.

Whatever the camera, the product is looked at with at most `SIDE` pixels along its longest side, so that the detectors'
distances are those of what a person sees, and a 24-megapixel frame costs no more than a small one.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import srgb16_to_adobe16
from pipeline.mask import Matte
from pipeline.mask import grown
from pipeline.mask import support_box
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.tools.backdrop import Backdrop

SIDE: Final = 1200
MARGIN: Final = 0.06

Floats = NDArray[np.float32]
Region = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Closeup:
    """Attributes:

    lab: float32 h×w×3, the original in CIE Lab; mask: float32 h×w 0..1.
    backdrop: float32 h×w×3, the fitted backdrop in CIE Lab at the same places.
    origin: (x, y) of the window in the original; step: original pixels per pixel here.
    longest: longest side of the product's box here.
    """

    lab: Floats
    mask: Matte
    backdrop: Floats
    origin: tuple[int, int]
    step: float
    longest: int

    def evidence(self, boxes: list[Box] | tuple[Box, ...] = (), points: NDArray | None = None) -> Evidence:
        """Return boxes and contour points of this closeup as evidence in the original's pixels."""
        (left, top), step = self.origin, self.step
        found = tuple(
            (left + int(x0 * step), top + int(y0 * step), left + int(np.ceil(x1 * step)), top + int(np.ceil(y1 * step)))
            for x0, y0, x1, y1 in boxes
        )
        outline = () if points is None else tuple((left + int(x * step), top + int(y * step)) for x, y in points)
        return Evidence(found, "original", outline)


def halved(rgb: NDArray[np.uint16], mask: Matte) -> tuple[NDArray[np.uint16], Matte, int]:
    """Return photo and mask at half their size, and 2, where every closeup is smaller still; else as they are, and 1.

    By area average of whole pixels: what is made of it is what the large ones give, at a quarter of the cost.
    """
    box = support_box(mask)
    height, width = mask.shape
    if box is None or max(box[2] - box[0], box[3] - box[1]) < 2 * SIDE or height % 2 or width % 2:
        return rgb, mask, 1
    size = width // 2, height // 2
    small = (cv2.resize(image, size, interpolation=cv2.INTER_AREA) for image in (rgb, mask))
    return *small, 2


def close_up(rgb: NDArray[np.uint16], mask: Matte, backdrop: Backdrop, scale: int = 1) -> Closeup | None:
    """Return the closeup of the product (uint16 H×W×3 Adobe RGB, float32 H×W), None without one.

    `scale` is how many pixels of the original one of theirs is a side.
    """
    box = support_box(mask)
    if box is None:
        return None
    height, width = mask.shape
    longest = max(box[2] - box[0], box[3] - box[1])
    rows, columns = grown(box, max(16, round(MARGIN * longest)), (width, height))
    step = max(1.0, longest / SIDE)
    size = round((columns.stop - columns.start) / step), round((rows.stop - rows.start) / step)
    photo = rgb[rows, columns] if step == 1 else cv2.resize(rgb[rows, columns], size, interpolation=cv2.INTER_AREA)
    cover = mask[rows, columns] if step == 1 else cv2.resize(mask[rows, columns], size, interpolation=cv2.INTER_AREA)
    return Closeup(
        lab=adobe16_to_lab(np.ascontiguousarray(photo)),
        mask=np.ascontiguousarray(cover),
        backdrop=_backdrop_lab(backdrop, (width, height), rows, columns, size),
        origin=(scale * columns.start, scale * rows.start),
        step=scale * step,
        longest=max(1, round(longest / step)),
    )


def _backdrop_lab(
    backdrop: Backdrop, photo: tuple[int, int], rows: slice, columns: slice, size: tuple[int, int]
) -> Floats:
    """The fitted surface is smooth: its Lab on the fit's own grid, enlarged, is right and costs little."""
    code = np.rint(np.clip(backdrop.surface, 0, 1) * 65535).astype(np.uint16)
    small = adobe16_to_lab(srgb16_to_adobe16(code))
    scale = small.shape[1] / photo[0], small.shape[0] / photo[1]
    step = (columns.stop - columns.start) / size[0], (rows.stop - rows.start) / size[1]
    xs = (columns.start + (np.arange(size[0]) + 0.5) * step[0]) * scale[0] - 0.5
    ys = (rows.start + (np.arange(size[1]) + 0.5) * step[1]) * scale[1] - 0.5
    across, down = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))
    return cv2.remap(small, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
