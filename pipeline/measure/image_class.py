"""Image classes: what kind of surface a photo shows, and whether it is a photo at all; they name strata and may choose
the engine.

The surface comes from a small trained model over the readings of complexity and surface, made by `training/surface.py`
(`resources/models/surface.json`). A screenshot has no noise and steps only along rows and columns; a scan is a page of
light paper with thin dark strokes from edge to edge.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.measure.difficulty import expand
from pipeline.measure.difficulty import squash
from pipeline.model import Reading

SURFACES: Final = ("glossy", "matte", "fabric", "transparent")
SCREENSHOT: Final = "screenshot"
SCAN: Final = "scan"
PAPER_LIGHTNESS: Final = 75.0
PAPER_CHROMA: Final = 14.0
STROKE: Final = 9
"""Widest stroke of writing, pixels of a copy of 1024."""


@dataclass(frozen=True, eq=False)
class SurfaceModel:
    """Multinomial logistic regression; `weights` float64 4×2n over squashed, standardised values and their squares."""

    features: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]
    name: str

    def probabilities(self, readings: Iterable[Reading]) -> dict[str, float]:
        """Return the probability of each surface; they sum to 1."""
        values = {reading.name: reading.value or 0.0 for reading in readings}
        row = np.array([[values[name] for name in self.features]], np.float64)
        logits = expand((squash(row) - self.mean) / self.scale) @ self.weights.T + self.intercepts
        odds = np.exp(logits - logits.max())
        return dict(zip(SURFACES, (odds / odds.sum()).ravel().tolist(), strict=True))


@lru_cache(maxsize=1)
def load_surface_model() -> SurfaceModel:
    """Return the shipped model."""
    document = json.loads(resources.files("resources").joinpath("models", "surface.json").read_text("utf-8"))
    return SurfaceModel(
        features=tuple(document["features"]),
        mean=np.array(document["mean"]),
        scale=np.array(document["scale"]),
        weights=np.array(document["weights"]),
        intercepts=np.array(document["intercepts"]),
        name=document["name"],
    )


def surface_class(readings: Iterable[Reading]) -> tuple[str, float]:
    """Return the likeliest surface and its probability, from the readings of complexity and surface."""
    chances = load_surface_model().probabilities(readings)
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
