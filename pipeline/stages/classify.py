"""Classify: how hard the cut-out is and whose job it becomes, before any work is spent on it."""

import time

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe16_to_srgb_float
from pipeline.framing import Canvas
from pipeline.framing import flags_with
from pipeline.framing import framed
from pipeline.framing import resolution_flags
from pipeline.mask import subject_box
from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity
from pipeline.measure.difficulty import difficulty_chances
from pipeline.measure.difficulty import load_difficulty
from pipeline.measure.finished import read_white_frame
from pipeline.measure.image_class import origin_class
from pipeline.measure.image_class import read_origin
from pipeline.measure.image_class import surface_class
from pipeline.measure.surface import read_surface
from pipeline.model import Complexity
from pipeline.model import Flag
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.tools.toolbox import Toolbox

ORDER = (Complexity.SIMPLE, Complexity.MEDIUM, Complexity.COMPLEX)


def classify(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Return the item with its routing and a draft mask; finished packshots are recognised and left whole."""
    started = time.perf_counter()
    proxy = small_copy(item.photo, settings.line.proxy_side)
    white = read_white_frame(np.rint(proxy * 255).astype(np.uint8))
    classing, origin = settings.classify, read_origin(middle(item.photo))
    if white.is_finished(min_rim=classing.finished_rim, min_fill=classing.finished_fill):
        reason = f"already on white: the rim is {white.rim:.0%} white and {white.fill:.0%} of the frame is filled"
        kinds = origin_classes(origin, settings)
        routing = Routing(Complexity.SIMPLE, Route.AUTOMATIC, (reason,), origin, finished=True, classes=kinds)
        return item.after(_step(started, "finished", settings), routing=routing)
    engine = toolbox.segmenter(classing.draft_engine)
    draft = engine.segment(proxy)
    look = look_at(proxy, draft, enlarge=item.photo.size[0] / proxy.shape[1])
    readings = (*read_complexity(look), *read_surface(look))
    surface, chance = surface_class(readings)
    surfaces = (surface,) if chance >= classing.surface_from else ()
    model = load_difficulty(toolbox.own_models)
    chances = difficulty_chances(model, readings)
    seen = judge(chances, settings)
    complexity, reasons = raise_by_metadata(item.record, seen, settings)
    routing = Routing(
        complexity=complexity,
        route=Route.AUTOMATIC if complexity is Complexity.SIMPLE else Route.HUMAN,
        reasons=(f"the pixels say {seen.value} ({chances[seen]:.0%})", *reasons),
        readings=(*readings, *origin),
        classes=(*origin_classes(origin, settings), *surfaces),
    )
    flags = flags_with(item.flags, foreseen_resolution(draft, item.photo, settings))
    return item.after(_step(started, model.name, settings), routing=routing, draft=draft, flags=flags)


def foreseen_resolution(draft: NDArray[np.float32], photo: Photo, settings: Settings) -> tuple[Flag, ...]:
    """Return what the product's size in the draft mask (float32 h×w) already says of the result's resolution.

    The stage frame says it again from the exact mask, in place of this.
    """
    box = subject_box(draft)
    if box is None:
        return ()
    enlarge = photo.size[0] / draft.shape[1]
    width, height = round((box[2] - box[0]) * enlarge), round((box[3] - box[1]) * enlarge)
    rules, platform = settings.framing, settings.platform(settings.scoring.platform)
    canvas = Canvas(rules.fill, rules.aspect, platform.min_longest_side, 0, rules.enlargement_limit)
    side, scale = framed(width, height, canvas)
    return resolution_flags(max(width, height), side, scale, platform.min_longest_side, platform.title)


def origin_classes(readings: tuple[Reading, ...], settings: Settings) -> tuple[str, ...]:
    """Return "screenshot" or "scan" where the readings of `read_origin` say that this is no photo of a product."""
    classing = settings.classify
    name = origin_class(
        readings,
        still=classing.screenshot_still,
        straight=classing.screenshot_straight,
        paper=classing.scan_paper,
        ink=classing.scan_ink_rows,
    )
    return (name,) if name else ()


def middle(photo: Photo, side: int = 1024) -> NDArray[np.uint8]:
    """Return the middle of the photo as uint8 h×w×3 sRGB, at most `side` pixels a side and never resampled."""
    width, height = photo.size
    left, top = max(0, (width - side) // 2), max(0, (height - side) // 2)
    return adobe16_to_srgb8(photo.rgb[top : top + side, left : left + side])


def small_copy(photo: Photo, side: int) -> NDArray[np.float32]:
    """Return the photo as float32 h×w×3, sRGB-encoded 0..1, longest side at most `side` pixels."""
    width, height = photo.size
    scale = min(1.0, side / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return adobe16_to_srgb_float(cv2.resize(photo.rgb, size, interpolation=cv2.INTER_AREA))


def judge(chances: dict[Complexity, float], settings: Settings) -> Complexity:
    """Return the likeliest class, but the harder one where that is in doubt, since a miss costs more than a look."""
    likeliest = max(ORDER, key=lambda complexity: (chances[complexity], ORDER.index(complexity)))
    if chances[Complexity.COMPLEX] >= settings.classify.complex_from:
        return Complexity.COMPLEX
    if likeliest is Complexity.SIMPLE and chances[Complexity.SIMPLE] < settings.classify.simple_from:
        return Complexity.MEDIUM
    return likeliest


def raise_by_metadata(record: ImageRecord, seen: Complexity, settings: Settings) -> tuple[Complexity, tuple[str, ...]]:
    """Return the hardest of what the pixels, the category and the tags say, with the words for each that raised it."""
    hardest, reasons = seen, []
    named = [("category", record.category, settings.categories), *(("tag", tag, settings.tags) for tag in record.tags)]
    for kind, name, rules in named:
        rule = rules.get(name.lower().strip())
        if rule and ORDER.index(Complexity(rule.complexity)) > ORDER.index(hardest):
            hardest = Complexity(rule.complexity)
            reasons.append(f"{kind} “{name}” is {rule.complexity}")
    return hardest, tuple(reasons)


def _step(started: float, tool: str, settings: Settings) -> Step:
    seconds = time.perf_counter() - started
    return Step("classify", tool, "1", settings=settings.fingerprint, seconds=seconds)
