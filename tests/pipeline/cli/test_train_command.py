"""`whitepoint train complexity`: its document, its tables and its three exit statuses."""

import json
from pathlib import Path

import pytest

from pipeline.run import train
from pipeline.run.train import Training
from pipeline.run.train import Trial

OLD = Trial("shipped", ((5, 1, 0), (2, 3, 0), (0, 1, 4)))
NEW = Trial("shipped+16", ((6, 0, 0), (0, 5, 0), (0, 0, 5)))


def test_a_studio_without_decisions_is_one_sentence_and_status_2(whitepoint) -> None:
    finished = whitepoint("train", "complexity")
    assert (finished.status, finished.stdout) == (2, "")
    assert finished.stderr.strip().splitlines() == [
        "whitepoint: 0 decided images say something about difficulty, and 200 are needed; train again when more are"
        " decided."
    ]


@pytest.mark.parametrize(("file", "status"), [(Path("models/complexity.json"), 0), (None, 1)])
def test_both_models_are_reported_and_the_status_says_which_is_used(whitepoint, monkeypatch, file, status) -> None:
    monkeypatch.setattr(train, "train", lambda *_: Training(16, 16, OLD, NEW, file))
    finished = whitepoint("train", "complexity")
    assert finished.status == status
    assert "shipped: 12 of 16 right, 3 taken for easier than they were" in finished.stdout
    assert "shipped+16: 16 of 16 right, 0 taken for easier than they were" in finished.stdout
    document = whitepoint("train", "complexity", "--json")
    assert (document.status, document.document["new"]["confusion"]) == (status, json.loads(json.dumps(NEW.confusion)))
