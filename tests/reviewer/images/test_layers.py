"""The layers: every failing pixel and no other, at every zoom; grounds that undo compositing; maps that lie right."""

import math

import cv2
import numpy as np
import pytest
from skimage.metrics import structural_similarity

from pipeline.framing import resample
from pipeline.mask import zones
from pipeline.measure.whiteness import read_whiteness
from pipeline.model import Frame
from reviewer.images.geometry import Region
from reviewer.images.layers import DELTA_E
from reviewer.images.layers import DIFFERENCE
from reviewer.images.layers import DIFFERENCES
from reviewer.images.layers import EDGE_LAYERS
from reviewer.images.layers import GROUND_LAYERS
from reviewer.images.layers import MARK_BGRA
from reviewer.images.layers import WHITE_LAYER
from reviewer.images.layers import look
from reviewer.images.layers import make_layer
from reviewer.images.maps import ssim_map
from reviewer.images.proof import prove
from reviewer.images.pyramid import build_pyramid

SIDE = 400
SAME = Frame((1.0, 0.0, 0.0, 0.0, 1.0, 0.0), (SIDE, SIDE))
WHOLE = Region(0, 0, SIDE, SIDE)


def product_on_white() -> tuple[np.ndarray, np.ndarray]:
    rgb = np.full((SIDE, SIDE, 3), 255, np.uint8)
    mask = np.zeros((SIDE, SIDE), np.uint8)
    rgb[100:300, 100:300], mask[100:300, 100:300] = (10, 120, 200), 255
    return rgb, mask


def layer_of(name, rgb, mask, *, original=None, frame=SAME, region=WHOLE, figures=None):
    result = build_pyramid(rgb)
    proof = prove(result.levels[0], mask, frame)
    return make_layer(
        name, build_pyramid(rgb if original is None else original), result, frame, proof, region, figures or {}
    )


def pixels_of(layer) -> np.ndarray:
    return layer.patch.levels[0]


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_one_pixel_of_254_in_one_channel_is_found(channel) -> None:
    rgb, mask = product_on_white()
    rgb[7, 11, channel] = 254
    layer = layer_of(WHITE_LAYER, rgb, mask)
    marked = (pixels_of(layer) == MARK_BGRA).all(axis=2)
    assert list(map(tuple, np.argwhere(marked))) == [(7, 11)]
    assert layer.sentence == "1 background px not exactly white"


def test_the_product_itself_is_not_marked() -> None:
    rgb, mask = product_on_white()
    layer = layer_of(WHITE_LAYER, rgb, mask)
    assert np.array_equal(pixels_of(layer)[..., 2::-1], rgb)
    assert layer.sentence == "Background exactly white"


@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_single_failing_pixel_is_marked_at_every_zoom(step) -> None:
    rgb, mask = product_on_white()
    rgb[7, 11] = 253
    layer = layer_of(WHITE_LAYER, rgb, mask, region=Region(0, 0, SIDE, SIDE, step))
    marked = (pixels_of(layer) == MARK_BGRA).all(axis=2)
    assert list(map(tuple, np.argwhere(marked))) == [(7 // step, 11 // step)]


@pytest.mark.parametrize("frame", [SAME, Frame((0.83, 0.0, 31.4, 0.0, 0.83, 12.7), (SIDE, SIDE))])
def test_the_number_shown_is_the_gates_number(frame) -> None:
    rng = np.random.default_rng(3)
    rgb, mask = product_on_white()
    mask = cv2.GaussianBlur(mask, (0, 0), 3)
    rgb[rng.random((SIDE, SIDE)) < 0.3] = 254
    cover = resample(mask.astype(np.float32) / 255, frame, outside=0.0)
    judged = read_whiteness(rgb, zones(cover, 0), tolerance=5)
    proof = prove(build_pyramid(rgb).levels[0], mask, frame)
    assert judged.field.off_white > 1000
    assert (proof.off_white, proof.off_border) == (judged.field.off_white, judged.border.off_white)


def test_a_gate_that_saw_more_at_sixteen_bits_is_quoted() -> None:
    rgb, mask = product_on_white()
    layer = layer_of(WHITE_LAYER, rgb, mask, figures={"off_white_field": 12.0, "off_white_border": 0.0})
    assert layer.sentence == "the gate counted 12 background px at 16 bits"


def test_another_ground_is_what_compositing_on_it_would_have_given() -> None:
    rng = np.random.default_rng(5)
    product = rng.integers(0, 256, (SIDE, SIDE, 3)).astype(np.float64)
    mask = rng.integers(0, 256, (SIDE, SIDE), dtype=np.uint8)
    alpha = mask[..., None] / 255.0
    on_white = np.rint(product * alpha + 255 * (1 - alpha)).astype(np.uint8)
    layer = layer_of("grey", on_white, mask)
    expected = product * alpha + 119 * (1 - alpha)
    assert np.abs(pixels_of(layer)[..., 2::-1].astype(float) - expected).max() <= 1.01


@pytest.mark.parametrize("gain", [1, 4, 16])
def test_the_difference_shows_only_what_changed_on_the_product(gain) -> None:
    rgb, mask = product_on_white()
    before = np.full((SIDE * 2, SIDE * 2, 3), 90, np.uint8)
    before[200:600, 200:600] = (10, 120, 200)
    rgb[150:160, 150:170] = (10, 105, 201)
    frame = Frame((0.5, 0.0, 0.0, 0.0, 0.5, 0.0), (SIDE, SIDE))
    matte = np.kron(mask, np.ones((2, 2), np.uint8))
    layer = layer_of(f"{DIFFERENCE}{gain}", rgb, matte, original=before, frame=frame)
    assert layer.sentence == f"Difference ×{gain}, at most 15 of 255 here"
    shown = pixels_of(layer)
    lit = (shown != shown[0, 0]).any(axis=2)
    rows, columns = np.nonzero(lit)
    assert (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1) == (150, 160, 150, 170)
    assert lit.sum() == 200


def test_delta_e_says_how_far_a_colour_moved_and_where() -> None:
    rgb, mask = product_on_white()
    before = rgb.copy()
    rgb[200:220, 200:220] = (60, 120, 160)
    layer = layer_of(DELTA_E, rgb, mask, original=before, figures={"color_shift": 0.4})
    assert layer.sentence.endswith("whole product 0.4")
    lit = (pixels_of(layer) != pixels_of(layer)[0, 0]).any(axis=2)
    assert lit[200:220, 200:220].all()
    assert lit.sum() == 400


def test_the_ssim_map_agrees_with_scikit_image() -> None:
    rng = np.random.default_rng(8)
    before = cv2.GaussianBlur(rng.integers(0, 256, (200, 200), dtype=np.uint8), (0, 0), 2)
    after = cv2.add(before, rng.integers(0, 12, before.shape, dtype=np.uint8))
    bgra = [cv2.cvtColor(grey, cv2.COLOR_GRAY2BGRA) for grey in (before, after)]
    found = ssim_map(*bgra, np.full(before.shape, 255, np.uint8))
    _, theirs = structural_similarity(before, after, data_range=255, full=True)
    inner = theirs[20:-20, 20:-20]
    ours = 1 - found.shown[20:-20, 20:-20] / 255
    assert np.abs(np.clip(inner, 0, 1) - ours).max() < 1 / 255 + 1e-3


@pytest.mark.parametrize("name", [*DIFFERENCES, *GROUND_LAYERS, *EDGE_LAYERS, WHITE_LAYER])
@pytest.mark.parametrize("region", [WHOLE, Region(64, 32, 368, 400), Region(0, 96, 400, 304, 4)])
def test_every_layer_covers_exactly_its_region(name, region) -> None:
    rgb, mask = product_on_white()
    layer = layer_of(name, rgb, mask, region=region)
    assert layer.sentence
    rows, columns = pixels_of(layer).shape[:2]
    assert (rows, columns) == (
        math.ceil((region.bottom - region.top) / region.step),
        math.ceil((region.right - region.left) / region.step),
    )
    assert layer.affine == region.affine
    assert (pixels_of(layer)[..., 3] == 255).all()


@pytest.mark.parametrize(
    "matrix",
    [(1, 0, -20, 0, 1, -30), (0.5, 0, 3, 0, 0.5, 7), (0.8, 0.1, -20, -0.1, 0.8, 40), (1.7, 0, -90, 0, 1.7, -120)],
)
def test_the_original_is_brought_where_the_frame_says(matrix) -> None:
    rng = np.random.default_rng(1)
    smooth = cv2.resize(rng.integers(0, 256, (30, 40, 3), dtype=np.uint8), (800, 600), interpolation=cv2.INTER_CUBIC)
    frame = Frame(tuple(map(float, matrix)), (SIDE, SIDE))
    expected = cv2.warpAffine(
        smooth,
        np.array(matrix, np.float64).reshape(2, 3)
        + np.array([[0, 0, (matrix[0] + matrix[1] - 1) / 2], [0, 0, (matrix[3] + matrix[4] - 1) / 2]]),
        (SIDE, SIDE),
        borderValue=(255, 255, 255),
    )
    result = build_pyramid(expected)
    proof = prove(result.levels[0], np.zeros((600, 800), np.uint8), frame)
    sight = look(build_pyramid(smooth), result, frame, proof, Region(40, 40, 300, 280), {})
    inside = (sight.after[..., :3] != 255).all(axis=2)
    assert inside.sum() > 20_000
    apart = np.abs(sight.before[inside][:, :3].astype(int) - sight.after[inside][:, :3])
    assert np.percentile(apart, 99) <= 3


def test_levels_are_chosen_so_that_nothing_is_shrunk_by_half_or_more() -> None:
    picture = build_pyramid(np.zeros((1000, 1500, 3), np.uint8))
    for scale in (2.0, 1.0, 0.7, 0.5, 0.3, 0.26, 0.13):
        level = picture.levels[picture.level_for(scale)]
        assert 1500 * scale <= level.shape[1] or level.shape[1] == 1500
        assert level.shape[1] < 2 * 1500 * scale or picture.level_for(scale) == len(picture.levels) - 1
        assert picture.level_of(picture.step_for(scale)) is level
