"""Files as we write them and as others will read them."""

import io
import struct
import zlib

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from pipeline.color import adobe_profile
from pipeline.color import srgb_profile
from pipeline.errors import BadImageError
from pipeline.errors import BugError
from pipeline.photo_io.delivered import read_delivered
from pipeline.photo_io.encode import encode
from pipeline.photo_io.xmp import build_xmp

XMP = build_xmp(source_type="algorithmicallyEnhanced", creator="A & B <studio>\x07", copyright="© 2026")


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    rgb = np.full((90, 120, 3), 255, np.uint8)
    rgb[30:60, 30:90] = np.random.default_rng(3).integers(0, 256, (30, 60, 3))
    return rgb


KINDS = [
    {"format": "jpeg", "quality": 95},
    {"format": "jpeg", "quality": 92, "subsampling": "4:2:0"},
    {"format": "png"},
    {"format": "webp", "quality": 100},
    {"format": "webp", "quality": 90},
    {"format": "tiff"},
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(str(value) for value in kind.values()))
def test_a_file_says_what_it_is_and_carries_nothing_else(kind: dict, picture: np.ndarray) -> None:
    data = encode(picture, icc=srgb_profile(), dpi=300, xmp=XMP, **kind)
    assert data == encode(picture, icc=srgb_profile(), dpi=300, xmp=XMP, **kind), "the same bytes every time"
    found = read_delivered(data)
    assert found.format == kind["format"]
    assert found.size == (120, 90)
    assert found.bits == 8
    assert found.icc == srgb_profile()
    assert found.icc_name.startswith("sRGB")
    assert found.orientation == 1
    assert found.frames == 1
    assert found.alpha is None
    assert found.extras == ("xmp",)
    assert found.subsampling == (kind.get("subsampling", "4:4:4") if kind["format"] == "jpeg" else "")
    if kind["format"] != "webp":
        assert found.dpi == pytest.approx(300, abs=0.1)
    if found.lossless:
        assert np.array_equal(found.rgb, picture)
    assert not found.rgb.flags.writeable


@budget(max_examples=25, deadline=None)
@given(
    rgb=hnp.arrays(np.uint16, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3))),
    format=st.sampled_from(["png", "tiff"]),
)
def test_sixteen_bits_survive_with_every_level(rgb: np.ndarray, format: str) -> None:
    found = read_delivered(encode(rgb, format=format, icc=adobe_profile(), dpi=300))
    assert found.bits == 16
    assert found.rgb.dtype == np.uint16
    assert np.array_equal(found.rgb, rgb)
    assert found.icc == adobe_profile()


def test_other_software_reads_our_sixteen_bit_png() -> None:
    ramp = np.repeat(np.arange(0, 65536, 257, dtype=np.uint16)[None, :, None], 3, axis=2)
    data = encode(ramp, format="png", icc=adobe_profile(), dpi=300, xmp=XMP)
    assert np.array_equal(imagecodecs.png_decode(data), ramp)
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["icc_profile"] == adobe_profile()
        assert "DigitalSourceType" in image.info["XML:com.adobe.xmp"]
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_other_software_reads_our_print_tiff() -> None:
    pixels = np.random.default_rng(1).integers(0, 65536, (20, 30, 3), dtype=np.uint16)
    data = encode(pixels, format="tiff", icc=adobe_profile(), dpi=300, xmp=XMP)
    with tifffile.TiffFile(io.BytesIO(data)) as tiff:
        page = tiff.pages[0]
        assert np.array_equal(page.asarray(), pixels)
        assert page.tags["Compression"].value == 1
        assert page.tags["XResolution"].value == (300, 1)
        assert page.tags["InterColorProfile"].value == adobe_profile()
        assert page.tags["XMP"].value == XMP
        assert not {"Software", "DateTime", "ImageDescription"} & {tag.name for tag in page.tags}


def test_eight_bit_formats_refuse_sixteen_bits() -> None:
    with pytest.raises(BugError):
        encode(np.zeros((4, 4, 3), np.uint16), format="jpeg", icc=srgb_profile())


def test_a_mask_is_a_grey_png(picture: np.ndarray) -> None:
    levels = picture[..., 0]
    data = encode(levels, format="png", icc=b"")
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == "L"
        assert np.array_equal(np.asarray(image), levels)
    assert np.array_equal(read_delivered(data).rgb[..., 2], levels)


def test_white_beyond_ten_pixels_survives_444_but_not_420(picture: np.ndarray) -> None:
    far = np.ones(picture.shape[:2], bool)
    far[20:70, 20:100] = False
    for quality in (75, 95):
        rgb = read_delivered(encode(picture, format="jpeg", quality=quality, icc=srgb_profile())).rgb
        assert (rgb[far] == 255).all()
    noisy = picture.copy()
    noisy[28:62, 28:92] = (255, 0, 0)
    coarse = read_delivered(encode(noisy, format="jpeg", quality=95, subsampling="4:2:0", icc=srgb_profile())).rgb
    near = ~far
    near[28:62, 28:92] = False
    assert (coarse[near] != 255).any()


def test_the_xmp_escapes_what_strangers_wrote() -> None:
    assert b"A &amp; B &lt;studio&gt;" in XMP
    assert b"\x07" not in XMP
    assert "© 2026".encode() in XMP


def pillow_bytes(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def test_transparency_cannot_hide_as_white() -> None:
    clear = Image.new("RGBA", (10, 10), (255, 255, 255, 0))
    found = read_delivered(pillow_bytes(clear, "PNG"))
    assert found.alpha is not None
    assert found.rgb.max() == 0
    palette = Image.new("P", (10, 10), 0)
    found = read_delivered(pillow_bytes(palette, "PNG", transparency=0))
    assert found.alpha is not None


def test_a_reader_sees_orientation_gps_comment_and_frames(picture: np.ndarray) -> None:
    image = Image.fromarray(picture)
    exif = Image.Exif()
    exif[274] = 6
    exif.get_ifd(0x8825)[1] = "N"
    found = read_delivered(pillow_bytes(image, "JPEG", exif=exif, comment=b"hello"))
    assert found.orientation == 6
    assert set(found.extras) == {"exif", "gps", "comment"}
    assert found.icc_name == ""
    animated = pillow_bytes(image, "GIF", save_all=True, append_images=[Image.new("RGB", (120, 90), "red")])
    assert read_delivered(animated).frames == 2


def test_a_damaged_profile_is_named_not_fatal(picture: np.ndarray) -> None:
    data = pillow_bytes(Image.fromarray(picture), "JPEG", icc_profile=b"not a profile at all")
    assert read_delivered(data).icc_name == "unreadable"


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadImageError, match=r"JPEG, PNG, WebP, TIFF or GIF|cannot be decoded"):
        read_delivered(data)


@pytest.mark.parametrize("kind", KINDS[:5], ids=lambda kind: kind["format"])
def test_a_truncated_file_is_refused(kind: dict, picture: np.ndarray) -> None:
    data = encode(picture, icc=srgb_profile(), **kind)
    with pytest.raises(BadImageError):
        read_delivered(data[: len(data) * 2 // 3])


def test_a_bomb_is_refused_from_its_header() -> None:
    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    body = zlib.compress(b"\0" * 1000)
    data = struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    with pytest.raises(BadImageError, match=r"megapixels|decompression bomb"):
        read_delivered(b"\x89PNG\r\n\x1a\n" + chunk + data, max_megapixels=200)


def test_a_tiff_whose_pixels_begin_at_a_fraction_is_damaged(shared):
    name = "tiff-oor_panic-id-000049-sig-06-src-000318-op-havoc-rep-8.tiff"
    with pytest.raises(BadImageError):
        read_delivered((shared / "bad-images" / name).read_bytes())


def test_a_damaged_tiff_is_one_sentence_and_nothing_else(shared, capfd):
    with pytest.raises(BadImageError):
        read_delivered((shared / "bad-images" / "pillow-crash-2020-10-test.tif").read_bytes())
    assert capfd.readouterr() == ("", "")
