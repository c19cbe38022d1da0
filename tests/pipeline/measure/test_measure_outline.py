"""The whole outline against the original: lost parts, fringes, filled holes, strays, writing, each where it is."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from pipeline.color import srgb8_to_adobe16
from pipeline.measure.closeup import Closeup
from pipeline.measure.closeup import close_up
from pipeline.measure.fading import read_fading
from pipeline.measure.fringe import read_fringe
from pipeline.measure.ink import bring_out
from pipeline.measure.kept import read_filled
from pipeline.measure.kept import read_strays
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.lost import read_lost
from pipeline.measure.marks import read_marks
from pipeline.measure.rim import bare_share
from pipeline.measure.rim import read_rim
from pipeline.model import WorkItem

Build = Callable[..., WorkItem]


@pytest.fixture
def item(build_item: Build) -> WorkItem:
    return build_item(size=(900, 800), center=(450, 400), radius=300.0)


def look(item: WorkItem, mask: np.ndarray, rgb: np.ndarray | None = None) -> Closeup:
    photo = item.photo.rgb if rgb is None else rgb
    return close_up(photo, mask.astype(np.float32), fit_on_proxy(photo))


def test_a_right_mask_is_not_blamed(item: WorkItem) -> None:
    closeup = look(item, np.asarray(item.mask))
    rim = read_rim(closeup)
    fringe, share = read_fringe(closeup, rim)
    assert abs(fringe.value) < 0.6
    assert share.value < 0.05
    assert read_lost(closeup, rim).value == 0
    assert read_filled(closeup).value == 0
    assert read_strays(closeup, speck_share=0.01).value == 0
    assert read_marks(closeup, bring_out(item.photo.rgb, np.asarray(item.mask)))[0].value == 0
    assert bare_share(rim) < 0.05


@pytest.mark.parametrize("width", [2, 3, 4])
def test_a_mask_too_large_is_a_fringe_all_around(item: WorkItem, width: int) -> None:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * width + 1, 2 * width + 1))
    closeup = look(item, cv2.dilate(np.asarray(item.mask), disc))
    fringe, share = read_fringe(closeup, read_rim(closeup))
    assert fringe.value == pytest.approx(width, abs=0.8)
    assert share.value > 0.9
    away = np.hypot(*(np.array(fringe.evidence.outline) - (450, 400)).T)
    assert np.allclose(away, 300 + width, atol=3)


@pytest.mark.parametrize(("center", "radius"), [((450, 102), 8), ((450, 102), 20), ((400, 380), 6)])
def test_a_bite_and_a_hole_are_lost_parts(item: WorkItem, center: tuple[int, int], radius: int) -> None:
    mask = np.asarray(item.mask).copy()
    cv2.circle(mask, center, radius, 0.0, cv2.FILLED)
    closeup = look(item, mask)
    lost = read_lost(closeup, read_rim(closeup))
    assert lost.value == 1
    left, top, right, bottom = lost.evidence.boxes[0]
    assert left <= center[0] <= right
    assert top - 2 <= center[1] <= bottom + radius


def test_a_true_notch_is_no_lost_part(build_item: Build) -> None:
    mask = np.asarray(build_item(size=(900, 800), center=(450, 400), radius=300.0).mask).copy()
    cv2.circle(mask, (450, 102), 18, 0.0, cv2.FILLED)
    notched = build_item(mask=cv2.GaussianBlur(mask, (0, 0), 0.7))
    closeup = look(notched, np.asarray(notched.mask))
    assert read_lost(closeup, read_rim(closeup)).value == 0


def test_a_filled_hole_holds_backdrop(build_item: Build) -> None:
    mask = np.asarray(build_item(size=(900, 800), center=(450, 400), radius=300.0).mask).copy()
    cv2.circle(mask, (450, 400), 60, 0.0, cv2.FILLED)
    ring = build_item(mask=mask)
    assert read_filled(look(ring, mask)).value == 0
    filled = mask.copy()
    cv2.circle(filled, (450, 400), 64, 1.0, cv2.FILLED)
    found = read_filled(look(ring, filled))
    assert found.value == 1
    assert np.allclose(found.evidence.boxes[0], (390, 340, 511, 461), atol=6)


def test_a_crumb_of_backdrop_is_a_stray(item: WorkItem) -> None:
    mask = np.asarray(item.mask).copy()
    mask[60:68, 760:768] = 1
    found = read_strays(look(item, mask), speck_share=0.01)
    assert found.value == 1
    assert np.allclose(found.evidence.boxes[0], (760, 60, 768, 68), atol=2)


def test_a_slab_of_backdrop_has_a_bare_outline(item: WorkItem) -> None:
    slab = np.zeros(item.mask.shape, np.float32)
    slab[30:-30, 30:-30] = 1
    assert bare_share(read_rim(look(item, slab))) > 0.9


@pytest.mark.parametrize("height", [16, 28, 44])
def test_a_date_on_the_product_is_writing(item: WorkItem, height: int) -> None:
    rgb = np.asarray(item.photo.rgb).copy()
    ink = np.zeros(rgb.shape[:2], np.uint8)
    stroke = max(1, height // 9)
    cv2.putText(ink, "24.12.2019", (300, 420), cv2.FONT_HERSHEY_PLAIN, height / 10, 255, stroke, cv2.LINE_AA)
    orange = srgb8_to_adobe16(np.full((1, 1, 3), (255, 140, 40), np.uint8))
    rgb = np.where(ink[..., None] > 127, orange, rgb).astype(np.uint16)
    mask = np.asarray(item.mask)
    found, _ = read_marks(look(item, mask, rgb), bring_out(rgb, mask))
    assert found.value >= 1
    left, top, right, bottom = found.evidence.boxes[0]
    assert 280 <= left < right <= 760
    assert 420 - 2 * height <= top < bottom <= 440


def test_a_photo_without_a_product_has_no_closeup(item: WorkItem) -> None:
    assert close_up(item.photo.rgb, np.zeros_like(item.mask), fit_on_proxy(item.photo.rgb)) is None


def with_shadow(item: WorkItem) -> tuple[np.ndarray, np.ndarray]:
    """The photo with a faint soft shadow to the right of the product, and a mask that took it for product."""
    dim = 0.15 * cv2.GaussianBlur(np.roll(np.asarray(item.mask), 90, axis=1), (0, 0), 18)
    dim *= 1 - np.asarray(item.mask)
    rgb = np.rint(item.photo.rgb * (1 - dim[..., None]) ** (256 / 563)).astype(np.uint16)
    return rgb, np.maximum(item.mask, (dim > 0.02).astype(np.float32))


def test_an_outline_that_ends_in_a_faint_shadow_fades_where_the_shadow_is(item: WorkItem) -> None:
    rgb, mask = with_shadow(item)
    spoilt, clean = look(item, mask, rgb), look(item, np.asarray(item.mask), rgb)
    assert read_fading(clean, read_rim(clean)).value < 0.05
    found = read_fading(spoilt, read_rim(spoilt))
    assert found.value > 0.3
    assert np.median([x for x, _ in found.evidence.outline]) > 600


def test_a_hole_in_shadow_that_was_filled_is_found(build_item: Build) -> None:
    ys, xs = np.ogrid[:520, :560]
    ring = (np.hypot(xs - 280, ys - 260) < 200) & (np.hypot(xs - 280, ys - 260) > 60)
    item = build_item(mask=ring.astype(np.float32))
    shaded = np.rint(item.photo.rgb * np.where(np.hypot(xs - 280, ys - 260) < 60, 0.93, 1.0)[..., None])
    filled = (np.hypot(xs - 280, ys - 260) < 200).astype(np.float32)
    found = read_filled(look(item, filled, shaded.astype(np.uint16)))
    assert found.value == 1
    assert np.allclose(found.evidence.boxes[0], (223, 203, 337, 317), atol=8)
