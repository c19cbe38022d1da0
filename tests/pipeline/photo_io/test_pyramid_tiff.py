"""Viewing copies hold exactly the picture's pixels, at every size they have."""

import numpy as np
import pytest

from pipeline.color import srgb_profile
from pipeline.errors import BadImageError
from pipeline.halving import halves
from pipeline.photo_io.pyramid_tiff import encode_pyramid
from pipeline.photo_io.pyramid_tiff import read_pyramid


@pytest.fixture
def rgb() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (1001, 1301, 3), dtype=np.uint8)


def test_every_size_is_read_back_exactly(rgb, tmp_path) -> None:
    file = tmp_path / "copy.tif"
    file.write_bytes(encode_pyramid(rgb, icc=srgb_profile()))
    for finest, level in enumerate(halves(rgb)):
        pixels, size = read_pyramid(file, finest=finest, name="a.jpg")
        assert size == (1301, 1001)
        assert np.array_equal(pixels[..., 2::-1], level)
        assert (pixels[..., 3] == 255).all()


def test_beyond_the_smallest_size_the_smallest_is_given(rgb, tmp_path) -> None:
    file = tmp_path / "copy.tif"
    file.write_bytes(encode_pyramid(rgb, icc=b""))
    assert min(read_pyramid(file, finest=20, name="a.jpg")[0].shape[:2]) < 128


def test_the_same_pixels_give_the_same_bytes(rgb) -> None:
    assert encode_pyramid(rgb, icc=srgb_profile()) == encode_pyramid(rgb.copy(), icc=srgb_profile())


@pytest.mark.parametrize("kept", [0, 100, 0.5, 0.98])
def test_a_copy_that_was_cut_off_is_a_sentence(rgb, tmp_path, kept) -> None:
    file, data = tmp_path / "copy.tif", encode_pyramid(rgb, icc=b"")
    file.write_bytes(data[: kept if isinstance(kept, int) else int(len(data) * kept)])
    with pytest.raises(BadImageError, match=r"a\.jpg"):
        [read_pyramid(file, finest=finest, name="a.jpg") for finest in range(3)]
