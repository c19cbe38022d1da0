"""Stage: find the product, as a mask in the original's frame."""

import time

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb_float
from pipeline.mask import quantize
from pipeline.mask import without_specks
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Flag
from pipeline.model import Photo
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.tools.matting import matte
from pipeline.tools.segmenters import FINISHED
from pipeline.tools.segmenters import Identity
from pipeline.tools.tiling import small_size
from pipeline.tools.toolbox import Toolbox

Mask = NDArray[np.float32]

OWN_ALPHA = Identity(name="own alpha", version="1")


def cut_out(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return the item with its mask, and with a flag where nothing was found or the frame cuts the product.

    A finished photo keeps its pixels, a file with its own alpha keeps that; else the category's engine decides, or the
    default. Raises KnownError where that engine's weights are missing.
    """
    started = time.perf_counter()
    mask, engine = _mask(item, toolbox, settings)
    flags = () if engine.name == FINISHED else _flags(mask, settings)
    if any(flag.name == "no_subject" for flag in flags):
        mask = np.zeros_like(mask)
    step = Step(
        stage="cut_out",
        tool=engine.name,
        version=", ".join(filter(None, (engine.version, engine.provider))),
        weights=engine.weights,
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
    )
    return item.after(step, mask=mask, flags=(*item.flags, *flags))


def take_mask(item: WorkItem, mask: Mask, step: Step, settings: Settings) -> WorkItem:
    """Return the item with a mask that a person answers for (float32 H×W 0..1), flagged as any other by `step`."""
    return item.after(step, mask=quantize(mask), flags=(*item.flags, *_flags(mask, settings)))


def engine_name(item: WorkItem, settings: Settings) -> str:
    """Return the engine that this item asks for: finished photos keep their pixels, then category, class, default."""
    if item.routing is not None and item.routing.finished:
        return FINISHED
    if item.routing is not None and item.routing.engine:
        return item.routing.engine
    category = settings.categories.get(item.record.category)
    by_class = settings.tools.by_class
    classes = item.routing.classes if item.routing is not None else ()
    choices = [category.engine if category else "", *(by_class.get(name, "") for name in classes)]
    return next((name for name in choices if name), settings.tools.default)


def _mask(item: WorkItem, toolbox: Toolbox, settings: Settings) -> tuple[Mask, Identity]:
    photo = item.photo
    if photo.alpha is not None and float(photo.alpha.min()) < 0.5:
        return quantize(photo.alpha), OWN_ALPHA
    segmenter = toolbox.segmenter(engine_name(item, settings))
    if segmenter.identity.name == FINISHED:
        return segmenter.segment(adobe16_to_srgb_float(photo.rgb)), segmenter.identity
    same = segmenter.identity.name == settings.classify.draft_engine
    draft = item.draft if same else None
    coarse = segmenter.segment(_proxy(photo, settings.line.proxy_side)) if draft is None else draft
    numbers = settings.tools.matting
    return without_specks(matte(photo.rgb, coarse, numbers), share=numbers.speck_share), segmenter.identity


def _proxy(photo: Photo, side: int) -> Mask:
    """The photo's small copy, float32 h×w×3, sRGB-encoded 0..1."""
    size = small_size(photo.rgb.shape, side)
    return adobe16_to_srgb_float(cv2.resize(photo.rgb, size, interpolation=cv2.INTER_AREA))


def _flags(mask: Mask, settings: Settings) -> tuple[Flag, ...]:
    numbers = settings.tools.matting
    if float(mask.mean()) < numbers.smallest_subject:
        return (Flag("no_subject", 1.0, "No product was found in this photo; a person has to look at it."),)
    boxes = _touched(mask, numbers.cut_by_frame)
    if not boxes:
        return ()
    sentence = "The product touches the photo's edge and may be cut off; ask for a wider photo or approve it as it is."
    return (Flag("cut_by_frame", 1.0, sentence, Evidence(boxes=boxes, space="original")),)


def _touched(mask: Mask, share: float) -> tuple[Box, ...]:
    """Boxes along the photo's edge where the product leaves it, longest first."""
    height, width = mask.shape
    sides = (
        (mask[0] > 0.5, lambda a, b: (a, 0, b, 1)),
        (mask[-1] > 0.5, lambda a, b: (a, height - 1, b, height)),
        (mask[:, 0] > 0.5, lambda a, b: (0, a, 1, b)),
        (mask[:, -1] > 0.5, lambda a, b: (width - 1, a, width, b)),
    )
    found = [
        (int(line.sum()), place(int(line.argmax()), len(line) - int(line[::-1].argmax())))
        for line, place in sides
        if line.sum() > share * len(line)
    ]
    return tuple(box for _, box in sorted(found, reverse=True))
