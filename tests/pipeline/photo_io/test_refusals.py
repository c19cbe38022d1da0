"""What is refused, and the sentence with which it is refused: it goes to the client as it stands."""

import io
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import BadImageError
from pipeline.photo_io import apart
from pipeline.photo_io import read_header
from pipeline.photo_io import read_photo
from pipeline.photo_io.header import quoted
from pipeline.settings import Ingest

Refused = Callable[..., str]
READABLE = "please send a JPEG, PNG, WebP, TIFF, HEIC or a camera's RAW file."
DAMAGED = "is cut off or damaged and cannot be decoded; please send the file again."


@pytest.fixture
def refused(tmp_path: Path, limits: Ingest) -> Refused:
    """Return the sentence with which bytes under a name are refused by the header's look alone."""

    def refuse(name: str, data: bytes, *, decode: bool = False) -> str:
        path = tmp_path / "bytes"
        path.write_bytes(data)
        read = read_photo if decode else read_header
        with pytest.raises(BadImageError) as caught:
            read(path, name=name, limits=limits)
        return str(caught.value)

    return refuse


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def photo_bytes(kind: str, side: int = 64) -> bytes:
    noise = np.random.default_rng(3).integers(0, 256, (side, side, 3), dtype=np.uint8)
    if kind == "tiff16":
        buffer = io.BytesIO()
        tifffile.imwrite(buffer, noise.astype(np.uint16) * 257, photometric="rgb", compression="lzw")
        return buffer.getvalue()
    if kind == "png16":
        return imagecodecs.png_encode(noise.astype(np.uint16) * 257)
    return saved(Image.fromarray(noise), kind)


def png(width: int, height: int, depth: int = 8, color: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_zero_bytes(refused: Refused) -> None:
    assert refused("a.jpg", b"") == "“a.jpg” is empty (0 bytes); please send the file again."


def test_nothing_but_zeros(refused: Refused) -> None:
    assert refused("a.jpg", bytes(5000)) == f"“a.jpg” is full of zeros, not an image; {READABLE}"


@pytest.mark.parametrize("text", ["Lorem ipsum\r\n", "Ärger mit “Umlauten”" * 900, "\ufeffname;value\n"])
def test_text_renamed_to_jpg(refused: Refused, text: str) -> None:
    assert refused("a.jpg", text.encode()) == f"“a.jpg” is a text file, not an image; {READABLE}"


def test_something_unknown(refused: Refused) -> None:
    sentence = refused("a.jpg", b"\x07\x9b\x00\xff" * 50)
    assert sentence == f"“a.jpg” is not an image in a format that we read; {READABLE}"


@pytest.mark.parametrize(
    ("start", "words"),
    [(b"GIF89a", "a GIF"), (b"BM\0\0", "a BMP"), (b"8BPS", "a Photoshop document"), (b"PK\x03\x04", "a ZIP archive")],
)
def test_other_formats_are_named(refused: Refused, start: bytes, words: str) -> None:
    assert refused("a.jpg", start + bytes(50)) == f"“a.jpg” is {words}; {READABLE}"


def test_an_avif_is_named(refused: Refused) -> None:
    head = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"
    assert refused("a.avif", head + bytes(50)) == f"“a.avif” is an AVIF; {READABLE}"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("shots/a.png", "JPEG", "is a JPEG; please send it again as “a.jpg”."),
        ("a.jpg", "PNG", "is a PNG; please send it again as “a.png”."),
        ("a.b.tiff", "WEBP", "is a WebP; please send it again as “a.b.webp”."),
        ("a.nef", "TIFF", "is a TIFF; please send it again as “a.tif”."),
    ],
)
def test_a_wrong_extension(refused: Refused, name: str, kind: str, words: str) -> None:
    assert refused(name, photo_bytes(kind)) == f"“{name}” has the wrong extension, for it {words}"


def test_a_raw_under_a_wrong_extension(refused: Refused, make_dng: Callable[..., Path]) -> None:
    sentence = refused("a.tif", make_dng(np.full((40, 60, 3), 0.5)).read_bytes())
    expected = "for it is a camera RAW file; please send it again with the extension that the camera gave it."
    assert sentence == f"“a.tif” has the wrong extension, {expected}"


@pytest.mark.parametrize("name", ["a", "a.JPG", "a.jpeg", "a.jfif", "a.edited"])
def test_other_names_for_the_same_format_are_fine(tmp_path: Path, limits: Ingest, name: str) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(photo_bytes("JPEG"))
    assert read_header(path, name=name, limits=limits).kind == "JPEG"


def test_a_bomb_is_refused_by_its_header(refused: Refused) -> None:
    sentence = refused("a.png", png(20_000, 20_000))
    expected = "claims 20,000 × 20,000 px, more than the 200 megapixels that we take; please send a smaller picture."
    assert sentence == f"“a.png” {expected}"


def test_fifty_thousand_pixels_wide(refused: Refused) -> None:
    sentence = refused("a.png", png(50_000, 8))
    expected = "is 50,000 × 8 px, longer than the 30,000 px per side that we take; please send a smaller picture."
    assert sentence == f"“a.png” {expected}"


def test_a_large_camera_file_within_the_limits_is_welcome(tmp_path: Path, limits: Ingest) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(14_204, 10_652))
    assert read_header(path, name="a.png", limits=limits).width == 14_204


def test_limits_come_from_the_settings(tmp_path: Path, limits: Ingest) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(2000, 1000))
    with pytest.raises(BadImageError, match=r"more than the 1\.5 megapixels"):
        read_header(path, name="a.png", limits=replace(limits, max_megapixels=1.5))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation(refused: Refused, kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "green", "blue")]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    sentence = refused(f"a.{kind.lower()}", data)
    assert sentence == f"“a.{kind.lower()}” is an animation; please send the one still picture that is meant."


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_without_a_profile(refused: Refused, kind: str) -> None:
    data = saved(Image.new("CMYK", (8, 8)), kind)
    name = {"JPEG": "a.jpg", "TIFF": "a.tif"}[kind]
    expected = "is in CMYK without an ICC profile, so its colours cannot be known; please send it in RGB or with its"
    assert refused(name, data) == f"“{name}” {expected} profile embedded."


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_one_bit(refused: Refused, kind: str) -> None:
    name = {"PNG": "a.png", "TIFF": "a.tif"}[kind]
    expected = "has 1 bit per pixel, pure black and white; please send the photograph with 8 or 16 bits per channel."
    assert refused(name, saved(Image.new("1", (8, 8)), kind)) == f"“{name}” {expected}"


def test_a_palette_with_transparency(refused: Refused) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    data = saved(Image.fromarray(noise).quantize(16), "PNG", transparency=0)
    expected = "is a palette image with transparency, at most 256 colours; please save it as a 24-bit PNG with an alpha"
    assert refused("a.png", data) == f"“a.png” {expected} channel."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (np.zeros((8, 8, 3), np.float32), "holds signed or floating-point numbers instead of 8 or 16 bits per channel"),
        (np.zeros((8, 8, 3), np.int16), "holds signed or floating-point numbers instead of 8 or 16 bits per channel"),
        (np.zeros((8, 8, 3), np.uint32), "has 32 bits per channel"),
    ],
)
def test_tiffs_of_other_depths(refused: Refused, data: np.ndarray, words: str) -> None:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, data, photometric="rgb")
    assert f"“a.tif” {words}; please save it with" in refused("a.tif", buffer.getvalue())


def test_a_tiff_with_a_palette(refused: Refused) -> None:
    data = saved(Image.new("P", (8, 8)), "TIFF")
    expected = "is a TIFF with a palette; please save it as RGB with 8 or 16 bits per channel."
    assert refused("a.tif", data) == f"“a.tif” {expected}"


def test_a_tiff_with_an_unusual_compression(refused: Refused) -> None:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.zeros((8, 8, 3), np.uint8), photometric="rgb", compression="lzma")
    sentence = refused("a.tif", buffer.getvalue())
    assert "compression that we do not take (number 34925); please save it uncompressed or with LZW" in sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "png16", "WEBP", "TIFF", "tiff16"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(share=st.floats(0.01, 0.999))
@example(share=0.999)
@example(share=0.5)
@example(share=0.01048269273640407)
def test_a_truncated_file_is_never_taken(refused: Refused, kind: str, share: float) -> None:
    data = photo_bytes(kind)
    cut = data[: max(16, int(len(data) * share))]
    name = {"JPEG": "a.jpg", "WEBP": "a.webp", "TIFF": "a.tif", "tiff16": "a.tif"}.get(kind, "a.png")
    assert refused(name, cut, decode=True) == f"“{name}” {DAMAGED}"


@pytest.mark.parametrize("layout", [{"rowsperstrip": 4}, {"tile": (16, 16)}])
def test_a_truncated_tiff_is_refused_by_its_header(refused: Refused, layout: dict) -> None:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.zeros((64, 64, 3), np.uint16), photometric="rgb", **layout)
    assert refused("a.tif", buffer.getvalue()[:-1]) == f"“a.tif” {DAMAGED}"


def test_a_truncated_heic(refused: Refused, heic: Callable[[str], Path]) -> None:
    data = heic("quadrants").read_bytes()
    for end in (40, len(data) // 2, len(data) - 5):
        assert refused("a.heic", data[:end], decode=True) == f"“a.heic” {DAMAGED}"


def test_a_truncated_raw(refused: Refused, make_dng: Callable[..., Path]) -> None:
    data = make_dng(np.full((400, 600, 3), 0.5)).read_bytes()
    for end in (300, len(data) // 2):
        assert refused("a.dng", data[:end], decode=True) == f"“a.dng” {DAMAGED}"


def test_a_raw_that_promises_more_pixels_than_its_bytes_can_hold(
    refused: Refused, make_dng: Callable[..., Path]
) -> None:
    """LibRaw would develop 196 megapixels of nothing for half a minute and call it a photo."""
    path = make_dng(np.full((40, 60, 3), 0.5))
    data = bytearray(path.read_bytes())
    with tifffile.TiffFile(path) as file:
        tags = file.pages[0].tags
    for code, kind, value in (("ImageWidth", "<I", 14_000), ("ImageLength", "<I", 14_000), ("Compression", "<H", 7)):
        struct.pack_into(kind, data, tags[code].valueoffset, value)
    assert refused("a.dng", bytes(data)) == f"“a.dng” {DAMAGED}"


@pytest.mark.skipif(sys.platform == "win32", reason="only the time on the clock is limited there")
def test_a_reader_that_never_ends_is_ended_by_its_processor_time() -> None:
    program = "import apart; apart._limit_resources(1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", program], cwd=Path(apart.__file__).parent, timeout=60, check=False)
    assert ended.returncode == -signal.SIGXCPU


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "png16", "WEBP", "TIFF", "tiff16"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 12), early=st.booleans())
def test_damage_is_refused_or_survived_but_never_an_accident(
    tmp_path: Path, limits: Ingest, kind: str, seed: int, count: int, early: bool
) -> None:
    data = bytearray(photo_bytes(kind))
    rng = np.random.default_rng(seed)
    for place in rng.integers(4, min(len(data), 400) if early else len(data), count):
        data[place] = rng.integers(0, 256)
    path = tmp_path / "bytes"
    path.write_bytes(bytes(data))
    tight = replace(limits, max_megapixels=2.0)
    try:
        size, sentence = read_photo(path, name="photo", limits=tight).size, ""
    except BadImageError as error:
        size, sentence = (0, 0), str(error)
    assert sum(size) > 0 or (sentence.startswith("“photo” ") and sentence.endswith("."))


@pytest.mark.parametrize("seed", [243, 267, 339])
def test_a_heic_that_crashes_its_decoder_costs_nothing_but_itself(
    refused: Refused, heic: Callable[[str], Path], seed: int
) -> None:
    data = bytearray(heic("quadrants").read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(4, 600, rng.integers(1, 12)):
        data[place] = rng.integers(0, 256)
    assert refused("a.heic", bytes(data), decode=True) == f"“a.heic” {DAMAGED}"


def test_a_folder_or_missing_file_is_said_plainly(tmp_path: Path, limits: Ingest) -> None:
    for path in (tmp_path, tmp_path / "missing.jpg"):
        with pytest.raises(BadImageError, match="cannot be read"):
            read_header(path, name="a.jpg", limits=limits)


def test_names_are_data() -> None:
    assert quoted("a\nb\x1b[31m.jpg") == "“a�b�[31m.jpg”"
    assert len(quoted("x" * 5000 + ".jpg")) < 130
