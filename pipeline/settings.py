"""Every opinionated number: `resources/*.toml` read into frozen typed records. An unknown key is an error.

The studio's own `settings.toml`, where it exists, overrides single keys; `Settings.fingerprint` is stored with each
result, so that one can tell which numbers made it.
"""

import dataclasses
import difflib
import hashlib
import json
import tomllib
import types
import typing
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.errors import NotFoundError
from pipeline.errors import SettingsError


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
    """How the line runs. `workers` 0 means one per core; seconds are wall time per image."""

    workers: int
    proxy_side: int
    seconds_per_image: float
    tasks_per_worker: int
    automatic_retries: int
    lease_seconds: int


@dataclass(frozen=True)
class Grouping:
    """When two photos belong to one shoot group: seconds, CIE76 ΔE of the backdrop, ratio of key to fill, chroma."""

    gap_seconds: float
    backdrop_delta_e: float
    key_to_fill_ratio: float
    neutral_chroma: float


@dataclass(frozen=True)
class Classify:
    """When pixels alone say simple or complex (probabilities), and what a finished packshot looks like (shares)."""

    draft_engine: str
    simple_from: float
    complex_from: float
    finished_rim: float
    finished_fill: float


@dataclass(frozen=True)
class Ramp:
    """Points fall from all at `full` to none at `none`, evenly between."""

    full: float
    none: float


@dataclass(frozen=True)
class Scoring:
    """Points and verdicts; each part has 25 points. `platform` is the one whose gates every result must pass.

    Edge width is a ratio to the original's, halo and colour are ΔE00, jaggedness is in pixels. A pixel of the product
    has changed from `changed_delta_e` on above the general shift; pieces below `speck_share` of the largest are specks.
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
    changed_delta_e: float
    speck_share: float
    backdrop_share: float


@dataclass(frozen=True)
class Framing:
    """Subject's longest side over the canvas side, and how far pixels may be enlarged (never silently).

    The tolerances say when a finished photo keeps its own frame: aspect as a ratio, centring as a share of the side.
    `white_noise`: levels (of 255) below white that are a finished photo's coding noise, not its shadow.
    """

    fill: float
    aspect: float
    enlargement_limit: float
    aspect_tolerance: float
    centring_tolerance: float
    white_noise: int


@dataclass(frozen=True)
class Color:
    """Cast removal: which backdrops count as grey, and how far a product may be moved (CIE Lab, ΔE00)."""

    max_backdrop_chroma: float
    min_backdrop_lightness: float
    min_cast_delta_e: float
    max_shift_delta_e: float


@dataclass(frozen=True)
class Routing:
    """Which flags a person need not see before an image may be approved by its score."""

    advisory_flags: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """The review window: how long a decision may still be taken back silently, seconds.

    `settle_milliseconds`: keys that decide are ignored for so long after another image appeared.
    """

    grace_seconds: int
    undo_depth: int
    settle_milliseconds: int


@dataclass(frozen=True)
class Category:
    """What the client's category says about difficulty; it may only raise what the pixels say."""

    complexity: str
    engine: str = ""


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

    `rule_share` is the weight of the rule's log-odds beside the shipped network's.
    """

    faint: float
    shadow_chroma: float
    side: int
    network_side: int
    rule_share: float
    rule: OutlineRule


@dataclass(frozen=True)
class Matting:
    """How a coarse mask becomes a matte: trust, band widths in proxy pixels, tile side in photo pixels, shares 0..1."""

    sure_backdrop: float
    sure_product: float
    band: float
    widest_band: float
    contrast: float
    tile: int
    smallest_subject: float
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
    """Which engine cuts out by default and with which numbers; `threads` 0 means cores divided by workers."""

    default: str
    threads: int
    finished_tolerance: int
    evidence: Evidence
    matting: Matting
    onnx: dict[str, OnnxModel]


@dataclass(frozen=True)
class Settings:
    """All settings of this studio, typed."""

    ingest: Ingest
    line: Line
    grouping: Grouping
    classify: Classify
    framing: Framing
    color: Color
    scoring: Scoring
    routing: Routing
    review: Review
    tools: Tools
    platforms: dict[str, Platform]
    categories: dict[str, Category]
    tags: dict[str, Category]
    reasons: dict[str, Reason]
    sources: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    @cached_property
    def fingerprint(self) -> str:
        """First 16 hex digits of the SHA-256 over all values (not over where they came from)."""
        values = {name: value for name, value in dataclasses.asdict(self).items() if name != "sources"}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]

    def platform(self, name: str) -> Platform:
        """Return the platform profile of that name or raise NotFoundError naming the nearest known one."""
        if name not in self.platforms:
            raise NotFoundError(f"There is no platform “{name}”{nearest(name, self.platforms)}.")
        return self.platforms[name]


def nearest(name: str, known: typing.Iterable[str]) -> str:
    """Return the end of a sentence: the known name nearest to `name`, or all of them when none is near."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"; the nearest known name is “{close[0]}”" if close else f"; known are {', '.join(names)}"


def load_settings(studio: Path | None = None) -> Settings:
    """Read the shipped settings and, where `studio/settings.toml` exists, its overrides.

    Raises SettingsError with the file and the key for anything unknown, missing or of the wrong type.
    """
    shipped = resources.files("resources")
    tables = _parse(shipped.joinpath("settings.toml").read_text("utf-8"), "settings.toml")
    for file in ("platforms", "categories", "reasons", "tools"):
        tables |= _parse(shipped.joinpath(f"{file}.toml").read_text("utf-8"), f"{file}.toml")
    sources = ["shipped"]
    own = studio / "settings.toml" if studio else None
    if own and own.is_file():
        _check_names(Settings, overrides := _parse(own.read_text("utf-8"), str(own)), str(own))
        tables = _merge(tables, overrides)
        sources.append(str(own))
    settings = _build(Settings, tables, sources[-1])
    return dataclasses.replace(settings, sources=tuple(sources))


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}; correct that line or remove the file.") from error


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _merge(base[key], value) if both else value
    return merged


def _check_names(record: type, table: dict[str, Any], where: str) -> None:
    known = {field.name for field in dataclasses.fields(record) if field.name != "sources"}
    for key in table:
        if key not in known:
            raise SettingsError(f"{where}: unknown key “{key}”{nearest(key, known)}.")


def _build(record: type, table: dict[str, Any], where: str) -> Any:
    _check_names(record, table, where)
    hints = typing.get_type_hints(record)
    values = {}
    for field in dataclasses.fields(record):
        if field.name in table:
            values[field.name] = _typed(hints[field.name], table[field.name], f"{where}: {field.name}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise SettingsError(f"{where}: the key “{field.name}” is missing; add it or remove your override.")
    return record(**values)


def _typed(kind: Any, value: Any, where: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _build(typing.cast(type, kind), value, where)
    if origin is dict and isinstance(value, dict):
        return {str(key): _typed(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(arguments[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    if origin is types.UnionType and value is not None:
        return _typed(arguments[0], value, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and origin is None and type(value) is kind:
        return value
    name = getattr(kind, "__name__", str(kind))
    raise SettingsError(f"{where} must be {name}, but is {value!r}; correct the value.")
