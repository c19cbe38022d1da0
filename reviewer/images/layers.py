"""What can lie over the result: failing pixels, differences, edges and other grounds, for the part one looks at.

Every layer is a function of a `Sight`; all run on workers, and none of them costs more for a larger picture.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import Frame
from reviewer.images import maps
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Region
from reviewer.images.geometry import compose
from reviewer.images.geometry import invert
from reviewer.images.geometry import scale_of
from reviewer.images.proof import WHITE
from reviewer.images.proof import Proof
from reviewer.images.pyramid import Pyramid
from reviewer.language import numeral
from reviewer.language import translate

Pixels = NDArray[np.uint8]
Figures = Mapping[str, float | None]
MARK_BGRA = (255, 0, 255, 255)
BURNT_BGRA, BLACK_BGRA = (40, 40, 255, 255), (255, 120, 0, 255)
WHITE_LAYER, RING, EDGES, MATTE, CLIPPING = "white", "ring", "edges", "matte", "clipping"
GAINS = (1, 4, 16)
DIFFERENCE, DELTA_E, SSIM = "difference ×", "ΔE00", "SSIM"
CHECKER_SIDE = 16
CHECKER_TONES = (150, 205)
GROUNDS: dict[str, tuple[int, int, int] | None] = {
    "white": (255, 255, 255),
    "grey": (119, 119, 119),
    "black": (0, 0, 0),
    "checker": None,
    "red": (200, 0, 0),
}
GROUND_WORDS = {
    "white": QT_TRANSLATE_NOOP("Window", "Ground: white"),
    "grey": QT_TRANSLATE_NOOP("Window", "Ground: grey"),
    "black": QT_TRANSLATE_NOOP("Window", "Ground: black"),
    "checker": QT_TRANSLATE_NOOP("Window", "Ground: checker"),
    "red": QT_TRANSLATE_NOOP("Window", "Ground: red"),
}
WHITE_WORDS = {
    "off_white_field": (
        QT_TRANSLATE_NOOP("Window", "{count} background px not exactly white"),
        QT_TRANSLATE_NOOP("Window", "the gate counted {count} background px at 16 bits"),
    ),
    "off_white_border": (
        QT_TRANSLATE_NOOP("Window", "{count} border px not exactly white"),
        QT_TRANSLATE_NOOP("Window", "the gate counted {count} border px at 16 bits"),
    ),
}
DIFFERENCES = (*(f"{DIFFERENCE}{gain}" for gain in GAINS), DELTA_E, SSIM)
GROUND_LAYERS = (*(name for name in GROUNDS if name != "white"), MATTE)
EDGE_LAYERS = (RING, EDGES)


@dataclass(frozen=True, eq=False)
class Layer:
    """A patch that lies over the result.

    Attributes:
        name: which layer it is.
        patch: uint8 h×w×4 BGRA as a pyramid of one level; affine: its pixels → product coordinates.
        sentence: what it shows, in words and numbers.
    """

    name: str
    patch: Pyramid
    affine: Affine
    sentence: str


@dataclass(frozen=True, eq=False)
class Sight:
    """One region of a pair on one grid.

    Attributes:
        before, after: uint8 h×w×4 BGRA, the original brought there and the result.
        cover: uint8 h×w, the mask 0..255; marks: uint8 h×w, 255 where exact white fails, None where it never does.
        region: where it lies; proof: the whole of it; figures: values of the gates' readings by name.
    """

    before: Pixels
    after: Pixels
    cover: Pixels
    marks: Pixels | None
    region: Region
    proof: Proof
    figures: Figures


def make_layer(
    name: str, original: Pyramid, result: Pyramid, frame: Frame, proof: Proof, region: Region, figures: Figures
) -> Layer:
    """Return a layer for one region; `region.step` names a level that `result` and `proof` have."""
    sight = look(original, result, frame, proof, region, figures)
    pixels, sentence = _maker(name)(sight)
    patch = Pyramid((np.ascontiguousarray(pixels),), (pixels.shape[1], pixels.shape[0]))
    return Layer(name, patch, region.affine, sentence)


def look(original: Pyramid, result: Pyramid, frame: Frame, proof: Proof, region: Region, figures: Figures) -> Sight:
    """Return both pictures and the proof on the grid of a region."""
    level = region.step.bit_length() - 1
    after = result.level_of(region.step)[region.grid]
    marks = proof.marks[level][region.grid] if proof.marks else None
    before = _brought(original, frame, region, after.shape[:2])
    return Sight(before, after, proof.cover[level][region.grid], marks, region, proof, figures)


def _brought(original: Pyramid, frame: Frame, region: Region, shape: tuple[int, ...]) -> Pixels:
    """Return the part of the original that lies under a region, on its grid; white where there is none."""
    back = compose(invert(frame.matrix), region.affine)
    level = original.judged[original.level_for(1 / scale_of(back))]
    shrink = level.shape[1] / original.size[0]
    a, b, c, d, e, f = compose((shrink, 0.0, 0.0, 0.0, shrink, 0.0), back)
    x, y, rows, columns = round(c), round(f), *shape
    straight = np.allclose((a, b, d, e), (1, 0, 0, 1), atol=1e-9) and abs(c - x) < 1e-6 and abs(f - y) < 1e-6
    if straight and x >= 0 and y >= 0 and y + rows <= level.shape[0] and x + columns <= level.shape[1]:
        return level[y : y + rows, x : x + columns]
    # Affines here count pixel centres at .5, cv2 counts them at 0.
    matrix = np.array([[a, b, c + (a + b - 1) / 2], [d, e, f + (d + e - 1) / 2]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(level, matrix, (columns, rows), flags=flags, borderValue=(WHITE,) * 4)


def _maker(name: str) -> Callable[[Sight], tuple[Pixels, str]]:
    named = {WHITE_LAYER: _white, DELTA_E: _delta_e, SSIM: _ssim, MATTE: _matte, RING: _ring}
    named |= {EDGES: _edges, CLIPPING: _clipping}
    if name in named:
        return named[name]
    if name.startswith(DIFFERENCE):
        return partial(_difference, gain=int(name.removeprefix(DIFFERENCE)))
    return partial(_on_ground, name=name)


def _white(sight: Sight) -> tuple[Pixels, str]:
    """Every background and border pixel that is not exactly white in magenta, visible at any zoom."""
    shown = sight.after.copy()
    if sight.marks is not None:
        shown[sight.marks > 0] = MARK_BGRA
    return shown, white_sentence(sight.proof, sight.figures)


def white_sentence(proof: Proof, figures: Figures) -> str:
    """Say how many pixels fail, over the whole image; where the gate saw more at 16 bits, say that too."""
    counts = ((proof.off_white, "off_white_field"), (proof.off_border, "off_white_border"))
    parts = []
    for found, reading in counts:
        judged, (off, counted) = figures.get(reading), WHITE_WORDS[reading]
        if found:
            parts.append(translate("Window", off).format(count=numeral(f"{found:,}")))
        if judged is not None and int(judged) != found:
            parts.append(translate("Window", counted).format(count=numeral(f"{int(judged):,}")))
    return ", ".join(parts) or translate("Window", "Background exactly white")


def _difference(sight: Sight, gain: int) -> tuple[Pixels, str]:
    """How far each product pixel is from the original's; the background was changed on purpose and stays dark."""
    apart = maps.absolute_difference(sight.before, sight.after)
    apart = cv2.bitwise_and(apart, cv2.compare(sight.cover, WHITE, cv2.CMP_EQ))
    words = translate("Window", "Difference ×{gain}, at most {most} of 255 here")
    sentence = words.format(gain=gain, most=int(apart.max(initial=0)))
    return maps.glowing(cv2.convertScaleAbs(apart, alpha=gain)), sentence


def _delta_e(sight: Sight) -> tuple[Pixels, str]:
    found = maps.delta_e_map(sight.before, sight.after, sight.cover)
    whole = sight.figures.get("color_shift")
    words = translate("Window", "ΔE00 here {mean} on average, {worst} at most")
    sentence = words.format(mean=numeral(f"{found.mean:.1f}"), worst=numeral(f"{found.worst:.1f}"))
    if whole is not None:
        sentence += translate("Window", ", whole product {mean}").format(mean=numeral(f"{whole:.1f}"))
    return maps.glowing(found.shown), sentence


def _ssim(sight: Sight) -> tuple[Pixels, str]:
    found = maps.ssim_map(sight.before, sight.after, sight.cover)
    words = translate("Window", "SSIM here {mean}, {worst} at the worst place")
    sentence = words.format(mean=numeral(f"{found.mean:.3f}"), worst=numeral(f"{found.worst:.2f}"))
    return maps.glowing(found.shown), sentence


def _matte(sight: Sight) -> tuple[Pixels, str]:
    return cv2.cvtColor(sight.cover, cv2.COLOR_GRAY2BGRA), translate(
        "Window", "Mask: white is product, grey is partly see-through"
    )


def _ring(sight: Sight) -> tuple[Pixels, str]:
    halo = sight.figures.get("halo")
    shown, sentence = (
        maps.ring(sight.after, sight.cover, sight.region.step),
        translate("Window", "Ring along the outline"),
    )
    if halo is not None:
        sentence += translate("Window", ", halo {halo} ΔE00").format(halo=numeral(f"{halo:.1f}"))
    return shown, sentence


def _clipping(sight: Sight) -> tuple[Pixels, str]:
    """Product pixels without detail: red where a channel is full, blue where all are empty."""
    product = cv2.compare(sight.cover, WHITE, cv2.CMP_EQ)
    blue, green, red, _ = cv2.split(sight.after)
    brightest = cv2.max(cv2.max(blue, green), red)
    burnt = cv2.bitwise_and(product, cv2.compare(brightest, WHITE, cv2.CMP_EQ))
    black = cv2.bitwise_and(product, cv2.compare(brightest, 0, cv2.CMP_EQ))
    shown = sight.after.copy()
    shown[burnt > 0], shown[black > 0] = BURNT_BGRA, BLACK_BGRA
    words = translate("Window", "Product without detail: {burnt} burnt out, {black} black")
    shares = [cv2.countNonZero(part) / max(1, cv2.countNonZero(product)) for part in (burnt, black)]
    return shown, words.format(burnt=numeral(f"{shares[0]:.1%}"), black=numeral(f"{shares[1]:.1%}"))


def _edges(sight: Sight) -> tuple[Pixels, str]:
    width, jags = sight.figures.get("edge_width"), sight.figures.get("jaggedness")
    parts = [translate("Window", "Edges, outline green")]
    if width is not None:
        parts.append(translate("Window", "{width}× as wide").format(width=numeral(f"{width:.2f}")))
    if jags is not None:
        parts.append(translate("Window", "jagged {jags} px").format(jags=numeral(f"{jags:.2f}")))
    return maps.edge_map(sight.after, sight.cover), ", ".join(parts)


def _on_ground(sight: Sight, name: str) -> tuple[Pixels, str]:
    """The product on another ground: C − (1 − α)·(white − ground), which undoes compositing on white."""
    rows, columns = sight.after.shape[:2]
    wanted = _ground(name, sight.region, (rows, columns))
    taken = cv2.multiply(cv2.merge([WHITE - sight.cover] * 3), WHITE - wanted, scale=1 / WHITE)
    product = cv2.subtract(cv2.cvtColor(sight.after, cv2.COLOR_BGRA2BGR), taken)
    return cv2.cvtColor(product, cv2.COLOR_BGR2BGRA), translate("Window", GROUND_WORDS[name])


def _ground(name: str, region: Region, shape: tuple[int, int]) -> Pixels:
    color = GROUNDS[name]
    if color is not None:
        return np.full((*shape, 3), color[::-1], np.uint8)
    rows = (region.top // region.step + np.arange(shape[0])[:, None]) // CHECKER_SIDE
    columns = (region.left // region.step + np.arange(shape[1])) // CHECKER_SIDE
    tones = np.array(CHECKER_TONES, np.uint8)[(rows + columns) % 2]
    return np.repeat(tones[..., None], 3, axis=2)
