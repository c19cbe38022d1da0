"""Clipping paths in files: SVG and Photoshop's resources in TIFF and JPEG keep a path within half a pixel, and more."""

import io
import struct
import time
from dataclasses import replace

import cv2
import numpy as np
import pytest
import tifffile
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.color import adobe_profile
from pipeline.errors import KnownError
from pipeline.paths import Node
from pipeline.paths import Path
from pipeline.paths import Subpath
from pipeline.paths import coverage
from pipeline.paths.curves import RULES
from pipeline.paths.curves import cubics
from pipeline.paths.curves import flattened
from pipeline.photo_io.clipping_path import jpeg_with_path
from pipeline.photo_io.clipping_path import path_resources
from pipeline.photo_io.clipping_path import read_clipping_path
from pipeline.photo_io.encode import encode
from pipeline.photo_io.svg_path import read_svg
from pipeline.photo_io.svg_path import write_svg

SIZE = 300, 200
PLACES = st.tuples(st.floats(-20, 320), st.floats(-20, 220))
NODES = st.builds(Node, PLACES, PLACES, PLACES)
SUBPATHS = st.builds(Subpath, st.lists(NODES, min_size=2, max_size=6).map(tuple), st.booleans())
PATHS = st.builds(Path, st.lists(SUBPATHS, min_size=1, max_size=3).map(tuple), st.sampled_from(RULES))


def points(path: Path) -> np.ndarray:
    """All curves; the outer handles of an open line's ends draw nothing."""
    return np.concatenate([cubics(subpath) for subpath in path.subpaths])


def tiff(path: Path, size: tuple[int, int] = SIZE) -> bytes:
    pixels = np.zeros((size[1], size[0], 3), np.uint16)
    return encode(pixels, format="tiff", icc=adobe_profile(), resources=path_resources(path, size))


def jpeg(path: Path, size: tuple[int, int] = SIZE) -> bytes:
    pixels = np.full((size[1], size[0], 3), 90, np.uint8)
    return jpeg_with_path(encode(pixels, format="jpeg", icc=adobe_profile()), path, size)


@settings(max_examples=40, deadline=None)
@given(PATHS)
def test_a_path_comes_back_from_svg_tiff_and_jpeg(path: Path) -> None:
    for subpath in path.subpaths:
        # SVG returns to the start of a closed line in words, too: two nodes in one place become one.
        assume(np.hypot(*np.subtract(subpath.nodes[0].at, subpath.nodes[-1].at)) > 0.01)
    for again in (
        read_svg(write_svg(path, SIZE), SIZE, name="a.svg"),
        read_clipping_path(tiff(path), SIZE, name="a.tif"),
        read_clipping_path(jpeg(path), SIZE, name="a.jpg"),
    ):
        assert [len(subpath.nodes) for subpath in again.subpaths] == [len(subpath.nodes) for subpath in path.subpaths]
        assert [subpath.closed for subpath in again.subpaths] == [subpath.closed for subpath in path.subpaths]
        assert np.abs(points(again) - points(path)).max() <= 1e-4


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_svg_resources_and_raster_agree_within_half_a_pixel(seed: int) -> None:
    made = np.random.default_rng(seed)
    angles = np.sort(made.uniform(0, 2 * np.pi, 7)) + np.arange(7) * 1e-3
    sizes = made.uniform(0.5, 1, 7)
    places = [(150 + 80 * np.cos(a) * r, 100 + 80 * np.sin(a) * r) for a, r in zip(angles, sizes, strict=True)]
    path = Path((Subpath(tuple(Node(at, at, at) for at in places)),))
    through = read_svg(write_svg(read_clipping_path(jpeg(path), SIZE, name="a.jpg"), SIZE), SIZE, name="a.svg")
    before, after = (coverage(each, SIZE) >= 128 for each in (path, through))
    # A pixel whose side changed lies within half a pixel of the line itself.
    line = flattened(path.subpaths[0], 0.01)
    for y, x in np.argwhere(before != after):
        ways = np.diff(line, axis=0)
        shares = np.clip(((np.array([x, y]) + 0.5 - line[:-1]) * ways).sum(axis=1) / (ways**2).sum(axis=1), 0, 1)
        assert np.hypot(*(line[:-1] + shares[:, None] * ways - (x + 0.5, y + 0.5)).T).min() <= 0.5
    assert (before != after).sum() <= 2


def test_the_rule_survives_all_files() -> None:
    square = [(10, 10), (90, 10), (90, 90), (10, 90)]
    outer = Subpath(tuple(Node(at, at, at) for at in square))
    for rule in RULES:
        path = Path((outer, outer), rule)
        for again in (
            read_svg(write_svg(path, SIZE), SIZE, name="a.svg"),
            read_clipping_path(tiff(path), SIZE, name="a.tif"),
        ):
            assert (coverage(again, SIZE) == coverage(path, SIZE)).all()
    hole = replace(outer, nodes=outer.nodes[::-1])
    ring = Path((outer, hole), "nonzero")
    again = read_clipping_path(jpeg(ring), SIZE, name="a.jpg")
    assert not coverage(again, SIZE).any()


def test_other_programs_find_the_path_where_photoshop_keeps_it() -> None:
    path = Path((Subpath(tuple(Node(at, at, at, True) for at in ((0.0, 0.0), (300.0, 0.0), (150.0, 200.0)))),))
    found = Image.open(io.BytesIO(jpeg(path)))
    found.load()
    resources = found.info["photoshop"]
    assert resources[2999][1 : 1 + resources[2999][0]] == b"Whitepoint"
    records = [resources[2000][start : start + 26] for start in range(0, len(resources[2000]), 26)]
    assert [struct.unpack(">h", record[:2])[0] for record in records] == [6, 8, 0, 1, 1, 1]
    assert struct.unpack(">2i", records[4][10:18]) == (0, 1 << 24)
    with tifffile.TiffFile(io.BytesIO(tiff(path))) as file:
        assert file.pages[0].tags[34377].value.startswith(b"8BIM")


def test_a_path_larger_than_one_segment_goes_through_a_jpeg() -> None:
    angles = np.linspace(0, 2 * np.pi, 6000, endpoint=False)
    places = [(float(150 + 90 * np.cos(a)), float(100 + 90 * np.sin(a))) for a in angles]
    path = Path((Subpath(tuple(Node(at, at, at) for at in places)),))
    data = jpeg(path)
    assert data.count(b"Photoshop 3.0\0") == 3
    assert np.abs(points(read_clipping_path(data, SIZE, name="a.jpg")) - points(path)).max() <= 1e-4
    assert cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR).shape == (200, 300, 3)


@pytest.mark.parametrize(
    ("inside", "box"),
    [
        ('<path d="M10 10h40v30H10z"/>', (10, 10, 50, 40)),
        ('<path d="m 10,10 40,0 0,30 -40,0 z"/>', (10, 10, 50, 40)),
        ('<g transform="translate(10 10) scale(2)"><path d="M0 0L20 0L20 15L0 15Z"/></g>', (10, 10, 50, 40)),
        ('<polygon points="10,10 50,10 50,40 10,40"/>', (10, 10, 50, 40)),
        ('<path transform="rotate(90 20 20)" d="M10 0H30V40H10Z"/>', (0, 10, 40, 30)),
        ('<path d="M10 25 A20 15 0 0150 25 A20 15 0 1 1 10 25Z"/>', (10, 10, 50, 40)),
        ('<path d="M10 25Q10 10 30 10T50 25S50 40 30 40 10 40 10 25Z"/>', (10, 10, 50, 40)),
        ('<defs><clipPath id="a"><path d="M10 10C20 10 40 10 50 10L50 40L10 40"/></clipPath></defs>', (10, 10, 50, 40)),
    ],
)
def test_the_words_of_svg_are_understood(inside: str, box: tuple[int, ...]) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 50">{inside}</svg>'.encode()
    path = read_svg(data, (120, 100), name="a.svg")
    found = np.concatenate([flattened(subpath) for subpath in path.subpaths]) / 2
    assert [*found.min(axis=0), *found.max(axis=0)] == pytest.approx(box, abs=0.4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no xml", "is no SVG"),
        (b"<svg/>", "holds no path"),
        (b'<svg><path d="M1 2 L3"/></svg>', "the command L has 1 numbers"),
        (b'<svg><g transform="warp(3)"><path transform="rotate()" d="M1 2L3 4"/></g></svg>', "not understood"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg><path d="M1 2L3 4"/>&a;</svg>', "is no SVG"),
    ],
)
def test_an_svg_that_holds_no_path_is_named_with_the_remedy(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words) as told:
        read_svg(data, SIZE, name="strange.svg")
    assert "strange.svg" in str(told.value)


def test_files_without_a_path_or_with_half_of_one_are_named() -> None:
    bare = encode(np.zeros((20, 30, 3), np.uint8), format="jpeg", icc=adobe_profile())
    half = jpeg(Path((Subpath((Node((1, 1), (1, 1), (1, 1)),) * 9),)))
    place = half.index(b"8BIM")
    for data, words in ((bare, "holds no clipping path"), (half[: place + 60], "damaged"), (b"GIF89a", "neither TIFF")):
        with pytest.raises(KnownError, match=words):
            read_clipping_path(data, SIZE, name="a.jpg")


HOSTILE = {
    "groups in groups": "<g>" * 3000 + "</g>" * 3000,
    "too far": '<path d="M1e308 0L-1e308 1e308 5 5Z"/>',
    "no numbers": '<g transform="scale(1e200) scale(1e200)"><path d="M0 0H9V9Z"/></g>',
    "an arc that overflows": '<path d="M0 0A1e200 1e200 0 0 1 1e200 5Z"/>',
    "a transform without end": f'<g transform="{"matrix(" * 100_000}"/>',
    "arcs without end": f'<path d="M0 0A{"1 1 0 0 1 5 5 " * 60_000}x"/>',
    "too many nodes": f'<path d="M0 0L{"1 9 2 0 " * 160_000}Z"/>',
    "too long": f'<path d="M0 0L{"0 99999 1 0 " * 40}Z"/>',
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_svg_is_one_sentence_in_no_time(inside: str) -> None:
    data = f'<svg viewBox="0 0 {SIZE[0]} {SIZE[1]}">{inside}</svg>'.encode()
    started = time.process_time()
    with pytest.raises(KnownError, match=r"^x\.svg .+; .+\.$"):
        read_svg(data, SIZE, name="x.svg")
    assert time.process_time() - started < 5


def test_an_encoding_that_nobody_knows_is_one_sentence() -> None:
    with pytest.raises(KnownError, match="no SVG that can be read"):
        read_svg(b'<?xml version="1.0" encoding="nonsense"?><svg/>', SIZE, name="x.svg")


def test_a_resource_with_a_path_of_very_many_nodes_is_read_in_no_time() -> None:
    knot = struct.pack(">h6i", 2, *[1 << 22] * 6)
    body = b"".join(struct.pack(">hHhhI14x", 0, 60_000, 1, 1, 0) + knot * 60_000 for _ in range(2))
    resources = b"8BIM" + struct.pack(">HxxI", 2000, len(body)) + body
    data = encode(np.zeros((20, 30, 3), np.uint16), format="tiff", icc=adobe_profile(), resources=resources)
    started = time.process_time()
    assert read_clipping_path(data, SIZE, name="x.tif").nodes == 120_000
    assert time.process_time() - started < 5
