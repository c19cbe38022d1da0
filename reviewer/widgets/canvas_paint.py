"""How pictures, captions and marks get onto the panes; every length here is in device pixels."""

import math
from collections.abc import Iterable
from weakref import ref

from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QFontMetrics
from PySide6.QtGui import QImage
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen
from PySide6.QtGui import QPixmap
from PySide6.QtGui import QPolygonF
from PySide6.QtGui import QRegion
from PySide6.QtGui import QTransform

from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import apply
from reviewer.images.geometry import invert
from reviewer.images.geometry import is_upright
from reviewer.images.geometry import scale_of
from reviewer.images.pyramid import Pixels
from reviewer.images.pyramid import Pyramid
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font

NEAREST_FROM = 2.0
CROSS_ARM = 10
CROSS_GAP = 3
OUTLINE = QColor(255, 255, 255, 110)
SHADE = QColor(0, 0, 0, 150)
CAPTION_INSET = 16
BADGE_HEIGHT = 20
PANES_KEPT = 6
CAPTIONS_KEPT = 8


class PaneMemory:
    """What a pane looked like: drawn directly while it moves, from memory once it is asked for a second time.

    Known by the level that is drawn: a picture that drops or regains its full size meanwhile looks the same.
    """

    def __init__(self) -> None:
        self._rendered: dict[tuple, tuple[ref[Pixels], QImage]] = {}
        self._seen: tuple[tuple, ...] = ()

    def draw(self, painter: QPainter, picture: Pyramid, affine: Affine, part: Rect) -> None:
        """Draw `picture` into `part` of the screen; `affine` maps its full-size pixels to the screen."""
        pixels = _drawn_level(picture, affine)
        key = (id(pixels), affine, part)
        if key not in self._seen and self._image(key, pixels) is None:
            self._seen = (*self._seen[1 - PANES_KEPT :], key)
            paint_picture(painter, picture, affine, part)
            return
        self.prepare(picture, affine, part)
        painter.drawImage(part.x, part.y, self._rendered[key][1])

    def holds(self, picture: Pyramid, affine: Affine, part: Rect) -> bool:
        """Say whether all of `part`, with what is bare around the picture, would be drawn from memory."""
        pixels = _drawn_level(picture, affine)
        return self._image((id(pixels), affine, part), pixels) is not None

    def prepare(self, picture: Pyramid, affine: Affine, part: Rect) -> None:
        """Render what will be asked for soon."""
        pixels = _drawn_level(picture, affine)
        key = (id(pixels), affine, part)
        if self._image(key, pixels) is None:
            alive = {known: value for known, value in self._rendered.items() if value[0]() is not None}
            alive[key] = ref(pixels), _render(picture, affine, part)
            self._rendered = dict(list(alive.items())[-PANES_KEPT:])

    def _image(self, key: tuple, pixels: Pixels) -> QImage | None:
        # Pixels are not kept alive for this; their id may be another's by now.
        known = self._rendered.get(key)
        return known[1] if known is not None and known[0]() is pixels else None

    def forget(self) -> None:
        """Forget all of it: panes are others now."""
        self._rendered = {}
        self._seen = ()


def _drawn_level(picture: Pyramid, affine: Affine) -> Pixels:
    return picture.levels[picture.level_for(scale_of(affine))]


def _render(picture: Pyramid, affine: Affine, part: Rect) -> QImage:
    image = QImage(part.width, part.height, QImage.Format.Format_RGB32)
    image.fill(QColor(PALETTE.canvas))
    painter = QPainter(image)
    painter.translate(-part.x, -part.y)
    paint_picture(painter, picture, affine, part)
    painter.end()
    return image


def begin_device_pixels(painter: QPainter, ratio: float) -> None:
    """Make one painter unit one device pixel, starting on a whole one even at a fractional scale."""
    origin = painter.deviceTransform().map(QPointF(0, 0))
    painter.setWorldTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    # Half pixels go up, as in Qt's own clip of the widget; otherwise one row would be cut off.
    x, y = math.floor(origin.x() + 0.5), math.floor(origin.y() + 0.5)
    painter.translate(x - origin.x(), y - origin.y())


def wrapped(pixels: Pixels) -> QImage:
    """Return a QImage over a BGRA buffer without copying it."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)


def paint_picture(painter: QPainter, picture: Pyramid, affine: Affine, pane: Rect) -> None:
    """Draw the part of a picture that lies in a pane; `affine` maps its full-size pixels to the screen."""
    pixels = _drawn_level(picture, affine)
    height, width = pixels.shape[:2]
    across, down = picture.size[0] / width, picture.size[1] / height
    a, b, c, d, e, f = affine
    level = (a * across, b * down, c, d * across, e * down, f)
    part = visible_part(level, pane, width, height)
    if part.isEmpty():
        return
    painter.save()
    painter.setClipRect(QRect(pane.x, pane.y, pane.width, pane.height))
    if level[0] == 1 and level[4] == 1 and level[1] == level[3] == 0:
        painter.drawImage(part.topLeft() + QPointF(level[2], level[5]).toPoint(), wrapped(pixels), part)
    else:
        smooth = scale_of(level) < NEAREST_FROM
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setWorldTransform(QTransform(level[0], level[3], level[1], level[4], level[2], level[5]), True)
        painter.drawImage(QPointF(part.topLeft()), wrapped(pixels), QRectF(part))
    painter.restore()


def paint_ground(painter: QPainter, area: QRect, covered: Iterable[QRect]) -> None:
    """Fill what no picture covers; filling all of it first would cost as much as a picture."""
    bare = QRegion(area)
    for rect in covered:
        bare -= QRegion(rect)
    for rect in bare:
        painter.fillRect(rect, QColor(PALETTE.canvas))


def covered_part(affine: Affine, size: tuple[int, int], pane: Rect) -> QRect:
    """Return the device pixels of a pane that an upright picture of `size` covers wholly; empty for a turned one."""
    if not is_upright(affine):
        return QRect()
    (left, top), (right, bottom) = apply(affine, (0.0, 0.0)), apply(affine, (float(size[0]), float(size[1])))
    x, y = math.ceil(left) + 1, math.ceil(top) + 1
    inner = QRect(x, y, math.floor(right) - x - 1, math.floor(bottom) - y - 1)
    return inner.intersected(QRect(pane.x, pane.y, pane.width, pane.height))


def visible_part(affine: Affine, pane: Rect, width: int, height: int) -> QRect:
    """Return the pixels of a width × height picture that a pane can show, with two more on each side."""
    back = invert(affine)
    corners = [apply(back, (pane.x + i * pane.width, pane.y + j * pane.height)) for i in (0, 1) for j in (0, 1)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    wanted = QRect(int(left) - 2, int(top) - 2, int(right - left) + 5, int(bottom - top) + 5)
    return wanted.intersected(QRect(0, 0, width, height))


def paint_outline(painter: QPainter, affine: Affine, size: tuple[float, float], pane: Rect, ratio: float) -> None:
    """Outline the result's frame in the pane of the original; `affine` maps product pixels to the screen."""
    points = [apply(affine, corner) for corner in ((0, 0), (size[0], 0), size, (0, size[1]))]
    painter.save()
    painter.setClipRect(QRect(pane.x, pane.y, pane.width, pane.height))
    pen = QPen(OUTLINE, ratio, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawPolygon(QPolygonF([QPointF(round(x) + 0.5, round(y) + 0.5) for x, y in points]))
    painter.restore()


def paint_cross(painter: QPainter, point: Point, pane: Rect, ratio: float) -> None:
    """Draw the ghost cross where the pointer would be in the other pane: light on a dark edge, seen on any colour."""
    if not pane.contains(point):
        return
    arm, gap = CROSS_ARM * ratio, CROSS_GAP * ratio
    for width, color in ((3 * ratio, SHADE), (ratio, QColor(255, 255, 255))):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            near = QPointF(point[0] + x * gap, point[1] + y * gap)
            painter.drawLine(near, QPointF(point[0] + x * arm, point[1] + y * arm))


def paint_divider(painter: QPainter, x: int, pane: Rect, ratio: float) -> None:
    """Draw the split's line with its handle."""
    painter.fillRect(QRectF(x - ratio / 2, pane.y, ratio, pane.height), QColor(255, 255, 255))
    painter.fillRect(QRectF(x + ratio / 2, pane.y, ratio, pane.height), SHADE)
    handle = QRectF(x - 4 * ratio, pane.y + pane.height / 2 - 16 * ratio, 8 * ratio, 32 * ratio)
    painter.setPen(QPen(SHADE, ratio))
    painter.setBrush(QColor(PALETTE.text))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(handle, 4 * ratio, 4 * ratio)


def paint_caption(painter: QPainter, area: QRect, title: str, facts: str) -> None:
    """Write a pane's title and facts into a strip of logical pixels above it."""
    painter.fillRect(area, QColor(PALETTE.panel))
    inner = area.adjusted(CAPTION_INSET, 0, -CAPTION_INSET, 0)
    wide = QFontMetrics(font(TYPE.small)).horizontalAdvance(facts) + CAPTION_INSET
    painter.setFont(font(TYPE.small, QFont.Weight.Medium))
    painter.setPen(QColor(PALETTE.text))
    said, taken = title, painter.fontMetrics().horizontalAdvance(title) + CAPTION_INSET
    if taken + wide > inner.width():
        # What was measured is worth more room than a name that the pane's place says, too; a file's name is cut.
        taken = inner.width() - wide if wide < inner.width() / 2 else 0
        said = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, taken) if taken else ""
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
    painter.setFont(font(TYPE.small))
    painter.setPen(QColor(PALETTE.soft))
    room = inner.adjusted(taken, 0, 0, 0)
    short = painter.fontMetrics().elidedText(facts, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, short)


class Captions:
    """Captions as they were drawn last: to shape their words again would be a third of a frame that only pans."""

    def __init__(self) -> None:
        self._drawn: dict[tuple, QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect, title: str, facts: str) -> None:
        """Write a caption into a strip of logical pixels, as `paint_caption` does."""
        ratio = painter.device().devicePixelRatioF()
        if ratio != int(ratio):
            # A strip that begins between two pixels would be resampled.
            paint_caption(painter, area, title, facts)
            return
        key = (area.width(), area.height(), ratio, title, facts, PALETTE.panel, PALETTE.text, PALETTE.soft)
        if key not in self._drawn:
            kept = list(self._drawn.items())[1 - CAPTIONS_KEPT :]
            self._drawn = {**dict(kept), key: _caption(area.size(), ratio, title, facts)}
        painter.drawPixmap(area.topLeft(), self._drawn[key])


def _caption(size: QSize, ratio: float, title: str, facts: str) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(PALETTE.panel))
    painter = QPainter(picture)
    paint_caption(painter, QRect(QPoint(0, 0), size), title, facts)
    painter.end()
    return picture


def paint_badge(painter: QPainter, area: QRect, word: str) -> None:
    """Write a word on a dark plate into the upper left corner of an area, in logical pixels."""
    painter.setFont(font(TYPE.small, QFont.Weight.DemiBold))
    width = painter.fontMetrics().horizontalAdvance(word) + CAPTION_INSET
    plate = QRect(area.left() + CAPTION_INSET, area.top() + BADGE_HEIGHT // 2, width, BADGE_HEIGHT)
    painter.fillRect(plate, SHADE)
    painter.setPen(QColor(PALETTE.wait))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, word)
