"""Exposure from the shoot group: asked for, within its limit, and only where the backdrop tells it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from pipeline.color import adobe16_to_linear
from pipeline.color import adobe16_to_srgb8
from pipeline.measure.light import read_light
from pipeline.model import WorkItem
from pipeline.settings import Settings
from pipeline.stages.correct_color import correct_color
from pipeline.stages.frame import frame
from pipeline.tools.toolbox import Toolbox

Build = Callable[..., WorkItem]


def light_of(item: WorkItem, toolbox: Toolbox, settings: Settings, *, stops: float, lightness: float | None) -> float:
    """Mean linear light of the corrected product."""
    item = replace(item, record=replace(item.record, lightness=lightness))
    own = replace(settings, color=replace(settings.color, exposure_stops=stops))
    done = correct_color(frame(item, toolbox, own), toolbox, own)
    assert (done.result[done.result_mask == 0] == 65535).all()
    return float(adobe16_to_linear(done.result[done.result_mask == 1][None]).mean())


def own_lightness(item: WorkItem) -> float:
    return read_light(adobe16_to_srgb8(item.photo.rgb).astype(np.float32) / 255, cards=False).lab[0]


def test_a_photo_is_brought_to_its_group_within_the_limit(
    build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    item = build_item(color=(90, 80, 70))
    own = own_lightness(item)
    plain = light_of(item, toolbox, settings, stops=0.0, lightness=own + 3)
    brighter = light_of(item, toolbox, settings, stops=0.5, lightness=own + 3)
    y = ((own + 3 + 16) / (own + 16)) ** 3
    assert brighter / plain == pytest.approx(y, rel=0.03)
    limited = light_of(item, toolbox, settings, stops=0.1, lightness=own + 20)
    assert limited / plain == pytest.approx(2**0.1, rel=0.02)
    darker = light_of(item, toolbox, settings, stops=0.1, lightness=own - 20)
    assert darker / plain == pytest.approx(2**-0.1, rel=0.02)


@pytest.mark.parametrize("case", ["unasked", "no group", "invisible", "blown", "finished"])
def test_exposure_stays_where_nothing_tells_it(
    case: str, build_item: Build, toolbox: Toolbox, settings: Settings
) -> None:
    backdrop = (255, 255, 255) if case == "blown" else (150, 150, 150)
    item = build_item(color=(90, 80, 70), backdrop=backdrop, finished=case == "finished")
    plain = light_of(item, toolbox, settings, stops=0.0, lightness=None)
    lightness = None if case == "no group" else own_lightness(item) + (0.3 if case == "invisible" else -15)
    stops = 0.0 if case == "unasked" else 0.5
    assert light_of(item, toolbox, settings, stops=stops, lightness=lightness) == plain
