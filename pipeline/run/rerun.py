"""Run a version again from its record alone, and say whether the same mask comes out, bit for bit."""

import hashlib
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.errors import KnownError
from pipeline.errors import SettingsError
from pipeline.model import ImageRecord
from pipeline.model import Outcome
from pipeline.model import Step
from pipeline.model import Version
from pipeline.model import WorkItem
from pipeline.run.edit_mask import mask_again
from pipeline.run.patch import patched
from pipeline.run.pictures import read_mask
from pipeline.run.provenance import library_versions
from pipeline.run.render import render
from pipeline.settings import Settings
from pipeline.settings import settings_from_text
from pipeline.stages.classify import classify
from pipeline.stages.cut_out import cut_out
from pipeline.stages.prepare import prepare
from pipeline.store.files import Files
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox


@dataclass(frozen=True)
class Rerun:
    """What came of running a version again.

    Attributes:
        stored, again: SHA-256 of the mask's levels (uint8, row by row) as stored and as computed now.
        changed: pixels that differ; largest: the largest difference in levels of 255.
        differences: what is not as it was, in words; may be empty for a mask that differs all the same.
    """

    image: int
    file: str
    version: int
    engine: str
    stored: str
    again: str
    changed: int
    largest: int
    differences: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the mask is the same bit for bit."""
        return self.stored == self.again

    def sentence(self) -> str:
        """Return one line for a person."""
        head = f"{self.file}: version {self.version} by {self.engine}"
        but = f"; not as it was: {', '.join(self.differences)}" if self.differences else ""
        if self.same:
            return f"{head} gives the same mask again, bit for bit ({self.again[:16]}…){but}"
        why = but or "; original, settings, weights and libraries are as they were: program or hardware differs"
        return f"{head} gives another mask: {self.changed:,} pixels differ by up to {self.largest} levels{why}"


def rerun(record: ImageRecord, version: Version, files: Files, studio: Path) -> Rerun:
    """Cut out the original again with the settings, engine and route that `version` recorded, and compare the masks.

    A repair is made again from what its record holds of it: its photo, path, hair and painted mask; then its result,
    too, is made again and compared. Raises KnownError where the record does not hold what that needs (an older
    Whitepoint's).
    """
    outcome = version.outcome
    if outcome.mask is None or outcome.recipe is None:
        raise KnownError(
            f"{record.file}: version {version.id} does not hold all its settings (an older Whitepoint made it); "
            "send it back so that it is processed again."
        )
    settings = _settings(record, version, files.read(outcome.recipe))
    toolbox = open_toolbox(settings, studio)
    item = prepare(record, files.path(outcome.original or record.sha256), settings)
    if _by_hand(outcome):
        item = _repaired(item, version, files, toolbox, settings)
    else:
        item = classify(item, toolbox, settings)
        item = patched(replace(item, routing=outcome.routing), outcome, files)
        item = cut_out(item, toolbox, settings)
    before, after = _levels(read_mask(files.read(outcome.mask))), _levels(_mask(item))
    apart = np.abs(before.astype(np.int16) - after) if before.shape == after.shape else np.full(after.shape, 255)
    return Rerun(
        image=record.id,
        file=record.file,
        version=version.id,
        engine=outcome.engine,
        stored=_digest(before),
        again=_digest(after),
        changed=int(np.count_nonzero(apart)),
        largest=int(apart.max(initial=0)),
        differences=_differences(outcome, item),
    )


def _settings(record: ImageRecord, version: Version, recipe: bytes) -> Settings:
    try:
        return settings_from_text(recipe.decode(), f"version {version.id}")
    except SettingsError as error:
        raise KnownError(
            f"{record.file}: version {version.id} was made by a Whitepoint with other settings than this one knows "
            f"({str(error).split(';')[0]}); install that Whitepoint to make it again."
        ) from error


def _repaired(item: WorkItem, version: Version, files: Files, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """The item with the mask that a person's work comes to again; raises KnownError where another result follows."""
    item = patched(item, version.outcome, files)
    item = replace(item, mask=mask_again(item, version.outcome, files, settings), steps=version.outcome.steps)
    render(item.record, version, files, toolbox, settings)
    return item


def _by_hand(outcome: Outcome) -> bool:
    return not any(step.stage == "cut_out" and step.actor == "line" for step in outcome.steps)


def _mask(item: WorkItem) -> NDArray[np.float32]:
    if item.mask is None:
        raise BugError("The stage cut_out ended without a mask.")
    return item.mask


def _levels(mask: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.rint(mask * 255).astype(np.uint8)


def _digest(levels: NDArray[np.uint8]) -> str:
    return hashlib.sha256(np.ascontiguousarray(levels).data).hexdigest()


def _differences(outcome: Outcome, item: WorkItem) -> tuple[str, ...]:
    was, now = _engine_step(outcome.steps), _engine_step(item.steps)
    found = []
    if was.weights != now.weights:
        found.append(f"weights {_short(was.weights)} are {_short(now.weights)} now")
    if was.version != now.version:
        found.append(f"engine {was.version} is {now.version} now")
    before, after = (dict(text.rsplit(" ", 1) for text in texts) for texts in (outcome.libraries, library_versions()))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            found.append(f"{name} {before.get(name, 'absent')} is {after.get(name, 'absent')} now")
    return tuple(found)


def _engine_step(steps: tuple[Step, ...]) -> Step:
    return [step for step in steps if step.stage == "cut_out"][-1]


def _short(weights: str | None) -> str:
    return f"{weights[:12]}…" if weights else "none"
