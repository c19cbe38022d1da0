"""Stage score: all readings of one result, the gates that no sum can average away, flags, four parts and a verdict."""

import hashlib
import time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BugError
from pipeline.mask import Matte
from pipeline.mask import zones
from pipeline.measure.color_shift import read_color_shift
from pipeline.measure.edges import read_edges
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.leftover import read_backdrop_left
from pipeline.measure.parts import add_up
from pipeline.measure.placement import read_centring
from pipeline.measure.placement import read_contact
from pipeline.measure.placement import read_fill
from pipeline.measure.placement import read_pieces
from pipeline.measure.placement import read_resolution
from pipeline.measure.placement import read_small_holes
from pipeline.measure.placement import read_wisps
from pipeline.measure.shadow import read_shadow_left
from pipeline.measure.whiteness import read_whiteness
from pipeline.measure.whiteness import whiteness_readings
from pipeline.model import Flag
from pipeline.model import Gate
from pipeline.model import Reading
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Platform
from pipeline.settings import Settings
from pipeline.tools.toolbox import Toolbox

VERSION: Final = "1"


def score(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Measure the result and judge it: `readings`, `gates`, `flags` and `score`; no pixel changes.

    Gates are those of `settings.scoring.platform`. The step's detail holds the SHA-256 of the judged pixels, so that
    an export can prove that it ships what was judged.
    """
    started = time.perf_counter()
    platform = settings.platform(settings.scoring.platform)
    measured = _measure(item, settings)
    readings = {reading.name: reading for reading in measured}
    gates = _gates(readings, platform)
    verdict = add_up(readings, settings.scoring, gates_pass=all(gate.passed for gate in gates))
    step = Step(
        stage="score",
        tool="readings",
        version=VERSION,
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
        detail=pixels_digest(item),
    )
    kept = tuple(reading for reading in item.readings if reading.name not in readings)
    return item.after(
        step,
        readings=kept + measured,
        gates=gates,
        flags=item.flags + _flags(readings, settings),
        score=verdict,
    )


def pixels_digest(item: WorkItem) -> str:
    """Return "pixels " and the SHA-256 of the result's uint16 pixels, little-endian, row by row."""
    if item.result is None:
        raise BugError("An image cannot be scored before it is framed.")
    pixels: NDArray[np.uint16] = np.ascontiguousarray(item.result, dtype="<u2")
    return f"pixels {hashlib.sha256(pixels.data).hexdigest()}"


def _measure(item: WorkItem, settings: Settings) -> tuple[Reading, ...]:
    if item.mask is None or item.frame is None or item.result is None or item.result_mask is None:
        raise BugError("An image cannot be scored before it is cut out and framed.")
    rules = settings.scoring
    # A raster that was never encoded cannot bleed: everything outside the mask is field.
    whiteness = read_whiteness(item.result, zones(item.result_mask, 0), tolerance=rules.background_tolerance)
    return (
        *whiteness_readings(whiteness),
        *read_edges(item.photo.rgb, item.result, item.result_mask, item.frame),
        *read_color_shift(item.photo.rgb, item.result, item.mask, item.frame, changed_delta_e=rules.changed_delta_e),
        read_fill(item.result_mask),
        read_centring(item.result_mask),
        read_contact(item.result_mask),
        read_contact(item.mask, name="chopped", space="original"),
        *read_pieces(item.result_mask, speck_share=rules.speck_share),
        *_read_cut(item, item.mask, item.result_mask, settings),
        read_resolution(item.frame.size),
    )


def _read_cut(item: WorkItem, mask: Matte, result_mask: Matte, settings: Settings) -> tuple[Reading, ...]:
    """What the cut-out lost and left; a finished photo was not cut here, and its own white is no leftover."""
    if item.routing is not None and item.routing.finished:
        why = "a finished photo was not cut out here"
        return tuple(
            Reading(name, None, "ratio", why) for name in ("small_holes", "wisps", "backdrop_left", "shadow_left")
        )
    backdrop = fit_on_proxy(item.photo.rgb)
    return (
        read_small_holes(result_mask, hole_share=settings.scoring.hole_share),
        read_wisps(result_mask),
        read_backdrop_left(mask, backdrop),
        read_shadow_left(item.photo.rgb, mask, backdrop),
    )


def _gates(readings: dict[str, Reading], platform: Platform) -> tuple[Gate, ...]:
    white = platform.background == "pure_white"
    return (
        *((_white_gate("exact_white", readings["off_white_field"], "background"),) if white else ()),
        *((_white_gate("border", readings["off_white_border"], "border"),) if white else ()),
        _touching_gate(readings["touching"], readings["chopped"]),
        _fill_gate(readings["fill"], platform),
        _resolution_gate(readings["resolution"], platform),
        _subjects_gate(readings["pieces"], platform),
    )


def _white_gate(name: str, reading: Reading, where: str) -> Gate:
    count = int(reading.value or 0)
    detail = f"{count} {where} pixels are not 255; {reading.detail}" if count else f"every {where} pixel is 255"
    return Gate(name, count == 0, detail, reading.evidence)


def _touching_gate(touching: Reading, chopped: Reading) -> Gate:
    if touching.value:
        return Gate("touching", False, f"the product touches the frame: {touching.detail}", touching.evidence)
    if chopped.value:
        detail = f"the product is cut off by the original's frame: {chopped.detail}"
        return Gate("touching", False, detail, chopped.evidence)
    return Gate("touching", True, "the product keeps its distance from the frame")


def _fill_gate(fill: Reading, platform: Platform) -> Gate:
    if fill.value is None:
        return Gate("fill", False, fill.detail)
    allowed = f"{platform.fill_low:.2f} to {platform.fill_high:.2f}"
    passed = platform.fill_low <= fill.value <= platform.fill_high
    return Gate("fill", passed, f"the product fills {fill.value:.3f} of the frame; allowed is {allowed}", fill.evidence)


def _resolution_gate(resolution: Reading, platform: Platform) -> Gate:
    longest = int(resolution.value or 0)
    detail = f"longest side {longest} px; at least {platform.min_longest_side} px are needed"
    return Gate("resolution", longest >= platform.min_longest_side, detail)


def _subjects_gate(found: Reading, platform: Platform) -> Gate:
    count = int(found.value or 0)
    if not count:
        return Gate("subjects", False, "no product was found")
    if platform.subjects and count != platform.subjects:
        return Gate("subjects", False, f"{count} products where {platform.subjects} is expected", found.evidence)
    return Gate("subjects", True, f"{count} separate pieces" if count > 1 else "one product")


def _flags(readings: dict[str, Reading], settings: Settings) -> tuple[Flag, ...]:
    rules = settings.scoring
    specks, changed, left = readings["specks"], readings["product_changed"], readings["backdrop_left"]
    holes, wisps, shadow = readings["small_holes"], readings["wisps"], readings["shadow_left"]
    found = []
    if specks.value:
        detail = f"small pieces apart from the product: {int(specks.value)}, {specks.detail}"
        found.append(Flag("specks", 0.7, detail, specks.evidence))
    if changed.value:
        detail = f"{changed.value:.2%} of the product no longer looks like the original; {changed.detail}"
        found.append(Flag("product_changed", 0.9, detail, changed.evidence))
    if holes.value:
        detail = f"small holes in the product: {int(holes.value)}, {holes.detail}"
        found.append(Flag("small_holes", 0.7, detail, holes.evidence))
    if wisps.value is not None and wisps.value >= rules.wisp_share:
        detail = f"faint remains away from the product: {wisps.value:.2%} of its area, {wisps.detail}"
        found.append(Flag("wisps", 0.7, detail, wisps.evidence))
    if shadow.value is not None and shadow.value >= rules.shadow_share:
        detail = f"{shadow.value:.1%} of the product looks like shadow on the backdrop"
        found.append(Flag("shadow_left", min(1.0, 0.5 + 5 * shadow.value), detail, shadow.evidence))
    if left.value is not None and left.value >= rules.backdrop_share:
        detail = f"{left.value:.0%} of the product cannot be told from the backdrop"
        found.append(Flag("backdrop_left", min(1.0, 0.5 + left.value / 2), detail, left.evidence))
    return tuple(found)
