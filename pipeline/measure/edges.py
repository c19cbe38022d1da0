"""Edge quality along the product's contour: width against the original's, halo, jaggedness."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.color import adobe16_to_lab
from pipeline.mask import SOLID
from pipeline.mask import Matte
from pipeline.measure.profiles import INNER
from pipeline.measure.profiles import OFFSETS
from pipeline.measure.profiles import OUTER
from pipeline.measure.profiles import RUN_POINTS
from pipeline.measure.profiles import STEP
from pipeline.measure.profiles import Profiles
from pipeline.measure.profiles import Samples
from pipeline.measure.profiles import sample_profiles
from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Frame
from pipeline.model import Reading

STRETCHES: Final = (1.0, 2.0, 4.0)
ENOUGH_CLEAR: Final = 0.15
"""Share of the profiles that must run from solid product to empty background, else they are too short."""
RING: Final = (OFFSETS >= -2.5) & (OFFSETS <= 3)
MIN_CONTRAST: Final = 0.06
"""Distance of inside and outside colour (encoded RGB, 0..1) below which an edge's width is lost in noise."""
MIN_POINTS: Final = 40
ALIGNED: Final = 0.5
"""Cosine between the ring's deviation and the way to the backdrop's colour from which it counts as halo."""
VISIBLE_DELTA_E: Final = 3.0
"""A backdrop nearer to white than this leaves no visible fringe."""
JAGGED_AT: Final = 80
"""Percentile of the runs: those along rows and columns are smooth in every staircase."""
MAX_BOXES: Final = 12
BOX_REACH: Final = 12


def read_edges(
    original: NDArray[np.uint16], result: NDArray[np.uint16], result_mask: Matte, frame: Frame, *, is_cut: bool = True
) -> tuple[Reading, Reading, Reading]:
    """Return "edge_width" (ratio), "halo" (ΔE) and "jaggedness" (px); each None where it cannot be measured.

    A mask that nothing was cut out by (`is_cut` false: a finished photo's threshold) may be a staircase.

    An edge too wide for the profile, as of fur, is measured with profiles two and four times as long.
    """
    profiles = None
    for stretch in STRETCHES:
        profiles = sample_profiles(original, result, result_mask, frame, stretch)
        if profiles is None or np.count_nonzero(profiles.clear) >= ENOUGH_CLEAR * len(profiles.clear):
            break
    if profiles is None:
        why = "the product has no contour long enough"
        return (
            Reading("edge_width", None, "ratio", why),
            Reading("halo", None, "ΔE", why),
            Reading("jaggedness", None, "px", why),
        )
    return read_edge_width(profiles), read_halo(profiles), read_jaggedness(profiles, is_cut=is_cut)


def read_edge_width(profiles: Profiles) -> Reading:
    """Median edge width of the result, or of its mask where that is wider, over the original's at the same places.

    A profile's width is its contrast over its greatest slope, in pixels: for an edge blurred by a Gaussian it is
    2.5 standard deviations. (Marziliano, Dufaux, Winkler and Ebrahimi 2002 measure the distance of the extremes at
    the edge; the slope needs no threshold on noise.) Only clear profiles with contrast in both images count.
    """
    width_result, contrast_result = _widths(profiles.result, profiles.stretch)
    width_original, contrast_original = _widths(profiles.original, profiles.stretch)
    # Over a sharp edge of the photo a soft mask shows as a veil, which no slope of the colours tells.
    slope = np.abs(profiles.mask[:, 2:] - profiles.mask[:, :-2]).max(axis=1) / (2 * STEP)
    width_result = np.maximum(width_result, profiles.stretch / np.maximum(slope, 1e-6))
    usable = profiles.clear & (contrast_result >= MIN_CONTRAST) & (contrast_original >= MIN_CONTRAST)
    if np.count_nonzero(usable) < MIN_POINTS:
        return Reading("edge_width", None, "ratio", "too few edges with contrast in both images")
    ours, theirs = float(np.median(width_result[usable])), float(np.median(width_original[usable]))
    softer = np.where(usable, width_result / np.maximum(width_original, 0.1), 0)
    boxes = _worst_boxes(profiles, softer, float(np.percentile(softer[usable], 90)))
    evidence = Evidence(boxes, outline=_along(profiles, usable & (softer >= max(1.3, 0.6 * ours / theirs)), usable))
    return Reading("edge_width", ours / theirs, "ratio", f"{ours:.2f} px, original {theirs:.2f} px", evidence)


def read_halo(profiles: Profiles) -> Reading:
    """Halo or fringe: 90th percentile, over runs of the contour, of how far a ring strays towards the old backdrop.

    The ring runs from 2.5 px inside to 3 px outside the contour. What belongs there is the composite a·I + (1 - a)·W
    of the product's colour I (3 to 5 px inside) and white W with the mask's coverage a. The deviation is the mean over
    a run (so that texture averages out) of the difference in Lab between what is there and that, less the product's
    own change between 3 and 5 px inside; it counts only where it leads towards the backdrop's colour in the original,
    and where that colour is not white itself.
    """
    clear = profiles.clear
    if np.count_nonzero(clear) < MIN_POINTS:
        return Reading("halo", None, "ΔE", "too few places where product and background are clear")
    runs, deviation = _halo_deviation(profiles, clear)
    value = float(np.percentile(deviation, 90))
    spread = np.zeros(len(clear))
    for run, amount in zip(runs, deviation, strict=True):
        spread[profiles.run == run] = amount
    boxes = _worst_boxes(profiles, spread, max(value, 1.0))
    seen = spread >= max(value / 2, 2.0)
    share = float(np.mean(seen[clear]))
    evidence = Evidence(boxes, outline=_along(profiles, seen & clear, clear))
    return Reading("halo", value, "ΔE", f"worst {deviation.max():.1f}, {share:.0%} of the edge", evidence)


def read_jaggedness(profiles: Profiles, *, is_cut: bool = True) -> Reading:
    """80th percentile, over clear runs of contour points, of how much rougher the contour is than the original's, px.

    Roughness is the RMS deviation of a run's contour from a parabola fitted to it; the contour is where the colour is
    half-way from inside to outside along the normal, or, of a cut-out, where the mask is, whichever is rougher. An
    anti-aliased edge lies within 0.1 px of its parabola, a hard staircase at 0.25 px and more, where it does not run
    along the rows; a fringe of yarn is rough in the original too.
    """
    ours, theirs = _contour(profiles, profiles.result), _contour(profiles, profiles.original)
    cut = _crossing(profiles.mask)
    cut = cut[0] * profiles.stretch, cut[1] & profiles.clear & is_cut
    pale = _way_outwards(profiles.original)[1] < MIN_CONTRAST
    residuals, runs = [], []
    for run in np.unique(profiles.run):
        own = _roughness(profiles, theirs, run)
        # Hair has contrast and no contour: what its mask does there nobody can compare.
        known = own is not None or bool(pale[profiles.run == run].mean() > 0.5)
        rough = [_roughness(profiles, found, run) for found in ((ours, cut) if known else (ours,))]
        if any(value is not None for value in rough):
            residuals.append(max(0.0, max(value or 0.0 for value in rough) - (own or 0.0)))
            runs.append(run)
    if not residuals:
        return Reading("jaggedness", None, "px", "the contour has no run long enough")
    value = float(np.percentile(residuals, JAGGED_AT))
    order = np.argsort(residuals)[::-1]
    rough_runs = [runs[index] for index in order if residuals[index] >= max(value / 2, 0.05)]
    evidence = Evidence(
        tuple(_box_around(profiles.points[profiles.run == runs[index]].mean(axis=0)) for index in order[:MAX_BOXES]),
        outline=_parts(profiles, rough_runs),
    )
    return Reading("jaggedness", value, "px", f"worst run {max(residuals):.2f} px", evidence)


def _contour(profiles: Profiles, colors: Samples) -> tuple[Samples, NDArray[np.bool_]]:
    """Where along the normal every point's colour is half-way (px), and whether that can be told."""
    share, contrast = _way_outwards(colors)
    crossing, crosses = _crossing(1 - share)
    return crossing * profiles.stretch, crosses & profiles.clear & (contrast >= MIN_CONTRAST)


def _roughness(profiles: Profiles, found: tuple[Samples, NDArray[np.bool_]], run: int) -> float | None:
    crossing, valid = found
    member = (profiles.run == run) & valid
    if np.count_nonzero(member) < RUN_POINTS * 2 // 3:
        return None
    return _parabola_rms(profiles.points[member] + profiles.normals[member] * crossing[member, None])


def _along(profiles: Profiles, chosen: NDArray[np.bool_], known: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """The parts of the outline whose runs have `chosen` among at least a third of their `known` points."""
    runs = int(profiles.run.max()) + 1
    hits, of = (np.bincount(profiles.run[which], minlength=runs) for which in (chosen, known))
    return _parts(profiles, np.flatnonzero((hits > 0) & (3 * hits >= of)).tolist())


def _parts(profiles: Profiles, runs: list[int]) -> tuple[tuple[int, int], ...]:
    return tuple((int(x), int(y)) for run in runs for x, y in profiles.parts[run])


def _way_outwards(profiles: Samples) -> tuple[Samples, Samples]:
    """How far every N×K×3 sample is from the inside colour (0) to the outside colour (1), and their distance (N)."""
    inside, outside = profiles[:, INNER].mean(axis=1), profiles[:, OUTER].mean(axis=1)
    way = outside - inside
    square = np.maximum((way**2).sum(axis=1), 1e-12)
    return np.einsum("nkc,nc->nk", profiles - inside[:, None], way) / square[:, None], np.sqrt(square)


def _widths(profiles: Samples, stretch: float) -> tuple[Samples, Samples]:
    """Width (px) and contrast of every N×K×3 profile."""
    share, contrast = _way_outwards(profiles)
    slope = np.abs(share[:, 2:] - share[:, :-2]).max(axis=1) / (2 * STEP)
    return stretch / np.maximum(slope, 1e-6), contrast


def _halo_deviation(profiles: Profiles, clear: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Samples]:
    """The runs with clear points, and each one's deviation (ΔE)."""
    result, mask = profiles.result[clear], profiles.mask[clear][:, RING, None]
    inside = result[:, INNER].mean(axis=1)
    expected = _lab(mask * inside[:, None] + (1 - mask))
    backdrop = _lab(profiles.original[clear][:, OUTER].mean(axis=1))
    runs, owner = np.unique(profiles.run[clear], return_inverse=True)
    stray = _run_means(_lab(result[:, RING]) - expected, owner, len(runs))
    way = _run_means(backdrop[:, None] - expected, owner, len(runs))
    own = _run_means(_lab(result[:, INNER]) - _lab(inside)[:, None], owner, len(runs))
    there = _run_means(backdrop[:, None], owner, len(runs))[:, 0]
    lengths = np.linalg.norm(stray, axis=2) * np.linalg.norm(way, axis=2)
    aligned = (stray * way).sum(axis=2) >= ALIGNED * np.maximum(lengths, 1e-9)
    colored = np.linalg.norm(there - (100, 0, 0), axis=1) >= VISIBLE_DELTA_E
    amount = np.where(aligned & colored[:, None], np.linalg.norm(stray, axis=2), 0).max(axis=1)
    return runs, np.maximum(amount - np.linalg.norm(own, axis=2).mean(axis=1), 0)


def _run_means(values: Samples, owner: NDArray[np.intp], runs: int) -> Samples:
    sums = np.zeros((runs, *values.shape[1:]))
    np.add.at(sums, owner, values)
    return sums / np.bincount(owner, minlength=runs)[:, None, None]


def _lab(encoded: Samples) -> NDArray[np.float32]:
    flat = np.rint(np.clip(encoded, 0, 1).reshape(-1, 1, 3) * 65535).astype(np.uint16)
    return adobe16_to_lab(flat).reshape(encoded.shape)


def _crossing(inside: Samples) -> tuple[Samples, NDArray[np.bool_]]:
    """Offset (px) at which N×K falls below 0.5, nearest to the contour point, and whether there is one."""
    falls = (inside[:, :-1] >= SOLID) & (inside[:, 1:] < SOLID)
    distance = np.where(falls, np.abs(OFFSETS[:-1])[None], np.inf)
    index = distance.argmin(axis=1)
    rows = np.arange(len(inside))
    before, after = inside[rows, index], inside[rows, index + 1]
    part = (before - SOLID) / np.maximum(before - after, 1e-9)
    return OFFSETS[index] + part * STEP, falls.any(axis=1) & (distance[rows, index] <= 3)


def _parabola_rms(contour: Samples) -> float:
    centred = contour - contour.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    along, across = centred @ axes[0], centred @ axes[1]
    basis = np.stack([np.ones_like(along), along, along**2], axis=1)
    terms = np.linalg.lstsq(basis, across, rcond=None)[0]
    return float(np.sqrt(np.mean((across - basis @ terms) ** 2)))


def _worst_boxes(profiles: Profiles, values: Samples, limit: float) -> tuple[Box, ...]:
    """Boxes around the runs with the largest values, worst first, if they reach `limit`."""
    runs = np.unique(profiles.run)
    worst = np.array([values[profiles.run == run].max() for run in runs])
    order = [index for index in np.argsort(worst)[::-1][:MAX_BOXES] if worst[index] >= limit]
    return tuple(_box_around(profiles.points[profiles.run == runs[index]].mean(axis=0)) for index in order)


def _box_around(center: Samples) -> Box:
    x, y = (int(value) for value in center)
    return max(0, x - BOX_REACH), max(0, y - BOX_REACH), x + BOX_REACH, y + BOX_REACH
