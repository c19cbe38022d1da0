"""Plain records of images, versions and decisions: no pixels, only what travels, is stored and is shown."""

from dataclasses import dataclass
from dataclasses import field

from pipeline.model.judgement import Flag
from pipeline.model.judgement import Gate
from pipeline.model.judgement import QcScore
from pipeline.model.judgement import Reading
from pipeline.model.judgement import Routing
from pipeline.model.kinds import Action
from pipeline.model.kinds import Queue
from pipeline.model.kinds import Role
from pipeline.model.kinds import State


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

    `white` is what its shoot group solved: linear-light red/green and blue/green of the white point, or None, and
    `lightness` is L* of the group's backdrop, None without a group.
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
    lightness: float | None = None
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
class HueShift:
    """What becomes of colours of about one hue; CIE L*C*h (D50).

    Attributes:
        hue: its middle, degrees; it fades out over 45° to both sides and towards grey.
        turn: degrees by which the hue turns.
        chroma: factor of the chroma.
        lightness: added to L*.
    """

    hue: float
    turn: float = 0.0
    chroma: float = 1.0
    lightness: float = 0.0


@dataclass(frozen=True)
class Grade:
    """The colours that a person set, of the product only.

    Attributes:
        white: linear-light red/green and blue/green of what shall be grey, in place of what the backdrop says; or None.
        exposure: stops that the product gets lighter.
        hues: corrections of single hues, applied in their order.
    """

    white: tuple[float, float] | None = None
    exposure: float = 0.0
    hues: tuple[HueShift, ...] = ()


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
class Outcome:
    """What processing one image came to: plain data, no pixels; files are named by SHA-256.

    `tiles` is the result once more in tiles and sizes that decode quickly, `original_proxy` a smaller original.
    `error` is the sentence when it failed; `refused` says that the file itself is to blame (rejected, not failed).
    `shadow` is a layer of its own (grey, 0 = no shadow, on a small copy of the original's frame), where the client
    wants one; `original` is the SHA-256 of the bytes it was made from, `recipe` that of a file with all settings,
    `provider` what computed the engine, `libraries` the versions of everything that touched its pixels (“numpy 2.3.5”).
    `hole` is a mask of all pixels that people had filled anew, in the original's frame, and `patch` shows those of
    its box as they are now (16-bit Adobe RGB); both or neither. `sources` names other photos that pixels of it come
    from; `grade` is what a person set of its colours.
    `path` is the clipping path that goes with its mask, as SVG; `drawn` the mask as it was before the hair in the
    region `hair` (a mask, too) was solved again.
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
    tiles: str | None = None
    original_proxy: str | None = None
    needs_sign_off: bool = False
    error: str | None = None
    refused: bool = False
    shadow: str | None = None
    original: str = ""
    recipe: str | None = None
    provider: str = ""
    libraries: tuple[str, ...] = ()
    hole: str | None = None
    patch: str | None = None
    sources: tuple[str, ...] = ()
    grade: Grade | None = None
    path: str | None = None
    drawn: str | None = None
    hair: str | None = None


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
    """One append-only row: what a person decided about a version; times in nanoseconds UTC.

    `display` begins the SHA-256 of the profile of the monitor it was decided at, "" where that one names none; None
    where it was not decided at a screen.
    """

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
    display: str | None = None


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
