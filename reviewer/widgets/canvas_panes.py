"""What the compare canvas paints: panes, layers, marks, captions, and what a person has really seen by that.

All geometry is in device pixels; every pane maps its source through the pair's frame into product coordinates, so one
`ViewState` keeps both panes on the same product point.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from reviewer.images.gallery import Pair
from reviewer.images.geometry import IDENTITY
from reviewer.images.geometry import Affine
from reviewer.images.geometry import Point
from reviewer.images.geometry import Rect
from reviewer.images.geometry import Region
from reviewer.images.geometry import ViewState
from reviewer.images.geometry import compose
from reviewer.images.geometry import original_to_product
from reviewer.images.geometry import product_to_screen
from reviewer.images.geometry import scale_of
from reviewer.images.geometry import source_to_screen
from reviewer.images.geometry import visible_region
from reviewer.images.layers import Layer
from reviewer.images.pyramid import Pixels
from reviewer.images.pyramid import Pyramid
from reviewer.language import numeral
from reviewer.language import translate
from reviewer.theme import PALETTE
from reviewer.widgets.canvas_hand import Hand
from reviewer.widgets.canvas_paint import Captions
from reviewer.widgets.canvas_paint import PaneMemory
from reviewer.widgets.canvas_paint import begin_device_pixels
from reviewer.widgets.canvas_paint import covered_part
from reviewer.widgets.canvas_paint import paint_badge
from reviewer.widgets.canvas_paint import paint_cross
from reviewer.widgets.canvas_paint import paint_divider
from reviewer.widgets.canvas_paint import paint_ground
from reviewer.widgets.canvas_paint import paint_outline
from reviewer.widgets.canvas_paint import paint_picture
from reviewer.widgets.marks import Marks
from reviewer.widgets.marks import paint_evidence
from reviewer.widgets.minimap import minimap_rect
from reviewer.widgets.minimap import paint_minimap
from reviewer.widgets.panes import CAPTION_HEIGHT
from reviewer.widgets.panes import ONION
from reviewer.widgets.panes import SIDE_BY_SIDE
from reviewer.widgets.panes import SPLIT
from reviewer.widgets.panes import Pane
from reviewer.widgets.panes import lay_panes

SPLIT_REACH = 8
LOOK_MARGIN = 0.1
ONION_STEP = 0.1


class PaneCanvas(QWidget):
    """Paints a pair; `CompareCanvas` adds what a person can do with it and documents attributes and signals."""

    appeared = Signal()
    sharpened = Signal()
    viewed = Signal(object)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.mode = ViewState(), SIDE_BY_SIDE
        self.carries, self.with_minimap = True, False
        self.painted: tuple[int, int | None] | None = None
        self.sharp: tuple[int, int | None] | None = None
        self._pair: Pair | None = None
        self._layer: Layer | None = None
        self._marks: Marks | None = None
        self._cover: Pixels | None = None
        self._samples: NDArray[np.uint16] | None = None
        self._recalled: ViewState | None = None
        self._blinking = False
        self._file = ""
        self._hand = Hand()
        self._split, self._onion = 0.5, 0.5
        self._memory, self._small, self._captions = PaneMemory(), PaneMemory(), Captions()
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(translate("Window", "Original and result"))
        self.setMinimumSize(QSize(320, 240))

    @property
    def pair(self) -> Pair | None:
        """What is shown, or about to be painted."""
        return self._pair

    def panes(self) -> tuple[Pane, ...]:
        """Return the panes as they lie now, in device pixels."""
        both = self._pair is not None and self._pair.result is not None
        return lay_panes(self._device_size(), self.devicePixelRatioF(), self.mode, both=both)

    @property
    def longest_side(self) -> int:
        """The longest side there is to show a picture on, in device pixels."""
        return max(self._device_size())

    def _device_size(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return int(self.width() * ratio), int(self.height() * ratio)

    def affine(self, source: str, pane: Rect) -> Affine:
        """Return source pixels → screen for "original" or "result" in that pane."""
        frame = self._pair.frame if self._pair else None
        inner = original_to_product(frame) if source == "original" else IDENTITY
        return source_to_screen(self.view, pane, inner)

    def region(self) -> Region | None:
        """Return the part of the result that is on the screen, on the grid of the level it is drawn from."""
        pane, result = self.panes()[-1].rect, self._pair.result if self._pair else None
        if result is None or self._pair is None:
            return None
        step = result.step_for(scale_of(self.affine("result", pane)))
        return visible_region(self.view, pane, self._pair.size, step)

    def _pane_at(self, point: Point | None) -> Pane | None:
        panes = self.panes()
        if self._pair is None:
            return None
        return next((pane for pane in panes if point is not None and pane.rect.contains(point)), panes[-1])

    def _picture(self, source: str) -> Pyramid | None:
        if self._pair is None:
            return None
        return self._pair.original if source == "original" else self._pair.result

    def _paint_pane(self, painter: QPainter, pane: Pane) -> None:
        source = "original" if self._blinking else pane.source
        part = pane.rect
        if self.mode == SPLIT and source == "result":
            at = round(part.width * self._split)
            part = Rect(part.x + at, part.y, part.width - at, part.height)
            self._blit(painter, "original", Rect(pane.rect.x, part.y, at, part.height), pane.rect)
        self._blit(painter, source, part, pane.rect)
        if source == "result" and self._layer is not None:
            affine = compose(self.affine("result", pane.rect), self._layer.affine)
            paint_picture(painter, self._layer.patch, affine, part)
        if pane.source != "result" or self._blinking:
            return
        if self.mode == SPLIT:
            at = round(pane.rect.width * self._split)
            paint_divider(painter, pane.rect.x + at, pane.rect, self.devicePixelRatioF())
        elif self.mode == ONION:
            painter.setOpacity(self._onion)
            self._blit(painter, "original", pane.rect)
            painter.setOpacity(1.0)

    def _covered(self, pane: Pane) -> QRect:
        """Return the device pixels of a pane that its picture will hide."""
        source = "original" if self._blinking else pane.source
        picture = self._picture(source)
        if picture is None:
            return QRect()
        affine, rect = self.affine(source, pane.rect), pane.rect
        if self.mode == SIDE_BY_SIDE and self._memory.holds(picture, affine, rect):
            return QRect(rect.x, rect.y, rect.width, rect.height)
        return covered_part(affine, picture.size, rect)

    def _blit(self, painter: QPainter, source: str, part: Rect, pane: Rect | None = None) -> None:
        """Draw a source into `part` of a pane; what did not move since the last time comes from memory."""
        picture = self._picture(source)
        if picture is None or part.width < 1:
            return
        affine = self.affine(source, pane or part)
        if self.mode == ONION and source == "original" and not self._blinking:
            # What is drawn from memory hides what lies beyond the picture's edge.
            paint_picture(painter, picture, affine, part)
        else:
            self._memory.draw(painter, picture, affine, part)

    def _paint_marks(self, painter: QPainter) -> None:
        panes, pair = self.panes(), self._pair
        if pair is None:
            return
        ratio = self.devicePixelRatioF()
        for pane in panes if self._marks is not None else ():
            paint_evidence(painter, self._marks, product_to_screen(self.view, pane.rect), pane.rect, ratio)
        first = panes[0]
        if pair.frame is not None and first.source == "original":
            paint_outline(painter, product_to_screen(self.view, first.rect), pair.size, first.rect, ratio)
        self._paint_cross(painter, panes, ratio)
        area, shown = self._minimap(), self._picture(panes[-1].source)
        if area is not None and shown is not None:
            paint_minimap(painter, self._small, shown, self.view, panes[-1].rect, area, ratio)

    def _paint_cross(self, painter: QPainter, panes: tuple[Pane, ...], ratio: float) -> None:
        pointer = self._hand.pointer
        under = self._pane_at(pointer) if pointer is not None else None
        if under is None or pointer is None or not under.rect.contains(pointer):
            return
        for pane in panes:
            if pane != under:
                x, y = pointer[0] - under.rect.x + pane.rect.x, pointer[1]
                paint_cross(painter, (x, y), pane.rect, ratio)

    def _minimap(self) -> Rect | None:
        if not self.with_minimap or self._pair is None or self._pair.result is None:
            return None
        return minimap_rect(self.view, self.panes()[-1].rect, self._pair.size, self.devicePixelRatioF())

    def _paint_captions(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        for pane in self.panes():
            area = QRect(round(pane.rect.x / ratio), 0, round(pane.rect.width / ratio), CAPTION_HEIGHT)
            self._captions.paint(painter, area, self._title(pane), self._facts(pane))
            badge = self._badge(pane)
            if badge:
                paint_badge(painter, area.translated(0, CAPTION_HEIGHT), badge)

    def _badge(self, pane: Pane) -> str:
        """Return what everybody shall see about the pixels of a pane, "" for nothing."""
        if self._picture(pane.source) is None:
            return ""
        if not self._serves(pane):
            return "PROXY"
        return translate("Window", "FINISHED FILE") if self._file and pane.source == "result" else ""

    def _title(self, pane: Pane) -> str:
        both = {
            SPLIT: translate("Window", "Original  |  Result"),
            ONION: translate("Window", "Original {share} over result").format(share=numeral(f"{self._onion:.0%}")),
        }
        return (
            both.get(self.mode, self._file or translate("Window", "Result"))
            if pane.source == "result"
            else translate("Window", "Original")
        )

    def _serves(self, pane: Pane) -> bool:
        """Say whether what this pane draws comes from the files, and enlarges none of it more than is asked for."""
        sources = (pane.source,) if self.mode == SIDE_BY_SIDE else ("original", pane.source)
        shown = [
            (picture, scale_of(self.affine(source, pane.rect)))
            for source in sources
            if (picture := self._picture(source)) is not None
        ]
        return bool(shown) and all(picture.serves(scale) for picture, scale in shown)

    def _facts(self, pane: Pane) -> str:
        picture = self._picture(pane.source)
        if picture is None or self._pair is None:
            return ""
        if not self._serves(pane):
            return translate("Window", "small copy, loading the file")
        if self._layer is not None and pane.source == "result":
            return self._layer.sentence
        zoom = numeral(f"{scale_of(self.affine(pane.source, pane.rect)):.0%}")
        return f"{picture.size[0]} × {picture.size[1]}   {zoom}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.save()
        begin_device_pixels(painter, self.devicePixelRatioF())
        panes = self.panes()
        area = QRect(
            0,
            0,
            math.ceil(self.width() * self.devicePixelRatioF()),
            math.ceil(self.height() * self.devicePixelRatioF()),
        )
        paint_ground(painter, area, [self._covered(pane) for pane in panes])
        for pane in panes:
            self._paint_pane(painter, pane)
        self._paint_marks(painter)
        painter.restore()
        self._paint_captions(painter)
        if self._ring:
            painter.setPen(QColor(PALETTE.focus))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        if event.rect().contains(self.rect()):
            self._note_painted()

    def _note_painted(self) -> None:
        """Remember what a person has seen now, and tell when it is new."""
        shown, panes = shown_key(self._pair), self.panes()
        exact = all(self._serves(pane) for pane in panes)
        result = self._picture(panes[-1].source)
        sharp = result is not None and result.serves(scale_of(self.affine(panes[-1].source, panes[-1].rect)))
        painted, self.painted = self.painted, shown if exact else None
        was_sharp, self.sharp = self.sharp, _key(self._pair) if sharp else None
        if self.sharp is not None and self.sharp != was_sharp:
            self.sharpened.emit()
        if self.painted is not None and self.painted != painted:
            self.appeared.emit()


def shown_key(pair: Pair | None) -> tuple[int, int | None] | None:
    """Return image and version of a pair whose pixels are the files' own, None for small copies."""
    return _key(pair) if pair is not None and pair.exact else None


def _key(pair: Pair | None) -> tuple[int, int | None] | None:
    return (pair.image, pair.version) if pair is not None else None
