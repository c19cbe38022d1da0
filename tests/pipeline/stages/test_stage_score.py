"""The score and its known holes: what a sum of four parts would ship, gates and flags must hold back."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from pipeline.batch.routing import destination
from pipeline.color import adobe16_to_srgb_float
from pipeline.framing import resample
from pipeline.mask import quantize
from pipeline.measure.parts import background_points
from pipeline.model import Complexity
from pipeline.model import Frame
from pipeline.model import Reading
from pipeline.model import Route
from pipeline.model import Routing
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.stages.score import pixels_digest
from pipeline.stages.score import score
from pipeline.stages.whiten import whiten
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]
GATES = {"exact_white", "border", "touching", "fill", "resolution", "subjects"}


def judged(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    return score(correct_color(frame(item, toolbox, settings), toolbox, settings), toolbox, settings)


def failed(item: WorkItem) -> set[str]:
    return {gate.name for gate in item.gates if not gate.passed}


def flagged(item: WorkItem) -> set[str]:
    return {flag.name for flag in item.flags}


def goes_to(item: WorkItem, settings: Settings) -> State:
    routing = Routing(Complexity.SIMPLE, Route.AUTOMATIC)
    return destination(routing=routing, score=item.score, gates=item.gates, flags=item.flags, settings=settings)


def test_a_clean_simple_product_is_approved(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = judged(build_item(), toolbox, settings)
    assert item.score.verdict is Verdict.APPROVE
    assert item.score.total >= 95
    assert {gate.name for gate in item.gates} == GATES
    assert failed(item) == flagged(item) == set()
    assert goes_to(item, settings) is State.APPROVED


def test_scoring_changes_no_pixel_and_names_them(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    framed = frame(build_item(), toolbox, settings)
    item = score(framed, toolbox, settings)
    assert item.result is framed.result
    assert item.steps[-1].detail == pixels_digest(framed)
    changed = framed.result.copy()
    changed[0, 0, 0] -= 1
    assert pixels_digest(replace(framed, result=changed)) != pixels_digest(framed)


def test_forty_percent_off_white_background_is_held_by_a_gate(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(build_item(), toolbox, settings)
    field = np.flatnonzero(framed.result_mask.ravel() == 0)
    dirty = framed.result.copy().reshape(-1, 3)
    dirty[field[: int(0.4 * len(field))]] = 245 * 257
    item = score(replace(framed, result=dirty.reshape(framed.result.shape)), toolbox, settings)
    assert item.score.background == pytest.approx(15.0, abs=0.01)
    assert item.score.total >= 88
    assert {"exact_white", "border"} <= failed(item)
    assert item.score.verdict is Verdict.REVIEW
    assert next(gate for gate in item.gates if gate.name == "exact_white").evidence.boxes


def test_a_single_pixel_one_level_off_white_fails_the_gate(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(build_item(), toolbox, settings)
    dirty = framed.result.copy()
    dirty[40, 60, 1] = 65534
    item = score(replace(framed, result=dirty), toolbox, settings)
    (gate,) = [gate for gate in item.gates if not gate.passed]
    assert gate.name == "exact_white"
    assert gate.evidence.boxes == ((60, 40, 61, 41),)
    assert item.score.background == pytest.approx(25.0)
    assert goes_to(item, settings) is State.REVIEW


def test_half_a_fill_is_held_by_a_gate(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = judged(replace(build_item(), frame=Frame((1, 0, 112, 0, 1, 132), (784, 784))), toolbox, settings)
    assert item.score.product_fill == pytest.approx(25 * 0.51 / 0.85, abs=0.1)
    assert item.score.total >= 88
    assert failed(item) == {"fill"}
    assert item.score.verdict is Verdict.REVIEW


def test_nothing_removed_at_all_is_held_back(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    whole = build_item(mask=np.ones((520, 560), np.float32))
    item = judged(replace(whole, cutout=whole.photo.rgb), toolbox, settings)
    assert "touching" in failed(item)
    assert goes_to(item, settings) is not State.APPROVED


def test_a_backdrop_left_around_the_product_is_flagged(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    clean = build_item(radius=160.0)
    mask = np.zeros((520, 560), np.float32)
    mask[16:-16, 16:-16] = 1
    cutout = clean.photo.rgb.copy()
    cutout[mask == 0] = 65535
    item = judged(replace(clean, mask=mask, cutout=cutout), toolbox, settings)
    assert "backdrop_left" in flagged(item)
    assert goes_to(item, settings) is State.REVIEW


def test_a_black_hole_in_the_product_is_flagged_where_it_is(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    framed = frame(build_item(), toolbox, settings)
    holed = framed.result.copy()
    at = np.array([240 + int(framed.frame.matrix[2]), 200 + int(framed.frame.matrix[5])])
    cv2.circle(holed, (int(at[0]), int(at[1])), 10, (0, 0, 0), -1)
    item = score(replace(framed, result=holed), toolbox, settings)
    assert item.score.color_accuracy == pytest.approx(25.0)
    assert flagged(item) == {"product_changed", "ssim_unlike"}
    flag = next(flag for flag in item.flags if flag.name == "product_changed")
    assert flag.evidence.space == "result"
    left, top, right, bottom = flag.evidence.boxes[0]
    assert abs((left + right) / 2 - at[0]) <= 4
    assert abs((top + bottom) / 2 - at[1]) <= 4
    assert 18 <= right - left <= 28
    assert goes_to(item, settings) is State.REVIEW


def test_an_unknown_part_never_gets_full_marks(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    pale = build_item(color=(150, 150, 150), backdrop=(151, 150, 150))
    item = judged(whiten(pale, toolbox, settings), toolbox, settings)
    assert item.score.edge_quality is None
    measured = (item.score.background, item.score.product_fill, item.score.color_accuracy)
    assert item.score.total == pytest.approx(100 * sum(measured) / 75, abs=0.1)
    assert item.score.verdict is not Verdict.APPROVE
    assert goes_to(item, settings) is not State.APPROVED


def test_a_photo_without_a_product_is_never_approved(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = judged(build_item(mask=np.zeros((520, 560), np.float32)), toolbox, settings)
    assert {"subjects", "fill"} <= failed(item)
    assert item.score.verdict is not Verdict.APPROVE


def test_a_product_the_photographer_cut_off_fails_touching(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = judged(build_item(center=(160, 260)), toolbox, settings)
    (gate,) = [gate for gate in item.gates if not gate.passed]
    assert gate.name == "touching"
    assert "left" in gate.detail
    assert gate.evidence.space == "original"
    assert gate.evidence.boxes[0][0] == 0


def test_a_product_too_small_for_the_platform_fails_resolution(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = judged(build_item(radius=60.0), toolbox, settings)
    assert failed(item) == {"resolution"}


def test_a_speck_beside_the_product_is_flagged(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item()
    mask = np.asarray(item.mask).copy()
    mask[40:46, 48:54] = 1
    dirty = whiten(replace(item, mask=mask), toolbox, settings)
    assert "strays" in flagged(judged(dirty, toolbox, settings))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda mask: cv2.dilate(mask, np.ones((5, 5), np.uint8)), "halo"),
        (lambda mask: cv2.resize(mask[::6, ::6], mask.shape[::-1], interpolation=cv2.INTER_NEAREST), "jaggedness"),
    ],
)
def test_a_spoilt_edge_loses_points(
    spoil: Callable, fault: str, build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item()
    good = judged(item, toolbox, settings)
    bad = judged(
        whiten(replace(item, mask=quantize(spoil(np.asarray(item.mask)))), toolbox, settings), toolbox, settings
    )
    before = next(reading for reading in good.readings if reading.name == fault)
    after = next(reading for reading in bad.readings if reading.name == fault)
    assert after.value > 3 * before.value
    assert bad.score.edge_quality < 0.7 * good.score.edge_quality
    assert after.evidence.boxes


def test_a_set_of_products_fails_where_one_is_declared(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(radius=120.0, center=(140, 260))
    other = build_item(radius=120.0, center=(420, 260))
    mask = np.maximum(item.mask, other.mask)
    pair = whiten(build_item(mask=mask), toolbox, settings)
    assert "subjects" not in failed(judged(pair, toolbox, settings))
    platform = replace(settings.platforms["amazon_main"], subjects=1)
    strict = replace(settings, platforms=settings.platforms | {"amazon_main": platform})
    assert "subjects" in failed(judged(pair, toolbox, strict))


def test_a_whole_shift_of_colour_costs_points(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    framed = frame(build_item(), toolbox, settings)
    warmer = np.clip(framed.result * np.array([1.25, 1.0, 0.75]), 0, 65535).astype(np.uint16)
    warmer[framed.result_mask == 0] = 65535
    item = score(replace(framed, result=warmer), toolbox, settings)
    solid = framed.result_mask == 1
    labs = [rgb2lab(adobe16_to_srgb_float(pixels[solid][None])) for pixels in (framed.result, warmer)]
    independent = float(deltaE_ciede2000(*labs).mean())
    assert independent > 4
    assert item.score.color_accuracy == pytest.approx(25 * (10 - independent) / 9, abs=1.5)
    assert "product_changed" not in flagged(item)


def test_the_same_image_scores_the_same_through_an_enlarging_frame(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = judged(build_item(radius=140.0), toolbox, settings)
    assert item.frame.scale > 1
    assert item.score.color_accuracy == pytest.approx(25.0)
    assert flagged(item) == {"enlarged"}
    assert goes_to(item, settings) is State.APPROVED


def test_resampled_masks_and_results_agree_on_what_is_background(build_item: Build) -> None:
    item = build_item()
    for scale in (0.37, 0.8, 1.3):
        small = Frame((scale, 0, 9.5, 0, scale, 20.25), (600, 560))
        mask = quantize(resample(item.mask, small, outside=0.0))
        pixels = resample(item.cutout, small, outside=65535)
        darkest = pixels[mask == 0].min()
        assert darkest >= 65535 - 200, "what lies outside the mask is white but for rounding"


def test_backdrop_taken_for_product_costs_the_background_its_points(settings):
    def points(**shares):
        values = {"near_white_share": 1.0, "backdrop_left": 0.0, "shadow_left": 0.0} | shares
        readings = {name: Reading(name, value, "ratio") for name, value in values.items()}
        return background_points(readings, settings.scoring)

    assert points() == 25
    assert points(backdrop_left=0.05) == 25
    assert points(backdrop_left=0.6) == pytest.approx(10)
    assert points(shadow_left=0.2) == pytest.approx(20)
    assert points(near_white_share=None) is None
