"""What a place of sale asks of a file as such: format, bytes, sides, channels, colours, name."""

from typing import Final

from pipeline.measure.delivery_report import Failure
from pipeline.photo_io.delivered import Delivered
from pipeline.settings import Platform
from pipeline.settings.platforms import fits_name

ASPECT_SLACK: Final = 0.005
EXTENSIONS: Final = {
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "tiff": ("tif", "tiff"),
    "webp": ("webp",),
    "gif": ("gif",),
}


def file_failures(delivered: Delivered, name: str, rules: Platform) -> list[Failure]:
    """Return the rules about format, bytes, sides, channels, colours and name that `delivered` breaks."""
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
    if rules.plain_tiff and delivered.compression not in ("", "raw"):
        return Failure("format", f"its TIFF is compressed ({delivered.compression}); {rules.title} takes plain ones")
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
    if (delivered.alpha is not None) != (rules.background == "transparent"):
        said = "parts of it are transparent; the background must be part of the picture"
        return Failure("alpha", said if delivered.alpha is not None else "nothing of it is transparent")
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
    if fits_name(name, rules):
        return None
    return Failure("name", f"the name “{name}” does not follow {rules.title}'s rule {rules.name_regex}")
