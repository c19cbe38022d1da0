import numpy as np
import pytest

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_linear
from pipeline.color import srgb8_to_adobe16
from pipeline.model import Grade
from pipeline.model import HueShift
from pipeline.tools.grade import by_hand
from pipeline.tools.grade import hand_gains
from pipeline.tools.grade import picked_white
from pipeline.tools.grade import product_with_hues
from pipeline.tools.grade import with_hues

RED, GREEN, GREY = (200, 60, 60), (60, 160, 70), (128, 128, 128)


def card(*colors):
    return srgb8_to_adobe16(np.array([colors], np.uint8))


def hue_of(rgb):
    lab = adobe16_to_lab(rgb)
    return np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))[0]


def test_a_picked_white_becomes_grey_and_keeps_its_light():
    warm = srgb8_to_adobe16(np.full((4, 4, 3), (180, 165, 140), np.uint8))
    graded = by_hand(warm, Grade(white=picked_white(warm)))
    lab, before = adobe16_to_lab(graded)[0, 0], adobe16_to_lab(warm)[0, 0]
    assert np.hypot(lab[1], lab[2]) < 0.1
    assert lab[0] == pytest.approx(before[0], abs=0.3)


def test_a_stop_of_exposure_doubles_the_light():
    assert hand_gains(Grade(exposure=1.0)) == pytest.approx((2, 2, 2))
    grey = card(GREY)
    light = adobe16_to_linear(by_hand(grey, Grade(exposure=0.5))) / adobe16_to_linear(grey)
    assert light == pytest.approx(np.sqrt(2), rel=1e-3)
    assert (by_hand(grey, Grade()) == grey).all()


def test_one_hue_turns_and_the_others_and_grey_stay_bit_for_bit():
    colors = card(RED, GREEN, GREY)
    turned = with_hues(colors, (HueShift(hue=float(hue_of(colors)[0]), turn=12.0, chroma=0.8, lightness=3.0),))
    assert (turned[0, 1:] == colors[0, 1:]).all()
    assert hue_of(turned)[0] - hue_of(colors)[0] == pytest.approx(12, abs=0.3)
    before, after = adobe16_to_lab(colors)[0, 0], adobe16_to_lab(turned)[0, 0]
    assert np.hypot(*after[1:]) == pytest.approx(0.8 * np.hypot(*before[1:]), rel=0.01)
    assert after[0] == pytest.approx(before[0] + 3, abs=0.1)


def test_on_white_only_the_product_s_own_share_of_a_pixel_is_turned():
    red = card(RED).astype(np.float64)
    mask = np.array([[1.0, 0.5, 0.0]], np.float32)
    result = np.rint(mask[..., None] * red + (1 - mask[..., None]) * 65535).astype(np.uint16)
    shift = (HueShift(hue=float(hue_of(card(RED))[0]), turn=15.0),)
    graded = product_with_hues(result, mask, shift)
    whole = with_hues(card(RED), shift)[0, 0].astype(np.float64)
    assert np.abs(graded[0, 0] - whole).max() <= 1
    assert np.abs(graded[0, 1] - (whole + 65535) / 2).max() <= 2
    assert (graded[0, 2] == 65535).all()
    assert (product_with_hues(result, mask, ()) == result).all()
