"""A shadow taken for product is seen; products of the backdrop's colour and clean cut-outs are not blamed."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.color import srgb8_to_adobe16
from pipeline.mask import joined
from pipeline.mask import without_specks
from pipeline.measure.leftover import fit_on_proxy
from pipeline.measure.placement import read_small_holes
from pipeline.measure.placement import read_wisps
from pipeline.measure.shadow import read_shadow_left

SIDE = 600
PRODUCT = (slice(150, 400), slice(150, 350))
SHADOW = (slice(330, 400), slice(350, 520))


def scene(product: tuple[int, int, int], *, backdrop: int = 205, dim: float = 0.55) -> tuple[np.ndarray, np.ndarray]:
    """A photo (uint16 Adobe RGB) with a product and a shadow to its right, and the product's true mask."""
    photo = np.full((SIDE, SIDE, 3), backdrop, np.float32)
    shade = np.ones((SIDE, SIDE), np.float32)
    shade[SHADOW] = dim
    photo *= cv2.GaussianBlur(shade, (0, 0), 2)[..., None]
    photo[PRODUCT] = product
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[PRODUCT] = 1
    return srgb8_to_adobe16(np.rint(photo).astype(np.uint8)), mask


def test_a_shadow_in_the_mask_is_found_where_it_is() -> None:
    photo, mask = scene((160, 40, 50))
    mask[SHADOW] = 1
    found = read_shadow_left(photo, mask, fit_on_proxy(photo))
    assert found.value == pytest.approx(70 * 170 / mask.sum(), rel=0.5)
    left, top, right, bottom = found.evidence.boxes[0]
    assert 340 <= left < right <= 530
    assert 320 <= top < bottom <= 410


def test_a_clean_cut_out_is_not_blamed() -> None:
    photo, mask = scene((160, 40, 50))
    assert read_shadow_left(photo, mask, fit_on_proxy(photo)).value == 0


def test_a_product_of_the_backdrops_colour_is_no_shadow() -> None:
    photo, mask = scene((150, 150, 150))
    found = read_shadow_left(photo, mask, fit_on_proxy(photo))
    assert found.value == 0
    assert "colour" in found.detail


def test_without_a_product_nothing_is_measured() -> None:
    photo, mask = scene((160, 40, 50))
    assert read_shadow_left(photo, np.zeros_like(mask), fit_on_proxy(photo)).value is None


def test_a_hard_shadow_on_a_real_frame_is_found_and_the_true_matte_is_clean(shared: Path) -> None:
    frame = shared / "shoot" / "mug-green-hard-shadow"
    rgb = srgb8_to_adobe16(np.asarray(Image.open(frame.with_suffix(".png")).convert("RGB")))
    matte = np.asarray(Image.open(f"{frame}.alpha.png").convert("L"), np.float32) / 255
    backdrop = fit_on_proxy(rgb)
    assert read_shadow_left(rgb, matte, backdrop).value < 0.005
    with_shadow = matte.copy()
    with_shadow[800:860, 700:1000] = 1
    assert read_shadow_left(rgb, with_shadow, backdrop).value > 0.005


def test_print_taken_for_backdrop_is_a_small_hole_and_a_handle_is_not() -> None:
    mask = np.zeros((300, 300), np.float32)
    cv2.circle(mask, (150, 150), 120, 1.0, cv2.FILLED)
    cv2.circle(mask, (150, 150), 50, 0.0, cv2.FILLED)
    assert read_small_holes(mask, hole_share=0.02).value == 0
    mask[60:70, 145:155] = 0
    found = read_small_holes(mask, hole_share=0.02)
    assert found.value == 1
    assert found.evidence.boxes[0] == (145, 60, 155, 70)


def test_crumbs_far_away_are_dropped_and_parts_and_soft_edges_stay() -> None:
    mask = np.zeros((200, 200), np.float32)
    mask[50:150, 50:150] = 1
    mask[48:50, 60:140] = 0.02
    mask[10:12, 10:12] = 1
    mask[160:190, 50:100] = 1
    kept = without_specks(mask, share=0.001)
    assert kept[10:12, 10:12].max() == 0
    assert np.array_equal(kept[48:190], mask[48:190])


def test_pieces_of_one_edge_are_joined_and_products_are_not() -> None:
    covered = np.zeros((40, 40), bool)
    covered[5:10, 5:10] = covered[5:10, 13:18] = covered[30:35, 30:35] = True
    count, _ = cv2.connectedComponents(joined(covered).astype(np.uint8))
    assert count - 1 == 2


def test_faint_remains_away_from_the_product_are_seen_and_a_soft_edge_is_not() -> None:
    mask = np.zeros((400, 400), np.float32)
    cv2.circle(mask, (200, 200), 100, 1.0, cv2.FILLED)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)
    assert read_wisps(mask).value == 0
    mask[280:290, 310:340] = 0.2
    found = read_wisps(mask)
    assert found.value == pytest.approx(300 / (np.pi * 100**2), rel=0.1)
    assert found.evidence.boxes[0] == (310, 280, 340, 290)
    assert read_wisps(np.zeros_like(mask)).value is None
