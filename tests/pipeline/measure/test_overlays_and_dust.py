"""What was put over a photo is proposed as masks, the product's own print never; dust is told from texture."""

import cv2
import numpy as np
import pytest

from pipeline.color import srgb8_to_adobe16
from pipeline.measure.dust import find_dust
from pipeline.measure.overlays import find_overlays
from pipeline.measure.overlays import overlay_hole

SIZE = (420, 560)


def write(picture, words, place, height, colour, strength=1.0):
    ink = np.zeros(SIZE, np.uint8)
    cv2.putText(ink, words, place, cv2.FONT_HERSHEY_DUPLEX, height / 22, 255, 2, cv2.LINE_AA)
    share = ink[..., None] / 255 * strength
    picture[:] = np.rint(picture * (1 - share) + np.array(colour) * share)
    return ink > 100


@pytest.fixture(scope="module")
def scene():
    """A green box with a print on a grey sweep, stamped, tagged and captioned."""
    y, _ = np.mgrid[: SIZE[0], : SIZE[1]]
    ground = 150 + 30 * y / SIZE[0] + np.random.default_rng(2).normal(0, 1.2, SIZE)
    picture = np.clip(np.dstack([ground] * 3), 0, 255).astype(np.uint8)
    clean = picture.copy()
    for shown in (picture, clean):
        shown[90:300, 180:400] = (40, 110, 70)
        write(shown, "OAK MILL", (205, 200), 26, (245, 240, 225))
    mask = np.zeros(SIZE, np.float32)
    mask[90:300, 180:400] = 1
    stamp = write(picture, "2019 08 14", (330, 395), 24, (255, 140, 30))
    write(picture, "(c) North Light", (20, 50), 24, (255, 255, 255), 0.35)
    cv2.rectangle(picture, (20, 330), (150, 385), (250, 240, 150), -1)
    write(picture, "EUR 49.90", (30, 365), 17, (20, 20, 20))
    return picture, clean, mask, stamp


def test_stamp_caption_and_tag_are_proposed_and_the_print_is_left_alone(scene):
    picture, clean, mask, stamp = scene
    found = find_overlays(srgb8_to_adobe16(picture), mask)
    kinds = {overlay.kind: overlay for overlay in found}

    assert {"date", "tag", "owner"} <= set(kinds)
    assert not any("OAK" in overlay.text.upper() for overlay in found)
    assert not any(overlay.on_product for overlay in found)
    hole = overlay_hole(found, (SIZE[1], SIZE[0]))
    assert not hole[mask > 0].any()
    assert hole[stamp].all()
    assert hole[330:385, 20:150].all()
    differs = np.abs(picture.astype(int) - clean).max(axis=2) > 40
    assert hole[differs].mean() > 0.995
    assert hole.mean() < 3 * differs.mean()


def test_specks_and_a_scratch_are_stepped_through_and_a_weave_is_no_dust():
    y, x = np.mgrid[:300, :300].astype(np.float32)
    plain = 120 + x / 10 + np.random.default_rng(4).normal(0, 1.0, (300, 300))
    plain[:, 200:] += 25 * np.sin(x[:, 200:]) * np.sin(y[:, 200:] * 0.9)
    picture = np.clip(np.dstack([plain] * 3), 0, 255).astype(np.uint8)
    assert find_dust(srgb8_to_adobe16(picture), None) == ()
    for place in ((40, 50), (120, 210), (90, 260)):
        cv2.circle(picture, place, 2, (30, 30, 30), -1, cv2.LINE_AA)
    cv2.line(picture, (60, 120), (110, 128), (200, 200, 200), 1, cv2.LINE_AA)
    found = find_dust(srgb8_to_adobe16(picture), None)

    assert len(found) == 4
    for x, y in ((40, 50), (120, 210), (90, 260), (85, 124)):
        assert any(left <= x < right and top <= y < bottom for left, top, right, bottom in found)
    product = np.zeros((300, 300), np.float32)
    product[:, :42] = 1
    beside = find_dust(srgb8_to_adobe16(picture), product)
    assert len(beside) == 3, "what lies on the outline is the outline"
