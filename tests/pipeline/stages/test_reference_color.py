"""A client's reference: matched in Lab, within limits, by one set of gains, and told in ΔE00 before and after."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from PIL import Image
from skimage.color import deltaE_ciede2000
from skimage.color import rgb2lab

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_linear
from pipeline.color import adobe16_to_srgb8
from pipeline.color import lab_to_linear
from pipeline.color import srgb8_to_adobe16
from pipeline.errors import KnownError
from pipeline.model import WorkItem
from pipeline.settings import Client
from pipeline.settings import Settings
from pipeline.settings import load_settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def lab_of(*rgb: int) -> tuple[float, float, float]:
    """L*a*b* (D50) of an sRGB colour."""
    lab = adobe16_to_lab(srgb8_to_adobe16(np.array([[rgb]], np.uint8)))[0, 0]
    return float(lab[0]), float(lab[1]), float(lab[2])


def wanting(settings: Settings, *patches: tuple[float, float, float]) -> Settings:
    return replace(settings, clients={"Acme": Client(reference=patches)})


def corrected(item: WorkItem, toolbox: Toolbox, settings: Settings) -> WorkItem:
    item = replace(item, record=replace(item.record, client="Acme"))
    return correct_color(frame(item, toolbox, settings), toolbox, settings)


def reading(item: WorkItem, name: str) -> float | None:
    return {found.name: found.value for found in item.readings}.get(name)


def mean_color(item: WorkItem) -> np.ndarray:
    return adobe16_to_srgb8(item.result)[item.result_mask == 1].mean(axis=0)


@budget(deadline=None)
@given(rgb=st.tuples(*[st.integers(0, 65535)] * 3))
def test_lab_and_back_is_the_same_light(rgb: tuple[int, int, int]) -> None:
    pixel = np.array([[rgb]], np.uint16)
    assert np.allclose(lab_to_linear(adobe16_to_lab(pixel)), adobe16_to_linear(pixel), atol=2e-5)


def test_a_product_near_its_reference_is_brought_to_it(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(color=(150, 92, 60))
    after = corrected(item, toolbox, wanting(settings, lab_of(154, 90, 63)))
    plain = corrected(item, toolbox, settings)
    lab = rgb2lab(np.array([(154, 90, 63), mean_color(plain), mean_color(after)]) / 255)
    was, now = deltaE_ciede2000(lab[0], lab[1]), deltaE_ciede2000(lab[0], lab[2])
    assert now < 0.4 * was
    assert reading(after, "reference_before") == pytest.approx(was, abs=0.35)
    assert reading(after, "reference_after") == pytest.approx(now, abs=0.35)
    assert "client's reference (1 of 1 colours)" in after.steps[-1].detail
    assert (after.result[after.result_mask == 0] == 65535).all()


def test_no_product_is_moved_beyond_the_limit(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(color=(150, 92, 60))
    after = corrected(item, toolbox, wanting(settings, lab_of(176, 88, 66)))
    plain = corrected(item, toolbox, settings)
    moved = deltaE_ciede2000(*rgb2lab(np.array([mean_color(plain), mean_color(after)]) / 255))
    assert 1.0 < moved <= settings.color.max_reference_shift + 0.3
    assert reading(after, "reference_after") < reading(after, "reference_before")


def test_another_colour_is_left_alone_and_that_is_said(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(color=(150, 92, 60))
    after, plain = corrected(item, toolbox, wanting(settings, lab_of(40, 60, 180))), corrected(item, toolbox, settings)
    assert np.array_equal(after.result, plain.result)
    assert reading(after, "reference_before") is None
    assert "none of the client's reference colours" in after.steps[-1].detail


def test_what_matches_already_stays_bit_for_bit(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    plain = corrected(build_item(color=(150, 92, 60)), toolbox, settings)
    inside = plain.result[plain.result_mask == 1]
    target = adobe16_to_lab(inside.mean(axis=0).astype(np.uint16).reshape(1, 1, 3))[0, 0]
    near = wanting(settings, tuple(float(value) for value in target))
    after = corrected(build_item(color=(150, 92, 60)), toolbox, near)
    assert np.array_equal(after.result, plain.result)
    assert reading(after, "reference_before") < 1.0


def test_a_second_pass_applies_the_stored_gains_and_keeps_the_readings(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    own = wanting(settings, lab_of(154, 90, 63))
    first = corrected(build_item(color=(150, 92, 60)), toolbox, own)
    # Rendering again, years later: the client's settings are gone, the stored gains are not.
    again = correct_color(frame(replace(first, result=None, result_mask=None), toolbox, settings), toolbox, settings)
    assert np.array_equal(again.result, first.result)
    assert reading(again, "reference_before") == reading(first, "reference_before")


def test_a_photo_on_white_serves_as_the_reference(
    build_item: Build, toolbox: Toolbox, settings: Settings, tmp_path: Path
) -> None:
    picture = np.full((300, 300, 3), 255, np.uint8)
    picture[60:240, 60:240] = (154, 90, 63)
    (tmp_path / "clients").mkdir()
    Image.fromarray(picture).save(tmp_path / "clients" / "mug.png")
    (tmp_path / "clients" / "Acme.toml").write_text('reference_image = "mug.png"', "utf-8")
    own = replace(settings, clients=load_settings(tmp_path).clients)
    by_photo = corrected(build_item(color=(150, 92, 60)), toolbox, own)
    by_patch = corrected(build_item(color=(150, 92, 60)), toolbox, wanting(settings, lab_of(154, 90, 63)))
    assert reading(by_photo, "reference_after") == pytest.approx(reading(by_patch, "reference_after"), abs=0.05)
    (tmp_path / "clients" / "mug.png").write_bytes(b"no picture")
    broken = replace(settings, clients=load_settings(tmp_path).clients)
    with pytest.raises(KnownError, match=r"reference photo .*mug.png cannot be used") as caught:
        corrected(build_item(), toolbox, broken)
    assert type(caught.value) is KnownError, "the image that came in is not to blame"


def test_finished_photos_keep_their_colours(build_item: Build, toolbox: Toolbox, settings: Settings) -> None:
    item = build_item(color=(150, 92, 60), finished=True)
    after = corrected(item, toolbox, wanting(settings, lab_of(154, 90, 63)))
    assert np.array_equal(after.result, corrected(item, toolbox, settings).result)
