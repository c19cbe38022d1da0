"""The verb `edit`: a repair without the window."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def shot(whitepoint, samples: Path, tmp_path: Path) -> tuple[int, int]:
    """The size of the only image of a studio that the line has been through."""
    photo = tmp_path / "toy.jpg"
    photo.write_bytes((samples / "toy-red-blue-backdrop.jpg").read_bytes())
    assert whitepoint("ingest", photo).status == 0
    assert whitepoint("run", "--executor", "threads", "--workers", "1").status == 0
    with Image.open(photo) as image:
        return image.size


def picture(path: Path, size: tuple[int, int], box: tuple[int, int, int, int]) -> Path:
    plane = np.zeros(size[::-1], np.uint8)
    plane[box[1] : box[3], box[0] : box[2]] = 255
    Image.fromarray(plane).save(path)
    return path


def test_a_mask_file_becomes_the_mask_of_a_new_version_by_that_person(whitepoint, shot, tmp_path):
    mask = picture(tmp_path / "mask.png", shot, (100, 90, 400, 380))
    done = whitepoint("edit", "toy.jpg", "--mask", mask, "--by", "Ada")
    assert (done.status, done.stderr) == (0, "")
    assert "toy.jpg: version 2" in done.stdout
    assert whitepoint("extract", "toy.jpg", "--part", "mask", "--to", tmp_path / "again.png").status == 0
    assert (np.asarray(Image.open(tmp_path / "again.png")) == np.asarray(Image.open(mask))).all()
    versions = whitepoint("show", "toy.jpg", "--json").document["versions"]
    assert [version["actor"] for version in versions] == ["line", "Ada"]
    assert versions[1]["parent"] == versions[0]["id"]
    assert versions[1]["outcome"]["needs_sign_off"]


def test_a_hole_is_filled_by_the_named_engine(whitepoint, shot, tmp_path):
    hole = picture(tmp_path / "hole.png", shot, (10, 10, 60, 40))
    done = whitepoint("edit", "toy.jpg", "--inpaint", hole, "--engine", "telea", "--by", "Ada")
    assert (done.status, done.stderr) == (0, "")
    steps = whitepoint("show", "toy.jpg", "--json").document["versions"][1]["outcome"]["steps"]
    assert [step["tool"] for step in steps if step["stage"] == "fill"] == ["telea"]
    assert whitepoint("extract", "toy.jpg", "--part", "result", "--to", tmp_path / "result.tif").status == 0


def test_what_does_not_fit_is_one_sentence(whitepoint, shot, tmp_path):
    small = picture(tmp_path / "small.png", (30, 20), (1, 1, 9, 9))
    text = tmp_path / "mask.txt"
    text.write_text("no picture")
    for arguments, sentence in (
        (("--mask", small), "the mask has 30 × 20 pixels but the photo"),
        (("--mask", text), "mask.txt is no picture that can be a mask"),
        (("--inpaint", picture(tmp_path / "none.png", shot, (0, 0, 0, 0))), "there is no hole to fill"),
        ((), "nothing was painted"),
    ):
        done = whitepoint("edit", "toy.jpg", *arguments, "--by", "Ada")
        assert done.status == 2
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_photo_without_anything_over_it_has_nothing_to_clean_up_and_nothing_to_copy(whitepoint, shot):
    for arguments, sentence in (
        (("--clean-up",), "nothing was found beside the product to take away"),
        (("--like", "toy.jpg"), "was not repaired by anybody; repair it first"),
    ):
        done = whitepoint("edit", "toy.jpg", *arguments, "--by", "Ada")
        assert done.status == 2
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1
