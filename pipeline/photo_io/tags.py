"""A bounded reader of TIFF directories: the headers of TIFF and RAW files and every EXIF block are made of them.

It reads only what is asked for, never trusts a count or an offset, follows no cycle, and knows no pixels. Strangers'
files go through it before any decoder may touch them.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from typing import Final

MAX_DIRECTORIES: Final = 256
MAX_ENTRIES: Final = 4096
MAX_VALUE_BYTES: Final = 32 << 20

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_INTEGERS: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_ORDERS: Final = {b"II": "<", b"MM": ">"}
_CLASSIC_MAGICS: Final = {42, 0x4F52, 0x5352, 0x0055}
"""TIFF itself, then Olympus (RO, RS) and Panasonic, which changed only this number."""


class TagError(Exception):
    """The bytes are not a readable TIFF directory; internal to photo_io."""


@dataclass(frozen=True)
class _Entry:
    kind: int
    count: int
    position: int
    """Where the value lies in the stream, inline or not."""


@dataclass(frozen=True)
class Directory:
    """One image file directory; values are read on demand, and a damaged one reads as absent."""

    stream: BinaryIO
    size: int
    order: str
    big: bool
    position: int
    entries: dict[int, _Entry]
    following: int

    def __contains__(self, tag: int) -> bool:
        return tag in self.entries

    def data(self, tag: int) -> bytes:
        """Return the raw bytes of a value, b"" where the tag is absent or points outside the file."""
        entry = self.entries.get(tag)
        if entry is None:
            return b""
        length = entry.count * _SIZES.get(entry.kind, 1)
        if length > MAX_VALUE_BYTES or entry.position + length > self.size:
            return b""
        self.stream.seek(entry.position)
        return self.stream.read(length)

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Return the integers of a value, () where there are none."""
        entry = self.entries.get(tag)
        code = _INTEGERS.get(entry.kind) if entry else None
        if entry is None or code is None:
            return ()
        data = self.data(tag)
        return struct.unpack(f"{self.order}{len(data) // struct.calcsize(code)}{code}", data)

    def number(self, tag: int, default: int) -> int:
        """Return the first integer of a value, or `default`."""
        found = self.numbers(tag)
        return found[0] if found else default

    def text(self, tag: int) -> str:
        """Return a text value up to its first NUL, stripped; "" where there is none."""
        raw = self.data(tag).split(b"\0")[0]
        try:
            return raw.decode("utf-8").strip()
        except UnicodeDecodeError:
            return raw.decode("latin-1").strip()

    def child(self, tag: int) -> "Directory | None":
        """Return the directory that a pointer tag (EXIF, Interoperability) leads to, or None."""
        offset = self.number(tag, 0)
        try:
            return _read_directory(self.stream, self.size, self.order, self.big, offset) if offset else None
        except TagError:
            return None

    def children(self, tag: int) -> Iterator["Directory"]:
        """Yield the readable directories of a SubIFDs tag."""
        for offset in self.numbers(tag)[:MAX_DIRECTORIES]:
            try:
                yield _read_directory(self.stream, self.size, self.order, self.big, offset)
            except TagError:
                continue


def read_directories(stream: BinaryIO) -> list[Directory]:
    """Return the chain of directories of a TIFF, BigTIFF, RAW or EXIF stream; at most MAX_DIRECTORIES.

    The stream must stay open while values are read. Raises TagError where not even the first one is readable.
    """
    size = stream.seek(0, io.SEEK_END)
    order, big, offset = _header(stream)
    found: list[Directory] = []
    seen: set[int] = set()
    while offset and offset not in seen and len(found) < MAX_DIRECTORIES:
        seen.add(offset)
        try:
            directory = _read_directory(stream, size, order, big, offset)
        except TagError:
            if not found:
                raise
            break
        found.append(directory)
        offset = directory.following
    if not found:
        raise TagError("no directory")
    return found


def read_exif(block: bytes) -> Directory | None:
    """Return the first directory of an EXIF block (with or without its `Exif\\0\\0` prefix), None if unreadable."""
    start = 6 if block.startswith(b"Exif\0\0") else 0
    try:
        return read_directories(io.BytesIO(block[start:]))[0]
    except TagError:
        return None


def _header(stream: BinaryIO) -> tuple[str, bool, int]:
    stream.seek(0)
    head = stream.read(16)
    order = _ORDERS.get(head[:2])
    if order is None or len(head) < 8:
        raise TagError("no byte order mark")
    magic = struct.unpack_from(f"{order}H", head, 2)[0]
    if magic in _CLASSIC_MAGICS:
        return order, False, struct.unpack_from(f"{order}I", head, 4)[0]
    if magic == 43 and len(head) == 16:
        return order, True, struct.unpack_from(f"{order}Q", head, 8)[0]
    raise TagError("unknown magic number")


def _read_directory(stream: BinaryIO, size: int, order: str, big: bool, offset: int) -> Directory:
    count_format, entry_format, inline = ("Q", "HHQ8s", 8) if big else ("H", "HHI4s", 4)
    count_size = struct.calcsize(f"{order}{count_format}")
    entry_size = struct.calcsize(f"{order}{entry_format}")
    if not 0 < offset <= size - count_size:
        raise TagError("a directory lies outside the file")
    stream.seek(offset)
    count = struct.unpack(f"{order}{count_format}", stream.read(count_size))[0]
    if not 0 < count <= MAX_ENTRIES:
        raise TagError("a directory has no sensible number of entries")
    table = stream.read(count * entry_size + inline)
    if len(table) < count * entry_size:
        raise TagError("a directory is cut off")
    entries: dict[int, _Entry] = {}
    for index in range(count):
        tag, kind, items, value = struct.unpack_from(f"{order}{entry_format}", table, index * entry_size)
        fits = items * _SIZES.get(kind, 1) <= inline
        within = offset + count_size + (index + 1) * entry_size - inline
        pointer = int.from_bytes(value, "little" if order == "<" else "big")
        entries.setdefault(tag, _Entry(kind, items, within if fits else pointer))
    tail = table[count * entry_size :]
    following = int.from_bytes(tail, "little" if order == "<" else "big") if len(tail) == inline else 0
    return Directory(stream, size, order, big, offset, entries, following)
