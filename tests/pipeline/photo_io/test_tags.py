"""The tag reader believes nothing: no count, no offset, no chain."""

import io
import struct

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.photo_io.metadata import read_metadata
from pipeline.photo_io.tags import MAX_DIRECTORIES
from pipeline.photo_io.tags import TagError
from pipeline.photo_io.tags import read_directories
from pipeline.photo_io.tags import read_exif


def tiff(
    entries: list[tuple[int, int, int, bytes]], *, following: int = 0, order: str = "<", tail: bytes = b""
) -> bytes:
    mark = b"II" if order == "<" else b"MM"
    data = mark + struct.pack(f"{order}HIH", 42, 8, len(entries))
    for tag, kind, count, value in entries:
        data += struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0")
    return data + struct.pack(f"{order}I", following) + tail


@pytest.mark.parametrize("order", ["<", ">"])
def test_values_are_read_in_both_byte_orders(order: str) -> None:
    short, long = struct.pack(f"{order}H", 1120), struct.pack(f"{order}I", 70_000)
    data = tiff([(256, 3, 1, short), (257, 4, 1, long), (271, 2, 3, b"Wp\0")], order=order)
    (directory,) = read_directories(io.BytesIO(data))
    assert (directory.number(256, 0), directory.number(257, 0), directory.text(271)) == (1120, 70_000, "Wp")
    assert 258 not in directory
    assert directory.number(258, 7) == 7


def test_bigtiff_is_read() -> None:
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.zeros((5, 6, 3), np.uint8), photometric="rgb", bigtiff=True)
    (directory,) = read_directories(buffer)
    assert (directory.number(256, 0), directory.number(257, 0), directory.numbers(258)) == (6, 5, (8, 8, 8))


@pytest.mark.parametrize(
    "entry",
    [
        (273, 4, 0xFFFFFFFF, b"\x08\0\0\0"),
        (273, 4, 1000, b"\x08\0\0\0"),
        (273, 12, 40, b"\xff\xff\xff\x7f"),
        (273, 99, 3, b"\xff\xff\xff\xff"),
    ],
)
def test_values_outside_the_file_read_as_absent(entry: tuple[int, int, int, bytes]) -> None:
    (directory,) = read_directories(io.BytesIO(tiff([entry])))
    assert directory.numbers(273) == ()
    assert directory.data(273) in (b"", b"\xff\xff\xff")


def test_a_chain_that_bites_its_tail_ends() -> None:
    assert len(read_directories(io.BytesIO(tiff([(256, 3, 1, b"\1\0")], following=8)))) == 1


def test_a_long_chain_is_cut() -> None:
    count, size = MAX_DIRECTORIES + 50, 2 + 12 + 4
    body = b"".join(
        struct.pack("<HHHI4sI", 1, 256, 3, 1, b"\1\0\0\0", 8 + (index + 1) * size) for index in range(count)
    )
    assert len(read_directories(io.BytesIO(b"II*\0\x08\0\0\0" + body))) == MAX_DIRECTORIES


@pytest.mark.parametrize("data", [b"", b"II", b"XX*\0\x08\0\0\0", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"])
def test_nonsense_is_an_error_not_an_accident(data: bytes) -> None:
    with pytest.raises(TagError):
        read_directories(io.BytesIO(data))


@pytest.mark.parametrize(("raw", "text"), [("© Zoë".encode(), "© Zoë"), (b"\xa9 Zo\xeb", "© Zoë")])
def test_texts_are_utf_8_or_latin_1(raw: bytes, text: str) -> None:
    offset = struct.pack("<I", 26)
    data = tiff([(33432, 2, len(raw), offset)], tail=raw)
    assert read_metadata(b"Exif\0\0" + data, None).exif == {"Copyright": text}


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"II*\0\x08\0\0\0\x05\0", b"MM\0*\0\0\0\x08\0\x05", b"II+\0\x08\0"])
)
def test_any_bytes_are_survived(data: bytes, start: bytes) -> None:
    facts = read_metadata(start + data, data)
    assert 1 <= facts.orientation <= 8
    directory = read_exif(start + data)
    for tag in directory.entries if directory else ():
        assert directory is not None
        directory.numbers(tag)
        directory.text(tag)
        directory.child(tag)
        list(directory.children(tag))


@given(st.dictionaries(st.sampled_from([271, 272, 315]), st.text("abcÄ §\n", min_size=1, max_size=20)))
def test_what_pillow_writes_is_read_back(texts: dict[int, str]) -> None:
    exif = Image.Exif()
    for tag, text in texts.items():
        exif[tag] = text.encode()
    names = {271: "Make", 272: "Model", 315: "Artist"}
    expected = {names[tag]: clean for tag, text in texts.items() if (clean := " ".join(text.split()))}
    assert read_metadata(exif.tobytes(), None).exif == expected


@pytest.mark.parametrize(
    "packet",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><rdf:RDF xmlns:rdf="'
        'http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF></x:xmpmeta>',
        "<x:xmpmeta" * 1000,
        "no xml at all",
    ],
)
def test_hostile_xmp_says_nothing(packet: str) -> None:
    facts = read_metadata(None, packet)
    assert (facts.orientation, facts.exif, facts.keywords) == (1, {}, ())
