"""The spot brush's pixels: heal and clone from another place of the photo, and soften highlights; within a stroke only.

Pixels are uint16 H×W×3, Adobe RGB; `cover` is float32 H×W 0..1, how much each pixel was brushed. Where it is 0 every
pixel stays the same, all 16 bits of it.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import KnownError
from pipeline.mask import covered_box
from pipeline.mask import grown
from pipeline.model import Box
from pipeline.tools.membrane import membrane

Pixels = NDArray[np.uint16]
Cover = NDArray[np.float32]
Offset = tuple[int, int]

RING: Final = 3
"""Pixels around a spot by which a source is chosen, and that a membrane hangs on."""
NEAR: Final = (1.4, 2.2, 3.2)
"""How far sources are looked for, in sizes of the spot."""
WAYS: Final = 16
FARTHEST: Final = 600
PLAIN: Final = 0.5
"""What a source's own unevenness counts against its likeness."""
WIDEST: Final = 63
"""Pixels of the kernel within which a highlight's surroundings are read, at most (on a copy where it must be wider)."""
ABOVE: Final = (2.0, 14.0)
"""Levels of 255 above the surroundings between which a pixel begins to be, and is, a highlight."""
LEVEL: Final = 257


def heal(rgb: Pixels, cover: Cover, offset: Offset) -> Pixels:
    """Return `rgb` with the structure of the place at `offset` (x, y pixels away) in the light of the brushed place.

    Poisson image editing (Pérez, Gangnet and Blake 2003): the source's gradients between the border's own values.
    Raises KnownError where the source leaves the photo.
    """
    return _from_elsewhere(rgb, cover, offset, fitted=True)


def clone(rgb: Pixels, cover: Cover, offset: Offset) -> Pixels:
    """Return `rgb` with the pixels `offset` away as they are, blended in by `cover`; raises KnownError as `heal`."""
    return _from_elsewhere(rgb, cover, offset, fitted=False)


def soften(rgb: Pixels, cover: Cover, *, strength: float) -> Pixels:
    """Return `rgb` with brushed highlights pulled down to the median of their surroundings by `strength` (0..1).

    Only what is lighter than its surroundings changes: a reflection becomes weaker, the metal around it stays.
    """
    box = covered_box(cover > 0)
    result = rgb.copy()
    if box is None or strength <= 0:
        return result
    size = max(box[2] - box[0], box[3] - box[1])
    window = grown(box, max(8, size // 2), (rgb.shape[1], rgb.shape[0]))
    cut = rgb[window].astype(np.float32)
    usual = _usual(rgb[window], size)
    low, high = (level * LEVEL for level in ABOVE)
    above = np.clip((cut.mean(axis=2) - usual.mean(axis=2) - low) / (high - low), 0, 1)
    share = (above * cover[window] * np.float32(strength))[..., None]
    toned = np.rint(np.minimum(cut + share * (usual - cut), cut))
    there = cover[window] > 0
    result[window][there] = toned.astype(np.uint16)[there]
    return result


def nearby_source(rgb: Pixels, cover: Cover) -> Offset:
    """Return the offset of the place nearby that fits best: its ring is like the spot's own, and it is plain inside.

    Raises KnownError where the photo has no room for a source.
    """
    box = covered_box(cover > 0)
    if box is None:
        return 0, 0
    size = min(max(box[2] - box[0], box[3] - box[1]), FARTHEST)
    reach = RING if _fits(rgb, box, RING) else 0
    own, brushed = rgb[_window(box, reach)].astype(np.float32), cover[_window(box, reach)] > 0
    ring = ~brushed
    found = []
    for offset in _offsets(size):
        place = _moved(box, offset)
        if not _fits(rgb, place, reach) or cover[_window(place, reach)].any():
            continue
        other = rgb[_window(place, reach)].astype(np.float32)
        apart = float(np.abs(other - own)[ring].mean()) if ring.any() else 0.0
        found.append((apart + PLAIN * float(other[brushed].std(axis=0).mean()), offset))
    if not found:
        raise KnownError("There is no room beside this spot to take pixels from; choose a source (Alt+click).")
    return min(found)[1]


def farthest_source(size: int) -> int:
    """Return how many pixels away `nearby_source` looks at most, for a spot of that size."""
    return int(np.ceil(NEAR[-1] * min(size, FARTHEST)))


def _from_elsewhere(rgb: Pixels, cover: Cover, offset: Offset, *, fitted: bool) -> Pixels:
    result = rgb.copy()
    box = covered_box(cover > 0)
    if box is None:
        return result
    if not _fits(rgb, _moved(box, offset), 0):
        raise KnownError("The source lies outside the photo there; choose one further inside (Alt+click).")
    rows, columns = grown(box, RING, (rgb.shape[1], rgb.shape[0]))
    cut = rgb[rows, columns].astype(np.float32)
    other = _shifted(rgb, (rows, columns), offset)
    share = cover[rows, columns][..., None]
    there = share[..., 0] > 0
    if fitted:
        other = other + membrane(cut - other, there)
    mixed = np.rint(np.clip(cut + share * (other - cut), 0, 65535)).astype(np.uint16)
    result[rows, columns][there] = mixed[there]
    return result


def _shifted(rgb: Pixels, window: tuple[slice, slice], offset: Offset) -> NDArray[np.float32]:
    """What lies `offset` away from every pixel of a window; beyond the photo its border goes on."""
    rows, columns = window
    down = np.clip(np.arange(rows.start, rows.stop) + offset[1], 0, rgb.shape[0] - 1)
    across = np.clip(np.arange(columns.start, columns.stop) + offset[0], 0, rgb.shape[1] - 1)
    return rgb[np.ix_(down, across)].astype(np.float32)


def _usual(cut: Pixels, size: int) -> NDArray[np.float32]:
    """The median of each pixel's surroundings, smoothed so that its 8 bits show no steps."""
    kernel = 2 * (size // 2) + 1
    scale = min(1.0, WIDEST / kernel)
    small = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else cut
    levels = np.rint(small / np.float32(LEVEL)).astype(np.uint8)
    median = cv2.medianBlur(levels, max(3, 2 * (int(kernel * scale) // 2) + 1)).astype(np.float32) * LEVEL
    smooth = cv2.GaussianBlur(median, (0, 0), max(1.0, kernel * scale / 8))
    return cv2.resize(smooth, (cut.shape[1], cut.shape[0]), interpolation=cv2.INTER_LINEAR)


def _offsets(size: int) -> list[Offset]:
    turns = np.arange(WAYS) * (2 * np.pi / WAYS)
    return [(round(far * size * np.cos(turn)), round(far * size * np.sin(turn))) for far in NEAR for turn in turns]


def _moved(box: Box, offset: Offset) -> Box:
    return box[0] + offset[0], box[1] + offset[1], box[2] + offset[0], box[3] + offset[1]


def _window(box: Box, by: int) -> tuple[slice, slice]:
    return slice(box[1] - by, box[3] + by), slice(box[0] - by, box[2] + by)


def _fits(rgb: Pixels, box: Box, by: int) -> bool:
    height, width = rgb.shape[:2]
    return box[0] >= by and box[1] >= by and box[2] + by <= width and box[3] + by <= height
