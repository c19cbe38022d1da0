"""The resolution is foreseen from the draft, before any work, and said once by the end."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies

from pipeline.batch.routing import destination
from pipeline.framing import Canvas
from pipeline.framing import framed
from pipeline.framing import plan_frame
from pipeline.model import Flag
from pipeline.model import QcScore
from pipeline.model import State
from pipeline.model import Verdict
from pipeline.settings import load_settings
from pipeline.stages.classify import classify
from pipeline.stages.classify import foreseen_resolution
from pipeline.stages.frame import frame
from pipeline.tools.toolbox import open_toolbox

SETTINGS = load_settings()


def block(width: int, height: int) -> np.ndarray:
    mask = np.zeros((300, 400), np.float32)
    mask[20 : 20 + height, 30 : 30 + width] = 1
    return mask


@pytest.mark.parametrize(("side", "name"), [(230, None), (210, "enlarged"), (112, "enlarged"), (105, "low_resolution")])
def test_the_draft_tells_what_the_platform_will_miss(build_item, side: int, name: str | None) -> None:
    # The photo has four pixels for each of the draft: 230 → 920 px → framed 1,051 px, and so on.
    photo = build_item(size=(1600, 1200), center=(400, 400), radius=100).photo
    flags = foreseen_resolution(block(side, 50), photo, SETTINGS)
    assert [flag.name for flag in flags] == ([name] if name else [])


def test_an_empty_draft_foresees_nothing(build_item) -> None:
    assert foreseen_resolution(block(0, 0), build_item().photo, SETTINGS) == ()


def test_the_sentence_names_product_frame_and_need(build_item) -> None:
    photo = build_item(size=(1600, 1200), center=(400, 400), radius=100).photo
    (flag,) = foreseen_resolution(block(100, 50), photo, SETTINGS)
    title = SETTINGS.platforms["amazon_main"].title
    assert flag.detail == f"product has 400 px, framed 457 px, {title} needs 1000 px"


def test_classify_says_it_before_the_work_and_frame_says_it_once_in_its_place(build_item) -> None:
    item = replace(
        build_item(size=(1200, 1100), center=(600, 550), radius=150), flags=(Flag("assumed_profile", 1, ""),)
    )
    before = classify(replace(item, mask=None, cutout=None), open_toolbox(SETTINGS), SETTINGS)
    assert [flag.name for flag in before.flags] == ["assumed_profile", "low_resolution"]
    after = frame(replace(before, mask=item.mask, cutout=item.cutout), open_toolbox(SETTINGS), SETTINGS)
    assert [flag.name for flag in after.flags] == ["assumed_profile", "low_resolution"]
    assert after.flags[1].detail.startswith("product has 300 px, framed 343 px")


def test_low_resolution_blocks_the_approval_without_a_person_and_enlarged_does_not(build_item) -> None:
    routing = build_item().routing
    score = QcScore(25.0, 25.0, 25.0, 25.0, 100.0, Verdict.APPROVE)
    for name, state in (("enlarged", State.APPROVED), ("low_resolution", State.REVIEW)):
        flags = (Flag(name, 1.0, ""),)
        assert destination(routing=routing, score=score, gates=(), flags=flags, settings=SETTINGS) is state


@given(
    strategies.integers(20, 250),
    strategies.integers(20, 250),
    strategies.sampled_from([0.6925, 0.75, 1.0, 1.5]),
    strategies.sampled_from([0, 300, 500, 700]),
)
def test_what_is_foreseen_is_what_is_planned(width: int, height: int, aspect: float, shortest: int) -> None:
    canvas = Canvas(0.85, aspect, shortest, 0, 2.0)
    mask = np.zeros((300, 300), np.float32)
    mask[25 : 25 + height, 25 : 25 + width] = 1
    planned = plan_frame(mask, canvas)
    side, scale = framed(width, height, canvas)
    assert side == pytest.approx(max(planned.size), abs=1)
    assert scale == pytest.approx(planned.scale, rel=0.01)
