"""Edge readings against edges of known width, known halo and known staircase."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.mask import quantize
from pipeline.measure.edges import read_edges
from pipeline.model import Frame
from pipeline.model import Reading
from pipeline.model import WorkItem

Build = Callable[..., WorkItem]
SAME = Frame((1, 0, 0, 0, 1, 0), (600, 600))


@pytest.fixture
def disc(build_item: Build) -> WorkItem:
    return build_item(size=(600, 600), center=(300.3, 299.6), radius=180.0)


def edges(item: WorkItem, **changes: np.ndarray) -> dict[str, Reading]:
    made = {"result": item.cutout, "result_mask": item.mask} | changes
    readings = read_edges(item.photo.rgb, made["result"], made["result_mask"], SAME)
    return {reading.name: reading for reading in readings}


def test_an_exact_cutout_reads_as_faultless(disc: WorkItem) -> None:
    found = edges(disc)
    assert found["edge_width"].value == pytest.approx(1.0, abs=0.1)
    assert found["halo"].value < 2
    assert found["jaggedness"].value < 0.1


@pytest.mark.parametrize("sigma", [1.0, 1.5])
def test_a_softened_edge_is_wider_by_what_a_gaussian_adds(disc: WorkItem, sigma: float) -> None:
    blurred = cv2.GaussianBlur(disc.cutout, (0, 0), sigma)
    found = edges(disc, result=blurred, result_mask=quantize(cv2.GaussianBlur(disc.mask, (0, 0), sigma)))
    width = float(found["edge_width"].detail.split(" px")[0])
    assert width == pytest.approx(np.sqrt(2 * np.pi * sigma**2 + 1), rel=0.2)


@pytest.mark.parametrize("width", [1, 2, 4])
def test_backdrop_left_around_the_product_is_a_halo(disc: WorkItem, width: int) -> None:
    mask = cv2.dilate(disc.mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1)))
    cutout = np.rint(mask[..., None] * disc.photo.rgb + (1 - mask[..., None]) * 65535).astype(np.uint16)
    found = edges(disc, result=cutout, result_mask=mask)
    assert found["halo"].value > 12
    assert found["halo"].evidence.boxes


def test_a_white_backdrop_leaves_no_halo(build_item: Build) -> None:
    item = build_item(size=(600, 600), center=(300, 300), radius=180.0, backdrop=(255, 255, 255))
    mask = cv2.dilate(item.mask, np.ones((3, 3), np.uint8))
    assert edges(item, result=item.photo.rgb, result_mask=mask)["halo"].value == 0


def test_a_staircase_is_jagged(disc: WorkItem) -> None:
    coarse = (cv2.resize(disc.mask, (150, 150), interpolation=cv2.INTER_AREA) >= 0.5).astype(np.float32)
    stairs = cv2.resize(coarse, (600, 600), interpolation=cv2.INTER_NEAREST)
    cutout = np.where(stairs[..., None] > 0, disc.photo.rgb, np.uint16(65535))
    assert edges(disc, result=cutout, result_mask=stairs)["jaggedness"].value > 0.3


def test_a_product_like_the_backdrop_cannot_be_measured(build_item: Build) -> None:
    item = build_item(size=(600, 600), center=(300, 300), radius=180, color=(150, 150, 150), backdrop=(151, 150, 150))
    assert edges(item)["edge_width"].value is None


def test_an_empty_mask_has_no_edges(disc: WorkItem) -> None:
    found = edges(disc, result_mask=np.zeros((600, 600), np.float32))
    assert [reading.value for reading in found.values()] == [None, None, None]


def test_the_readings_hold_through_an_enlarging_frame(disc: WorkItem) -> None:
    doubled = Frame((2, 0, 0, 0, 2, 0), (1200, 1200))
    result = cv2.resize(disc.cutout, (1200, 1200), interpolation=cv2.INTER_LINEAR)
    mask = quantize(cv2.resize(disc.mask, (1200, 1200), interpolation=cv2.INTER_LINEAR))
    found = read_edges(replace(disc).photo.rgb, result, mask, doubled)
    assert found[0].value == pytest.approx(1.0, abs=0.15)
    assert found[1].value < 3
