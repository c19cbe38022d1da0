"""A frame without a product and a product that the frame cuts: each goes to a person with a sentence, through the real
command, and nothing of either is approved or shown as more than it is.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image


def sweep(height: int = 1100, width: int = 1200) -> np.ndarray:
    """A grey backdrop with light from above and camera noise, uint8 sRGB."""
    down, across = np.mgrid[:height, :width]
    grey = 168 + 22 * np.cos(down / height * 2.4) + 8 * across / width
    noise = np.random.default_rng(4).normal(0, 1.2, (height, width, 3))
    return np.clip(grey[..., None] + noise, 0, 255).astype(np.uint8)


def command(studio: Path, *arguments: str | Path) -> str:
    typed = [sys.executable, "-m", "pipeline", "--studio", str(studio), *map(str, arguments)]
    finished = subprocess.run(typed, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The studio, and what `status --json` says of each file."""
    folder = tmp_path_factory.mktemp("photos")
    Image.fromarray(sweep()).save(folder / "empty.png")
    cut = sweep()
    cv2.rectangle(cut, (-10, 320), (620, 840), (30, 60, 150), -1, cv2.LINE_AA)
    Image.fromarray(cut).save(folder / "cut.png")
    studio = folder / "studio"
    command(studio, "ingest", folder / "empty.png", folder / "cut.png", "--batch", "b")
    command(studio, "run", "b", "--executor", "threads", "--workers", "1")
    images = json.loads(command(studio, "status", "b", "--json"))["images"]
    return studio, {image["file"]: image for image in images}


def said(image: dict[str, Any], flag: str) -> str:
    return next(found["detail"] for found in image["flags"] if found["name"] == flag)


@pytest.mark.slow
def test_no_product_at_all_is_a_clear_sentence_for_a_person(processed, tmp_path: Path) -> None:
    studio, images = processed
    empty = images["empty.png"]
    assert said(empty, "no_subject") == "No product was found in this photo; a person has to look at it."
    assert empty["state"] in ("edit", "review", "redo")
    assert empty["queue"] == empty["state"], "it waits for a person"
    assert {gate["name"]: gate["passed"] for gate in empty["gates"]}["subjects"] is False
    command(studio, "extract", "empty.png", "--part", "mask", "--to", tmp_path / "mask.png")
    assert not np.asarray(Image.open(tmp_path / "mask.png")).any()


@pytest.mark.slow
def test_a_product_that_the_frame_cuts_goes_to_a_person_with_the_place(processed) -> None:
    studio, images = processed
    cut = images["cut.png"]
    assert "touches the photo's edge" in said(cut, "cut_by_frame")
    assert cut["state"] in ("edit", "review", "redo")
    assert {gate["name"]: gate["passed"] for gate in cut["gates"]}["touching"] is False
    (flag,) = [
        found
        for found in json.loads(command(studio, "show", "cut.png", "--json"))["versions"][0]["outcome"]["flags"]
        if found["name"] == "cut_by_frame"
    ]
    left, top, right, bottom = flag["evidence"]["boxes"][0]
    assert (left, right) == (0, 1)
    assert abs(top - 320) < 12
    assert abs(bottom - 840) < 12
