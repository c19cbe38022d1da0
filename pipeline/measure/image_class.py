"""Image classes: what kind of surface a photo shows, and whether it is a photo at all; they name strata and may choose
the engine.

The surface comes from a small trained model over the readings of complexity and surface, made by `training/surface.py`
(`resources/models/surface.json`). A screenshot has no noise and steps only along rows and columns; a scan is a page of
light paper with thin dark strokes from edge to edge.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.logistic import load_model
from pipeline.model import Reading

FILE_NAME: Final = "surface.json"
SURFACES: Final = ("glossy", "matte", "fabric", "transparent")
SCREENSHOT: Final = "screenshot"
SCAN: Final = "scan"
PAPER_LIGHTNESS: Final = 75.0
PAPER_CHROMA: Final = 14.0
STROKE: Final = 9
"""Widest stroke of writing, pixels of a copy of 1024."""


def surface_chances(readings: Iterable[Reading]) -> dict[str, float]:
    """Return the probability of each surface, from the readings of complexity and surface; they sum to 1."""
    model, known = load_model(FILE_NAME), [replace(each, value=each.value or 0.0) for each in readings]
    return dict(zip(SURFACES, model.chances(model.row_of(known)).ravel().tolist(), strict=True))


def surface_class(readings: Iterable[Reading]) -> tuple[str, float]:
    """Return the likeliest surface and its probability, from the readings of complexity and surface."""
    chances = surface_chances(readings)
    name = max(chances, key=lambda surface: chances[surface])
    return name, chances[name]


def read_origin(rgb: NDArray[np.uint8]) -> tuple[Reading, ...]:
    """Return what tells a photo from a screenshot or a scan, of `rgb` (uint8 H×W×3 sRGB, about 1024 px, not resampled
    if it can be helped: `stillness` wants the file's own neighbours)."""
    return (
        Reading("stillness", round(_stillness(rgb), 5), "share"),
        Reading("straightness", round(_straightness(rgb), 5), "share"),
        *(Reading(name, round(value, 5), "share") for name, value in _page(rgb).items()),
    )


def origin_class(readings: Iterable[Reading], *, still: float, straight: float, paper: float, ink: float) -> str:
    """Return "screenshot", "scan" or "" (a photo) by the thresholds given, all shares."""
    values = {reading.name: reading.value or 0.0 for reading in readings}
    if values["stillness"] >= still and values["straightness"] >= straight:
        return SCREENSHOT
    if values["paper"] >= paper and values["ink_rows"] >= ink:
        return SCAN
    return ""


def _stillness(rgb: NDArray[np.uint8]) -> float:
    """Share of pixels that equal both neighbours, where the picture is neither pure white nor pure black."""
    inside = (rgb[:-1, :-1].max(axis=2) > 2) & (rgb[:-1, :-1].min(axis=2) < 253)
    same = (rgb[:-1, :-1] == rgb[1:, :-1]).all(axis=2) & (rgb[:-1, :-1] == rgb[:-1, 1:]).all(axis=2)
    return float(same[inside].mean()) if inside.sum() > 64 else 0.0


def _straightness(rgb: NDArray[np.uint8]) -> float:
    """Share of strong steps whose gradient lies within 2° of a row's or a column's direction."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    across, down = cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1)
    strong = cv2.magnitude(across, down) > 160
    if strong.sum() < 64:
        return 0.0
    minor = np.minimum(np.abs(across), np.abs(down))[strong]
    return float((minor < 0.035 * np.maximum(np.abs(across), np.abs(down))[strong]).mean())


def _page(rgb: NDArray[np.uint8]) -> dict[str, float]:
    """`paper`: share of light, hardly coloured pixels; `ink_rows`: share of twenty bands with thin dark strokes."""
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    light = (lab[..., 0] > PAPER_LIGHTNESS) & (np.hypot(lab[..., 1], lab[..., 2]) < PAPER_CHROMA)
    kernel = np.ones((STROKE, STROKE), np.uint8)
    strokes = cv2.morphologyEx(lab[..., 0], cv2.MORPH_BLACKHAT, kernel) > 22
    strokes &= cv2.dilate(light.astype(np.uint8), kernel).astype(bool)
    bands = [float(band.mean()) for band in np.array_split(strokes, 20, axis=0)]
    return {"paper": float(light.mean()), "ink_rows": float(np.mean([0.01 < band < 0.4 for band in bands]))}
