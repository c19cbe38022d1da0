"""A version's result again: original, stored mask, stored frame and stored gains through the same stages."""

from dataclasses import replace

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.model import Frame
from pipeline.model import ImageRecord
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.stages.prepare import prepare
from pipeline.stages.score import pixels_digest
from pipeline.stages.whiten import whiten
from pipeline.store.files import Files
from pipeline.tools.toolbox import Toolbox


def render(record: ImageRecord, version: Version, files: Files, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return the item that was scored for `version`: the same result, bit for bit.

    Masters and results are not kept: they follow from the original, what people had filled of it, the stored mask,
    frame and colour gains. Raises KnownError where the pixels differ from those that were judged (other settings or
    libraries since then).
    """
    outcome = version.outcome
    if outcome.mask is None or outcome.frame is None:
        raise BugError(f"Version {version.id} has no mask or frame to render from.")
    item = patched(prepare(record, files.path(record.sha256), settings), outcome, files)
    mask = read_mask(files.read(outcome.mask))
    item = replace(item, mask=mask, frame=outcome.frame, routing=outcome.routing, readings=outcome.readings)
    item = replace(item, grade=outcome.grade, sources=outcome.sources)
    item = whiten(item, toolbox, settings)
    item = correct_color(frame(item, toolbox, settings), toolbox, settings)
    judged = [step.detail for step in outcome.steps if step.stage == "score"]
    if judged and judged[-1] != pixels_digest(item):
        raise KnownError(
            f"{record.file}: version {version.id} cannot be made again as it was judged, since settings or libraries "
            "have changed; send it back so that it is processed again."
        )
    return replace(item, flags=outcome.flags, gates=outcome.gates, score=outcome.score, steps=outcome.steps)


def reframe(item: WorkItem, new: Frame, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return a rendered item in another frame, from the original's pixels again and with the same colour gains."""
    if new == item.frame:
        return item
    return correct_color(frame(replace(item, frame=new), toolbox, settings), toolbox, settings)
