"""Taking away what was put over a photo, in the line: proposed, filled, judged; and always for a person to look at.

What stands beside the product is filled before the cut-out, which it would mislead. What stands on the product is only
reported: its own print is like it, and nobody but a person may touch either.
"""

import time
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb_float
from pipeline.errors import KnownError
from pipeline.mask import Matte
from pipeline.measure.changed import Comparison
from pipeline.measure.overlays import Overlay
from pipeline.measure.overlays import find_overlays
from pipeline.measure.overlays import overlay_hole
from pipeline.measure.retouch import read_retouch
from pipeline.model import Entry
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import ImageRecord
from pipeline.model import Reading
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.run.edit_photo import Fill
from pipeline.run.edit_photo import repainted
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.settings import Settings
from pipeline.stages.classify import classify
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files
from pipeline.tools.segmenters import FINISHED
from pipeline.tools.toolbox import Toolbox

YES: Final = ("yes", "true", "1", "x")
LEVEL: Final = 257
CLEANED, ON_PRODUCT = "cleaned_up", "mark_on_product"


def wants_clean_up(record: ImageRecord, settings: Settings) -> bool:
    """Say whether the settings, the client or the sheet's column `clean_up` ask for it."""
    asked = record.notes.get("clean_up", "").strip().lower() in YES
    return asked or settings.clean_up.always or settings.client(record.client).clean_up


def clean_up(item: WorkItem, files: Files, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return a classified item without what lies beside its product, flagged so that a person looks at it.

    Without anything found, the item as it is, with a step that says so.
    """
    started = time.perf_counter()
    overlays = find_overlays(item.photo.rgb, product_of(item, toolbox))
    beside = tuple(overlay for overlay in overlays if not overlay.on_product)
    step = Step(
        stage="clean_up",
        tool="rapidocr",
        version="1",
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
        detail=_words(overlays) or "nothing found",
    )
    item = item.after(step)
    if beside:
        change = Fill(overlay_hole(beside, item.photo.size), fill_engine(item, settings), _words(beside))
        before = item.photo.rgb
        item = repainted(item, (change,), by="line", files=files, settings=settings)
        judged = judge_fill(before, item.photo.rgb, change.hole)
        item = replace(item, flags=(*item.flags, _flag(beside, judged, settings)))
    on_product = tuple(overlay for overlay in overlays if overlay.on_product)
    if on_product:
        sentence = f"{_words(on_product)} stands on the product; take it away by hand, or approve it as its own print."
        boxes = Evidence(tuple(overlay.box for overlay in on_product), "original")
        item = replace(item, flags=(*item.flags, Flag(ON_PRODUCT, 0.8, sentence, boxes)))
    return item


def product_of(item: WorkItem, toolbox: Toolbox) -> Matte:
    """Return what is known of the product before it is cut out: the draft, or what a finished photo shows on white."""
    if item.mask is not None:
        return item.mask
    if item.draft is None:
        return toolbox.segmenter(FINISHED).segment(adobe16_to_srgb_float(item.photo.rgb))
    return np.clip(cv2.resize(item.draft, item.photo.size, interpolation=cv2.INTER_LINEAR), 0, 1)


def clean_up_by_hand(entry: Entry, files: Files, toolbox: Toolbox, settings: Settings) -> Fill:
    """Return the fill of everything that lies beside the product of an image, for a person's edit.

    Raises KnownError where nothing does.
    """
    item, version = prepare(entry.record, files.path(entry.record.sha256), settings), entry.version
    if version is None or version.outcome.mask is None:
        item = classify(item, toolbox, settings)
    else:
        item = replace(patched(item, version.outcome, files), mask=read_mask(files.read(version.outcome.mask)))
        item = replace(item, routing=version.outcome.routing)
    found = find_overlays(item.photo.rgb, product_of(item, toolbox))
    beside = tuple(overlay for overlay in found if not overlay.on_product)
    if not beside:
        raise KnownError(f"{entry.record.file}: nothing was found beside the product to take away.")
    return Fill(overlay_hole(beside, item.photo.size), fill_engine(item, settings), _words(beside))


def fill_engine(item: WorkItem, settings: Settings) -> str:
    """Return the fill for an item: that of its image class, else the usual one."""
    classes = item.routing.classes if item.routing else ()
    chosen = (settings.clean_up.by_class.get(name, "") for name in classes)
    return next((name for name in chosen if name), settings.clean_up.engine)


def judge_fill(before: NDArray[np.uint16], after: NDArray[np.uint16], hole: NDArray[np.bool_]) -> tuple[Reading, ...]:
    """Return the readings "smear", "repeats" and "seam" of a fill (uint16 H×W×3) in its own photo."""
    levels = (pixels.astype(np.float32) / LEVEL for pixels in (before, after))
    everywhere = np.ones(hole.shape, bool)
    return read_retouch(Comparison(*levels, everywhere, hole, (0, 0), 1.0, (1.0, 1.0, 1.0)))


def _flag(beside: tuple[Overlay, ...], judged: tuple[Reading, ...], settings: Settings) -> Flag:
    limits = settings.scoring.flags
    bad = [reading for reading in judged if reading.value is not None and reading.value >= limits[reading.name]]
    said = ", ".join(f"{reading.name} {reading.value:.2f}" for reading in bad)
    sentence = f"{_words(beside)} was taken away; " + (f"the fill shows ({said})" if bad else "the fill shows nowhere")
    evidence = Evidence(tuple(overlay.box for overlay in beside), "original")
    return Flag(CLEANED, 0.9 if bad else 0.5, f"{sentence}; compare it with the original.", evidence)


def _words(overlays: tuple[Overlay, ...]) -> str:
    return ", ".join(f"{overlay.kind} “{overlay.text}”" if overlay.text else overlay.kind for overlay in overlays)
