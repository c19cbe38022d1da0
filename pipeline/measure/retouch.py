"""What fills and brushes do wrong inside the region they edited: smears, repeats, seams. Outside nobody may touch."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import pieces
from pipeline.measure.changed import Comparison
from pipeline.measure.changed import Region
from pipeline.model import Evidence
from pipeline.model import Reading

CORE: Final = 2
"""Pixels inside an edited region's border from which on only the fill shows."""
RING: Final = (3, 16)
OCTAVES: Final = ((0.0, 1.5), (1.0, 3.0))
"""Standard deviations (px) between which texture is compared."""
QUIET: Final = 0.8
"""Levels of fine texture (RMS) below which a surface has none to lose."""
BLOCK: Final = 9
BLOCKS: Final = 48
LIVELY: Final = 1.5
TWIN: Final = 0.03
"""Largest squared difference over the block's energy of a twin; a weave's next thread has above 0.1."""
APART: Final = 5
BAND: Final = 7

Grey = NDArray[np.float32]


def read_retouch(found: Comparison | None) -> tuple[Reading, Reading, Reading]:
    """Return "smear" (share of fine texture lost, 0..1), "repeats" (share of blocks with a twin) and "seam" (levels).

    The texture of the fill, in two octaves, is compared with the lesser of its surroundings' and the original's at the
    same place; a block's twin is an equal 9 px block elsewhere within reach, and what had twins before has a right to
    them; a seam is the brightness step across the border less the step across the same line a little outside. The
    worst region counts. None where nothing was edited.
    """
    names = (("smear", "ratio"), ("repeats", "ratio"), ("seam", "levels"))
    if found is None or not found.edited.any():
        smear, repeats, seam = (Reading(name, None, unit, "nothing was painted") for name, unit in names)
        return smear, repeats, seam
    grey = found.result.mean(axis=2)
    before = found.expected.mean(axis=2)
    worst = {name: (0.0, ()) for name, _ in names}
    for area, box in pieces(found.edited):
        if area < BLOCK**2:
            continue
        left, top, right, bottom = box
        reach = max(24, right - left, bottom - top)
        window = slice(max(0, top - reach), bottom + reach), slice(max(0, left - reach), right + reach)
        region = found.edited[window]
        values = (
            _smear(grey[window], before[window], region, found.inside[window]),
            max(0.0, _repeats(grey[window], region) - _repeats(before[window], region)),
            _seam(grey[window], region, found.inside[window]),
        )
        for (name, _), value in zip(names, values, strict=True):
            if value > worst[name][0]:
                worst[name] = value, found.boxes([(area, box)])
    smear, repeats, seam = (Reading(name, worst[name][0], unit, "", Evidence(worst[name][1])) for name, unit in names)
    return smear, repeats, seam


def _smear(grey: Grey, before: Grey, region: Region, inside: Region) -> float:
    core = _shrunk(region, CORE)
    ring = _grown(region, RING[1]) & ~_grown(region, RING[0]) & _shrunk(inside, 2)
    if np.count_nonzero(core) < BLOCK**2 or np.count_nonzero(ring) < BLOCK**2:
        return 0.0
    lost = 0.0
    for octave in OCTAVES:
        there, around = (_rms(_detail(grey, octave)[where]) for where in (core, ring))
        expected = min(around, _rms(_detail(before, octave)[core]))
        lost = max(lost, 1 - there / expected if expected >= QUIET else 0.0)
    return lost


def _detail(grey: Grey, octave: tuple[float, float]) -> Grey:
    fine, coarse = octave
    return (cv2.GaussianBlur(grey, (0, 0), fine) if fine else grey) - cv2.GaussianBlur(grey, (0, 0), coarse)


def _repeats(grey: Grey, region: Region) -> float:
    # Brightness may differ between twins: only what is finer than the block counts.
    fine = grey - cv2.blur(grey, (BLOCK, BLOCK))
    corners = np.argwhere(_shrunk(region, BLOCK // 2 + 1)) - BLOCK // 2
    corners = corners[(corners >= 0).all(axis=1)]
    corners = corners[:: max(1, len(corners) // BLOCKS)]
    lively = twins = 0
    for y, x in corners:
        block = fine[y : y + BLOCK, x : x + BLOCK]
        if block.shape != (BLOCK, BLOCK) or _rms(block) < LIVELY:
            continue
        lively += 1
        energy = float((block**2).sum())
        distance = cv2.matchTemplate(fine, block, cv2.TM_SQDIFF)
        distance[max(0, y - APART) : y + APART + 1, max(0, x - APART) : x + APART + 1] = np.inf
        twins += float(distance.min()) < TWIN * energy
    return twins / lively if lively >= 4 else 0.0


def _seam(grey: Grey, region: Region, inside: Region) -> float:
    at_border = _step(grey, region, inside)
    outside = _step(grey, _grown(region, BAND), inside)
    within = _step(grey, _shrunk(region, BAND), inside)
    usual = max((step for step in (outside, within) if step is not None), default=0.0)
    return 0.0 if at_border is None else max(0.0, at_border - usual)


def _step(grey: Grey, region: Region, inside: Region) -> float | None:
    """Median over the region's border of the difference between the means on its two sides."""
    border = region & ~_shrunk(region, 1)
    if np.count_nonzero(border) < BAND:
        return None
    means = []
    for side in (region, ~region & inside):
        weight = side.astype(np.float32)
        means.append(cv2.blur(grey * weight, (BAND, BAND)) / np.maximum(cv2.blur(weight, (BAND, BAND)), 0.05))
    near = border & _shrunk(inside, 2)
    return float(np.median(np.abs(means[0] - means[1])[near])) if near.any() else None


def _rms(values: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def _grown(region: Region, by: int) -> Region:
    return cv2.dilate(region.astype(np.uint8), _disc(by)) > 0


def _shrunk(region: Region, by: int) -> Region:
    return cv2.erode(region.astype(np.uint8), _disc(by), borderValue=0) > 0


def _disc(radius: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
