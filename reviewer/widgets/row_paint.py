"""One row of the queue: picture, SKU, file, where it stands, and its score."""

from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QPainter

from pipeline.model import Entry
from reviewer.images.pyramid import Pixels
from reviewer.theme import PALETTE
from reviewer.theme import STATE_TITLES
from reviewer.theme import TYPE
from reviewer.theme import font
from reviewer.theme import icon_pixmap
from reviewer.theme import state_color
from reviewer.widgets.canvas_paint import wrapped

ROW_HEIGHT = 72
TILE = 56
INSET = 16
SCORE_WIDTH = 40
DOT = 6


def paint_row(
    painter: QPainter, area: QRect, entry: Entry, thumbnail: Pixels | None, *, current: bool, hovered: bool
) -> None:
    """Draw an entry into `area`, in logical pixels."""
    painter.save()
    if current or hovered:
        painter.fillRect(area, QColor(PALETTE.raised if current else PALETTE.panel))
    if current:
        painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(PALETTE.text))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(PALETTE.panel))
    tile = QRect(area.left() + INSET, area.top() + (ROW_HEIGHT - TILE) // 2, TILE, TILE)
    _paint_tile(painter, tile, thumbnail)
    score = QRect(area.right() - INSET - SCORE_WIDTH + 1, area.top(), SCORE_WIDTH, area.height())
    text = QRect(tile.right() + 13, tile.top(), score.left() - tile.right() - 17, TILE)
    _paint_text(painter, text, entry, current)
    _paint_score(painter, score, entry)
    painter.restore()


def _paint_tile(painter: QPainter, tile: QRect, thumbnail: Pixels | None) -> None:
    if thumbnail is None:
        painter.fillRect(tile, QColor(PALETTE.hover))
        pixmap = icon_pixmap("photos", PALETTE.faint)
        painter.drawPixmap(tile.center() - QPoint(8, 8), pixmap)
        return
    height, width = thumbnail.shape[:2]
    scale = min(TILE / width, TILE / height)
    drawn = QRectF(0, 0, width * scale, height * scale)
    drawn.moveCenter(QRectF(tile).center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(tile, QColor(PALETTE.raised))
    painter.drawImage(drawn, wrapped(thumbnail))


def _paint_text(painter: QPainter, area: QRect, entry: Entry, current: bool) -> None:
    title = entry.record.sku or entry.record.file.rsplit("/", 1)[-1]
    below = entry.record.file if entry.record.sku else entry.record.category
    lines = (
        (title, font(TYPE.body, QFont.Weight.Medium), PALETTE.text),
        (below, font(TYPE.small), PALETTE.soft if current else PALETTE.faint),
    )
    # Without a second line the other two stand together in the middle.
    top = area.top() if below else area.top() + 10
    for index, (line, face, color) in enumerate(lines):
        place = QRect(area.left(), top + 1 + index * 19, area.width(), 18)
        _write(painter, place, line, face, color)
    state = top + (39 if below else 20)
    dot = QRectF(area.left(), state + 5.5, DOT, DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(state_color(entry.state))
    painter.drawEllipse(dot)
    place = QRect(area.left() + DOT + 7, state, area.width() - DOT - 7, 17)
    _write(painter, place, where_it_stands(entry), font(TYPE.small), PALETTE.soft)


def where_it_stands(entry: Entry) -> str:
    """Return the state in words, with the first failed gate behind it."""
    title = STATE_TITLES[entry.state]
    outcome = entry.version.outcome if entry.version else None
    failed = [gate.name.replace("_", " ") for gate in outcome.gates if not gate.passed] if outcome else []
    return f"{title}, {failed[0]}" if failed else title


def _paint_score(painter: QPainter, area: QRect, entry: Entry) -> None:
    score = entry.version.outcome.score if entry.version else None
    if score is None:
        return
    painter.setFont(font(TYPE.title, QFont.Weight.Medium))
    painter.setPen(QColor(PALETTE.text))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{score.total:.0f}")


def _write(painter: QPainter, area: QRect, text: str, face: QFont, color: str) -> None:
    painter.setFont(face)
    painter.setPen(QColor(color))
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)
