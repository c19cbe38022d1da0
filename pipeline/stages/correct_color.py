"""Stage correct_color: take the light's cast off the product, measured on a grey backdrop, within limits."""

import time
from dataclasses import dataclass
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.color import ADOBE_GAMMA
from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_linear
from pipeline.color import adobe16_to_srgb_float
from pipeline.color import delta_e_2000
from pipeline.color import linear_to_adobe16
from pipeline.color import srgb16_to_adobe16
from pipeline.errors import BugError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.light import read_light
from pipeline.measure.palette import match_colors
from pipeline.measure.palette import matching_gains
from pipeline.measure.palette import wanted_colors
from pipeline.model import Grade
from pipeline.model import Reading
from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.settings import Color
from pipeline.settings import Settings
from pipeline.tools.grade import hand_gains
from pipeline.tools.grade import product_with_hues
from pipeline.tools.tiling import small_size
from pipeline.tools.toolbox import Toolbox

VERSION: Final = "1"
SURE: Final = 0.5
MIN_SURE_SHARE: Final = 0.02
GAINS: Final = ("gain_red", "gain_green", "gain_blue")
NEUTRAL: Final = (1.0, 1.0, 1.0)
LEAST_GAIN: Final = 0.2
"""ΔE00 that a match must bring: less is invisible, and pixels stay bit for bit."""
LIGHT_SIDE: Final = 512
"""The preview on which a shoot group's light is measured has this longest side, in pixels."""
MOST_BLOWN: Final = 0.2
LEAST_STEP: Final = 0.5
"""In L*."""
STRIP_ROWS: Final = 32
"""Few enough for the processor's own memory."""
WHITE: Final = 65535
MIDDLE_GREY: Final = 0.4
"""Linear; bright enough to count as lit, dark enough for a strong cast to stay in range."""
HIGHLIGHT: Final = (0.96, 1.0)
"""Encoded levels (darkest channel) between which the correction fades out: a clipped highlight stays white."""

Gains = tuple[float, float, float]


@dataclass(frozen=True)
class _Cast:
    """Gains per channel of linear light, ΔE00 of the backdrop to grey before and after, and why."""

    gains: Gains
    before: float | None
    after: float | None
    why: str


def correct_color(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    """Remove the cast from the product's pixels in `result`; white last; readings say how much.

    The backdrop, where it is plausibly grey, shows the light's colour: its mean in linear light becomes grey (the
    grey-world idea of Buchsbaum 1980, restricted to what is surely backdrop) with von Kries gains that keep its
    luminance, at most `max_shift_delta_e` far. Where the shoot group solved its light, that
    counts instead. Coloured, dark or unsure backdrops and finished photos change nothing. Gains that the item already
    carries (stored readings "gain_red" …) are applied as they are. Where the client has reference colours, the product
    is brought nearer to them by one more set of gains, at most `max_reference_shift` far, and readings say ΔE00 before
    and after. What a person set (`item.grade`) comes in place of the reference, their white point in place of the cast.
    """
    if item.result is None or item.result_mask is None:
        raise BugError("Colour cannot be corrected before the product is framed.")
    started = time.perf_counter()
    cast, matched = _stored(item), None
    if cast is None and item.grade is not None:
        cast = _by_hand(item.grade, item, settings.color)
    elif cast is None:
        cast = _with_exposure(_measure_cast(item, settings.color), item, settings.color)
        matched = _match_reference(item, cast.gains, settings)
    gains = _triple(np.multiply(cast.gains, matched.gains)) if matched else cast.gains
    readings = (
        *(Reading(name, gain, "ratio", "linear light") for name, gain in zip(GAINS, gains, strict=True)),
        Reading("cast_before", cast.before, "ΔE00", cast.why),
        Reading("cast_after", cast.after, "ΔE00", cast.why),
        *(_reference_readings(matched) if matched else ()),
    )
    step = Step(
        stage="correct_color",
        tool="grey backdrop",
        version=VERSION,
        settings=settings.fingerprint,
        seconds=time.perf_counter() - started,
        detail="; ".join((cast.why, *((matched.why,) if matched else ()))),
    )
    names = {reading.name for reading in readings}
    kept = tuple(reading for reading in item.readings if reading.name not in names)
    result = item.result if gains == NEUTRAL else _apply(item.result, item.result_mask, gains)
    if item.grade is not None:
        result = _with_hues(result, item.result_mask, item.grade)
    return item.after(step, result=result, readings=kept + readings)


def _by_hand(grade: Grade, item: WorkItem, limits: Color) -> _Cast:
    """The person's white point and exposure; without a white point of theirs the cast is taken off as ever."""
    gains = hand_gains(grade)
    said = f"by hand: exposure {grade.exposure:+.2f} stops, {len(grade.hues)} hues"
    if grade.white is not None:
        return _Cast(gains, None, None, f"{said}, white point picked")
    cast = _measure_cast(item, limits)
    return replace(cast, gains=_triple(np.multiply(cast.gains, gains)), why=f"{cast.why}; {said}")


def _with_hues(result: NDArray[np.uint16], mask: NDArray[np.float32], grade: Grade) -> NDArray[np.uint16]:
    box = covered_box(mask > 0)
    if box is None or not grade.hues:
        return result
    rows, columns = grown(box, 0, (mask.shape[1], mask.shape[0]))
    corrected = result.copy()
    for top in range(rows.start, rows.stop, STRIP_ROWS):
        strip = slice(top, min(top + STRIP_ROWS, rows.stop)), columns
        corrected[strip] = product_with_hues(result[strip], mask[strip], grade.hues)
    return corrected


def _match_reference(item: WorkItem, cast: Gains, settings: Settings) -> _Cast | None:
    """What brings the product, its cast taken off, to the client's reference; None where the client has none."""
    client, limits = settings.client(item.record.client), settings.color
    finished = item.routing is not None and item.routing.finished
    wanted = () if finished else wanted_colors(client, settings.ingest)
    if not wanted or item.result is None or item.result_mask is None:
        return None
    pixels = item.result if cast == NEUTRAL else _apply(item.result, item.result_mask, cast)
    match = match_colors(pixels, item.result_mask, wanted, limits)
    if match is None:
        return _Cast(NEUTRAL, None, None, "the product shows none of the client's reference colours")
    before = match.distance(np.ones(3))
    gains = matching_gains(match, limit=limits.max_reference_shift)
    after = match.distance(gains)
    if after >= before or before - after < LEAST_GAIN:
        return _Cast(NEUTRAL, before, before, f"ΔE00 {before:.1f} to the client's reference, no gains bring it nearer")
    which = f"{len(match.weight)} of {match.of} colours"
    return _Cast(_triple(gains), before, after, f"client's reference ({which}) ΔE00 {before:.1f}, {after:.1f} after")


def _reference_readings(matched: _Cast) -> tuple[Reading, Reading]:
    return (
        Reading("reference_before", matched.before, "ΔE00", matched.why),
        Reading("reference_after", matched.after, "ΔE00", matched.why),
    )


def _stored(item: WorkItem) -> _Cast | None:
    known = {reading.name: reading for reading in item.readings}
    if not all(name in known for name in GAINS):
        return None
    red, green, blue = (known[name].value or 1.0 for name in GAINS)
    before, after = known.get("cast_before"), known.get("cast_after")
    return _Cast(
        (red, green, blue), before and before.value, after and after.value, before.detail if before else "as stored"
    )


def _measure_cast(item: WorkItem, limits: Color) -> _Cast:
    if item.routing is not None and item.routing.finished:
        return _Cast(NEUTRAL, None, None, "a finished photo keeps its colours")
    mean = _group_light(item) if item.record.white else _mean_backdrop(item)
    if mean is None:
        return _Cast(NEUTRAL, None, None, "too little is surely backdrop")
    lab = _lab(mean)
    chroma = float(np.hypot(lab[1], lab[2]))
    if lab[0] < limits.min_backdrop_lightness:
        return _Cast(NEUTRAL, None, None, f"the backdrop is too dark to tell (L* {lab[0]:.0f})")
    if chroma > limits.max_backdrop_chroma:
        return _Cast(NEUTRAL, None, None, f"the backdrop is coloured (C* {chroma:.0f}), which is no cast")
    before = _to_grey(mean)
    if before < limits.min_cast_delta_e:
        return _Cast(NEUTRAL, before, before, f"cast of ΔE00 {before:.1f} is invisible")
    gains = _limited(mean, limits.max_shift_delta_e)
    after = _to_grey(mean * gains)
    return _Cast(_triple(gains), before, after, f"cast ΔE00 {before:.1f}, {after:.1f} after correction")


def _with_exposure(cast: _Cast, item: WorkItem, limits: Color) -> _Cast:
    """The same gains times what brings the photo's backdrop to its shoot group's lightness, within the limit.

    A blown-out or dark backdrop tells no exposure; a step that nobody sees is not made.
    """
    wanted, finished = item.record.lightness, item.routing is not None and item.routing.finished
    if not limits.exposure_stops or wanted is None or finished:
        return cast
    small = cv2.resize(item.photo.rgb, small_size(item.photo.rgb.shape, LIGHT_SIDE), interpolation=cv2.INTER_AREA)
    light = read_light(adobe16_to_srgb_float(small), cards=False)
    own = light.lab[0]
    if light.blown > MOST_BLOWN or own < limits.min_backdrop_lightness or abs(wanted - own) < LEAST_STEP:
        return cast
    stops = float(np.clip(np.log2(_relative_luminance(wanted) / _relative_luminance(own)), -1, 1))
    stops = min(max(stops, -limits.exposure_stops), limits.exposure_stops)
    gains = _triple(np.multiply(cast.gains, 2.0**stops))
    return replace(cast, gains=gains, why=f"{cast.why}; exposure {stops:+.2f} stops to its group's")


def _relative_luminance(lightness: float) -> float:
    """Y of L* (CIE 1976), 0..1."""
    f = (lightness + 16) / 116
    return f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29)


def _group_light(item: WorkItem) -> NDArray[np.float64]:
    """A middle grey in the light that the shoot group solved, linear light, Adobe RGB primaries."""
    red, blue = item.record.white or (1.0, 1.0)
    linear = np.array([red, 1.0, blue]) * MIDDLE_GREY
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055)
    code = np.rint(np.clip(encoded, 0, 1) * 65535).astype(np.uint16).reshape(1, 1, 3)
    return adobe16_to_linear(srgb16_to_adobe16(code))[0, 0].astype(np.float64)


def _mean_backdrop(item: WorkItem) -> NDArray[np.float64] | None:
    """Mean of the fitted backdrop in linear light (Adobe RGB primaries) over cells that are surely backdrop."""
    backdrop = fit_on_proxy(item.photo.rgb)
    sure = backdrop.sure >= SURE
    if sure.mean() < MIN_SURE_SHARE:
        return None
    # The surface is sRGB-encoded; the gains must be those of the working space.
    encoded = np.rint(backdrop.surface * 65535).astype(np.uint16)
    return adobe16_to_linear(srgb16_to_adobe16(encoded))[sure].mean(axis=0).astype(np.float64)


def _luminance(linear: NDArray[np.float64]) -> float:
    # Adobe RGB (1998) Color Image Encoding, section 4.3.5.3: the Y row of RGB to XYZ.
    return float(linear @ (0.29734, 0.62736, 0.07529))


def _limited(mean: NDArray[np.float64], limit: float) -> NDArray[np.float64]:
    """Gains that make `mean` grey, weakened (geometrically) until they move it at most `limit` ΔE00."""
    full = _luminance(mean) / np.maximum(mean, 1e-6)
    strength = 1.0
    for _ in range(20):
        gains = full**strength
        gains = gains * _luminance(mean) / _luminance(mean * gains)
        if float(delta_e_2000(_lab(mean), _lab(mean * gains))) <= limit:
            return gains
        strength *= 0.9
    return np.ones(3)


def _lab(linear: NDArray[np.float64]) -> NDArray[np.float32]:
    return adobe16_to_lab(linear_to_adobe16(linear.astype(np.float32).reshape(1, 1, 3)))[0, 0]


def _to_grey(linear: NDArray[np.float64]) -> float:
    lab = _lab(linear)
    return float(delta_e_2000(lab, np.array([lab[0], 0, 0], np.float32)))


def _triple(values: NDArray[np.float64]) -> Gains:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _apply(result: NDArray[np.uint16], mask: NDArray[np.float32], gains: Gains) -> NDArray[np.uint16]:
    """Return `result` with `gains` on its product share only; pixels outside the mask are exactly white."""
    corrected = np.full_like(result, WHITE)
    box = covered_box(mask > 0)
    if box is None:
        return corrected
    rows, columns = grown(box, 0, (mask.shape[1], mask.shape[0]))
    # Encoding is a pure power, so a gain in light is a gain in code: no table, no rounding twice.
    code_gains = np.array(gains, np.float32) ** np.float32(1 / ADOBE_GAMMA)
    for top in range(rows.start, rows.stop, STRIP_ROWS):
        strip = slice(top, min(top + STRIP_ROWS, rows.stop)), columns
        corrected[strip] = _recomposed(result[strip], mask[strip], code_gains)
    return corrected


def _recomposed(strip: NDArray[np.uint16], mask: NDArray[np.float32], gains: NDArray[np.float32]) -> NDArray[np.uint16]:
    low, high = HIGHLIGHT
    planes = [plane.astype(np.float32) / np.float32(WHITE) for plane in cv2.split(strip)]
    darkest = np.minimum(np.minimum(planes[0], planes[1]), planes[2])
    fade = np.clip((np.float32(high) - darkest) / np.float32(high - low), 0, 1)
    outside, clear = mask == 0, 1 - mask
    done = []
    for plane, gain in zip(planes, gains, strict=True):
        effective = 1 + (gain - 1) * fade
        # a·F + (1 - a)·white with F → gain·F, without ever solving for F.
        recomposed = np.rint(np.clip(effective * plane + clear * (1 - effective), 0, 1) * WHITE).astype(np.uint16)
        recomposed[outside] = WHITE
        done.append(recomposed)
    return cv2.merge(done)
