"""All eight orientations, in every format, end up the way the photo is meant to be seen."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image
from PIL import ImageOps

from pipeline.photo_io import read_display
from pipeline.photo_io import read_header
from pipeline.photo_io import read_photo
from pipeline.photo_io import read_preview
from pipeline.photo_io.orientation import bake
from pipeline.photo_io.orientation import shape_after
from pipeline.settings import Ingest

FORMATS = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "tiff8": ".tif", "tiff16": ".tif"}
TURNED_BY = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: a.swapaxes(0, 1)[:, ::-1],
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: a.swapaxes(0, 1)[::-1],
}


def encoded(pixels: np.ndarray, kind: str, orientation: int) -> bytes:
    buffer = io.BytesIO()
    if kind.startswith("tiff"):
        wide = pixels if kind == "tiff8" else pixels.astype(np.uint16) * 257
        tag = [(274, 3, 1, orientation, True)]
        tifffile.imwrite(buffer, wide, photometric="rgb", extratags=tag, metadata=None)
        return buffer.getvalue()
    exif = Image.Exif()
    exif[274] = orientation
    options = {"quality": 100} if kind == "jpeg" else {"lossless": True, "exact": True} if kind == "webp" else {}
    subsampling = {"subsampling": 0} if kind == "jpeg" else {}
    Image.fromarray(pixels).save(buffer, kind, exif=exif.tobytes(), **options, **subsampling)
    return buffer.getvalue()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    orientation=st.integers(1, 8),
    kind=st.sampled_from(sorted(FORMATS)),
    seed=st.integers(0, 2**16),
)
def test_a_photo_is_upright_whatever_its_orientation(
    tmp_path: Path, limits: Ingest, width: int, height: int, orientation: int, kind: str, seed: int
) -> None:
    gradient = np.random.default_rng(seed).integers(0, 256, 6)
    rows, columns = np.linspace(0, 1, height)[:, None, None], np.linspace(0, 1, width)[None, :, None]
    pixels = np.rint(gradient[:3] * rows / 2 + gradient[3:] * columns / 2).astype(np.uint8)
    path = tmp_path / f"photo{FORMATS[kind]}"
    path.write_bytes(encoded(pixels, kind, orientation))

    expected = TURNED_BY[orientation](pixels)
    header = read_header(path, name=path.name, limits=limits)
    photo = read_photo(path, name=path.name, limits=limits)
    assert (header.width, header.height) == photo.size == (expected.shape[1], expected.shape[0])
    shown = read_display(path, name=path.name).astype(int)
    assert np.abs(shown - expected).max() <= (4 if kind == "jpeg" else 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_heic_is_upright(
    heic: Callable[[str], Path], limits: Ingest, quadrants: np.ndarray, orientation: int
) -> None:
    path = heic("quadrants" if orientation == 1 else f"quadrants-orientation-{orientation}")
    expected = TURNED_BY[orientation](quadrants)
    header = read_header(path, name=path.name, limits=limits)
    assert (header.height, header.width) == expected.shape[:2]
    shown = read_display(path, name=path.name).astype(int)
    assert np.abs(shown - expected)[4:20, 4:20].max() <= 3
    assert np.abs(shown - expected)[-8:, -8:].max() <= 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_raw_is_upright(make_dng: Callable[..., Path], limits: Ingest, orientation: int) -> None:
    rows, columns = np.linspace(0, 0.8, 48)[:, None], np.linspace(0, 0.8, 64)[None, :]
    light = np.stack(np.broadcast_arrays(rows, columns, (rows + columns) / 2), axis=-1)
    plain = read_photo(make_dng(light), name="a.dng", limits=limits)
    path = make_dng(light, orientation=orientation)
    header = read_header(path, name="a.dng", limits=limits)
    turned = read_photo(path, name="a.dng", limits=limits)
    assert np.array_equal(turned.rgb, TURNED_BY[orientation](plain.rgb))
    assert (header.width, header.height) == turned.size
    assert read_preview(path, name="a.dng", side=1000).shape[0] * 2 == turned.size[1]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_baking_agrees_with_pillow(orientation: int) -> None:
    pixels = np.arange(3 * 5 * 3, dtype=np.uint8).reshape(3, 5, 3)
    image = Image.fromarray(pixels)
    image.getexif()[274] = orientation
    theirs = np.asarray(ImageOps.exif_transpose(image))
    assert np.array_equal(bake(pixels, orientation), theirs)
    assert theirs.shape == shape_after(pixels.shape, orientation)


@given(st.integers(1, 8), st.sampled_from([np.uint8, np.uint16, np.float32]), st.sampled_from([(), (1,), (3,), (4,)]))
def test_baking_keeps_type_and_channels(orientation: int, dtype: type, channels: tuple[int, ...]) -> None:
    pixels = np.arange(2 * 7 * int(np.prod(channels)), dtype=dtype).reshape(2, 7, *channels)
    baked = bake(pixels, orientation)
    assert baked.dtype == dtype
    assert np.array_equal(baked, TURNED_BY[orientation](pixels))


def test_an_orientation_in_xmp_counts_where_exif_has_none(tmp_path: Path, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.jpg"
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    )
    Image.fromarray(quadrants).save(path, xmp=packet)
    assert read_display(path, name="photo.jpg").shape == (64, 48, 3)
