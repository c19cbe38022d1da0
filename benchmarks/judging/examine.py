"""One case examined: is the fault visible, was it caught, by what, and does the evidence lie on it."""

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.judging.cases import CLEAN
from benchmarks.judging.cases import Case
from benchmarks.judging.cases import base
from benchmarks.judging.cases import studio
from benchmarks.judging.cases import variant
from pipeline.batch.routing import destination
from pipeline.framing import to_result
from pipeline.mask import covered_box
from pipeline.mask import pieces
from pipeline.model import Evidence
from pipeline.model import State
from pipeline.model import WorkItem
from training.defects.base import judged
from training.defects.base import moved
from training.defects.catalog import CONTROLS
from training.defects.catalog import KINDS
from training.defects.catalog import is_visible
from training.defects.places import NoPlaceError
from training.defects.places import Region
from training.defects.seeds import bench_seed

TOLERANCE: Final = 6
"""Pixels by which truth and evidence are grown before they are compared: what one sees when the window steps there."""
BAND: Final = 12
"""The same along an outline, where evidence is a row of points."""
ENOUGH: Final = 0.3
WEAK_PART: Final = 22.5
PARTS: Final = {
    "background": ("near_white_share", "backdrop_left", "shadow_left"),
    "edge_quality": ("edge_width", "halo", "jaggedness"),
    "product_fill": ("fill",),
    "color_accuracy": ("color_shift",),
}


@dataclass(frozen=True)
class Row:
    """What became of one case; `caught_by` names gates, flags and weak parts; `readings` are its numbers."""

    case: Case
    visible: bool
    caught: bool
    caught_by: tuple[str, ...]
    in_place: bool
    overlap: float
    seconds: float
    total: float
    readings: dict[str, float] = field(default_factory=dict)


def examine(case: Case) -> Row | None:
    """Seed the fault, judge the result; None where this base has no place for this fault."""
    cv2.setNumThreads(1)
    shop = studio()
    start = base(case.base)
    if case.kind == CLEAN:
        item, place, visible = variant(case.base, case.seed), None, False
    else:
        kind = (KINDS | CONTROLS)[case.kind]
        rng = bench_seed(zlib.crc32(f"{case.base} {case.kind}".encode()), round(case.strength * 1000), case.seed)
        try:
            item, place = kind.make(start, case.strength, rng, shop)
        except NoPlaceError:
            return None
        correct = start if item.frame == start.frame else moved(start, item.frame, shop)
        visible = case.kind in KINDS and is_visible(kind, case.strength, correct.result, item.result, place)
    started = time.perf_counter()
    item = judged(item, shop)
    seconds = time.perf_counter() - started
    return _row(case, item, place, visible, seconds)


def _row(case: Case, item: WorkItem, place: Region | None, visible: bool, seconds: float) -> Row:
    found = findings(item)
    overlap = 0.0
    if place is not None and found:
        wide = case.kind in KINDS and KINDS[case.kind].wide
        overlap = max(best_overlap(evidence, item, place, wide=wide) for _, evidence in found)
    assert item.score is not None
    assert item.routing is not None
    settings = studio().settings
    state = destination(routing=item.routing, score=item.score, gates=item.gates, flags=item.flags, settings=settings)
    return Row(
        case=case,
        visible=visible,
        caught=state is not State.APPROVED,
        caught_by=tuple(name for name, _ in found),
        in_place=overlap > ENOUGH,
        overlap=overlap,
        seconds=seconds,
        total=item.score.total,
        readings={each.name: each.value for each in item.readings if each.value is not None},
    )


def findings(item: WorkItem) -> list[tuple[str, Evidence]]:
    """Everything that keeps the item from being approved by the machine, with its evidence."""
    assert item.score is not None
    advisory = studio().settings.routing.advisory_flags
    found = [(f"gate {gate.name}", gate.evidence) for gate in item.gates if not gate.passed]
    found += [(f"flag {flag.name}", flag.evidence) for flag in item.flags if flag.name not in advisory]
    readings = {reading.name: reading for reading in item.readings}
    for part, names in PARTS.items():
        points = getattr(item.score, part)
        if points is None or (item.score.total < 90 and points < WEAK_PART):
            word = f"part {part}" if points is not None else f"part {part} not measured"
            found += [(word, readings[name].evidence) for name in names if name in readings]
    return found


def best_overlap(evidence: Evidence, item: WorkItem, place: Region, *, wide: bool) -> float:
    """Intersection over union of evidence and true place, both grown alike; the place as it is, or as its boxes."""
    assert item.frame is not None
    shape = place.shape
    if wide:
        truth = [_grown(_band(place), BAND)]
    else:
        truth = [_grown(place, TOLERANCE), _grown(_boxes(shape, [covered_box(place)]), TOLERANCE)]
        truth.append(_grown(_boxes(shape, [box for _, box in pieces(place)]), TOLERANCE))
    points = np.array(evidence.outline, np.float64).reshape(-1, 2)
    corners = np.array(evidence.boxes, np.float64).reshape(-1, 2)
    if evidence.space == "original":
        points, corners = (to_result(item.frame, each) if len(each) else each for each in (points, corners))
    shown = [_grown(_boxes(shape, corners.reshape(-1, 4)), TOLERANCE), _dots(shape, points)]
    return max((_iou(one, other) for one in shown for other in truth), default=0.0)


def _band(place: Region) -> Region:
    return cv2.morphologyEx(place.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0


def _grown(region: Region, by: int) -> Region:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    return cv2.dilate(region.astype(np.uint8), kernel) > 0


def _boxes(shape: tuple[int, ...], boxes: Iterable[NDArray | tuple | None]) -> Region:
    canvas = np.zeros(shape, bool)
    for box in boxes:
        if box is not None:
            left, top, right, bottom = (max(0, round(value)) for value in box)
            canvas[top:bottom, left:right] = True
    return canvas


def _dots(shape: tuple[int, ...], points: NDArray[np.float64]) -> Region:
    canvas = np.zeros(shape, np.uint8)
    for x, y in points:
        cv2.circle(canvas, (round(x), round(y)), BAND, 1, -1)
    return canvas > 0


def _iou(one: Region, other: Region) -> float:
    return float(np.count_nonzero(one & other)) / max(1, int(np.count_nonzero(one | other)))
