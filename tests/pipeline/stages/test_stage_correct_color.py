"""Cast removal: only from grey backdrops, only within limits, only on the product."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.stages.correct_color import GAINS
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def corrected(item: WorkItem, toolbox: Toolbox, settings: Settings) -> tuple[WorkItem, WorkItem]:
    framed = frame(item, toolbox, settings)
    return framed, correct_color(framed, toolbox, settings)


def reading(item: WorkItem, name: str) -> float | None:
    return next(found.value for found in item.readings if found.name == name)


def test_a_warm_light_on_a_grey_backdrop_is_taken_off(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    before, after = corrected(build_item(color=(150, 148, 142), backdrop=(158, 155, 149)), toolbox, settings)
    lab = rgb2lab(np.array([158, 155, 149]) / 255)
    independent = deltaE_ciede2000(lab, [lab[0], 0, 0])
    assert reading(after, "cast_before") == pytest.approx(independent, abs=0.3)
    assert reading(after, "cast_after") < 1.0
    solid = after.result_mask == 1
    was, now = before.result[solid].astype(float), after.result[solid].astype(float)
    spread_was, spread_now = np.ptp(was.mean(axis=0)), np.ptp(now.mean(axis=0))
    assert spread_now < 0.4 * spread_was
    assert (after.result[after.result_mask == 0] == 65535).all()


def test_a_strong_cast_moves_the_product_no_further_than_the_limit(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    _, after = corrected(build_item(color=(120, 118, 112), backdrop=(166, 155, 148)), toolbox, settings)
    moved = reading(after, "cast_before") - reading(after, "cast_after")
    assert 0.5 < moved <= settings.color.max_shift_delta_e
    assert reading(after, "cast_after") > 0.5


@pytest.mark.parametrize(
    ("backdrop", "why"),
    [
        ((40, 190, 70), "coloured"),
        ((90, 130, 190), "coloured"),
        ((205, 190, 160), "coloured"),
        ((22, 22, 26), "too dark"),
        ((150, 150, 150), "invisible"),
    ],
)
def test_other_backdrops_change_no_pixel(
    backdrop: tuple[int, int, int], why: str, build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    before, after = corrected(build_item(backdrop=backdrop), toolbox, settings)
    assert np.array_equal(before.result, after.result)
    assert why in after.steps[-1].detail
    assert [reading(after, name) for name in GAINS] == [1, 1, 1]


def test_a_finished_photo_keeps_its_colours(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    before, after = corrected(build_item(finished=True, color=(150, 148, 142)), toolbox, settings)
    assert np.array_equal(before.result, after.result)
    assert reading(after, "cast_before") is None


def test_stored_gains_give_the_same_pixels_again(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    before, after = corrected(build_item(color=(150, 148, 142), backdrop=(158, 155, 149)), toolbox, settings)
    stricter = replace(settings, color=replace(settings.color, max_backdrop_chroma=0.0))
    again = correct_color(replace(before, readings=after.readings), toolbox, stricter)
    assert np.array_equal(again.result, after.result)
    assert again.readings == after.readings


def test_clipped_highlights_stay_white(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(color=(150, 148, 142), backdrop=(158, 155, 149))
    cutout = item.cutout.copy()
    cutout[240:256, 240:256] = 65535
    _, after = corrected(replace(item, cutout=cutout), toolbox, settings)
    move_x, move_y = int(after.frame.matrix[2]), int(after.frame.matrix[5])
    assert (after.result[240 + move_y : 256 + move_y, 240 + move_x : 256 + move_x] == 65535).all()


def test_edge_pixels_stay_composites_with_white(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    before, after = corrected(build_item(color=(90, 88, 83), backdrop=(158, 155, 149)), toolbox, settings)
    gains = np.array([reading(after, name) for name in GAINS]) ** (256 / 563)
    edge = (after.result_mask > 0.2) & (after.result_mask < 0.8)
    cover = after.result_mask[edge][:, None]
    product = (before.result[edge] / 65535 - (1 - cover)) / cover
    expected = cover * product * gains + (1 - cover)
    bright = before.result[edge].min(axis=1) > 0.95 * 65535
    assert np.abs(after.result[edge] / 65535 - expected)[~bright].max() < 2e-4
