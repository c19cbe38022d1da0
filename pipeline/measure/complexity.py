"""How hard a cut-out will be, read from the pixels before any work is spent: named readings with evidence.

All readings look at a copy whose longest side is 288 px, so that they mean the same for every camera and for the frames
that the difficulty model learned from, and at the draft mask that an engine made of it in a fraction of a second; they
are made to bear a draft that is wrong.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.model import Evidence
from pipeline.model import Reading
from pipeline.tools.backdrop import Backdrop
from pipeline.tools.backdrop import fit_backdrop

SIDE: Final = 288
SEGMENTS: Final = 48
MIN_PART_SHARE: Final = 0.0008
Pixels = NDArray[np.float32]
Region = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Look:
    """What the readings share: the small copy, its backdrop, the draft's subject and its shadow.

    Attributes:
        rgb: float32 h×w×3, sRGB-encoded 0..1, longest side 288; lab: float32 h×w×3, CIE L*a*b*.
        draft: float32 h×w, the engine's coarse mask 0..1; surface: float32 h×w×3, the fitted backdrop.
        subject, shadow: bool h×w; outline: bool h×w, the subject with its holes filled.
        enlarge: original pixels per pixel here.
    """

    rgb: Pixels
    lab: Pixels
    backdrop: Backdrop
    surface: Pixels
    draft: Pixels
    subject: Region
    shadow: Region
    outline: Region
    enlarge: float


def look_at(rgb: Pixels, draft: Pixels, *, enlarge: float = 1.0) -> Look:
    """Prepare the readings of `rgb` (float32 H×W×3 sRGB 0..1) with its coarse mask `draft` (float32 H×W 0..1).

    `enlarge` is the number of original pixels per pixel of `rgb`.
    """
    scale = min(1.0, SIDE / max(rgb.shape[:2]))
    size = max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(draft, size, interpolation=cv2.INTER_AREA)
    backdrop = fit_backdrop(small)
    surface = backdrop.at(*size)
    subject = _parts(coarse > 0.5)
    return Look(
        rgb=small,
        lab=cv2.cvtColor(small, cv2.COLOR_RGB2Lab),
        backdrop=backdrop,
        surface=surface,
        draft=coarse,
        subject=subject,
        shadow=_shadow(small, surface) & ~subject,
        outline=_filled(subject),
        enlarge=enlarge / scale,
    )


def read_complexity(look: Look) -> tuple[Reading, ...]:
    """Return all readings of one photo's small copy and its draft mask, always the same names."""
    return (
        _subject_share(look),
        _edge_complexity(look),
        _fine_structure(look),
        _undecided(look),
        _edge_disorder(look),
        *_color_match(look),
        _translucency(look),
        _specular_clutter(look),
        _texture(look),
        _shadow_strength(look),
        _part_count(look),
        *_holes(look),
        *_backdrop_uniformity(look),
    )


def _shadow(rgb: Pixels, surface: Pixels) -> Region:
    """Backdrop, darker, same chroma: every channel is dimmed by nearly the same factor, and softly."""
    ratio = (rgb + 0.02) / (surface + 0.02)
    low, high = ratio.min(axis=2), ratio.max(axis=2)
    smooth = cv2.morphologyEx(low, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) < 0.05
    return (high < 0.97) & (low > 0.35) & (high - low < 0.06) & smooth


def _parts(subject: Region) -> Region:
    """Drop specks; a part is at least 0.08 % of the frame."""
    closed = cv2.morphologyEx(subject.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= MIN_PART_SHARE * subject.size
    large[0] = False
    return large[labels] & closed.astype(bool)


def _filled(subject: Region) -> Region:
    outlines, _ = cv2.findContours(subject.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(subject.shape, np.uint8)
    cv2.drawContours(filled, outlines, -1, 1, cv2.FILLED)
    return filled.astype(bool)


def _disk(radius: int) -> NDArray[np.uint8]:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def _band(region: Region, radius: int) -> Region:
    mask = region.astype(np.uint8)
    return (cv2.dilate(mask, _disk(radius)) != cv2.erode(mask, _disk(radius))).astype(bool)


def _boxes(region: Region, look: Look, most: int = 8) -> tuple[Box, ...]:
    """Boxes of the largest connected pieces, in original pixels."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(region.astype(np.uint8), connectivity=8)
    order = 1 + np.argsort(-stats[1:, cv2.CC_STAT_AREA])[:most]
    boxes = []
    for left, top, width, height in stats[order, :4]:
        corners = np.array([left, top, left + width, top + height]) * look.enlarge
        boxes.append(tuple(round(value) for value in corners))
    return tuple(boxes)


def _reading(name: str, value: float, unit: str, look: Look, where: Region | None = None) -> Reading:
    boxes = _boxes(where, look) if where is not None else ()
    return Reading(name, round(float(value), 5), unit, evidence=Evidence(boxes, "original"))


def _subject_share(look: Look) -> Reading:
    """Share of the frame that the backdrop does not explain."""
    return _reading("subject_share", look.outline.mean(), "share", look, look.outline)


def _edge_complexity(look: Look) -> Reading:
    """Isoperimetric quotient P² / (4πA), holes included: 1 for a disc, 1.27 for a square (Osserman 1978)."""
    contours, _ = cv2.findContours(look.subject.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    perimeter = sum(cv2.arcLength(contour, True) for contour in contours)
    area = max(1.0, float(look.subject.sum()))
    return _reading("edge_complexity", perimeter**2 / (4 * np.pi * area), "ratio", look, look.subject)


def _fine_structure(look: Look) -> Reading:
    """Share of the subject that an opening with a disc of 1 % of its own size removes: strands, links, lace."""
    mask = look.subject.astype(np.uint8)
    _, _, width, height = cv2.boundingRect(mask)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _disk(max(1, round(0.012 * max(width, height)))))
    thin = look.subject & (opened == 0)
    return _reading("fine_structure", thin.sum() / max(1, look.subject.sum()), "share", look, thin)


def _undecided(look: Look) -> Reading:
    """Pixels the engine is in two minds about (0.15 < draft < 0.85), over the length of the outline in pixels."""
    between = (look.draft > 0.15) & (look.draft < 0.85)
    rim = _band(look.subject, 1).sum()
    return _reading("undecided", between.sum() / max(1, rim), "ratio", look, between)


def _edge_disorder(look: Look) -> Reading:
    """1 − coherence of the structure tensor along the outline (Bigün and Granlund 1987): 0 clean edge, near 1 fur."""
    lightness = look.lab[..., 0]
    along_x = cv2.Scharr(lightness, cv2.CV_32F, 1, 0)
    along_y = cv2.Scharr(lightness, cv2.CV_32F, 0, 1)
    blur = [cv2.GaussianBlur(part, (0, 0), 2.0) for part in (along_x**2, along_y**2, along_x * along_y)]
    coherence = np.sqrt((blur[0] - blur[1]) ** 2 + 4 * blur[2] ** 2) / (blur[0] + blur[1] + 1e-3)
    band = _band(look.outline, 3)
    value = 1 - float(coherence[band].mean()) if band.any() else 1.0
    return _reading("edge_disorder", value, "share", look, band & (coherence < 0.4))


def _color_match(look: Look) -> tuple[Reading, ...]:
    """Contrast (CIE76 ΔE) across the outline in 48 segments: the worst tenth counts, and the middle beside it."""
    outlines, _ = cv2.findContours(look.outline.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return (_reading("edge_contrast_worst", 0, "ΔE", look), _reading("edge_contrast_middle", 0, "ΔE", look))
    points = np.concatenate([outline[:, 0] for outline in outlines])
    inside = _inside_color(look)
    ground = cv2.cvtColor(look.surface, cv2.COLOR_RGB2Lab)
    contrast = np.linalg.norm(inside - ground, axis=2)[points[:, 1], points[:, 0]]
    segments = np.array_split(np.arange(len(points)), min(SEGMENTS, len(points)))
    means = np.array([np.median(contrast[segment]) for segment in segments])
    weak = np.zeros(look.subject.shape, bool)
    for segment in (segments[index] for index in np.argsort(means)[: max(1, len(means) // 10)]):
        weak[points[segment, 1], points[segment, 0]] = True
    return (
        _reading("edge_contrast_worst", np.quantile(means, 0.1), "ΔE", look, weak),
        _reading("edge_contrast_middle", np.median(means), "ΔE", look),
    )


def _inside_color(look: Look) -> Pixels:
    """Mean L*a*b* of subject pixels within 3 px, so that a point on the outline looks inwards."""
    weight = cv2.erode(look.outline.astype(np.uint8), _disk(1)).astype(np.float32)
    near = cv2.boxFilter(weight, -1, (7, 7), normalize=False) + 1e-3
    return cv2.boxFilter(look.lab * weight[..., None], -1, (7, 7), normalize=False) / near[..., None]


def _translucency(look: Look) -> Reading:
    """Share of the filled outline that looks like the backdrop seen through something: same chroma, not the same."""
    ratio = (look.rgb + 0.02) / (look.surface + 0.02)
    spread = ratio.max(axis=2) - ratio.min(axis=2)
    inner = cv2.erode(look.outline.astype(np.uint8), _disk(2)).astype(bool)
    through = inner & (spread < 0.05) & (ratio.min(axis=2) > 0.55) & (ratio.max(axis=2) < 1.25)
    return _reading("translucency", through.sum() / max(1, inner.sum()), "share", look, through)


def _specular_clutter(look: Look) -> Reading:
    """Share of the subject in small bright spots: white top-hat of the lightness above 12 L*."""
    lightness = look.lab[..., 0]
    spots = cv2.morphologyEx(lightness, cv2.MORPH_TOPHAT, _disk(6)) > 12
    inner = cv2.erode(look.outline.astype(np.uint8), _disk(2)).astype(bool)
    return _reading("specular_clutter", (spots & inner).sum() / max(1, inner.sum()), "share", look, spots & inner)


def _texture(look: Look) -> Reading:
    """Mean gradient of the lightness inside the subject, L* per pixel."""
    lightness = look.lab[..., 0]
    gradient = cv2.magnitude(cv2.Scharr(lightness, cv2.CV_32F, 1, 0), cv2.Scharr(lightness, cv2.CV_32F, 0, 1))
    inner = cv2.erode(look.outline.astype(np.uint8), _disk(3)).astype(bool)
    return _reading("texture", gradient[inner].mean() / 32 if inner.any() else 0, "L*/px", look)


def _shadow_strength(look: Look) -> Reading:
    """How much the darkest twentieth of the shadow dims the backdrop, times the shadow's share of the subject."""
    if not look.shadow.any():
        return _reading("shadow_strength", 0, "share", look)
    dimmed = 1 - ((look.rgb + 0.02) / (look.surface + 0.02)).mean(axis=2)[look.shadow]
    size = min(1.0, look.shadow.sum() / max(1, look.subject.sum()))
    return _reading("shadow_strength", np.quantile(dimmed, 0.95) * size, "share", look, look.shadow)


def _part_count(look: Look) -> Reading:
    """Number of separate parts of the subject."""
    count, _ = cv2.connectedComponents(look.subject.astype(np.uint8), connectivity=8)
    return _reading("parts", count - 1, "count", look, look.subject)


def _holes(look: Look) -> tuple[Reading, ...]:
    """Number of holes in the subject, and their share of the filled outline."""
    holes = look.outline & ~look.subject
    _, _, stats, _ = cv2.connectedComponentsWithStats(holes.astype(np.uint8), connectivity=4)
    count = int((stats[1:, cv2.CC_STAT_AREA] >= 4).sum())
    share = holes.sum() / max(1, look.outline.sum())
    return (_reading("holes", count, "count", look, holes), _reading("hole_share", share, "share", look))


def _backdrop_uniformity(look: Look) -> tuple[Reading, ...]:
    """Range of the fitted backdrop's luma (95th − 5th percentile), and how far it strays from its surface."""
    luma = look.surface @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    low, high = np.quantile(luma, (0.05, 0.95))
    spread = float(look.backdrop.spread.max())
    return (
        _reading("backdrop_range", high - low, "share", look),
        _reading("backdrop_spread", spread, "share", look),
        _reading("backdrop_brightness", np.median(luma), "share", look),
    )
