"""The other photos that belong to one: same shoot group, same SKU, or named by its row of the sheet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.model import Entry
from pipeline.store.files import Files
from pipeline.store.store import Store
from reviewer.desk.repair import Bench
from reviewer.images.sources import load_mask

MOST = 60
"""So many are offered; a batch may have thousands."""


@dataclass(frozen=True)
class Companions:
    """Attributes:

    inside: entries that may show the inside of the product, likeliest first.
    group: entries of the same shoot group and size, in the batch's order.
    """

    inside: tuple[Entry, ...]
    group: tuple[Entry, ...]


@dataclass(frozen=True, eq=False)
class Inside:
    """A second photo: uint16 h×w×3, what of it is product (float32 h×w 0..1), and where it comes from."""

    name: str
    sha256: str
    photo: NDArray[np.uint16]
    cover: NDArray[np.float32]


def find_companions(store: Store, entry: Entry) -> Companions:
    """Return the photos that belong to that of `entry`."""
    record = entry.record
    others = [other for other in store.entries(record.batch) if other.record.id != record.id and other.error is None]
    named = [other for other in others if _is_named(other.record.file, record.inside)]
    same = [other for other in others if record.sku and other.record.sku == record.sku]
    rest = [other for other in others if other.record.shoot_group == record.shoot_group]
    inside = list({other.record.id: other for other in (*named, *same, *rest, *others)}.values())
    group = [
        other
        for other in rest
        if (other.record.width, other.record.height) == (record.width, record.height) and other.version is not None
    ]
    return Companions(tuple(inside[:MOST]), tuple(group[:MOST]))


def find_references(store: Store, entry: Entry) -> tuple[Entry, ...]:
    """Return the photos of the batch whose colours may be held against those of `entry`, likeliest first.

    That is the one that the sheet names as its reference, then those of its SKU, of its shoot group and the others.
    """
    wanted, found = entry.record.reference, find_companions(store, entry).inside
    return tuple(sorted(found, key=lambda other: not _is_named(other.record.file, wanted)))


def read_inside(entry: Entry, files: Files, line: Bench) -> Inside:
    """Return the photo of `entry` with its product's mask; all of it where it was not cut out."""
    photo = line.photo(entry, files)
    version = entry.version
    cover = np.ones(photo.shape[:2], np.float32)
    if version is not None and version.outcome.mask is not None:
        cover = load_mask(files.path(version.outcome.mask), entry.record.file) / np.float32(255)
    return Inside(entry.record.file, entry.record.sha256, photo, cover)


def _is_named(file: str, wanted: str) -> bool:
    return bool(wanted) and file.rsplit("/", 1)[-1] == wanted.rsplit("/", 1)[-1]
