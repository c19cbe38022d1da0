"""Every format that clients send comes in with its pixels, bits, transparency and the facts it carries."""

import io
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.photo_io import read_display
from pipeline.photo_io import read_header
from pipeline.photo_io import read_photo
from pipeline.photo_io import read_preview
from pipeline.photo_io import read_samples
from pipeline.settings import Ingest

COMPRESSIONS = [None, "lzw", "zlib", "deflate", "zstd", "packbits"]


def sixteen(pixels: np.ndarray) -> np.ndarray:
    """Widen 8-bit pixels and fill the low bits, so that a reader that drops them is caught."""
    return pixels.astype(np.uint16) * 257 ^ np.arange(pixels.size, dtype=np.uint16).reshape(pixels.shape) % 251


@pytest.mark.parametrize("layout", ["strips", "tiles", "planar", "bigtiff", "big-endian"])
@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("bits", [8, 16])
def test_a_tiff_keeps_every_bit(
    tmp_path: Path, limits: Ingest, quadrants: np.ndarray, bits: int, compression: str | None, layout: str
) -> None:
    pixels = quadrants if bits == 8 else sixteen(quadrants)
    options = {
        "strips": {"rowsperstrip": 7, "predictor": compression not in (None, "packbits")},
        "tiles": {"tile": (32, 32)},
        "planar": {"planarconfig": "separate"},
        "bigtiff": {"bigtiff": True},
        "big-endian": {"byteorder": ">"},
    }[layout]
    data = np.moveaxis(pixels, -1, 0) if layout == "planar" else pixels
    path = tmp_path / "photo.tif"
    tifffile.imwrite(path, data, photometric="rgb", compression=compression, iccprofile=adobe_profile(), **options)
    photo = read_photo(path, name="photo.tif", limits=limits)
    assert photo.bits == bits
    assert photo.rgb.dtype == np.uint16
    assert np.array_equal(photo.rgb, quadrants.astype(np.uint16) * 257 if bits == 8 else pixels)


def test_the_first_page_of_several_is_taken_and_said(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.tif"
    with tifffile.TiffWriter(path) as writer:
        for page in (quadrants, 255 - quadrants, quadrants // 2):
            writer.write(page, photometric="rgb")
    photo = read_photo(path, name="photo.tif", limits=limits)
    assert photo.notes == ("the first of 3 pages",)
    assert np.array_equal(adobe16_to_srgb8(photo.rgb), quadrants)


def test_a_thumbnail_before_the_photo_is_passed_over(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.tif"
    with tifffile.TiffWriter(path) as writer:
        writer.write(quadrants[::4, ::4], photometric="rgb", subfiletype=1)
        writer.write(quadrants, photometric="rgb")
    assert read_photo(path, name="photo.tif", limits=limits).size == (64, 48)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("kind", ["unassociated", "assocalpha"])
def test_tiff_transparency_is_straight(
    tmp_path: Path, limits: Ingest, quadrants: np.ndarray, kind: str, bits: int
) -> None:
    top = 255 if bits == 8 else 65535
    color = quadrants.astype(np.float64) / 255 * top
    alpha = np.tile(np.linspace(0.2, 1, 64), (48, 1))
    stored = color * alpha[..., None] if kind == "assocalpha" else color
    data = np.rint(np.dstack([stored, alpha * top])).astype(np.uint8 if bits == 8 else np.uint16)
    path = tmp_path / "photo.tif"
    sample = "assocalpha" if kind == "assocalpha" else "unassalpha"
    tifffile.imwrite(path, data, photometric="rgb", extrasamples=[sample], iccprofile=adobe_profile())
    photo = read_photo(path, name="photo.tif", limits=limits)
    assert photo.alpha is not None
    assert photo.alpha.dtype == np.float32
    assert np.abs(photo.alpha - alpha).max() < 0.003
    # An 8-bit product with a fifth of cover keeps a fifth of the levels.
    assert np.abs(photo.rgb - quadrants * 257.0).max() < (257 * 6 if bits == 8 else 20)


def test_extra_channels_without_meaning_are_left_out_and_said(
    tmp_path: Path, limits: Ingest, quadrants: np.ndarray
) -> None:
    path = tmp_path / "photo.tif"
    data = np.dstack([quadrants, quadrants[..., 0]])
    tifffile.imwrite(path, data, photometric="rgb", extrasamples=["unspecified"])
    photo = read_photo(path, name="photo.tif", limits=limits)
    assert photo.alpha is None
    assert "extra channels" in photo.notes[0]
    assert np.array_equal(adobe16_to_srgb8(photo.rgb), quadrants)


def test_an_inverted_grey_tiff_is_turned_right(tmp_path: Path, limits: Ingest) -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    path = tmp_path / "grey.tif"
    tifffile.imwrite(path, ramp, photometric="miniswhite")
    shown = read_display(path, name="grey.tif")
    assert np.array_equal(shown[..., 1], 255 - ramp)


def test_a_jpeg_inside_a_tiff_is_read(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.tif"
    Image.fromarray(quadrants).save(path, compression="jpeg", quality=95)
    shown = read_display(path, name="photo.tif").astype(int)
    assert np.abs(shown - quadrants)[2:20, 2:28].max() < 8


def test_a_16_bit_png_keeps_every_bit(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    pixels = sixteen(quadrants)
    path = tmp_path / "photo.png"
    path.write_bytes(imagecodecs.png_encode(pixels))
    photo = read_photo(path, name="photo.png", limits=limits)
    assert photo.bits == 16
    assert len(np.unique(photo.rgb)) > 500, "the low bits are there"
    assert np.array_equal(read_display(path, name="photo.png"), np.rint(pixels / 257).astype(np.uint8))


def test_a_16_bit_png_keeps_its_transparency(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    alpha = np.linspace(0, 65535, 48 * 64).astype(np.uint16).reshape(48, 64, 1)
    path = tmp_path / "photo.png"
    path.write_bytes(imagecodecs.png_encode(np.dstack([sixteen(quadrants), alpha])))
    photo = read_photo(path, name="photo.png", limits=limits)
    assert photo.alpha is not None
    assert np.abs(photo.alpha * 65535 - alpha[..., 0]).max() < 0.01


@pytest.mark.parametrize(("mode", "extension"), [("RGBA", ".png"), ("LA", ".png"), ("RGBA", ".webp")])
def test_8_bit_transparency_is_read_and_shown_on_white(
    tmp_path: Path, limits: Ingest, quadrants: np.ndarray, mode: str, extension: str
) -> None:
    image = Image.fromarray(quadrants).convert(mode)
    image.putalpha(Image.fromarray(np.repeat(np.arange(64, dtype=np.uint8)[None] * 4, 48, axis=0)))
    path = tmp_path / f"photo{extension}"
    options = {"lossless": True, "exact": True} if extension == ".webp" else {}
    image.save(path, **options)
    photo = read_photo(path, name=path.name, limits=limits)
    assert photo.alpha is not None
    assert np.array_equal(np.rint(photo.alpha[0] * 255), np.arange(64) * 4)
    on_white = Image.new("RGBA", image.size, "white")
    on_white.alpha_composite(image.convert("RGBA"))
    assert np.abs(read_display(path, name=path.name).astype(int) - np.asarray(on_white.convert("RGB"))).max() <= 1


def test_a_palette_without_transparency_is_read_and_said(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(quadrants).quantize(16).save(path)
    photo = read_photo(path, name="photo.png", limits=limits)
    assert photo.notes == ("a palette of at most 256 colours",)
    assert np.abs(adobe16_to_srgb8(photo.rgb).astype(int) - quadrants).max() < 4


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_jpeg_is_read_as_pillow_reads_it(
    tmp_path: Path, limits: Ingest, quadrants: np.ndarray, progressive: bool, subsampling: int
) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(quadrants).save(path, quality=92, subsampling=subsampling, progressive=progressive)
    with Image.open(path) as image:
        assert np.array_equal(read_display(path, name="photo.jpg"), np.asarray(image))


def test_stray_bytes_between_jpeg_segments_are_forgiven(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    buffer = io.BytesIO()
    Image.fromarray(quadrants).save(buffer, "JPEG", quality=92)
    data = buffer.getvalue()
    tables = data.index(b"\xff\xdb")
    path = tmp_path / "photo.jpg"
    path.write_bytes(data[:tables] + b"\0\0\0" + data[tables:])
    assert read_photo(path, name="photo.jpg", limits=limits).size == (64, 48)


def test_a_heic_is_read(heic: Callable[[str], Path], limits: Ingest, quadrants: np.ndarray) -> None:
    photo = read_photo(heic("quadrants"), name="a.heic", limits=limits)
    assert photo.exif == {"Make": "Whitepoint", "Model": "Test phone"}
    assert photo.profile_source == "HEIC sRGB"
    assert np.abs(adobe16_to_srgb8(photo.rgb).astype(int) - quadrants).max() < 12
    assert (photo.rgb[-8:, -8:] == 65535).all()


def test_a_heic_stays_the_same_however_often_it_is_read(heic: Callable[[str], Path], limits: Ingest) -> None:
    first = read_photo(heic("quadrants"), name="a.heic", limits=limits).rgb
    clutter = [np.full(first.shape, 7, np.uint16) for _ in range(50)]
    again = read_photo(heic("quadrants"), name="a.heic", limits=limits).rgb
    assert np.array_equal(first, again)
    assert len(clutter) == 50


def test_a_10_bit_heic_reaches_from_black_to_white(heic: Callable[[str], Path], limits: Ingest) -> None:
    photo = read_photo(heic("ramp-10-bit"), name="a.heic", limits=limits)
    assert photo.bits == 16
    assert photo.notes == ("10 bits per channel",)
    assert (photo.rgb.min(), photo.rgb.max()) == (0, 65535)
    assert len(np.unique(photo.rgb[..., 1])) > 600


def test_the_transparency_of_a_heic_is_read(heic: Callable[[str], Path], limits: Ingest) -> None:
    photo = read_photo(heic("quadrants-alpha"), name="a.heic", limits=limits)
    assert photo.alpha is not None
    assert photo.alpha[:, :28].min() > 0.98
    assert photo.alpha[:, 36:].max() < 0.02


def test_the_main_picture_of_several_is_taken_and_said(heic: Callable[[str], Path], limits: Ingest) -> None:
    photo = read_photo(heic("two-pictures"), name="a.heic", limits=limits)
    assert photo.notes == ("the first of 2 pictures in the file",)
    assert photo.rgb[4, 4, 0] > photo.rgb[4, 4, 1], "red is still on the left"


def test_a_raw_has_the_colours_of_the_scene(make_dng: Callable[..., Path], limits: Ingest) -> None:
    patches = np.array([(0.05, 0.2, 0.4), (0.5, 0.1, 0.05), (0.2, 0.2, 0.2), (0.8, 0.8, 0.8)])
    light = np.repeat(np.repeat(patches.reshape(2, 2, 3), 40, axis=0), 40, axis=1)
    photo = read_photo(make_dng(light), name="a.dng", limits=limits)
    assert (photo.bits, photo.profile_source) == (16, "camera RAW")
    assert photo.exif == {"Make": "Whitepoint", "Model": "Test camera"}
    encoded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055) * 255
    shown = adobe16_to_srgb8(photo.rgb).astype(float)
    for row, column in ((20, 20), (20, 60), (60, 20), (60, 60)):
        assert np.abs(shown[row, column] - encoded[row, column]).max() < 2


def test_a_raw_keeps_its_exposure_whatever_else_is_in_the_frame(make_dng: Callable[..., Path], limits: Ingest) -> None:
    light = np.full((80, 80, 3), 0.2)
    plain = read_photo(make_dng(light), name="a.dng", limits=limits).rgb[20, 20]
    light[60:, 60:] = 0.9
    beside_a_highlight = read_photo(make_dng(light), name="a.dng", limits=limits).rgb[20, 20]
    assert np.abs(plain.astype(int) - beside_a_highlight).max() < 20


def test_a_raw_is_told_from_a_tiff_without_a_name(make_dng: Callable[..., Path], limits: Ingest) -> None:
    header = read_header(make_dng(np.full((40, 60, 3), 0.5), name="ab12cd"), name="ab12cd", limits=limits)
    assert header.kind == "RAW"


def test_a_master_cannot_be_written_into(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    path = tmp_path / "photo.png"
    Image.fromarray(np.dstack([quadrants, quadrants[..., 0]])).save(path)
    photo = read_photo(path, name="photo.png", limits=limits)
    assert not photo.rgb.flags.writeable
    assert photo.alpha is not None
    assert not photo.alpha.flags.writeable


def test_exif_facts_are_kept_and_cleaned(tmp_path: Path, limits: Ingest, quadrants: np.ndarray) -> None:
    exif = Image.Exif()
    exif[271], exif[272], exif[315], exif[33432] = "Phase\nOne", "IQ4", "Ada  Lovelace ", "(c) Studio"
    exif.get_ifd(0x8769)[36867] = "2026:11:22 09:30:00"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    path = tmp_path / "photo.jpg"
    Image.fromarray(quadrants).save(path, exif=exif.tobytes())
    assert read_photo(path, name="photo.jpg", limits=limits).exif == {
        "Make": "Phase One",
        "Model": "IQ4",
        "Artist": "Ada Lovelace",
        "Copyright": "(c) Studio",
        "DateTimeOriginal": "2026:11:22 09:30:00",
    }


@pytest.mark.parametrize("kind", ["jpeg", "png16", "tiff16", "heic", "raw"])
def test_a_preview_is_small_and_looks_like_the_photo(
    tmp_path: Path, quadrants: np.ndarray, heic: Callable[[str], Path], make_dng: Callable[..., Path], kind: str
) -> None:
    large = np.repeat(np.repeat(quadrants, 8, axis=0), 8, axis=1)
    path = {"heic": heic("quadrants"), "raw": tmp_path / "photo.dng"}.get(kind, tmp_path / "photo")
    if kind == "jpeg":
        Image.fromarray(large).save(path, "JPEG", quality=95)
    elif kind == "png16":
        path.write_bytes(imagecodecs.png_encode(large.astype(np.uint16) * 257))
    elif kind == "tiff16":
        tifffile.imwrite(path, large.astype(np.uint16) * 257, photometric="rgb")
    elif kind == "raw":
        make_dng(np.where(large <= 10, large / 3294.6, ((large / 255 + 0.055) / 1.055) ** 2.4))
    small = read_preview(path, name=path.name, side=32)
    assert small.dtype == np.uint8
    assert max(small.shape[:2]) == 32
    for row, column in ((4, 4), (4, -4), (-4, 4), (-4, -4)):
        assert np.abs(small[row, column].astype(int) - quadrants[row * 2, column * 2]).max() <= 6


@pytest.mark.parametrize("write", [imagecodecs.png_encode, imagecodecs.tiff_encode])
def test_the_samples_of_a_deep_file_are_its_own(tmp_path: Path, write: Callable[[np.ndarray], bytes]) -> None:
    pixels = np.random.default_rng(3).integers(0, 65536, (40, 50, 3), dtype=np.uint16)
    path = tmp_path / "deep"
    path.write_bytes(write(pixels))
    found = read_samples(path, name=path.name)
    assert found is not None
    assert (found == pixels).all()
    flat = tmp_path / "flat"
    flat.write_bytes(write((pixels // 256).astype(np.uint8)))
    assert read_samples(flat, name=flat.name) is None
