"""What tools do to the photo's pixels in the background: spots one on the other, taken back in their order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from reviewer.desk.repair import shown_patch
from reviewer.images.board import Patch
from reviewer.images.display import Display

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.run.edit_photo import Repaint

Photo = NDArray[np.uint16]
SMALLEST = 3.0
"""Radius of a spot that is healed by a key, at least, in pixels."""
AIR = 2.0
"""And so many pixels beyond the speck's box."""


@dataclass(frozen=True, eq=False)
class Touched:
    """A window of the photo after a change, as pixels and as the patch to show."""

    box: Box
    pixels: Photo
    patch: Patch


class Touches:
    """The changes of one image, each on what the ones before left; lives on the lane of repairs only."""

    def __init__(self) -> None:
        self._done: list[Touched] = []

    def add(self, photo: Photo, change: "Repaint", display: Display) -> Touched | None:
        """Make one change more; None for one beside the photo. Raises KnownError where it has no source."""
        from pipeline.run.edit_photo import repaint_window
        from pipeline.run.edit_photo import repainted_cut

        window = repaint_window(change, (photo.shape[1], photo.shape[0]))
        if window is None:
            return None
        rows, columns = window
        cut = photo[window].copy()
        for earlier in self._done:
            _paste(cut, (columns.start, rows.start), earlier)
        pixels, changed = repainted_cut(cut, change, (columns.start, rows.start))
        if not changed.any():
            return None
        found = np.argwhere(changed)
        (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0) + 1
        own = np.ascontiguousarray(pixels[top:bottom, left:right])
        left, top = int(left) + columns.start, int(top) + rows.start
        made = Touched((left, top, left + own.shape[1], top + own.shape[0]), own, shown_patch(own, left, top, display))
        self._done.append(made)
        return made

    def back(self) -> None:
        """Take the last stroke back."""
        if self._done:
            self._done.pop()

    def clear(self) -> None:
        """Begin with the photo as it is."""
        self._done.clear()


def find_specks(photo: Photo, mask: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Return dust and scratches of a photo, most visible first; `mask` (uint8 H×W) is the product."""
    from pipeline.measure.dust import find_dust

    return find_dust(photo, mask / np.float32(255) if mask.any() else None)


def speck_stroke(box: Box) -> tuple[tuple[tuple[float, float, float], ...], float]:
    """Return points and radius of the stroke that covers a speck's box."""
    left, top, right, bottom = box
    radius = max(SMALLEST, min(right - left, bottom - top) / 2 + AIR)
    middle = ((left + right) / 2, (top + bottom) / 2)
    if right - left >= bottom - top:
        ends = ((left + radius - AIR, middle[1]), (right - radius + AIR, middle[1]))
    else:
        ends = ((middle[0], top + radius - AIR), (middle[0], bottom - radius + AIR))
    if ends[0][0] > ends[1][0] or ends[0][1] > ends[1][1]:
        ends = (middle,)
    return tuple((*point, 1.0) for point in ends), radius


def _paste(cut: Photo, origin: tuple[int, int], earlier: Touched) -> None:
    left, top, right, bottom = earlier.box
    x0, y0 = max(left, origin[0]), max(top, origin[1])
    x1, y1 = min(right, origin[0] + cut.shape[1]), min(bottom, origin[1] + cut.shape[0])
    if x0 < x1 and y0 < y1:
        there = earlier.pixels[y0 - top : y1 - top, x0 - left : x1 - left]
        cut[y0 - origin[1] : y1 - origin[1], x0 - origin[0] : x1 - origin[0]] = there
