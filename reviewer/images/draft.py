"""What a person has done to one image and not finished: deeds in their order, kept so that they can be undone."""

import base64
import json
import os
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.model import Box
from pipeline.strokes import Stroke

MASK, HOLE = "mask", "hole"
FORM = 2


@dataclass(frozen=True)
class Spot:
    """Levels that were put at a place: what a solver made of a stroke; `packed` is deflated, as text."""

    box: Box
    packed: str

    @property
    def levels(self) -> NDArray[np.uint8]:
        """The levels, uint8 h×w; raises ValueError where they do not fill the box."""
        left, top, right, bottom = self.box
        data = zlib.decompress(base64.b64decode(self.packed))
        return np.frombuffer(data, np.uint8).reshape(bottom - top, right - left)


def spot_of(levels: NDArray[np.uint8], left: int, top: int) -> Spot:
    """Return levels (uint8 h×w) as a spot whose first pixel lies at (`left`, `top`)."""
    height, width = levels.shape
    packed = base64.b64encode(zlib.compress(np.ascontiguousarray(levels).tobytes(), 1)).decode("ascii")
    return Spot((left, top, left + width, top + height), packed)


@dataclass(frozen=True)
class Deed:
    """One thing that a person did and can take back.

    Attributes:
        layer: what it changes: "mask" is the product's cover, "hole" is what a fill shall paint anew; any other name
            belongs to the tool that knows it.
        stroke: how it was painted, None where nothing was.
        spot: what the layer shows there now, where that does not follow from the stroke alone.
        values: what else the tool needs to do it again; JSON material.
    """

    layer: str
    stroke: Stroke | None = None
    spot: Spot | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """The deeds on one image.

    Attributes:
        base: SHA-256 of the mask that the strokes start from, "" for an empty one.
        versions: ids of the versions this draft belongs to: the one it started from, and those saved from it.
        deeds: what is done, oldest first; undone: what was taken back, the last one first.
        engine: the fill that the person accepted for the hole, "" while they have not.
    """

    image: int
    base: str
    versions: tuple[int, ...]
    deeds: tuple[Deed, ...] = ()
    undone: tuple[Deed, ...] = ()
    engine: str = ""

    def drawn(self, deed: Deed) -> "Draft":
        """Return the draft after another deed; one on the hole needs its fill accepted anew."""
        engine = "" if deed.layer == HOLE else self.engine
        return replace(self, deeds=(*self.deeds, deed), undone=(), engine=engine)

    def back(self) -> "Draft":
        """Return the draft without its last deed."""
        last = self.deeds[-1]
        engine = "" if last.layer == HOLE else self.engine
        return replace(self, deeds=self.deeds[:-1], undone=(last, *self.undone), engine=engine)

    def again(self) -> "Draft":
        """Return the draft with the deed that was taken back last."""
        first = self.undone[0]
        engine = "" if first.layer == HOLE else self.engine
        return replace(self, deeds=(*self.deeds, first), undone=self.undone[1:], engine=engine)

    def touches(self, layer: str) -> bool:
        """Say whether a deed changed that layer."""
        return any(deed.layer == layer for deed in self.deeds)


def new_draft(image: int, version: int, mask: str | None) -> Draft:
    """Return the draft without a deed on a version's mask."""
    return Draft(image, mask or "", (version,))


def keep_draft(folder: Path, draft: Draft) -> None:
    """Write the draft whole or not at all; one without deeds leaves no file. Raises KnownError when it cannot."""
    path = _place(folder, draft.image)
    try:
        if not draft.deeds and not draft.undone:
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
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        # A draft is a convenience: one that cannot be read costs its strokes, never the image.
        return new_draft(image, version, mask)
    return draft if version in draft.versions else new_draft(image, version, mask)


def _place(folder: Path, image: int) -> Path:
    return folder / f"{image}.json"


def _read(kept: dict) -> Draft:
    if kept["form"] != FORM:
        raise ValueError(kept["form"])
    deeds, undone = (tuple(_deed(each) for each in kept[name]) for name in ("deeds", "undone"))
    return Draft(
        int(kept["image"]), str(kept["base"]), tuple(map(int, kept["versions"])), deeds, undone, str(kept["engine"])
    )


def _deed(kept: dict) -> Deed:
    stroke, spot = kept["stroke"], kept["spot"]
    found = None if spot is None else Spot(tuple(map(int, spot["box"])), str(spot["packed"]))
    if found is not None:
        # Levels that do not fit their box are noticed now, not when they are needed.
        _ = found.levels
    return Deed(str(kept["layer"]), None if stroke is None else _stroke(stroke), found, dict(kept["values"]))


def _stroke(kept: dict) -> Stroke:
    points = tuple((float(x), float(y), float(pressure)) for x, y, pressure in kept["points"])
    sizes = (float(kept[name]) for name in ("radius", "hardness", "opacity"))
    radius, hardness, opacity = sizes
    return Stroke(points, radius, hardness, bool(kept["adds"]), opacity)
