"""Every kind of fault, at which strengths it is seeded, and from which strength on a person sees it: data.

`seen_from` is what a reviewer with the result at 1:1 beside the original can see; below it a fault counts as invisible
and missing it costs nothing. Whatever the strength, a fault that leaves fewer than `LEAST_PIXELS` pixels more than
`LEAST_DELTA_E` away from the correct result is invisible too: a bite out of a white mug on white is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.color import delta_e_2000
from pipeline.model import WorkItem
from training.defects import cutting
from training.defects import framing
from training.defects import marks
from training.defects import pixels
from training.defects.base import Studio
from training.defects.places import Region

Maker = Callable[[WorkItem, float, np.random.Generator, Studio], tuple[WorkItem, Region]]

LEAST_DELTA_E: Final = 5.0
"""CIEDE2000; twice the just noticeable difference of 2.3 (Mahy, Van Eycken and Oosterlinck 1994): seen at once."""
LEAST_PIXELS: Final = 24
"""A patch of 5 × 5 px: at 1:1 on a 110 dpi screen 1.2 mm, about the smallest crumb one notices without searching."""


SAMPLES: Final = 20_000


@dataclass(frozen=True)
class Kind:
    """One kind of fault.

    Attributes:
        make: seeds it into a correct result.
        strengths: at which it is seeded; `unit` says of what.
        seen_from: the first strength that can be seen (or that a platform refuses), and `reason` why.
        weaker: the sign of the scale: True where a larger number is the weaker fault.
        by_pixels: whether the pixel rule of this module decides too.
        finished: whether it can happen to a finished packshot, which is never cut out here.
        wide: whether it runs along the whole outline.
        rare: whether few products have a place for it, so that it is tried on every one.
    """

    make: Maker
    strengths: tuple[float, ...]
    unit: str
    seen_from: float
    reason: str
    weaker: bool = False
    by_pixels: bool = True
    finished: bool = False
    wide: bool = False
    rare: bool = False

    def is_seen_at(self, strength: float) -> bool:
        """Whether the strength alone makes it visible."""
        return strength <= self.seen_from if self.weaker else strength >= self.seen_from


RULE: Final = "the platforms' rule is exact, whatever the eye says"
KINDS: Final[dict[str, Kind]] = {
    "off_white": Kind(pixels.off_white, (254, 252, 248), "level", 254, RULE, True, False, True),
    "off_white_ramp": Kind(pixels.off_white_ramp, (254, 250, 245), "level", 254, RULE, True, False, True),
    "fringe": Kind(cutting.fringe, (1, 2, 3, 4), "px", 2, "1 px is within an edge's own softness", wide=True),
    "light_halo": Kind(cutting.light_halo, (1, 2, 3, 4), "px", 2, "1 px is within an edge's own softness", wide=True),
    "dark_halo": Kind(cutting.dark_halo, (1, 2, 3, 4), "px", 2, "1 px is within an edge's own softness", wide=True),
    "bleeding": Kind(cutting.bleeding, (0.2, 0.4, 0.7), "share", 0.4, "less is a rim light", wide=True),
    "bite": Kind(cutting.bite, (2, 4, 8, 14, 20), "px radius", 4, "half a disc of 2 px is 6 px, a nick"),
    "island": Kind(cutting.island, (2, 4, 8, 20), "px radius", 4, "a disc of 2 px is 13 px, a crumb"),
    "lost_inside": Kind(cutting.lost_inside, (2, 4, 8, 20), "px radius", 4, "a disc of 2 px is 13 px, a crumb"),
    "filled_hole": Kind(cutting.filled_hole, (5,), "px radius", 5, "smaller holes belong to lace and fur", rare=True),
    "soft_edge": Kind(
        cutting.soft_edge, (1.5, 2.5, 4), "px sigma", 2.5, "1.5 px is a lens at f/16", wide=True, by_pixels=False
    ),
    "jagged_edge": Kind(
        cutting.jagged_edge, (2, 3, 5), "px step", 3, "2 px steps melt at 1:1", wide=True, by_pixels=False
    ),
    "shadow": Kind(cutting.shadow, (0.15, 0.3, 0.5), "share of light", 0.15, "a seventh less light is plain on white"),
    "dark_spot": Kind(pixels.dark_spot, (3, 6, 15), "px radius", 3, "28 px of black", finished=True),
    "under_fill": Kind(framing.fill, (0.6, 0.75, 0.82), "ratio", 0.82, "the platforms' rule", True, False, True),
    "over_fill": Kind(framing.fill, (0.96, 0.98), "ratio", 0.96, "the platforms' rule", False, False, True),
    "off_center": Kind(
        framing.off_center, (0.02, 0.04, 0.055), "share", 0.04, "half of it is within a hand's sway", False, False, True
    ),
    "touching": Kind(framing.touching, (1, 8, 40), "px", 1, "the platforms' rule", False, False, True),
    "cast": Kind(pixels.cast, (2, 3, 5, 10), "ΔE00", 3, "2.3 is just noticeable side by side", False, False, True),
    "clipped": Kind(
        pixels.clipped, (1.15, 1.4, 1.8), "× light", 1.4, "a fifth of a stop is a matter of taste", finished=True
    ),
    "jpeg": Kind(pixels.jpeg, (85, 50, 30), "quality", 50, "85 is what cameras write", True, True, True),
    "smear": Kind(pixels.smear, (10, 20, 36), "px radius", 10, "a thumbnail of texture", finished=True),
    "repeated": Kind(pixels.repeated, (14, 24, 36), "px radius", 14, "four tiles of 7 px", finished=True),
    "seam": Kind(pixels.seam, (4, 8, 16), "levels", 8, "3 % of contrast along a line is seen", False, False, True),
    "date_stamp": Kind(
        marks.date_stamp, (16, 28, 44), "px", 16, "letters as small as these are read at 1:1", finished=False
    ),
    "watermark": Kind(marks.watermark, (0.15, 0.3, 0.6), "opacity", 0.3, "weaker ones drown in texture"),
    "price_tag": Kind(marks.price_tag, (60, 110, 170), "px wide", 60, "letters of 10 px"),
}
CONTROLS: Final[dict[str, Kind]] = {
    "good_fill": Kind(pixels.good_fill, (10, 24), "px radius", 0, "no fault", finished=True),
}


def is_visible(
    kind: Kind, strength: float, correct: NDArray[np.uint16], faulty: NDArray[np.uint16], place: Region
) -> bool:
    """Return whether a person sees this fault: by its strength, and by how many pixels are how wrong where it is."""
    if not kind.is_seen_at(strength):
        return False
    if not kind.by_pixels:
        return True
    at = np.flatnonzero(place)
    step = max(1, len(at) // SAMPLES)
    before, after = (image.reshape(-1, 3)[at[::step]].reshape(-1, 1, 3) for image in (correct, faulty))
    wrong = delta_e_2000(adobe16_to_lab(before), adobe16_to_lab(after)) >= LEAST_DELTA_E
    return int(np.count_nonzero(wrong)) * step >= LEAST_PIXELS
