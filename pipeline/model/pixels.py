"""The nouns that carry pixels: a decoded photo, and an image on its way through the stages."""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.model.judgement import Flag
from pipeline.model.judgement import Gate
from pipeline.model.judgement import QcScore
from pipeline.model.judgement import Reading
from pipeline.model.judgement import Routing
from pipeline.model.records import Frame
from pipeline.model.records import Grade
from pipeline.model.records import ImageRecord
from pipeline.model.records import Step

Array = TypeVar("Array", bound=NDArray[Any])


def freeze(array: Array) -> Array:
    """Return `array` itself, marked read-only."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Photo:
    """One decoded original: orientation baked in, colours in the working space.

    Attributes:
        rgb: uint16 H×W×3, Adobe RGB (1998)-compatible, gamma-encoded, 0..65535, read-only.
        alpha: float32 H×W 0..1, or None where the file carries none.
        bits: bits per channel of the file, 8 or 16.
        profile_source: which fact decided the input colours, e.g. "embedded ICC", "EXIF sRGB", "assumed sRGB".
        notes: sentences worth showing, e.g. "first of 3 pages".
        exif: the few tags we use, by name: Make, Model, DateTimeOriginal, Artist, Copyright.
    """

    rgb: NDArray[np.uint16]
    alpha: NDArray[np.float32] | None
    bits: int
    profile_source: str
    notes: tuple[str, ...] = ()
    exif: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.shape[1], self.rgb.shape[0]


@dataclass(frozen=True, eq=False)
class WorkItem:
    """One image on its way through the stages; every stage returns a new one.

    Attributes:
        draft: float32 h×w 0..1, the coarse mask that classify looked at, on the small copy; cut_out may start from it.
        mask: float32 H×W 0..1 in the original's frame, quantised to 255 levels so that the stored mask is the mask.
        cutout: uint16 H×W×3, the product on exact white, original's frame, Adobe RGB.
        result: uint16 h×w×3 in the frame's size, Adobe RGB; result_mask: float32 h×w, its mask.
        edited: bool H×W in the original's frame, where pixels were painted anew on purpose (a fill, a brush), or None.
        untouched: uint16 H×W×3, the photo's pixels before that; None where `photo` still shows them.
        sources: SHA-256 of other photos that some of those pixels come from; grade: the colours that a person set.
    """

    record: ImageRecord
    photo: Photo
    routing: Routing | None = None
    draft: NDArray[np.float32] | None = None
    mask: NDArray[np.float32] | None = None
    cutout: NDArray[np.uint16] | None = None
    frame: Frame | None = None
    result: NDArray[np.uint16] | None = None
    result_mask: NDArray[np.float32] | None = None
    edited: NDArray[np.bool_] | None = None
    untouched: NDArray[np.uint16] | None = None
    sources: tuple[str, ...] = ()
    grade: Grade | None = None
    score: QcScore | None = None
    readings: tuple[Reading, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    steps: tuple[Step, ...] = ()

    def after(self, step: Step, **changes: Any) -> "WorkItem":
        """Return the item that follows from this one by `step`; arrays among `changes` become read-only."""
        for value in changes.values():
            if isinstance(value, np.ndarray):
                freeze(value)
        return replace(self, steps=(*self.steps, step), **changes)
