"""Stage score: all readings of one result, the gates that no sum can average away, flags, four parts and a verdict."""

import hashlib
import time
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.color import ADOBE_GAMMA
from pipeline.errors import BugError
from pipeline.mask import Matte
from pipeline.mask import zones
from pipeline.measure.artifact import load_artifact
from pipeline.measure.artifact import read_artifact
from pipeline.measure.changed import compare
from pipeline.measure.changed import read_burnt
from pipeline.measure.changed import read_changed
from pipeline.measure.changed import read_coding
from pipeline.measure.changed import read_similarity
from pipeline.measure.changed import read_unasked
from pipeline.measure.closeup import close_up
from pipeline.measure.closeup import halved
from pipeline.measure.color_shift import read_color_shift
from pipeline.measure.edges import read_edges
from pipeline.measure.fading import read_fading
from pipeline.measure.flags import raise_flags
from pipeline.measure.fringe import read_fringe
from pipeline.measure.gates import judge_gates
from pipeline.measure.ink import bring_out
from pipeline.measure.kept import read_filled
from pipeline.measure.kept import read_strays
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.leftover import read_backdrop_left
from pipeline.measure.lost import read_lost
from pipeline.measure.marks import read_marks
from pipeline.measure.parts import add_up
from pipeline.measure.perceptual import read_perceptual
from pipeline.measure.placement import read_centring
from pipeline.measure.placement import read_contact
from pipeline.measure.placement import read_fill
from pipeline.measure.placement import read_pieces
from pipeline.measure.placement import read_resolution
from pipeline.measure.placement import read_small_holes
from pipeline.measure.placement import read_wisps
from pipeline.measure.retouch import read_retouch
from pipeline.measure.rim import bare_share
from pipeline.measure.rim import read_rim
from pipeline.measure.shadow import read_shadow_left
from pipeline.measure.whiteness import read_whiteness
from pipeline.measure.whiteness import whiteness_readings
from pipeline.model import Reading
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.tools.grade import by_hand
from pipeline.tools.grade import with_hues
from pipeline.tools.perceptual import Perceptual
from pipeline.tools.toolbox import Toolbox

VERSION: Final = "3"
CUT_READINGS: Final = (
    *("small_holes", "wisps", "strays", "lost_parts", "filled_holes", "fringe"),
    *("fringe_share", "backdrop_left", "shadow_left", "fading"),
)
WRITTEN: Final = ("writing", "text_lines")


def score(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Measure the result and judge it: `readings`, `gates`, `flags` and `score`; no pixel changes.

    Gates are those of `settings.scoring.platform`. The step's detail holds the SHA-256 of the judged pixels, so that
    an export can prove that it ships what was judged.
    """
    started = time.perf_counter()
    platform = settings.platform(settings.scoring.platform)
    measured = read_all(item, settings, toolbox.perceptual())
    measured = (*measured, read_artifact(load_artifact(toolbox.own_models), measured))
    readings = {reading.name: reading for reading in measured}
    gates = judge_gates(readings, platform)
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
        flags=item.flags + raise_flags(readings, settings.scoring.flags),
        score=verdict,
    )


def pixels_digest(item: WorkItem) -> str:
    """Return "pixels " and the SHA-256 of the result's uint16 pixels, little-endian, row by row."""
    if item.result is None:
        raise BugError("An image cannot be scored before it is framed.")
    pixels: NDArray[np.uint16] = np.ascontiguousarray(item.result, dtype="<u2")
    return f"pixels {hashlib.sha256(pixels.data).hexdigest()}"


def read_all(item: WorkItem, settings: Settings, network: Perceptual | None = None) -> tuple[Reading, ...]:
    """Return every reading of a framed item; no gate, no flag, no verdict yet. `network` is LPIPS, where installed."""
    if item.mask is None or item.frame is None or item.result is None or item.result_mask is None:
        raise BugError("An image cannot be scored before it is cut out and framed.")
    rules = settings.scoring
    # A raster that was never encoded cannot bleed: everything outside the mask is field.
    whiteness = read_whiteness(item.result, zones(item.result_mask, 0), tolerance=rules.background_tolerance)
    centring = read_centring(item.result_mask)
    return (
        *whiteness_readings(whiteness),
        *read_edges(item.photo.rgb, item.result, item.result_mask, item.frame, is_cut=not _is_finished(item)),
        read_color_shift(_as_asked(item), item.result, item.mask, item.frame),
        read_fill(item.result_mask),
        centring,
        replace(centring, name="off_center"),
        read_contact(item.result_mask),
        read_contact(item.mask, name="chopped", space="original"),
        *read_pieces(item.result_mask, speck_share=rules.speck_share),
        *_read_product(item, settings, network),
        *_read_cut(item, item.mask, item.result_mask, settings),
        read_resolution(item.frame.size),
    )


def _read_product(item: WorkItem, settings: Settings, network: Perceptual | None) -> tuple[Reading, ...]:
    """What became of the product's own pixels, outside and inside of what was edited."""
    if item.result is None or item.result_mask is None or item.frame is None:
        raise BugError("An image cannot be scored before it is framed.")
    # A fill is judged by what was there before it: it hides nothing from the gates outside.
    before = item.photo.rgb if item.untouched is None else item.untouched
    hues = item.grade.hues if item.grade else ()
    found = compare(with_hues(before, hues), item.result, item.result_mask, item.frame, item.edited)
    return (
        read_changed(found, levels=settings.scoring.changed_levels),
        read_unasked(found, _recorded_gains(item)),
        *read_similarity(found),
        *read_perceptual(found, network),
        *read_coding(found),
        read_burnt(found),
        *read_retouch(found),
    )


def _as_asked(item: WorkItem) -> NDArray[np.uint16]:
    """The photo in the colours that a person set, if any: what they asked for is no deviation."""
    return item.photo.rgb if item.grade is None else by_hand(item.photo.rgb, item.grade)


def _recorded_gains(item: WorkItem) -> tuple[float, float, float]:
    """The correction on record as gains of the code: its readings are in linear light."""
    values = {reading.name: reading.value for reading in item.readings}
    red, green, blue = (values.get(f"gain_{name}") or 1.0 for name in ("red", "green", "blue"))
    return red ** (1 / ADOBE_GAMMA), green ** (1 / ADOBE_GAMMA), blue ** (1 / ADOBE_GAMMA)


def _is_finished(item: WorkItem) -> bool:
    return item.routing is not None and item.routing.finished


def _unmeasured(names: tuple[str, ...], why: str) -> tuple[Reading, ...]:
    return tuple(Reading(name, None, "ratio", why) for name in names)


def _read_cut(item: WorkItem, mask: Matte, result_mask: Matte, settings: Settings) -> tuple[Reading, ...]:
    """What the cut-out lost and left; a finished photo was not cut here, and its own white is no leftover."""
    rgb, cover, scale = halved(item.photo.rgb, mask)
    rules, backdrop = settings.scoring, fit_on_proxy(rgb)
    closeup = close_up(rgb, cover, backdrop, scale)
    if closeup is None:
        return _unmeasured((*CUT_READINGS, *WRITTEN), "no product was found")
    if _is_finished(item):
        why = "a finished photo was not cut out here"
        return *_unmeasured(CUT_READINGS, why), *read_marks(closeup, bring_out(rgb, cover, scale))
    shadow, rim = read_shadow_left(rgb, mask, backdrop), read_rim(closeup)
    return (
        read_small_holes(result_mask, hole_share=rules.hole_share),
        read_wisps(result_mask),
        read_strays(closeup, speck_share=rules.speck_share),
        read_lost(closeup, rim),
        read_filled(closeup),
        *read_marks(closeup, bring_out(rgb, cover, scale)),
        *read_fringe(closeup, rim),
        read_backdrop_left(mask, backdrop, bare_share(rim) if rim else None),
        shadow,
        read_fading(closeup, rim),
    )
