"""The picture a person paints on: the original under a mask and a hole, drawn only where something changed."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.mask import covered_box
from pipeline.model import Box
from pipeline.strokes import EMPTY
from pipeline.strokes import History
from pipeline.strokes import Stroke
from pipeline.strokes import dabs
from pipeline.strokes import paint
from pipeline.strokes import reach
from pipeline.strokes import union
from reviewer.images.draft import HOLE
from reviewer.images.draft import MASK
from reviewer.images.draft import Deed
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Rect
from reviewer.images.layers import CHECKER_SIDE
from reviewer.images.layers import CHECKER_TONES
from reviewer.images.layers import GROUNDS
from reviewer.images.pyramid import Pixels
from reviewer.images.pyramid import Pyramid

RUBYLITH, ALPHA, OUTLINE, PLAIN = "rubylith", "alpha", "outline", "plain"
LOOKS = (RUBYLITH, "white", "grey", "black", "checker", ALPHA, OUTLINE)
"""How mask and picture are shown together; "plain" is the picture alone."""

WHOLE_LOOKS = (PLAIN, RUBYLITH, OUTLINE)
"""Those that show the photo as it is, beyond the product, too."""

RUBY_BGRA, LINE_BGRA, HOLE_BGRA = (36, 24, 214, 255), (60, 255, 60, 255), (255, 96, 64, 255)
RUBY_KEEPS = np.rint(255 - 0.55 * np.arange(255, -1, -1)).astype(np.uint8)
HOLE_KEEPS = np.rint(255 - 0.5 * np.arange(256)).astype(np.uint8)
"""How much of the picture stays under the colour of a layer, 0..255, by the layer's cover."""
SOLID: Final = 128
"""Cover from which a pixel belongs to a hole or a region."""
NEAREST_FROM: Final = 2.0
LINE_WIDTH: Final = 2


@dataclass(frozen=True, eq=False)
class Patch:
    """A place as it will be saved: `picture` over the original from (`left`, `top`) on.

    `cut_out` says that it is the product's own colour without the backdrop's, shown on other grounds only. `share` says
    how much of it is product, uint8 of the picture's size and its halves, in place of what the mask has under the layer
    of its name; empty where the mask counts.
    """

    left: int
    top: int
    picture: Pyramid
    cut_out: bool = False
    share: tuple[NDArray[np.uint8], ...] = ()


class Painted:
    """A layer that is painted on, uint8 H×W, with its halves for smaller views and its history."""

    def __init__(self, levels: NDArray[np.uint8], depth: int) -> None:
        self.history = History()
        self.levels = [levels]
        for _ in range(depth - 1):
            height, width = self.levels[-1].shape
            self.levels.append(np.zeros(((height + 1) // 2, (width + 1) // 2), np.uint8))
        self._halve((0, 0, levels.shape[1], levels.shape[0]))

    def halves(self) -> tuple[NDArray[np.uint8], ...]:
        """Return the layer with its halves, the largest first."""
        return tuple(self.levels)

    def go_on(self, stroke: Stroke, painted: int) -> Box:
        """Paint what is new of a stroke, of which `painted` dabs are there already; returns what changed."""
        whole = self.levels[0]
        size = whole.shape[1], whole.shape[0]
        self.history.before(whole, reach(stroke, size, start=painted), goes_on=painted > 0)
        box = paint(whole, stroke, start=painted)
        self._halve(box)
        return box

    def put(self, levels: NDArray[np.uint8], left: int, top: int) -> Box:
        """Put levels (uint8 h×w) at a place, as one step; returns what changed."""
        height, width = levels.shape
        box = left, top, left + width, top + height
        whole = self.levels[0]
        self.history.before(whole, box)
        whole[top : top + height, left : left + width] = levels
        self._halve(box)
        return box

    def travel(self, *, back: bool) -> Box:
        """Take the last stroke back, or do it again; returns what changed."""
        step = self.history.undo if back else self.history.redo
        box = step(self.levels[0]) or EMPTY
        self._halve(box)
        return box

    def _halve(self, box: Box) -> None:
        for fine, coarse in zip(self.levels, self.levels[1:], strict=False):
            left, top, right, bottom = box
            box = left // 2, top // 2, min((right + 1) // 2, coarse.shape[1]), min((bottom + 1) // 2, coarse.shape[0])
            left, top, right, bottom = box
            if right <= left or bottom <= top:
                return
            source = fine[2 * top : 2 * bottom, 2 * left : 2 * right]
            coarse[top:bottom, left:right] = cv2.resize(
                source, (right - left, bottom - top), interpolation=cv2.INTER_AREA
            )


class Board:
    """One image being repaired; lives on the window's thread once it is made.

    Attributes:
        picture: the original; layers: the painted ones by name, each as large as it: the mask, and what marks places.
        patches: pixels that lie over the original, by who laid them there, the last one on top.
    """

    def __init__(self, picture: Pyramid, mask: NDArray[np.uint8]) -> None:
        """`mask` (uint8 H×W in the original's frame) is painted on from now on."""
        self.picture = picture
        self.layers = {MASK: Painted(mask, len(picture.levels))}
        self.patches: dict[str, Patch] = {}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the original."""
        return self.picture.size

    @property
    def mask(self) -> NDArray[np.uint8]:
        """The product's cover as painted, 0..255."""
        return self.layers[MASK].levels[0]

    @property
    def hole(self) -> NDArray[np.bool_]:
        """What a fill paints anew."""
        return self.layer(HOLE).levels[0] >= SOLID

    def layer(self, name: str) -> Painted:
        """Return a painted layer; one that was never asked for is empty."""
        if name not in self.layers:
            self.layers[name] = Painted(np.zeros_like(self.mask), len(self.picture.levels))
        return self.layers[name]

    def drop(self, name: str) -> Box:
        """Take a marking layer away; returns what showed it."""
        gone = self.layers.pop(name, None)
        box = None if gone is None else covered_box(gone.levels[0])
        return EMPTY if box is None else box

    def cover_at(self, x: int, y: int) -> int:
        """Return the product's cover at a pixel, 0..255, as it will be saved."""
        cover = int(self.mask[y, x])
        for name, patch in self.patches.items():
            if patch.share and _is_over(patch, x, y):
                own = 0 if self.layer(name).levels[0][y, x] >= SOLID else cover
                cover = max(own, int(patch.share[0][y - patch.top, x - patch.left]))
        return cover

    def repainted(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Return the 8-bit RGB value of a pixel that was painted anew, None where the original shows."""
        for patch in reversed(self.patches.values()):
            if not patch.cut_out and _is_over(patch, x, y):
                return patch.picture.value(x - patch.left, y - patch.top)
        return None

    def draw_deed(self, deed: Deed, painted: int = 0) -> tuple[Box, int]:
        """Do to its layer what is new of a deed; returns what changed and how many of its dabs are there now."""
        layer = self.layer(deed.layer)
        if deed.spot is not None:
            return layer.put(deed.spot.levels, *deed.spot.box[:2]), painted
        if deed.stroke is None:
            return EMPTY, painted
        return layer.go_on(deed.stroke, painted), max(painted, len(dabs(deed.stroke)))

    def travel(self, layer: str, *, back: bool) -> Box:
        """Take the last step on a layer back, or do it again; returns what changed."""
        return self.layer(layer).travel(back=back)

    def lay(self, name: str, patch: Patch | None) -> Box:
        """Show what somebody (`name`) made of a place, or what was there before; returns what changed."""
        box = union(_box_of(self.patches.pop(name, None)), _box_of(patch))
        if patch is not None:
            self.patches[name] = patch
        return box

    def draw(self, affine: Affine, part: Rect, look: str, ground: int, *, hole: bool = True) -> Pixels:
        """Return a part of the screen, uint8 h×w×4 BGRA; `affine` (upright) maps full-size pixels to the screen.

        `ground` is the grey beyond the picture; with `look` "plain" the picture alone is shown.
        """
        shown = self._picture(affine, part, look)
        if look != PLAIN:
            shown = self._looked(shown, affine, part, look)
        if hole and look != PLAIN:
            for name in self.layers:
                shown = shown if name == MASK else self._marked(shown, name, affine, part)
        return _cut_at_edges(shown, affine, part, self.size, ground)

    def _picture(self, affine: Affine, part: Rect, look: str) -> Pixels:
        level = self.picture.level_for(affine[0])
        out = _warped(self.picture.levels[level], self.size, affine, part)
        for patch in self.patches.values():
            if look not in WHOLE_LOOKS or not patch.cut_out:
                _lay_over(out, patch, patch.picture.levels, affine, part)
        return out

    def _cover(self, layer: str, affine: Affine, part: Rect) -> NDArray[np.uint8]:
        level = self.picture.level_for(affine[0])
        out = _warped(self.layer(layer).levels[level], self.size, affine, part)
        return self._with_shares(out, affine, part) if layer == MASK else out

    def _with_shares(self, cover: NDArray[np.uint8], affine: Affine, part: Rect) -> NDArray[np.uint8]:
        for name, patch in self.patches.items():
            if patch.share:
                shown = np.zeros_like(cover)
                _lay_over(shown, patch, patch.share, affine, part)
                beside = cv2.compare(self._cover(name, affine, part), SOLID, cv2.CMP_LT)
                cover = cv2.max(cv2.min(cover, beside), shown)
        return cover

    def _looked(self, shown: Pixels, affine: Affine, part: Rect, look: str) -> Pixels:
        cover = self._cover(MASK, affine, part)
        if look == ALPHA:
            return cv2.cvtColor(cover, cv2.COLOR_GRAY2BGRA)
        if look == OUTLINE:
            return _outlined(shown, affine, part, self)
        if look == RUBYLITH:
            return _mixed(shown, _plain(part, RUBY_BGRA), cv2.LUT(cover, RUBY_KEEPS))
        return _mixed(shown, _ground(look, part), cover)

    def _marked(self, shown: Pixels, layer: str, affine: Affine, part: Rect) -> Pixels:
        cover = self._cover(layer, affine, part)
        if not cover.any():
            return shown
        if layer in self.patches:
            return _lined(shown, cover, HOLE_BGRA)
        return _mixed(shown, _plain(part, HOLE_BGRA), cv2.LUT(cover, HOLE_KEEPS))


def screen_part(affine: Affine, box: Box, margin: int, room: Rect) -> Rect | None:
    """Return the device pixels that show `box` of the original, `margin` wider, within `room`; None without any."""
    a, _, c, _, e, f = affine
    left, top = int(np.floor(a * box[0] + c)) - margin, int(np.floor(e * box[1] + f)) - margin
    right, bottom = int(np.ceil(a * box[2] + c)) + margin, int(np.ceil(e * box[3] + f)) + margin
    left, top = max(left, room.x), max(top, room.y)
    right, bottom = min(right, room.x + room.width), min(bottom, room.y + room.height)
    return Rect(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _box_of(patch: Patch | None) -> Box:
    if patch is None:
        return EMPTY
    width, height = patch.picture.size
    return patch.left, patch.top, patch.left + width, patch.top + height


def _is_over(patch: Patch, x: int, y: int) -> bool:
    left, top, right, bottom = _box_of(patch)
    return left <= x < right and top <= y < bottom


def _lay_over(out: Pixels, patch: Patch, levels: tuple[Pixels, ...], affine: Affine, part: Rect) -> None:
    a, _, c, _, e, f = affine
    picture = patch.picture
    moved = (a, 0.0, c + a * patch.left, 0.0, e, f + e * patch.top)
    inner = _screen_box(moved, picture.size, part)
    if inner is not None:
        filled = _warped(levels[picture.level_for(a)], picture.size, moved, inner)
        rows = slice(inner.y - part.y, inner.y - part.y + inner.height)
        out[rows, inner.x - part.x : inner.x - part.x + inner.width] = filled


def _screen_box(affine: Affine, size: tuple[int, int], part: Rect) -> Rect | None:
    """Return the whole device pixels of `part` whose centres a picture of `size` covers."""
    a, _, c, _, e, f = affine
    left, top = max(round(c), part.x), max(round(f), part.y)
    right = min(round(a * size[0] + c), part.x + part.width)
    bottom = min(round(e * size[1] + f), part.y + part.height)
    return Rect(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _warped(pixels: Pixels, size: tuple[int, int], affine: Affine, part: Rect) -> Pixels:
    """Return what `part` of the screen shows of one level of a picture of `size`."""
    height, width = pixels.shape[:2]
    a, e = affine[0] * size[0] / width, affine[4] * size[1] / height
    first_row, first_column = part.y - affine[5], part.x - affine[2]
    if a == e == 1 and _is_inside(first_column, part.width, width) and _is_inside(first_row, part.height, height):
        rows = slice(int(first_row), int(first_row) + part.height)
        return pixels[rows, int(first_column) : int(first_column) + part.width].copy()
    left = min(max(int((part.x - affine[2]) / a) - 2, 0), width - 1)
    top = min(max(int((part.y - affine[5]) / e) - 2, 0), height - 1)
    right = min(max(int((part.x + part.width - affine[2]) / a) + 3, left + 1), width)
    bottom = min(max(int((part.y + part.height - affine[5]) / e) + 3, top + 1), height)
    # cv2 counts from pixel centres, the screen from pixel edges.
    x = a * (left + 0.5) + affine[2] - part.x - 0.5
    y = e * (top + 0.5) + affine[5] - part.y - 0.5
    return cv2.warpAffine(
        pixels[top:bottom, left:right],
        np.array([[a, 0, x], [0, e, y]], np.float64),
        (part.width, part.height),
        flags=cv2.INTER_NEAREST if a >= NEAREST_FROM else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _is_inside(first: float, count: int, room: int) -> bool:
    return first == int(first) and first >= 0 and first + count <= room


def _cut_at_edges(shown: Pixels, affine: Affine, part: Rect, size: tuple[int, int], ground: int) -> Pixels:
    inner = _screen_box(affine, size, part)
    if inner is None:
        return _plain(part, (ground, ground, ground, 255))
    left, top = inner.x - part.x, inner.y - part.y
    for beyond in (
        np.s_[:top, :],
        np.s_[top + inner.height :, :],
        np.s_[:, :left],
        np.s_[:, left + inner.width :],
    ):
        shown[beyond] = (ground, ground, ground, 255)
    return shown


def _outlined(shown: Pixels, affine: Affine, part: Rect, board: Board) -> Pixels:
    # One ring more than asked for, so that a line does not stop where only a part is drawn.
    wide = Rect(part.x - LINE_WIDTH, part.y - LINE_WIDTH, part.width + 2 * LINE_WIDTH, part.height + 2 * LINE_WIDTH)
    return _lined(shown, board._cover(MASK, affine, wide), LINE_BGRA, LINE_WIDTH)


def _lined(shown: Pixels, cover: NDArray[np.uint8], color: tuple[int, ...], margin: int = 0) -> Pixels:
    solid = (cover >= 128).astype(np.uint8)
    line = cv2.morphologyEx(solid, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    inner = line[margin : line.shape[0] - margin, margin : line.shape[1] - margin] if margin else line
    shown[inner > 0] = color
    return shown


def _mixed(shown: Pixels, other: Pixels, keeps: NDArray[np.uint8]) -> Pixels:
    """Return `keeps` of 255 parts of `shown` and the rest of `other`; equal levels stay as they are."""
    share = cv2.merge((keeps,) * 4)
    first, second = cv2.multiply(shown, share, scale=1 / 255), cv2.multiply(other, 255 - share, scale=1 / 255)
    return cv2.add(first, second)


def _plain(part: Rect, color: tuple[int, ...]) -> Pixels:
    word = np.array(color, np.uint8).view(np.uint32)[0]
    return np.full((part.height, part.width), word, np.uint32).view(np.uint8).reshape(part.height, part.width, 4)


def _ground(look: str, part: Rect) -> Pixels:
    color = GROUNDS[look]
    if color is not None:
        return _plain(part, (*color[::-1], 255))
    rows = np.arange(part.y, part.y + part.height)[:, None] // CHECKER_SIDE
    columns = np.arange(part.x, part.x + part.width)[None] // CHECKER_SIDE
    tones = np.array(CHECKER_TONES, np.uint8)[(rows + columns) % 2]
    return cv2.cvtColor(tones, cv2.COLOR_GRAY2BGRA)
