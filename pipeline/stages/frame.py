"""Stage frame: the product on its canvas, at its own resolution wherever that is enough."""

import time
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.framing import Canvas
from pipeline.framing import fill_of
from pipeline.framing import flags_with
from pipeline.framing import plan_frame
from pipeline.framing import resample
from pipeline.framing import resolution_flags
from pipeline.framing import turn_of
from pipeline.mask import Matte
from pipeline.mask import paint
from pipeline.mask import quantize
from pipeline.mask import subject_box
from pipeline.mask import support_box
from pipeline.measure.tilt import read_tilt
from pipeline.model import Flag
from pipeline.model import Frame
from pipeline.model import Reading
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.tools.toolbox import Toolbox

WHITE: Final = 65535
EVEN_LEVELS: Final = 1.5
EVEN_WIDTH: Final = 9
"""A patch that stays this many 8-bit levels below white over a disc of this many pixels is no noise."""


def frame(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Place the product on its canvas: `frame`, `result` and `result_mask`; white last.

    The longest side of the product's box takes `settings.framing.fill` of the canvas, centred by that box. Pixels are
    moved by whole steps, unless a box or book is to be straightened and its sides surely say how far: that turn is
    part of the one affine, and its reading is "tilt". Only where the canvas would be too small for the platform is
    the product enlarged, within the limit, and the flag "enlarged" says by how much; beyond it the flag
    "low_resolution" says what is missing. A frame the item already carries (stored, or drawn by a person) is used as
    it is; so is a finished photo that already keeps the rules.
    """
    if item.mask is None:
        raise BugError("An image cannot be framed before it is cut out.")
    started = time.perf_counter()
    tilt = None if item.frame else _tilt(item, settings)
    chosen = item.frame or _choose(item, settings, _turn(tilt, settings))
    finished = item.routing is not None and item.routing.finished
    source = item.photo.rgb if finished or item.cutout is None else item.cutout
    result_mask = quantize(resample(item.mask, chosen, outside=0.0))
    result = resample(source, chosen, outside=WHITE)
    paint(result, _erasable(result, result_mask, settings) if finished else result_mask == 0, WHITE)
    flags = _resolution(item.mask, chosen, settings)
    step = Step(
        stage="frame",
        tool="opencv",
        version=cv2.__version__,
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
        detail=_detail(flags, chosen),
    )
    flags = flags_with(item.flags, flags)
    readings = item.readings if tilt is None else (*item.readings, tilt)
    return item.after(step, frame=chosen, result=result, result_mask=result_mask, flags=flags, readings=readings)


def _tilt(item: WorkItem, settings: Settings) -> Reading | None:
    """How far the product leans, where its category or client wants it straight; a finished photo stays as it is."""
    category = settings.categories.get(item.record.category.strip().lower())
    wanted = (category is not None and category.straighten) or settings.client(item.record.client).straighten
    finished = item.routing is not None and item.routing.finished
    if not wanted or finished or item.mask is None:
        return None
    return read_tilt(item.mask, settings.framing)


def _turn(tilt: Reading | None, settings: Settings) -> float:
    """Degrees clockwise by which the product is turned upright; 0 where that is not sure, not visible or too far."""
    rules = settings.framing
    if tilt is None or tilt.value is None or not rules.straight_least <= abs(tilt.value) <= rules.straight_limit:
        return 0.0
    return -tilt.value


def _detail(flags: tuple[Flag, ...], chosen: Frame) -> str:
    said = flags[0].detail if flags else f"scale {chosen.scale:.3f}"
    turn = turn_of(chosen)
    return f"{said}, straightened by {turn:.2f}°" if turn else said


def _choose(item: WorkItem, settings: Settings, turn: float) -> Frame:
    assert item.mask is not None
    rules, platform = settings.framing, settings.platform(settings.scoring.platform)
    identity = Frame((1, 0, 0, 0, 1, 0), item.photo.size)
    if item.routing is not None and item.routing.finished and _keeps_the_rules(item.mask, settings):
        return identity
    canvas = Canvas(rules.fill, rules.aspect, platform.min_longest_side, 0, rules.enlargement_limit)
    return plan_frame(item.mask, canvas, turn=turn)


def _keeps_the_rules(mask: Matte, settings: Settings) -> bool:
    box, support = subject_box(mask), support_box(mask)
    if box is None or support is None:
        return False
    rules, scoring = settings.framing, settings.scoring
    height, width = mask.shape
    off_center = max(abs(box[0] + box[2] - width) / width, abs(box[1] + box[3] - height) / height) / 2
    return (
        abs(width / height / rules.aspect - 1) <= rules.aspect_tolerance
        and scoring.fill_low <= fill_of(box, (width, height)) <= scoring.fill_high
        and off_center <= rules.centring_tolerance
        and max(width, height) >= settings.platform(scoring.platform).min_longest_side
        and support[0] > 0
        and support[1] > 0
        and support[2] < width
        and support[3] < height
    )


def _erasable(result: NDArray[np.uint16], mask: Matte, settings: Settings) -> NDArray[np.bool_]:
    """What may become white in a finished photo: the coding noise of its background, crumbs and ringing.

    Its own shadow is darker and stays; an even patch a little below white may be a white product's shading: it stays
    too, and fails the gate, so that a person looks.
    """
    darkest = float((255 - settings.framing.white_noise) * 257)
    near_white = cv2.inRange(result, (darkest,) * 3, (float(WHITE),) * 3)
    below = (result.min(axis=2) < WHITE - EVEN_LEVELS * 257) & (mask == 0)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (EVEN_WIDTH, EVEN_WIDTH))
    even = cv2.dilate(cv2.morphologyEx(below.astype(np.uint8), cv2.MORPH_OPEN, disc), disc)
    return (mask == 0) & (near_white > 0) & (even == 0)


def _resolution(mask: Matte, chosen: Frame, settings: Settings) -> tuple[Flag, ...]:
    box = subject_box(mask)
    if box is None:
        return ()
    platform = settings.platform(settings.scoring.platform)
    product = max(box[2] - box[0], box[3] - box[1])
    return resolution_flags(product, max(chosen.size), chosen.scale, platform.min_longest_side, platform.title)
