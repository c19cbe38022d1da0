"""What people had filled anew of a photo, kept as pixels, so that the same photo comes again without any engine."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe_profile
from pipeline.errors import BugError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.model import Entry
from pipeline.model import Outcome
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.photo_io.delivered import read_delivered
from pipeline.photo_io.encode import encode
from pipeline.run.pictures import encode_mask
from pipeline.run.pictures import read_mask
from pipeline.settings import Settings
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files

Pixels = NDArray[np.uint16]
Hole = NDArray[np.bool_]


def filled(item: WorkItem, rgb: Pixels, hole: Hole) -> WorkItem:
    """Return the item with `rgb` (uint16 H×W×3) as its photo's pixels, which differ inside `hole` (bool H×W) only.

    What was filled before counts on: `edited` grows and `untouched` stays the original.
    """
    untouched = item.photo.rgb if item.untouched is None else item.untouched
    edited = hole if item.edited is None else hole | item.edited
    photo = replace(item.photo, rgb=freeze(rgb))
    return replace(item, photo=photo, untouched=untouched, edited=freeze(edited))


def store_patch(item: WorkItem, files: Files) -> dict[str, str]:
    """Write what was filled of an item; returns the fields `hole` and `patch` of Outcome, none where nothing was."""
    box = None if item.edited is None else covered_box(item.edited)
    if item.edited is None or box is None:
        return {}
    window = grown(box, 0, item.photo.size)
    return {
        "hole": files.put_bytes(encode_mask(item.edited.astype(np.float32))),
        "patch": files.put_bytes(encode(item.photo.rgb[window], format="png", icc=adobe_profile())),
    }


def patched_photo(original: Path, *, name: str, entry: Entry, files: Files, settings: Settings) -> Pixels:
    """Return the photo at `original` as the stages see it, with what people had filled for its version.

    Raises BadImageError with a sentence about `name` where it cannot be decoded.
    """
    item = prepare(replace(entry.record, file=name), original, settings)
    return (patched(item, entry.version.outcome, files) if entry.version else item).photo.rgb


def patched(item: WorkItem, outcome: Outcome, files: Files) -> WorkItem:
    """Return a prepared item as people had filled it for the version of `outcome`."""
    if outcome.hole is None or outcome.patch is None:
        return item
    hole = read_mask(files.read(outcome.hole)) > 0
    box = covered_box(hole)
    patch = read_delivered(files.read(outcome.patch)).rgb
    if box is None or patch.dtype != np.uint16:
        raise BugError("The record of a fill is no hole with 16-bit pixels.")
    window = grown(box, 0, item.photo.size)
    rgb = item.photo.rgb.copy()
    rgb[window][hole[window]] = patch[hole[window]]
    return filled(item, rgb, hole)
