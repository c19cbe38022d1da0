"""A person's repair: their mask, their fill, and then the same stages as the line, so that it is judged like any other.

`edited_outcome` is a function of its arguments and may run on any thread; `edit` records what it came to.
"""

import os
import socket
import time
import uuid
from dataclasses import dataclass
from dataclasses import replace

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
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.paths import Path
from pipeline.run.edit_mask import Drawing
from pipeline.run.edit_mask import check_drawing
from pipeline.run.edit_mask import masked
from pipeline.run.edit_mask import old_mask
from pipeline.run.edit_mask import store_drawing
from pipeline.run.edit_mask import with_hair
from pipeline.run.edit_photo import STAGES as REPAINTS
from pipeline.run.edit_photo import Fill
from pipeline.run.edit_photo import Repaint
from pipeline.run.edit_photo import check_repaint
from pipeline.run.edit_photo import filled_hole
from pipeline.run.edit_photo import repainted
from pipeline.run.line import STAGES
from pipeline.run.line import kept
from pipeline.run.patch import patched
from pipeline.settings import Settings
from pipeline.stages.classify import classify
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files
from pipeline.store.people import tidy_name
from pipeline.store.store import Store
from pipeline.strokes import Stroke
from pipeline.tools.toolbox import Toolbox


@dataclass(frozen=True, eq=False)
class Edit:
    """What a person changed, in the original's frame.

    Attributes:
        mask: uint8 H×W, 255 product; None leaves the current version's, or the line's where there is no version yet.
        hole: bool H×W, what is filled anew from its surroundings, or None.
        engine: which of `pipeline.tools.fill.FILLERS` fills it.
        path: the clipping path; it is the mask where `mask` is None, and goes with the version in any case.
        hair: bool H×W, where the matte is solved again after all else; None for nowhere.
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
    path: Path | None = None
    hair: NDArray[np.bool_] | None = None

    @property
    def drawing(self) -> Drawing:
        """What of it concerns the mask."""
        return Drawing(self.mask, self.path, self.hair, self.strokes)


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
    else works on the image or has it open in a window, NotFoundError, and KnownError where the change does not fit the
    photo.
    """
    person = tidy_name(by)
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    claim = store.claim_image(image, owner=owner, lease_seconds=settings.line.lease_seconds)
    try:
        _refuse_held(store, claim.record, person)
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


def _refuse_held(store: Store, record: ImageRecord, person: str) -> None:
    held = store.holds(record.batch).get(record.id)
    if held is not None and tidy_name(held.person).casefold() != person.casefold():
        raise ConflictError(f"{held.person} has {record.file} open; wait for them, or have a senior take it over.")


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
    drawing, painted = change.drawing, filled_hole(repaints)
    item = masked(item, base, drawing, painted, by=by, files=files, toolbox=toolbox, settings=settings)
    unsolved = item.mask
    item = with_hair(item, drawing, by=by, settings=settings)
    unchanged = item.photo.rgb is before and item.grade == (base.outcome.grade if base else None)
    if change.path is None and unchanged and item.mask is not None and _is_same(item.mask, base, files):
        raise KnownError(f"{record.file}: this changes nothing; paint something first.")
    for stage in STAGES[1:]:
        item = stage(item, toolbox, settings)
    outcome = kept(item, files, settings, by_hand=True)
    outcome = replace(outcome, **store_drawing(drawing, unsolved, item.photo.size, base, files))
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
    file = item.record.file
    check_drawing(change.drawing, file, item.photo.size)
    for repaint in _repaints(change):
        check_repaint(repaint, file, item.photo.size)
    if change.drawing.empty and not _repaints(change) and change.grade is None:
        raise KnownError(f"{file}: nothing was painted; give a mask or a hole.")


def _repaints(change: Edit) -> tuple[Repaint, ...]:
    return change.photo if change.hole is None else (Fill(change.hole, change.engine), *change.photo)


def _routed(item: WorkItem, base: Version | None, change: Edit, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Whose job it was stays on record; a photo with a drawn mask is no longer one to be left whole."""
    known = base.outcome.routing if base else None
    item = classify(item, toolbox, settings) if known is None else replace(item, routing=known)
    drawn = not change.drawing.empty
    return replace(item, routing=replace(item.routing, finished=False)) if item.routing and drawn else item


def _is_same(mask: Matte, base: Version | None, files: Files) -> bool:
    old = old_mask(base, files)
    return old is not None and np.array_equal(old, mask)


def _destination(item: WorkItem, settings: Settings) -> State:
    if item.routing is None or item.score is None:
        raise BugError("The stages ended without a route or a score.")
    # A person has done what the route asked for; what is left to say is whether the result is clean.
    done = replace(item.routing, route=Route.AUTOMATIC, complexity=Complexity.SIMPLE)
    state = destination(routing=done, score=item.score, gates=item.gates, flags=item.flags, settings=settings)
    return State.APPROVED if state is State.APPROVED else State.REVIEW
