"""The tables of `resources/*.toml` as frozen typed records: every opinionated number, with its unit."""

from dataclasses import dataclass
from dataclasses import field

from pipeline.settings.repairing import Hair


@dataclass(frozen=True)
class Ingest:
    """What counts as an image and what is too much; sizes in pixels."""

    extensions: tuple[str, ...]
    max_megapixels: float
    max_longest_side: int
    min_longest_side: int
    thumbnail_side: int


@dataclass(frozen=True)
class Line:
    """How the line runs. `workers` 0 means one per core; seconds are wall time per image.

    `memory_share` of the machine's memory is what all workers may use together; each may use `least_gigabytes`.
    """

    workers: int
    proxy_side: int
    seconds_per_image: float
    seconds_per_decoding: float
    tasks_per_worker: int
    automatic_retries: int
    lease_seconds: int
    memory_share: float
    least_gigabytes: float


@dataclass(frozen=True)
class Watch:
    """The hot folder, in seconds: how often it is looked at, how long a drop must rest, how long it may go on.

    `temporary` are the ends of names that programs give to files they are still writing.
    """

    look_seconds: float
    settle_seconds: float
    longest_wait_seconds: float
    temporary: tuple[str, ...]


@dataclass(frozen=True)
class Training:
    """Refitting from the editors' decisions: from how many on, and in how many folds they are held back.

    `prior_strength` is what it costs to move a weight away from the shipped model's (see measure/refit.py).
    `cut_out_reasons` are those that say that a cut-out was harder than the machine thought.
    """

    min_decisions: int
    folds: int
    prior_strength: float
    cut_out_reasons: tuple[str, ...]


@dataclass(frozen=True)
class Grouping:
    """When two photos belong to one shoot group: seconds, CIE76 ΔE of the backdrop, ratio of key to fill, chroma."""

    gap_seconds: float
    backdrop_delta_e: float
    key_to_fill_ratio: float
    neutral_chroma: float


@dataclass(frozen=True)
class Classify:
    """When pixels alone say simple or complex (probabilities), and what a finished packshot looks like (shares).

    `surface_from` is the probability from which a surface is named; the other shares are read in
    `pipeline/measure/image_class.py`.
    """

    draft_engine: str
    simple_from: float
    complex_from: float
    finished_rim: float
    finished_fill: float
    surface_from: float
    screenshot_still: float
    screenshot_straight: float
    scan_paper: float
    scan_ink_rows: float


@dataclass(frozen=True)
class Ramp:
    """Points fall from all at `full` to none at `none`, evenly between."""

    full: float
    none: float


@dataclass(frozen=True)
class Scoring:
    """Points and verdicts; each part has 25 points. `platform` is the one whose gates every result must pass.

    Edge width is a ratio to the original's, halo and colour are ΔE00, jaggedness is in pixels. A place of the
    product has changed from `changed_levels` on; pieces below `speck_share` of the largest are specks.
    `flags` holds the reading's value from which each flag asks for a person.
    """

    platform: str
    approve_from: float
    review_from: float
    background_tolerance: int
    fill_target: float
    fill_low: float
    fill_high: float
    color_full_points_delta_e: float
    color_no_points_delta_e: float
    edge_width: Ramp
    halo: Ramp
    jaggedness: Ramp
    changed_levels: float
    speck_share: float
    hole_share: float
    backdrop_share: float
    shadow_share: float
    flags: dict[str, float]


@dataclass(frozen=True)
class Framing:
    """Subject's longest side over the canvas side, and how far pixels may be enlarged (never silently).

    The tolerances say when a finished photo keeps its own frame: aspect as a ratio, centring as a share of the side.
    `white_noise`: levels (of 255) below white that are a finished photo's coding noise, not its shadow.
    Straightening, where a category or client asks for it: from `straight_least` to `straight_limit` degrees, where
    `straight_share` of a side's outline is straight and the sides agree within `straight_agreement` degrees.
    """

    fill: float
    aspect: float
    enlargement_limit: float
    aspect_tolerance: float
    centring_tolerance: float
    white_noise: int
    straight_least: float
    straight_limit: float
    straight_share: float
    straight_agreement: float


@dataclass(frozen=True)
class Color:
    """Cast removal: which backdrops count as grey, and how far a product may be moved (CIE Lab, ΔE00).

    A client's reference: a pixel within `reference_reach` (ΔE76) speaks for a wanted colour, which counts from
    `reference_share` of the product on; nothing is moved further than `max_reference_shift` (ΔE00).
    `exposure_stops`: how far a photo's exposure may be brought to its shoot group's, told by the backdrop.
    """

    max_backdrop_chroma: float
    min_backdrop_lightness: float
    min_cast_delta_e: float
    max_shift_delta_e: float
    reference_reach: float
    reference_share: float
    max_reference_shift: float
    exposure_stops: float


@dataclass(frozen=True)
class Routing:
    """Which flags a person need not see before an image may be approved by its score."""

    advisory_flags: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """The review window: how long a decision may still be taken back silently, seconds.

    `settle_milliseconds`: keys that decide are ignored for so long after another image appeared.
    `lease_seconds`: an open image is free again so long after its window was last heard of, which it lets be every
    `heartbeat_seconds`; `glance_seconds`: how often it looks whether somebody else wrote to the studio.
    """

    grace_seconds: int
    undo_depth: int
    settle_milliseconds: int
    lease_seconds: int
    heartbeat_seconds: int
    glance_seconds: float


@dataclass(frozen=True)
class Category:
    """What the client's category says about difficulty; it may only raise what the pixels say.

    `straighten`: products of this kind have straight sides and stand upright (boxes, books).
    """

    complexity: str
    engine: str = ""
    straighten: bool = False


@dataclass(frozen=True)
class Client:
    """What one client wants; the table's name is the client's, as the sheet or `--client` gives it.

    Attributes:
        shadow: "none", "natural" (the photo's own) or "contact" (synthetic, below the product's footing).
        straighten: turn boxes and books upright within the limit of [framing].
        clean_up: take date stamps, captions, tags and watermarks beside the product away before it is cut out.
        reference: colours of this client's products as CIE L*a*b* (D50) triples, which results are matched to.
        reference_image: a photo of such a product on white, in place of `reference`; a path, relative to the file.
        reference_sha256: the SHA-256 of that photo, found when the settings are read.
        platforms: places of sale with this client's own rules, whole; in the file only what differs has to stand.
        c2pa_certificate, c2pa_key: PEM files with which deliveries are signed (C2PA); paths, relative to the file.
        keep_days: for how long files are kept after a delivery; None as [retention] says.
    """

    shadow: str = "none"
    straighten: bool = False
    clean_up: bool = False
    reference: tuple[tuple[float, ...], ...] = ()
    reference_image: str = ""
    reference_sha256: str = ""
    platforms: dict[str, "Platform"] = field(default_factory=dict)
    c2pa_certificate: str = ""
    c2pa_key: str = ""
    keep_days: float | None = None


@dataclass(frozen=True)
class Reason:
    """Why an image is rejected or sent back; `key` is pressed after the decision's key."""

    title: str
    key: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Platform:
    """What one place of sale takes. Sizes in pixels, `max_bytes` in bytes, fill as a ratio of the canvas side.

    `formats` are tried in order, each along the quality ladder; `dated` is the day the rule was read, `source` where.
    `accepts` is what the platform takes beyond them. 0 means no limit; `code_digits` pads a numeric product code with
    zeros. `advisory` names the gates whose rule has only a secondary source: they warn and do not fail.

    Attributes:
        background: "pure_white" (255 everywhere), "white" (at the frame), "any" or "transparent".
        best_side: longest side beyond which the place shows nothing more; larger results are made smaller.
        sharpen: strength of the sharpening of a result that was made smaller, 0..1.
        companions: formats written beside each file under the same name, for shops that show them where they can.
        variants: what {variant} is for an angle; MAIN and PT01, PT02 … for all others.
        metadata: what is embedded: "source_type", "creator", "copyright"; plain_tiff: a TIFF must be uncompressed.
    """

    title: str
    dated: str
    source: str
    background: str
    formats: tuple[str, ...]
    quality_ladder: tuple[int, ...]
    subsampling: str
    color_space: str
    bit_depth: int
    dpi: int
    side: int
    min_longest_side: int
    max_longest_side: int
    aspect: float
    fill_low: float
    fill_high: float
    max_bytes: int
    name_pattern: str
    name_regex: str
    subjects: int = 0
    min_side: int = 0
    min_dpi: int = 0
    max_megapixels: float = 0.0
    accepts: tuple[str, ...] = ()
    required_aspect: float = 0.0
    advisory: tuple[str, ...] = ()
    codes: tuple[str, ...] = ("asin", "gtin", "sku")
    code_digits: int = 0
    best_side: int = 0
    sharpen: float = 0.0
    companions: tuple[str, ...] = ()
    variants: dict[str, str] = field(default_factory=dict)
    metadata: tuple[str, ...] = ("source_type", "creator", "copyright")
    plain_tiff: bool = False


@dataclass(frozen=True)
class Naming:
    """How photos of one product are told apart: angles in the order in which they are numbered, the main one first.

    `words`: what names an angle as a tag, in the sheet's column “angle” or at the end of a file name.
    """

    angles: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class OutlineRule:
    """Weights of the rule that cuts out without a network: log-odds of product per plane (see tools/rule.py)."""

    outlined: float
    same: float
    blown: float
    hole: float
    coloured: float
    shadow: float
    outlined_blown: float
    brighter: float
    nearby: float
    constant: float


@dataclass(frozen=True)
class Evidence:
    """How the backdrop is compared: what no eye sees (sRGB-encoded), how far a shadow's light strays, pixels a side.

    The network looks at copies of all `network_sides`, and its log-odds are averaged. `rule_share` is the weight of the
    rule's beside them, `other_share` that of another engine's mask; `weigh_others` lets the network weigh such a mask.
    """

    faint: float
    shadow_chroma: float
    side: int
    network_sides: tuple[int, ...]
    rule_share: float
    other_share: float
    weigh_others: bool
    rule: OutlineRule


@dataclass(frozen=True)
class Matting:
    """How a coarse mask becomes a matte: widths in pixels of the coarse mask, `side` and `tile` in the photo's.

    `smooth` is a variance of linear light 0..1, to which `noise` times the photo's own is added; `least_weight` is
    what the coarse mask counts at least against the photo's colours (1: as much as one window).
    """

    sure_backdrop: float
    sure_product: float
    band: float
    widest_band: float
    steepen: float
    smooth: float
    noise: float
    least_weight: float
    rounds: int
    side: int
    tile: int
    smallest_subject: float
    speck_share: float
    cut_by_frame: float


@dataclass(frozen=True)
class OnnxModel:
    """A local network: its file, input size in pixels, mean and std of the sRGB input 0..1, licence, SHA-256."""

    path: str
    width: int
    height: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    licence: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Tools:
    """Which engine cuts out by default and with which numbers; `threads` 0 means cores divided by workers.

    `providers`: onnxruntime's names of the hardware to compute on, first choice first, where present; else the CPU.

    `by_class`: the engine for an image class ("transparent", "fabric", …) where the category names none.
    `alternatives`: engines tried in this order, where installed, when a result scores so low that it goes back.
    """

    default: str
    alternatives: tuple[str, ...]
    threads: int
    providers: tuple[str, ...]
    finished_tolerance: int
    evidence: Evidence
    matting: Matting
    hair: Hair
    by_class: dict[str, str]
    onnx: dict[str, OnnxModel]
