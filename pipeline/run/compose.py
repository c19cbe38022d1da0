"""One platform's file from a rendered item: its canvas, its colour space, its metadata, its quality ladder."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from pipeline.errors import BugError
from pipeline.framing import Canvas
from pipeline.framing import fill_of
from pipeline.framing import plan_frame
from pipeline.framing import turn_of
from pipeline.mask import Matte
from pipeline.mask import subject_box
from pipeline.measure.delivered import DeliveryReport
from pipeline.measure.delivered import verify
from pipeline.model import Frame
from pipeline.model import WorkItem
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.photo_io.encode import encode
from pipeline.photo_io.xmp import build_xmp
from pipeline.photo_io.xmp import strongest
from pipeline.run.render import reframe
from pipeline.run.shadow import takes_shadow
from pipeline.run.shadow import white_around
from pipeline.run.shadow import with_shadow
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.tools.toolbox import Toolbox

ASPECT_SLACK: Final = 0.005
FILL_SOURCE: Final = "algorithmicallyEnhanced"
"""What IPTC calls a fill by any engine that was not trained."""
LOSSLESS: Final = ("png", "tiff")


@dataclass(frozen=True)
class Deliverable:
    """The bytes of one file, what verification says about them, and the frame they show; `notes` are for a person."""

    name: str
    data: bytes
    report: DeliveryReport
    frame: Frame
    notes: tuple[str, ...]


def make_deliverable(
    item: WorkItem, *, name: str, platform: str, toolbox: Toolbox, settings: Settings, shadow: Matte | None = None
) -> Deliverable:
    """Compose, encode, decode and verify a rendered item for `platform`, climbing the quality ladder until it passes.

    `name` has no extension yet; `shadow` is the version's layer, laid under the product where the platform takes one.
    Where nothing passes, the last attempt is returned with its failures.
    """
    rules = settings.platform(platform)
    placed = reframe(item, platform_frame(item, rules, settings), toolbox, settings)
    if placed.result is None or placed.result_mask is None or placed.frame is None:
        raise BugError("Rendering ended without a result.")
    result, covered = placed.result, placed.result_mask
    if shadow is not None and takes_shadow(rules):
        result, covered = with_shadow(placed, shadow, settings)
    pixels, icc = _in_color_space(result, rules)
    xmp = _metadata(placed)
    for format, quality in _attempts(rules):
        data = encode(
            pixels, format=format, quality=quality, subsampling=rules.subsampling, icc=icc, dpi=rules.dpi, xmp=xmp
        )
        full = f"{name}.{EXTENSIONS[format]}"
        report = verify(data, name=full, platform=platform, settings=settings, mask=covered)
        if covered is not placed.result_mask:
            report = white_around(report)
        if report.passed:
            break
    left_out = shadow is not None and not takes_shadow(rules)
    return Deliverable(full, data, report, placed.frame, (*_notes(placed), *((_left_out(rules),) if left_out else ())))


def platform_frame(item: WorkItem, rules: Platform, settings: Settings) -> Frame:
    """Return the judged frame where the platform takes it, else one planned anew from the original."""
    if item.mask is None or item.frame is None:
        raise BugError("There is no frame to deliver.")
    if _suits(item, item.frame, rules):
        return item.frame
    fill = min(max(settings.framing.fill, rules.fill_low), rules.fill_high)
    limit = settings.framing.enlargement_limit
    longest = rules.max_longest_side
    if rules.max_megapixels:
        squarest = (rules.max_megapixels * 1e6 * max(rules.aspect, 1 / rules.aspect)) ** 0.5
        longest = min(longest or int(squarest), int(squarest))
    canvas = Canvas(fill, rules.aspect, rules.min_longest_side, longest, limit, rules.side)
    return plan_frame(item.mask, canvas, turn=turn_of(item.frame))


def _suits(item: WorkItem, frame: Frame, rules: Platform) -> bool:
    box = None if item.result_mask is None else subject_box(item.result_mask)
    if box is None:
        return True
    width, height = frame.size
    longest = max(width, height)
    return (
        abs(width / height / rules.aspect - 1) <= ASPECT_SLACK
        and rules.fill_low <= fill_of(box, frame.size) <= rules.fill_high
        and rules.min_longest_side <= longest <= (rules.max_longest_side or longest)
        and min(width, height) >= rules.min_side
        and width * height <= (rules.max_megapixels or np.inf) * 1e6
        and rules.side in (0, longest)
    )


def _in_color_space(result: NDArray[np.uint16], rules: Platform) -> tuple[NDArray, bytes]:
    if rules.color_space == "adobe_rgb" and rules.bit_depth == 16:
        return result, adobe_profile()
    if rules.color_space == "srgb" and rules.bit_depth == 8:
        return adobe16_to_srgb8(result), srgb_profile()
    raise BugError(f"There is no way to deliver {rules.bit_depth}-bit {rules.color_space}.")


def _attempts(rules: Platform) -> Iterator[tuple[str, int]]:
    for format in rules.formats:
        if format in LOSSLESS:
            yield format, 100
        else:
            yield from ((format, quality) for quality in rules.quality_ladder)


def _metadata(item: WorkItem) -> bytes:
    untouched = item.routing is not None and item.routing.finished
    fills = [FILL_SOURCE for step in item.steps if step.stage == "fill"]
    said = item.photo.exif.get("DigitalSourceType", "")
    return build_xmp(
        source_type=strongest("humanEdits" if untouched else "algorithmicallyEnhanced", *fills, said),
        creator=item.photo.exif.get("Artist", ""),
        copyright=item.photo.exif.get("Copyright", ""),
    )


def _left_out(rules: Platform) -> str:
    return f"the client's shadow is left out, since {rules.title} demands pure white"


def _notes(item: WorkItem) -> tuple[str, ...]:
    return tuple(flag.detail for flag in item.flags if flag.name == "enlarged")
