"""One finished file judged from its decoded bytes by the rules of one platform: every pixel, no sampling."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BadImageError
from pipeline.errors import KnownError
from pipeline.framing import fill_of
from pipeline.mask import Matte
from pipeline.mask import Zone
from pipeline.mask import subject_box
from pipeline.mask import zones
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.measure.delivery_report import Failure
from pipeline.measure.file_rules import file_failures
from pipeline.measure.placement import read_contact
from pipeline.measure.unmasked import NearWhite
from pipeline.measure.unmasked import find_background
from pipeline.measure.unmasked import find_leftovers
from pipeline.measure.unmasked import find_pale_ring
from pipeline.measure.unmasked import settle_near_white
from pipeline.measure.unmasked import with_soft_edge
from pipeline.measure.whiteness import VISIBLY_OFF
from pipeline.measure.whiteness import Whiteness
from pipeline.measure.whiteness import ZoneCount
from pipeline.measure.whiteness import read_whiteness
from pipeline.photo_io.delivered import Delivered
from pipeline.photo_io.delivered import read_delivered
from pipeline.settings import Platform
from pipeline.settings import Settings

HALO_SHARE: Final = 0.001
"""At most this share of the halo may be below 250."""
UNMASKED_RADIUS: Final = 10
"""Without a mask a lossless file's soft edge cannot be told from its field, so it gets a halo too."""


@dataclass(frozen=True, eq=False)
class _Scene:
    """One file as it is judged: its pixels (8 bits; of a transparent one its transparency), product and background.

    `near_white` is None where a mask settles everything, or where the flooded background is exactly white.
    """

    rgb: NDArray[np.uint8]
    product: Matte
    background: NDArray[np.bool_]
    zone: NDArray[np.uint8]
    masked: bool
    near_white: NearWhite | None = None


def verify(
    data: bytes,
    *,
    name: str,
    platform: str,
    settings: Settings,
    mask: Matte | None = None,
    rules: Platform | None = None,
) -> DeliveryReport:
    """Judge the bytes of a finished file by the rules of `platform`, or by `rules` in their place.

    Exact white is judged by zones around the product (standards of the platforms; Whitepoint's own measurements of
    what codecs do): beyond 10 px of a JPEG 4:4:4, 20 px of other JPEGs, 16 px of a lossy WebP and 0 px of a lossless
    file every pixel is 255, so are the outermost rows and columns, and at most 0.1 % of the halo is below 250.

    `mask` is the product in the file's own geometry (float32 H×W 0..1). Without one the background is what is within
    12 levels of white and connected to the border, and what may as well be pale product is said, not failed. Raises
    KnownError for a mask of another size.
    """
    rules = rules or settings.platform(platform)
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
    scene = _scene(delivered, mask)
    rgb = scene.rgb if delivered.alpha is not None else delivered.rgb
    whiteness = read_whiteness(rgb, scene.zone, tolerance=settings.scoring.background_tolerance)
    box = subject_box(scene.product)
    fill = None if box is None else fill_of(box, delivered.size)
    white, doubts = _background_failures(whiteness, scene, rules)
    placed, more = _placement_failures(scene, fill, rules)
    broken = [*file_failures(delivered, name, rules), *placed, *white]
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
        cannot_tell=(*doubts, *more),
    )


def _unreadable(name: str, platform: str, length: int, why: str) -> DeliveryReport:
    nothing = ZoneCount(0, 0, 0, 0)
    zones_ = {"field": nothing, "halo": nothing, "border": nothing}
    return DeliveryReport(name, platform, "", (0, 0), length, zones_, None, (Failure("format", why),))


def _scene(delivered: Delivered, mask: Matte | None) -> _Scene:
    rgb, reach = _eight_bits(delivered), halo_radius(delivered, masked=mask is not None)
    known = mask
    if known is None and delivered.alpha is not None:
        known = delivered.alpha / np.float32(255)
    if known is not None:
        return _Scene(rgb, known, known == 0, zones(known, reach), masked=True)
    background = find_background(rgb)
    product = (~background).astype(np.float32)
    near_white = settle_near_white(rgb, background, reach)
    return _Scene(rgb, product, background, zones(with_soft_edge(~background), reach), False, near_white)


def _eight_bits(delivered: Delivered) -> NDArray[np.uint8]:
    if delivered.alpha is not None:
        # Where nothing may be seen, whatever is not wholly transparent counts, also in white.
        return np.repeat(255 - delivered.alpha[..., None], 3, axis=2)
    return delivered.rgb if delivered.rgb.dtype == np.uint8 else (delivered.rgb // 257).astype(np.uint8)


def halo_radius(delivered: Delivered, *, masked: bool) -> int:
    """Return how many pixels around the product a codec may stray from white; beyond it the field begins."""
    if delivered.lossless or delivered.format == "gif":
        return 0 if masked else UNMASKED_RADIUS
    if delivered.format == "jpeg":
        return 10 if delivered.subsampling == "4:4:4" else 20
    return 16


def _background_failures(whiteness: Whiteness, scene: _Scene, rules: Platform) -> tuple[list[Failure], list[Failure]]:
    """What is wrong with the background, and what may be."""
    if rules.background == "white":
        return _framed_white(scene), []
    if rules.background == "any":
        return [], []
    failures = _border_failure(whiteness)
    if scene.masked:
        return [*failures, *_field_failures(whiteness), *_halo_failures(whiteness)], []
    wrong, doubts = _unmasked_failures(whiteness, scene)
    return [*failures, *wrong], doubts


def _framed_white(scene: _Scene) -> list[Failure]:
    """A white place of sale takes shadows, but at the frame its page begins."""
    rgb = scene.rgb
    darkest = min(int(line.min()) for line in (rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]))
    if darkest >= VISIBLY_OFF:
        return []
    return [Failure("border", f"the frame is not white: its darkest level is {darkest}, allowed is {VISIBLY_OFF}")]


def _border_failure(whiteness: Whiteness) -> list[Failure]:
    border = whiteness.border
    if not border.off_white:
        return []
    said = f"{border.off_white} pixels of the outermost rows and columns are not 255, the darkest is {border.min}"
    return [Failure("border", said)]


def _field_failures(whiteness: Whiteness) -> list[Failure]:
    field = whiteness.field
    if not field.pixels:
        return [Failure("exact_white", "there is no background beyond the product's edge")]
    if not field.off_white:
        return []
    said = f"{field.off_white} of {field.pixels} background pixels are not 255, the darkest is {field.min}"
    return [Failure("exact_white", said)]


def _halo_failures(whiteness: Whiteness) -> list[Failure]:
    halo = whiteness.halo
    if halo.visibly_off <= HALO_SHARE * halo.pixels:
        return []
    said = f"{halo.visibly_off} of {halo.pixels} pixels around the product are below 250, the darkest is {halo.min}"
    return [Failure("halo", said)]


def _unmasked_failures(whiteness: Whiteness, scene: _Scene) -> tuple[list[Failure], list[Failure]]:
    rgb, failures, doubts = scene.rgb, [], _halo_failures(whiteness)
    near = scene.near_white
    if not whiteness.field.pixels:
        failures += _field_failures(whiteness)
    elif near is not None and whiteness.field.off_white:
        wrong, unsure = (int(np.count_nonzero(part[scene.zone == Zone.FIELD])) for part in (near.wrong, near.unsure))
        if wrong:
            failures.append(Failure("exact_white", f"{wrong} background pixels are not 255"))
        if unsure:
            said = f"{unsure} nearly white pixels may be product or background that is not 255"
            doubts.append(Failure("exact_white", said))
    ring = find_pale_ring(rgb, scene.background)
    if ring is not None:
        failures.append(Failure("halo", f"a flat pale ring surrounds the product, box {ring}; a mask would settle it"))
    for found, boxes in zip((failures, doubts), find_leftovers(rgb, scene.background), strict=True):
        if boxes:
            said = f"{len(boxes)} grey pieces without detail lie apart from the product, the largest in {boxes[0]}"
            found.append(Failure("exact_white", said))
    return failures, doubts


def _placement_failures(scene: _Scene, fill: float | None, rules: Platform) -> tuple[list[Failure], list[Failure]]:
    if fill is None:
        return [Failure("subjects", "there is no product in the file")], []
    failures, doubts = [], []
    if not rules.fill_low <= fill <= rules.fill_high:
        allowed = f"{rules.fill_low:.2f} to {rules.fill_high:.2f}"
        said = Failure("fill", f"the product fills {fill:.3f} of the frame, allowed is {allowed}")
        (doubts if _may_be_larger(scene, fill, rules) else failures).append(said)
    contact = read_contact(scene.product)
    if contact.value and rules.background in ("pure_white", "transparent"):
        failures.append(Failure("touching", f"the product touches the frame: {contact.detail}"))
    return failures, doubts


def _may_be_larger(scene: _Scene, fill: float, rules: Platform) -> bool:
    """Whether pale product that the flood took for background may make up what is missing."""
    if scene.near_white is None or fill >= rules.fill_low:
        return False
    whole = ~scene.background | scene.near_white.unsure
    box = subject_box(whole.astype(np.float32))
    height, width = whole.shape
    reach = 2 * UNMASKED_RADIUS / max(height, width)
    return (
        box is not None
        and fill_of(box, (width, height)) > fill
        and fill_of(box, (width, height)) + reach >= rules.fill_low
    )
