"""The nouns: frozen records that travel between the rooms. numpy and the standard library only.

Arrays inside records are read-only (`freeze`); a change is a new record (`dataclasses.replace`). Records that hold
arrays compare by identity (`eq=False`), since `==` on arrays has no single truth value.
"""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import StrEnum
from typing import Any
from typing import TypeAlias
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Box: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are exclusive."""


class Complexity(StrEnum):
    """How hard an expert would find the cut-out."""

    SIMPLE = "simple"
    MEDIUM = "medium"
    COMPLEX = "complex"


class Route(StrEnum):
    """Who makes the result: the machine alone, or a person starting from the machine's draft."""

    AUTOMATIC = "automatic"
    HUMAN = "human"


class Verdict(StrEnum):
    """The score's opinion; never the last word."""

    APPROVE = "approve"
    REVIEW = "review"
    REDO = "redo"


class Queue(StrEnum):
    """What an image waits for, and so who looks at it next."""

    EDIT = "edit"
    REVIEW = "review"
    REDO = "redo"
    AUDIT = "audit"
    SIGN_OFF = "sign_off"


class Action(StrEnum):
    """What a person can decide about a version."""

    APPROVE = "approve"
    REJECT = "reject"
    REDO = "redo"
    SIGN_OFF = "sign_off"
    RETRACT = "retract"


class Role(StrEnum):
    """What a person may do; a senior signs off."""

    EDITOR = "editor"
    SENIOR = "senior"


class State(StrEnum):
    """Where an image stands; a view over versions and decisions, never a stored field."""

    NEW = "new"
    PROCESSING = "processing"
    EDIT = "edit"
    REVIEW = "review"
    REDO = "redo"
    APPROVED = "approved"
    REJECTED = "rejected"
    FAILED = "failed"
    AUDIT = "audit"
    SIGN_OFF = "sign_off"
    READY = "ready"
    DELIVERED = "delivered"
    RECALLED = "recalled"


Array = TypeVar("Array", bound=NDArray[Any])


def freeze(array: Array) -> Array:
    """Return `array` itself, marked read-only."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True, eq=False)
class Photo:
    """One decoded original: orientation baked in, colours in the working space.

    Attributes:
        rgb: uint16 H×W×3, Adobe RGB (1998)-compatible, gamma-encoded, 0..65535, read-only.
        alpha: float32 H×W 0..1, or None where the file carries none.
        bits: bits per channel of the file, 8 or 16.
        profile_source: which fact decided the input colours, e.g. "embedded ICC", "EXIF sRGB", "assumed sRGB".
        notes: sentences worth showing, e.g. "first of 3 pages".
        exif: the few tags we use, by name: Make, Model, DateTimeOriginal, Artist, Copyright.
    """

    rgb: NDArray[np.uint16]
    alpha: NDArray[np.float32] | None
    bits: int
    profile_source: str
    notes: tuple[str, ...] = ()
    exif: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.shape[1], self.rgb.shape[0]


@dataclass(frozen=True)
class NewImage:
    """What ingest knows of a file before it has an id; `refusal` is the sentence when it cannot be used."""

    file: str
    sha256: str
    bytes: int
    width: int = 0
    height: int = 0
    sku: str = ""
    asin: str = ""
    gtin: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    shoot: str = ""
    client: str = ""
    reference: str = ""
    inside: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None


@dataclass(frozen=True)
class ImageRecord:
    """One image of a batch, as the store knows it. `file` is the name in the client's folder, with `/`.

    `white` is what its shoot group solved: linear-light red/green and blue/green of the white point, or None.
    """

    id: int
    batch: str
    file: str
    sha256: str
    bytes: int
    width: int
    height: int
    sku: str = ""
    asin: str = ""
    gtin: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    shoot_group: str = ""
    white: tuple[float, float] | None = None
    client: str = ""
    reference: str = ""
    inside: str = ""
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShootGroup:
    """Images taken with one camera, in one go, in one light, and what was solved for it.

    Attributes:
        name: the shoot's name or the camera's, and a number where there are several.
        members: keys of its shots, in the order they were taken.
        white: linear-light red/green and blue/green of its white point, or None where nothing neutral shows it.
        source: "card" or "backdrop" or "" for `white`.
        lightness: L* of the backdrop, the group's middle.
    """

    name: str
    members: tuple[str, ...]
    white: tuple[float, float] | None
    source: str
    lightness: float


@dataclass(frozen=True)
class Frame:
    """The geometry from original to result.

    Attributes:
        matrix: a, b, c, d, e, f with x' = a·x + b·y + c and y' = d·x + e·y + f, pixel centres at .5.
        size: width and height of the result in pixels.
        background: the colour that surrounds the product, 8-bit RGB.
    """

    matrix: tuple[float, float, float, float, float, float]
    size: tuple[int, int]
    background: tuple[int, int, int] = (255, 255, 255)

    @property
    def scale(self) -> float:
        """Result pixels per original pixel (square root of the affine's determinant)."""
        a, b, _, d, e, _ = self.matrix
        return float(abs(a * e - b * d) ** 0.5)


@dataclass(frozen=True)
class Step:
    """Provenance: which tool did what to this image, with which settings."""

    stage: str
    tool: str
    version: str
    weights: str | None = None
    settings: str = ""
    seed: int = 0
    actor: str = "line"
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class Evidence:
    """Where a reading, gate or flag saw what it says: boxes in original or result pixels, worst first."""

    boxes: tuple[Box, ...] = ()
    space: str = "result"


@dataclass(frozen=True)
class Reading:
    """One measured number. `value` is None where it could not be measured, and then nobody gets points for it."""

    name: str
    value: float | None
    unit: str
    detail: str = ""
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class Gate:
    """A condition that no sum can average away."""

    name: str
    passed: bool
    detail: str
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class Flag:
    """Something a person should look at; `probability` 0..1."""

    name: str
    probability: float
    detail: str
    evidence: Evidence = Evidence()


@dataclass(frozen=True)
class QcScore:
    """Four parts of 25 (None = not measured), their total scaled to 100, and the verdict."""

    background: float | None
    edge_quality: float | None
    product_fill: float | None
    color_accuracy: float | None
    total: float
    verdict: Verdict


@dataclass(frozen=True)
class Routing:
    """What classify found: how hard, whose job, why, from which readings."""

    complexity: Complexity
    route: Route
    reasons: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    finished: bool = False
    """The original is already a product on pure white: keep its pixels, only judge it."""


@dataclass(frozen=True, eq=False)
class WorkItem:
    """One image on its way through the stages; every stage returns a new one.

    Attributes:
        draft: float32 h×w 0..1, the coarse mask that classify looked at, on the small copy; cut_out may start from it.
        mask: float32 H×W 0..1 in the original's frame, quantised to 255 levels so that the stored mask is the mask.
        cutout: uint16 H×W×3, the product on exact white, original's frame, Adobe RGB.
        result: uint16 h×w×3 in the frame's size, Adobe RGB; result_mask: float32 h×w, its mask.
    """

    record: ImageRecord
    photo: Photo
    routing: Routing | None = None
    draft: NDArray[np.float32] | None = None
    mask: NDArray[np.float32] | None = None
    cutout: NDArray[np.uint16] | None = None
    frame: Frame | None = None
    result: NDArray[np.uint16] | None = None
    result_mask: NDArray[np.float32] | None = None
    score: QcScore | None = None
    readings: tuple[Reading, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    steps: tuple[Step, ...] = ()

    def after(self, step: Step, **changes: Any) -> "WorkItem":
        """Return the item that follows from this one by `step`; arrays among `changes` become read-only."""
        for value in changes.values():
            if isinstance(value, np.ndarray):
                freeze(value)
        return replace(self, steps=(*self.steps, step), **changes)


@dataclass(frozen=True)
class Outcome:
    """What processing one image came to: plain data, no pixels; files are named by SHA-256.

    `error` is the sentence when it failed; `refused` says that the file itself is to blame (rejected, not failed).
    """

    image: int
    state: State
    seconds: float
    settings: str
    routing: Routing | None = None
    score: QcScore | None = None
    readings: tuple[Reading, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    steps: tuple[Step, ...] = ()
    frame: Frame | None = None
    engine: str = ""
    mask: str | None = None
    result: str | None = None
    thumbnail: str | None = None
    original_thumbnail: str | None = None
    needs_sign_off: bool = False
    error: str | None = None
    refused: bool = False


@dataclass(frozen=True)
class Version:
    """One append-only row: a result of an image, made by the line or by a person."""

    id: int
    image: int
    parent: int | None
    outcome: Outcome
    actor: str
    created_at: int


@dataclass(frozen=True)
class Decision:
    """One append-only row: what a person decided about a version; times in nanoseconds UTC."""

    id: int
    image: int
    version: int | None
    action: Action
    person: str
    role: Role
    reason: str = ""
    note: str = ""
    at: int = 0
    seconds: float = 0.0
    retracts: int | None = None


@dataclass(frozen=True)
class Batch:
    """A folder of images that arrived together."""

    id: int
    name: str
    client: str
    created_at: int


@dataclass(frozen=True)
class Entry:
    """One image as a table shows it: the record, where it stands, and its current version if it has one."""

    record: ImageRecord
    state: State
    queue: Queue | None
    version: Version | None
    error: str | None = None


@dataclass(frozen=True)
class Change:
    """What a write touched; views decide what to redraw."""

    batch: str
    images: tuple[int, ...] = ()
    kind: str = ""
