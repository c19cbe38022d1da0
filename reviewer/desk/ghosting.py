"""A second photo behind the first, away from the window's thread: the place it shows in, as a patch."""

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.model import Box
from reviewer.desk.companions import Inside
from reviewer.desk.repair import shown_patch
from reviewer.images.board import Painted
from reviewer.images.board import Patch
from reviewer.images.display import Display
from reviewer.language import translate

if TYPE_CHECKING:
    # The line brings the engines' imports along; the window is on the screen before it needs them.
    from pipeline.tools.ghost import Placement

AROUND: Final = 80
"""Pixels around the region that decide about its shadow and its colours."""


@dataclass(frozen=True, eq=False)
class Laid:
    """The second photo behind the first: what to show with its mask, and how much of it shows (uint8 0..255) there."""

    patch: Patch
    share: NDArray[np.uint8]


def lay_behind(
    photo: NDArray[np.uint16],
    inside: Inside,
    region: NDArray[np.bool_],
    placement: "Placement",
    display: Display,
) -> Laid:
    """Return what a placement comes to; raises KnownError where the second photo lies beside the region."""
    from pipeline.tools.ghost import laid_behind

    box = covered_box(region)
    if box is None:
        raise KnownError(translate("Retouch", "Paint over the mannequin first: the inside photo shows in its place."))
    rows, columns = grown(box, AROUND, (photo.shape[1], photo.shape[0]))
    move = placement.move[0] - columns.start, placement.move[1] - rows.start
    made, share = laid_behind(
        np.ascontiguousarray(photo[rows, columns]),
        inside.photo,
        inside.cover,
        np.ascontiguousarray(region[rows, columns]),
        replace(placement, move=move),
    )
    patch = shown_patch(made, columns.start, rows.start, display)
    shows = np.rint(share * 255).astype(np.uint8)
    return Laid(replace(patch, share=Painted(shows, len(patch.picture.levels)).halves()), shows)


def first_placement(inside: Inside, region: Box) -> tuple[tuple[float, float], float]:
    """Return the move and scale that put the second photo's product over the region, a little larger than it."""
    own = covered_box(inside.cover >= 0.5) or (0, 0, inside.photo.shape[1], inside.photo.shape[0])
    scale = max((region[2] - region[0]) / (own[2] - own[0]), (region[3] - region[1]) / (own[3] - own[1]))
    scale = round(float(np.clip(scale, 0.2, 3.0)), 3)
    middle = [(region[axis] + region[axis + 2]) / 2 - scale * (own[axis] + own[axis + 2]) / 2 for axis in (0, 1)]
    return (float(round(middle[0])), float(round(middle[1]))), scale
