"""Colours by hand, away from the window's thread: a small copy in the colours that were set, and what it measures."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box
from pipeline.model import Grade
from pipeline.model import HueShift
from reviewer.desk.repair import screen_pixels
from reviewer.images.board import Patch
from reviewer.images.display import Display
from reviewer.images.pyramid import Pyramid
from reviewer.images.pyramid import pyramid_of
from reviewer.images.pyramid import stand_in

Photo = NDArray[np.uint16]
Lab = tuple[float, float, float]

SIDE: Final = 900
"""Longest side of the copy that is graded while a slider moves, in pixels."""
SURE: Final = 250
"""Cover (of 255) from which a pixel is the product's own."""
MOST_SAMPLES: Final = 256
"""Pixels on each side of a box that are measured, about."""
PICK: Final = 4
"""Half the side of the square that the white balance picker reads, in pixels."""


@dataclass(frozen=True, eq=False)
class Palette:
    """What colours are set on: a small copy of the photo (uint16), its product (0..1), the photo's size."""

    small: Photo
    cover: NDArray[np.float32]
    size: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Graded:
    """The picture in the colours that were set, the product's mean Lab before and after."""

    patch: Patch
    before: Lab
    after: Lab


def lay_out(photo: Photo, mask: NDArray[np.uint8]) -> Palette:
    """Return the palette of a photo and its product's mask (uint8 H×W)."""
    height, width = photo.shape[:2]
    scale = min(1.0, SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    cover = cv2.resize(np.where(mask >= SURE, mask, 0).astype(np.uint8), size, interpolation=cv2.INTER_AREA)
    return Palette(small, cover / np.float32(255), (width, height))


def graded(palette: Palette, grade: Grade, display: Display) -> Graded:
    """Return a palette's picture in the colours of a grade, on the product only."""
    from pipeline.tools.grade import by_hand

    made = by_hand(palette.small, grade)
    share = palette.cover[..., None]
    mixed = np.rint(palette.small + share * (made.astype(np.float32) - palette.small)).astype(np.uint16)
    shown = display.shown(stand_in(screen_pixels(mixed), palette.size))
    return Graded(Patch(0, 0, shown), mean_lab(palette.small, palette.cover), mean_lab(made, palette.cover))


def mean_lab(photo: Photo, cover: NDArray[np.float32]) -> Lab:
    """Return the mean L*a*b* (D50) of what is surely product; of all where nothing is."""
    from pipeline.color import adobe16_to_lab

    sure = cover >= 0.99
    pixels = photo[sure] if sure.any() else photo.reshape(-1, 3)
    light, a, b = (float(value) for value in adobe16_to_lab(pixels[None]).reshape(-1, 3).mean(axis=0))
    return light, a, b


@dataclass(frozen=True, eq=False)
class Reference:
    """A photo whose colours others are held against: its name, its pixels (uint16 H×W×3), and as it is shown."""

    name: str
    photo: Photo
    picture: Pyramid


def reference_of(name: str, photo: Photo, display: Display, grade: Grade | None = None) -> Reference:
    """Return a photo to hold colours against, in those that a person gave it (`grade`)."""
    from pipeline.tools.grade import by_hand

    own = photo if grade is None else by_hand(photo, grade)
    return Reference(name, own, display.shown(pyramid_of(screen_pixels(own))))


def lab_within(photo: Photo, box: Box) -> Lab:
    """Return the mean L*a*b* (D50) of a box of the photo (uint16 H×W×3); of few enough pixels of a large one."""
    from pipeline.color import adobe16_to_lab

    left, top, right, bottom = box
    step = max(1, max(right - left, bottom - top) // MOST_SAMPLES)
    cut = np.ascontiguousarray(photo[top:bottom:step, left:right:step])
    light, a, b = (float(value) for value in adobe16_to_lab(cut).reshape(-1, 3).mean(axis=0))
    return light, a, b


def difference(one: Lab, other: Lab) -> float:
    """Return CIEDE2000 of two colours."""
    from pipeline.color import delta_e_2000

    return float(delta_e_2000(np.array(one, np.float32), np.array(other, np.float32)))


def white_at(photo: Photo, x: float, y: float) -> tuple[float, float]:
    """Return the white point that makes the place around a pixel grey."""
    from pipeline.tools.grade import picked_white

    column, row = int(x), int(y)
    return picked_white(
        photo[max(0, row - PICK) : row + PICK + 1, max(0, column - PICK) : column + PICK + 1].reshape(-1, 3)
    )


def screen_color(lab: Lab) -> tuple[int, int, int]:
    """Return a colour of Lab as sRGB bytes, for a swatch."""
    from pipeline.color import adobe16_to_srgb8
    from pipeline.color import lab_to_linear
    from pipeline.color import linear_to_adobe16

    linear = np.clip(lab_to_linear(np.array([[lab]], np.float32)), 0, 1)
    red, green, blue = (int(value) for value in adobe16_to_srgb8(linear_to_adobe16(linear))[0, 0])
    return red, green, blue


def grade_values(grade: Grade) -> dict:
    """Return a grade as JSON material; `grade_of` reads it back."""
    return {
        "white": None if grade.white is None else list(grade.white),
        "exposure": grade.exposure,
        "hues": [[hue.hue, hue.turn, hue.chroma, hue.lightness] for hue in grade.hues],
    }


def grade_of(values: dict) -> Grade:
    """Return the grade that `grade_values` wrote."""
    white = values["white"]
    hues = tuple(HueShift(*(float(part) for part in hue)) for hue in values["hues"])
    return Grade(None if white is None else (float(white[0]), float(white[1])), float(values["exposure"]), hues)
