"""Correct results to seed faults into: true coverage through our own stages, or a finished packshot made right."""

from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.color import srgb8_to_adobe16
from pipeline.mask import Matte
from pipeline.mask import joined
from pipeline.mask import quantize
from pipeline.mask import subject_box
from pipeline.model import Complexity
from pipeline.model import Frame
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.cut_out import cut_out
from pipeline.stages.frame import frame
from pipeline.stages.score import score
from pipeline.stages.whiten import whiten
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox
from training.defects.lettering import TRAINING
from training.defects.lettering import Lettering

FILL: Final = 0.875
LEAST_PIECE: Final = 0.01
SIMPLE: Final = Routing(Complexity.SIMPLE, Route.AUTOMATIC)
FINISHED: Final = replace(SIMPLE, finished=True)

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Studio:
    """What the stages and the faults need besides an item."""

    settings: Settings
    toolbox: Toolbox
    lettering: Lettering = TRAINING


def open_studio(lettering: Lettering = TRAINING) -> Studio:
    """Return the shipped settings and engines, and what marks are written with."""
    settings = load_settings()
    return Studio(settings, open_toolbox(settings), lettering)


def read_rgb(file: Path) -> Bytes:
    """Return a picture file as uint8 H×W×3 sRGB."""
    return np.asarray(Image.open(file).convert("RGB"))


def read_coverage(file: Path) -> Matte:
    """Return an 8-bit grey file as float32 H×W 0..1."""
    return np.asarray(Image.open(file).convert("L"), np.float32) / 255


def cut_base(name: str, rgb: Bytes, coverage: Matte, studio: Studio) -> WorkItem:
    """Return the correct result of a photo (uint8 H×W×3 sRGB) whose true coverage is known, not yet scored."""
    return made(replace(_item(name, rgb), routing=SIMPLE, mask=freeze(quantize(coverage))), studio)


def finished_base(name: str, rgb: Bytes, studio: Studio) -> WorkItem:
    """Return a finished packshot (uint8 H×W×3 sRGB) made right: exact white around it, centred, one piece, fill 0.875.

    Real packshots touch the frame, carry coding noise and crumbs; what is wrong with them by nature is taken away
    first, so that only what is seeded afterwards is wrong.
    """
    mask = cut_out(replace(_item(name, rgb), routing=FINISHED), studio.toolbox, studio.settings).mask
    assert mask is not None
    mask = _largest(mask)
    clean = np.where(mask[..., None] > 0, rgb, np.uint8(255))
    left, top, right, bottom = subject_box(mask) or (0, 0, rgb.shape[1], rgb.shape[0])
    side = max(1002, round(max(right - left, bottom - top) / FILL))
    across, down = (side - (right - left)) // 2, (side - (bottom - top)) // 2
    canvas = np.full((side, side, 3), 255, np.uint8)
    canvas[down : down + bottom - top, across : across + right - left] = clean[top:bottom, left:right]
    placed = np.zeros((side, side), np.float32)
    placed[down : down + bottom - top, across : across + right - left] = mask[top:bottom, left:right]
    return made(replace(_item(name, canvas), routing=FINISHED, mask=freeze(placed)), studio)


def made(item: WorkItem, studio: Studio) -> WorkItem:
    """Return the item after whiten, frame and correct_color; a frame that it carries is kept."""
    item = replace(item, flags=(), gates=(), readings=(), score=None, cutout=None)
    for stage in (whiten, frame, correct_color):
        item = stage(item, studio.toolbox, studio.settings)
    return item


def judged(item: WorkItem, studio: Studio) -> WorkItem:
    """Return the item scored as the line would."""
    return score(item, studio.toolbox, studio.settings)


def with_mask(item: WorkItem, mask: Matte, studio: Studio, *, keep_frame: bool = False) -> WorkItem:
    """Return the result that the line makes of another mask (float32 H×W) of the same photo."""
    chosen = item.frame if keep_frame else None
    return made(replace(item, mask=freeze(quantize(mask)), frame=chosen), studio)


def with_result(item: WorkItem, result: NDArray[np.uint16]) -> WorkItem:
    """Return the item with other result pixels (uint16 h×w×3)."""
    return replace(item, result=freeze(result))


def with_photo(item: WorkItem, rgb: NDArray[np.uint16]) -> WorkItem:
    """Return the item with other original pixels (uint16 H×W×3); nothing is made again yet."""
    return replace(item, photo=replace(item.photo, rgb=freeze(rgb)))


def moved(item: WorkItem, chosen: Frame, studio: Studio) -> WorkItem:
    """Return the item in another frame."""
    return made(replace(item, frame=chosen), studio)


def _item(name: str, rgb: Bytes) -> WorkItem:
    photo = Photo(freeze(srgb8_to_adobe16(np.ascontiguousarray(rgb))), None, 8, "assumed sRGB")
    return WorkItem(ImageRecord(1, "bench", f"{name}.png", "", 0, *photo.size), photo)


def _largest(mask: Matte) -> Matte:
    """The mask without pieces below a hundredth of the largest."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined(mask > 0).astype(np.uint8), connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= LEAST_PIECE * stats[1:, cv2.CC_STAT_AREA].max(initial=1)
    keep[0] = False
    return np.where(keep[labels], mask, np.float32(0)) if count > 1 else mask
