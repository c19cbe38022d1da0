"""A version's result again: original, stored mask, stored frame and stored gains through the same stages."""

from dataclasses import replace

import numpy as np

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.model import Frame
from pipeline.model import ImageRecord
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.sentences import say
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.stages.prepare import prepare
from pipeline.stages.score import pixels_digest
from pipeline.stages.whiten import whiten
from pipeline.store.files import Files
from pipeline.tools.foreground import looked_at
from pipeline.tools.toolbox import Toolbox


def render(
    record: ImageRecord,
    version: Version,
    files: Files,
    toolbox: Toolbox,
    settings: Settings,
    *,
    product_only: bool = False,
) -> WorkItem:
    """Return the item that was scored for `version`: the same result, bit for bit.

    Masters and results are not kept: they follow from the original, what people had filled of it, the stored mask,
    frame and colour gains. With `product_only` only what the cut-out depends on is converted and the item's photo is
    black, which changes no result in any frame and spares half of the work. Raises KnownError where the pixels differ
    from those that were judged (other settings or libraries since then).
    """
    outcome = version.outcome
    if outcome.mask is None or outcome.frame is None:
        raise BugError(f"Version {version.id} has no mask or frame to render from.")
    mask = read_mask(files.read(outcome.mask))
    finished = outcome.routing is not None and outcome.routing.finished
    within = looked_at(mask) if product_only and not finished else None
    item = patched(prepare(record, files.path(record.sha256), settings, within=within), outcome, files)
    item = replace(item, mask=mask, frame=outcome.frame, routing=outcome.routing, readings=outcome.readings)
    item = replace(item, grade=outcome.grade, sources=outcome.sources)
    item = whiten(item, toolbox, settings)
    if within is not None:
        item = replace(item, photo=replace(item.photo, rgb=np.broadcast_to(np.uint16(0), item.photo.rgb.shape)))
    item = correct_color(frame(item, toolbox, settings), toolbox, settings)
    judged = [step.detail for step in outcome.steps if step.stage == "score"]
    if judged and judged[-1] != pixels_digest(item):
        if within is not None:
            return render(record, version, files, toolbox, settings)
        raise KnownError(say("unlike", file=record.file, version=version.id))
    return replace(item, flags=outcome.flags, gates=outcome.gates, score=outcome.score, steps=outcome.steps)


def reframe(item: WorkItem, new: Frame, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return a rendered item in another frame, from the original's pixels again and with the same colour gains."""
    if new == item.frame:
        return item
    return correct_color(frame(replace(item, frame=new), toolbox, settings), toolbox, settings)
