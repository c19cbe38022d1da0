"""What a person has painted on one image and not finished: strokes in their order, kept so that they can be undone."""

import json
import os
import uuid
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path

from pipeline.errors import KnownError
from pipeline.strokes import Stroke

MASK, HOLE = "mask", "hole"
LAYERS = (MASK, HOLE)
FORM = 1


@dataclass(frozen=True)
class Pull:
    """One stroke on one layer: "mask" is the product's cover, "hole" is what a fill shall paint anew."""

    layer: str
    stroke: Stroke


@dataclass(frozen=True)
class Draft:
    """The strokes on one image.

    Attributes:
        base: SHA-256 of the mask that the strokes start from, "" for an empty one.
        versions: ids of the versions this draft belongs to: the one it started from, and those saved from it.
        pulls: what is painted, oldest first; undone: what was taken back, the last one first.
        engine: the fill that the person accepted for the hole, "" while they have not.
    """

    image: int
    base: str
    versions: tuple[int, ...]
    pulls: tuple[Pull, ...] = ()
    undone: tuple[Pull, ...] = ()
    engine: str = ""

    def drawn(self, pull: Pull) -> "Draft":
        """Return the draft after another stroke; a stroke on the hole needs its fill accepted anew."""
        engine = "" if pull.layer == HOLE else self.engine
        return replace(self, pulls=(*self.pulls, pull), undone=(), engine=engine)

    def back(self) -> "Draft":
        """Return the draft without its last stroke."""
        last = self.pulls[-1]
        engine = "" if last.layer == HOLE else self.engine
        return replace(self, pulls=self.pulls[:-1], undone=(last, *self.undone), engine=engine)

    def again(self) -> "Draft":
        """Return the draft with the stroke that was taken back last."""
        first = self.undone[0]
        engine = "" if first.layer == HOLE else self.engine
        return replace(self, pulls=(*self.pulls, first), undone=self.undone[1:], engine=engine)

    def touches(self, layer: str) -> bool:
        """Say whether a stroke lies on that layer."""
        return any(pull.layer == layer for pull in self.pulls)


def new_draft(image: int, version: int, mask: str | None) -> Draft:
    """Return the draft without a stroke on a version's mask."""
    return Draft(image, mask or "", (version,))


def keep_draft(folder: Path, draft: Draft) -> None:
    """Write the draft whole or not at all; one without strokes leaves no file. Raises KnownError when it cannot."""
    path = _place(folder, draft.image)
    try:
        if not draft.pulls and not draft.undone:
            path.unlink(missing_ok=True)
            return
        folder.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{uuid.uuid4().hex}.tmp")
        temporary.write_text(json.dumps({"form": FORM, **asdict(draft)}), "utf-8")
        os.replace(temporary, path)
    except OSError as error:
        raise KnownError(
            f"Your strokes cannot be kept in {folder} ({error.strerror or error}); free some space, or save them now."
        ) from error


def kept_draft(folder: Path, image: int, version: int, mask: str | None) -> Draft:
    """Return what was kept for a version of an image; a new draft where there is nothing, or nothing that fits."""
    try:
        draft = _read(json.loads(_place(folder, image).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        # A draft is a convenience: one that cannot be read costs its strokes, never the image.
        return new_draft(image, version, mask)
    return draft if version in draft.versions else new_draft(image, version, mask)


def _place(folder: Path, image: int) -> Path:
    return folder / f"{image}.json"


def _read(kept: dict) -> Draft:
    if kept["form"] != FORM:
        raise ValueError(kept["form"])
    pulls, undone = (tuple(_pull(each) for each in kept[name]) for name in ("pulls", "undone"))
    return Draft(
        int(kept["image"]), str(kept["base"]), tuple(map(int, kept["versions"])), pulls, undone, str(kept["engine"])
    )


def _pull(kept: dict) -> Pull:
    if kept["layer"] not in LAYERS:
        raise ValueError(kept["layer"])
    stroke = kept["stroke"]
    points = tuple((float(x), float(y), float(pressure)) for x, y, pressure in stroke["points"])
    return Pull(kept["layer"], Stroke(points, float(stroke["radius"]), float(stroke["hardness"]), bool(stroke["adds"])))
