"""One finished file judged from its decoded bytes by the rules of one platform: every pixel, no sampling."""

import re
from dataclasses import dataclass
from typing import Any
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.framing import fill_of
from pipeline.mask import Matte
from pipeline.mask import subject_box
from pipeline.mask import zones
from pipeline.measure.placement import read_contact
from pipeline.measure.unmasked import find_background
from pipeline.measure.unmasked import find_leftovers
from pipeline.measure.unmasked import find_pale_ring
from pipeline.measure.unmasked import with_soft_edge
from pipeline.measure.whiteness import Whiteness
from pipeline.measure.whiteness import ZoneCount
from pipeline.measure.whiteness import read_whiteness
from pipeline.photo_io.delivered import Delivered
from pipeline.photo_io.delivered import read_delivered
from pipeline.settings import Platform
from pipeline.settings import Settings

HALO_SHARE: Final = 0.001
"""At most this share of the halo may be below 250."""
ASPECT_SLACK: Final = 0.005
UNMASKED_RADIUS: Final = 10
"""Without a mask a lossless file's soft edge cannot be told from its field, so it gets a halo too."""
EXTENSIONS: Final = {
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "tiff": ("tif", "tiff"),
    "webp": ("webp",),
    "gif": ("gif",),
}


@dataclass(frozen=True)
class Failure:
    """A gate a file did not pass, and why, in words."""

    gate: str
    detail: str


@dataclass(frozen=True)
class DeliveryReport:
    """What one file is and what speaks against delivering it.

    Attributes:
        zones: "field", "halo" and "border".
        fill: longest side of the product's box over the canvas side, None where there is no product.
        failures: rules that are broken; warnings: rules with only a secondary source that are broken.
    """

    file: str
    platform: str
    format: str
    size: tuple[int, int]
    bytes: int
    zones: dict[str, ZoneCount]
    fill: float | None
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...] = ()

    @property
    def passed(self) -> bool:
        """No rule is broken."""
        return not self.failures

    def document(self) -> dict[str, Any]:
        """Return the report as `verify --json` prints it."""
        return {
            "file": self.file,
            "platform": self.platform,
            "passed": self.passed,
            "format": self.format,
            "size": list(self.size),
            "bytes": self.bytes,
            "zones": {name: zone.document for name, zone in self.zones.items()},
            "fill": None if self.fill is None else round(self.fill, 4),
            "failures": [{"gate": failure.gate, "detail": failure.detail} for failure in self.failures],
        }

    def sentence(self) -> str:
        """Return one line for a person."""
        width, height = self.size
        if self.passed:
            warned = "".join(f" (warning: {warning.detail})" for warning in self.warnings)
            return (
                f"{self.file}: passes {self.platform}, {self.format} {width} × {height}, {self.bytes:,} bytes{warned}"
            )
        return f"{self.file}: fails {self.platform}: " + "; ".join(failure.detail for failure in self.failures)


def verify(data: bytes, *, name: str, platform: str, settings: Settings, mask: Matte | None = None) -> DeliveryReport:
    """Judge the bytes of a finished file by the rules of `platform`.

    Exact white is judged by zones around the product (standards of the platforms; Whitepoint's own measurements of
    what codecs do): beyond 10 px of a JPEG 4:4:4, 20 px of other JPEGs, 16 px of a lossy WebP and 0 px of a lossless
    file every pixel is 255, so are the outermost rows and columns, and at most 0.1 % of the halo is below 250.

    `mask` is the product in the file's own geometry (float32 H×W 0..1). Without one the background is what is within
    12 levels of white and connected to the border. Raises KnownError for a mask of another size.
    """
    rules = settings.platform(platform)
    try:
        delivered = read_delivered(data, max_megapixels=settings.ingest.max_megapixels)
    except BadImageError as error:
        return _unreadable(name, platform, len(data), str(error))
    if mask is not None and mask.shape != delivered.rgb.shape[:2]:
        size = f"{mask.shape[1]} × {mask.shape[0]}"
        raise KnownError(
            f"The mask has {size} px, but {name} has {delivered.size[0]} × {delivered.size[1]}; "
            "give the mask in the file's own geometry, or none."
        )
    background, seen = _geometry(delivered, mask)
    zone = zones(_zone_mask(background, mask), halo_radius(delivered, masked=mask is not None))
    whiteness = read_whiteness(delivered.rgb, zone, tolerance=settings.scoring.background_tolerance)
    box = subject_box(seen)
    fill = None if box is None else fill_of(box, delivered.size)
    broken = [*_file_failures(delivered, name, rules), *_placement_failures(seen, fill, rules)]
    if rules.background == "pure_white":
        broken += _white_failures(whiteness)
        if mask is None:
            broken += _unmasked_failures(delivered, background)
    return DeliveryReport(
        file=name,
        platform=platform,
        format=delivered.format,
        size=delivered.size,
        bytes=delivered.bytes,
        zones={"field": whiteness.field, "halo": whiteness.halo, "border": whiteness.border},
        fill=fill,
        failures=tuple(failure for failure in broken if failure.gate not in rules.advisory),
        warnings=tuple(failure for failure in broken if failure.gate in rules.advisory),
    )


def _unreadable(name: str, platform: str, length: int, why: str) -> DeliveryReport:
    nothing = ZoneCount(0, 0, 0, 0)
    zones_ = {"field": nothing, "halo": nothing, "border": nothing}
    return DeliveryReport(name, platform, "", (0, 0), length, zones_, None, (Failure("format", why),))


def _geometry(delivered: Delivered, mask: Matte | None) -> tuple[NDArray[np.bool_], Matte]:
    """Return what is background and the product's mask as it is seen."""
    if mask is not None:
        return mask == 0, mask
    background = find_background(_eight_bits(delivered))
    return background, (~background).astype(np.float32)


def _zone_mask(background: NDArray[np.bool_], mask: Matte | None) -> Matte:
    return mask if mask is not None else with_soft_edge(~background)


def _eight_bits(delivered: Delivered) -> NDArray[np.uint8]:
    return delivered.rgb if delivered.rgb.dtype == np.uint8 else (delivered.rgb // 257).astype(np.uint8)


def halo_radius(delivered: Delivered, *, masked: bool) -> int:
    """Return how many pixels around the product a codec may stray from white; beyond it the field begins."""
    if delivered.lossless or delivered.format == "gif":
        return 0 if masked else UNMASKED_RADIUS
    if delivered.format == "jpeg":
        return 10 if delivered.subsampling == "4:4:4" else 20
    return 16


def _white_failures(whiteness: Whiteness) -> list[Failure]:
    failures = []
    field, halo, border = whiteness.field, whiteness.halo, whiteness.border
    if not field.pixels:
        failures.append(Failure("exact_white", "there is no background beyond the product's edge"))
    if field.off_white:
        detail = f"{field.off_white} of {field.pixels} background pixels are not 255, the darkest is {field.min}"
        failures.append(Failure("exact_white", detail))
    if border.off_white:
        detail = f"{border.off_white} pixels of the outermost rows and columns are not 255, the darkest is {border.min}"
        failures.append(Failure("border", detail))
    if halo.visibly_off > HALO_SHARE * halo.pixels:
        detail = (
            f"{halo.visibly_off} of {halo.pixels} pixels around the product are below 250, the darkest is {halo.min}"
        )
        failures.append(Failure("halo", detail))
    return failures


def _unmasked_failures(delivered: Delivered, background: NDArray[np.bool_]) -> list[Failure]:
    rgb, failures = _eight_bits(delivered), []
    ring = find_pale_ring(rgb, background)
    if ring is not None:
        failures.append(Failure("halo", f"a flat pale ring surrounds the product, box {ring}; a mask would settle it"))
    leftovers = find_leftovers(rgb, background)
    if leftovers:
        detail = (
            f"{len(leftovers)} grey pieces without detail lie apart from the product, the largest in {leftovers[0]}"
        )
        failures.append(Failure("exact_white", detail))
    return failures


def _placement_failures(seen: Matte, fill: float | None, rules: Platform) -> list[Failure]:
    if fill is None:
        return [Failure("subjects", "there is no product in the file")]
    failures = []
    if not rules.fill_low <= fill <= rules.fill_high:
        allowed = f"{rules.fill_low:.2f} to {rules.fill_high:.2f}"
        failures.append(Failure("fill", f"the product fills {fill:.3f} of the frame, allowed is {allowed}"))
    contact = read_contact(seen)
    if contact.value and rules.background == "pure_white":
        failures.append(Failure("touching", f"the product touches the frame: {contact.detail}"))
    return failures


def _file_failures(delivered: Delivered, name: str, rules: Platform) -> list[Failure]:
    checks = (
        _format_failure(delivered, name, rules),
        _size_failure(delivered, rules),
        _pixels_failure(delivered, rules),
        _color_failure(delivered, rules),
        _name_failure(name, rules),
    )
    return [failure for failure in checks if failure is not None]


def _format_failure(delivered: Delivered, name: str, rules: Platform) -> Failure | None:
    if delivered.format not in (rules.accepts or rules.formats):
        return Failure(
            "format", f"it is a {delivered.format}; {rules.title} takes {', '.join(rules.accepts or rules.formats)}"
        )
    extension = name.rpartition(".")[2].lower()
    if extension not in EXTENSIONS[delivered.format]:
        return Failure("format", f"it is a {delivered.format}, but its name ends in “{extension}”")
    if delivered.frames > 1:
        return Failure("format", f"it holds {delivered.frames} pictures; one is allowed")
    if delivered.bytes > rules.max_bytes:
        return Failure("bytes", f"it has {delivered.bytes:,} bytes; at most {rules.max_bytes:,} are allowed")
    return None


def _size_failure(delivered: Delivered, rules: Platform) -> Failure | None:
    width, height = delivered.size
    longest = max(width, height)
    said = f"it is {width} × {height} px"
    if longest < rules.min_longest_side or min(width, height) < rules.min_side:
        shorter = f" and the other {rules.min_side}" if rules.min_side else ""
        return Failure("resolution", f"{said}; the longest side must have {rules.min_longest_side} px{shorter}")
    if rules.max_longest_side and longest > rules.max_longest_side:
        return Failure("resolution", f"{said}; the longest side may have {rules.max_longest_side} px")
    if rules.max_megapixels and width * height > rules.max_megapixels * 1e6:
        return Failure("resolution", f"{said}; at most {rules.max_megapixels:g} megapixels are allowed")
    if rules.required_aspect and abs(width / height / rules.required_aspect - 1) > ASPECT_SLACK:
        return Failure("aspect", f"{said}; width over height must be {rules.required_aspect:.3f}")
    return None


def _pixels_failure(delivered: Delivered, rules: Platform) -> Failure | None:
    if delivered.orientation != 1:
        return Failure("orientation", f"it carries orientation tag {delivered.orientation}; pixels must stand upright")
    if delivered.has_alpha and rules.background != "transparent":
        return Failure("alpha", "parts of it are transparent; the background must be part of the picture")
    if delivered.mode in ("CMYK", "LAB", "YCbCr"):
        return Failure("color", f"its colours are {delivered.mode}, not RGB")
    if rules.bit_depth == 16 and delivered.bits != 16:
        return Failure("bit_depth", f"it has {delivered.bits} bits per channel; 16 are needed")
    if rules.min_dpi and delivered.dpi is not None and delivered.dpi < rules.min_dpi - 0.5:
        return Failure("dpi", f"it declares {delivered.dpi:.0f} dpi; at least {rules.min_dpi} are needed")
    return None


def _color_failure(delivered: Delivered, rules: Platform) -> Failure | None:
    wanted = {"srgb": "srgb", "adobe_rgb": "adobe"}[rules.color_space]
    if wanted in delivered.icc_name.lower().replace(" ", ""):
        return None
    if not delivered.icc and rules.color_space == "srgb":
        return None
    said = f"its profile is “{delivered.icc_name}”" if delivered.icc else "it carries no ICC profile"
    return Failure("icc", f"{said}; {rules.title} needs {rules.color_space}")


def _name_failure(name: str, rules: Platform) -> Failure | None:
    if re.fullmatch(rules.name_regex, name):
        return None
    return Failure("name", f"the name “{name}” does not follow {rules.title}'s rule {rules.name_regex}")
