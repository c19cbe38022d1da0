"""One row or one tile of the queue: picture, SKU, file, where it stands, its score, and who has it open."""

import cv2
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPen

from pipeline.model import Card
from pipeline.model import State
from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.theme import icon_pixmap
from reviewer.theme import state_color
from reviewer.titles import category_title
from reviewer.titles import problem_title
from reviewer.titles import state_title
from reviewer.widgets.canvas_paint import wrapped

ROW_HEIGHT = 72
TILE = 56
INSET = 16
SCORE_WIDTH = 40
DOT = 6
TILE_TEXT = 40
WAITING = QColor(128, 128, 128, 24)


def paint_row(
    painter: QPainter,
    area: QRect,
    card: Card,
    picture: Pixels | None,
    *,
    current: bool,
    hovered: bool,
    with_batch: bool = False,
) -> None:
    """Draw a card into `area`, in logical pixels; `with_batch` also says which batch it is of."""
    painter.save()
    if current or hovered:
        painter.fillRect(area, QColor(PALETTE.raised if current else PALETTE.panel))
    if current:
        painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(PALETTE.text))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(PALETTE.panel))
    tile = QRect(area.left() + INSET, area.top() + (ROW_HEIGHT - TILE) // 2, TILE, TILE)
    _paint_tile(painter, tile, picture)
    score = QRect(area.right() - INSET - SCORE_WIDTH + 1, area.top(), SCORE_WIDTH, area.height())
    text = QRect(tile.right() + 13, tile.top(), score.left() - tile.right() - 17, TILE)
    _paint_text(painter, text, card, current, with_batch=with_batch)
    _paint_score(painter, score, card)
    painter.restore()


def _paint_tile(painter: QPainter, tile: QRect, picture: Pixels | None) -> None:
    if picture is None:
        painter.fillRect(tile, QColor(PALETTE.hover))
        pixmap = icon_pixmap("photos", PALETTE.faint)
        painter.drawPixmap(tile.center() - QPoint(8, 8), pixmap)
        return
    height, width = picture.shape[:2]
    scale, ratio = min(tile.width() / width, tile.height() / height), painter.device().devicePixelRatioF()
    size = max(1, round(width * scale * ratio)), max(1, round(height * scale * ratio))
    # Qt's own smooth scaling waits for other threads, for every card that a scroll brings into sight.
    finely = cv2.INTER_AREA if 2 * size[0] < width else cv2.INTER_LINEAR
    shrunk = cv2.resize(picture, size, interpolation=finely)
    image = wrapped(shrunk)
    image.setDevicePixelRatio(ratio)
    painter.fillRect(tile, QColor(PALETTE.raised))
    place = QRectF(0, 0, size[0] / ratio, size[1] / ratio)
    place.moveCenter(QRectF(tile).center())
    painter.drawImage(place.topLeft().toPoint(), image)


def _paint_text(painter: QPainter, area: QRect, card: Card, current: bool, *, with_batch: bool) -> None:
    title = card.sku or card.file.rsplit("/", 1)[-1]
    below = card.file if card.sku else category_title(card.category)
    if with_batch:
        below = " · ".join(part for part in (card.batch, below) if part)
    lines = (
        (title, font(TYPE.body, QFont.Weight.Medium), PALETTE.text),
        (below, font(TYPE.small), PALETTE.soft if current else PALETTE.faint),
    )
    # Without a second line the other two stand together in the middle.
    top = area.top() if below else area.top() + 10
    for index, (line, face, color) in enumerate(lines):
        place = QRect(area.left(), top + 1 + index * 19, area.width(), 18)
        _write(painter, place, line, face, color)
    _paint_state(painter, area, top + (39 if below else 20), card)


def _paint_state(painter: QPainter, area: QRect, state: int, card: Card) -> None:
    dot = QRectF(area.left(), state + 5.5, DOT, DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(state_color(card.state))
    painter.drawEllipse(dot)
    place = QRect(area.left() + DOT + 7, state, area.width() - DOT - 7, 17)
    _write(painter, place, where_it_stands(card), font(TYPE.small), PALETTE.soft)


def where_it_stands(card: Card) -> str:
    """Return who has it open, else the state in words with what failed, or what asks for a review, behind it."""
    title = state_title(card.state)
    if card.opened_by:
        return translate("Window", "Open at {name}").format(name=card.opened_by)
    why = card.failed or (card.flags if card.state is State.REVIEW else ())
    return f"{title}: {problem_title(why[0])}" if why else title


def paint_tile(
    painter: QPainter, area: QRect, card: Card, picture: Pixels | None, *, current: bool, hovered: bool
) -> None:
    """Draw a card as a tile of the grid, in logical pixels: the picture, below it name and state."""
    painter.save()
    inner = area.adjusted(4, 4, -4, -4)
    if current or hovered:
        painter.fillRect(inner, QColor(PALETTE.raised if current else PALETTE.panel))
    side = inner.width() - 16
    place = QRect(inner.left() + 8, inner.top() + 8, side, inner.height() - TILE_TEXT - 16)
    _paint_tile(painter, place, picture)
    text = QRect(place.left(), place.bottom() + 7, side - SCORE_WIDTH, TILE_TEXT)
    title = card.sku or card.file.rsplit("/", 1)[-1]
    _write(painter, QRect(text.left(), text.top(), text.width(), 18), title, font(TYPE.small), PALETTE.text)
    _paint_state(painter, QRect(text.left(), text.top(), side, TILE_TEXT), text.top() + 18, card)
    _paint_score(painter, QRect(place.right() - SCORE_WIDTH + 1, text.top(), SCORE_WIDTH, 18), card)
    if current:
        painter.setPen(QPen(QColor(PALETTE.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(inner.adjusted(1, 1, -1, -1))
    painter.restore()


def paint_waiting(painter: QPainter, area: QRect) -> None:
    """Draw the place of a card that has not been read yet."""
    painter.fillRect(area.adjusted(INSET, (area.height() - TILE) // 2, -INSET, -(area.height() - TILE) // 2), WAITING)


def _paint_score(painter: QPainter, area: QRect, card: Card) -> None:
    if card.score is None:
        return
    painter.setFont(font(TYPE.title, QFont.Weight.Medium))
    painter.setPen(QColor(PALETTE.text))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{card.score:.0f}")


def _write(painter: QPainter, area: QRect, text: str, face: QFont, color: str) -> None:
    painter.setFont(face)
    painter.setPen(QColor(color))
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)
