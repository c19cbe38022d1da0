"""Image classes on pictures whose kind is known."""

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.measure.complexity import look_at
from pipeline.measure.complexity import read_complexity
from pipeline.measure.image_class import SCAN
from pipeline.measure.image_class import SCREENSHOT
from pipeline.measure.image_class import SURFACES
from pipeline.measure.image_class import origin_class
from pipeline.measure.image_class import read_origin
from pipeline.measure.image_class import surface_chances
from pipeline.measure.surface import read_surface
from pipeline.settings import load_settings


def origin(rgb: np.ndarray) -> str:
    classing = load_settings().classify
    return origin_class(
        read_origin(rgb),
        still=classing.screenshot_still,
        straight=classing.screenshot_straight,
        paper=classing.scan_paper,
        ink=classing.scan_ink_rows,
    )


def page(noise: float) -> np.ndarray:
    picture = np.full((900, 700, 3), 238, np.uint8)
    for row in range(60, 860, 32):
        cv2.putText(picture, "a line of writing on paper", (40, row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (40, 40, 60), 2)
    grain = np.random.default_rng(1).normal(0, noise, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def photo() -> np.ndarray:
    rng = np.random.default_rng(2)
    rgb = np.full((800, 800, 3), 205.0)
    cv2.circle(rgb, (400, 420), 220, (90, 60, 140), cv2.FILLED)
    return np.clip(cv2.GaussianBlur(rgb, (0, 0), 2) + rng.normal(0, 2, rgb.shape), 0, 255).astype(np.uint8)


def test_windows_and_flat_colours_are_a_screenshot() -> None:
    picture = np.full((800, 1000, 3), 240, np.uint8)
    for left in range(40, 900, 120):
        cv2.rectangle(picture, (left, 80), (left + 90, 700), (60, 90, left // 5), cv2.FILLED)
    assert origin(picture) == SCREENSHOT


def test_a_page_of_writing_is_a_scan() -> None:
    assert origin(page(noise=2.0)) == SCAN


def test_a_studio_photo_is_neither() -> None:
    assert origin(photo()) == ""


def test_no_frame_of_the_test_shoot_is_taken_for_a_page_or_a_screen(shared) -> None:
    for path in sorted((shared / "shoot").glob("*.alpha.png")):
        rgb = np.asarray(Image.open(path.with_name(path.name.replace(".alpha", ""))).convert("RGB"))
        assert origin(rgb[:1024, :1024]) == "", path.name


def test_the_chances_of_all_surfaces_add_up_to_one() -> None:
    rgb = photo().astype(np.float32) / 255
    look = look_at(rgb, (rgb[..., 0] < 0.6).astype(np.float32))
    chances = surface_chances((*read_complexity(look), *read_surface(look)))
    assert tuple(chances) == SURFACES
    assert sum(chances.values()) == pytest.approx(1)


def test_an_empty_frame_has_every_reading_of_its_surface() -> None:
    rgb = np.full((300, 300, 3), 0.8, np.float32)
    empty = read_surface(look_at(rgb, np.zeros((300, 300), np.float32)))
    picture = photo().astype(np.float32) / 255
    full = read_surface(look_at(picture, (picture[..., 0] < 0.6).astype(np.float32)))
    assert [reading.name for reading in empty] == [reading.name for reading in full]
    assert all(np.isfinite(reading.value) for reading in (*empty, *full))


def test_a_mirror_like_ball_has_more_spots_than_a_matte_one() -> None:
    def ball(shine: float) -> float:
        rows, cols = np.mgrid[-1:1:400j, -1:1:400j]
        inside = rows**2 + cols**2 < 0.5
        light = np.where(inside, 0.35, 0.8) + shine * np.exp(-((rows + 0.3) ** 2 + (cols + 0.3) ** 2) / 0.004)
        rgb = np.repeat(np.clip(light, 0, 1)[..., None], 3, 2).astype(np.float32)
        found = {r.name: r.value for r in read_surface(look_at(rgb, inside.astype(np.float32)))}
        return found["spot_share"]

    assert ball(0.6) > ball(0.0)
