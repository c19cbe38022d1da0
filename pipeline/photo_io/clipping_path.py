"""Clipping paths as Photoshop keeps them in TIFF and JPEG: image resources 2000 to 2997, the chosen one's name in 2999.

A path is a row of 26-byte records; points are vertical before horizontal, fixed point with 24 bits behind the point, as
shares of the picture's height and width (Adobe Photoshop File Formats Specification, "Path resource format").
"""

import io
import struct
from collections.abc import Iterator
from typing import Final

import tifffile

from pipeline.errors import KnownError
from pipeline.paths.curves import EVEN_ODD
from pipeline.paths.curves import NONZERO
from pipeline.paths.curves import Node
from pipeline.paths.curves import Path
from pipeline.paths.curves import Point
from pipeline.paths.curves import Subpath
from pipeline.paths.curves import check_size
from pipeline.paths.curves import turn
from pipeline.photo_io.encode import PHOTOSHOP_TAG

FIRST, LAST, CLIPPING = 2000, 2997, 2999
NAME: Final = "Whitepoint"
RECORD: Final = 26
ONE: Final = 1 << 24
CLOSED, OPEN, RULE, START = 0, 3, 6, 8
EXCLUDE, UNITE, SUBTRACT = 0, 1, 2
"""How Photoshop lays a subpath over those before it."""
APP13, HEAD = 0xED, b"Photoshop 3.0\0"
ROOM: Final = 65533 - len(HEAD)
"""Bytes of resources that fit into one segment of a JPEG."""


def path_resources(path: Path, size: tuple[int, int], name: str = NAME) -> bytes:
    """Return the image resources that make `path` the clipping path of a picture of `size` (width, height)."""
    records = [struct.pack(">h24x", RULE), struct.pack(">h24x", START)]
    for subpath, combine in zip(path.subpaths, _combines(path), strict=True):
        kind = CLOSED if subpath.closed else OPEN
        records.append(struct.pack(">hHhhI14x", kind, len(subpath.nodes), combine, 1, 0))
        records += [_knot(node, kind, size) for node in subpath.nodes]
    return _resource(FIRST, name, b"".join(records)) + _resource(CLIPPING, "", _pascal(name))


def jpeg_with_path(data: bytes, path: Path, size: tuple[int, int]) -> bytes:
    """Return the bytes of a JPEG with `path` as its clipping path; pixels and other metadata are untouched."""
    resources = path_resources(path, size)
    parts = (resources[start : start + ROOM] for start in range(0, len(resources), ROOM))
    segments = b"".join(struct.pack(">BBH", 0xFF, APP13, len(HEAD) + len(part) + 2) + HEAD + part for part in parts)
    place = max((end for kind, _, end in _segments(data) if 0xE0 <= kind <= 0xEF), default=2)
    return data[:place] + segments + data[place:]


def read_clipping_path(data: bytes, size: tuple[int, int], *, name: str) -> Path:
    """Return the clipping path of a TIFF or JPEG (or its first path) on a photo of `size` (width, height).

    Raises KnownError, with the file's `name`, where there is none or it is damaged.
    """
    try:
        resources = list(_resources(_photoshop_block(data)))
        chosen = next((_unpascal(body) for number, _, body in resources if number == CLIPPING), "")
        paths = [(title, body) for number, title, body in resources if FIRST <= number <= LAST]
        body = next((body for title, body in paths if title == chosen), paths[0][1] if paths else None)
        path = Path() if body is None else _read_path(body, size)
        check_size(path)
    except (struct.error, IndexError, ValueError, tifffile.TiffFileError) as error:
        raise KnownError(f"The clipping path of {name} is damaged ({error}); save it again.") from error
    if not path.subpaths:
        raise KnownError(f"{name} holds no clipping path; save one with it, or give an SVG.")
    return path


def _combines(path: Path) -> list[int]:
    """By the nonzero rule, what turns against the first subpath is a hole."""
    if path.rule == EVEN_ODD:
        return [EXCLUDE] * len(path.subpaths)
    turns = [turn(subpath) > 0 for subpath in path.subpaths]
    return [UNITE if way == turns[0] else SUBTRACT for way in turns]


def _knot(node: Node, kind: int, size: tuple[int, int]) -> bytes:
    numbers = [_fixed(value) for point in (node.before, node.at, node.after) for value in _shares(point, size)]
    return struct.pack(">h6i", kind + (1 if node.joined else 2), *numbers)


def _shares(point: Point, size: tuple[int, int]) -> tuple[float, float]:
    return point[1] / size[1], point[0] / size[0]


def _fixed(value: float) -> int:
    return round(min(max(value, -15.99), 15.99) * ONE)


def _read_path(body: bytes, size: tuple[int, int]) -> Path:
    lines: list[tuple[bool, list[Node]]] = []
    combines, awaited = [], 0
    for start in range(0, len(body) - RECORD + 1, RECORD):
        record = body[start : start + RECORD]
        kind = struct.unpack(">h", record[:2])[0]
        if kind in (CLOSED, OPEN):
            awaited, combine = struct.unpack(">Hh", record[2:6])
            combines.append(combine)
            lines.append((kind == CLOSED, []))
        elif kind not in (RULE, START, 7) and awaited > 0:
            lines[-1][1].append(_read_knot(record, joined=kind in (CLOSED + 1, OPEN + 1), size=size))
            awaited -= 1
    rule = NONZERO if all(combine == UNITE for combine in combines) else EVEN_ODD
    return Path(tuple(Subpath(tuple(nodes), closed) for closed, nodes in lines if nodes), rule)


def _read_knot(record: bytes, *, joined: bool, size: tuple[int, int]) -> Node:
    numbers = struct.unpack(">6i", record[2:])
    before, at, after = (
        (across / ONE * size[0], down / ONE * size[1]) for down, across in zip(numbers[::2], numbers[1::2], strict=True)
    )
    return Node(at, before, after, joined)


def _resource(number: int, name: str, body: bytes) -> bytes:
    head = b"8BIM" + struct.pack(">H", number) + _pascal(name) + struct.pack(">I", len(body))
    return head + body + b"\0" * (len(body) % 2)


def _pascal(text: str) -> bytes:
    """Length and letters, filled up to an even number of bytes."""
    letters = text.encode("mac_roman", "replace")[:255]
    return bytes([len(letters)]) + letters + b"\0" * ((len(letters) + 1) % 2)


def _unpascal(data: bytes) -> str:
    return data[1 : 1 + data[0]].decode("mac_roman")


def _resources(block: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Number, name and body of every image resource."""
    place = 0
    while block[place : place + 4] in (b"8BIM", b"MeSa"):
        number = struct.unpack(">H", block[place + 4 : place + 6])[0]
        letters = block[place + 6]
        name = _unpascal(block[place + 6 : place + 7 + letters])
        place += 6 + letters + 1 + (letters + 1) % 2
        length = struct.unpack(">I", block[place : place + 4])[0]
        body = block[place + 4 : place + 4 + length]
        if len(body) < length:
            raise ValueError("a resource ends too early")
        yield number, name, body
        place += 4 + length + length % 2


def _photoshop_block(data: bytes) -> bytes:
    if data[:2] == b"\xff\xd8":
        parts = (data[start:end] for kind, start, end in _segments(data) if kind == APP13)
        return b"".join(part[len(HEAD) :] for part in parts if part.startswith(HEAD))
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            tag = file.pages[0].tags.get(PHOTOSHOP_TAG)
            return bytes(tag.value) if tag is not None and isinstance(tag.value, bytes) else b""
    raise ValueError("it is neither TIFF nor JPEG")


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of the bodies of a JPEG's segments before its pixels."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        length = struct.unpack(">H", data[place + 2 : place + 4])[0]
        yield data[place + 1], place + 4, place + 2 + length
        place += 2 + length
