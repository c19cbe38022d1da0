"""White point, brightness and cards, read from rendered and drawn frames."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.measure.light import CHART
from pipeline.measure.light import find_card
from pipeline.measure.light import read_light

PATCHES = [tuple(bytes.fromhex(patch)) for patch in CHART]


def chart(gains: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """A photo (float32 600×800×3) of a ColorChecker on grey, under a cast."""
    picture = np.full((600, 800, 3), 150, np.uint8)
    cv2.rectangle(picture, (150, 120), (670, 480), (20, 20, 20), cv2.FILLED)
    for index, color in enumerate(PATCHES):
        row, column = divmod(index, 6)
        x, y = 170 + 80 * column, 140 + 80 * row
        cv2.rectangle(picture, (x, y), (x + 60, y + 60), color, cv2.FILLED)
    linear = np.power(picture / 255, 2.2) * np.array(gains)
    return np.power(linear.clip(0, 1), 1 / 2.2).astype(np.float32)


def test_a_color_checker_tells_the_cast() -> None:
    red, blue = find_card(chart((1.0, 0.85, 0.6)))
    assert red == pytest.approx(1 / 0.85, rel=0.06)
    assert blue == pytest.approx(0.6 / 0.85, rel=0.06)


def test_a_neutral_light_reads_neutral() -> None:
    assert find_card(chart()) == pytest.approx((1.0, 1.0), abs=0.03)


def test_a_chequered_cushion_is_no_chart(shared: Path) -> None:
    rgb = np.asarray(Image.open(shared / "shoot/pillow-beige-on-beige.png").convert("RGB"), np.float32) / 255
    assert find_card(rgb) is None


@pytest.mark.parametrize(("gains", "warmer"), [((1.0, 0.9, 0.7), True), ((0.8, 0.9, 1.0), False)])
def test_the_backdrop_tells_a_warm_from_a_cold_light(gains: tuple[float, float, float], warmer: bool) -> None:
    rgb = np.power(np.full((256, 256, 3), 0.3, np.float32) * np.array(gains, np.float32), 1 / 2.4)
    light = read_light(rgb.astype(np.float32))
    assert (light.red > light.blue) is warmer
    assert light.key_to_fill == pytest.approx(1.0, abs=0.05)


def test_a_blown_backdrop_admits_that_it_tells_nothing() -> None:
    light = read_light(np.ones((256, 256, 3), np.float32))
    assert light.blown == 1.0
    assert not light.is_neutral(chroma_limit=14)


def test_a_green_screen_is_not_neutral_and_grey_paper_is(shared: Path) -> None:
    found = {}
    for name in ("toy-green-screen", "book-grey"):
        rgb = np.asarray(Image.open(shared / f"shoot/{name}.png").convert("RGB"), np.float32) / 255
        found[name] = read_light(rgb).is_neutral(chroma_limit=14)
    assert found == {"toy-green-screen": False, "book-grey": True}
