"""A person's repair: their mask, their fill, and then the same stages as the line, so that it is judged like any other.

`edited_outcome` is a function of its arguments and may run on any thread; `edit` records what it came to.
"""

import os
import socket
import time
import uuid
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.batch.routing import destination
from pipeline.errors import BugError
from pipeline.errors import ConflictError
from pipeline.errors import KnownError
from pipeline.mask import Matte
from pipeline.model import Complexity
from pipeline.model import Grade
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Route
from pipeline.model import State
from pipeline.model import Step
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.run.edit_photo import STAGES as REPAINTS
from pipeline.run.edit_photo import Fill
from pipeline.run.edit_photo import Repaint
from pipeline.run.edit_photo import check_repaint
from pipeline.run.edit_photo import filled_hole
from pipeline.run.edit_photo import repainted
from pipeline.run.line import STAGES
from pipeline.run.line import kept
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.settings import Settings
from pipeline.stages.classify import classify
from pipeline.stages.cut_out import cut_out
from pipeline.stages.cut_out import take_mask
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files
from pipeline.store.people import tidy_name
from pipeline.store.store import Store
from pipeline.strokes import Stroke
from pipeline.tools.toolbox import Toolbox

BRUSH: Final = "brush"
"""The tool of a mask that a person drew."""
AROUND_HOLE: Final = 4
"""Pixels around a fill within which the product is looked for again; farther away the mask stays as it is."""


@dataclass(frozen=True, eq=False)
class Edit:
    """What a person changed, in the original's frame.

    Attributes:
        mask: uint8 H×W, 255 product; None leaves the current version's, or the line's where there is no version yet.
        hole: bool H×W, what is filled anew from its surroundings, or None.
        engine: which of `pipeline.tools.fill.FILLERS` fills it.
        strokes: how mask and hole were painted, oldest first; only their number is kept.
        photo: further changes of the photo's pixels, made in their order after the hole is filled.
        grade: the colours that the person set; None leaves the current version's.
        copied: taken over from another image, so that somebody has to look at it whatever its score.
    """

    mask: NDArray[np.uint8] | None = None
    hole: NDArray[np.bool_] | None = None
    engine: str = "best"
    strokes: tuple[Stroke, ...] = ()
    photo: tuple[Repaint, ...] = ()
    grade: Grade | None = None
    copied: bool = False


def edit(
    store: Store,
    image: int,
    change: Edit,
    *,
    by: str,
    settings: Settings,
    toolbox: Toolbox,
    version: int | None = None,
) -> Version:
    """Make and record a version of an image by hand; the current version is its parent.

    `version` is the one the person saw. Raises ConflictError when that is no longer the current one or when somebody
    else works on the image, NotFoundError, and KnownError where the change does not fit the photo.
    """
    person = tidy_name(by)
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    claim = store.claim_image(image, owner=owner, lease_seconds=settings.line.lease_seconds)
    try:
        versions = store.versions(image)
        base = versions[-1] if versions else None
        if version is not None and (base is None or base.id != version):
            raise ConflictError(f"{claim.record.file} has a newer version than the one you saw; look at it again.")
        outcome = edited_outcome(
            claim.record, base, change, by=person, files=store.files, settings=settings, toolbox=toolbox
        )
        made = store.record(outcome, owner=owner, token=claim.token, actor=person, parent=base.id if base else None)
    except BaseException:
        store.release(owner)
        raise
    if made is None:
        raise BugError("A repair was recorded without a version.")
    return made


def edited_outcome(
    record: ImageRecord,
    base: Version | None,
    change: Edit,
    *,
    by: str,
    files: Files,
    settings: Settings,
    toolbox: Toolbox,
) -> Outcome:
    """Return what `change` makes of `base` (None: of the photo alone), with its files written.

    It is approved where everything passes, for another person to sign off, and else waits for a review.
    """
    started = time.perf_counter()
    item = _start(record, base, files, settings)
    _check(change, item)
    before = item.photo.rgb
    repaints = _repaints(change)
    item = repainted(item, repaints, by=by, files=files, settings=settings)
    if change.grade is not None:
        item = replace(item, grade=change.grade)
    item = _routed(item, base, change, toolbox, settings)
    item = _masked(item, base, change, by, files, toolbox, settings)
    unchanged = item.photo.rgb is before and item.grade == (base.outcome.grade if base else None)
    if item.mask is not None and unchanged and _is_same(item.mask, base, files):
        raise KnownError(f"{record.file}: this changes nothing; paint something first.")
    for stage in STAGES[1:]:
        item = stage(item, toolbox, settings)
    outcome = kept(item, files, settings, by_hand=True)
    state = State.REVIEW if change.copied else _destination(item, settings)
    return replace(outcome, state=state, needs_sign_off=True, seconds=time.perf_counter() - started)


def _start(record: ImageRecord, base: Version | None, files: Files, settings: Settings) -> WorkItem:
    """The photo as it was repaired so far, and the steps of that."""
    item = prepare(record, files.path(record.sha256), settings)
    if base is None:
        return item
    item = replace(patched(item, base.outcome, files), grade=base.outcome.grade, sources=base.outcome.sources)
    return replace(item, steps=(*item.steps, *(step for step in base.outcome.steps if step.stage in REPAINTS)))


def _check(change: Edit, item: WorkItem) -> None:
    file, (width, height) = item.record.file, item.photo.size
    plane = change.mask
    if plane is not None and plane.shape != (height, width):
        raise KnownError(
            f"{file}: the mask has {plane.shape[1]} × {plane.shape[0]} pixels but the photo {width} × {height}; "
            "draw it on the original."
        )
    for repaint in _repaints(change):
        check_repaint(repaint, file, item.photo.size)
    if change.mask is None and not _repaints(change) and change.grade is None:
        raise KnownError(f"{file}: nothing was painted; give a mask or a hole.")


def _repaints(change: Edit) -> tuple[Repaint, ...]:
    return change.photo if change.hole is None else (Fill(change.hole, change.engine), *change.photo)


def _routed(item: WorkItem, base: Version | None, change: Edit, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Whose job it was stays on record; a photo with a drawn mask is no longer one to be left whole."""
    known = base.outcome.routing if base else None
    item = classify(item, toolbox, settings) if known is None else replace(item, routing=known)
    drawn = change.mask is not None
    return replace(item, routing=replace(item.routing, finished=False)) if item.routing and drawn else item


def _masked(
    item: WorkItem, base: Version | None, change: Edit, by: str, files: Files, toolbox: Toolbox, settings: Settings
) -> WorkItem:
    """The item with the person's mask, or with the mask it had but for what the fill took away or laid bare."""
    started = time.perf_counter()
    if change.mask is not None:
        mask, tool, detail = change.mask / np.float32(255), BRUSH, f"{len(change.strokes)} strokes"
    elif base is None or base.outcome.mask is None:
        return cut_out(item, toolbox, settings)
    else:
        mask, tool = _refilled(item, base, change, files, toolbox, settings), base.outcome.engine
        detail = "looked for again around the fill" if filled_hole(_repaints(change)) is not None else "as it was"
    step = Step(
        stage="cut_out",
        tool=tool,
        version="1",
        settings=settings.fingerprint,
        actor=by,
        seconds=time.perf_counter() - started,
        detail=detail,
    )
    return take_mask(item, mask, step, settings)


def _refilled(item: WorkItem, base: Version, change: Edit, files: Files, toolbox: Toolbox, settings: Settings) -> Matte:
    """The mask as it was, looked for again around a fill unless a person had drawn it."""
    old = _old_mask(base, files)
    painted = filled_hole(_repaints(change))
    anew = None if base.outcome.engine == BRUSH or painted is None else cut_out(item, toolbox, settings).mask
    if old is None:
        raise BugError("There is no mask to look for the product again.")
    if anew is None or painted is None:
        return old
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * AROUND_HOLE + 1,) * 2)
    return np.where(cv2.dilate(painted.astype(np.uint8), reach) > 0, anew, old)


def _old_mask(base: Version | None, files: Files) -> Matte | None:
    return None if base is None or base.outcome.mask is None else read_mask(files.read(base.outcome.mask))


def _is_same(mask: Matte, base: Version | None, files: Files) -> bool:
    old = _old_mask(base, files)
    return old is not None and np.array_equal(old, mask)


def _destination(item: WorkItem, settings: Settings) -> State:
    if item.routing is None or item.score is None:
        raise BugError("The stages ended without a route or a score.")
    # A person has done what the route asked for; what is left to say is whether the result is clean.
    done = replace(item.routing, route=Route.AUTOMATIC, complexity=Complexity.SIMPLE)
    state = destination(routing=done, score=item.score, gates=item.gates, flags=item.flags, settings=settings)
    return State.APPROVED if state is State.APPROVED else State.REVIEW
