"""The artifact model: a clean result is likelier clean than a spoilt one, and a missing reading is no fault."""

import json
from pathlib import Path

import pytest

from pipeline.errors import StudioError
from pipeline.measure.artifact import FEATURES
from pipeline.measure.artifact import artifact_probability
from pipeline.measure.artifact import features_of
from pipeline.measure.artifact import load_artifact
from pipeline.measure.artifact import read_artifact
from pipeline.model import Evidence
from pipeline.model import Reading


def test_a_spoilt_result_is_likelier_an_artifact_than_a_clean_one() -> None:
    model = load_artifact()
    clean = [Reading("edge_width", 1.0, "ratio"), Reading("fringe", 0.0, "px")]
    spoilt = [
        Reading("edge_width", 4.0, "ratio"),
        Reading("fringe", 3.0, "px"),
        Reading("product_changed", 0.2, "ratio"),
    ]
    assert 0 <= artifact_probability(model, clean) < artifact_probability(model, spoilt) <= 1


def test_the_reading_points_where_its_loudest_reason_points() -> None:
    here, model = Evidence(((1, 2, 3, 4),)), load_artifact()
    loud = max(FEATURES, key=lambda name: artifact_probability(model, [Reading(name, 4.0, "")]))
    readings = [Reading(loud, 4.0, "", "", here), Reading("blockiness", 1.0, "ratio")]
    found = read_artifact(model, readings)
    assert found.value == pytest.approx(artifact_probability(model, readings))
    assert found.evidence == here
    assert found.detail.endswith(loud)
    assert read_artifact(model, []).evidence == Evidence()


def test_what_was_not_measured_counts_as_faultless_and_a_sign_does_not_matter() -> None:
    assert features_of([]).tolist() == [1.0 if name in ("edge_width", "blockiness") else 0.0 for name in FEATURES]
    assert features_of([Reading("fringe", -2.0, "px")]).tolist() == features_of([Reading("fringe", 2.0, "px")]).tolist()


def test_a_damaged_model_of_the_studio_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "artifact.json").write_text(json.dumps({"base": load_artifact().name}), "utf-8")
    with pytest.raises(StudioError, match="damaged"):
        load_artifact(tmp_path)
