"""A file says how it was made by what was done to it: the strongest edit wins, and nothing else travels along."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.model import Step
from pipeline.model import WorkItem
from pipeline.run.disclosure import disclosure
from pipeline.run.disclosure import source_type
from pipeline.settings import Settings

NAMES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.mark.parametrize(
    ("finished", "steps", "said", "expected"),
    [
        (False, [], "", "algorithmicallyEnhanced"),
        (True, [], "", "humanEdits"),
        (True, [Step("fill", "patchmatch", "1")], "", "algorithmicallyEnhanced"),
        (False, [Step("fill", "lama", "1", weights="ab" * 32)], "", "compositeWithTrainedAlgorithmicMedia"),
        (False, [Step("ghost", "warp", "1"), Step("fill", "telea", "1")], "", "compositeCapture"),
        (False, [Step("cut_out", "brush", "1", weights="ab" * 32)], "", "algorithmicallyEnhanced"),
        (True, [], NAMES + "trainedAlgorithmicMedia", "trainedAlgorithmicMedia"),
    ],
)
def test_the_strongest_edit_names_the_file(
    build_item: Callable[..., WorkItem], finished: bool, steps: list[Step], said: str, expected: str
) -> None:
    item = build_item(finished=finished)
    photo = replace(item.photo, exif={"DigitalSourceType": said} if said else {})
    assert source_type(replace(item, photo=photo, steps=tuple(steps))) == expected


def test_a_profile_says_which_facts_travel(build_item: Callable[..., WorkItem], settings: Settings) -> None:
    exif = {"Artist": "Ada <ada>", "Copyright": "© Ada", "GPSInfo": "52.5 N", "BodySerialNumber": "0815"}
    item = build_item()
    item = replace(item, photo=replace(item.photo, exif=exif))
    rules = settings.platforms["amazon_main"]
    whole = disclosure(item, rules).decode()
    assert "Ada &lt;ada&gt;" in whole
    assert "© Ada" in whole
    assert "digitalsourcetype/algorithmicallyEnhanced" in whole
    assert "52.5" not in whole
    assert "0815" not in whole
    anonymous = disclosure(item, replace(rules, metadata=("source_type",))).decode()
    assert "Ada" not in anonymous
    assert "algorithmicallyEnhanced" in anonymous
    assert disclosure(item, replace(rules, metadata=())) == b""
