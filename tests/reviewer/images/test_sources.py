"""Small pictures come from the viewing copy, and from the result itself where that copy is gone or damaged."""

import cv2
import numpy as np
import pytest

from pipeline.color import srgb_profile
from pipeline.photo_io.pyramid_tiff import encode_pyramid
from reviewer.images import sources


@pytest.fixture
def files(tmp_path):
    pixels = np.random.default_rng(3).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    rgb = cv2.resize(pixels, (900, 700), interpolation=cv2.INTER_CUBIC)
    tiles, png = tmp_path / "copy.tif", tmp_path / "result.png"
    tiles.write_bytes(encode_pyramid(rgb, icc=srgb_profile()))
    png.write_bytes(cv2.imencode(".png", rgb[..., ::-1])[1].tobytes())
    return tiles, png


def test_a_small_result_is_read_from_its_viewing_copy(files, monkeypatch) -> None:
    tiles, png = files
    whole = sources.load_thumbnail(png, 300)
    monkeypatch.setattr(sources, "load_thumbnail", lambda *_: pytest.fail("the PNG was decoded"))
    small = sources.load_reduced(lambda: tiles, lambda: png, "a.jpg", 900, 300)
    assert small.shape == whole.shape == (233, 300, 4)
    assert np.abs(small.astype(int) - whole).mean() < 3


def test_a_damaged_viewing_copy_costs_only_time(files) -> None:
    tiles, png = files
    tiles.write_bytes(b"no copy")
    assert np.array_equal(
        sources.load_reduced(lambda: tiles, lambda: png, "a.jpg", 900, 300), sources.load_thumbnail(png, 300)
    )
