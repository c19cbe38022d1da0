"""The product's own pixels: nothing is said of framing and grading, everything else is found where it is."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.color import adobe16_to_srgb8
from pipeline.color import srgb8_to_adobe16
from pipeline.framing import resample
from pipeline.measure.changed import compare
from pipeline.measure.changed import read_burnt
from pipeline.measure.changed import read_changed
from pipeline.measure.changed import read_coding
from pipeline.measure.changed import read_similarity
from pipeline.measure.changed import read_unasked
from pipeline.model import Frame
from pipeline.model import WorkItem

Build = Callable[..., WorkItem]
STILL = Frame((1, 0, 0, 0, 1, 0), (900, 800))
NEUTRAL = (1.0, 1.0, 1.0)


@pytest.fixture
def item(build_item: Build) -> WorkItem:
    return build_item(size=(900, 800), center=(450, 400), radius=300.0)


def compared(item: WorkItem, result: np.ndarray, frame: Frame = STILL, edited: np.ndarray | None = None):
    mask = resample(np.asarray(item.mask), frame, outside=0.0)
    return compare(item.photo.rgb, result, mask, frame, edited)


@pytest.mark.parametrize(
    "frame",
    [
        Frame((1, 0, 37, 0, 1, -20), (1000, 900)),
        Frame((0.7, 0, 12.3, 0, 0.7, 4.5), (700, 600)),
        Frame((1.4, 0, 12.3, 0, 1.4, 4.5), (1400, 1300)),
    ],
)
def test_framing_alone_is_no_change(item: WorkItem, frame: Frame) -> None:
    found = compared(item, resample(item.cutout, frame, outside=65535), frame)
    assert read_changed(found, levels=7).value == 0
    assert read_unasked(found, NEUTRAL).value < 0.05
    assert read_similarity(found)[0].value > 0.99
    assert read_coding(found)[0].value < 0.05
    assert read_burnt(found).value == 0


@pytest.mark.parametrize("side", [8, 40])
def test_a_changed_patch_is_found_where_it_is(item: WorkItem, side: int) -> None:
    spoilt = item.cutout.copy()
    spoilt[300 : 300 + side, 500 : 500 + side] = (60000, 60000, 5000)
    found = compared(item, spoilt)
    changed = read_changed(found, levels=7)
    (box,) = changed.evidence.boxes
    assert np.allclose(box, (500, 300, 500 + side, 300 + side), atol=4)
    assert changed.value == pytest.approx(side**2 / np.count_nonzero(item.mask >= 0.999), rel=0.8)
    assert read_similarity(found)[0].value < 0.5


def test_what_was_edited_on_purpose_has_not_changed(item: WorkItem) -> None:
    spoilt, edited = item.cutout.copy(), np.zeros((800, 900), bool)
    spoilt[300:340, 500:540] = (60000, 60000, 5000)
    edited[300:340, 500:540] = True
    assert read_changed(compared(item, spoilt, edited=edited), levels=7).value == 0


def test_a_grade_on_record_is_asked_for_and_another_is_not(item: WorkItem) -> None:
    gains = (1.15, 1.0, 0.85)
    graded = np.clip(item.cutout * np.array(gains), 0, 65535).astype(np.uint16)
    found = compared(item, graded)
    assert found.gains == pytest.approx(gains, abs=0.005)
    assert read_unasked(found, gains).value < 0.3
    assert read_unasked(found, NEUTRAL).value > 2
    assert read_changed(found, levels=7).value == 0


def test_a_coder_leaves_blocks_and_a_camera_does_not(item: WorkItem) -> None:
    rng = np.random.default_rng(1)
    noisy = np.clip(adobe16_to_srgb8(item.cutout) + rng.normal(0, 12, item.cutout.shape), 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 40])
    coded = srgb8_to_adobe16(cv2.imdecode(data, cv2.IMREAD_COLOR))
    photo = srgb8_to_adobe16(noisy)
    mask = np.asarray(item.mask)
    assert read_coding(compare(photo, photo, mask, STILL, None))[0].value < 0.05
    grain, blocks = read_coding(compare(photo, coded, mask, STILL, None))
    assert grain.value > 1.3
    assert blocks.value > 1.1


def test_burnt_highlights_are_new_ones_only(item: WorkItem) -> None:
    bright = np.clip(item.cutout.astype(np.float32) * 3, 0, 65535).astype(np.uint16)
    assert read_burnt(compared(item, bright)).value > 0.5
    assert read_burnt(compare(bright, bright, np.asarray(item.mask), STILL, None)).value == 0


def test_a_product_without_a_solid_inside_is_not_compared(item: WorkItem) -> None:
    assert compare(item.photo.rgb, item.cutout, item.mask * 0.5, STILL, None) is None
    assert read_changed(None, levels=7).value is None
