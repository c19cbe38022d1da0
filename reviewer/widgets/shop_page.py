"""A page of a shop, painted: a picture among its neighbours in a search, or on its own page with a lens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QFont
from PySide6.QtGui import QImage
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from reviewer.images.pyramid import Pixels
from reviewer.language import translate
from reviewer.theme import TYPE
from reviewer.theme import font

SEARCH, PRODUCT = "search", "product"
GAP, EDGE, WORDS = 24, 32, 56
THUMBNAIL = 64


@dataclass(frozen=True)
class Paper:
    """The colours of a shop's page: a light one and one for the night."""

    page: str
    line: str
    text: str
    bar: str


LIGHT = Paper("#ffffff", "#dddddd", "#222222", "#e6e6e6")
DARK = Paper("#131313", "#3a3a3a", "#e8e8e8", "#333333")


class ShopPage(QWidget):
    """The page.

    Attributes:
        mode: SEARCH or PRODUCT; dark: whether the shop's page is.
        tile: width of a search result in pixels of the screen, as its place of sale shows it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("Listing", "The picture as a shopper sees it"))
        self.setMouseTracking(True)
        self.setMinimumSize(640, 420)
        self.mode, self.dark, self.tile = SEARCH, False, 220
        self._title = ""
        self._picture: QImage | None = None
        self._small: dict[tuple[int, int], QImage] = {}
        self._beside: list[tuple[str, QImage]] = []
        self._lens: QPointF | None = None

    def show_offer(self, title: str, pixels: Pixels, beside: Sequence[tuple[str, Pixels]]) -> None:
        """Show a picture (uint8 h×w×4 BGRA) and its neighbours by their titles."""
        self._title, self._picture, self._small = title, _image(pixels), {}
        self._beside = [(name, _image(picture)) for name, picture in beside]
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._picture, self._beside, self._small = None, [], {}
        self.update()

    def set_mode(self, mode: str) -> None:
        """Show the search or the product's page."""
        self.mode = mode
        self.update()

    def set_dark(self, dark: bool) -> None:
        """Have the shop's page light or dark."""
        self.dark = dark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1040, 620)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._lens = event.position()
        if self.mode == PRODUCT:
            self.update()

    def leaveEvent(self, event: object) -> None:
        self._lens = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paper, painter = DARK if self.dark else LIGHT, QPainter(self)
        painter.fillRect(self.rect(), QColor(paper.page))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            (self._paint_search if self.mode == SEARCH else self._paint_product)(painter, paper)
        painter.end()

    def _paint_search(self, painter: QPainter, paper: Paper) -> None:
        """The picture is the second of the results, as one among others."""
        assert self._picture is not None
        height = round(self.tile * self._picture.height() / self._picture.width())
        columns = max(1, (self.width() - 2 * EDGE + GAP) // (self.tile + GAP))
        # The last row is cut off where the window ends, as on every page that goes on below.
        rows = -(-(self.height() - EDGE) // (height + WORDS + GAP))
        offers = [*self._beside[:1], (self._title, self._picture), *self._beside[1:]][: columns * rows]
        left = (self.width() - min(columns, len(offers)) * (self.tile + GAP) + GAP) // 2
        for place, (title, picture) in enumerate(offers):
            x = left + place % columns * (self.tile + GAP)
            y = EDGE + place // columns * (height + WORDS + GAP)
            self._paint_offer(painter, paper, title, picture, QRect(x, y, self.tile, height))

    def _paint_offer(self, painter: QPainter, paper: Paper, title: str, picture: QImage, where: QRect) -> None:
        painter.setPen(QPen(QColor(paper.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(where).adjusted(-0.5, -0.5, 0.5, 0.5))
        self._paint_picture(painter, picture, where)
        painter.setPen(QColor(paper.text))
        painter.setFont(font(TYPE.body))
        words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(QPointF(where.left(), where.bottom() + 22), words)
        painter.fillRect(where.left(), where.bottom() + 34, where.width() // 3, 10, QColor(paper.bar))

    def _paint_picture(self, painter: QPainter, picture: QImage, where: QRect) -> None:
        """Made smaller once in the screen's own pixels, as a browser does, and kept."""
        ratio = self.devicePixelRatioF()
        wanted = (round(where.width() * ratio), round(where.height() * ratio))
        key = (picture.cacheKey(), wanted[0])
        if key not in self._small:
            small = picture.scaled(
                QSize(*wanted), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            small.setDevicePixelRatio(ratio)
            self._small[key] = small
        small = self._small[key]
        size = small.deviceIndependentSize()
        at = QPointF(where.center()) - QPointF(size.width() / 2 - 0.5, size.height() / 2 - 0.5)
        painter.drawImage(QPointF(round(at.x()), round(at.y())), small)

    def _paint_product(self, painter: QPainter, paper: Paper) -> None:
        assert self._picture is not None
        side = min(self.height() - 2 * EDGE, (self.width() - 3 * EDGE - THUMBNAIL) // 2)
        thumbnail = QRect(EDGE, EDGE, THUMBNAIL, THUMBNAIL)
        painter.setPen(QPen(QColor(paper.text), 2))
        painter.drawRect(thumbnail.adjusted(-2, -2, 2, 2))
        self._paint_picture(painter, self._picture, thumbnail)
        stage = QRect(2 * EDGE + THUMBNAIL, EDGE, side, side)
        self._paint_picture(painter, self._picture, stage)
        right = QRect(stage.right() + EDGE, EDGE, self.width() - stage.right() - 2 * EDGE, side)
        size = self._picture.size().scaled(stage.size(), Qt.AspectRatioMode.KeepAspectRatio)
        shown = QRect(
            stage.center().x() - size.width() // 2, stage.center().y() - size.height() // 2, size.width(), size.height()
        )
        if self._lens is not None and shown.contains(self._lens.toPoint()):
            self._paint_lens(painter, paper, shown, right)
        else:
            self._paint_words(painter, paper, right)

    def _paint_lens(self, painter: QPainter, paper: Paper, shown: QRect, right: QRect) -> None:
        """What lies under the pointer, one pixel of the file on one of the screen."""
        assert self._picture is not None
        assert self._lens is not None
        ratio, scale = self.devicePixelRatioF(), self._picture.width() / shown.width()
        width = min(right.width() * ratio, self._picture.width())
        height = min(right.height() * ratio, self._picture.height())
        middle = (self._lens - QPointF(shown.topLeft())) * scale
        left = round(min(max(middle.x() - width / 2, 0), self._picture.width() - width))
        top = round(min(max(middle.y() - height / 2, 0), self._picture.height() - height))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        source = QRectF(left, top, width, height)
        painter.drawImage(QRectF(right.left(), right.top(), width / ratio, height / ratio), self._picture, source)
        painter.setPen(QPen(QColor(paper.line), 1))
        painter.drawRect(QRectF(right.left(), right.top(), width / ratio, height / ratio))
        box = QRectF(shown.left() + left / scale, shown.top() + top / scale, width / scale, height / scale)
        painter.fillRect(box, QColor(128, 128, 128, 60))

    def _paint_words(self, painter: QPainter, paper: Paper, right: QRect) -> None:
        painter.setPen(QColor(paper.text))
        painter.setFont(font(TYPE.large, QFont.Weight.DemiBold))
        words = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, right.width())
        painter.drawText(QPointF(right.left(), right.top() + 22), words)
        for row, share in enumerate((0.5, 0.3, 0.9, 0.85, 0.9, 0.6)):
            bar = QRect(right.left(), right.top() + 48 + row * 24, round(right.width() * share), 10)
            painter.fillRect(bar, QColor(paper.bar))


def _image(pixels: Pixels) -> QImage:
    height, width = pixels.shape[:2]
    opaque = int(pixels[..., 3].min(initial=255)) == 255
    kind = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, pixels.strides[0], kind)
