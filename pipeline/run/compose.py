"""One platform's file from a rendered item: its canvas, its colour space, its metadata, its quality ladder."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
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
from pipeline.measure.delivered import verify
from pipeline.measure.delivery_report import DeliveryReport
from pipeline.model import Frame
from pipeline.model import WorkItem
from pipeline.photo_io.encode import EXTENSIONS
from pipeline.photo_io.encode import encode
from pipeline.run.disclosure import disclosure
from pipeline.run.disclosure import source_type
from pipeline.run.pictures import encode_proof
from pipeline.run.pictures import make_thumbnail
from pipeline.run.pictures import shrink
from pipeline.run.render import reframe
from pipeline.run.shadow import takes_shadow
from pipeline.run.shadow import white_around
from pipeline.run.shadow import with_shadow
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.tools.signing import sign
from pipeline.tools.toolbox import Toolbox

ASPECT_SLACK: Final = 0.005
BEST: Final = 100
LOSSLESS: Final = ("png", "tiff")
_WORDS: Final = {"pure_white": "pure white", "transparent": "transparency"}
SHARPEN_RADIUS: Final = 0.7
"""Standard deviation, in pixels of the file, of what is taken away by the unsharp mask."""


@dataclass(frozen=True)
class Companion:
    """A second file of the same picture in another format, verified like the first."""

    name: str
    data: bytes
    report: DeliveryReport


@dataclass(frozen=True, eq=False)
class Deliverable:
    """The bytes of one file, what verification says about them, and the frame they show.

    Attributes:
        notes: sentences for a person.
        proof: the mask it was verified with, as a small PNG (`pictures.encode_proof`).
        thumbnail: what it shows, as a small sRGB JPEG.
        source_type: IPTC's name for how the picture was made.
    """

    name: str
    data: bytes
    report: DeliveryReport
    frame: Frame
    notes: tuple[str, ...]
    proof: bytes
    thumbnail: bytes
    source_type: str
    companions: tuple[Companion, ...] = ()


class Renditions:
    """One rendered item in the frames that platforms ask for; the last one is kept, since neighbours often share it.

    Attributes:
        item: as it was judged.
        shadow: the version's shadow layer, laid under the product where a platform takes one, or None.
    """

    def __init__(self, item: WorkItem, *, toolbox: Toolbox, settings: Settings, shadow: Matte | None = None) -> None:
        self.item, self.shadow, self.toolbox, self.settings = item, shadow, toolbox, settings
        self._placed = item
        self._srgb: tuple[object, NDArray[np.uint8]] | None = None
        self._proof: tuple[object, bytes] | None = None

    def placed(self, frame: Frame) -> WorkItem:
        """Return the item in that frame."""
        if frame == self.item.frame:
            return self.item
        if frame != self._placed.frame:
            self._placed = reframe(self.item, frame, self.toolbox, self.settings)
        return self._placed

    def srgb(self, result: NDArray[np.uint16]) -> NDArray[np.uint8]:
        """Return a result as 8-bit sRGB."""
        if self._srgb is None or self._srgb[0] is not result:
            self._srgb = (result, adobe16_to_srgb8(result))
        return self._srgb[1]

    def proof(self, mask: Matte) -> bytes:
        """Return the proof of a mask that a file was verified with."""
        if self._proof is None or self._proof[0] is not mask:
            self._proof = (mask, encode_proof(mask))
        return self._proof[1]


def make_deliverable(of: Renditions, *, name: str, platform: str, rules: Platform | None = None) -> Deliverable:
    """Compose, encode, decode and verify an image for `platform`, climbing the quality ladder until it passes.

    `name` has no extension yet; `rules` are those of the platform for this image's client, by default everybody's.
    Where nothing passes, the last attempt is returned with its failures.
    """
    settings = of.settings
    rules = rules or settings.platform(platform)
    placed = of.placed(platform_frame(of.item, rules, settings))
    if placed.result is None or placed.result_mask is None or placed.frame is None:
        raise BugError("Rendering ended without a result.")
    shadowed = of.shadow is not None and takes_shadow(rules)
    result, covered = with_shadow(placed, of.shadow, settings) if shadowed else (placed.result, placed.result_mask)
    pixels, icc = _pixels(of, _sharpened(result, placed, rules), placed.result_mask, rules)
    kept = {"subsampling": rules.subsampling, "icc": icc, "dpi": rules.dpi, "xmp": disclosure(placed, rules)}

    def attempt(format: str, quality: int) -> Companion:
        full = f"{name}.{EXTENSIONS[format]}"
        data = _signed(encode(pixels, format=format, quality=quality, **kept), format, full, placed, settings)
        report = verify(data, name=full, platform=platform, settings=settings, mask=covered, rules=rules)
        return Companion(full, data, white_around(report) if shadowed else report)

    for format, quality in _attempts(rules):
        made = attempt(format, quality)
        if made.report.passed:
            break
    beside = [_first_passing(attempt, format, rules) for format in rules.companions if made.report.passed]
    notes = (*_notes(placed), *_left_out(of, rules), *_not_beside(beside))
    companions = tuple(each for each in beside if each.report.passed)
    thumbnail = make_thumbnail(adobe16_to_srgb8(shrink(result, settings.ingest.thumbnail_side)))
    shown = (placed.frame, notes, of.proof(covered), thumbnail, source_type(placed))
    return Deliverable(made.name, made.data, made.report, *shown, companions)


def _signed(data: bytes, format: str, name: str, placed: WorkItem, settings: Settings) -> bytes:
    """The file with its client's Content Credentials, where the client has a certificate; nothing changes it after."""
    client = settings.client(placed.record.client)
    if not client.c2pa_certificate:
        return data
    credentials = {"certificate": Path(client.c2pa_certificate), "key": Path(client.c2pa_key)}
    return sign(data, format=format, name=name, source_type=source_type(placed), **credentials)


def platform_frame(item: WorkItem, rules: Platform, settings: Settings) -> Frame:
    """Return the judged frame where the platform takes it, else one planned anew from the original."""
    if item.mask is None or item.frame is None:
        raise BugError("There is no frame to deliver.")
    if _suits(item, item.frame, rules):
        return item.frame
    fill = min(max(settings.framing.fill, rules.fill_low), rules.fill_high)
    limit = settings.framing.enlargement_limit
    canvas = Canvas(fill, rules.aspect, rules.min_longest_side, _longest(rules), limit, rules.side)
    return plan_frame(item.mask, canvas, turn=turn_of(item.frame))


def _longest(rules: Platform) -> int:
    """The longest side that a place of sale takes and shows, 0 where nothing limits it."""
    squarest = int((rules.max_megapixels * 1e6 * max(rules.aspect, 1 / rules.aspect)) ** 0.5)
    return min((side for side in (rules.max_longest_side, rules.best_side, squarest) if side), default=0)


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
        and longest <= (rules.best_side or longest)
        and min(width, height) >= rules.min_side
        and width * height <= (rules.max_megapixels or np.inf) * 1e6
        and rules.side in (0, longest)
    )


def _sharpened(result: NDArray[np.uint16], placed: WorkItem, rules: Platform) -> NDArray[np.uint16]:
    """The result with the detail back that making it smaller took, inside the product only; white stays white."""
    if not rules.sharpen or placed.frame is None or placed.result_mask is None or placed.frame.scale >= 1:
        return result
    whole = cv2.erode((placed.result_mask == 1).astype(np.uint8), np.ones((3, 3), np.uint8))
    soft = cv2.GaussianBlur(result, (0, 0), SHARPEN_RADIUS)
    sharp = result.copy()
    cv2.copyTo(cv2.addWeighted(result, 1 + rules.sharpen, soft, -rules.sharpen, 0), whole, sharp)
    return sharp


def _pixels(of: Renditions, result: NDArray[np.uint16], mask: Matte, rules: Platform) -> tuple[NDArray, bytes]:
    if rules.color_space == "adobe_rgb":
        return result, adobe_profile()
    on_white = of.srgb(result)
    return (_on_nothing(on_white, mask) if rules.background == "transparent" else on_white), srgb_profile()


def _on_nothing(on_white: NDArray[np.uint8], mask: Matte) -> NDArray[np.uint8]:
    """Straight alpha, with the colours that give `on_white` again on white; black where nothing is seen."""
    alpha = mask[..., None]
    colors = (on_white - 255 * (1 - alpha)) / np.maximum(alpha, 1 / 255)
    colors = np.where(alpha > 0, np.clip(np.rint(colors), 0, 255), 0)
    return np.dstack([colors, np.rint(mask * 255)]).astype(np.uint8)


def _attempts(rules: Platform) -> Iterator[tuple[str, int]]:
    for format in rules.formats:
        if format in LOSSLESS:
            yield format, BEST
        else:
            yield from ((format, quality) for quality in rules.quality_ladder)


def _first_passing(attempt: Callable[[str, int], Companion], format: str, rules: Platform) -> Companion:
    """A companion that its ladder's first rung leaves off white is tried once more without any loss."""
    made = attempt(format, rules.quality_ladder[0] if rules.quality_ladder else BEST)
    return made if made.report.passed else attempt(format, BEST)


def _left_out(of: Renditions, rules: Platform) -> tuple[str, ...]:
    if of.shadow is None or takes_shadow(rules):
        return ()
    return (f"the client's shadow is left out, since {rules.title} demands {_WORDS[rules.background]}",)


def _not_beside(beside: list[Companion]) -> tuple[str, ...]:
    return tuple(f"left out beside it: {each.report.sentence()}" for each in beside if not each.report.passed)


def _notes(item: WorkItem) -> tuple[str, ...]:
    return tuple(flag.detail for flag in item.flags if flag.name == "enlarged")
