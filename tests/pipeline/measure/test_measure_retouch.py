"""Fills: a smear, a repeat and a seam are told from a fill that is right."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.measure.changed import Comparison
from pipeline.measure.changed import compare
from pipeline.measure.retouch import read_retouch
from pipeline.model import Frame
from pipeline.model import WorkItem

STILL = Frame((1, 0, 0, 0, 1, 0), (400, 400))
REGION = (slice(170, 230), slice(170, 230))


@pytest.fixture
def woven(build_item: Callable[..., WorkItem]) -> WorkItem:
    return build_item(size=(400, 400), center=(200, 200), radius=150.0)


@pytest.fixture
def photo(woven: WorkItem) -> np.ndarray:
    rng = np.random.default_rng(4)
    texture = cv2.GaussianBlur(rng.normal(0, 1, (400, 400, 1)), (0, 0), 1.2)[..., None] * 9000
    return np.clip(woven.photo.rgb.astype(float) + 8000 + texture, 0, 65535).astype(np.uint16)


def filled(woven: WorkItem, photo: np.ndarray, fill: np.ndarray) -> Comparison:
    edited = np.zeros((400, 400), bool)
    edited[REGION] = True
    return compare(photo, np.where(edited[..., None], fill, photo), np.asarray(woven.mask), STILL, edited)


def values(found: Comparison) -> list[float]:
    return [reading.value for reading in read_retouch(found)]


def test_a_right_fill_is_not_blamed(woven: WorkItem, photo: np.ndarray) -> None:
    smear, repeats, seam = values(filled(woven, photo, photo))
    assert smear < 0.2
    assert repeats < 0.1
    assert seam < 1.5


def test_a_smear_has_lost_its_texture(woven: WorkItem, photo: np.ndarray) -> None:
    smear, _, _ = read_retouch(filled(woven, photo, cv2.GaussianBlur(photo, (0, 0), 5)))
    assert smear.value > 0.7
    assert np.allclose(smear.evidence.boxes[0], (170, 170, 230, 230), atol=3)


def test_a_pasted_piece_has_twins(woven: WorkItem, photo: np.ndarray) -> None:
    assert values(filled(woven, photo, np.roll(photo, 62, axis=1)))[1] > 0.8


def test_a_brighter_fill_shows_its_border(woven: WorkItem, photo: np.ndarray) -> None:
    brighter = np.clip(photo.astype(np.int64) + 12 * 257, 0, 65535).astype(np.uint16)
    assert values(filled(woven, photo, brighter))[2] > 6


def test_nothing_painted_is_not_measured(woven: WorkItem, photo: np.ndarray) -> None:
    found = compare(photo, photo, np.asarray(woven.mask), STILL, None)
    assert values(found) == [None, None, None]
    assert values(None) == [None, None, None]
