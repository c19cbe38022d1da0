"""Which colours a file's numbers mean, and that they arrive in Adobe RGB as those."""

import io
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.color import adobe16_to_lab
from pipeline.color import adobe16_to_srgb8
from pipeline.color import adobe_profile
from pipeline.color import srgb8_to_adobe16
from pipeline.color import srgb16_to_adobe16
from pipeline.color import srgb_profile
from pipeline.model import Photo
from pipeline.photo_io import profiles
from pipeline.photo_io import read_display
from pipeline.photo_io import read_photo
from pipeline.photo_io.heic import display_p3_profile
from pipeline.photo_io.profiles import Source
from pipeline.photo_io.profiles import to_adobe
from pipeline.settings import Ingest

PROPHOTO = bytes(
    imagecodecs.cms_profile(
        "rgb", whitepoint=(0.3457, 0.3585), primaries=(0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001), gamma=1.8
    )
)
PROFILES = {"srgb": srgb_profile(), "adobe": adobe_profile(), "p3": display_p3_profile(), "prophoto": PROPHOTO}


def by_lcms(pixels: np.ndarray, icc: bytes, space: str = "rgb") -> np.ndarray:
    return imagecodecs.cms_transform(
        pixels, icc, adobe_profile(), colorspace=space, outcolorspace="rgb", outdtype="uint16", flags=0x100
    )


def exif_with(color_space: int, interoperability: str | None = None) -> bytes:
    exif = Image.Exif()
    details = exif.get_ifd(0x8769)
    details[0xA001] = color_space
    if interoperability:
        details[0xA005] = {1: interoperability}
    return exif.tobytes()


@pytest.fixture
def saved(tmp_path: Path, quadrants: np.ndarray, limits: Ingest):
    def save(extension: str = ".png", **options: object) -> Photo:
        path = tmp_path / f"photo{extension}"
        Image.fromarray(quadrants).save(path, **options)
        return read_photo(path, name=path.name, limits=limits)

    return save


def test_an_embedded_profile_comes_before_everything_else(saved, quadrants: np.ndarray) -> None:
    photo = saved(".jpg", icc_profile=adobe_profile(), exif=exif_with(1), quality=100, subsampling=0)
    assert photo.profile_source == "embedded ICC"
    assert np.abs(photo.rgb.astype(int) - quadrants.astype(int) * 257).max() <= 3 * 257


def test_exif_says_srgb(saved) -> None:
    assert saved(".jpg", exif=exif_with(1)).profile_source == "EXIF sRGB"


def test_exif_says_adobe_rgb_by_its_interoperability_index(saved, quadrants: np.ndarray) -> None:
    photo = saved(".png", exif=exif_with(65535, "R03"))
    assert photo.profile_source == "EXIF Adobe RGB"
    assert np.array_equal(photo.rgb, quadrants.astype(np.uint16) * 257)


def test_uncalibrated_alone_says_nothing(saved) -> None:
    assert saved(".jpg", exif=exif_with(65535)).profile_source == "assumed sRGB"


def test_untagged_is_assumed_to_be_srgb(saved, quadrants: np.ndarray) -> None:
    photo = saved(".png")
    assert photo.profile_source == "assumed sRGB"
    assert np.array_equal(photo.rgb, srgb8_to_adobe16(quadrants))


@pytest.mark.parametrize(("gamma", "source"), [(45455, "PNG sRGB chunk"), (55556, "PNG gamma chunk")])
def test_png_chunks_are_read_where_nothing_better_is_there(
    saved, quadrants: np.ndarray, gamma: int, source: str
) -> None:
    info = PngInfo()
    info.add(b"gAMA", gamma.to_bytes(4, "big"))
    photo = saved(".png", pnginfo=info)
    assert photo.profile_source == source
    if source == "PNG gamma chunk":
        light = (quadrants / 255) ** 1.8
        expected = light[0, 0, 0] * 0.7151522 + light[0, 0, 1] * 0.2848478
        measured = (photo.rgb[0, 0, 0] / 65535) ** (563 / 256)
        assert measured == pytest.approx(expected, abs=0.002)


def test_an_srgb_chunk_is_named(saved) -> None:
    info = PngInfo()
    info.add(b"sRGB", b"\0")
    assert saved(".png", pnginfo=info).profile_source == "PNG sRGB chunk"


@pytest.mark.parametrize("broken", [b"nonsense" * 40, srgb_profile()[:200], imagecodecs.cms_profile("gray", gamma=2.2)])
def test_a_profile_that_cannot_be_used_is_said_and_passed_over(saved, quadrants: np.ndarray, broken: bytes) -> None:
    photo = saved(".png", icc_profile=bytes(broken))
    assert photo.profile_source == "assumed sRGB"
    assert "embedded ICC profile is damaged" in " ".join(photo.notes)
    assert np.array_equal(photo.rgb, srgb8_to_adobe16(quadrants))


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(sorted(PROFILES)), seed=st.integers(0, 2**16), bits=st.sampled_from([8, 16]))
def test_every_profile_arrives_as_a_colour_management_system_says(name: str, seed: int, bits: int) -> None:
    top = 255 if bits == 8 else 65535
    pixels = np.random.default_rng(seed).integers(0, top + 1, (12, 12, 3)).astype(np.uint8 if bits == 8 else np.uint16)
    ours = to_adobe(pixels, Source("embedded ICC", PROFILES[name]))
    difference = adobe16_to_lab(ours) - adobe16_to_lab(by_lcms(pixels, PROFILES[name]))
    assert np.linalg.norm(difference, axis=-1).max() < 0.05


@pytest.mark.parametrize("name", sorted(PROFILES))
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_white_is_white_under_every_profile(name: str, dtype: type) -> None:
    white = np.full((2, 2, 3), np.iinfo(dtype).max, dtype)
    assert (to_adobe(white, Source("embedded ICC", PROFILES[name])) == 65535).all()


def test_white_survives_the_rounding_of_the_colour_management_system(monkeypatch: pytest.MonkeyPatch) -> None:
    white = np.full((2, 2, 3), 255, np.uint8)
    assert by_lcms(white, srgb_profile()).min() == 65534, "the reason for the rule; without it, drop the rule"
    monkeypatch.setattr(profiles, "_conversion_of", lambda icc: lambda color: profiles._by_lcms(color, icc, "rgb"))
    assert (to_adobe(white, Source("embedded ICC", srgb_profile())) == 65535).all()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 2**16), extension=st.sampled_from([".png", ".webp", ".tif"]), tagged=st.booleans())
def test_8_bit_srgb_comes_back_exactly(tmp_path: Path, limits: Ingest, seed: int, extension: str, tagged: bool) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 14, 3), dtype=np.uint8)
    path = tmp_path / f"photo{extension}"
    options = {"icc_profile": srgb_profile()} if tagged else {}
    lossless = {"lossless": True, "exact": True} if extension == ".webp" else {}
    Image.fromarray(pixels).save(path, **options, **lossless)
    photo = read_photo(path, name=path.name, limits=limits)
    assert photo.profile_source == ("embedded ICC" if tagged else "assumed sRGB")
    assert np.array_equal(adobe16_to_srgb8(photo.rgb), pixels)
    assert np.array_equal(read_display(path, name=path.name), pixels)


def test_a_16_bit_ramp_keeps_every_level(tmp_path: Path, limits: Ingest) -> None:
    ramp = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    path = tmp_path / "ramp.tif"
    tifffile.imwrite(path, np.repeat(ramp[..., None], 3, axis=2), photometric="rgb", iccprofile=adobe_profile())
    photo = read_photo(path, name=path.name, limits=limits)
    assert photo.bits == 16
    assert np.array_equal(photo.rgb[..., 1], ramp)
    assert len(np.unique(photo.rgb[..., 0])) == 65536


def test_a_12_bit_ramp_in_srgb_keeps_every_level(tmp_path: Path, limits: Ingest) -> None:
    ramp = (np.arange(4096) * 65535 // 4095).astype(np.uint16).reshape(64, 64)
    path = tmp_path / "ramp.tif"
    tifffile.imwrite(path, np.repeat(ramp[..., None], 3, axis=2), photometric="rgb", iccprofile=srgb_profile())
    photo = read_photo(path, name=path.name, limits=limits)
    assert len(np.unique(photo.rgb[..., 1])) == 4096
    assert (np.diff(photo.rgb[..., 1].ravel().astype(int)) > 0).all()


@pytest.mark.parametrize("bits", [8, 16])
def test_grey_is_neutral_and_as_light_as_its_rgb_twin(tmp_path: Path, limits: Ingest, bits: int) -> None:
    ramp = np.arange(256, dtype=np.uint8) if bits == 8 else np.arange(65536, dtype=np.uint16)[::16]
    ramp = ramp.reshape(16, -1)
    path = tmp_path / "grey.tif"
    tifffile.imwrite(path, ramp, photometric="minisblack")
    photo = read_photo(path, name=path.name, limits=limits)
    twin = np.repeat(ramp[..., None], 3, axis=2)
    expected = srgb8_to_adobe16(twin) if bits == 8 else srgb16_to_adobe16(twin)
    assert (photo.rgb[..., 0] == photo.rgb[..., 2]).all()
    assert np.abs(photo.rgb[..., 1].astype(int) - expected[..., 1]).max() <= 1


def test_a_grey_profile_is_used(tmp_path: Path, limits: Ingest) -> None:
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)
    icc = bytes(imagecodecs.cms_profile("gray", gamma=1.8))
    path = tmp_path / "grey.png"
    Image.fromarray(ramp).save(path, icc_profile=icc)
    photo = read_photo(path, name=path.name, limits=limits)
    assert photo.profile_source == "embedded ICC"
    assert photo.rgb[15, 15].tolist() == [65535] * 3
    light = (photo.rgb[8, 0, 1] / 65535) ** (563 / 256)
    assert light == pytest.approx((128 / 255) ** 1.8, abs=0.002)


def test_cmyk_goes_through_its_profile(tmp_path: Path, limits: Ingest, cmyk_profile: bytes) -> None:
    inks = np.zeros((32, 32, 4), np.uint8)
    inks[:, 16:, 3] = 255
    path = tmp_path / "print.jpg"
    Image.fromarray(inks, mode="CMYK").save(path, icc_profile=cmyk_profile, quality=100)
    photo = read_photo(path, name=path.name, limits=limits)
    assert photo.profile_source == "embedded ICC"
    assert photo.rgb[4, 4].tolist() == [65535] * 3, "no ink is paper white"
    assert photo.rgb[4, 28].max() < 6000, "all black is black"
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, inks, photometric="separated", iccprofile=cmyk_profile)
    (tmp_path / "print.tif").write_bytes(buffer.getvalue())
    assert (
        np.abs(
            read_photo(tmp_path / "print.tif", name="print.tif", limits=limits).rgb[4, 4].astype(int) - photo.rgb[4, 4]
        ).max()
        < 700
    )
