"""Synthetic products with exact mattes: what every test of measuring, framing, scoring and delivering starts from."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.color import srgb8_to_adobe16
from pipeline.model import Complexity
from pipeline.model import ImageRecord
from pipeline.model import Photo
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import WorkItem
from pipeline.model import freeze
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.tools.toolbox import Toolbox
from pipeline.tools.toolbox import open_toolbox

Build = Callable[..., WorkItem]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load_settings()


@pytest.fixture(scope="session")
def small_settings(settings: Settings) -> Settings:
    """Settings whose platforms ask for 0.4 of their pixels, so that a test takes a tenth of a second."""
    platforms = {
        name: replace(
            rules,
            min_longest_side=rules.min_longest_side * 2 // 5,
            min_side=rules.min_side * 2 // 5,
            side=rules.side * 2 // 5,
        )
        for name, rules in settings.platforms.items()
    }
    return replace(settings, platforms=platforms)


@pytest.fixture(scope="session")
def toolbox(settings: Settings) -> Toolbox:
    return open_toolbox(settings)


@lru_cache(maxsize=8)
def disc_mask(width: int, height: int, center: tuple[float, float], radius: float) -> np.ndarray:
    """An anti-aliased disc, 16 × 16 samples per pixel along the edge, in 255 levels."""
    fine = np.zeros((height * 4, width * 4), np.uint8)
    middle = (round(center[0] * 64) - 8, round(center[1] * 64) - 8)
    cv2.circle(fine, middle, round(radius * 64), 255, -1, cv2.LINE_AA, shift=4)
    mean = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
    return mean.astype(np.float32) / 255


def compose(mask: np.ndarray, inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    blend = mask[..., None] * inside + (1 - mask[..., None]) * outside
    return np.rint(blend).astype(np.uint16)


@pytest.fixture(scope="session")
def build_item() -> Build:
    """Build a WorkItem as it stands after whiten: photo on a backdrop, exact mask, exact cutout."""

    def build(
        *,
        size: tuple[int, int] = (560, 520),
        center: tuple[float, float] = (280.0, 260.0),
        radius: float = 200.0,
        color: tuple[int, int, int] = (40, 90, 160),
        backdrop: tuple[int, int, int] = (150, 150, 150),
        mask: np.ndarray | None = None,
        finished: bool = False,
    ) -> WorkItem:
        width, height = size if mask is None else mask.shape[::-1]
        mask = disc_mask(width, height, center, radius) if mask is None else mask
        product = srgb8_to_adobe16(np.full((1, 1, 3), color, np.uint8)).astype(np.float64)
        shade = np.linspace(0.95, 1.05, width)[None, :, None]
        ground = srgb8_to_adobe16(np.full((1, 1, 3), backdrop, np.uint8)).astype(np.float64)
        white = np.full(3, 65535.0)
        photo = compose(mask, product * shade, np.broadcast_to(white if finished else ground, (height, width, 3)))
        cutout = compose(mask, product * shade, white)
        cutout[mask == 0] = 65535
        record = ImageRecord(1, "test", "product.png", "0" * 64, 1, width, height, sku="SKU1", asin="B0TEST0001")
        routing = Routing(Complexity.SIMPLE, Route.AUTOMATIC, finished=finished)
        return WorkItem(
            record,
            Photo(freeze(photo), None, 8, "embedded ICC"),
            routing=routing,
            mask=freeze(mask.astype(np.float32)),
            cutout=freeze(cutout),
        )

    return build


@pytest.fixture
def shoot_item(shared: Path) -> Callable[[str], WorkItem]:
    """A frame of the shared shoot with its exact matte, before whiten."""

    def load(name: str) -> WorkItem:
        rgb = np.asarray(Image.open(shared / "shoot" / f"{name}.png").convert("RGB"))
        alpha = np.asarray(Image.open(shared / "shoot" / f"{name}.alpha.png"))
        record = ImageRecord(1, "shoot", f"{name}.png", "0" * 64, 1, rgb.shape[1], rgb.shape[0], sku=name)
        photo = Photo(freeze(srgb8_to_adobe16(rgb)), None, 8, "assumed sRGB")
        item = WorkItem(record, photo, routing=Routing(Complexity.SIMPLE, Route.AUTOMATIC))
        return replace(item, mask=freeze(alpha.astype(np.float32) / 255))

    return load
